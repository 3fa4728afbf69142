"""The score: the report's figures, what a level weighs, and what must hold for every profile."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.errors import DomainError
from ect.domain.scoring import Measure, Unit, is_pillar_level, score
from tests.domain.builders import (
    ECT_CODES,
    EPICERIE,
    GRID,
    HALF,
    MAISON,
    PILLARS,
    SELECTION,
    SUT,
    grid_of,
    level_profile,
    pillar,
    report_profiles,
    report_scores,
    selection_criterion,
)
from tests.domain.strategies import level_profiles, means, profiles

Profile = dict[str, Fraction]


@pytest.mark.parametrize(
    ("terrain", "ect", "selection", "total"),
    [
        (MAISON, "5.6", "12", "23.2"),
        (EPICERIE, "5.4", "14.5", "25.3"),
        (SUT, "4", "13.5", "21.5"),
    ],
)
def test_the_report_s_totals_are_reproduced_exactly(
    terrain: str, ect: str, selection: str, total: str
) -> None:
    result = report_scores()[terrain]
    assert result.ect.value == Fraction(ect)
    assert result.selection_total.value == Fraction(selection)
    assert result.total.value == Fraction(total)
    assert result.total.complete


def test_the_highest_profile_scores_34_and_the_lowest_0() -> None:
    best, none = Fraction(34), Fraction(0)
    assert score(GRID, level_profile(2)).total == Measure(best, best, best, known=29, count=29)
    assert score(GRID, level_profile(0)).total == Measure(none, none, none, known=29, count=29)


@pytest.mark.parametrize("code", ECT_CODES)
def test_one_ect_level_more_adds_four_tenths(code: str) -> None:
    assert _total(level_profile(1, **{code: 2})) - _total(level_profile(1)) == Fraction("0.4")


@pytest.mark.parametrize("code", SELECTION)
def test_one_selection_level_more_adds_one_point(code: str) -> None:
    assert _total(level_profile(1, **{code: 2})) - _total(level_profile(1)) == 1


def test_the_ect_makes_16_of_the_34_points() -> None:
    result = score(GRID, level_profile(2))
    points = sum(part.contribution.low for part in result.pillars)
    assert points == 16
    assert round(100 * points / result.total.low) == 47


def test_pillar_means_and_their_criteria_give_the_same_score() -> None:
    by_criteria = level_profile(1, collective_1=2, collective_2=2)
    by_means = {c: Fraction(1) for c in PILLARS + SELECTION} | {"collective": Fraction("1.4")}
    one, other = score(GRID, by_criteria), score(GRID, by_means)
    assert (one.ect, one.selection_total, one.total) == (
        other.ect,
        other.selection_total,
        other.total,
    )


def test_a_terrain_nobody_scored_may_reach_anything_and_has_no_value() -> None:
    assert score(GRID, {}).total == Measure(None, Fraction(0), Fraction(34), known=0, count=29)


def test_a_pillar_has_a_value_over_its_known_criteria_and_bounds_over_all() -> None:
    profile = {"hybrid_1": Fraction(2), "hybrid_2": Fraction(1)}
    measure = score(GRID, profile).part("hybrid").measure
    assert measure == Measure(Fraction(3, 2), Fraction(3, 5), Fraction(9, 5), known=2, count=5)


def test_a_sum_has_no_value_while_one_of_its_terms_has_none() -> None:
    result = score(GRID, level_profile(1, mirror=None))
    assert result.ect.value == 4
    assert result.selection_total.value is None
    assert result.total == Measure(None, Fraction(16), Fraction(18), known=28, count=29)


def test_an_ect_known_in_part_has_a_value_but_is_not_complete() -> None:
    ect = score(GRID, level_profile(1, hybrid_1=None)).ect
    assert ect.value == 4
    assert not ect.complete


def test_criteria_stay_unknown_where_only_the_pillar_mean_was_published() -> None:
    part = score(GRID, {"hybrid": Fraction("1.4")}).part("hybrid")
    assert part.measure.complete
    assert [criterion.measure.known for criterion in part.criteria] == [0] * 5


def test_a_score_of_published_means_is_told_from_one_of_criteria() -> None:
    assert is_pillar_level(report_scores()[MAISON])
    assert not is_pillar_level(score(GRID, level_profile(1)))
    assert not is_pillar_level(score(GRID, {}))


def test_the_columns_are_the_pillars_then_the_selection_criteria() -> None:
    result = score(GRID, {})
    assert [part.code for part in result.columns] == [*PILLARS, *SELECTION]
    assert [part.code for part in result.criteria] == [criterion.code for criterion in GRID]


def test_a_part_is_found_by_its_code_and_a_wrong_code_is_refused() -> None:
    result = score(GRID, level_profile(1))
    assert [result.part(code).code for code in ("hybrid", "hybrid_3", "mirror")] == [
        "hybrid",
        "hybrid_3",
        "mirror",
    ]
    with pytest.raises(DomainError, match="criterion_unknown") as refusal:
        result.part("nothing")
    assert refusal.value.values == {"criterion": "nothing"}


@pytest.mark.parametrize("value", [Fraction(-1, 10), Fraction(21, 10), Fraction(3)])
@pytest.mark.parametrize("code", ["hybrid", "hybrid_1", "mirror"])
def test_a_value_outside_0_to_2_is_refused(code: str, value: Fraction) -> None:
    with pytest.raises(DomainError) as refusal:
        score(GRID, {code: value})
    assert refusal.value.code == "level_out_of_range"
    assert refusal.value.values == {"criterion": code, "value": value}


def test_a_code_the_grid_has_not_is_refused() -> None:
    with pytest.raises(DomainError, match="criterion_unknown"):
        score(GRID, {"nothing": Fraction(1)})


@pytest.mark.parametrize("codes", [("hybrid", "hybrid_1"), ("hybrid_1", "hybrid")])
def test_a_pillar_given_both_by_its_mean_and_by_criteria_is_refused(codes: tuple[str]) -> None:
    with pytest.raises(DomainError) as refusal:
        score(GRID, dict.fromkeys(codes, Fraction(1)))
    assert refusal.value.code == "pillar_given_twice"
    assert refusal.value.values == {"pillar": "hybrid"}


@pytest.mark.parametrize("value", [0.1, 1.0, float("nan")])
def test_a_float_is_refused_because_it_would_break_ties(value: float) -> None:
    with pytest.raises(DomainError, match="value_not_exact"):
        score(GRID, {"mirror": value})  # type: ignore[dict-item]


def test_the_printed_total_can_be_read_on_85_or_in_percent() -> None:
    total = report_scores()[EPICERIE].total
    on_85, percent = (total.scaled(unit.factor(GRID)) for unit in (Unit.EIGHTY_FIVE, Unit.PERCENT))
    assert on_85.value == Fraction("63.25")
    assert percent.value == Fraction(2530, 34)
    assert Unit.POINTS.factor(GRID) == 1


@pytest.mark.parametrize(("unit", "top"), [(Unit.POINTS, 34), (Unit.EIGHTY_FIVE, 85), (Unit.PERCENT, 100)])
def test_a_unit_takes_the_highest_total_to_its_own_maximum(unit: Unit, top: int) -> None:
    total = score(GRID, level_profile(2)).total.scaled(unit.factor(GRID))
    assert (total.value, total.low, total.high) == (top, top, top)


def test_85_is_two_and_a_half_times_34() -> None:
    assert Unit.EIGHTY_FIVE.factor(GRID) == Fraction(5, 2)


def test_scaling_an_unknown_keeps_it_unknown() -> None:
    scaled = score(GRID, {}).total.scaled(Fraction(5, 2))
    assert scaled == Measure(None, Fraction(0), Fraction(85), known=0, count=29)


def test_a_criterion_weighs_more_in_a_pillar_that_has_fewer() -> None:
    grid = grid_of([pillar("a", 2), pillar("b", 4)], [selection_criterion("s")], ect_factor=3)
    result = score(grid, {})
    weights = {part.code: part.weight for part in result.criteria}
    assert (weights["a_1"], weights["b_1"], weights["s"]) == (Fraction(3, 2), Fraction(3, 4), 1)
    assert result.total.high == grid.maximum == 3 * 4 + 2


@given(profiles())
def test_bounds_hold_whatever_is_known(profile: Profile) -> None:
    total = score(GRID, profile).total
    middle = total.low if total.value is None else total.value
    assert 0 <= total.low <= middle <= total.high <= 34


@given(profiles())
def test_every_part_of_a_score_lies_within_its_bounds(profile: Profile) -> None:
    result = score(GRID, profile)
    for part in (*result.pillars, *result.criteria):
        measure = part.measure
        middle = measure.low if measure.value is None else measure.value
        assert 0 <= measure.low <= middle <= measure.high <= 2


@given(profiles(complete=True))
def test_a_complete_score_is_one_point_not_an_interval(profile: Profile) -> None:
    total = score(GRID, profile).total
    assert total.complete
    assert total.low == total.value == total.high


@given(profiles())
def test_a_score_is_complete_exactly_when_its_bounds_meet(profile: Profile) -> None:
    total = score(GRID, profile).total
    assert total.complete == (total.low == total.high)


@given(profiles())
def test_the_contributions_of_the_columns_add_up_to_the_total(profile: Profile) -> None:
    result = score(GRID, profile)
    contributions = [part.contribution for part in result.columns]
    assert sum(c.low for c in contributions) == result.total.low
    assert sum(c.high for c in contributions) == result.total.high
    assert sum(c.known for c in contributions) == result.total.known


@given(level_profiles())
def test_the_contributions_of_the_criteria_add_up_to_the_total(profile: Profile) -> None:
    result = score(GRID, profile)
    assert sum(part.contribution.low for part in result.criteria) == result.total.value


@given(profiles(complete=True), st.data())
def test_raising_one_value_raises_the_total_by_exactly_its_weight(
    profile: Profile, data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(sorted(profile)))
    raised = data.draw(means.filter(lambda value: value >= profile[code]))
    before, after = score(GRID, profile), score(GRID, {**profile, code: raised})
    gain = after.total.low - before.total.low
    assert gain == (raised - profile[code]) * before.part(code).weight >= 0


@given(level_profiles(unknown=29), st.data())
def test_raising_one_level_lowers_neither_bound(profile: Profile, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from([criterion.code for criterion in GRID]))
    profile = {**profile, code: profile.get(code, Fraction(1))}
    step = min(HALF, 2 - profile[code])
    before, after = score(GRID, profile), score(GRID, {**profile, code: profile[code] + step})
    gain = step * before.part(code).weight
    assert after.total.low - before.total.low == gain
    assert after.total.high - before.total.high == gain


@given(profiles(), st.data())
def test_the_order_of_entries_changes_nothing(profile: Profile, data: st.DataObject) -> None:
    shuffled = dict(data.draw(st.permutations(list(profile.items()))))
    assert score(GRID, shuffled) == score(GRID, profile)


@given(profiles().filter(bool), st.data())
def test_losing_a_value_never_narrows_a_score(profile: Profile, data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from(sorted(profile)))
    before = score(GRID, profile)
    after = score(GRID, {code: value for code, value in profile.items() if code != lost})
    for one, other in (
        (before.ect, after.ect),
        (before.selection_total, after.selection_total),
        (before.total, after.total),
    ):
        assert other.low <= one.low <= one.high <= other.high
    assert not after.total.complete


@given(level_profiles(unknown=29), st.data())
def test_filling_in_an_unknown_stays_within_the_announced_bounds(
    profile: Profile, data: st.DataObject
) -> None:
    answers = {c.code: data.draw(st.sampled_from(c.answers)) for c in GRID}
    before, after = score(GRID, profile).total, score(GRID, {**answers, **profile}).total
    assert before.low <= after.low == after.high <= before.high


@given(st.sampled_from([MAISON, EPICERIE, SUT]), st.sampled_from(list(Unit)))
def test_a_unit_multiplies_value_and_bounds_alike(terrain: str, unit: Unit) -> None:
    factor = unit.factor(GRID)
    scaled = score(GRID, report_profiles()[terrain]).total.scaled(factor)
    assert scaled.value == scaled.low == scaled.high
    assert scaled.low / factor == score(GRID, report_profiles()[terrain]).total.low


def _total(profile: Profile) -> Fraction:
    return score(GRID, profile).total.low
