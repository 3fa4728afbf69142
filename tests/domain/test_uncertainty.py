"""What is drawn does not depend on how much is drawn at a time, nor on what else is drawn."""

from __future__ import annotations

from dataclasses import astuple
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from ect.domain.errors import DomainError
from ect.domain.uncertainty import CHUNK, Doubt, Draws, Settings, draws
from ect.domain.weights import Weights, published_weights
from tests.domain.builders import GRID, grid_of, pillar, selection_criterion
from tests.domain.tables import MINI

COUNT = CHUNK + 904
ANSWERS = (3, 5, 3, 2, 5, 3, 1)


def drawn(size: int = CHUNK, doubts: frozenset[Doubt] = frozenset(Doubt)) -> list[Draws]:
    settings = Settings(draws=COUNT, doubts=doubts)
    return list(draws(GRID, published_weights(GRID), settings, 3, ANSWERS, size))


def whole(blocks: list[Draws]) -> list[np.ndarray]:
    return [np.concatenate(part) for part in zip(*map(astuple, blocks), strict=True)]


@pytest.mark.parametrize("size", [1, 7, 1000, CHUNK, 10 * CHUNK])
def test_the_size_of_a_block_changes_no_number(size: int) -> None:
    blocks = drawn(size)
    assert max(len(block.middle) for block in blocks) == min(size, CHUNK)
    for one, other in zip(whole(blocks), whole(drawn()), strict=True):
        assert (one == other).all()
        assert len(one) == COUNT


@pytest.mark.parametrize("off", list(Doubt))
def test_a_source_that_is_put_off_changes_no_number_of_another(off: Doubt) -> None:
    place = [Doubt.WEIGHTS, Doubt.MIDDLE, Doubt.PARTICIPANTS, Doubt.UNKNOWN].index(off)
    for part, (one, other) in enumerate(
        zip(whole(drawn()), whole(drawn(doubts=frozenset(Doubt) - {off})), strict=True)
    ):
        # Unknown levels are drawn wherever there are some: who asks for none is given none.
        assert (one == other).all() == (part != place or off is Doubt.UNKNOWN)


def test_unknown_levels_are_answers_of_their_criterion_each_as_often() -> None:
    levels = whole(drawn())[3]
    for column, answers in zip(levels.T, ANSWERS, strict=True):
        found, times = np.unique(column, return_counts=True)
        assert found == pytest.approx(np.linspace(0, 2, answers) if answers > 1 else [0])
        assert times / COUNT == pytest.approx(1 / answers, abs=0.03)


@pytest.mark.parametrize("spread", [Fraction(1, 4), Fraction(1, 2), Fraction(1)])
def test_weights_are_the_committee_s_on_average_and_vary_by_the_stated_law(spread: Fraction) -> None:
    weights = Weights(Fraction(3), Fraction(1), {"p": Fraction(2), "q_1": Fraction(5), "s": Fraction()})
    settings = Settings(draws=40_000, doubts=frozenset({Doubt.WEIGHTS}), spread=spread)
    given = np.concatenate([block.weights for block in draws(MINI, weights, settings)])
    ect = given[:, :5].sum(axis=1) / given.sum(axis=1)
    p = given[:, :2].sum(axis=1) / given[:, :5].sum(axis=1)
    q_1 = given[:, 2] / given[:, 2:5].sum(axis=1)
    # Two pillars and two selection criteria: 3 x 4 of 16 points; then 2 of 3; then 5 of 7.
    for shares, mean, size in ((ect, 12 / 16, 2), (p, 2 / 3, 2), (q_1, 5 / 7, 3)):
        concentration = size / float(spread) ** 2
        deviation = (mean * (1 - mean) / (concentration + 1)) ** 0.5
        assert shares.mean() == pytest.approx(mean, abs=0.006)
        assert shares.std() == pytest.approx(deviation, rel=0.03)
    assert (given[:, 5] == 0).all()


@pytest.mark.parametrize(
    "spread", [Fraction(1, 5), Fraction(1, 4), Fraction(2, 5), Fraction(1, 2), Fraction(1)]
)
def test_equal_weights_share_their_group_by_dirichlet_s_law(spread: Fraction) -> None:
    settings = Settings(draws=20_000, doubts=frozenset({Doubt.WEIGHTS}), spread=spread)
    given = np.concatenate([block.weights for block in draws(GRID, published_weights(GRID), settings)])
    own = 1 / float(spread) ** 2
    for start, size in ((0, 5), (15, 5), (20, 9)):
        group = given[:, start : start + size]
        shares = group / group.sum(axis=1, keepdims=True)
        law = stats.beta(own, own * (size - 1))
        assert all(stats.kstest(share, law.cdf).pvalue > 0.001 for share in shares.T)
        apart = np.corrcoef(shares.T)[~np.eye(size, dtype=bool)]
        assert apart == pytest.approx(-1 / (size - 1), abs=0.04)


def test_who_is_alone_in_a_group_has_all_of_it() -> None:
    grid = grid_of([pillar("p", 1)], [selection_criterion("s")])
    settings = Settings(draws=5000, doubts=frozenset({Doubt.WEIGHTS}), spread=Fraction(1))
    (first, *others) = draws(grid, Weights(Fraction(2), Fraction()), settings)
    for block in (first, *others):
        # All 6 points: 3 for each of the 2 a criterion may have.
        assert (block.weights == [3, 0]).all()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"draws": 0}, "draws_out_of_range"),
        ({"draws": 1_000_001}, "draws_out_of_range"),
        ({"seed": -1}, "seed_out_of_range"),
        ({"spread": Fraction(0)}, "spread_out_of_range"),
        ({"spread": Fraction(2)}, "spread_out_of_range"),
        ({"middle": Fraction(-1)}, "spread_out_of_range"),
    ],
)
def test_settings_out_of_range_are_refused(wrong: dict[str, int], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        Settings(**wrong)
