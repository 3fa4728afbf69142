"""Small tables of terrains and weights at random, with ties, zeros and unknowns."""

from __future__ import annotations

import random
from fractions import Fraction

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.weight_lines import weight_codes
from ect.domain.weights import ECT, SELECTION, Weights, published_weights
from tests.domain.builders import grid_of, pillar, selection_criterion

MINI = grid_of([pillar("p", 2), pillar("q", 3)], [selection_criterion("s"), selection_criterion("t")])


def table_of(grid: Grid, rows: dict[str, tuple[int | str | Fraction | None, ...]]) -> Alternatives:
    """Return terrains with these values, criterion by criterion."""
    codes = tuple(criterion.code for criterion in grid)
    values = tuple(tuple(None if x is None else Fraction(x) for x in row) for row in rows.values())
    return Alternatives(tuple(rows), codes, values)


def random_table(rng: random.Random, count: int, grid: Grid = MINI, unknown: float = 0.0) -> Alternatives:
    """Return terrains on few levels, twins, and rows that tie by the same points elsewhere in a group.

    Some cells are unknown.
    """
    rows: list[tuple[Fraction | None, ...]] = []
    step = rng.choice((1, 2))
    for _ in range(count):
        if rows and rng.random() < 0.4:
            twin = rng.choice(rows)
            rows.append(rng.choice((twin, (*twin[1::-1], *twin[2:-2], *twin[:-3:-1]))))
        else:
            levels = [Fraction(rng.randint(0, 2 * step), step) for _ in grid]
            rows.append(tuple(None if rng.random() < unknown else level for level in levels))
    return Alternatives(tuple(f"t{i}" for i in range(count)), tuple(c.code for c in grid), tuple(rows))


def random_weights(rng: random.Random, grid: Grid = MINI, zeros: float = 0.1) -> Weights:
    """Return weights of 0 to 3, no group without weight; the published ones one time in three."""
    if rng.random() < 1 / 3:
        return published_weights(grid)

    def weight() -> Fraction:
        return Fraction() if rng.random() < zeros else Fraction(rng.randint(1, 6), rng.randint(1, 3))

    relative = {code: weight() for code in weight_codes(grid) if code not in (ECT, SELECTION)}
    first = [grid.pillars[0], *(p.criteria[0] for p in grid.pillars), grid.selection[0]]
    relative |= {entry.code: Fraction(rng.randint(1, 3)) for entry in first}
    return Weights(Fraction(rng.randint(1, 4)), weight(), relative)
