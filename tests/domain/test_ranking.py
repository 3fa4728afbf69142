"""The ranking: the report's order, exact ties, bounds on ranks, columns and the mean row."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from ect.domain.ranking import Ranking, columns, leaders, means, rank
from ect.domain.scoring import Score, Unit, score
from tests.domain.builders import (
    EPICERIE,
    GRID,
    MAISON,
    SUT,
    level_profile,
    report_scores,
    small_grid,
)
from tests.domain.strategies import level_profiles, profiles

Profile = dict[str, Fraction]
SMALL = small_grid()
NAMES = st.sampled_from("abcdefgh")


def test_the_report_s_ranking_is_reproduced() -> None:
    rows = rank(report_scores()).rows
    assert [(row.terrain, row.rank, row.tied) for row in rows] == [
        (EPICERIE, 1, False),
        (MAISON, 2, False),
        (SUT, 3, False),
    ]


def test_the_maison_leads_on_the_ect_alone_and_the_epicerie_on_the_total() -> None:
    ranking = rank(report_scores())
    assert leaders(ranking, lambda s: s.ect) == (MAISON,)
    assert leaders(ranking, lambda s: s.total) == (EPICERIE,)


def test_terrains_that_tie_are_all_leaders() -> None:
    ranking = rank(_scores(b=1, a=1, c=0))
    assert leaders(ranking, lambda s: s.total) == ("a", "b")


def test_two_terrains_with_equal_totals_share_a_rank() -> None:
    rows = rank(_scores(a=2, b=1, c=1, d=0)).rows
    assert [(row.terrain, row.rank, row.tied) for row in rows] == [
        ("a", 1, False),
        ("b", 2, True),
        ("c", 2, True),
        ("d", 4, False),
    ]
    assert [(row.best, row.worst) for row in rows] == [(1, 1), (2, 2), (2, 2), (4, 4)]


def test_equal_totals_tie_however_they_are_made_up() -> None:
    five_ect_levels = level_profile(1) | {f"hybrid_{i}": Fraction(2) for i in range(1, 6)}
    two_selection_levels = level_profile(1, mirror=2, axes=2)
    rows = rank({"a": score(GRID, five_ect_levels), "b": score(GRID, two_selection_levels)}).rows
    assert [row.rank for row in rows] == [1, 1]


def test_thirds_that_add_up_to_a_whole_tie_with_it() -> None:
    thirds = level_profile(1, axes=Fraction(1, 3), means=Fraction(4, 3), mirror=Fraction(4, 3))
    assert all(row.tied for row in rank({"a": score(GRID, thirds), "b": score(GRID, level_profile(1))}).rows)


def test_an_incomplete_terrain_is_not_ranked_but_its_possible_ranks_are_given() -> None:
    scores = report_scores() | {"vaux": score(GRID, {})}
    ranking = rank(scores)
    assert [row.terrain for row in ranking.ranked] == [EPICERIE, MAISON, SUT]
    (vaux,) = ranking.incomplete
    assert (vaux.terrain, vaux.rank, vaux.tied, vaux.best, vaux.worst) == (
        "vaux",
        None,
        False,
        1,
        4,
    )


def test_an_unscored_rival_widens_the_ranks_of_all_by_one_place() -> None:
    ranking = rank(report_scores() | {"vaux": score(GRID, {})})
    assert [(row.rank, row.best, row.worst) for row in ranking.ranked] == [
        (1, 1, 2),
        (2, 2, 3),
        (3, 3, 4),
    ]


def test_an_incomplete_terrain_that_is_ahead_already_shows_in_the_bounds_only() -> None:
    ranking = rank({"a": score(GRID, level_profile(0)), "b": score(GRID, {"mirror": Fraction(1)})})
    row = ranking.row("a")
    assert row is not None
    assert (row.rank, row.best, row.worst) == (1, 2, 2)


def test_incomplete_terrains_come_by_what_they_could_reach_then_by_what_they_hold() -> None:
    unknown = {"mirror": None}
    scores = {
        "low": score(GRID, level_profile(0, **unknown)),
        "sure": score(GRID, level_profile(1, axes=None, proximity=2)),
        "open": score(GRID, level_profile(1, axes=None, means=None)),
    }
    rows = rank(scores).rows
    assert rows[0].score.total.high == rows[1].score.total.high
    assert [row.terrain for row in rows] == ["sure", "open", "low"]


def test_equal_intervals_are_ordered_by_code_and_are_no_tie() -> None:
    rows = rank({code: score(GRID, {}) for code in ("b", "a")}).rows
    assert [(row.terrain, row.tied) for row in rows] == [("a", False), ("b", False)]


def test_the_columns_that_decide_nothing_are_proximity_transitions_and_mirror() -> None:
    idle = [column for column in columns(rank(report_scores())) if not column.decides]
    assert [column.code for column in idle] == ["proximity", "transitions", "mirror"]
    assert [column.spread for column in idle] == [0, 0, 0]


def test_a_column_s_spread_is_in_points_of_total() -> None:
    spreads = {column.code: column.spread for column in columns(rank(report_scores()))}
    assert spreads["collective"] == Fraction("1.6")
    assert spreads["means"] == Fraction("1.5")


def test_the_mean_row_is_exact() -> None:
    row = means(rank(report_scores()))
    assert row is not None
    assert row.columns["collective"] == Fraction(4, 3)
    assert row.columns["mirror"] == 2
    assert (row.ect, row.selection_total, row.total) == (5, Fraction(40, 3), Fraction(70, 3))


def test_incomplete_terrains_count_in_no_mean_and_no_column() -> None:
    with_vaux = rank(report_scores() | {"vaux": score(GRID, {})})
    assert means(with_vaux) == means(rank(report_scores()))
    assert columns(with_vaux) == columns(rank(report_scores()))


def test_without_a_ranked_terrain_there_is_no_mean_no_column_and_no_leader() -> None:
    for ranking in (rank({}), rank({"vaux": score(GRID, {})})):
        assert means(ranking) is None
        assert columns(ranking) == ()
        assert leaders(ranking, lambda s: s.total) == ()


def test_a_terrain_that_is_not_there_has_no_row() -> None:
    assert rank(report_scores()).row("vaux") is None


@given(st.dictionaries(NAMES, profiles(complete=True), max_size=5), st.sampled_from(list(Unit)))
def test_units_keep_the_ranking(terrains: Mapping[str, Profile], unit: Unit) -> None:
    ranking = rank({code: score(GRID, profile) for code, profile in terrains.items()})
    factor = unit.factor(GRID)
    totals = {row.terrain: row.score.total.scaled(factor).low for row in ranking.rows}
    for row in ranking.rows:
        assert row.rank == 1 + sum(t > totals[row.terrain] for t in totals.values())


@given(st.dictionaries(NAMES, profiles(), max_size=5), st.data())
def test_the_order_of_terrains_changes_nothing(terrains: Mapping[str, Profile], data: st.DataObject) -> None:
    scores = {code: score(GRID, profile) for code, profile in terrains.items()}
    shuffled = dict(data.draw(st.permutations(list(scores.items()))))
    assert rank(shuffled) == rank(scores)


@given(st.dictionaries(NAMES, level_profiles(SMALL), max_size=6))
def test_complete_terrains_have_one_rank_which_those_that_tie_share(
    terrains: Mapping[str, Profile],
) -> None:
    rows = rank(_small(terrains)).rows
    totals = [row.score.total.low for row in rows]
    for row in rows:
        own = row.score.total.low
        assert row.rank == row.best == row.worst == 1 + sum(total > own for total in totals)
        assert row.tied == (totals.count(own) > 1)


@settings(max_examples=150)
@given(st.dictionaries(NAMES, level_profiles(SMALL, unknown=2), min_size=1, max_size=3))
def test_rank_bounds_are_those_of_every_completion_of_the_unknowns(
    terrains: Mapping[str, Profile],
) -> None:
    ranking = rank(_small(terrains))
    found = _ranks_by_brute_force(terrains)
    assert {r.terrain: (r.best, r.worst) for r in ranking.rows} == {
        terrain: (min(places), max(places)) for terrain, places in found.items()
    }


@given(st.dictionaries(NAMES, level_profiles(SMALL, unknown=3), min_size=1, max_size=5), st.data())
def test_losing_a_value_never_narrows_the_possible_ranks(
    terrains: dict[str, Profile], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(sorted(terrains)))
    lost = data.draw(st.sampled_from([criterion.code for criterion in SMALL]))
    left = {code: value for code, value in terrains[one].items() if code != lost}
    before, after = _bounds(rank(_small(terrains))), _bounds(rank(_small({**terrains, one: left})))
    for terrain, (best, worst) in before.items():
        assert after[terrain][0] <= best <= worst <= after[terrain][1]


def _bounds(ranking: Ranking) -> dict[str, tuple[int, int]]:
    return {row.terrain: (row.best, row.worst) for row in ranking.rows}


def _ranks_by_brute_force(terrains: Mapping[str, Profile]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {terrain: set() for terrain in terrains}
    for totals in product(*(_possible_totals(profile) for profile in terrains.values())):
        for terrain, own in zip(terrains, totals, strict=True):
            found[terrain].add(1 + sum(total > own for total in totals))
    return found


def _possible_totals(profile: Profile) -> set[Fraction]:
    """Add up by hand, independently of the code under test: the mean of two, doubled, plus one."""
    p_1, p_2, s = (
        [profile[code]] if code in profile else [Fraction(level) for level in (0, 1, 2)]
        for code in ("p_1", "p_2", "s")
    )
    return {2 * (a + b) / 2 + c for a, b, c in product(p_1, p_2, s)}


def _small(terrains: Mapping[str, Profile]) -> dict[str, Score]:
    return {code: score(SMALL, profile) for code, profile in terrains.items()}


def _scores(**levels: int) -> dict[str, Score]:
    return {code: score(GRID, level_profile(level)) for code, level in levels.items()}
