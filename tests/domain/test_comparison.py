"""What tells terrains apart: pillars where only means are known, criteria where they are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.comparison import check_selection, differences
from ect.domain.errors import DomainError
from ect.domain.scoring import score
from tests.domain.builders import (
    ECT_CODES,
    EPICERIE,
    GRID,
    MAISON,
    PILLARS,
    SELECTION,
    level_profile,
    report_profiles,
    report_scores,
)
from tests.domain.strategies import profiles

Profile = dict[str, Fraction]
HYBRID = [f"hybrid_{i}" for i in range(1, 6)]


@pytest.mark.parametrize("terrains", [(), ("a",), ("a", "a"), tuple("abcdefg")])
def test_a_comparison_takes_2_to_6_different_terrains(terrains: tuple[str, ...]) -> None:
    check_selection(("a", "b"))
    check_selection(tuple("abcdef"))
    with pytest.raises(DomainError) as refusal:
        check_selection(terrains)
    assert refusal.value.code == "comparison_size"
    assert refusal.value.values == {"found": len(set(terrains)), "fewest": 2, "most": 6}


def test_published_profiles_are_compared_by_pillar_then_by_selection_criterion() -> None:
    lines = differences(report_scores())
    assert [line.code for line in lines] == [*PILLARS, *SELECTION]


def test_an_effect_is_the_gap_in_points_of_total() -> None:
    scores = {t: s for t, s in report_scores().items() if t in {MAISON, EPICERIE}}
    effects = {line.code: line.effect for line in differences(scores)}
    assert effects["collective"] == Fraction("1.2")
    assert effects["means"] == Fraction("1.5")
    assert effects["proximity"] == 0


def test_rated_terrains_are_compared_criterion_by_criterion() -> None:
    scores = {
        "a": score(GRID, level_profile(1)),
        "b": score(GRID, level_profile(1, hybrid_1=2, mirror=None)),
    }
    lines = {line.code: line for line in differences(scores)}
    assert list(lines) == [*ECT_CODES, *SELECTION]
    assert lines["hybrid_1"].effect == Fraction("0.4")
    assert lines["mirror"].values == {"a": 1, "b": None}
    assert lines["mirror"].effect == 0


def test_one_rated_terrain_among_published_ones_is_compared_by_its_pillars() -> None:
    scores = report_scores() | {"rated": score(GRID, level_profile(1))}
    assert [line.code for line in differences(scores)] == [*PILLARS, *SELECTION]


def test_a_published_mean_is_not_lost_beside_two_rated_terrains() -> None:
    published = report_profiles()[MAISON]
    scores = {
        "a": score(GRID, level_profile(1)),
        "b": score(GRID, level_profile(1)),
        MAISON: score(GRID, published),
    }
    lines = {line.code: line for line in differences(scores)}
    assert list(lines)[-15:-9] == ["hybrid", *HYBRID]
    assert lines["hybrid"].values[MAISON] == Fraction("1.4")
    assert lines["hybrid"].effect == Fraction("0.8")


def test_an_unscored_terrain_adds_no_line_to_those_of_rated_ones() -> None:
    rated = {code: score(GRID, level_profile(1)) for code in ("a", "b")}
    lines = differences({**rated, "vaux": score(GRID, {})})
    assert [line.code for line in lines] == [*ECT_CODES, *SELECTION]


def test_nothing_is_told_apart_where_nothing_is_known() -> None:
    lines = differences({code: score(GRID, {}) for code in ("a", "b")})
    assert {line.effect for line in lines} == {0}
    assert {value for line in lines for value in line.values.values()} == {None}


def test_no_terrain_gives_no_line() -> None:
    assert differences({}) == ()


@given(st.lists(profiles(), min_size=2, max_size=4))
def test_every_known_column_of_every_terrain_is_compared(drawn: list[Profile]) -> None:
    scores = {str(i): score(GRID, profile) for i, profile in enumerate(drawn)}
    lines = {line.code: line for line in differences(scores)}
    for terrain, profile in zip(scores, drawn, strict=True):
        for code, value in profile.items():
            pillar = None if code in PILLARS else GRID.pillar_of(code)
            if code in lines:
                assert lines[code].values[terrain] == value
            else:
                assert pillar is not None
                assert lines[pillar.code].values[terrain] is not None
    assert all(line.effect >= 0 for line in lines.values())
