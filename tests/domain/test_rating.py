"""Ratings: a level, "I do not know" or "I abstain", checked against the grid."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from ect.domain.errors import DomainError
from ect.domain.rating import COMMENT_LIMIT, Answer, Basis, Rating, check_rating
from tests.domain.builders import ECT_CODES, GRID, HALF, SELECTION
from tests.domain.strategies import means


def test_a_level_needs_a_value() -> None:
    with pytest.raises(DomainError, match="rating_value_mismatch"):
        Rating("mirror", Answer.LEVEL)


@pytest.mark.parametrize("answer", [Answer.UNKNOWN, Answer.ABSTAIN])
def test_an_answer_without_a_level_has_no_value(answer: Answer) -> None:
    check_rating(GRID, Rating("mirror", answer))
    with pytest.raises(DomainError, match="rating_value_mismatch"):
        Rating("mirror", answer, Fraction(0))


def test_a_rating_says_what_it_rests_on_or_nothing() -> None:
    assert Rating("mirror", Answer.UNKNOWN).basis is None
    assert {basis.value for basis in Basis} == {"declared", "observed", "documented"}


def test_a_comment_has_a_limit() -> None:
    Rating("mirror", Answer.UNKNOWN, comment="x" * COMMENT_LIMIT)
    with pytest.raises(DomainError) as refusal:
        Rating("mirror", Answer.UNKNOWN, comment="x" * (COMMENT_LIMIT + 1))
    assert refusal.value.code == "comment_too_long"
    assert refusal.value.values == {"criterion": "mirror", "limit": COMMENT_LIMIT}


@pytest.mark.parametrize("value", [HALF, Fraction(3), Fraction(-1)])
def test_an_ect_criterion_takes_0_1_or_2_only(value: Fraction) -> None:
    with pytest.raises(DomainError) as refusal:
        check_rating(GRID, Rating("hybrid_1", Answer.LEVEL, value))
    assert refusal.value.code == "level_out_of_range"
    assert refusal.value.values == {"criterion": "hybrid_1", "value": value}


def test_a_criterion_the_grid_has_not_cannot_be_rated() -> None:
    with pytest.raises(DomainError, match="criterion_unknown"):
        check_rating(GRID, Rating("nothing", Answer.UNKNOWN))


@given(means)
def test_halves_are_answers_on_selection_criteria_and_whole_levels_on_all(value: Fraction) -> None:
    assert _allowed(ECT_CODES[0], value) == (value.denominator == 1)
    assert _allowed(SELECTION[0], value) == (value.denominator in {1, 2})


def _allowed(code: str, value: Fraction) -> bool:
    try:
        check_rating(GRID, Rating(code, Answer.LEVEL, value))
    except DomainError:
        return False
    return True
