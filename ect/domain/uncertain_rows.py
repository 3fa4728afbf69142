"""Terrains as rows of figures whose totals can be had for any draw of what is uncertain.

A value x on 0..2, level 1 being worth v, is worth v x up to 1 and v + (x - 1)(2 - v) above: it is
a(x) + v b(x) with a(x) = 2 max(x - 1, 0) and b(x) = min(x, 2 - x). A mean of levels (a published
pillar, a value without its ballots) is taken as a level between two others; where ballots are known,
each level is, and then their mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ect.domain.alternatives import Alternatives
from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.rank_counts import GRAIN
from ect.domain.uncertainty import Doubt, Draws, Floats, Settings
from ect.domain.votes import Cell, Vote, levels_by_cell
from ect.domain.weights import Weights, point_weights

F = TypeVar("F", np.float32, np.float64)


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells that are drawn, row after row: whose they are, and where each row's begin.

    ``rows`` (their order rises), ``columns``: k places; ``begins``: where each new row begins.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]

    @property
    def begins(self) -> NDArray[np.int64]:
        """Return the places at which a row begins."""
        return np.flatnonzero(np.diff(self.rows, prepend=-1))

    def add_to(self, totals: Floats, values: Floats, weights: Floats) -> None:
        """Add the points of the cells' values (c x k) to the totals (c x n)."""
        if len(self.rows):
            points = values * weights[:, self.columns]
            totals[:, self.rows[self.begins]] += np.add.reduceat(points, self.begins, axis=1)


@dataclass(frozen=True, slots=True)
class UncertainRows:
    """n different rows, standing for all the terrains that are ranked.

    Attributes
    ----------
    terrains, row_of
        The code of each terrain, and the row it is.
    by_reference
        The terrains by their total as things stand, the highest first (unknown levels at their middle).
    multiplicity
        How many terrains each row is.
    effective
        The sources of uncertainty that had something to draw.
    incomplete
        The terrains set aside.
    people, answers
        How many participants are drawn; how many answers each unknown cell has.
    flat, bent
        n x m: a(x) and b(x) of what is not drawn cell by cell, 0 elsewhere.
    unknown, voted
        The cells that are drawn.
    voices
        p x k: 1 where the participant gave a level to the voted cell; and their levels' a and b.

    """

    terrains: tuple[str, ...]
    row_of: tuple[int, ...]
    by_reference: tuple[str, ...]
    multiplicity: NDArray[np.int64]
    effective: frozenset[Doubt]
    incomplete: tuple[str, ...]
    flat: Floats
    bent: Floats
    unknown: Cells
    answers: tuple[int, ...]
    voted: Cells
    voices: tuple[Floats, Floats, Floats]

    @property
    def count(self) -> int:
        """How many different rows there are."""
        return len(self.multiplicity)

    @property
    def people(self) -> int:
        """How many participants are drawn."""
        return len(self.voices[0])

    @property
    def cells(self) -> int:
        """How many figures one draw takes."""
        return self.count + len(self.unknown.rows) + 3 * len(self.voted.rows)

    @property
    def apart(self) -> bool:
        """Whether no two rows are ever level: weights are drawn, and no row is drawn to equal another."""
        return Doubt.WEIGHTS in self.effective and self.effective <= {Doubt.WEIGHTS, Doubt.MIDDLE}

    def totals(self, drawn: Draws) -> Floats | NDArray[np.float32]:
        """Return c x n totals, in single precision where no two rows can be level."""
        if self.apart:
            return self._known(drawn, np.float32)
        middle = drawn.middle[:, None]
        # One line for each draw, even where the weights are the same in all.
        totals = self._known(drawn, np.float64) + np.zeros_like(middle)
        levels = 2 * np.maximum(drawn.unknown - 1, 0) + middle * np.minimum(drawn.unknown, 2 - drawn.unknown)
        self.unknown.add_to(totals, levels, drawn.weights)
        given, flat, bent = self.voices
        if given.size:
            values = (drawn.people @ flat + middle * (drawn.people @ bent)) / (drawn.people @ given)
            self.voted.add_to(totals, values, drawn.weights)
        return totals

    def _known(self, drawn: Draws, kind: type[F]) -> NDArray[F]:
        """Return c x n totals of what is not drawn cell by cell."""
        weights = drawn.weights.astype(kind)
        if Doubt.MIDDLE not in self.effective:
            return np.asarray(weights @ (self.flat + self.bent).T.astype(kind))
        bent = weights @ self.bent.T.astype(kind)
        return np.asarray(weights @ self.flat.T.astype(kind) + drawn.middle[:, None].astype(kind) * bent)


def uncertain_rows(
    grid: Grid, table: Alternatives, weights: Weights, settings: Settings, votes: Sequence[Vote]
) -> UncertainRows:
    """Lay the terrains out for drawing; identical ones that nothing tells apart become one row."""
    on = settings.doubts
    ranked = table if Doubt.UNKNOWN in on else table.complete
    ballots = _ballots(ranked, votes) if votes and Doubt.PARTICIPANTS in on else {}
    laid = _figures(ranked)
    worth = np.array([float(point) for point in point_weights(grid, weights).values()])
    order = _by_total(laid, worth)
    voted_on = {terrain for terrain, _ in ballots}
    alone = [
        terrain in voted_on or bool(np.isnan(row).any())
        for terrain, row in zip(ranked.terrains, laid, strict=True)
    ]
    row_of, places = _rows(laid[:, worth > 0], order, alone)
    figures = laid[places]
    own = [ranked.terrains[place] for place in places]
    unknown = [(int(row), int(column)) for row, column in np.argwhere(np.isnan(figures))]
    cells = [
        (r, c) for r, one in enumerate(own) for c, code in enumerate(table.criteria) if (one, code) in ballots
    ]
    names = sorted({person for given in ballots.values() for person in given})
    voices = _voices(names, [ballots[own[row], table.criteria[column]] for row, column in cells])
    answers = [len(criterion.answers) for criterion in grid]
    has = {
        Doubt.WEIGHTS: bool(own),
        Doubt.PARTICIPANTS: bool(cells),
        Doubt.UNKNOWN: bool(unknown),
        Doubt.MIDDLE: bool(((figures > 0) & (figures < TOP_LEVEL)).any()) or bool(unknown),
    }
    # What is drawn cell by cell brings nothing by itself.
    known = np.nan_to_num(figures)
    if cells:
        known[tuple(zip(*cells, strict=True))] = 0
    return UncertainRows(
        terrains=ranked.terrains,
        row_of=tuple(row_of),
        by_reference=tuple(ranked.terrains[place] for place in order),
        multiplicity=np.bincount(row_of, minlength=len(own)),
        effective=frozenset(doubt for doubt in on if has[doubt]),
        incomplete=() if Doubt.UNKNOWN in on else table.incomplete,
        flat=2 * np.maximum(known - 1, 0),
        bent=np.minimum(known, 2 - known),
        unknown=_cells(unknown),
        answers=tuple(answers[c] for _, c in unknown),
        voted=_cells(cells),
        voices=voices,
    )


def _figures(ranked: Alternatives) -> Floats:
    """Return n x m values, not a number where unknown."""
    rows = [[np.nan if x is None else x.numerator / x.denominator for x in row] for row in ranked.values]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(ranked.criteria))


def _by_total(laid: Floats, worth: Floats) -> list[int]:
    """Return the places of the terrains by their total, what is unknown counting as 1; ties as they came."""
    totals = np.nan_to_num(laid, nan=1.0) @ worth
    return [int(place) for place in np.argsort(-np.rint(totals / GRAIN), kind="stable")]


def _rows(counting: Floats, order: Sequence[int], alone: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Return the row of each terrain, and for each row the place of its first terrain.

    Identical terrains are one row, unless something of them is drawn.
    """
    numbers: dict[object, int] = {}
    row_of, places = [0] * len(order), list[int]()
    for place in order:
        row = numbers.setdefault(place if alone[place] else counting[place].tobytes(), len(numbers))
        row_of[place] = row
        if row == len(places):
            places.append(place)
    return row_of, places


def _ballots(ranked: Alternatives, votes: Sequence[Vote]) -> dict[Cell, Mapping[str, Fraction]]:
    """Return the levels behind each cell whose value is their mean."""
    given = levels_by_cell(votes)
    values = {
        (terrain, code): x
        for terrain, row in zip(ranked.terrains, ranked.values, strict=True)
        for code, x in zip(ranked.criteria, row, strict=True)
    }
    return {
        cell: levels
        for cell, levels in given.items()
        if values.get(cell) == sum(levels.values(), Fraction()) / len(levels)
    }


def _voices(names: Sequence[str], ballots: Sequence[Mapping[str, Fraction]]) -> tuple[Floats, Floats, Floats]:
    """Return p x k: who gave a level, and a and b of that level."""
    place = {name: number for number, name in enumerate(names)}
    given, flat, bent = (np.zeros((len(names), len(ballots))) for _ in range(3))
    for cell, levels in enumerate(ballots):
        for name, level in levels.items():
            given[place[name], cell] = 1
            flat[place[name], cell] = 2 * max(float(level) - 1, 0)
            bent[place[name], cell] = min(float(level), 2 - float(level))
    return given, flat, bent


def _cells(places: Sequence[tuple[int, int]]) -> Cells:
    laid = np.array(places, dtype=np.int64).reshape(-1, 2)
    return Cells(laid[:, 0], laid[:, 1])
