"""Leave-one-out: whose absence changes the ranking, and what it becomes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.aggregation import values_of
from ect.domain.errors import DomainError
from ect.domain.leave_one_out import leave_one_out
from ect.domain.ranking import Ranking, rank
from ect.domain.scoring import score
from ect.domain.votes import Vote
from tests.domain.builders import GRID, level_profile, rating, small_grid, vote
from tests.domain.strategies import votes

SMALL = small_grid()
meetings = votes(SMALL, participants="abc", terrains=("home", "away"))


def test_a_participant_who_alone_puts_a_terrain_first_is_named_with_the_ranking_without_them() -> None:
    bob = _sheet("bob", home=2, away=0)
    (absence,) = leave_one_out(
        GRID, [*_sheet("alice", home=1, away=1), *bob, *_sheet("carol", home=1, away=2)]
    )
    assert (absence.participant, absence.reordered, absence.dropped) == ("bob", True, ())
    assert _places(absence.ranking) == {"away": 1, "home": 2}


def test_points_that_change_without_moving_a_terrain_are_no_difference() -> None:
    given_ = [*_sheet("alice", home=2, away=0), *_sheet("bob", home=1, away=0)]
    assert leave_one_out(GRID, given_) == ()


def test_making_or_breaking_a_tie_is_a_difference() -> None:
    given_ = [*_sheet("alice", home=1, away=1), *_sheet("bob", home=2, away=1)]
    (absence,) = leave_one_out(GRID, given_)
    assert (absence.participant, absence.reordered) == ("bob", True)
    assert [row.tied for row in absence.ranking.rows] == [True, True]


def test_a_terrain_only_one_participant_completes_is_dropped_without_them() -> None:
    given_ = [*_sheet("alice", home=2, away=1), *_sheet("bob", home=2, away=1)]
    given_ = [v for v in given_ if (v.participant, v.terrain, v.rating.criterion) != ("bob", "away", "axes")]
    (absence,) = leave_one_out(GRID, given_)
    assert (absence.participant, absence.reordered, absence.dropped) == ("alice", False, ("away",))
    assert [row.terrain for row in absence.ranking.incomplete] == ["away"]


def test_a_terrain_only_one_participant_rates_is_still_in_the_ranking_without_them() -> None:
    absences = leave_one_out(GRID, [*_sheet("alice", home=2, away=1), *_sheet("bob", home=2)])
    assert [(a.participant, a.dropped) for a in absences] == [("alice", ("away",))]
    assert [row.terrain for row in absences[0].ranking.rows] == ["home", "away"]


def test_the_terrains_nobody_votes_on_are_ranked_with_the_others() -> None:
    given_ = [*_sheet("alice", home=0), *_sheet("bob", home=2)]
    others = {"fixed": score(GRID, level_profile(Fraction(3, 2)))}
    assert leave_one_out(GRID, given_) == ()
    (absence,) = leave_one_out(GRID, given_, others)
    assert (absence.participant, _places(absence.ranking)) == ("alice", {"home": 1, "fixed": 2})


def test_without_votes_nobody_makes_a_difference() -> None:
    assert leave_one_out(GRID, []) == ()


def test_a_criterion_the_grid_has_not_is_refused() -> None:
    with pytest.raises(DomainError, match="criterion_unknown"):
        leave_one_out(GRID, [vote("alice", "charm", 1)])


@given(meetings)
def test_who_is_not_named_changes_no_place(given_: list[Vote]) -> None:
    named = {absence.participant: absence for absence in leave_one_out(SMALL, given_)}
    everyone = _places(_small(given_))
    for participant in "abc":
        ranking = _small(given_, without=participant)
        if participant in named:
            assert named[participant].ranking == ranking
        assert (participant in named) == (_places(ranking) != everyone)


@given(meetings, st.data())
def test_the_order_of_votes_changes_nothing(given_: list[Vote], data: st.DataObject) -> None:
    assert leave_one_out(SMALL, data.draw(st.permutations(given_))) == leave_one_out(SMALL, given_)


def _sheet(participant: str, **terrains: int) -> list[Vote]:
    """Return the votes of who gives one level to all the criteria of a terrain."""
    return [
        Vote(participant, terrain, rating(criterion.code, level))
        for terrain, level in terrains.items()
        for criterion in GRID
    ]


def _small(given_: list[Vote], without: str = "") -> Ranking:
    kept = [vote_ for vote_ in given_ if vote_.participant != without]
    return rank(
        {
            terrain: score(SMALL, values_of(v.rating for v in kept if v.terrain == terrain))
            for terrain in ("home", "away")
        }
    )


def _places(ranking: Ranking) -> dict[str, int | None]:
    return {row.terrain: row.rank for row in ranking.ranked}
