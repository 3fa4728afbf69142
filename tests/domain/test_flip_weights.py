from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from ect.domain.alternatives import Alternatives, alternatives
from ect.domain.errors import DomainError
from ect.domain.flip_weights import NoWeights, WeightChange, smallest_weight_change, weights_of
from ect.domain.grid import Grid
from ect.domain.weights import Weights, point_weights, published_weights
from tests.domain.builders import (
    EPICERIE,
    GRID,
    MAISON,
    SUT,
    grid_of,
    level_profile,
    pillar,
    report_profiles,
    selection_criterion,
    small_grid,
)
from tests.domain.tables import MINI, random_table, random_weights, table_of

PUBLISHED = published_weights(GRID)
REPORT = alternatives(GRID, report_profiles())
SMALL = small_grid()  # p_1, p_2 worth 1 point each, s worth 1
OF_SMALL = published_weights(SMALL)
FOUR = grid_of([pillar("p", 2)], [selection_criterion("s"), selection_criterion("t")])
BOUNDS = (Fraction(1, 4), Fraction(1, 2), Fraction(1))

Row = list[Fraction]


def rows_of(table: Alternatives) -> dict[str, Row]:
    return {
        t: [Fraction(x or 0) for x in row]
        for t, row in zip(table.complete.terrains, table.complete.values, strict=True)
    }


def better_rows(table: Alternatives, terrain: str) -> dict[str, Row]:
    """Return by how much the terrain is better than each of its rivals, criterion by criterion."""
    rows = rows_of(table)
    own = rows.pop(terrain)
    return {rival: [x - y for x, y in zip(own, row, strict=True)] for rival, row in rows.items()}


def dot(a: list[Fraction], b: list[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction())


def check(grid: Grid, table: Alternatives, weights: Weights, change: WeightChange) -> None:
    """Check all that a result claims, exactly; that no smaller change exists is for the oracles."""
    assert list(change.present) == [criterion.code for criterion in grid]
    assert change.present == point_weights(grid, weights)
    assert change.before == table.totals(grid, weights)
    assert change.after == table.totals(grid, weights_of(grid, change.changed))
    assert sum(change.changed.values()) == sum(change.present.values())
    assert sum(change.moves.values()) == 0
    assert within(change, change.changed)
    best = max(change.after.values())
    assert change.reachable == (change.after[change.terrain] == best)
    assert change.distance == sum(abs(move) for move in change.moves.values())
    assert change.transferred == change.distance / (2 * sum(change.present.values()))
    if change.reason is None:
        assert change.level
        assert all(change.after[rival] == best for rival in change.level)
        assert change.moves
    if change.reason in (NoWeights.BOUND, NoWeights.NEVER):
        check_impossible(table, change)
    else:
        facts = (change.lead, change.closest, change.ahead, change.mix, change.dominating_mix)
        assert not any(facts)


def check_impossible(table: Alternatives, change: WeightChange) -> None:
    """Check that the rivals' mix proves the lead, and that the closest weights reach it."""
    better, closest = better_rows(table, change.terrain), list(change.closest.values())
    leads = {rival: -dot(row, closest) for rival, row in better.items()}
    assert within(change, change.closest)
    assert max(leads.values()) == change.lead > 0
    assert change.ahead == tuple(rival for rival, lead in leads.items() if lead == change.lead)
    assert least_lead(better, change) == change.lead
    assert bool(change.dominating_mix) == (change.reason is NoWeights.NEVER)
    assert some_weights_do(better) == (change.reason is NoWeights.BOUND)
    if change.dominating_mix:
        assert sum(change.dominating_mix.values()) == 1
        assert min(change.dominating_mix.values()) > 0
        ahead = mixed(better, change.dominating_mix)
        assert min(ahead) >= 0
        assert max(ahead) > 0


def some_weights_do(better: dict[str, Row]) -> bool:
    """Tell whether some weights, all above 0, leave no rival ahead, by an independent programme."""
    rows = np.array([[-float(x) for x in row] for row in better.values()])
    found = linprog(np.zeros(rows.shape[1]), A_ub=rows, b_ub=np.zeros(len(rows)), bounds=(1, None))
    assert found.status in (0, 2)
    return bool(found.status == 0)


def mixed(better: dict[str, Row], mix: Mapping[str, Fraction]) -> Row:
    """Return by how much a mix of rivals is better than the terrain, criterion by criterion."""
    columns = zip(*(better[rival] for rival in mix), strict=True)
    return [-dot(list(column), list(mix.values())) for column in columns]


def least_lead(better: dict[str, Row], change: WeightChange) -> Fraction:
    """Return the least lead of the mix within the bounds: weight moves to where it leads least."""
    assert sum(change.mix.values()) == 1
    assert min(change.mix.values()) > 0
    ahead, present = mixed(better, change.mix), list(change.present.values())
    weights = [weight * (1 - change.bound) for weight in present]
    left = change.bound * sum(present)
    for k in sorted(range(len(ahead)), key=lambda k: ahead[k]):
        more = min(left, 2 * change.bound * present[k])
        weights[k], left = weights[k] + more, left - more
    return dot(ahead, weights)


def within(change: WeightChange, weights: Mapping[str, Fraction]) -> bool:
    kept = sum(weights.values()) == sum(change.present.values())
    moves = ((abs(weights[code] - weight), weight) for code, weight in change.present.items())
    return kept and all(move <= change.bound * weight for move, weight in moves)


def highs(table: Alternatives, change: WeightChange) -> float | None:
    """Return the least distance by an independent programme in floats; ``None`` if there is none."""
    better, present = better_rows(table, change.terrain), list(change.present.values())
    size = len(present)
    rows = [[*(-float(x) for x in row), *map(float, row)] for row in better.values()]
    found = linprog(
        np.ones(2 * size),
        A_ub=np.array(rows),
        b_ub=[float(dot(row, present)) for row in better.values()],
        A_eq=[[1] * size + [-1] * size],
        b_eq=[0],
        bounds=[(0, float(change.bound * weight)) for weight in (*present, *present)],
    )
    assert found.status in (0, 2)
    return float(found.fun) if found.status == 0 else None


def compared(rng: random.Random, grid: Grid, size: int) -> WeightChange:
    """Compare with HiGHS on a random table, and return what was found."""
    table = random_table(rng, rng.randint(2, size), grid, unknown=0.01)
    weights, terrain = random_weights(rng, grid), rng.choice(table.terrains)
    change = smallest_weight_change(grid, table, weights, terrain, bound=rng.choice(BOUNDS))
    if change.reason is NoWeights.INCOMPLETE:
        return change
    check(grid, table, weights, change)
    if len(change.before) > 1:
        expected = highs(table, change)
        assert change.reachable == (expected is not None)
        assert expected is None or float(change.distance) == pytest.approx(expected, abs=1e-7)
    return change


def test_changes_are_as_small_as_highs_finds_and_leads_are_proved() -> None:
    rng = random.Random(21)
    reasons = [compared(rng, MINI, 7).reason for _ in range(350)]
    assert set(reasons) == {None, *NoWeights}
    assert min(reasons.count(reason) for reason in (None, NoWeights.BOUND, NoWeights.NEVER)) > 15


def test_changes_on_the_whole_grid_are_as_small_as_highs_finds() -> None:
    rng = random.Random(22)
    reasons = [compared(rng, GRID, 8).reason for _ in range(40)]
    assert {None, NoWeights.BOUND} <= set(reasons)


def vertices(change: WeightChange, better: dict[str, Row]) -> Iterator[Row]:
    """Yield each point where as many planes meet as there are weights.

    The sum of moves is kept; each weight stays or is at a bound; a rival is level. The sum of moves,
    signs left out, is linear between these planes: its least value is at such a point.
    """
    present = list(change.present.values())
    size = len(present)
    unit = [[Fraction(int(i == k)) for i in range(size)] for k in range(size)]
    planes = [(unit[k], side * change.bound * present[k]) for k in range(size) for side in (-1, 0, 1)]
    planes += [(row, -dot(row, present)) for row in better.values()]
    for chosen in combinations(planes, size - 1):
        point = solution([([Fraction(1)] * size, Fraction()), *chosen])
        if point is not None:
            yield point


def solution(equations: list[tuple[Row, Fraction]]) -> Row | None:
    """Solve a square system exactly; ``None`` if it has no single solution."""
    matrix = [[*row, right] for row, right in equations]
    for k in range(len(matrix)):
        pivot = next((i for i in range(k, len(matrix)) if matrix[i][k]), None)
        if pivot is None:
            return None
        matrix[k], matrix[pivot] = matrix[pivot], matrix[k]
        matrix[k] = [x / matrix[k][k] for x in matrix[k]]
        for i, row in enumerate(matrix):
            if i != k and row[k]:
                matrix[i] = [x - row[k] * y for x, y in zip(row, matrix[k], strict=True)]
    return [row[-1] for row in matrix]


def test_no_vertex_is_nearer() -> None:
    rng, found = random.Random(23), 0
    for _ in range(40):
        table, weights = random_table(rng, 4, FOUR), random_weights(rng, FOUR)
        change = smallest_weight_change(FOUR, table, weights, "t0", bound=rng.choice(BOUNDS))
        check(FOUR, table, weights, change)
        if change.reason is NoWeights.ALREADY:
            continue
        better, present = better_rows(table, "t0"), list(change.present.values())
        distances = []
        for moves in vertices(change, better):
            moved = [weight + move for weight, move in zip(present, moves, strict=True)]
            inside = within(change, dict(zip(change.present, moved, strict=True)))
            if inside and all(dot(row, moved) >= 0 for row in better.values()):
                distances.append(sum(map(abs, moves), Fraction()))
        assert change.reachable == bool(distances)
        assert change.distance == min(distances, default=0)
        found += bool(distances)
    assert found > 5


def test_no_weights_within_a_quarter_put_another_terrain_of_the_report_first() -> None:
    for terrain, lead in ((MAISON, Fraction(77, 120)), (SUT, Fraction(5, 2))):
        change = smallest_weight_change(GRID, REPORT, PUBLISHED, terrain)
        check(GRID, REPORT, PUBLISHED, change)
        assert (change.reason, change.lead) == (NoWeights.BOUND, lead)
        assert (change.ahead, change.mix) == ((EPICERIE,), {EPICERIE: 1})
    assert smallest_weight_change(GRID, REPORT, PUBLISHED, EPICERIE).reason is NoWeights.ALREADY


def test_wider_bounds_put_maison_level_with_the_first() -> None:
    change = smallest_weight_change(GRID, REPORT, PUBLISHED, MAISON, bound=Fraction(1, 2))
    check(GRID, REPORT, PUBLISHED, change)
    assert (change.reason, change.level) == (None, (EPICERIE,))
    assert change.moves["means"] == -Fraction(1, 2)
    assert all(move > 0 for code, move in change.moves.items() if code.startswith("collective"))
    wider = smallest_weight_change(GRID, REPORT, PUBLISHED, MAISON, bound=Fraction(1))
    assert 0 < wider.distance < change.distance


def test_a_change_worked_by_hand() -> None:
    """x leads by 1 on p_1 and y by 2 on s: level when s weighs half of p_1, so 1/3 goes over."""
    table = table_of(SMALL, {"x": ("1", "0", "0"), "y": ("0", "0", "2")})
    change = smallest_weight_change(SMALL, table, OF_SMALL, "x", bound=Fraction(1, 2))
    check(SMALL, table, OF_SMALL, change)
    assert change.changed == {"p_1": Fraction(4, 3), "p_2": 1, "s": Fraction(2, 3)}
    assert (change.distance, change.transferred, change.level) == (Fraction(2, 3), Fraction(1, 9), ("y",))
    near = smallest_weight_change(SMALL, table, OF_SMALL, "x")
    assert (near.reason, near.lead, near.ahead) == (NoWeights.BOUND, Fraction(1, 4), ("y",))


def test_a_mix_of_rivals_can_be_better_everywhere_when_none_is() -> None:
    table = table_of(SMALL, {"x": ("1/2", "1/2", "1"), "y": ("2", "0", "1"), "z": ("0", "2", "1")})
    change = smallest_weight_change(SMALL, table, OF_SMALL, "x", bound=Fraction(1, 2))
    check(SMALL, table, OF_SMALL, change)
    assert change.reason is NoWeights.NEVER
    assert set(change.dominating_mix) == {"y", "z"}


def test_as_good_everywhere_is_enough_never_to_be_first() -> None:
    table = table_of(SMALL, {"x": ("1", "1", "1"), "y": ("1", "2", "1")})
    change = smallest_weight_change(SMALL, table, OF_SMALL, "x")
    check(SMALL, table, OF_SMALL, change)
    assert (change.reason, change.dominating_mix) == (NoWeights.NEVER, {"y": 1})
    all_of_it = smallest_weight_change(SMALL, table, OF_SMALL, "x", bound=Fraction(1))
    assert (all_of_it.reason, all_of_it.changed["p_2"]) == (None, 0)


def test_without_room_the_lead_is_the_present_one() -> None:
    change = smallest_weight_change(GRID, REPORT, PUBLISHED, MAISON, bound=Fraction())
    check(GRID, REPORT, PUBLISHED, change)
    assert (change.reason, change.lead) == (NoWeights.BOUND, Fraction("2.1"))


def test_incomplete_terrains_are_left_aside() -> None:
    table = table_of(SMALL, {"x": ("1", "1", "1"), "y": ("2", None, "2"), "z": ("0", "0", "0")})
    alone = smallest_weight_change(SMALL, table, OF_SMALL, "x")
    assert (alone.reason, alone.incomplete) == (NoWeights.ALREADY, ("y",))
    unknown = smallest_weight_change(SMALL, table, OF_SMALL, "y")
    assert (unknown.reason, unknown.reachable, unknown.incomplete) == (NoWeights.INCOMPLETE, False, ())
    single = smallest_weight_change(SMALL, table.only(["x"]), OF_SMALL, "x")
    assert single.reason is NoWeights.ALREADY


def test_pillar_means_and_levels_stand_side_by_side() -> None:
    table = alternatives(GRID, report_profiles() | {"a": level_profile(1, hybrid_1=2, mirror=2)})
    for terrain in table.terrains:
        for bound in BOUNDS:
            check(
                GRID, table, PUBLISHED, smallest_weight_change(GRID, table, PUBLISHED, terrain, bound=bound)
            )


def test_among_a_thousand_terrains_a_change_is_found() -> None:
    table = random_table(random.Random(24), 1000, GRID)
    totals = table.totals(GRID, PUBLISHED)
    best = sorted(totals, key=lambda terrain: -totals[terrain])
    for terrain, reachable in ((best[3], True), (best[-1], False)):
        change = smallest_weight_change(GRID, table, PUBLISHED, terrain)
        check(GRID, table, PUBLISHED, change)
        assert change.reachable == reachable


def test_weights_are_found_again_from_their_points() -> None:
    rng = random.Random(25)
    for _ in range(200):
        points = point_weights(MINI, random_weights(rng))
        assert point_weights(MINI, weights_of(MINI, points)) == points
    for only in ("p_1", "s"):
        points = {code: Fraction(int(code == only) * 3) for code in ("p_1", "p_2", "s")}
        assert point_weights(SMALL, weights_of(SMALL, points)) == points


@pytest.mark.parametrize(
    ("terrain", "bound", "code"),
    [
        ("nowhere", Fraction(1, 4), "terrain_unknown"),
        (SUT, Fraction(2), "spread_out_of_range"),
        (SUT, Fraction(-1), "spread_out_of_range"),
    ],
)
def test_a_question_without_sense_is_refused(terrain: str, bound: Fraction, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        smallest_weight_change(GRID, REPORT, PUBLISHED, terrain, bound=bound)
    assert refusal.value.code == code
