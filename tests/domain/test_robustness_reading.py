"""Tiers are told apart pair by pair; what each source moves is read over the same terrains."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from ect.domain.robustness import Acceptance, Robustness, robustness
from ect.domain.robustness_reading import Movement, movements, tiers
from ect.domain.uncertainty import Doubt, Settings
from ect.domain.votes import Vote
from ect.domain.weights import Weights, published_weights
from tests.domain.builders import grid_of, pillar, selection_criterion, vote
from tests.domain.tables import MINI, random_table, random_weights, table_of

TINY = grid_of([pillar("p", 1)], [selection_criterion("s")])
W = published_weights(TINY)


def having(beats: list[list[float]], others: int = 0) -> Robustness:
    """Return a result with these duels, the terrains in their order, and others that had none."""
    names = tuple(f"t{i}" for i in range(len(beats)))
    more = tuple(f"u{i}" for i in range(others))
    terrains = tuple(Acceptance(name, (0.0,), 1.0, 0.0, None, None) for name in (*names, *more))
    return Robustness(Settings(), frozenset(), terrains, names, tuple(map(tuple, beats)), ())


def finest(found: Robustness, certain: float) -> tuple[tuple[str, ...], ...]:
    """Try every way to cut the order; keep the one of most groups that are certain pair by pair."""
    names, best = found.duels, ((),)
    for cuts in range(len(names)):
        for ends in combinations(range(1, len(names)), cuts):
            groups = tuple(names[a:b] for a, b in pairwise((0, *ends, len(names))))
            if all(
                found.beat(above, below) >= certain
                for one, other in combinations(groups, 2)
                for above in one
                for below in other
            ):
                best = groups
    return best


def test_tiers_are_the_finest_cut_that_is_certain_pair_by_pair() -> None:
    several = 0
    for seed in range(400):
        rng = random.Random(seed)
        size = rng.randint(1, 6)
        beats = [[0.5] * size for _ in range(size)]
        for i, j in combinations(range(size), 2):
            beats[i][j] = rng.choice((0.6, 0.94, 0.95, 0.95, 0.97, 1.0, 1.0, 1.0))
            beats[j][i] = 1 - beats[i][j]
        found = having(beats, others=rng.randint(0, 2))
        assert tiers(found) == finest(found, 0.95)
        several += len(tiers(found)) > 1
    assert 50 < several < 350


def test_a_terrain_that_one_far_above_does_not_surely_beat_joins_its_group() -> None:
    # c is surely behind a and b, but d, further down, is not surely behind a.
    beats = [[0.5, 0.9, 0.99, 0.9], [0.1, 0.5, 0.99, 0.99], [0.01, 0.01, 0.5, 0.99], [0.1, 0.01, 0.01, 0.5]]
    assert tiers(having(beats)) == (("t0", "t1", "t2", "t3"),)


def test_no_terrain_makes_no_tier() -> None:
    assert tiers(having([])) == ()
    assert tiers(having([[0.5]])) == (("t0",),)


def moved(
    rows: dict[str, tuple[int | str | None, ...]], votes: list[Vote] | None = None
) -> dict[Doubt, Movement]:
    table = table_of(TINY, rows)
    found = robustness(TINY, table, W, Settings(draws=2000), votes or [])
    return {one.doubt: one for one in movements(TINY, table, W, found, votes or [])}


def test_an_unknown_level_that_changes_no_place_moves_nothing() -> None:
    # x is first whatever its level, and was never out of the ranking of the other sources.
    found = moved({"x": (2, None), "a": (1, 0), "b": ("1/2", 0), "c": (0, 0)})
    assert set(found) == {Doubt.UNKNOWN, Doubt.WEIGHTS, Doubt.MIDDLE}
    assert all((one.unseated, one.shift) == (0, 0) for one in found.values())


def test_an_unknown_level_that_decides_moves_what_it_decides() -> None:
    # As things stand, at the middle of its levels, x is level with a; one time in two it is behind.
    found = moved({"x": (1, None), "a": (1, 1)})
    one = found[Doubt.UNKNOWN]
    # Level, x and a are first; the best of both stays first 3 times in 5: 1, 3/2, 2 or 0, 1/2, 1.
    assert one.unseated == pytest.approx(2 / 5, abs=0.03)
    assert one.shift == pytest.approx(2 / 5, abs=0.03)


def test_ratings_that_are_split_move_more_than_weights() -> None:
    votes = [vote("P1", "p_1", 0, "a"), vote("P2", "p_1", 2, "a")]
    found = moved({"a": (1, 1), "b": ("4/5", "4/5")}, votes)
    assert found[Doubt.WEIGHTS].unseated == 0
    # a is at 2 u for u drawn evenly: behind where 4 u + 1 < 4 x 0.8 / 2 + 0.8.
    assert found[Doubt.PARTICIPANTS].unseated == pytest.approx((2 * 0.8 + 0.8 - 1) / 4, abs=0.03)
    assert next(iter(found)) is Doubt.PARTICIPANTS


def test_every_source_is_compared_over_the_same_terrains() -> None:
    for seed in range(60):
        rng = random.Random(seed)
        table = random_table(rng, rng.randint(0, 4), unknown=0.2)
        weights: Weights = random_weights(rng)
        doubts = frozenset(doubt for doubt in Doubt if rng.random() < 0.7)
        found = robustness(MINI, table, weights, Settings(draws=30, doubts=doubts))
        moves = movements(MINI, table, weights, found)
        assert {one.doubt for one in moves} == found.effective
        assert all(0 <= one.unseated <= 1 and one.shift >= 0 for one in moves)
        assert [one.unseated for one in moves] == sorted((one.unseated for one in moves), reverse=True)


def test_where_unknown_levels_are_not_drawn_incomplete_terrains_stay_aside() -> None:
    table = table_of(TINY, {"x": (2, None), "a": (2, 0), "b": (0, 1)})
    settings = Settings(draws=500, doubts=frozenset({Doubt.WEIGHTS}), spread=Fraction(1))
    found = robustness(TINY, table, W, settings)
    (one,) = movements(TINY, table, W, found)
    assert found.incomplete == ("x",)
    # a is first as things stand; it is behind as often as b is first.
    assert one.unseated == pytest.approx(found.of("b").first)
