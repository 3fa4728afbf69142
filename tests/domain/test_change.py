"""Before and after: published cases, every choice of signs, a library, edges."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest
from scipy import stats

from ect.domain.change import change
from ect.domain.errors import DomainError

# Hollander & Wolfe 1999, table 3.1: Hamilton depression scale of nine patients, before and after.
BEFORE = "1.83 0.50 1.62 2.48 1.68 1.88 1.55 3.06 1.30"
AFTER = "0.878 0.647 0.598 2.05 1.06 1.29 1.06 3.14 1.29"


def exact(words: str) -> list[Fraction]:
    return [Fraction(word) for word in words.split()]


def test_hollander_and_wolfe_s_depression_scale() -> None:
    found = change(exact(AFTER), exact(BEFORE))
    assert (found.pairs, found.statistic) == (9, 40)
    assert round(float(found.p_value) / 2, 4) == 0.0195
    assert float(found.estimate) == 0.46
    assert found.interval is not None
    assert [round(float(end), 3) for end in found.interval] == [0.010, 0.786]
    assert found.confidence is not None
    assert round(float(found.confidence), 3) == 0.961


@pytest.mark.parametrize(
    ("pairs", "critical", "tail"),
    # Hollander & Wolfe 1999, table A.4: P(T+ >= t) for n pairs without ties.
    [(5, 15, ".031"), (6, 19, ".047"), (7, 25, ".039"), (8, 30, ".055"), (10, 44, ".053")],
)
def test_the_printed_upper_tails(pairs: int, critical: int, tail: str) -> None:
    # A fall of the one rank (or of the few smallest ones) that leaves just this sum.
    falls, left = set[int](), pairs * (pairs + 1) // 2 - critical
    for rank in range(pairs, 0, -1):
        if rank <= left:
            falls.add(rank)
            left -= rank
    moves = [Fraction(-rank if rank in falls else rank) for rank in range(1, pairs + 1)]
    found = change([Fraction()] * pairs, moves)
    assert found.statistic == critical
    assert f"{float(found.p_value) / 2:.3f}".lstrip("0") == tail


def test_the_p_value_is_the_share_of_all_choices_of_signs_ties_and_zeros_too() -> None:
    for seed in range(150):
        rng = random.Random(seed)
        moves = [Fraction(rng.randint(-4, 4), 2) for _ in range(rng.randint(1, 8))]
        found = change([Fraction()] * len(moves), moves)
        sizes = [abs(move) for move in moves if move]
        ranks = [sum(o < s for o in sizes) + Fraction(sizes.count(s) + 1, 2) for s in sizes]
        sums = [
            sum((r for r, up in zip(ranks, signs, strict=True) if up), Fraction())
            for signs in product((0, 1), repeat=len(ranks))
        ]
        high = sum(x >= found.statistic for x in sums)
        low = sum(x <= found.statistic for x in sums)
        assert found.p_value == min(Fraction(1), Fraction(2 * min(high, low), len(sums)))
        assert found.p_value >= found.least_p


def test_without_ties_it_is_scipy_s_exact_test_on_1000_instances() -> None:
    for seed in range(1000):
        rng = random.Random(seed)
        moves = [Fraction(x) * rng.choice((-1, 1)) for x in rng.sample(range(1, 60), rng.randint(1, 14))]
        found = change([Fraction()] * len(moves), moves)
        oracle = stats.wilcoxon([float(move) for move in moves], method="exact")
        assert float(found.p_value) == pytest.approx(oracle.pvalue)


def test_no_five_pairs_can_be_significant_and_six_can() -> None:
    five = change([Fraction()] * 5, [Fraction(x) for x in range(1, 6)])
    assert (five.p_value, five.least_p, five.interval) == (Fraction(1, 16), Fraction(1, 16), None)
    six = change([Fraction()] * 6, [Fraction(x) for x in range(1, 7)])
    assert six.p_value == Fraction(1, 32)
    assert six.interval == (1, 6)
    assert six.effect == 1


def test_where_nothing_moves_nothing_is_found() -> None:
    found = change([Fraction(1)] * 3, [Fraction(1)] * 3)
    assert (found.moved, found.p_value, found.estimate, found.effect) == (0, 1, 0, 0)


def test_uneven_or_no_pairs_are_refused() -> None:
    for before in ([], [Fraction()]):
        with pytest.raises(DomainError, match="pairs_uneven"):
            change(before, [] if not before else [Fraction(), Fraction()])
