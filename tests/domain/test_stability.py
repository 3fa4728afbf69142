from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.alternatives import Alternatives, alternatives
from ect.domain.errors import DomainError
from ect.domain.stability import Interval, NoMeeting, break_even, stabilities, stability
from ect.domain.weight_lines import movable_codes, share_of, weight_codes, weight_lines, weights_at
from ect.domain.weights import Weights, published_weights
from tests.domain.builders import (
    EPICERIE,
    GRID,
    MAISON,
    SELECTION,
    SUT,
    level_profile,
    report_profiles,
    small_grid,
)
from tests.domain.strategies import profiles
from tests.domain.tables import MINI, random_table, random_weights, table_of

PUBLISHED = published_weights(GRID)
REPORT = alternatives(GRID, report_profiles())
A_HAIR = Fraction(1, 10**15)

Totals = dict[str, Fraction]


def signs(totals: Totals) -> dict[tuple[str, str], int]:
    return {(a, b): (totals[a] > totals[b]) - (totals[a] < totals[b]) for a, b in combinations(totals, 2)}


def firsts(totals: Totals) -> set[str]:
    best = max(totals.values(), default=None)
    return {terrain for terrain, total in totals.items() if total == best}


def same_first(before: Totals, after: Totals) -> bool:
    return firsts(before) <= firsts(after)


def nothing_reversed(before: Totals, after: Totals) -> bool:
    """Whether no order is reversed and no tie parted."""
    now = signs(after)
    return all(now[pair] in ((0,) if not sign else (0, sign)) for pair, sign in signs(before).items())


def check(
    interval: Interval,
    holds: Callable[[Totals, Totals], bool],
    totals_at: Callable[[Fraction], Totals],
    present: Fraction,
) -> None:
    """Compare an interval with the totals at its bounds, a hair inside and a hair outside."""
    before = totals_at(present)
    low, high = interval.low.share, interval.high.share
    assert 0 <= low <= present <= high <= 1
    for share in (low, (low + high) / 2, high):
        assert holds(before, totals_at(share))
    assert low == 0 or not holds(before, totals_at(low - A_HAIR))
    assert high == 1 or not holds(before, totals_at(high + A_HAIR))
    for bound in (interval.low, interval.high):
        assert bound.meeting or bound.share in (0, 1)
        for ahead, behind in bound.meeting:
            assert totals_at(bound.share)[ahead] == totals_at(bound.share)[behind]


def test_intervals_are_those_of_an_evaluation_on_either_side_of_each_bound() -> None:
    rng, points, moved = random.Random(1988), 0, 0
    for _ in range(1000):
        table, weights = random_table(rng, rng.randint(0, 6), unknown=0.02), random_weights(rng)
        code = rng.choice(movable_codes(MINI, weights))
        found = stability(MINI, table, weights, code)

        def totals_at(
            share: Fraction, table: Alternatives = table, weights: Weights = weights, code: str = code
        ) -> Totals:
            return table.totals(MINI, weights_at(MINI, weights, code, share))

        assert set(found.winners) == firsts(table.totals(MINI, weights))
        assert found.incomplete == table.incomplete
        check(found.first, same_first, totals_at, found.share)
        check(found.ranking, nothing_reversed, totals_at, found.share)
        if found.ranking.low.share < found.share < found.ranking.high.share:
            inside = (found.ranking.low.share + found.share) / 2
            assert signs(totals_at(inside)) == signs(totals_at(found.share))
        points += found.first.is_point or found.ranking.is_point
        moved += bool(found.first.low.meeting or found.first.high.meeting)
    assert points > 40
    assert moved > 100


def test_the_weight_of_a_bound_gives_its_share() -> None:
    rng = random.Random(7)
    for _ in range(200):
        table, weights = random_table(rng, 4), random_weights(rng)
        for found in stabilities(MINI, table, weights):
            for bound in (found.first.low, found.first.high, found.ranking.low, found.ranking.high):
                if bound.weight is None:
                    assert bound.share == 1
                else:
                    assert share_of(MINI, weights.having(found.code, bound.weight), found.code) == bound.share


def test_a_tie_that_the_weight_breaks_leaves_a_single_point() -> None:
    table = table_of(small_grid(), {"a": (2, 1, 0), "b": (1, 2, 0)})
    found = stability(small_grid(), table, Weights(Fraction(2)), "p_1")
    assert found.winners == ("a", "b")
    assert found.first.is_point
    assert found.ranking.is_point
    assert (found.first.low.share, found.first.low.weight) == (Fraction(1, 2), 1)
    assert found.first.low.meeting == (("a", "b"),)


def test_a_tie_that_the_weight_does_not_break_holds_everywhere() -> None:
    table = table_of(small_grid(), {"a": (2, 1, 0), "b": (1, 2, 0)})
    found = stability(small_grid(), table, Weights(Fraction(2)), "ect")
    assert (found.first.low.share, found.first.high.share) == (0, 1)
    assert (found.ranking.low.weight, found.ranking.high.weight) == (0, None)


def test_a_weight_without_rival_has_no_interval() -> None:
    assert "s" not in {
        found.code for found in stabilities(small_grid(), table_of(small_grid(), {}), Weights(Fraction(2)))
    }
    with pytest.raises(DomainError, match="weight_alone"):
        stability(small_grid(), table_of(small_grid(), {}), Weights(Fraction(2)), "s")


def test_a_weight_names_an_entry_of_the_grid() -> None:
    with pytest.raises(DomainError, match="criterion_unknown"):
        stability(GRID, REPORT, PUBLISHED, "nowhere")


@pytest.mark.parametrize("share", [Fraction(-1, 2), Fraction(3, 2)])
def test_a_share_is_between_nothing_and_all(share: Fraction) -> None:
    with pytest.raises(DomainError, match="share_out_of_range"):
        weights_at(GRID, PUBLISHED, "ect", share)


@pytest.mark.parametrize("count", [0, 1])
def test_a_terrain_alone_is_first_whatever_the_weights(count: int) -> None:
    profiles_ = dict([("here", level_profile(1))][:count]) | {"vaux": {}}
    found = stabilities(GRID, alternatives(GRID, profiles_), PUBLISHED)
    assert len(found) == len(weight_codes(GRID))
    assert {(x.first.low.share, x.first.high.share, x.incomplete) for x in found} == {(0, 1, ("vaux",))}


@given(profiles(complete=True), st.sampled_from(weight_codes(GRID)), st.fractions(0, 1, max_denominator=20))
def test_a_total_is_a_line_in_the_share(profile: dict[str, Fraction], code: str, share: Fraction) -> None:
    table = alternatives(GRID, {"here": profile})
    line = weight_lines(GRID, table, PUBLISHED, code).lines[0]
    assert table.totals(GRID, weights_at(GRID, PUBLISHED, code, share)) == {"here": line.at(share)}


# The report's table: ECT 5,60 / 5,40 / 4,00 and selection 12,00 / 14,50 / 13,50.


def test_the_two_leaders_of_the_report_swap_only_above_an_ect_multiplier_of_12_5() -> None:
    found = break_even(GRID, REPORT, PUBLISHED, "ect", EPICERIE, MAISON)
    assert (found.weight, found.below, found.above) == (Fraction("12.5"), EPICERIE, MAISON)
    first = stability(GRID, REPORT, PUBLISHED, "ect").first
    assert (first.low.weight, first.high.weight) == (0, Fraction("12.5"))
    assert first.high.meeting == ((EPICERIE, MAISON),)


def test_sut_passes_the_maison_below_an_ect_multiplier_of_15_16_and_the_epicerie_never() -> None:
    maison = break_even(GRID, REPORT, PUBLISHED, "ect", SUT, MAISON)
    assert (maison.weight, maison.below, maison.above) == (Fraction(15, 16), SUT, MAISON)
    epicerie = break_even(GRID, REPORT, PUBLISHED, "ect", SUT, EPICERIE)
    assert (epicerie.share, epicerie.above, epicerie.reason) == (None, EPICERIE, NoMeeting.AHEAD)


@pytest.mark.parametrize(("rival", "printed"), [(MAISON, "4.85"), (EPICERIE, "5.9")])
def test_sut_passes_its_rivals_above_an_ect_score_of_4_85_and_5_9_of_its_own(
    rival: str, printed: str
) -> None:
    """4,85 and 5,9 are ECT *scores* (0..8) of SuT at the published multiplier, not multipliers."""
    own = {
        **report_profiles()[SUT],
        **dict.fromkeys(("collective", "anchoring", "resilience", "hybrid"), Fraction(printed) / 4),
    }
    totals = alternatives(GRID, {**report_profiles(), SUT: own}).totals(GRID, PUBLISHED)
    assert totals[SUT] == totals[rival]


def test_no_level_of_one_selection_criterion_on_one_project_reverses_the_leaders() -> None:
    """A selection criterion moves a total by 2 points at the most, and 2.1 part them."""
    before = REPORT.totals(GRID, PUBLISHED)
    assert before[EPICERIE] - before[MAISON] == Fraction("2.1")
    for terrain in (EPICERIE, MAISON):
        for code in SELECTION:
            for level in (Fraction(), Fraction(2)):
                changed = {**report_profiles(), terrain: {**report_profiles()[terrain], code: level}}
                totals = alternatives(GRID, changed).totals(GRID, PUBLISHED)
                assert totals[EPICERIE] > totals[MAISON], (terrain, code, level)


def test_the_weight_of_one_selection_criterion_can_reverse_the_leaders() -> None:
    """Leaving one out never does, counting one for much can: above 253/64 for legitimacy, 193/4 for four."""
    found = {code: break_even(GRID, REPORT, PUBLISHED, code, EPICERIE, MAISON) for code in SELECTION}
    assert {code for code, x in found.items() if x.share is None} == {
        "mobilisation",
        "axes",
        "intelligibility",
        "means",
    }
    assert all(x.below == EPICERIE for x in found.values())
    assert {code: x.weight for code, x in found.items() if x.weight} == {
        "legitimacy": Fraction(253, 64),
        **dict.fromkeys(("proximity", "replicability", "transitions", "mirror"), Fraction(193, 4)),
    }


def test_two_terrains_level_whatever_the_weight_have_no_break_even() -> None:
    twins = alternatives(
        GRID, {"a": level_profile(1), "b": level_profile(1), "c": level_profile(1, mirror=2)}
    )
    assert break_even(GRID, twins, PUBLISHED, "ect", "a", "b").reason is NoMeeting.SAME
    assert break_even(GRID, twins, PUBLISHED, "hybrid", "c", "b").reason is NoMeeting.PARALLEL
    assert break_even(GRID, twins, PUBLISHED, "hybrid", "c", "b").above == "c"


def test_terrains_level_at_no_weight_but_in_the_end_have_a_share_and_no_weight() -> None:
    twins = alternatives(GRID, {"a": level_profile(1), "b": level_profile(1, mirror=2)})
    found = break_even(GRID, twins, PUBLISHED, "ect", "a", "b")
    assert (found.share, found.weight, found.below, found.above) == (1, None, "b", None)


@pytest.mark.parametrize("rival", ["vaux", "nowhere"])
def test_a_break_even_is_between_complete_terrains(rival: str) -> None:
    table = alternatives(GRID, {**report_profiles(), "vaux": {}})
    with pytest.raises(DomainError, match="terrain_not_ranked"):
        break_even(GRID, table, PUBLISHED, "ect", MAISON, rival)


def test_a_thousand_terrains_are_walked_along_every_weight() -> None:
    table = random_table(random.Random(5), 1000)
    assert len(stabilities(MINI, table, published_weights(MINI))) == len(weight_codes(MINI))
