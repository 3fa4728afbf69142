from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.errors import DomainError
from ect.domain.scenario import Scenario, nothing_supposed, read_link, write_link
from ect.domain.scoring import score
from tests.domain.builders import GRID, report_profiles

levels = st.dictionaries(
    st.tuples(st.sampled_from(["sut", "maison"]), st.sampled_from(["mirror", "means", "anchoring"])),
    st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(7, 5), Fraction(2)]),
)
weights = st.dictionaries(
    st.sampled_from(["ect", "anchoring", "hybrid_1", "mirror"]),
    st.fractions(Fraction(1, 7), 9, max_denominator=7),
)


@given(weights, levels)
def test_a_link_gives_the_scenario_back(
    given_weights: dict[str, Fraction], given_levels: dict[tuple[str, str], Fraction]
) -> None:
    profiles = report_profiles()
    given_levels = {cell: value for cell, value in given_levels.items() if cell[0] in profiles}
    scenario = nothing_supposed(GRID)
    for code, weight in given_weights.items():
        scenario = Scenario(scenario.weights.having(code, weight))
    for (terrain, part), value in given_levels.items():
        scenario = scenario.supposing(terrain, part, value)
    read = read_link(GRID, profiles, write_link(GRID, scenario))
    assert dict(read.levels) == dict(scenario.levels)
    assert all(
        read.weights.of(code) == scenario.weights.of(code) for code in ("ect", "selection", *given_weights)
    )


def test_nothing_supposed_is_written_as_nothing_and_changes_nothing() -> None:
    assert write_link(GRID, nothing_supposed(GRID)) == ""
    profiles = report_profiles()
    assert nothing_supposed(GRID).profiles(profiles) == profiles


def test_a_supposed_level_moves_its_terrain_only_and_is_taken_back() -> None:
    profiles = report_profiles()
    scenario = nothing_supposed(GRID).supposing("maison", "mirror", Fraction(0))
    supposed = scenario.profiles(profiles)
    assert score(GRID, supposed["maison"]).total.low == score(GRID, profiles["maison"]).total.low - 2
    assert supposed["sut"] == profiles["sut"]
    assert scenario.supposing("maison", "mirror", None) == nothing_supposed(GRID)


@pytest.mark.parametrize(
    "text",
    [
        "ect",
        "ect=",
        "ect=1/0",
        "ect=-1",
        "ect=nan",
        "nobody=2",
        "nobody/mirror=1",
        "sut/nothing=1",
        "sut/mirror=3",
        "sut/hybrid_1=1",
        "ect=1001",
        "ect=0~selection=0",
        "x" * 5000,
    ],
)
def test_a_link_that_makes_no_sense_names_what_does_not(text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        read_link(GRID, report_profiles(), text)
    assert refusal.value.code == "scenario_unreadable"
    assert str(refusal.value.values["part"]) in text


def test_what_is_supposed_of_a_terrain_that_is_not_there_changes_nothing() -> None:
    scenario = nothing_supposed(GRID).supposing("gone", "mirror", Fraction(0))
    assert scenario.profiles(report_profiles()) == report_profiles()
