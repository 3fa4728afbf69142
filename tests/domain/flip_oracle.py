"""The fewest level steps by mixed integer programming, written apart from the code it judges."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from math import lcm

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.ladders import NO_LIMITS, Limits
from ect.domain.weights import Weights, point_weights

# terrain, part, place on its ladder, points, cost
Rung = tuple[str, str, int, Fraction, Fraction]


def milp_cost(
    grid: Grid,
    table: Alternatives,
    weights: Weights,
    terrain: str,
    *,
    rank: int = 1,
    rivals: bool = False,
    level_enough: bool = False,
    limits: Limits = NO_LIMITS,
) -> Fraction | None:
    """Return the lowest cost, ``None`` if the place cannot be had; criteria only, no published means.

    A binary for each step, a step asks for the one before it; a binary for each rival that may stay in
    front, with a bound that frees it. All coefficients are integers.
    """
    totals = table.totals(grid, weights)
    others = [t for t in totals if t != terrain]
    rungs = [
        r for t in totals if t == terrain or rivals for r in _rungs(grid, table, weights, t, terrain, limits)
    ]
    scale = lcm(*(r[3].denominator for r in rungs), *(x.denominator for x in totals.values()))
    dear = lcm(*(r[4].denominator for r in rungs), (limits.budget or Fraction()).denominator)
    size, free = len(rungs), 4 * grid.maximum * scale
    rows, lows = [], []

    def at_least(row: Mapping[int, int], low: int) -> None:
        rows.append([row.get(k, 0) for k in range(size + len(others))])
        lows.append(low)

    for k, (t, part, place, _, _) in enumerate(rungs):
        if place:
            assert rungs[k - 1][:3] == (t, part, place - 1)
            at_least({k - 1: 1, k: -1}, 0)
    for j, rival in enumerate(others):
        row = {k: int(r[3] * scale) for k, r in enumerate(rungs) if r[0] in (terrain, rival)}
        gap = int((totals[rival] - totals[terrain]) * scale)
        at_least(row | {size + j: free}, gap + (not level_enough))
    at_least({size + j: -1 for j in range(len(others))}, 1 - rank)
    costs = [int(r[4] * dear) for r in rungs]
    if limits.budget is not None:
        at_least({k: -cost for k, cost in enumerate(costs)}, -int(limits.budget * dear))
    if not rungs and not others:
        return Fraction()
    found = milp(
        np.array(costs + [0] * len(others)),
        constraints=LinearConstraint(np.array(rows), lb=np.array(lows)),
        integrality=np.ones(size + len(others)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    assert found.status in (0, 2), found.message
    return Fraction(round(found.fun), dear) if found.status == 0 else None


def _rungs(
    grid: Grid, table: Alternatives, weights: Weights, terrain: str, raised: str, limits: Limits
) -> list[Rung]:
    points, row = point_weights(grid, weights), table.values[table.terrains.index(terrain)]
    rungs: list[Rung] = []
    for criterion, value in zip(grid, row, strict=True):
        assert value is not None
        floor = limits.floors.get((terrain, criterion.code), Fraction())
        answers = [criterion.step * k for k in range(int(2 / criterion.step) + 1)]
        lower = [x for x in reversed(answers) if floor <= x < value]
        values = [value, *([x for x in answers if x > value] if terrain == raised else lower)]
        if criterion.code in limits.forbidden:
            continue
        cost = limits.costs.get(criterion.code, Fraction(1))
        for place, (a, b) in enumerate(pairwise(values)):
            rungs.append((terrain, criterion.code, place, abs(b - a) * points[criterion.code], cost))
    return rungs
