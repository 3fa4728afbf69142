"""On the report's table (source: the interim report of 2023, score table)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ect.domain.break_even import ect_factor_of_tie, ect_to_equal, outweighs_a_criterion
from ect.domain.scoring import score
from ect.domain.weights import Weights
from tests.domain.builders import GRID, level_profile, report_profiles, report_scores

SCORES = report_scores()
MAISON, SUT = SCORES["maison"], SCORES["sut"]
EPICERIE = next(found for name, found in SCORES.items() if name not in {"maison", "sut"})


def test_the_two_leaders_swap_only_above_an_ect_of_12_and_a_half() -> None:
    assert ect_factor_of_tie(EPICERIE, MAISON) == Fraction(25, 2)
    for factor, ahead in ((Fraction(12), True), (Fraction(13), False)):
        totals = {
            name: score(GRID, profile, Weights(factor)).total.low
            for name, profile in report_profiles().items()
        }
        others = [total for name, total in totals.items() if name not in {"maison", "sut"}]
        assert (others[0] > totals["maison"]) is ahead


def test_no_single_selection_criterion_of_one_project_reverses_the_leaders() -> None:
    assert outweighs_a_criterion(EPICERIE, MAISON)
    assert not outweighs_a_criterion(MAISON, SUT)


def test_sut_overtakes_the_others_above_4_85_and_5_9_if_its_own_ect_is_let_free() -> None:
    assert ect_to_equal(GRID, SUT, MAISON) == Fraction("4.85")
    assert ect_to_equal(GRID, SUT, EPICERIE) == Fraction("5.9")


def test_what_no_weight_and_no_score_can_do_is_none() -> None:
    high, low = score(GRID, level_profile(2)), score(GRID, level_profile(0))
    assert ect_factor_of_tie(high, low) is None
    assert ect_factor_of_tie(high, high) is None
    assert ect_to_equal(GRID, low, high) is None
    assert ect_to_equal(GRID, high, replace(low)) is None
