"""The distribution of one criterion's levels, and the consensus of Tastle and Wierman on it."""

from __future__ import annotations

from fractions import Fraction
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.agreement import Distribution, consensus, distributions
from ect.domain.errors import DomainError
from ect.domain.rating import Answer, Rating
from tests.domain.builders import GRID, HALF, ratings

ANSWERS = GRID.criterion("mirror").answers
levels = st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=30)


def test_every_allowed_level_is_counted_even_if_nobody_gave_it() -> None:
    found = distributions(GRID, ratings("hybrid_1", 2, 1, 2) + ratings("mirror", HALF))
    assert list(found["hybrid_1"].counts.items()) == [(0, 0), (1, 1), (2, 2)]
    assert list(found["mirror"].counts.items()) == [(0, 0), (HALF, 1), (1, 0), (Fraction(3, 2), 0), (2, 0)]


def test_every_criterion_has_its_distribution_in_the_order_of_the_grid() -> None:
    found = distributions(GRID, ratings("mirror", 1))
    assert list(found) == [criterion.code for criterion in GRID]


def test_mean_median_and_extremes_are_exact() -> None:
    found = _distribution(0, 1, 1, 2, 2, 2)
    assert (found.given, found.mean, found.median) == (6, Fraction(4, 3), Fraction(3, 2))
    assert (found.lowest, found.highest, found.spread) == (0, 2, 2)
    assert type(found.median) is Fraction


def test_the_median_of_an_odd_number_is_the_level_in_the_middle() -> None:
    assert _distribution(0, 0, 2).median == 0


def test_i_do_not_know_and_abstentions_are_counted_apart() -> None:
    silent = [Rating("mirror", Answer.UNKNOWN), Rating("mirror", Answer.ABSTAIN), *ratings("mirror", None)]
    found = distributions(GRID, [*ratings("mirror", 2), *silent])["mirror"]
    assert (found.given, found.mean, found.unknown, found.abstained) == (1, 2, 2, 1)


def test_without_a_level_there_is_no_figure() -> None:
    found = distributions(GRID, ratings("mirror", None))["mirror"]
    assert found.given == 0
    for figure in (found.mean, found.median, found.lowest, found.highest, found.spread, found.consensus):
        assert figure is None


@pytest.mark.parametrize(("criterion", "value"), [("hybrid_1", HALF), ("mirror", 3)])
def test_a_level_the_criterion_does_not_allow_is_refused(criterion: str, value: Fraction | int) -> None:
    with pytest.raises(DomainError, match="level_out_of_range"):
        distributions(GRID, ratings(criterion, value))


def test_a_criterion_the_grid_has_not_is_refused() -> None:
    with pytest.raises(DomainError, match="criterion_unknown"):
        distributions(GRID, ratings("charm", 1))


@pytest.mark.parametrize("level", ANSWERS)
def test_one_level_for_all_is_full_consensus(level: Fraction) -> None:
    assert consensus({level: 7}) == 1


def test_two_opposed_halves_have_no_consensus() -> None:
    assert consensus({Fraction(0): 4, Fraction(2): 4}) == 0


@pytest.mark.parametrize("low", [0, 1])
def test_halves_one_level_apart_have_a_consensus_of_585(low: int) -> None:
    assert consensus({Fraction(low): 5, Fraction(low + 1): 5}) == pytest.approx(0.585, abs=5e-4)


def test_three_equal_thirds_have_a_consensus_of_a_third() -> None:
    found = consensus(dict.fromkeys((Fraction(0), Fraction(1), Fraction(2)), 3))
    assert found == pytest.approx(1 / 3, abs=1e-12)


def test_the_scale_is_fixed_whatever_the_levels_given() -> None:
    assert consensus({Fraction(1): 1, HALF: 1}) == pytest.approx(1 + log2(1 - 0.25 / 2))


def test_nobody_s_level_has_no_consensus_to_speak_of() -> None:
    assert consensus({}) is None
    assert consensus({Fraction(1): 0}) is None


@given(levels)
def test_consensus_goes_from_0_to_1_and_is_1_only_for_one_level(values: list[Fraction]) -> None:
    found = _distribution(*values).consensus
    assert found is not None
    assert 0 <= found <= 1
    assert (found == 1) == (len(set(values)) == 1)


@given(levels, st.data())
def test_the_order_of_participants_changes_nothing(values: list[Fraction], data: st.DataObject) -> None:
    shuffled = _distribution(*data.draw(st.permutations(values)))
    assert shuffled == _distribution(*values)
    backwards = dict(reversed(shuffled.counts.items()))
    assert consensus(backwards) == shuffled.consensus


@given(levels)
def test_consensus_is_the_same_from_the_other_end_of_the_scale(values: list[Fraction]) -> None:
    mirrored = [2 - value for value in values]
    assert _distribution(*mirrored).consensus == _distribution(*values).consensus


@given(levels, st.integers(2, 5))
def test_consensus_depends_on_shares_only(values: list[Fraction], times: int) -> None:
    assert _distribution(*values * times).consensus == _distribution(*values).consensus


def _distribution(*values: int | Fraction) -> Distribution:
    return distributions(GRID, ratings("mirror", *values))["mirror"]
