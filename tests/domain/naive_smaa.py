"""SMAA by plain loops over the draws, one terrain, one criterion, one participant at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.uncertainty import Draws, Settings, draws
from ect.domain.votes import Vote
from ect.domain.weights import Weights

LEVEL, NEAR = 1e-9, 1e-4


@dataclass
class Naive:
    """Counts by terrain; ``near``: the draws in which two totals nearly meet, and either may be ahead."""

    ranks: dict[str, list[int]]
    wins: dict[tuple[str, str], float] = field(default_factory=dict)
    near: int = 0

    def add(self, totals: dict[str, float]) -> None:
        gaps = [abs(x - y) for a, x in totals.items() for b, y in totals.items() if a < b]
        self.near += any(1e-12 < gap < NEAR for gap in gaps)
        for a, x in totals.items():
            self.ranks[a][sum(y > x + LEVEL for y in totals.values())] += 1
            for b, y in totals.items():
                won = 0.5 if abs(x - y) <= LEVEL else float(x > y)
                self.wins[a, b] = self.wins.get((a, b), 0) + won


def naive(grid: Grid, table: Alternatives, weights: Weights, settings: Settings, votes: list[Vote]) -> Naive:
    """Rank under every draw; unknown cells are drawn in the order of the totals as things stand."""
    table = in_order(grid, table, weights)
    names = sorted({vote.participant for vote in votes})
    columns = dict(enumerate(grid))
    unknown = [c for row in table.values for c, x in enumerate(row) if x is None]
    counts = Naive({terrain: [0] * len(table.terrains) for terrain in table.terrains})
    for chunk in draws(grid, weights, settings, len(names), [len(columns[c].answers) for c in unknown]):
        for draw in range(len(chunk.middle)):
            counts.add(_totals(table, chunk, draw, votes, names))
    return counts


def firsts(
    grid: Grid,
    table: Alternatives,
    weights: Weights,
    settings: Settings,
    votes: list[Vote],
    held: Sequence[float] | None = None,
) -> tuple[dict[str, list[Sequence[float]]], bool]:
    """Return the weights of the draws in which each terrain is first, and whether two nearly met.

    ``held`` takes the place of the weights drawn.
    """
    table = in_order(grid, table, weights)
    names = sorted({vote.participant for vote in votes})
    answers = [len(list(grid)[c].answers) for row in table.values for c, x in enumerate(row) if x is None]
    found: dict[str, list[Sequence[float]]] = {terrain: [] for terrain in table.terrains}
    near = False
    for chunk in draws(grid, weights, settings, len(names), answers):
        lines = chunk.weights if held is None else np.array([held] * len(chunk.middle))
        for draw in range(len(chunk.middle)):
            totals = _totals(table, replace(chunk, weights=lines), draw, votes, names)
            best = max(totals.values(), default=0.0)
            near |= any(LEVEL / 1000 < best - total < NEAR for total in totals.values())
            for terrain, total in totals.items():
                if total >= best - LEVEL:
                    found[terrain].append(lines[draw])
    return found, near


def in_order(grid: Grid, table: Alternatives, weights: Weights) -> Alternatives:
    """Return the terrains by their total as things stand, what is unknown counting as 1."""
    rows = tuple(tuple(Fraction(1) if x is None else x for x in row) for row in table.values)
    totals = Alternatives(table.terrains, table.criteria, rows).totals(grid, weights)
    own = dict(zip(table.terrains, table.values, strict=True))
    order = sorted(totals, key=lambda terrain: -totals[terrain])
    return Alternatives(tuple(order), table.criteria, tuple(own[terrain] for terrain in order))


def _totals(
    table: Alternatives, chunk: Draws, draw: int, votes: list[Vote], names: list[str]
) -> dict[str, float]:
    unknown, middle = iter(chunk.unknown[draw]), float(chunk.middle[draw])
    people = dict(zip(names, map(float, chunk.people[draw]), strict=True))
    totals = {}
    for terrain, row in zip(table.terrains, table.values, strict=True):
        values = []
        for code, x in zip(table.criteria, row, strict=True):
            ballots = [v for v in votes if (v.terrain, v.rating.criterion) == (terrain, code)]
            if ballots:
                given = [people[v.participant] * worth(float(v.rating.value or 0), middle) for v in ballots]
                values.append(sum(given) / sum(people[v.participant] for v in ballots))
            else:
                values.append(worth(float(next(unknown) if x is None else x), middle))
        totals[terrain] = sum(float(w) * x for w, x in zip(chunk.weights[draw], values, strict=True))
    return totals


def worth(x: float, middle: float) -> float:
    """Return what a value is worth when level 1 is worth that."""
    return x * middle if x <= 1 else middle + (x - 1) * (2 - middle)
