"""From several people to one value: the mean, with the median and the counts beside it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ect.domain.aggregation import Opinion, opinions, values_of
from ect.domain.rating import Answer, Rating
from ect.domain.scoring import score
from tests.domain.builders import GRID, HALF


def test_the_value_of_a_criterion_is_the_exact_mean_of_the_levels_given() -> None:
    given_ = [_level("mirror", value) for value in (1, 2, 2)]
    assert opinions(given_) == {
        "mirror": Opinion("mirror", Fraction(5, 3), Fraction(2), {Fraction(1): 1, Fraction(2): 2})
    }


def test_the_median_of_an_even_number_lies_halfway_and_is_exact() -> None:
    (opinion,) = opinions([_level("mirror", HALF), _level("mirror", 1)]).values()
    assert opinion.median == Fraction(3, 4)
    assert type(opinion.median) is Fraction


def test_i_do_not_know_and_abstentions_count_in_nothing() -> None:
    silent = [Rating("mirror", Answer.UNKNOWN), Rating("mirror", Answer.ABSTAIN)]
    (opinion,) = opinions([_level("mirror", 2), *silent]).values()
    assert (opinion.mean, opinion.median, opinion.given) == (2, 2, 1)


def test_a_criterion_nobody_gave_a_level_to_is_absent_and_so_unknown() -> None:
    values = values_of([Rating("mirror", Answer.UNKNOWN), _level("axes", 1)])
    assert values == {"axes": 1}
    assert score(GRID, values).part("mirror").measure.value is None


def test_no_rating_gives_no_value() -> None:
    assert values_of([]) == {}


def test_counts_are_in_the_order_of_the_levels() -> None:
    (opinion,) = opinions([_level("mirror", value) for value in (2, 0, 1, 0)]).values()
    assert list(opinion.counts.items()) == [(0, 2), (1, 1), (2, 1)]
    assert opinion.given == 4


@given(st.lists(st.sampled_from(GRID.criterion("mirror").answers), min_size=1), st.data())
def test_a_mean_lies_among_its_levels_in_whatever_order_they_came(
    levels: list[Fraction], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(levels))
    found = opinions([_level("mirror", value) for value in levels])["mirror"]
    assert min(levels) <= found.mean <= max(levels)
    assert min(levels) <= found.median <= max(levels)
    assert found.mean * found.given == sum(levels)
    assert opinions([_level("mirror", value) for value in shuffled])["mirror"] == found


def _level(criterion: str, value: int | Fraction) -> Rating:
    return Rating(criterion, Answer.LEVEL, Fraction(value))
