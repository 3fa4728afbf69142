"""The grid: its size and maxima, its answers, and what it refuses to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest

from ect.domain.errors import DomainError
from ect.domain.grid import SUMS, Criterion, Grid, Level, Pillar
from ect.domain.text import Text
from tests.domain.builders import (
    ECT_CODES,
    GRID,
    SELECTION,
    ect_criterion,
    grid_of,
    pillar,
    selection_criterion,
)


def test_the_grid_has_4_pillars_of_5_criteria_and_9_selection_criteria() -> None:
    assert [len(one.criteria) for one in GRID.pillars] == [5] * 4
    assert len(GRID.selection) == 9
    assert [criterion.code for criterion in GRID] == [*ECT_CODES, *SELECTION]


def test_the_maxima_are_8_18_and_34() -> None:
    assert (GRID.ect_maximum, GRID.selection_maximum, GRID.maximum) == (8, 18, 34)


def test_an_ect_criterion_takes_levels_and_a_selection_criterion_half_levels_too() -> None:
    assert GRID.criterion("hybrid_1").answers == (0, 1, 2)
    assert GRID.criterion("mirror").answers == (0, Fraction(1, 2), 1, Fraction(3, 2), 2)


def test_a_level_is_found_by_its_value() -> None:
    assert GRID.criterion("hybrid_1").level(2).descriptor == Text("hybrid_1 : niveau 2")


@pytest.mark.parametrize(("code", "value"), [("hybrid_1", 3), ("hybrid_1", -1), ("mirror", 1)])
def test_a_level_that_is_not_described_is_refused(code: str, value: int) -> None:
    with pytest.raises(DomainError) as refusal:
        GRID.criterion(code).level(value)
    assert refusal.value.code == "level_out_of_range"
    assert refusal.value.values == {"criterion": code, "value": value}


def test_a_criterion_belongs_to_a_pillar_or_to_the_selection() -> None:
    found = GRID.pillar_of("anchoring_5")
    assert found is GRID.pillars[1]
    assert GRID.pillar_of("mirror") is None


@pytest.mark.parametrize("find", [GRID.criterion, GRID.pillar_of])
def test_a_criterion_the_grid_has_not_is_refused(find: Callable[[str], object]) -> None:
    with pytest.raises(DomainError) as refusal:
        find("nothing")
    assert refusal.value.code == "criterion_unknown"
    assert refusal.value.values == {"criterion": "nothing"}


def test_a_pillar_is_no_criterion() -> None:
    with pytest.raises(DomainError, match="criterion_unknown"):
        GRID.criterion("hybrid")


def test_a_grid_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        GRID.ect_factor = 3  # type: ignore[misc]


def test_a_changed_grid_is_a_new_one_that_knows_its_own_criteria() -> None:
    changed = replace(GRID, selection=(selection_criterion("other"),))
    assert changed.criterion("other").code == "other"
    assert (changed.maximum, GRID.maximum) == (18, 34)


@pytest.mark.parametrize(
    ("pillars", "selection", "entry"),
    [
        ((), (selection_criterion("s"),), "test"),
        ((pillar("p"),), (), "test"),
        ((pillar("p"), pillar("q", 0)), (selection_criterion("s"),), "q"),
    ],
)
def test_a_section_or_a_pillar_without_criteria_is_refused(
    pillars: tuple[Pillar, ...], selection: tuple[Criterion, ...], entry: str
) -> None:
    assert _refusal(lambda: grid_of(pillars, selection)) == ("grid_empty", {"entry": entry})


@pytest.mark.parametrize("code", ["p", "p_1", "s"])
def test_two_entries_of_the_same_code_are_refused(code: str) -> None:
    selection = (selection_criterion("s"), selection_criterion(code))
    refusal = _refusal(lambda: grid_of([pillar("p")], selection))
    assert refusal == ("grid_code_repeated", {"entry": code})


@pytest.mark.parametrize("code", SUMS)
def test_an_entry_may_not_take_the_code_of_a_sum(code: str) -> None:
    refusal = _refusal(lambda: grid_of([pillar("p")], [selection_criterion(code)]))
    assert refusal == ("grid_code_repeated", {"entry": code})


@pytest.mark.parametrize("values", [(), (0, 1), (0, 1, 2, 3), (1, 2, 3), (0, 2, 1), (0, 1, 1)])
def test_an_ect_criterion_describes_exactly_the_levels_0_1_2(values: tuple[int, ...]) -> None:
    wrong = Pillar("p", Text("p"), (ect_criterion("p_1", values),))
    refusal = _refusal(lambda: grid_of([wrong], [selection_criterion("s")]))
    assert refusal == ("grid_levels_wrong", {"entry": "p_1", "found": values})


def test_a_selection_criterion_describes_all_its_levels_or_none() -> None:
    grid_of([pillar("p")], [ect_criterion("s")])
    refusal = _refusal(lambda: grid_of([pillar("p")], [ect_criterion("s", (0, 1))]))
    assert refusal == ("grid_levels_wrong", {"entry": "s", "found": (0, 1)})


def test_an_empty_descriptor_is_refused() -> None:
    levels = tuple(Level(value, Text(" " if value == 1 else "dit")) for value in (0, 1, 2))
    wrong = Pillar("p", Text("p"), (Criterion("p_1", Text("p_1"), levels=levels),))
    refusal = _refusal(lambda: grid_of([wrong], [selection_criterion("s")]))
    assert refusal == ("grid_descriptor_empty", {"entry": "p_1", "level": 1})


@pytest.mark.parametrize("factor", [0, -2])
def test_the_ect_counts_at_least_once(factor: int) -> None:
    refusal = _refusal(lambda: grid_of([pillar("p")], [selection_criterion("s")], factor))
    assert refusal == ("grid_factor_wrong", {"entry": "test", "found": factor})


def _refusal(build: Callable[[], Grid]) -> tuple[str, dict[str, object]]:
    with pytest.raises(DomainError) as refusal:
        build()
    return refusal.value.code, refusal.value.values
