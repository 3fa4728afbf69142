from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import Bounds as Limits
from scipy.optimize import LinearConstraint, milp

from ect.domain.alternatives import Alternatives, alternatives
from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.possibility import Possibility, can_reach
from ect.domain.weight_bounds import Bounds, bounds_around, greatest_gap
from ect.domain.weight_lines import siblings_of, weight_codes
from ect.domain.weights import ECT, SELECTION, Weights, point_weights, published_weights
from tests.domain.builders import (
    EPICERIE,
    GRID,
    HALF,
    MAISON,
    PILLARS,
    SUT,
    grid_of,
    pillar,
    report_profiles,
    selection_criterion,
)
from tests.domain.tables import MINI, random_table, random_weights, table_of

PUBLISHED = published_weights(GRID)
QUARTER = Fraction(1, 4)
REPORT = alternatives(GRID, report_profiles())


def rank_under(grid: Grid, table: Alternatives, weights: Weights, terrain: str) -> int:
    totals = table.totals(grid, weights)
    return 1 + sum(total > totals[terrain] for total in totals.values())


def check(grid: Grid, table: Alternatives, bounds: Bounds, found: Possibility) -> None:
    """Verify a witness, or a proof, by itself."""
    if found.possible:
        assert found.witness is not None
        assert all(low <= found.witness.of(code) <= high for code, (low, high) in bounds.items())
        assert rank_under(grid, table, found.witness, found.terrain) <= found.rank
    elif found.possible is False:
        met = [rival for mix in found.mixes for rival in mix.parts]
        assert len(met) == len(set(met))
        assert 1 <= len(found.mixes) <= found.rank
        for mix in found.mixes:
            assert sum(mix.parts.values()) == 1
            assert min(*mix.parts.values(), mix.margin) > 0
            assert best_of_all_corners(grid, table, bounds, found.terrain, mix.parts) == -mix.margin


def best_of_all_corners(
    grid: Grid, table: Alternatives, bounds: Bounds, terrain: str, parts: Mapping[str, Fraction]
) -> Fraction:
    """Return the most the terrain has over a mix: at a corner of the box, group by group."""
    rows = dict(zip(table.terrains, table.values, strict=True))
    gaps = {
        code: (x or 0) - sum(part * (rows[rival][place] or 0) for rival, part in parts.items())
        for place, (code, x) in enumerate(zip(table.criteria, rows[terrain], strict=True))
    }

    def best(
        codes: list[str], worth: Mapping[str, Fraction], sizes: tuple[int, ...] | None = None
    ) -> Fraction:
        ends = np.array(np.meshgrid(*[[0, 1]] * len(codes))).reshape(len(codes), -1).T
        means = []
        for corner in ends:
            weights = [
                bounds[c][side] * (sizes[i] if sizes else 1)
                for i, (c, side) in enumerate(zip(codes, corner, strict=True))
            ]
            if sum(weights):
                means.append(sum(w * worth[c] for w, c in zip(weights, codes, strict=True)) / sum(weights))
        return max(means)

    means = {p.code: best([c.code for c in p.criteria], gaps) for p in grid.pillars}
    sections = {
        ECT: best(list(means), means),
        SELECTION: best([c.code for c in grid.selection], gaps),
    }
    return best([ECT, SELECTION], sections, (grid.ect_maximum, grid.selection_maximum)) * grid.maximum / 2


def solver_rank(grid: Grid, table: Alternatives, bounds: Bounds, terrain: str) -> int:
    """Return the best rank by HiGHS's MILP on the whole polytope, each bound as a ratio of point weights.

    A binary says that a rival may be ahead. Rivals within 1e-7 count as level.
    """
    codes = [criterion.code for criterion in grid]
    rows = np.array([[float(x or 0) for x in row] for row in table.values])
    gaps = rows[table.terrains.index(terrain)] - np.delete(rows, table.terrains.index(terrain), axis=0)
    n, m = gaps.shape
    sums = {code: np.eye(m)[place] for place, code in enumerate(codes)}
    for p in grid.pillars:
        sums[p.code] = sum(sums[c.code] for c in p.criteria)
    sums[ECT] = sum(sums[p.code] for p in grid.pillars) / grid.ect_maximum
    sums[SELECTION] = sum(sums[c.code] for c in grid.selection) / grid.selection_maximum
    ratios = [
        float(bounds[a][1]) * sums[b] - float(bounds[b][0]) * sums[a]
        for a in weight_codes(grid)
        for b in siblings_of(grid, a)
        if a != b
    ]
    rules = np.vstack(
        [np.hstack([np.array(ratios), np.zeros((len(ratios), n))]), np.hstack([gaps, 100 * np.eye(n)])]
    )
    whole = np.hstack([np.ones(m), np.zeros(n)])
    found = milp(
        c=np.hstack([np.zeros(m), np.ones(n)]),
        constraints=[LinearConstraint(rules, -1e-7, np.inf), LinearConstraint(whole, 17, 17)],
        integrality=np.hstack([np.zeros(m), np.ones(n)]),
        bounds=Limits(0, np.hstack([np.full(m, np.inf), np.ones(n)])),
    )
    return 1 + round(found.fun)


def test_answers_are_the_solver_s_and_certified_without_it() -> None:
    rng, answers = random.Random(1000), {True: 0, False: 0}
    for round_ in range(1000):
        table, weights = random_table(rng, rng.randint(2, 7)), random_weights(rng)
        bounds = bounds_around(MINI, weights, Fraction(rng.randint(0, 3), 5))
        terrain, rank = rng.choice(table.terrains), rng.choice((1, 1, 2, 3))
        found = can_reach(MINI, table, bounds, terrain, rank)
        check(MINI, table, bounds, found)
        if round_ % 4 == 0:
            assert found.possible == (solver_rank(MINI, table, bounds, terrain) <= rank)
        assert found.possible is not None
        answers[found.possible] += 1
    assert min(answers.values()) > 200


def test_on_the_grid_answers_are_the_solver_s() -> None:
    rng = random.Random(29)
    for _ in range(40):
        table = random_table(rng, 12, GRID)
        bounds = bounds_around(GRID, PUBLISHED, Fraction(rng.randint(1, 4), 10))
        terrain, rank = rng.choice(table.terrains), rng.randint(1, 3)
        found = can_reach(GRID, table, bounds, terrain, rank)
        check(GRID, table, bounds, found)
        assert found.possible == (solver_rank(GRID, table, bounds, terrain) <= rank)


def test_the_mean_of_two_rivals_is_first_on_the_weights_that_level_them_only() -> None:
    """No solver's tolerance finds them: 3 w_1 = 2 w_2 here."""
    grid = grid_of([pillar("p", 2)], [selection_criterion("s")])
    table = table_of(grid, {"a": (2, 0, 1), "b": ("1/2", 1, 1), "mean": ("5/4", "1/2", 1)})
    found = can_reach(grid, table, bounds_around(grid, Weights(Fraction(2)), HALF), "mean")
    check(grid, table, bounds_around(grid, Weights(Fraction(2)), HALF), found)
    assert found.witness is not None
    points = point_weights(grid, found.witness)
    assert points["p_2"] * 2 == points["p_1"] * 3


def test_a_terrain_just_below_such_a_mean_is_never_first() -> None:
    grid = grid_of([pillar("p", 2)], [selection_criterion("s")])
    below = Fraction(5, 4) - Fraction(1, 10**12)
    table = table_of(grid, {"a": (2, 0, 1), "b": ("1/2", 1, 1), "below": (below, HALF, 1)})
    bounds = bounds_around(grid, Weights(Fraction(2)), HALF)
    found = can_reach(grid, table, bounds, "below")
    check(grid, table, bounds, found)
    assert found.possible is False
    assert set(found.mixes[0].parts) == {"a", "b"}


@pytest.mark.parametrize(("less", "possible"), [(Fraction(), True), (Fraction(1, 10**40), False)])
def test_what_the_solver_s_digits_cannot_tell_is_told_exactly(less: Fraction, possible: bool) -> None:
    """A mix of rivals in fractions finer than a float, and one just below it."""
    grid = grid_of([pillar("p", 2)], [selection_criterion("s")])
    part = Fraction(10**18 + 9, 3 * 10**18 + 7)
    b = (HALF + Fraction(1, 10**11 + 3), 1 + Fraction(1, 10**11 + 19))
    mean = (part * 2 + (1 - part) * b[0] - less, (1 - part) * b[1])
    table = table_of(grid, {"a": (2, 0, 1), "b": (*b, 1), "x": (*mean, 1)})
    bounds = bounds_around(grid, Weights(Fraction(2)), HALF)
    found = can_reach(grid, table, bounds, "x")
    check(grid, table, bounds, found)
    assert found.possible is possible


def test_the_report_s_sut_is_never_first_within_a_quarter() -> None:
    bounds = bounds_around(GRID, PUBLISHED, QUARTER)
    found = can_reach(GRID, REPORT, bounds, SUT)
    check(GRID, REPORT, bounds, found)
    assert [dict(mix.parts) for mix in found.mixes] == [{EPICERIE: 1}]
    second = can_reach(GRID, REPORT, bounds, SUT, rank=2)
    check(GRID, REPORT, bounds, second)
    assert second.possible


def test_the_report_s_maison_is_never_first_while_only_groups_move_by_a_quarter() -> None:
    groups = bounds_around(GRID, PUBLISHED, QUARTER, (ECT, SELECTION, *PILLARS))
    assert can_reach(GRID, REPORT, groups, MAISON).possible is False
    assert can_reach(GRID, REPORT, bounds_around(GRID, PUBLISHED, QUARTER), MAISON).possible


def test_without_spread_a_terrain_has_its_rank() -> None:
    bounds = bounds_around(GRID, PUBLISHED, Fraction(0))
    found = {
        t: [bool(can_reach(GRID, REPORT, bounds, t, k).possible) for k in (1, 2, 3)] for t in REPORT.terrains
    }
    assert found == {MAISON: [False, True, True], EPICERIE: [True] * 3, SUT: [False, False, True]}


def test_the_greatest_gap_is_the_best_corner_of_the_bounds() -> None:
    rng = random.Random(12)
    for _ in range(300):
        table = random_table(rng, 2)
        bounds = bounds_around(MINI, random_weights(rng), Fraction(rng.randint(0, 3), 2))
        rows = [dict(zip(table.criteria, row, strict=True)) for row in table.values]
        gaps = {
            code: (rows[0][code] or Fraction()) - (rows[1][code] or Fraction()) for code in table.criteria
        }
        gap, weights = greatest_gap(MINI, bounds, gaps)
        assert gap == best_of_all_corners(MINI, table, bounds, "t0", {"t1": Fraction(1)})
        assert gap == sum(gaps[code] * point for code, point in point_weights(MINI, weights).items())
        assert all(low <= weights.of(code) <= high for code, (low, high) in bounds.items())


def test_a_rank_reached_by_letting_a_rival_past_is_left_open_without_budget() -> None:
    """The two rivals are each behind on some weights, never both."""
    grid = grid_of([pillar("p", 2)], [selection_criterion("s")])
    table = table_of(grid, {"a": (2, 0, 1), "b": (0, 2, 1), "x": ("7/8", "7/8", 1)})
    bounds = bounds_around(grid, Weights(Fraction(2)), HALF)
    answers = {(k, n): can_reach(grid, table, bounds, "x", k, n).possible for k in (1, 2) for n in (1, 9)}
    assert answers == {(1, 1): False, (1, 9): False, (2, 1): None, (2, 9): True}


# Of these rivals any two cannot both be behind x: two are ahead whatever the weights.
THREE = {
    "a": (2, "4/5", "4/5", 1),
    "b": ("4/5", 2, "4/5", 1),
    "c": ("4/5", "4/5", 2, 1),
    "x": (1, 1, 1, 1),
}


def against_three(ect_factor: int = 2) -> tuple[Grid, Alternatives, Bounds]:
    grid = grid_of([pillar("p", 3)], [selection_criterion("s")], ect_factor)
    return grid, table_of(grid, THREE), bounds_around(grid, Weights(Fraction(2)), HALF)


def test_a_rank_can_be_impossible_though_no_two_mixes_are_apart() -> None:
    grid, table, bounds = against_three()
    second, third = (can_reach(grid, table, bounds, "x", rank) for rank in (2, 3))
    assert (second.possible, len(second.mixes), third.possible) == (False, 1, True)
    check(grid, table, bounds, second)
    check(grid, table, bounds, third)


def test_a_proof_the_budget_cuts_short_leaves_the_rank_open() -> None:
    """It takes four programmes: all rivals, those outside the mix, and each of the two in it let past."""
    grid, table, bounds = against_three()
    found = [can_reach(grid, table, bounds, "x", 2, budget) for budget in (1, 2, 3, 9)]
    assert [one.possible for one in found] == [None, None, None, False]
    assert [one.mixes for one in found[:3]] == [()] * 3


def test_points_beyond_what_the_solver_takes_are_played_exactly() -> None:
    """HiGHS refuses coefficients above 1e15: here a point weight of the grid is one."""
    grid, table, bounds = against_three(ect_factor=10**20)
    first, third = (can_reach(grid, table, bounds, "x", rank) for rank in (1, 3))
    assert (first.possible, third.possible) == (False, True)
    check(grid, table, bounds, first)
    check(grid, table, bounds, third)


def test_terrains_left_aside_are_listed_and_cannot_be_asked_for() -> None:
    table = alternatives(GRID, {**report_profiles(), "vaux": {}})
    bounds = bounds_around(GRID, PUBLISHED, QUARTER)
    assert can_reach(GRID, table, bounds, EPICERIE).incomplete == ("vaux",)
    for terrain in ("vaux", "nowhere"):
        with pytest.raises(DomainError, match="terrain_not_ranked"):
            can_reach(GRID, table, bounds, terrain)


def test_a_terrain_alone_is_first() -> None:
    table = REPORT.only([SUT])
    bounds = bounds_around(GRID, PUBLISHED, QUARTER)
    found = can_reach(GRID, table, bounds, SUT)
    check(GRID, table, bounds, found)
    assert found.possible


def test_what_makes_no_question_is_refused() -> None:
    bounds = bounds_around(GRID, PUBLISHED, QUARTER)
    with pytest.raises(DomainError, match="rank_out_of_range"):
        can_reach(GRID, REPORT, bounds, SUT, rank=0)
    with pytest.raises(DomainError, match="weight_bounds_empty"):
        can_reach(GRID, REPORT, {**bounds, "mirror": (Fraction(1), HALF)}, SUT)
    with pytest.raises(DomainError, match="weights_all_zero"):
        can_reach(GRID, REPORT, {**bounds, **dict.fromkeys(PILLARS, (Fraction(), Fraction()))}, SUT)
    with pytest.raises(DomainError, match="spread_out_of_range"):
        bounds_around(GRID, PUBLISHED, Fraction(-1))
    with pytest.raises(DomainError, match="criterion_unknown"):
        bounds_around(GRID, PUBLISHED, QUARTER, ["nowhere"])
