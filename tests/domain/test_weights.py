from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.alternatives import alternatives
from ect.domain.errors import DomainError
from ect.domain.scoring import score
from ect.domain.weights import Weights, point_weights, published_weights
from tests.domain.builders import GRID, HALF, level_profile, report_profiles, report_scores
from tests.domain.strategies import profiles

multipliers = st.fractions(0, 5, max_denominator=10)
some = st.fractions(Fraction(1, 10), 5, max_denominator=10)
weightings = st.builds(
    Weights, some, multipliers, st.fixed_dictionaries({}, optional={"anchoring": some, "hybrid_1": some})
)


def test_the_published_weights_give_the_published_scores() -> None:
    for terrain, profile in report_profiles().items():
        assert score(GRID, profile, published_weights(GRID)) == report_scores()[terrain]


def test_a_criterion_of_the_ect_is_worth_two_fifths_of_a_point() -> None:
    points = point_weights(GRID, published_weights(GRID))
    assert points["hybrid_1"] == Fraction(2, 5)
    assert points["mirror"] == 1


def test_a_pillar_that_counts_double_takes_from_the_other_pillars_only() -> None:
    points = point_weights(GRID, published_weights(GRID).having("anchoring", Fraction(2)))
    assert sum(points[f"anchoring_{i}"] for i in range(1, 6)) == Fraction(8) * Fraction(2, 5)
    assert sum(points[f"hybrid_{i}"] for i in range(1, 6)) == Fraction(8) * Fraction(1, 5)
    assert points["mirror"] == 1


def test_an_ect_that_counts_four_times_leaves_the_maximum_where_it_is() -> None:
    points = point_weights(GRID, Weights(Fraction(4)))
    assert points["mirror"] == Fraction(34, 50)
    assert sum(points.values()) == 17


def test_a_section_can_count_for_nothing() -> None:
    own = score(GRID, report_profiles()["maison"], Weights(Fraction(0), Fraction(1)))
    assert own.total.value == Fraction(12) * Fraction(34, 18)
    assert own.ect.value == Fraction("5.6")


def test_a_criterion_that_counts_for_nothing_leaves_the_mean_of_the_others() -> None:
    weights = published_weights(GRID).having("hybrid_1", Fraction(0))
    own = score(GRID, level_profile(1, hybrid_1=2), weights)
    assert own.part("hybrid").measure.value == 1


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Weights(2.0), "weight_not_exact"),  # type: ignore[arg-type]
        (lambda: Weights(Fraction(-1)), "weight_negative"),
        (lambda: Weights(Fraction(2), relative={"mirror": -HALF}), "weight_negative"),
        (lambda: Weights(Fraction(0), Fraction(0)), "weights_all_zero"),
    ],
)
def test_a_weight_that_is_none_is_refused(make: object, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        make()  # type: ignore[operator]
    assert refusal.value.code == code


def test_a_group_must_weigh_something() -> None:
    weights = Weights(Fraction(2), relative={f"hybrid_{i}": Fraction(0) for i in range(1, 6)})
    with pytest.raises(DomainError) as refusal:
        point_weights(GRID, weights)
    assert (refusal.value.code, refusal.value.values["entry"]) == ("weights_all_zero", "hybrid")


def test_a_weight_names_an_entry_of_the_grid() -> None:
    with pytest.raises(DomainError, match="criterion_unknown"):
        point_weights(GRID, published_weights(GRID).having("nowhere", Fraction(1)))


@given(weightings)
def test_the_best_terrain_always_has_the_maximum(weights: Weights) -> None:
    assert score(GRID, level_profile(2), weights).total.value == 34


@given(weightings, profiles())
def test_totals_side_by_side_are_those_of_the_scores(weights: Weights, profile: dict[str, Fraction]) -> None:
    table = alternatives(GRID, {"here": profile})
    own = score(GRID, profile, weights).total
    assert table.totals(GRID, weights) == ({"here": own.value} if own.complete else {})


def test_a_published_mean_stands_in_each_criterion_of_its_pillar() -> None:
    table = alternatives(GRID, report_profiles())
    assert table.values[0][:5] == (Fraction("1.8"),) * 5
    assert ("maison", "collective_3") in table.by_mean
    assert ("maison", "mirror") not in table.by_mean


def test_terrains_something_is_unknown_of_can_be_left_aside() -> None:
    table = alternatives(GRID, {**report_profiles(), "vaux": {}})
    assert table.incomplete == ("vaux",)
    assert table.complete.terrains == ("maison", "epicerie", "sut")
