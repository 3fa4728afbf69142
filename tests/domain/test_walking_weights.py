from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, pairwise

from ect.domain.alternatives import alternatives
from ect.domain.walking_weights import walking_weights
from ect.domain.weight_lines import movable_codes, weights_at
from ect.domain.weights import published_weights
from tests.domain.builders import EPICERIE, GRID, MAISON, SUT, level_profile, report_profiles
from tests.domain.tables import MINI, random_table, random_weights

PUBLISHED = published_weights(GRID)


def test_the_report_s_terrains_walk_along_the_ect() -> None:
    walk = walking_weights(GRID, alternatives(GRID, report_profiles()), PUBLISHED, "ect")
    maison = next(line for line in walk.along.lines if line.terrain == MAISON)
    assert (maison.start, maison.end) == (Fraction(12 * 34, 18), Fraction("5.6") * 34 / 8)
    assert [(x.weight, x.groups) for x in walk.crossings] == [
        (Fraction(15, 16), ((MAISON, SUT),)),
        (Fraction("12.5"), ((MAISON, EPICERIE),)),
    ]
    assert [(x.low_weight, x.high_weight, x.terrains) for x in walk.reigns] == [
        (0, Fraction("12.5"), (EPICERIE,)),
        (Fraction("12.5"), None, (MAISON,)),
    ]


def test_crossings_and_reigns_are_those_of_an_evaluation() -> None:
    rng, crossed = random.Random(1997), 0
    for _ in range(1000):
        table, weights = random_table(rng, rng.randint(0, 6)), random_weights(rng)
        code = rng.choice(movable_codes(MINI, weights))
        walk = walking_weights(MINI, table, weights, code)
        totals = {
            share: table.totals(MINI, weights_at(MINI, weights, code, share))
            for share in {x.share for x in walk.crossings} | {(x.low + x.high) / 2 for x in walk.reigns}
        }
        for crossing in walk.crossings:
            assert [sorted(group) for group in crossing.groups] == tied(
                totals[crossing.share], walk.along.lines
            )
        for reign in walk.reigns:
            here = totals[(reign.low + reign.high) / 2]
            assert set(reign.terrains) == {t for t, total in here.items() if total == max(here.values())}
        assert [x.high for x in walk.reigns][:-1] == [x.low for x in walk.reigns][1:]
        if table.terrains:
            assert (walk.reigns[0].low, walk.reigns[-1].high) == (0, 1)
        assert all(set(a.terrains) != set(b.terrains) for a, b in pairwise(walk.reigns))
        assert {
            frozenset(p) for x in walk.crossings for g in x.groups for p in combinations(g, 2)
        } >= swapped(walk.along.lines)
        crossed += len(walk.crossings)
    assert crossed > 1000


def tied(totals: dict[str, Fraction], lines: tuple) -> list[list[str]]:  # type: ignore[type-arg]
    """Return the groups at one total, highest first, that are not one line."""
    ends = {line.terrain: (line.start, line.end) for line in lines}
    groups = [sorted(t for t in totals if totals[t] == total) for total in sorted(set(totals.values()))[::-1]]
    return [group for group in groups if len({ends[terrain] for terrain in group}) > 1]


def swapped(lines: tuple) -> set[frozenset[str]]:  # type: ignore[type-arg]
    return {
        frozenset((a.terrain, b.terrain))
        for a, b in combinations(lines, 2)
        if (a.start - b.start) * (a.end - b.end) < 0
    }


def test_only_the_crossings_of_the_terrains_asked_for_are_given() -> None:
    table = alternatives(GRID, report_profiles())
    walk = walking_weights(GRID, table, PUBLISHED, "ect", among=(MAISON, SUT))
    assert [x.groups for x in walk.crossings] == [((MAISON, SUT),)]
    assert len(walk.along.lines) == 3


def test_nothing_walks_where_nothing_is_complete() -> None:
    walk = walking_weights(GRID, alternatives(GRID, {"vaux": {}}), PUBLISHED, "ect")
    assert (walk.along.lines, walk.crossings, walk.reigns) == ((), (), ())
    assert walk.along.incomplete == ("vaux",)


def test_twins_reign_together() -> None:
    twins = alternatives(GRID, {"a": level_profile(2), "b": level_profile(2), "c": level_profile(1)})
    walk = walking_weights(GRID, twins, PUBLISHED, "mirror")
    assert [x.terrains for x in walk.reigns] == [("a", "b")]
    assert walk.crossings == ()
