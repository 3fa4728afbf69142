from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from ect.domain.alternatives import alternatives
from ect.domain.influence import Influence, influences
from ect.domain.weights import point_weights, published_weights
from tests.domain.builders import GRID, PILLARS, level_profile, report_profiles
from tests.domain.tables import MINI, random_table, random_weights

PUBLISHED = published_weights(GRID)


def by_code(layer: tuple[Influence, ...]) -> dict[str, Influence]:
    return {influence.code: influence for influence in layer}


def test_shares_and_correlations_are_numpy_s_and_each_layer_sums_to_1() -> None:
    rng, negative = random.Random(2013), 0
    for _ in range(300):
        table, weights = random_table(rng, rng.randint(2, 7), unknown=0.02), random_weights(rng)
        found, complete = influences(MINI, table, weights), table.complete
        points = np.array([float(point) for point in point_weights(MINI, weights).values()])
        parts = (
            np.array([[float(x or 0) for x in row] for row in complete.values]).reshape(-1, len(points))
            * points
        )
        totals = parts.sum(axis=1)
        assert found.terrains == complete.terrains
        for layer in (found.sections, found.columns, found.criteria):
            assert sum(x.nominal for x in layer) == 1
            shares = [x.share for x in layer]
            assert None in shares or sum(x for x in shares if x is not None) == 1
        for place, influence in enumerate(found.criteria):
            if influence.share is not None:
                expected = np.cov(parts[:, place], totals, bias=True)[0, 1] / totals.var()
                assert float(influence.share) == pytest.approx(expected, abs=1e-9)
                negative += influence.share < 0
            if influence.correlation_squared is not None:
                expected = np.corrcoef(parts[:, place], totals)[0, 1] ** 2
                assert float(influence.correlation_squared) == pytest.approx(expected, abs=1e-9)
                assert 0 <= influence.correlation_squared <= 1
    assert negative > 100


def test_in_the_report_the_ect_weighs_16_of_34_points() -> None:
    found = influences(GRID, alternatives(GRID, report_profiles()), PUBLISHED)
    assert by_code(found.sections)["ect"].nominal == Fraction(16, 34)
    assert sum(x.share or 0 for x in found.columns) == 1
    assert by_code(found.columns)["proximity"].share == 0
    assert by_code(found.columns)["proximity"].correlation_squared is None


def test_a_criterion_of_a_pillar_known_by_its_mean_is_not_known_to_tell_terrains_apart() -> None:
    found = influences(GRID, alternatives(GRID, report_profiles()), PUBLISHED)
    assert {x.share for x in found.criteria if x.code.startswith(PILLARS)} == {None}
    assert by_code(found.criteria)["means"].share == by_code(found.columns)["means"].share


@pytest.mark.parametrize("count", [0, 1, 2])
def test_terrains_that_do_not_differ_have_no_influence(count: int) -> None:
    table = alternatives(GRID, {f"t{i}": level_profile(1) for i in range(count)} | {"vaux": {}})
    found = influences(GRID, table, PUBLISHED)
    assert {(x.share, x.correlation_squared) for x in found.criteria} == {(None, None)}
    assert len(found.terrains) == count


def test_the_only_criterion_that_differs_has_all_the_influence() -> None:
    table = alternatives(
        GRID, {"a": level_profile(1), "b": level_profile(1, mirror=2), "c": level_profile(1)}
    )
    found = by_code(influences(GRID, table, PUBLISHED).criteria)
    assert (found["mirror"].share, found["mirror"].correlation_squared) == (1, 1)
    assert (found["hybrid_1"].share, found["hybrid_1"].correlation_squared) == (0, None)
