from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from ect.domain.alternatives import alternatives
from ect.domain.errors import DomainError
from ect.domain.first_shares import first_shares, group_shares, group_values, volume_shares
from ect.domain.weights import published_weights
from tests.domain.builders import EPICERIE, GRID, HALF, MAISON, SUT, level_profile, report_profiles
from tests.domain.tables import MINI, random_table, random_weights

PUBLISHED = published_weights(GRID)
WHOLE = (Fraction(0), Fraction(1))


def exact(rows: list[list[int]]) -> list[list[Fraction]]:
    return [[Fraction(x) for x in row] for row in rows]


@pytest.mark.parametrize("groups", range(1, 6))
def test_each_group_s_champion_is_first_as_often(groups: int) -> None:
    champions = exact([[int(i == j) for j in range(groups)] for i in range(groups)])
    assert volume_shares(champions, [WHOLE] * groups) == (Fraction(1, groups),) * groups


@pytest.mark.parametrize("dimension", range(1, 5))
def test_a_half_space_cuts_off_a_small_simplex(dimension: int) -> None:
    """w_0 > 1/2 cuts off a simplex of half the size: 1/2^d of the volume."""
    rows = exact([[1] + [0] * dimension, [0] + [1] * dimension])
    assert volume_shares(rows, [WHOLE] * (dimension + 1))[0] == Fraction(1, 2**dimension)


def test_a_threshold_cuts_off_its_power() -> None:
    """w_0 > t has the volume (1 - t)^4; here t = 1/3: 2 w_0 against the rest."""
    assert volume_shares(exact([[2, 0, 0, 0, 0], [0, 1, 1, 1, 1]]), [WHOLE] * 5)[0] == Fraction(16, 81)


def test_twins_share_equally_and_the_beaten_have_nothing() -> None:
    rows = exact([[2, 0], [2, 0], [0, 2], [0, 1], [1, 1]])
    assert volume_shares(rows, [WHOLE] * 2) == (Fraction(1, 4), Fraction(1, 4), HALF, 0, 0)


def test_bounds_cut_the_weights() -> None:
    """First where w_0 > 1/2, w_0 on 1/4..1: two thirds of it."""
    rows = exact([[1, 0], [0, 1]])
    assert volume_shares(rows, [(Fraction(1, 4), Fraction(1)), WHOLE])[0] == Fraction(2, 3)


def test_weights_that_are_fixed_leave_fewer_dimensions() -> None:
    """With w_0 = 1/3, x = w_2 and w_1 = 2/3 - x: the rows are worth 2/3 - x, x and 3 - 10 x.

    The third is first up to x = 7/27, the first from there to 1/3, the second from there to 2/3.
    """
    third = (Fraction(1, 3), Fraction(1, 3))
    shares = volume_shares(exact([[0, 1, 0], [0, 0, 1], [9, 0, -10]]), [third, WHOLE, WHOLE])
    assert shares == (Fraction(1, 9), HALF, Fraction(7, 18))


def test_a_single_weighting_is_shared_by_those_who_tie_on_it() -> None:
    half = (HALF, HALF)
    assert volume_shares(exact([[2, 0], [0, 2], [0, 1]]), [half, half]) == (HALF, HALF, 0)


def test_no_weights_within_the_bounds_is_refused() -> None:
    with pytest.raises(DomainError, match="weight_bounds_empty"):
        volume_shares(exact([[1, 0]]), [(Fraction(0), Fraction(1, 4))] * 2)


def test_shares_sum_to_1_and_are_those_of_a_monte_carlo() -> None:
    rng, draws = random.Random(2001), 40_000
    weights = np.random.default_rng(2001).dirichlet([1] * 5, draws)
    for n in (2, 5, 12, 30):
        rows = [[Fraction(rng.randint(0, 10), 5) for _ in range(5)] for _ in range(n)]
        bounds = [(Fraction(rng.randint(0, 3), 20), Fraction(rng.randint(6, 20), 20)) for _ in range(5)]
        inside = weights[
            ((weights >= [float(x) for x, _ in bounds]) & (weights <= [float(x) for _, x in bounds])).all(
                axis=1
            )
        ]
        for ranges, sample in (([WHOLE] * 5, weights), (bounds, inside)):
            shares = volume_shares(rows, ranges)
            assert sum(shares) == 1
            won = np.bincount((sample @ np.array(rows, dtype=float).T).argmax(axis=1), minlength=n) / len(
                sample
            )
            assert np.abs(won - np.array(shares, dtype=float)).max() < 5 * HALF / np.sqrt(len(sample))


def test_shares_sum_to_1_whatever_ties() -> None:
    """Few levels: rows that meet in common faces, twins, mixes of others."""
    rng = random.Random(81)
    for _ in range(1000):
        groups, top = rng.randint(1, 5), rng.randint(1, 3)
        rows = [[Fraction(rng.randint(0, top)) for _ in range(groups)] for _ in range(rng.randint(1, 10))]
        shares = volume_shares(rows, [WHOLE] * groups)
        assert sum(shares) == 1
        for (a, first), (b, second) in product(zip(rows, shares, strict=True), repeat=2):
            assert (
                first == second if a == b else not (first and all(x <= y for x, y in zip(a, b, strict=True)))
            )


def test_groups_bring_the_totals() -> None:
    rng = random.Random(3)
    for _ in range(100):
        table, weights = random_table(rng, 4).complete, random_weights(rng)
        shares = group_shares(MINI, weights)
        assert sum(shares.values()) == 1
        means = group_values(MINI, table, weights)
        totals = [
            sum(s * x for s, x in zip(shares.values(), row, strict=True)) * MINI.maximum / 2 for row in means
        ]
        assert totals == list(table.totals(MINI, weights).values())


def test_around_the_published_weights_the_epicerie_is_first_on_all_but_a_corner() -> None:
    table = alternatives(GRID, {**report_profiles(), "vaux": {}})
    found = first_shares(GRID, table, PUBLISHED, Fraction(1, 4))
    assert found.incomplete == ("vaux",)
    assert found.bounds["selection"] == (Fraction(27, 68), Fraction(45, 68))
    assert found.shares == {MAISON: 0, EPICERIE: 1, SUT: 0}
    anywhere = first_shares(GRID, table, PUBLISHED).shares
    assert sum(anywhere.values()) == 1
    assert anywhere[SUT] == 0
    assert anywhere[EPICERIE] > anywhere[MAISON] > 0


def test_without_spread_the_ranking_s_first_is_first() -> None:
    table = alternatives(GRID, report_profiles())
    assert first_shares(GRID, table, PUBLISHED, Fraction(0)).shares == {MAISON: 0, EPICERIE: 1, SUT: 0}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_terrains_have_all_of_the_weights(count: int) -> None:
    table = alternatives(GRID, {f"t{i}": level_profile(1) for i in range(count)})
    assert list(first_shares(GRID, table, PUBLISHED).shares.values()) == [Fraction(1, count or 1)] * count


def test_a_spread_is_not_negative() -> None:
    with pytest.raises(DomainError, match="spread_out_of_range"):
        first_shares(GRID, alternatives(GRID, {}), PUBLISHED, Fraction(-1, 4))


def test_a_thousand_terrains_share_the_weights_exactly() -> None:
    rng = random.Random(6)
    rows = [[Fraction(rng.randint(0, 10), 5) for _ in range(5)] for _ in range(1000)]
    assert sum(volume_shares(rows, [WHOLE] * 5)) == 1
