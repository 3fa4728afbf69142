"""TOPSIS, VIKOR, PROMETHEE II: published examples, libraries on random tables, edges."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from math import exp, sqrt

import numpy as np
import pytest
from pymcdm.methods import PROMETHEE_II, TOPSIS, VIKOR

from ect.domain.alternatives import alternatives
from ect.domain.cross_check import (
    Method,
    cross_check,
    in_proportion,
    net_flows,
    squared_closeness,
    vikor,
)
from ect.domain.weights import Weights, point_weights, published_weights
from tests.domain.builders import EPICERIE, GRID, MAISON, SUT, report_profiles
from tests.domain.tables import MINI, random_table, random_weights, table_of

ONE = Fraction(1)


def exact(rows: Sequence[Sequence[float]]) -> list[list[Fraction]]:
    return [[Fraction(x) for x in row] for row in rows]


def closeness(squared: Fraction) -> float:
    return sqrt(squared) / (sqrt(squared) + sqrt(1 - squared))


def test_hwang_and_yoon_1981_choose_a_fighter_aircraft_by_topsis() -> None:
    rows = np.array(
        [
            [2.0, 1500, 20000, 5.5, 5, 9],
            [2.5, 2700, 18000, 6.5, 3, 5],
            [1.8, 2000, 21000, 4.5, 7, 7],
            [2.2, 1800, 20000, 5.0, 5, 5],
        ]
    )
    # The book goes on from figures printed to four decimals.
    normal = np.round(rows / np.sqrt((rows**2).sum(axis=0)), 4)
    best, worst = normal.max(axis=0), normal.min(axis=0)
    best[3], worst[3] = worst[3], best[3]  # the cost
    weights = [Fraction(x, 10) for x in (2, 1, 1, 1, 2, 3)]
    found = squared_closeness(exact(normal), weights, *exact([best, worst]))
    assert [round(closeness(x), 3) for x in found] == [0.643, 0.268, 0.613, 0.312]


def test_opricovic_and_tzeng_2004_climb_a_mountain_by_vikor() -> None:
    # Risk (1 to 5, the less the better) and altitude: the compromise is the middle one.
    rows = exact([[-1, 3000], [-2, 3750], [-5, 4500]])
    half = [Fraction(1, 2)] * 2
    found = vikor(rows, half, *exact([[-1, 4500], [-5, 3000]]))
    regrets = (
        [Fraction(1, 2), Fraction(3, 8), Fraction(1, 2)],
        [Fraction(1, 2), Fraction(1, 4), Fraction(1, 2)],
    )
    assert found == [(s + 2 * r) / 2 for s, r in zip(*regrets, strict=True)]
    # The paper scales S and R by the candidates' own range: 1, 0 and 1.
    scaled = [(q - min(found)) / (max(found) - min(found)) for q in found]
    assert scaled == [1, 0, 1]


def test_brans_vincke_and_mareschal_1986_site_a_power_station_by_promethee() -> None:
    rows = [
        [-80, 90, -600, -5.4, -8, 5],
        [-65, 58, -200, -9.7, -1, 1],
        [-83, 60, -400, -7.2, -4, 7],
        [-40, 80, -1000, -7.5, -7, 10],
        [-52, 72, -600, -2.0, -3, 8],
        [-94, 96, -700, -3.6, -5, 6],
    ]
    kinds = [
        lambda d: Fraction(d > 10),
        in_proportion(Fraction(30)),
        lambda d: in_proportion(Fraction(450))(d - 50),
        lambda d: Fraction(1, 2) * (Fraction(d > 1) + Fraction(d > 6)),
        lambda d: Fraction(d > 0),
        lambda d: Fraction(1 - exp(-(float(d) ** 2) / 50)) if d > 0 else Fraction(),
    ]
    printed = [
        [0, 0.296, 0.250, 0.268, 0.100, 0.185],
        [0.462, 0, 0.389, 0.333, 0.296, 0.500],
        [0.236, 0.180, 0, 0.333, 0.056, 0.429],
        [0.399, 0.505, 0.305, 0, 0.223, 0.212],
        [0.444, 0.515, 0.487, 0.380, 0, 0.448],
        [0.286, 0.399, 0.250, 0.432, 0.133, 0],
    ]
    tenths = [[Fraction(str(x)) for x in row] for row in rows]
    weights = [Fraction(1, 6)] * 6
    for i in range(6):
        for j in range(i):
            # Of two alternatives the net flow is the difference of the two printed preferences, whose
            # third decimal is sometimes cut off and sometimes rounded.
            net = net_flows([tenths[i], tenths[j]], weights, kinds)[0]
            assert float(net) == pytest.approx(printed[i][j] - printed[j][i], abs=0.0015)
    flows = net_flows(tenths, weights, kinds)
    nets = [sum(printed[i]) / 5 - sum(row[i] for row in printed) / 5 for i in range(6)]
    assert [float(flow) for flow in flows] == pytest.approx(nets, abs=0.001)
    assert max(range(6), key=flows.__getitem__) == 4


@pytest.mark.filterwarnings("ignore:Alternatives with indices", "ignore:Weights should be positive")
def test_on_1000_random_tables_the_figures_are_pymcdm_s() -> None:
    # Two more rows, best and worst everywhere, hold pymcdm's own scaling still.
    ties = 0
    for seed in range(1000):
        rng = random.Random(seed)
        table, weights = random_table(rng, rng.randint(2, 6)), random_weights(rng)
        rows = [[x or Fraction() for x in row] for row in table.values]
        given = list(point_weights(MINI, weights).values())
        shares = [weight / sum(given) for weight in given]
        ends = [Fraction(2)] * len(shares), [Fraction()] * len(shares)
        held = np.array([[float(x) for x in row] for row in (*rows, *ends)])
        as_floats, kinds = np.array([float(x) for x in shares]), np.ones(len(shares))
        scaled = TOPSIS(lambda column, **_kind: column / 2)(held, as_floats, kinds)[:-2]
        assert [closeness(x) for x in squared_closeness(rows, shares, *ends)] == pytest.approx(scaled)
        regrets = VIKOR()(held, as_floats, kinds)[:-2]
        assert [float(q) for q in vikor(rows, shares, *ends)] == pytest.approx(regrets)
        flows = net_flows(rows, shares, [in_proportion(ONE)] * len(shares))
        own = PROMETHEE_II("vshape", p=np.ones(len(shares)))(held[:-2], as_floats, kinds)
        assert [float(flow) for flow in flows] == pytest.approx(own)
        ties += len(set(flows)) < len(flows)
    assert ties > 100


def test_ranks_of_ties_are_shared_and_follow_the_scores() -> None:
    table = table_of(MINI, {"a": (2,) * 7, "b": (1,) * 7, "twin": (1,) * 7, "c": (0,) * 7, "x": (None,) * 7})
    found = cross_check(MINI, table, published_weights(MINI))
    assert [opinion.method for opinion in found.opinions] == list(Method)
    for opinion in found.opinions:
        assert opinion.ranks == {"a": 1, "b": 2, "twin": 2, "c": 4}
        assert opinion.first == ("a",)
    assert found.agreeing == 4
    assert found.incomplete == ("x",)


def test_the_report_s_table() -> None:
    found = cross_check(GRID, alternatives(GRID, report_profiles()), published_weights(GRID))
    assert {opinion.first for opinion in found.opinions} == {(EPICERIE,)}
    assert found.opinions[0].ranks == {MAISON: 2, EPICERIE: 1, SUT: 3}
    assert found.agreeing == 4


def test_a_balanced_terrain_is_preferred_by_some_methods_only() -> None:
    weights = Weights(Fraction(1))
    table = table_of(MINI, {"even": (1, 1, 1, 1, 1, 1, 1), "uneven": (2, 2, 2, 2, 2, 0, 0)})
    found = cross_check(MINI, table, weights)
    assert found.agreeing < 4


@pytest.mark.parametrize("rows", [{}, {"a": (1,) * 7}, {"a": (None,) * 7}])
def test_none_one_and_unknown_ones(rows: dict[str, tuple[int | None, ...]]) -> None:
    found = cross_check(MINI, table_of(MINI, rows), published_weights(MINI))
    complete = [terrain for terrain, row in rows.items() if None not in row]
    assert all(list(opinion.ranks.values()) == [1] * len(complete) for opinion in found.opinions)
    assert found.agreeing == 4


def test_a_thousand_terrains() -> None:
    rng = random.Random(5)
    table = random_table(rng, 1000, GRID)
    found = cross_check(GRID, table, published_weights(GRID))
    assert all(len(opinion.ranks) == 1000 for opinion in found.opinions)
    totals = table.totals(GRID, published_weights(GRID))
    ahead = {terrain: sum(other > own for other in totals.values()) for terrain, own in totals.items()}
    assert found.opinions[0].ranks == {terrain: 1 + count for terrain, count in ahead.items()}
