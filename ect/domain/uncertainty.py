"""What is uncertain in a ranking, and draws of it: weights, participants, unknown levels, level 1.

Each source has its own generator, spawned from one seed: putting one on or off changes no draw of
another. Numbers are drawn in one order whatever the size of the blocks they are given in, so that how
much memory is used changes no result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ect.domain.errors import DomainError
from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.weights import ECT, SELECTION, Weights, point_weights, shares_of

CHUNK = 16_384
MOST_DRAWS = 1_000_000
MOST_SUMMED = 16

Floats = NDArray[np.float64]


class Doubt(StrEnum):
    """A source of uncertainty."""

    WEIGHTS = "weights"
    PARTICIPANTS = "participants"
    UNKNOWN = "unknown"
    MIDDLE = "middle"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is drawn, and how often.

    Attributes
    ----------
    draws
        How many rankings are drawn (1 to 1,000,000).
    seed
        The same seed (0 or more) gives the same result.
    doubts
        The sources that are on.
    spread
        How far weights are drawn from those of the committee (above 0, at most 1). In each group
        of k siblings the shares follow a Dirichlet law whose mean is the committee's shares and
        whose concentration is k / spread^2: at 1 and equal weights every way to share is as likely,
        at 1/2 a weight among five varies by about 45 % of itself.
    middle
        Level 1 is drawn evenly between 1 - middle and 1 + middle (0..1): an ordinal level has no
        place of its own between 0 and 2.

    Raises
    ------
    DomainError
        ``"draws_out_of_range"``, ``"seed_out_of_range"`` or ``"spread_out_of_range"``.

    """

    draws: int = 10_000
    seed: int = 2023
    doubts: frozenset[Doubt] = frozenset(Doubt)
    spread: Fraction = Fraction(1, 2)
    middle: Fraction = Fraction(1, 2)

    def __post_init__(self) -> None:
        if not 1 <= self.draws <= MOST_DRAWS:
            raise DomainError("draws_out_of_range", value=self.draws, limit=MOST_DRAWS)
        if self.seed < 0:
            raise DomainError("seed_out_of_range", value=self.seed)
        if not 0 < self.spread <= 1:
            raise DomainError("spread_out_of_range", value=self.spread)
        if not 0 <= self.middle <= 1:
            raise DomainError("spread_out_of_range", value=self.middle)


@dataclass(frozen=True, slots=True)
class Draws:
    """One block of c draws.

    Attributes
    ----------
    weights
        c x m: what a point (0..2) of each criterion is worth; twice a row's sum is the maximum. Or
        1 x m: the same in every draw.
    middle
        c: the value of level 1, on 0..2.
    people
        c x p: the weight of each participant (1 on average); empty if nobody's is drawn.
    unknown
        c x u: the level drawn for each unknown cell (0..2).

    """

    weights: Floats
    middle: Floats
    people: Floats
    unknown: Floats


def draws(
    grid: Grid,
    weights: Weights,
    settings: Settings,
    people: int = 0,
    unknown: Collection[int] = (),
    size: int = CHUNK,
) -> Iterator[Draws]:
    """Yield the draws, block by block.

    Weights are drawn group by group, as a committee gives them: the sections, the pillars of the
    ECT, the criteria of each pillar, the selection criteria. One flat Dirichlet law over the 29
    criteria would give the ECT 69 % of the points, where the published rule gives 47 %.
    Participants are drawn by the Bayesian bootstrap (Rubin 1981), one weight a person for the whole
    grid.

    Parameters
    ----------
    grid, weights, settings
        What the committee weighs, and what is drawn around it.
    people
        How many participants there are.
    unknown
        For each unknown cell, how many answers its criterion has (3: 0, 1 and 2).
    size
        How many draws a block holds at the most (1 or more).

    """
    seeds = np.random.SeedSequence(settings.seed).spawn(len(Doubt))
    by_doubt = {doubt: np.random.default_rng(seed) for doubt, seed in zip(Doubt, seeds, strict=True)}
    groups = _groups(grid, weights)
    fixed = np.array([[float(worth) for worth in point_weights(grid, weights).values()]])
    counts = np.array(list(unknown), dtype=np.int64)
    for start in range(0, settings.draws, CHUNK):
        count = min(CHUNK, settings.draws - start)
        drawn = np.broadcast_to(fixed, (count, fixed.shape[1]))
        if Doubt.WEIGHTS in settings.doubts:
            drawn = _weights(groups, grid.maximum, float(settings.spread), count, by_doubt[Doubt.WEIGHTS])
        middle = np.ones(count)
        if Doubt.MIDDLE in settings.doubts:
            reach = float(settings.middle)
            middle = by_doubt[Doubt.MIDDLE].uniform(1 - reach, 1 + reach, count)
        voices = np.ones((count, people))
        if Doubt.PARTICIPANTS in settings.doubts:
            voices = by_doubt[Doubt.PARTICIPANTS].standard_exponential((count, people))
        for first in range(0, count, size):
            part = slice(first, min(first + size, count))
            # There may be thousands of unknown cells: a whole chunk of them would not fit.
            levels = _levels(counts, part.stop - first, by_doubt[Doubt.UNKNOWN])
            yield Draws(drawn[part], middle[part], voices[part], levels)


def _levels(answers: NDArray[np.int64], count: int, rng: np.random.Generator) -> Floats:
    """Return count x u levels, each answer of a cell as likely; one after the other, whatever the count."""
    places = rng.integers(0, answers, (count, len(answers)))
    return np.asarray(TOP_LEVEL * places / np.maximum(answers - 1, 1))


@dataclass(frozen=True, slots=True)
class _Groups:
    """The committee's shares of each group: exact, each summing to 1."""

    sections: list[Fraction]
    pillars: list[Fraction]
    criteria: list[list[Fraction]]
    selection: list[Fraction]


def _groups(grid: Grid, weights: Weights) -> _Groups:
    ect, selection = weights.ect * grid.ect_maximum, weights.selection * grid.selection_maximum
    return _Groups(
        sections=[ect / (ect + selection), selection / (ect + selection)],
        pillars=list(shares_of(grid.pillars, weights, ECT).values()),
        criteria=[list(shares_of(p.criteria, weights, p.code).values()) for p in grid.pillars],
        selection=list(shares_of(grid.selection, weights, SELECTION).values()),
    )


def _weights(groups: _Groups, maximum: int, spread: float, count: int, rng: np.random.Generator) -> Floats:
    """Return count x m points per point: each group's shares drawn around the committee's."""
    sections = _shares(groups.sections, spread, count, rng) * np.float32(maximum / TOP_LEVEL)
    pillars = _shares(groups.pillars, spread, count, rng) * sections[0]
    parts = [
        _shares(own, spread, count, rng) * pillar
        for own, pillar in zip(groups.criteria, pillars, strict=True)
    ]
    parts.append(_shares(groups.selection, spread, count, rng) * sections[1])
    return np.concatenate(parts, dtype=np.float64).T


def _shares(
    given: list[Fraction], spread: float, count: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Return k x count shares by a Dirichlet law of that mean; what weighs 0 keeps 0."""
    if len(given) == 1:
        return np.ones((1, count), np.float32)
    concentration = len(given) / spread**2
    if len(set(given)) == 1:
        drawn = _gammas(concentration / len(given), (len(given), count), rng)
    else:
        shapes = np.array([[float(share) * concentration] for share in given], dtype=np.float32)
        drawn = rng.standard_gamma(shapes, (len(given), count), dtype=np.float32)
    return np.asarray(drawn / drawn.sum(axis=0))


def _gammas(shape: float, size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    """Return figures of one gamma law: of a whole shape, the sum of as many exponential ones (Erlang)."""
    if shape.is_integer() and shape <= MOST_SUMMED:
        # One logarithm of a product of 0 < u <= 1: several times as fast as any other way.
        chances = 1 - rng.random((int(shape), *size), dtype=np.float32)
        return np.asarray(-np.log(chances.prod(axis=0)))
    return rng.standard_gamma(shape, size, dtype=np.float32)
