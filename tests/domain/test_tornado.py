from __future__ import annotations

import random
from fractions import Fraction

import pytest

from ect.domain.alternatives import Alternatives, alternatives
from ect.domain.errors import DomainError
from ect.domain.tornado import Bar, Cause, tornado
from ect.domain.weights import Weights, published_weights
from tests.domain.builders import EPICERIE, GRID, MAISON, level_profile, report_profiles, small_grid
from tests.domain.tables import MINI, random_table, random_weights, table_of

PUBLISHED = published_weights(GRID)
REPORT = alternatives(GRID, report_profiles())


def bar(bars: tuple[Bar, ...], cause: Cause, code: str) -> Bar:
    return next(bar for bar in bars if (bar.cause, bar.code) == (cause, code))


def test_the_longest_bars_of_the_report_are_levels_of_selection_criteria() -> None:
    bars = tornado(GRID, REPORT, PUBLISHED, EPICERIE, MAISON)
    assert {x.gap for x in bars} == {Fraction("2.1")}
    assert [x.swing for x in bars] == sorted((x.swing for x in bars), reverse=True)
    assert bars[0].swing == 2
    assert not any(x.reverses or x.levels for x in bars)


def test_a_pillar_mean_moves_by_one_level_of_one_of_its_criteria() -> None:
    found = bar(tornado(GRID, REPORT, PUBLISHED, EPICERIE, MAISON), Cause.LEVEL_B, "collective")
    assert (found.low, found.present, found.high) == (Fraction("1.6"), Fraction("1.8"), Fraction("2"))
    assert (found.gap_low, found.gap_high) == (Fraction("2.5"), Fraction("1.7"))


def test_a_level_stays_on_the_grid() -> None:
    bars = tornado(GRID, REPORT, PUBLISHED, EPICERIE, MAISON)
    top = bar(bars, Cause.LEVEL_A, "mirror")
    assert (top.low, top.high, top.gap_low, top.gap_high) == (1, 2, Fraction("1.1"), Fraction("2.1"))
    mean = bar(bars, Cause.LEVEL_B, "legitimacy")
    assert (mean.low, mean.present, mean.high) == (Fraction(2, 3), Fraction(5, 3), 2)


def test_a_criterion_known_by_its_levels_moves_by_itself() -> None:
    table = alternatives(GRID, {"a": level_profile(1), "b": report_profiles()[MAISON]})
    bars = tornado(GRID, table, PUBLISHED, "a", "b")
    assert bar(bars, Cause.LEVEL_A, "hybrid_3").swing == Fraction(4, 5)
    assert not [x for x in bars if x.cause is Cause.LEVEL_B and x.code.startswith("hybrid_")]


def test_bars_are_those_of_an_evaluation_at_either_end() -> None:
    rng, reversed_, level = random.Random(4), 0, 0
    for _ in range(300):
        table, weights = random_table(rng, 3), random_weights(rng)
        for found in tornado(MINI, table, weights, "t0", "t2", spread=Fraction(rng.randint(0, 4), 4)):
            for end, gap in ((found.low, found.gap_low), (found.high, found.gap_high)):
                assert gap == evaluated(table, weights, found, end)
            reversed_ += found.reverses
            level += found.levels
    assert reversed_ > 100
    assert level > 20


def evaluated(table: Alternatives, weights: Weights, bar: Bar, end: Fraction) -> Fraction:
    if bar.cause is Cause.WEIGHT:
        weights = weights.having(bar.code, end)
    else:
        moved = "t0" if bar.cause is Cause.LEVEL_A else "t2"
        rows = {
            terrain: tuple(
                end if (terrain, c) == (moved, bar.code) else x
                for c, x in zip(table.criteria, row, strict=True)
            )
            for terrain, row in zip(table.terrains, table.values, strict=True)
        }
        table = table_of(MINI, rows)
    totals = table.totals(MINI, weights)
    return totals["t0"] - totals["t2"]


def test_of_two_terrains_that_tie_any_effect_reverses() -> None:
    table = table_of(small_grid(), {"a": (1, 1, 1), "b": (1, 1, 1)})
    bars = tornado(small_grid(), table, Weights(Fraction(2)), "a", "b")
    assert {x.reverses for x in bars if x.cause is not Cause.WEIGHT} == {True}
    assert {x.reverses for x in bars if x.cause is Cause.WEIGHT} == {False}


def test_a_weight_that_cannot_move_its_share_has_no_bar() -> None:
    table = table_of(small_grid(), {"a": (1, 1, 1), "b": (1, 1, 1)})
    bars = tornado(small_grid(), table, Weights(Fraction(2)), "a", "b")
    assert {x.code for x in bars if x.cause is Cause.WEIGHT} == {"ect", "selection", "p_1", "p_2"}


@pytest.mark.parametrize("rival", ["vaux", "nowhere"])
def test_a_tornado_is_between_complete_terrains(rival: str) -> None:
    table = alternatives(GRID, {**report_profiles(), "vaux": {}})
    with pytest.raises(DomainError, match="terrain_not_ranked"):
        tornado(GRID, table, PUBLISHED, MAISON, rival)


@pytest.mark.parametrize("spread", [Fraction(-1, 4), Fraction(5, 4)])
def test_a_spread_is_a_part_of_the_weight(spread: Fraction) -> None:
    with pytest.raises(DomainError, match="spread_out_of_range"):
        tornado(GRID, REPORT, PUBLISHED, MAISON, EPICERIE, spread)
