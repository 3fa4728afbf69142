"""Choosing several by listing every set, and by mixed integer programming: apart from the code they judge."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from ect.domain.choice import Constraint, Demand
from ect.domain.portfolio_rows import Row

DENOMINATORS = (1, 2, 3, 6, 30, 420)


@dataclass(frozen=True)
class Instance:
    """A choice to be made."""

    scores: Mapping[str, Fraction]
    groups: Mapping[str, frozenset[str]]
    size: int
    constraints: tuple[Constraint, ...]

    def without(self, constraint: Constraint) -> Instance:
        others = tuple(other for other in self.constraints if other != constraint)
        return Instance(self.scores, self.groups, self.size, others)

    def of(self, *constraints: Constraint) -> Instance:
        return Instance(self.scores, self.groups, self.size, constraints)


def bounds(instance: Instance, constraint: Constraint) -> tuple[frozenset[str], int, int]:
    """Return whom a constraint is about, the fewest and the most of them."""
    one = frozenset([constraint.of])
    return {
        Demand.REQUIRED: lambda: (one, 1, 1),
        Demand.EXCLUDED: lambda: (one, 0, 0),
        Demand.AT_LEAST: lambda: (instance.groups[constraint.of], constraint.bound, instance.size),
        Demand.AT_MOST: lambda: (instance.groups[constraint.of], 0, constraint.bound),
    }[constraint.demand]()


def satisfies(instance: Instance, members: Sequence[str]) -> bool:
    limits = [bounds(instance, constraint) for constraint in instance.constraints]
    return all(low <= len(group & set(members)) <= high for group, low, high in limits)


def every_set(instance: Instance) -> list[tuple[Fraction, tuple[str, ...]]]:
    """Return every set that satisfies the constraints with its total, in the order that is promised."""
    order = sorted(instance.scores, key=lambda code: (-instance.scores[code], code))
    found = [
        (sum((instance.scores[code] for code in members), Fraction()), members)
        for members in combinations(order, instance.size)
        if satisfies(instance, members)
    ]
    # combinations() already goes by the first terrains, and the sort keeps the order of ties.
    return sorted(found, key=lambda one: -one[0])


def milp_total(instance: Instance) -> Fraction | None:
    """Return the best total, ``None`` if nothing satisfies the constraints; all coefficients are integers."""
    codes = list(instance.scores)
    scale = lcm(*(score.denominator for score in instance.scores.values()))
    rows, lows, highs = [[1] * len(codes)], [instance.size], [instance.size]
    for constraint in instance.constraints:
        group, low, high = bounds(instance, constraint)
        rows.append([int(code in group) for code in codes])
        lows.append(low)
        highs.append(high)
    found = milp(
        -np.array([float(instance.scores[code] * scale) for code in codes]),
        constraints=LinearConstraint(np.array(rows), lows, highs),
        integrality=np.ones(len(codes)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    assert found.status in (0, 2), found.message
    return Fraction(round(-found.fun), scale) if found.status == 0 else None


def random_instance(rng: random.Random, terrains: int, size: int, *, constraints: int = 6) -> Instance:
    """Return a choice with ties, twins and constant totals, feasible or not."""
    denominator = rng.choice(DENOMINATORS)
    highest = rng.choice((0, 1, 4, 34)) * denominator
    codes = [f"t{place}" for place in range(terrains)]
    scores = {code: Fraction(rng.randint(0, highest), denominator) for code in codes}
    groups = {f"g{place}": _group(rng, codes) for place in range(6)}
    asked = [_constraint(rng, codes, groups) for _ in range(rng.randint(0, constraints))]
    return Instance(scores, groups, size, tuple(dict.fromkeys(asked)))


def _group(rng: random.Random, codes: Sequence[str]) -> frozenset[str]:
    share = rng.choice((0.0, 0.1, 0.3, 0.6, 1.0))
    return frozenset(code for code in codes if rng.random() < share)


def _constraint(rng: random.Random, codes: Sequence[str], groups: Mapping[str, frozenset[str]]) -> Constraint:
    demand = rng.choices(list(Demand), weights=(5, 3, 1, 1))[0]
    if demand in {Demand.REQUIRED, Demand.EXCLUDED}:
        return Constraint(demand, rng.choice(codes))
    return Constraint(demand, rng.choice(list(groups)), rng.choice((0, 1, 1, 1, 2, 3)))


def tangled() -> tuple[list[int], list[Row]]:
    """Return a problem whose linear relaxation says little: many groups, each across all others."""
    rng = random.Random(5)
    scores = sorted((rng.randint(100, 300) for _ in range(60)), reverse=True)
    return scores, [Row(frozenset(rng.sample(range(60), 14)), 1, least=True) for _ in range(14)]
