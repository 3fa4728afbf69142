"""The agenda: disagreement times effect on the ranking, not variance alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.agenda import Topic, agenda
from ect.domain.aggregation import values_of
from ect.domain.agreement import distributions
from ect.domain.errors import DomainError
from ect.domain.rating import Rating
from ect.domain.scoring import Score, score
from ect.domain.votes import Vote
from tests.domain.builders import (
    EPICERIE,
    GRID,
    HALF,
    MAISON,
    SELECTION,
    level_profile,
    rating,
    ratings,
    report_scores,
    small_grid,
)
from tests.domain.strategies import level_profiles, votes

SMALL = small_grid()
Profile = dict[str, Fraction]


def test_a_criterion_that_weighs_more_comes_before_an_equal_disagreement() -> None:
    topics = _agenda(hybrid_1=(0, 2), mirror=(0, 2))
    assert [topic.criterion for topic in topics[:2]] == ["mirror", "hybrid_1"]
    assert topics[0].disagreement == topics[1].disagreement == 1


def test_the_swing_is_in_exact_points_of_the_total() -> None:
    swings = {
        topic.criterion: topic.swing for topic in _agenda(hybrid_1=(0, 2, 1), mirror=(1, Fraction(3, 2)))
    }
    assert swings["hybrid_1"] == Fraction(4, 5)
    assert swings["mirror"] == HALF


def test_a_smaller_disagreement_that_decides_a_place_comes_before_a_larger_one_that_does_not() -> None:
    split = {"hybrid_1": (0, 2), "mirror": (1, 2)}
    alone = _agenda(**split)
    beside_a_rival = _agenda({"rival": _score(1, mirror=Fraction(39, 20))}, **split)
    assert [topic.criterion for topic in alone[:2]] == ["hybrid_1", "mirror"]
    assert [topic.criterion for topic in beside_a_rival[:2]] == ["mirror", "hybrid_1"]


def test_priority_is_disagreement_times_points_once_more_for_each_terrain_met() -> None:
    rivals = {"a": _score(1), "b": _score(1, mirror=2), "c": _score(2)}
    topic = _agenda(rivals, mirror=(0, 2))[0]
    assert (topic.crossed, topic.swing) == (("a", "b"), 2)
    assert topic.priority == 1 * 2 * (1 + 2)


def test_the_ranks_at_both_ends_are_given() -> None:
    rivals = {"a": _score(1, mirror=HALF), "b": _score(1, mirror=Fraction(3, 2)), "c": _score(2)}
    topic = _agenda(rivals, mirror=(0, 2))[0]
    assert (topic.best, topic.worst) == (2, 4)


def test_meeting_a_rival_without_passing_it_is_an_effect_too() -> None:
    topic = _agenda({"rival": _score(1, mirror=2)}, mirror=(1, 2))[0]
    assert (topic.best, topic.worst, topic.crossed) == (1, 2, ("rival",))


def test_criteria_nobody_disagrees_on_come_last_in_the_order_of_the_grid() -> None:
    topics = _agenda(hybrid_1=(0, 1))
    others = [criterion.code for criterion in GRID if criterion.code != "hybrid_1"]
    assert [topic.criterion for topic in topics] == ["hybrid_1", *others]
    for topic in topics[1:]:
        assert (topic.disagreement, topic.swing, topic.crossed, topic.priority) == (0, 0, (), 0)


def test_a_criterion_nobody_gave_a_level_to_is_not_on_the_agenda() -> None:
    given_ = [*ratings("mirror", 1, 2), *ratings("axes", None)]
    assert [topic.criterion for topic in agenda(GRID, "home", given_, {})] == ["mirror"]


def test_equal_priorities_are_in_the_order_of_the_grid() -> None:
    topics = _agenda(mirror=(0, 2), axes=(2, 0), hybrid_2=(1, 2), hybrid_1=(1, 2))
    assert [topic.criterion for topic in topics[:4]] == ["axes", "mirror", "hybrid_1", "hybrid_2"]


def test_the_score_the_terrain_has_already_is_no_rival() -> None:
    rivals = report_scores()
    assert _agenda({**rivals, "home": _score(2)}, mirror=(0, 2)) == _agenda(rivals, mirror=(0, 2))


def test_one_criterion_may_decide_between_the_maison_and_the_epicerie() -> None:
    strong = dict.fromkeys(SELECTION, 2)
    given_ = _ratings(level_profile(1, **strong), mirror=(0, 2), hybrid_1=(0, 2))
    topic = agenda(GRID, MAISON, given_, report_scores())[0]
    assert (topic.criterion, topic.best, topic.worst, topic.crossed) == ("mirror", 1, 2, (EPICERIE,))


def test_a_rival_something_is_unknown_of_may_be_met() -> None:
    vague = score(GRID, level_profile(1, axes=None))
    topic = _agenda({"vague": vague}, mirror=(HALF, 1))[0]
    assert (topic.best, topic.worst, topic.crossed) == (1, 2, ("vague",))


def test_a_terrain_something_is_unknown_of_may_meet_the_rivals_it_can_reach() -> None:
    given_ = _ratings(level_profile(1, axes=None), mirror=(0, 1))
    rivals = {
        "above": _score(1, mirror=2, axes=Fraction(3, 2)),
        "below": _score(1, mirror=0, axes=0, means=HALF),
        "within": _score(1, mirror=2),
    }
    topic = agenda(GRID, "home", given_, rivals)[0]
    assert (topic.swing, topic.best, topic.worst, topic.crossed) == (1, 2, 3, ("within",))


def test_a_level_the_grid_does_not_allow_is_refused() -> None:
    with pytest.raises(DomainError, match="level_out_of_range"):
        agenda(GRID, "home", ratings("hybrid_1", HALF), {})


@given(votes(SMALL), st.dictionaries(st.sampled_from("rstu"), level_profiles(SMALL, unknown=1), max_size=3))
def test_the_agenda_is_a_permutation_of_the_rated_criteria(
    given_: list[Vote], rivals: Mapping[str, Profile]
) -> None:
    topics = agenda(SMALL, "home", _of(given_), _scores(rivals))
    rated = [code for code, found in distributions(SMALL, _of(given_)).items() if found.given]
    assert sorted(topic.criterion for topic in topics) == sorted(rated)
    priorities = [topic.priority for topic in topics]
    assert priorities == sorted(priorities, reverse=True)
    for topic in topics:
        assert (topic.priority == 0) == (topic.swing == 0) == (topic.disagreement == 0)
        assert 1 <= topic.best <= topic.worst <= 1 + len(rivals)


@given(votes(SMALL), st.data())
def test_the_order_of_participants_and_rivals_changes_nothing(
    given_: list[Vote], data: st.DataObject
) -> None:
    rivals = {"r": score(SMALL, {}), "t": score(SMALL, values_of(ratings("s", 1, 2)))}
    shuffled = dict(reversed(rivals.items()))
    expected = agenda(SMALL, "home", _of(given_), rivals)
    assert agenda(SMALL, "home", _of(data.draw(st.permutations(given_))), shuffled) == expected


@given(
    votes(SMALL, silent=False),
    st.dictionaries(st.sampled_from("rstu"), level_profiles(SMALL), max_size=4),
)
def test_between_complete_terrains_those_met_are_those_whose_order_changes(
    given_: list[Vote], rivals: Mapping[str, Profile]
) -> None:
    values = values_of(_of(given_))
    levels = distributions(SMALL, _of(given_))
    for topic in agenda(SMALL, "home", _of(given_), _scores(rivals)):
        found = levels[topic.criterion]
        ends = [_places(rivals, {**values, topic.criterion: end}) for end in (found.lowest, found.highest)]
        assert topic.crossed == tuple(code for code in sorted(rivals) if ends[0][code] != ends[1][code])
        assert (topic.worst, topic.best) == tuple(1 + list(end.values()).count(1) for end in ends)


def _places(rivals: Mapping[str, Profile], values: Profile) -> dict[str, int]:
    """Tell of each rival whether it is ahead (1), equal (0) or behind (-1)."""
    own = score(SMALL, values).total.low
    totals = {code: rival.total.low for code, rival in _scores(rivals).items()}
    return {code: (total > own) - (total < own) for code, total in totals.items()}


def _agenda(
    rivals: Mapping[str, Score] | None = None, **split: tuple[int | Fraction, ...]
) -> tuple[Topic, ...]:
    return agenda(GRID, "home", _ratings(level_profile(1), **split), rivals or {})


def _ratings(profile: Profile, **split: tuple[int | Fraction, ...]) -> list[Rating]:
    agreed = [rating(code, value) for code, value in profile.items() if code not in split]
    return agreed + [one for code, values in split.items() for one in ratings(code, *values)]


def _of(given_: Iterable[Vote]) -> list[Rating]:
    return [vote.rating for vote in given_]


def _scores(terrains: Mapping[str, Profile]) -> dict[str, Score]:
    return {code: score(SMALL, profile) for code, profile in terrains.items()}


def _score(value: int, **changes: int | Fraction) -> Score:
    return score(GRID, level_profile(value, **changes))
