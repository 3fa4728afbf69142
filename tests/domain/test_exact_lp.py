from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from ect.domain.exact_lp import Broken, Constraint, NothingAllowedError, Optimum, least_cost


def one_by_one(constraints: Sequence[Constraint]) -> Broken:
    """Return what gives the first constraint that is broken."""

    def broken(values: Sequence[Fraction]) -> list[Constraint]:
        return [c for c in constraints if at(c, values) < 0][:1]

    return broken


def all_at_once(constraints: Sequence[Constraint]) -> Broken:
    return lambda values: [c for c in constraints if at(c, values) < 0]


def solved(costs: Sequence[Fraction], broken: Broken) -> Optimum | None:
    try:
        return least_cost(costs, broken)
    except NothingAllowedError:
        return None


def at(constraint: Constraint, values: Sequence[Fraction]) -> Fraction:
    return constraint.constant + sum(x * values[k] for k, x in constraint.coefficients.items())


def proves(optimum: Optimum, costs: Sequence[Fraction], constraints: Sequence[Constraint]) -> bool:
    """Check, exactly, that the values keep every constraint, cost what is said, and nothing costs less."""
    by_key = {constraint.key: constraint for constraint in constraints}
    left, bound = list(costs), Fraction()
    for key, multiplier in optimum.multipliers.items():
        assert multiplier > 0
        bound -= multiplier * by_key[key].constant
        for k, x in by_key[key].coefficients.items():
            left[k] -= multiplier * x
    feasible = all(at(c, optimum.values) >= 0 for c in constraints) and min(optimum.values) >= 0
    spent = sum(c * x for c, x in zip(costs, optimum.values, strict=True))
    return feasible and min(left) >= 0 and bound == spent == optimum.cost


def test_the_least_cost_is_proved_and_is_the_one_of_highs() -> None:
    rng, impossible = random.Random(1954), 0
    for _ in range(400):
        size, count = rng.randint(1, 6), rng.randint(0, 8)
        costs = [Fraction(rng.randint(0, 3), rng.randint(1, 2)) for _ in range(size)]
        constraints = [
            Constraint(
                f"c{i}",
                Fraction(rng.randint(-4, 2)),
                {k: Fraction(x) for k in range(size) if (x := rng.randint(-2, 2))},
            )
            for i in range(count)
        ]
        optimum = solved(costs, rng.choice((one_by_one, all_at_once))(constraints))
        rows = [[float(-c.coefficients.get(k, 0)) for k in range(size)] for c in constraints]
        expected = linprog(
            [float(c) for c in costs],
            A_ub=np.array(rows).reshape(count, size),
            b_ub=[float(c.constant) for c in constraints],
        )
        assert (optimum is None) == (expected.status == 2)
        if optimum is None:
            impossible += 1
        else:
            assert proves(optimum, costs, constraints)
            assert float(optimum.cost) == pytest.approx(expected.fun, abs=1e-7)
    assert 50 < impossible < 350


def test_nothing_broken_costs_nothing() -> None:
    assert least_cost([Fraction(1)], lambda _: ()) == Optimum(Fraction(), (Fraction(),), {})


def test_ties_everywhere_do_not_go_round_for_ever() -> None:
    """Costs of 0 leave every ratio level: the case where a simplex can cycle (Bland 1977)."""
    rng = random.Random(1977)
    for _ in range(60):
        constraints = [
            Constraint(i, Fraction(rng.randint(-1, 0)), {k: Fraction(rng.choice((-1, 1))) for k in range(8)})
            for i in range(10)
        ]
        optimum = solved([Fraction()] * 7 + [Fraction(1)], all_at_once(constraints))
        assert optimum is None or proves(optimum, [Fraction()] * 7 + [Fraction(1)], constraints)
