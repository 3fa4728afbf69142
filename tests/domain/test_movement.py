"""Movement: what a discussion changed, criterion by criterion."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.errors import DomainError
from ect.domain.movement import Movement, movements
from ect.domain.votes import Vote
from tests.domain.builders import GRID, HALF, small_grid, vote
from tests.domain.strategies import votes

SMALL = small_grid()
rounds = votes(SMALL, participants="abc", terrains=("home", "away"))


def test_a_discussion_that_brings_two_camps_together_shows_in_mean_spread_and_consensus() -> None:
    found = _movement(_round(alice=0, bob=2, carol=2), _round(alice=1, bob=1, carol=2))
    assert (found.before.mean, found.after.mean) == (Fraction(4, 3), Fraction(4, 3))
    assert (found.before.spread, found.after.spread) == (2, 1)
    assert (found.before.consensus or 0) < (found.after.consensus or 0)
    assert (found.raised, found.lowered, found.kept, found.moved) == (1, 1, 1, 2)


def test_half_a_level_is_a_move() -> None:
    assert _movement(_round(alice=1), _round(alice=1 + HALF)).raised == 1


def test_who_gave_a_level_in_one_round_only_has_not_moved() -> None:
    found = _movement(_round(alice=1, bob=2, carol=None), _round(alice=1, bob=None, carol=0))
    assert (found.raised, found.lowered, found.kept) == (0, 0, 1)
    assert (found.before.given, found.after.given) == (2, 2)
    assert (found.before.unknown, found.after.unknown) == (1, 1)


def test_a_criterion_rated_in_one_round_is_compared_with_nothing() -> None:
    found = _movement([], _round(alice=1))
    assert (found.before.mean, found.after.mean, found.moved) == (None, 1, 0)
    assert _movement(_round(alice=1), []).after.mean is None


def test_a_criterion_rated_in_neither_round_is_left_out() -> None:
    assert movements(GRID, "home", _round(alice=None), []) == ()


def test_criteria_are_in_the_order_of_the_grid() -> None:
    given_ = [vote("alice", code, 1) for code in ("mirror", "axes", "hybrid_1")]
    assert [found.criterion for found in movements(GRID, "home", given_, given_)] == [
        "hybrid_1",
        "axes",
        "mirror",
    ]


def test_the_votes_on_other_terrains_are_not_used() -> None:
    elsewhere = [vote("alice", "mirror", 2, terrain="away")]
    assert movements(GRID, "home", elsewhere, elsewhere) == ()


def test_a_level_the_grid_does_not_allow_is_refused() -> None:
    with pytest.raises(DomainError, match="level_out_of_range"):
        movements(GRID, "home", [], [vote("alice", "mirror", 3)])


@given(rounds, rounds, st.data())
def test_the_order_of_votes_changes_nothing(
    before: list[Vote], after: list[Vote], data: st.DataObject
) -> None:
    shuffled = [data.draw(st.permutations(given_)) for given_ in (before, after)]
    assert movements(SMALL, "home", *shuffled) == movements(SMALL, "home", before, after)


@given(rounds, rounds)
def test_going_back_lowers_who_was_raised(before: list[Vote], after: list[Vote]) -> None:
    there, back = (movements(SMALL, "home", *pair) for pair in ((before, after), (after, before)))
    assert [(m.criterion, m.raised, m.lowered, m.kept) for m in there] == [
        (m.criterion, m.lowered, m.raised, m.kept) for m in back
    ]
    for found in there:
        assert found.moved + found.kept <= min(found.before.given, found.after.given)


def _round(**levels: int | Fraction | None) -> list[Vote]:
    return [vote(participant, "mirror", level) for participant, level in levels.items()]


def _movement(before: list[Vote], after: list[Vote]) -> Movement:
    (found,) = movements(GRID, "home", before, after)
    return found
