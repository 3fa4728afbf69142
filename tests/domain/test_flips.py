from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest

from ect.domain.alternatives import Alternatives, alternatives
from ect.domain.errors import DomainError
from ect.domain.flips import Flip, NoFlip, smallest_flip
from ect.domain.grid import Grid
from ect.domain.ladders import NO_LIMITS, Limits
from ect.domain.weights import Weights, published_weights
from tests.domain.builders import (
    EPICERIE,
    GRID,
    HALF,
    MAISON,
    PILLARS,
    SUT,
    level_profile,
    report_profiles,
    small_grid,
)
from tests.domain.flip_oracle import milp_cost
from tests.domain.tables import MINI, random_table, random_weights, table_of

PUBLISHED = published_weights(GRID)
REPORT = alternatives(GRID, report_profiles())
SMALL = small_grid()  # p_1, p_2 worth 1 point each, s worth 1
OF_SMALL = published_weights(SMALL)


def replayed(grid: Grid, table: Alternatives, weights: Weights, flip: Flip) -> dict[str, Fraction]:
    """Take the steps on the table, one by one, and return the totals it then has."""
    rows = {
        t: dict(zip(table.criteria, row, strict=True))
        for t, row in zip(table.terrains, table.values, strict=True)
    }
    for step in flip.steps:
        codes = next(([c.code for c in p.criteria] for p in grid.pillars if p.code == step.part), [step.part])
        assert {rows[step.terrain][code] for code in codes} == {step.start}
        assert (step.end > step.start) == (step.terrain == flip.terrain)
        assert 0 <= step.end <= 2
        rows[step.terrain] |= dict.fromkeys(codes, step.end)
    values = tuple(tuple(row.values()) for row in rows.values())
    return replace(table, values=values).totals(grid, weights)


def in_front(totals: dict[str, Fraction], flip: Flip) -> set[str]:
    own = totals[flip.terrain]
    rivals = {t: total for t, total in totals.items() if t != flip.terrain}
    return {t for t, total in rivals.items() if total > own or (total == own and not flip.level_enough)}


def check(grid: Grid, table: Alternatives, weights: Weights, flip: Flip) -> None:
    """Check that the steps bring the terrain where they say."""
    after = replayed(grid, table, weights, flip)
    assert flip.before == table.totals(grid, weights)
    assert flip.after == after
    assert flip.reachable == (len(in_front(after, flip)) < flip.rank)
    assert (flip.reason is None) == bool(flip.steps)
    assert flip.gap == max(flip.before.values()) - flip.before[flip.terrain]
    assert flip.passed == tuple(
        t
        for t in flip.before
        if flip.before[t] > flip.before[flip.terrain] and after[t] <= after[flip.terrain]
    )


def random_limits(rng: random.Random, grid: Grid, table: Alternatives) -> Limits:
    codes = [criterion.code for criterion in grid]
    costs = {code: Fraction(rng.randint(0, 6), rng.randint(1, 3)) for code in codes if rng.random() < 0.5}
    forbidden = frozenset(code for code in codes if rng.random() < 0.2)
    cells = [(t, code) for t in table.terrains for code in codes]
    floors = {cell: Fraction(rng.randint(0, 4), 2) for cell in cells if rng.random() < 0.2}
    return Limits(costs, forbidden, floors, rng.choice((None, Fraction(rng.randint(0, 12), 2))))


def lifted(limits: Limits) -> list[Limits]:
    """Return the limits without the budget, then without what is forbidden, then without floors."""
    no_budget = replace(limits, budget=None)
    no_ban = replace(no_budget, forbidden=frozenset())
    return [no_budget, no_ban, replace(no_ban, floors={})]


def check_reason(flip: Flip, freed: list[Fraction | None]) -> None:
    """Check that the reason is the limit without which the place can be had at last."""
    assert flip.needed == freed[0]
    order = (NoFlip.BUDGET, NoFlip.FORBIDDEN, NoFlip.FLOORS)
    opened = [reason for reason, cost in zip(order, freed, strict=True) if cost is not None]
    assert flip.reason is (opened[0] if opened else NoFlip.MAXIMUM)


def compare(
    seed: int, count: int, grid: Grid, size: int, *, rivals: bool, limited: bool = False
) -> list[Flip]:
    """Compare with a mixed integer programme on random tables, and return what was found."""
    rng, flips = random.Random(seed), []
    for _ in range(count):
        table, weights = random_table(rng, rng.randint(1, size), grid), random_weights(rng, grid)
        if rng.random() < 0.5:
            table = with_means(rng, table)
        limits = random_limits(rng, grid, table) if limited else NO_LIMITS
        asked = {"rank": rng.choice((1, 1, 2, 3)), "level_enough": rng.random() < 0.5}
        terrain = rng.choice(table.terrains)
        flip = smallest_flip(grid, table, weights, terrain, rivals=rivals, limits=limits, **asked)  # type: ignore[arg-type]
        check(grid, table, weights, flip)
        cost = milp_cost(grid, table, weights, terrain, rivals=rivals, limits=limits, **asked)  # type: ignore[arg-type]
        assert (flip.cost if flip.reachable else None) == cost
        if not flip.reachable:
            freed = [
                milp_cost(grid, table, weights, terrain, rivals=rivals, limits=free, **asked)  # type: ignore[arg-type]
                for free in lifted(limits)
            ]
            check_reason(flip, freed)
        flips.append(flip)
    return flips


def with_means(rng: random.Random, table: Alternatives) -> Alternatives:
    """Return the table with means of three participants in some cells."""
    rows = (
        tuple(Fraction(rng.randint(0, 6), 3) if rng.random() < 0.4 else value for value in row)
        for row in table.values
    )
    return replace(table, values=tuple(rows))


def test_own_steps_are_as_few_as_a_mixed_integer_programme_finds() -> None:
    flips = compare(1, 1000, MINI, 6, rivals=False)
    reasons = [flip.reason for flip in flips]
    assert reasons.count(None) > 300
    assert reasons.count(NoFlip.ALREADY) > 200
    assert NoFlip.MAXIMUM in reasons
    assert max(flip.count for flip in flips) >= 6


def test_steps_with_rivals_are_as_few_as_a_mixed_integer_programme_finds() -> None:
    flips = compare(2, 1000, MINI, 6, rivals=True)
    assert all(flip.reachable for flip in flips)
    both = [flip for flip in flips if {flip.terrain} < {step.terrain for step in flip.steps}]
    assert len(both) > 30
    assert sum(flip.terrain not in {s.terrain for s in flip.steps} for flip in flips if flip.steps) > 10


def test_steps_on_the_whole_grid_are_as_few_as_a_mixed_integer_programme_finds() -> None:
    assert sum(flip.count > 2 for flip in compare(3, 100, GRID, 5, rivals=False)) > 12
    assert sum(flip.count > 2 for flip in compare(4, 100, GRID, 4, rivals=True)) > 12


@pytest.mark.parametrize("rivals", [False, True])
def test_limits_are_as_cheap_as_a_mixed_integer_programme_finds(rivals: bool) -> None:
    flips = compare(5, 300, MINI, 5, rivals=rivals, limited=True)
    reasons = {flip.reason for flip in flips}
    assert {None, NoFlip.ALREADY, NoFlip.BUDGET, NoFlip.FORBIDDEN} <= reasons
    assert sum(flip.cost != flip.count for flip in flips) > 30


def test_the_terrains_of_the_report_need_5_and_8_levels_to_be_first() -> None:
    for terrain, count, gap in ((MAISON, 5, "2.1"), (SUT, 8, "3.8")):
        for rivals in (False, True):
            flip = smallest_flip(GRID, REPORT, PUBLISHED, terrain, rivals=rivals)
            check(GRID, REPORT, PUBLISHED, flip)
            assert (flip.count, flip.cost, flip.gap) == (count, count, Fraction(gap))
            assert {step.terrain for step in flip.steps} == {terrain}
    assert smallest_flip(GRID, REPORT, PUBLISHED, EPICERIE).reason is NoFlip.ALREADY


def test_no_single_level_of_a_selection_criterion_reverses_the_leaders_of_the_report() -> None:
    profiles = report_profiles()
    leaders = (EPICERIE, MAISON)
    for terrain, criterion in ((t, c) for t in leaders for c in GRID.selection):
        for move in (-1, -criterion.step, criterion.step, 1):
            level = min(max(profiles[terrain][criterion.code] + move, Fraction()), Fraction(2))
            moved = profiles | {terrain: profiles[terrain] | {criterion.code: level}}
            totals = alternatives(GRID, moved).totals(GRID, PUBLISHED)
            assert totals[EPICERIE] > totals[MAISON]
    one = Limits(forbidden=frozenset(PILLARS), budget=Fraction(1))
    flip = smallest_flip(GRID, REPORT, PUBLISHED, MAISON, rivals=True, level_enough=True, limits=one)
    assert (flip.reason, flip.needed) == (NoFlip.BUDGET, 5)


def test_the_largest_gains_come_first() -> None:
    flip = smallest_flip(GRID, REPORT, PUBLISHED, SUT)
    assert [step.gain for step in flip.steps] == [HALF] * 7 + [Fraction(2, 5)]


def test_a_nearer_level_is_passed_before_a_larger_gain() -> None:
    table = table_of(SMALL, {"x": ("4/3", "1", "1"), "y": ("2", "2", "3/2")})
    flip = smallest_flip(SMALL, table, OF_SMALL, "x")
    check(SMALL, table, OF_SMALL, flip)
    assert flip.count == 4


def test_level_is_enough_only_when_asked() -> None:
    table = table_of(SMALL, {"x": ("0", "0", "1"), "y": ("0", "0", "3/2"), "z": ("0", "0", "3/2")})
    assert smallest_flip(SMALL, table, OF_SMALL, "x", level_enough=True).count == 1
    assert smallest_flip(SMALL, table, OF_SMALL, "x").count == 1  # a level of p_1 is 1 point
    tied = smallest_flip(SMALL, table, OF_SMALL, "y", level_enough=True)
    assert (tied.reason, tied.reachable) == (NoFlip.ALREADY, True)
    alone = smallest_flip(SMALL, table, OF_SMALL, "y")
    assert (alone.reason, alone.count, alone.gap, alone.passed) == (None, 1, 0, ())
    second = smallest_flip(SMALL, table, OF_SMALL, "x", rank=3)
    assert second.reason is NoFlip.ALREADY


def test_rivals_at_the_maximum_are_the_reason() -> None:
    table = table_of(SMALL, {"x": ("0", "0", "0"), "y": ("2", "2", "2"), "z": ("1", "1", "1")})
    flip = smallest_flip(SMALL, table, OF_SMALL, "x")
    assert (flip.reachable, flip.reason, flip.blocking, flip.highest) == (False, NoFlip.MAXIMUM, ("y",), 6)
    assert (flip.after, flip.steps, flip.needed) == (flip.before, (), None)
    level = smallest_flip(SMALL, table, OF_SMALL, "x", level_enough=True)
    assert (level.count, level.blocking) == (8, ())
    assert smallest_flip(SMALL, table, OF_SMALL, "x", rank=2).reachable
    assert smallest_flip(SMALL, table, OF_SMALL, "x", rivals=True).count == 7


def test_the_limit_in_the_way_is_the_reason() -> None:
    table = table_of(SMALL, {"x": ("0", "0", "0"), "y": ("2", "2", "2")})

    def ask(**limits: object) -> Flip:
        return smallest_flip(SMALL, table, OF_SMALL, "x", rivals=True, limits=Limits(**limits))  # type: ignore[arg-type]

    short = ask(budget=Fraction(5))
    assert (short.reason, short.needed, short.blocking) == (NoFlip.BUDGET, 7, ())
    banned = ask(forbidden=frozenset({"p", "s"}))
    assert (banned.reason, banned.needed, banned.blocking) == (NoFlip.FORBIDDEN, None, ("y",))
    top = {("y", criterion.code): Fraction(2) for criterion in SMALL}
    assert ask(floors=top).reason is NoFlip.FLOORS
    assert ask(floors=top, forbidden=frozenset({"s"})).reason is NoFlip.FLOORS


def test_incomplete_rivals_are_left_aside_and_an_incomplete_terrain_is_not_placed() -> None:
    table = table_of(SMALL, {"x": ("0", "1", "1"), "y": ("2", None, "2"), "z": ("1", "1", "1")})
    flip = smallest_flip(SMALL, table, OF_SMALL, "x")
    assert (flip.incomplete, flip.count, flip.passed) == (("y",), 2, ("z",))
    unknown = smallest_flip(SMALL, table, OF_SMALL, "y")
    assert (unknown.reachable, unknown.reason) == (False, NoFlip.INCOMPLETE)
    assert (unknown.highest, unknown.gap, unknown.passed, unknown.incomplete) == (None, None, (), ())


def test_a_single_terrain_is_first() -> None:
    table = table_of(SMALL, {"x": ("0", "0", "0")})
    flip = smallest_flip(SMALL, table, OF_SMALL, "x", rivals=True)
    assert (flip.reachable, flip.reason, flip.highest) == (True, NoFlip.ALREADY, 6)


def test_pillar_means_and_levels_stand_side_by_side() -> None:
    table = alternatives(GRID, report_profiles() | {"a": level_profile(1), "b": level_profile(0)})
    for terrain in table.terrains:
        for rank, rivals in ((1, False), (1, True), (2, True), (4, False)):
            flip = smallest_flip(GRID, table, PUBLISHED, terrain, rank=rank, rivals=rivals)
            check(GRID, table, PUBLISHED, flip)
            assert flip.reachable


def test_among_a_thousand_terrains_the_first_place_is_found() -> None:
    table = random_table(random.Random(7), 1000, GRID)
    totals = table.totals(GRID, PUBLISHED)
    last = min(totals, key=lambda terrain: totals[terrain])
    own = smallest_flip(GRID, table, PUBLISHED, last)
    check(GRID, table, PUBLISHED, own)
    fewer = table.only([last, *table.terrains[:200]])
    with_rivals = smallest_flip(GRID, fewer, PUBLISHED, last, rivals=True)
    check(GRID, fewer, PUBLISHED, with_rivals)
    assert 0 < with_rivals.count <= smallest_flip(GRID, fewer, PUBLISHED, last).count <= own.count


def test_one_step_less_is_not_enough() -> None:
    """Every set of one step less, of the terrain and of its rivals, on a table small enough."""
    table = table_of(SMALL, {"x": ("1", "0", "1/2"), "y": ("1", "2", "1"), "z": ("2", "1", "0")})
    flip = smallest_flip(SMALL, table, OF_SMALL, "x", rivals=True)
    assert flip.count == 3
    up = [("x", c.code, c.step) for c in SMALL]
    down = [(t, c.code, -c.step) for t in ("y", "z") for c in SMALL]
    for moves in combinations([*up, *up, *down, *down], 2):
        rows = {
            t: dict(zip(table.criteria, row, strict=True)) for t, row in zip("xyz", table.values, strict=True)
        }
        for t, code, step in moves:
            rows[t][code] = min(max((rows[t][code] or 0) + step, Fraction()), Fraction(2))
        totals = replace(table, values=tuple(tuple(row.values()) for row in rows.values())).totals(
            SMALL, OF_SMALL
        )
        assert totals["x"] <= max(totals["y"], totals["z"])


@pytest.mark.parametrize(
    ("terrain", "rank", "code"), [("nowhere", 1, "terrain_unknown"), (SUT, 0, "rank_out_of_range")]
)
def test_a_question_without_sense_is_refused(terrain: str, rank: int, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        smallest_flip(GRID, REPORT, PUBLISHED, terrain, rank=rank)
    assert refusal.value.code == code
    with pytest.raises(DomainError):
        smallest_flip(GRID, alternatives(GRID, {}), PUBLISHED, SUT)
