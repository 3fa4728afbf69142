from __future__ import annotations

import random
from fractions import Fraction

import pytest

from ect.domain.alternatives import alternatives
from ect.domain.errors import DomainError
from ect.domain.ladders import NO_LIMITS, Ladder, Limits, climb, descend, ladders_of, steps_of
from ect.domain.weights import pillar_weights, point_weights, published_weights
from tests.domain.builders import GRID, HALF, MAISON, PILLARS, level_profile, report_profiles

POINTS = point_weights(GRID, published_weights(GRID)) | pillar_weights(GRID, published_weights(GRID))
FIFTH = Fraction(1, 5)


def test_a_ladder_goes_through_the_answers_of_the_grid() -> None:
    rng = random.Random(5)
    for _ in range(500):
        step, value = Fraction(1, rng.randint(1, 5)), Fraction(rng.randint(0, 60), 30)
        lowest = Fraction(rng.randint(0, 60), 30)
        answers = [step * count for count in range(int(2 / step) + 1)]
        assert climb(value, step) == (value, *(x for x in answers if x > value))
        lower = (x for x in reversed(answers) if lowest <= x < value)
        assert descend(value, step, lowest) == (value, *lower)


def test_a_pillar_known_by_its_mean_moves_by_a_level_of_one_criterion() -> None:
    table = alternatives(GRID, {"a": level_profile(1), MAISON: report_profiles()[MAISON]})
    of_mean = ladders_of(GRID, table, POINTS, MAISON, NO_LIMITS, up=True)
    assert of_mean[0] == Ladder(
        MAISON, "collective", (Fraction("1.8"), Fraction(2)), Fraction(2), Fraction(1)
    )
    assert [x.part for x in of_mean if x.part.startswith(PILLARS)] == list(PILLARS)
    by_level = ladders_of(GRID, table, POINTS, "a", NO_LIMITS, up=False)
    assert [x.part for x in by_level] == [criterion.code for criterion in GRID]
    assert by_level[0].gains == (Fraction(2, 5),)
    assert by_level[-1].gains == (HALF, Fraction(1))


def test_a_pillars_cost_and_ban_hold_for_its_criteria() -> None:
    limits = Limits(
        costs={"hybrid": Fraction(3), "hybrid_2": Fraction(5)}, forbidden=frozenset({"resilience", "mirror"})
    )
    table = alternatives(GRID, {"a": level_profile(1), MAISON: report_profiles()[MAISON] | {"mirror": FIFTH}})
    costs = {x.part: x.cost for x in ladders_of(GRID, table, POINTS, "a", limits, up=True)}
    assert (costs["hybrid_1"], costs["hybrid_2"], costs["means"]) == (3, 5, 1)
    assert not [code for code in costs if code.startswith("resilience") or code == "mirror"]
    assert len(costs) == 29 - 5 - 1
    costs = {x.part: x.cost for x in ladders_of(GRID, table, POINTS, MAISON, limits, up=True)}
    assert costs["hybrid"] == 3
    assert not costs.keys() & {"resilience", "mirror"}


def test_a_mean_stays_only_when_all_of_its_criteria_do() -> None:
    pillar = GRID.pillars[0]
    codes = [criterion.code for criterion in pillar.criteria]
    assert Limits(forbidden=frozenset(codes)).forbids(GRID, pillar)
    assert not Limits(forbidden=frozenset(codes[1:])).forbids(GRID, pillar)


def test_floors_stop_the_way_down_and_not_the_way_up() -> None:
    table = alternatives(GRID, {"a": level_profile(1)})
    limits = Limits(floors={("a", "mirror"): HALF, ("a", "means"): Fraction(2)})
    down = {x.part: x.rungs for x in ladders_of(GRID, table, POINTS, "a", limits, up=False)}
    up = {x.part: x.rungs for x in ladders_of(GRID, table, POINTS, "a", limits, up=True)}
    assert down["mirror"] == (1, HALF)
    assert "means" not in down
    assert up["mirror"] == up["means"] == (1, Fraction(3, 2), 2)


def test_steps_follow_each_other_whatever_their_order() -> None:
    first = Ladder("t", "a", (Fraction(4, 3), Fraction(3, 2), Fraction(2)), Fraction(1), Fraction(1))
    other = Ladder("t", "b", (Fraction(0), Fraction(1)), Fraction(1, 3), Fraction(2))
    steps = steps_of([(first, 2), (other, 1), (other, 0)], lambda step: -step.gain)
    assert [(step.part, step.gain) for step in steps] == [
        ("b", Fraction(1, 3)),
        ("a", Fraction(1, 6)),
        ("a", HALF),
    ]
    assert (steps[1].end, steps[0].cost) == (steps[2].start, 2)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(costs={"nothing": Fraction(1)}), "criterion_unknown"),
        (Limits(forbidden=frozenset({"nothing"})), "criterion_unknown"),
        (Limits(floors={("a", "nothing"): Fraction(1)}), "criterion_unknown"),
        (Limits(costs={"mirror": 0.5}), "value_not_exact"),  # type: ignore[dict-item]
        (Limits(floors={("a", "hybrid"): 0.5}), "value_not_exact"),  # type: ignore[dict-item]
        (Limits(budget=0.5), "value_not_exact"),  # type: ignore[arg-type]
        (Limits(costs={"mirror": Fraction(-1)}), "cost_negative"),
    ],
)
def test_limits_the_grid_does_not_know_are_refused(limits: Limits, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        limits.check(GRID)
    assert refusal.value.code == code


def test_limits_of_the_grid_are_accepted() -> None:
    limits = Limits({"hybrid": Fraction(2)}, frozenset({"mirror"}), {("a", "ect"): Fraction(1)}, Fraction(3))
    with pytest.raises(DomainError):
        limits.check(GRID)
    assert Limits({"hybrid": 2, "mirror": Fraction(0)}, budget=Fraction(3)).check(GRID) is None
