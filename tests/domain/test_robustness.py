"""SMAA-2: against plain loops over the same draws, against closed forms, and at the edges."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from ect.domain import rank_counts
from ect.domain.alternatives import Alternatives, alternatives
from ect.domain.robustness import Robustness, robustness
from ect.domain.robustness_reading import movements, tiers
from ect.domain.scoring import Profile
from ect.domain.uncertainty import Doubt, Settings, draws
from ect.domain.votes import Vote
from ect.domain.weights import Weights, published_weights
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
    vote,
)
from tests.domain.naive_smaa import firsts, naive
from tests.domain.tables import MINI, random_table, random_weights, table_of

TINY = grid_of([pillar("p", 1)], [selection_criterion("s")])


def only(*doubts: Doubt, draws: int = 10_000, **others: Fraction | int) -> Settings:
    return Settings(draws=draws, doubts=frozenset(doubts), **others)


def compare(table: Alternatives, weights: Weights, settings: Settings, votes: list[Vote]) -> None:
    """Compare every share with plain loops; a draw in which two totals nearly meet may count either way."""
    found = robustness(MINI, table, weights, settings, votes)
    kept = table if Doubt.UNKNOWN in settings.doubts else table.complete
    counts = naive(MINI, kept, weights, settings, votes if Doubt.PARTICIPANTS in settings.doubts else [])
    slack = counts.near / settings.draws + 1e-9
    for one in found.terrains:
        shares = np.array(counts.ranks[one.terrain]) / settings.draws
        assert np.abs(np.array(one.ranks) - shares).max() <= slack
        mean = float((shares * np.arange(1, len(shares) + 1)).sum())
        assert abs(one.expected_rank - mean) <= slack * len(shares)
    assert set(found.duels) == set(kept.terrains)
    for (a, b), won in counts.wins.items():
        assert abs(found.beat(a, b) - won / settings.draws) <= slack


def instances(count: int, unknown: float) -> Iterator[tuple[random.Random, Alternatives, Weights]]:
    for seed in range(count):
        rng = random.Random(seed)
        yield rng, random_table(rng, rng.randint(1, 5), unknown=unknown), random_weights(rng)


def test_weights_alone_equal_plain_loops_on_400_instances() -> None:
    for rng, table, weights in instances(400, 0.0):
        compare(table, weights, only(Doubt.WEIGHTS, draws=40, seed=rng.randint(0, 99)), [])


def test_all_sources_together_equal_plain_loops_on_600_instances() -> None:
    for rng, table, weights in instances(600, 0.15):
        doubts = frozenset(doubt for doubt in Doubt if rng.random() < 0.7)
        votes = random_votes(rng, table)
        table = with_votes(table, votes)
        compare(table, weights, Settings(draws=25, seed=rng.randint(0, 99), doubts=doubts), votes)


def test_central_weights_and_confidence_equal_plain_loops_on_200_instances() -> None:
    compared = never_first = 0
    for rng, table, weights in instances(200, 0.15):
        settings = Settings(
            draws=25,
            seed=rng.randint(0, 99),
            doubts=frozenset(doubt for doubt in Doubt if rng.random() < 0.7),
        )
        votes = random_votes(rng, table)
        table = with_votes(table, votes)
        found = robustness(MINI, table, weights, settings, votes)
        kept = table if Doubt.UNKNOWN in settings.doubts else table.complete
        cast = votes if Doubt.PARTICIPANTS in settings.doubts else []
        firsts_, near = firsts(MINI, kept, weights, settings, cast)
        for one in found.terrains if not near else ():
            if one.central_weights is None:
                assert (firsts_[one.terrain], one.confidence) == ([], None)
                never_first += 1
                continue
            assert one.central_weights == pytest.approx(np.mean(firsts_[one.terrain], axis=0))
            wins, close = firsts(MINI, kept, weights, settings, cast, one.central_weights)
            if not close:
                assert one.confidence == pytest.approx(len(wins[one.terrain]) / settings.draws)
                compared += 1
    assert compared > 200
    assert never_first > 50


def random_votes(rng: random.Random, table: Alternatives) -> list[Vote]:
    voted = [terrain for terrain in table.terrains if rng.random() < 0.5]
    return [
        vote(f"P{person}", code, rng.choice((0, 1, 2)), terrain)
        for terrain in voted
        for code in table.criteria
        if rng.random() < 0.6
        for person in range(1, 4)
        if person == 1 or rng.random() < 0.7
    ]


def with_votes(table: Alternatives, votes: list[Vote]) -> Alternatives:
    """Put the mean of its ballots in each cell that has some."""
    rows = []
    for terrain, row in zip(table.terrains, table.values, strict=True):
        values = list(row)
        for place, code in enumerate(table.criteria):
            given = [v.rating.value for v in votes if (v.terrain, v.rating.criterion) == (terrain, code)]
            if given:
                values[place] = sum(map(Fraction, filter(None, given)), Fraction()) / len(given)
        rows.append(tuple(values))
    return Alternatives(table.terrains, table.criteria, tuple(rows))


def test_two_terrains_that_trade_one_section_for_the_other_follow_the_beta_law() -> None:
    table = table_of(TINY, {"a": (2, 0), "b": (0, 1)})
    weights = Weights(Fraction(2))
    found = robustness(TINY, table, weights, only(Doubt.WEIGHTS, draws=40_000))
    # Shares of the maximum: 4 of 6 for the ECT; a is ahead where 2 v > 1 (1 - v).
    law = stats.beta(2 * (4 / 6) / 0.25, 2 * (2 / 6) / 0.25)
    assert found.of("a").first == pytest.approx(law.sf(1 / 3), abs=0.01)


def test_an_unknown_level_is_each_of_its_answers_as_often() -> None:
    table = table_of(TINY, {"a": (None, 0), "b": (1, 0)})
    found = robustness(TINY, table, published_weights(TINY), only(Doubt.UNKNOWN, draws=30_000))
    # 0, 1 or 2 against 1: last, level, first.
    assert found.of("a").first == pytest.approx(2 / 3, abs=0.01)
    assert found.of("b").first == pytest.approx(2 / 3, abs=0.01)
    assert found.beat("a", "b") == pytest.approx(0.5, abs=0.01)
    assert found.effective == {Doubt.UNKNOWN}


def test_two_participants_who_disagree_make_a_uniform_value() -> None:
    votes = [vote("P1", "p_1", 0, "a"), vote("P2", "p_1", 2, "a")]
    table = table_of(TINY, {"a": (1, 0), "b": ("3/2", 0)})
    found = robustness(TINY, table, published_weights(TINY), only(Doubt.PARTICIPANTS, draws=30_000), votes)
    assert found.of("a").first == pytest.approx(1 / 4, abs=0.01)


def test_a_value_that_was_settled_otherwise_does_not_follow_its_ballots() -> None:
    votes = [vote("P1", "p_1", 0, "a"), vote("P2", "p_1", 2, "a")]
    table = table_of(TINY, {"a": (2, 0), "b": ("3/2", 0)})
    found = robustness(TINY, table, published_weights(TINY), only(Doubt.PARTICIPANTS, draws=100), votes)
    assert found.of("a").first == 1
    assert found.effective == frozenset()


def test_where_level_1_lies_decides_between_two_middles_and_a_two() -> None:
    grid = grid_of([pillar("p", 2)], [selection_criterion("s")])
    table = table_of(grid, {"middles": (1, 1, 0), "extremes": (2, 0, 0)})
    found = robustness(grid, table, published_weights(grid), only(Doubt.MIDDLE, draws=30_000))
    assert found.of("middles").first == pytest.approx(0.5, abs=0.01)


def test_the_ect_keeps_its_47_percent_on_average_where_a_flat_law_gives_69() -> None:
    settings = only(Doubt.WEIGHTS, draws=8192, spread=Fraction(1))
    drawn = np.vstack([chunk.weights for chunk in draws(GRID, published_weights(GRID), settings)])
    assert 2 * drawn.sum(axis=1) == pytest.approx(34)
    share = (2 * drawn[:, :20].sum(axis=1) / 34).mean()
    assert share == pytest.approx(16 / 34, abs=0.01)
    flat = np.random.default_rng(1).dirichlet(np.ones(29), 8192)[:, :20].sum(axis=1).mean()
    assert flat == pytest.approx(0.69, abs=0.01)


def test_the_report_s_table() -> None:
    table = alternatives(GRID, report_profiles())
    found = robustness(GRID, table, published_weights(GRID))
    assert [one.terrain for one in found.terrains] == [EPICERIE, MAISON, SUT]
    assert found.of(EPICERIE).first == pytest.approx(0.92, abs=0.02)
    assert found.of(EPICERIE).confidence == 1
    assert found.effective == {Doubt.WEIGHTS, Doubt.MIDDLE}
    assert max(one.error for one in found.terrains) <= 0.005
    assert found == robustness(GRID, table, published_weights(GRID))
    assert found != robustness(GRID, table, published_weights(GRID), Settings(seed=1))
    assert tiers(found) == ((EPICERIE, MAISON, SUT),)
    assert tiers(found, 0.8) == ((EPICERIE,), (MAISON,), (SUT,))
    weights, middle = movements(GRID, table, published_weights(GRID), found)
    assert (weights.doubt, middle.doubt, middle.unseated) == (Doubt.WEIGHTS, Doubt.MIDDLE, 0)
    assert weights.unseated == pytest.approx(0.08, abs=0.02)
    assert weights.shift > 0


def test_central_weights_are_those_that_favour_a_terrain() -> None:
    table = alternatives(GRID, report_profiles())
    found = robustness(GRID, table, published_weights(GRID), only(Doubt.WEIGHTS))
    central = found.of(MAISON).central_weights
    assert central is not None
    # The Maison is ahead on collective (1.8 against 1.2): first where that weighs more than usual.
    assert sum(central[:5]) > 2.5
    assert 2 * sum(central) == pytest.approx(34)


def test_a_terrain_that_is_never_first_has_no_central_weights() -> None:
    found = robustness(TINY, table_of(TINY, {"a": (2, 2), "b": (1, 1)}), published_weights(TINY))
    assert found.of("b").first == 0
    assert found.of("b").central_weights is None
    assert found.of("b").confidence is None


@pytest.mark.parametrize("doubts", [frozenset({Doubt.WEIGHTS}), frozenset(Doubt), frozenset()])
def test_identical_terrains_share_their_rank(doubts: frozenset[Doubt]) -> None:
    table = table_of(TINY, {"a": (2, 2), "twin": (2, 2), "b": (1, 1)})
    found = robustness(TINY, table, published_weights(TINY), Settings(draws=500, doubts=doubts))
    assert found.of("a").ranks == found.of("twin").ranks == (1.0, 0.0, 0.0)
    assert found.of("b").ranks == (0.0, 0.0, 1.0)
    assert (found.beat("a", "twin"), found.beat("a", "b")) == (0.5, 1.0)
    assert tiers(found) == (("a", "twin"), ("b",))


def test_what_weighs_nothing_tells_no_terrains_apart() -> None:
    weights = Weights(Fraction(2), Fraction(0))
    table = table_of(TINY, {"a": (2, 2), "b": (2, 0)})
    found = robustness(TINY, table, weights, only(Doubt.WEIGHTS, draws=500))
    assert found.of("a").ranks == found.of("b").ranks == (1.0, 0.0)


@pytest.mark.parametrize("profiles", [{}, {"a": level_profile(1)}, {"a": {}}, {"a": {}, "b": {}}])
def test_none_one_and_unknown_ones(profiles: dict[str, Profile]) -> None:
    table = alternatives(GRID, profiles)
    found = robustness(GRID, table, published_weights(GRID), Settings(draws=200))
    assert {one.terrain for one in found.terrains} == set(profiles)
    assert all(sum(one.ranks) == pytest.approx(1) for one in found.terrains)
    aside = robustness(GRID, table, published_weights(GRID), only(Doubt.WEIGHTS, draws=200))
    assert len(aside.terrains) + len(aside.incomplete) == len(profiles)
    assert movements(GRID, table, published_weights(GRID), aside) is not None


def test_a_thousand_terrains_of_every_kind() -> None:
    rng = random.Random(7)
    profiles: dict[str, Profile] = {}
    for place in range(1000):
        if place % 3 == 0:
            profiles[f"t{place}"] = dict(rng.choice(list(report_profiles().values())))
        else:
            profiles[f"t{place}"] = {c.code: Fraction(rng.randint(0, 2)) for c in GRID if rng.random() < 0.99}
    table = alternatives(GRID, profiles)
    found = robustness(GRID, table, published_weights(GRID), Settings(draws=60))
    assert len(found.terrains) == 1000
    assert (len(found.duels), len(found.terrains[0].ranks)) == (30, 30)
    assert sum(one.expected_rank for one in found.terrains) <= 1000 * 1001 / 2
    assert sum(len(group) for group in tiers(found)) == 30


def test_how_much_is_ranked_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = random_table(random.Random(3), 6, unknown=0.1)

    def found() -> Robustness:
        return robustness(MINI, table, published_weights(MINI), Settings(draws=5000))

    whole = found()
    monkeypatch.setattr(rank_counts, "BLOCK_BYTES", 5000)
    for before, after in zip(whole.terrains, found().terrains, strict=True):
        assert (before.terrain, before.ranks, before.confidence) == (
            after.terrain,
            after.ranks,
            after.confidence,
        )
        assert before.central_weights == pytest.approx(after.central_weights)


def test_progress_is_told_and_ends_the_work() -> None:
    told: list[tuple[int, int]] = []
    table = alternatives(GRID, report_profiles())
    robustness(
        GRID, table, published_weights(GRID), Settings(draws=9000), progress=lambda *at: told.append(at)
    )
    assert told[-1] == (9000, 9000)
    assert told == sorted(told)

    def stop(_done: int, _wanted: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        robustness(GRID, table, published_weights(GRID), progress=stop)
