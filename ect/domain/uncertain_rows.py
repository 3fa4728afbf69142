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

import numpy as np
from numpy.typing import NDArray

from ect.domain.alternatives import Alternatives
from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.uncertainty import Doubt, Draws, Floats, Settings
from ect.domain.votes import Cell, Vote, levels_by_cell
from ect.domain.weights import Weights, point_weights

Row = tuple[Fraction | None, ...]


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

    def totals(self, drawn: Draws) -> Floats | NDArray[np.float32]:
        """Return c x n totals, in single precision where no two rows can be level."""
        if self.effective <= {Doubt.WEIGHTS} and self.effective:
            whole = (self.flat + self.bent).astype(np.float32)
            return np.asarray(drawn.weights.astype(np.float32) @ whole.T)
        middle = drawn.middle[:, None]
        totals: Floats = drawn.weights @ self.flat.T + middle * (drawn.weights @ self.bent.T)
        levels = 2 * np.maximum(drawn.unknown - 1, 0) + middle * np.minimum(drawn.unknown, 2 - drawn.unknown)
        self.unknown.add_to(totals, levels, drawn.weights)
        given, flat, bent = self.voices
        if given.size:
            values = (drawn.people @ flat + middle * (drawn.people @ bent)) / (drawn.people @ given)
            self.voted.add_to(totals, values, drawn.weights)
        return totals


def uncertain_rows(
    grid: Grid, table: Alternatives, weights: Weights, settings: Settings, votes: Sequence[Vote]
) -> UncertainRows:
    """Lay the terrains out for drawing; identical ones that nothing tells apart become one row."""
    on = settings.doubts
    ranked = table if Doubt.UNKNOWN in on else table.complete
    ballots = _ballots(ranked, votes) if Doubt.PARTICIPANTS in on else {}
    ordered, reference = _by_reference(grid, ranked, weights)
    rows: dict[object, int] = {}
    counting = [place for place, worth in enumerate(point_weights(grid, weights).values()) if worth]
    row_of = {
        terrain: _place(rows, tuple(ordered[terrain][c] for c in counting), terrain, ballots)
        for terrain in reference
    }
    values = {row_of[terrain]: (terrain, ordered[terrain]) for terrain in reversed(reference)}
    unknown = [(row, c) for row in sorted(values) for c, x in enumerate(values[row][1]) if x is None]
    cells = [
        (row, c)
        for row in sorted(values)
        for c, code in enumerate(table.criteria)
        if (values[row][0], code) in ballots
    ]
    names = sorted({person for given in ballots.values() for person in given})
    voices = _voices(names, [ballots[values[row][0], table.criteria[c]] for row, c in cells])
    known = np.zeros((len(rows), len(table.criteria)))
    for row, (_, figures) in values.items():
        known[row] = [float(x or 0) for x in figures]
    for row, c in cells:
        known[row, c] = 0
    answers = [len(criterion.answers) for criterion in grid]
    inside = any(0 < x < TOP_LEVEL for _, figures in values.values() for x in figures if x is not None)
    has = {
        Doubt.WEIGHTS: bool(rows),
        Doubt.PARTICIPANTS: bool(cells),
        Doubt.UNKNOWN: bool(unknown),
        Doubt.MIDDLE: inside or bool(unknown),
    }
    return UncertainRows(
        terrains=ranked.terrains,
        row_of=tuple(row_of[terrain] for terrain in ranked.terrains),
        by_reference=reference,
        multiplicity=np.bincount(list(row_of.values()), minlength=len(rows)),
        effective=frozenset(doubt for doubt in on if has[doubt]),
        incomplete=() if Doubt.UNKNOWN in on else table.incomplete,
        flat=2 * np.maximum(known - 1, 0),
        bent=np.minimum(known, 2 - known),
        unknown=_cells(unknown),
        answers=tuple(answers[c] for _, c in unknown),
        voted=_cells(cells),
        voices=voices,
    )


def _by_reference(
    grid: Grid, ranked: Alternatives, weights: Weights
) -> tuple[dict[str, Row], tuple[str, ...]]:
    """Return the rows, and the terrains by their exact total, what is unknown counting as 1."""
    middling = Alternatives(
        ranked.terrains,
        ranked.criteria,
        tuple(tuple(Fraction(1) if x is None else x for x in row) for row in ranked.values),
    )
    totals = middling.totals(grid, weights)
    reference = sorted(totals, key=lambda terrain: -totals[terrain])
    return dict(zip(ranked.terrains, ranked.values, strict=True)), tuple(reference)


def _place(
    rows: dict[object, int], figures: Row, terrain: str, ballots: Mapping[Cell, Mapping[str, Fraction]]
) -> int:
    """Return the row of a terrain: one of its own if anything of it is drawn."""
    alone = None in figures or any(cell[0] == terrain for cell in ballots)
    return rows.setdefault(terrain if alone else figures, len(rows))


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
