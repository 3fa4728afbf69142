"""SMAA-2 against closed forms, and against the figures of another program.

The test suite of JSMAA, an open-source SMAA program, gives a model of four antidepressants with its
results (``SMAA2SimulationTest``, ``testCorrectResultsWithBRModel``): 4 drugs, 6 criteria, measurements
drawn, no preference. The drugs, the law of their measurements and the results below are those.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from ect.domain.rank_counts import RankCounts
from ect.domain.robustness import Robustness, robustness
from ect.domain.uncertainty import Doubt, Floats, Settings, draws
from ect.domain.weights import Weights
from tests.domain.builders import grid_of, pillar, selection_criterion
from tests.domain.tables import table_of

SIZE = 4
ERROR = 0.01


def flat(size: int, rows: dict[str, tuple[int | str, ...]], count: int = 40_000) -> Robustness:
    """Draw only the weights of one pillar's criteria, every way to share being as likely."""
    grid = grid_of([pillar("p", size)], [selection_criterion("s")])
    table = table_of(grid, {terrain: (*row, 0) for terrain, row in rows.items()})
    settings = Settings(draws=count, doubts=frozenset({Doubt.WEIGHTS}), spread=Fraction(1))
    return robustness(grid, table, Weights(Fraction(1), Fraction(0)), settings)


def specialists(size: int) -> dict[str, tuple[int | str, ...]]:
    """Return as many terrains as criteria, each at 2 on its own one and at 0 elsewhere."""
    return {f"t{own}": tuple(2 * (own == c) for c in range(size)) for own in range(size)}


def test_specialists_have_every_rank_as_often_and_order_statistics_as_central_weights() -> None:
    found = flat(SIZE, specialists(SIZE))
    # The greatest of k shares drawn evenly is (1 + 1/2 + ... + 1/k) / k on average.
    greatest = sum(1 / i for i in range(1, SIZE + 1)) / SIZE
    for own in range(SIZE):
        one = found.of(f"t{own}")
        assert one.ranks == pytest.approx([1 / SIZE] * SIZE, abs=ERROR)
        assert one.expected_rank == pytest.approx((SIZE + 1) / 2, abs=3 * ERROR)
        assert one.confidence == 1
        assert one.central_weights is not None
        shares = np.array(one.central_weights[:SIZE]) / sum(one.central_weights)
        rest = (1 - greatest) / (SIZE - 1)
        assert shares == pytest.approx([greatest if c == own else rest for c in range(SIZE)], abs=ERROR)
    assert np.array(found.beats) == pytest.approx(0.5, abs=ERROR)


@pytest.mark.parametrize("value", ["3/5", "4/5", "1"])
def test_a_compromise_has_the_ranks_of_stevens_law(value: str) -> None:
    found = flat(SIZE, specialists(SIZE) | {"compromise": (value,) * SIZE})
    # As many are ahead of it as there are shares above t: Stevens 1939, by inclusion and exclusion.
    t = float(Fraction(value)) / 2
    at_least = [comb(SIZE, j) * max(0.0, 1 - j * t) ** (SIZE - 1) for j in range(SIZE + 1)]
    exactly = [
        sum((-1) ** (i - j) * comb(i, j) * at_least[i] for i in range(j, SIZE + 1)) for j in range(SIZE + 1)
    ]
    assert sum(exactly) == pytest.approx(1)
    assert found.of("compromise").ranks == pytest.approx(exactly, abs=ERROR)


def test_terrains_known_alike_have_binomial_ranks_ties_sharing_the_better_one() -> None:
    count = 5
    grid = grid_of([pillar("p", 1)], [selection_criterion("s")])
    table = table_of(grid, {f"t{i}": (None, 1) for i in range(count)})
    settings = Settings(draws=30_000, doubts=frozenset({Doubt.UNKNOWN}))
    found = robustness(grid, table, Weights(Fraction(2)), settings)
    expected = [
        sum(
            comb(count - 1, ahead) * p**ahead * (1 - p) ** (count - 1 - ahead)
            for p in (0, 1 / 3, 2 / 3)  # that another level is above 2, above 1, above 0
        )
        / 3
        for ahead in range(count)
    ]
    for one in found.terrains:
        assert one.ranks == pytest.approx(expected, abs=ERROR)


def test_the_error_is_the_binomial_one_and_at_most_half_a_point() -> None:
    found = flat(SIZE, specialists(SIZE), count=10_000)
    for one in found.terrains:
        assert one.error == pytest.approx(max((p * (1 - p) / 10_000) ** 0.5 for p in one.ranks))
        assert one.error <= 0.005


# By drug: mean and standard deviation of each criterion; the first is lognormal, more is better; the
# others are rates of side effects in percent, less is better.
DRUGS: dict[str, list[tuple[float, float]]] = {
    "fluoxetine": [(0, 0), (11.7, 2.5), (7.2, 1.45), (16.6, 3.27), (13.7, 1.89), (18.6, 1.79)],
    "paroxetine": [(0.086, 0.056), (9.2, 1.86), (10.6, 1.58), (21.2, 5.15), (14.3, 2.93), (18.3, 3.7)],
    "sertraline": [(0.095, 0.044), (15.4, 2.65), (7.5, 1.48), (20.2, 3.78), (15.0, 3.21), (19.5, 2.6)],
    "venlafaxine": [(0.113, 0.048), (5.5, 2.32), (15.7, 4.44), (12.8, 2.45), (11.2, 3.98), (31.0, 1.68)],
}
RANKS = {
    "fluoxetine": [0.20, 0.28, 0.30, 0.22],
    "paroxetine": [0.25, 0.29, 0.27, 0.19],
    "sertraline": [0.17, 0.25, 0.29, 0.30],
    "venlafaxine": [0.39, 0.18, 0.15, 0.29],
}
CENTRAL = {
    "fluoxetine": [0.08, 0.14, 0.23, 0.18, 0.16, 0.22],
    "paroxetine": [0.18, 0.17, 0.15, 0.13, 0.15, 0.22],
    "sertraline": [0.21, 0.10, 0.22, 0.13, 0.15, 0.20],
    "venlafaxine": [0.18, 0.21, 0.12, 0.21, 0.19, 0.09],
}
PRINTED = 0.02  # how near JSMAA's own tests want them


def measured(count: int) -> Floats:
    """Return draws x drugs x criteria: 0..1 from the worst to the best end of the 95 % intervals."""
    rng = np.random.default_rng(2010)
    mean, spread = np.moveaxis(np.array(list(DRUGS.values())), -1, 0)
    ends = mean + 1.96 * np.multiply.outer([-1, 1], spread)
    drawn = rng.normal(mean, spread, (count, *mean.shape))
    drawn[..., 0], ends[..., 0] = np.exp(drawn[..., 0]), np.exp(ends[..., 0])
    low, high = ends[0].min(axis=0), ends[1].max(axis=0)
    values = (drawn - low) / (high - low)
    values[..., 1:] = 1 - values[..., 1:]
    return np.asarray(values)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_antidepressants_of_jsmaa(kind: type[np.float32 | np.float64]) -> None:
    count, criteria = 20_000, 6
    grid = grid_of([pillar("p", criteria)], [selection_criterion("s")])
    settings = Settings(draws=count, doubts=frozenset({Doubt.WEIGHTS}), spread=Fraction(1))
    counts = RankCounts(np.ones(len(DRUGS), np.int64), len(DRUGS), len(DRUGS), criteria)
    values = measured(count)
    start = 0
    for block in draws(grid, Weights(Fraction(1), Fraction(0)), settings, size=1000):
        shares = block.weights[:, :criteria] / block.weights.sum(axis=1, keepdims=True)
        totals = np.einsum("dac,dc->da", values[start : start + len(shares)], shares)
        counts.add((1 + totals).astype(kind), shares)
        start += len(shares)
    assert start == count
    for drug, name in enumerate(DRUGS):
        assert counts.acceptability[drug, :-1] / count == pytest.approx(RANKS[name], abs=PRINTED)
        central = counts.first_weights[drug] / counts.acceptability[drug, 0]
        assert central == pytest.approx(CENTRAL[name], abs=PRINTED)
