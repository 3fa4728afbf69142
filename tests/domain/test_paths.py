from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.ladders import Limits
from ect.domain.paths import Action, NoPath, Path, levels_of, shortest_path
from ect.domain.scoring import score
from ect.domain.weights import published_weights
from tests.domain.builders import GRID, HALF, MAISON, SUT, level_profile, report_profiles
from tests.domain.tables import MINI, random_weights

FIFTH = Fraction(1, 5)
# Where a terrain of MINI has been: half of the time by levels, else by means, or unknown.
VALUES = (None, *map(Fraction, ("0", "1", "2", "0", "1", "2", "2/3", "4/3")))


def random_profile(rng: random.Random, grid: Grid = MINI) -> dict[str, Fraction]:
    profile = {}
    for pillar in grid.pillars:
        codes = [c.code for c in pillar.criteria] if rng.random() < 0.7 else [pillar.code]
        profile |= {code: value for code in codes if (value := rng.choice(VALUES)) is not None}
    return profile


def random_limits(rng: random.Random) -> Limits:
    codes = [*(pillar.code for pillar in MINI.pillars), *(c.code for c in MINI)]
    costs = {code: Fraction(rng.randint(0, 6), rng.randint(1, 3)) for code in codes if rng.random() < 0.3}
    forbidden = frozenset(code for code in codes if rng.random() < 0.15)
    return Limits(costs, forbidden, {}, rng.choice((None, None, Fraction(rng.randint(0, 5)))))


def higher(value: Fraction, step: Fraction) -> list[Fraction]:
    return [step * k for k in range(int(2 / step) + 1) if step * k > value]


Price = tuple[Fraction, int, Fraction]


def enumerated(
    profile: Mapping[str, Fraction], limits: Limits
) -> Iterator[tuple[Price, dict[str, Fraction]]]:
    """Yield every way up that is allowed: its cost, steps and sum of starts, and the profile it leads to."""
    ways = []
    for code, value in profile.items():
        pillar = next(p for p in MINI.pillars if code == p.code or code in [c.code for c in p.criteria])
        whole = {c.code for c in pillar.criteria} <= limits.forbidden and code == pillar.code
        rungs = higher(value, Fraction(1, len(pillar.criteria)) if code == pillar.code else Fraction(1))
        rungs = [value] if {code, pillar.code} & limits.forbidden or whole else [value, *rungs]
        cost = limits.costs.get(code, limits.costs.get(pillar.code, Fraction(1)))
        ways.append([(code, end, (n * cost, n, sum(rungs[:n]))) for n, end in enumerate(rungs)])
    for chosen in product(*ways):
        cost, count, starts = (
            sum(prices) for prices in zip((0, 0, 0), *(p for _, _, p in chosen), strict=True)
        )
        yield (Fraction(cost), int(count), Fraction(starts)), {code: end for code, end, _ in chosen}


def test_paths_are_the_cheapest_of_all_there_are() -> None:
    rng, reasons = random.Random(11), []
    for _ in range(400):
        profile, limits, weights = random_profile(rng), random_limits(rng), random_weights(rng)
        target = Fraction(rng.randint(0, 42), 10)
        path = shortest_path(MINI, profile, target, limits=limits, weights=weights)
        ways = [(price, score(MINI, end, weights).ect.low) for price, end in enumerated(profile, limits)]
        enough = [price for price, low in ways if low >= target]
        affordable = [way for way in enough if limits.budget is None or way[0] <= limits.budget]
        assert path.start == score(MINI, profile, weights).ect.low
        assert path.highest == max(low for _, low in ways)
        assert path.reachable == bool(affordable) or path.reason is NoPath.ALREADY
        if path.reason is None:
            starts = sum(action.start for action in path.actions)
            assert (path.cost, path.count, starts) == min(affordable)
            assert path.end == walked(profile, path, weights=weights) >= target
        if path.reason is NoPath.BUDGET:
            assert path.needed == min(enough)[0]
        if path.reason in (NoPath.ABOVE, NoPath.FORBIDDEN, NoPath.UNKNOWN):
            assert not enough
            assert (path.reason is NoPath.ABOVE) == (target > MINI.ect_maximum)
            free = enumerated(profile, replace(limits, forbidden=frozenset()))
            freed = any(score(MINI, end, weights).ect.low >= target for _, end in free)
            assert (path.reason is NoPath.FORBIDDEN) == freed
        reasons.append(path.reason)
    assert set(reasons) == {None, *NoPath}
    assert reasons.count(None) > 100
    assert min(reasons.count(reason) for reason in NoPath) > 5


def walked(profile: Mapping[str, Fraction], path: Path, weights: object, grid: Grid = MINI) -> Fraction:
    """Take the actions one by one, and return the ECT score they lead to."""
    now = dict(profile)
    for action in path.actions:
        before = score(grid, now, weights).ect.low  # type: ignore[arg-type]
        assert now[action.part] == action.start < action.end
        now[action.part] = action.end
        assert score(grid, now, weights).ect.low - before == action.gain  # type: ignore[arg-type]
    return score(grid, now, weights).ect.low  # type: ignore[arg-type]


def test_the_lowest_levels_are_raised_and_come_first() -> None:
    profile = level_profile(1, hybrid_4=0, anchoring_2=0, resilience_5=2)
    path = shortest_path(GRID, profile, Fraction("4.4"))
    assert path.start == Fraction("3.8")
    assert [(a.part, a.start, a.end, a.gain) for a in path.actions] == [
        ("anchoring_2", 0, 1, FIFTH),
        ("hybrid_4", 0, 1, FIFTH),
        (path.actions[2].part, 1, 2, FIFTH),
    ]
    assert (path.end, path.count, path.cost) == (target := path.target, 3, 3)
    assert walked(profile, path, published_weights(GRID), GRID) == target


def test_two_criteria_from_nothing_come_before_one_all_the_way() -> None:
    path = shortest_path(GRID, level_profile(2, hybrid_1=0, hybrid_2=0, hybrid_3=0), Fraction("7.2"))
    assert {a.part for a in path.actions} < {"hybrid_1", "hybrid_2", "hybrid_3"}
    assert [a.start for a in path.actions] == [0, 0]


def test_the_largest_gain_for_its_cost_comes_first_and_what_is_free_before_all() -> None:
    limits = Limits({"hybrid_2": Fraction(1, 2), "hybrid_3": Fraction(0), "hybrid_1": Fraction(3)})
    path = shortest_path(
        GRID, level_profile(2, hybrid_1=1, hybrid_2=1, hybrid_3=1), Fraction(8), limits=limits
    )
    assert [action.part for action in path.actions] == ["hybrid_3", "hybrid_2", "hybrid_1"]
    assert path.cost == Fraction(7, 2)


def test_a_terrain_of_the_report_is_raised_by_pillars() -> None:
    path = shortest_path(GRID, report_profiles()[SUT], Fraction(5))
    assert (path.start, path.end, path.count) == (4, 5, 5)
    assert {action.gain for action in path.actions} == {FIFTH}
    assert levels_of(GRID, path.actions[0]) == (None, None)
    nearly = shortest_path(GRID, report_profiles()[MAISON], Fraction(8))
    assert (nearly.start, nearly.count) == (Fraction("5.6"), 12)


def test_descriptors_say_from_what_to_what() -> None:
    path = shortest_path(GRID, level_profile(0), FIFTH)
    criterion = GRID.criterion(path.actions[0].part)
    assert levels_of(GRID, path.actions[0]) == (criterion.level(0), criterion.level(1))
    from_mean = shortest_path(GRID, level_profile(2, hybrid_1=Fraction(4, 3)), Fraction(8)).actions[0]
    assert levels_of(GRID, from_mean) == (None, GRID.criterion("hybrid_1").level(2))
    undescribed = Action("mirror", Fraction(1), Fraction(3, 2), HALF, Fraction(1))
    assert levels_of(GRID, undescribed) == (None, None)


def test_an_unknown_level_is_no_start() -> None:
    path = shortest_path(GRID, level_profile(1, hybrid_1=None, mirror=None), Fraction(4))
    assert (path.start, path.unknown, path.count) == (Fraction("3.8"), ("hybrid_1",), 1)
    assert path.actions[0].part != "hybrid_1"
    above = shortest_path(GRID, level_profile(2, hybrid_1=None), Fraction(8))
    assert (above.reason, above.highest, above.actions) == (NoPath.UNKNOWN, Fraction("7.6"), ())
    nothing = shortest_path(GRID, {}, Fraction(1))
    assert (nothing.reason, nothing.highest, len(nothing.unknown)) == (NoPath.UNKNOWN, 0, 20)


def test_why_no_path_leads_there() -> None:
    forbidden = Limits(forbidden=frozenset({"hybrid"}))
    barred = shortest_path(GRID, level_profile(1), Fraction("7.2"), limits=forbidden)
    assert (barred.reason, barred.highest, barred.end) == (NoPath.FORBIDDEN, 7, 4)
    assert shortest_path(GRID, level_profile(1), Fraction("8.1")).reason is NoPath.ABOVE
    short = shortest_path(GRID, level_profile(1), Fraction(5), limits=Limits(budget=Fraction(4)))
    assert (short.reason, short.needed, short.reachable) == (NoPath.BUDGET, 5, False)
    had = shortest_path(GRID, level_profile(1), Fraction(4))
    assert (had.reason, had.reachable, had.cost) == (NoPath.ALREADY, True, 0)


def test_a_float_is_refused() -> None:
    with pytest.raises(DomainError) as refusal:
        shortest_path(GRID, level_profile(1), 4.5)  # type: ignore[arg-type]
    assert refusal.value.code == "value_not_exact"
