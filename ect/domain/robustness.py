"""How sure a ranking is: acceptability of each rank when weights, ratings and unknowns are drawn.

Source: SMAA-2, Lahdelma & Salminen 2001 (rank acceptability, central weights, confidence factor);
pairwise winning: Leskinen et al. 2006. Weights are drawn around the committee's, and not over all
weights. Rank 1 is one more than the terrains strictly ahead: terrains that are level share a rank,
so that the acceptabilities of one rank may sum to more than 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.rank_counts import GRAIN, RankCounts, block_size
from ect.domain.uncertain_rows import UncertainRows, uncertain_rows
from ect.domain.uncertainty import Doubt, Draws, Settings, draws
from ect.domain.votes import Vote
from ect.domain.weights import Weights

RANKS_SHOWN, DUELS, CONTENDERS = 30, 30, 10

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What becomes of one terrain over the draws.

    Attributes
    ----------
    terrain
        Its code.
    ranks
        The share (0..1) of the draws in which it has rank 1, 2, ... (30 at the most).
    expected_rank
        Its mean rank (1 or more).
    error
        The greatest standard error (0..1) of ``ranks``, from the number of draws.
    central_weights
        The mean weights (points a point of each criterion, in the order of the grid) of the draws in
        which it is first; ``None`` if it never is.
    confidence
        How often (0..1) it is first under its central weights, all else drawn as before; ``None`` if
        it is never first, or not among the ten that are first most often.

    """

    terrain: str
    ranks: tuple[float, ...]
    expected_rank: float
    error: float
    central_weights: tuple[float, ...] | None
    confidence: float | None

    @property
    def first(self) -> float:
        """How often it is first (0..1)."""
        return self.ranks[0]


@dataclass(frozen=True, slots=True)
class Robustness:
    """What the draws say.

    Attributes
    ----------
    settings
        What was drawn; the same gives the same.
    effective
        The sources that had something to draw: no unknown level, no ballot, no doubt of it.
    terrains
        Every terrain ranked, by mean rank, then as they came.
    duels
        The codes of the terrains of ``beats``: the best by the committee's own weights, 30 at the most.
    beats
        How often (0..1) the one (row) is ahead of the other (column), a tie counting as half.
    incomplete
        The terrains set aside: something is unknown of them, and unknown levels are not drawn.

    """

    settings: Settings
    effective: frozenset[Doubt]
    terrains: tuple[Acceptance, ...]
    duels: tuple[str, ...]
    beats: tuple[tuple[float, ...], ...]
    incomplete: tuple[str, ...]

    def of(self, terrain: str) -> Acceptance:
        """Return what becomes of a terrain; ``KeyError`` if it is not ranked."""
        return {one.terrain: one for one in self.terrains}[terrain]

    def beat(self, one: str, other: str) -> float:
        """Return how often (0..1) one terrain of ``duels`` is ahead of another."""
        return self.beats[self.duels.index(one)][self.duels.index(other)]


def robustness(
    grid: Grid,
    table: Alternatives,
    weights: Weights,
    settings: Settings | None = None,
    votes: Iterable[Vote] = (),
    progress: Progress | None = None,
) -> Robustness:
    """Rank the terrains under each draw of what is uncertain.

    Parameters
    ----------
    grid, table, weights
        The terrains, and the weights of the committee.
    settings
        What is drawn: all four sources, 10,000 times, if absent.
    votes
        The ballots behind the values: a cell whose value is the mean of its ballots is drawn with
        its participants; one that was settled otherwise stays as it is.
    progress
        Called with the draws done and the draws wanted; what it raises ends the work.

    Returns
    -------
    Robustness
        Of 10,000 draws, no share is off by more than about half a point (one standard error).

    Raises
    ------
    DomainError
        As :func:`ect.domain.weights.point_weights`.

    """
    settings = settings or Settings()
    rows = uncertain_rows(grid, table, weights, settings, tuple(votes))
    counts = _counted(grid, weights, settings, rows, progress)
    confidence = _confidence(grid, weights, settings, rows, counts)
    return _read(settings, rows, counts, confidence)


def _counted(
    grid: Grid, weights: Weights, settings: Settings, rows: UncertainRows, progress: Progress | None
) -> RankCounts:
    """Count the ranks over every draw."""
    counts = RankCounts(rows.multiplicity, RANKS_SHOWN, min(DUELS, rows.count), rows.flat.shape[1])
    done = 0
    for block in _blocks(grid, weights, settings, rows):
        if rows.count:
            counts.add(rows.totals(block), block.weights)
        done += len(block.middle)
        if progress:
            progress(done, settings.draws)
    return counts


def _blocks(grid: Grid, weights: Weights, settings: Settings, rows: UncertainRows) -> Iterator[Draws]:
    return draws(grid, weights, settings, rows.people, rows.answers, block_size(rows.cells))


def _confidence(
    grid: Grid, weights: Weights, settings: Settings, rows: UncertainRows, counts: RankCounts
) -> dict[int, float]:
    """Return, by row, how often it is first under its own central weights."""
    first = counts.acceptability[:, 0]
    contenders = [int(row) for row in np.argsort(-first, kind="stable")[:CONTENDERS] if first[row]]
    # Where nothing else is drawn, one draw says it all.
    others = rows.effective - {Doubt.WEIGHTS}
    once = replace(settings, doubts=others, draws=settings.draws if others else 1)
    won = dict.fromkeys(contenders, 0)
    for block in _blocks(grid, weights, once, rows):
        for row in contenders:
            # One line of weights stands for every draw.
            held = counts.first_weights[row : row + 1] / first[row]
            totals = rows.totals(replace(block, weights=held))
            won[row] += int((totals[:, row] >= totals.max(axis=1) - GRAIN).sum())
    return {row: times / once.draws for row, times in won.items()}


def _read(
    settings: Settings, rows: UncertainRows, counts: RankCounts, confidence: dict[int, float]
) -> Robustness:
    shown = min(RANKS_SHOWN, len(rows.terrains))
    found = [
        _acceptance(terrain, row, counts, confidence.get(row), shown)
        for terrain, row in zip(rows.terrains, rows.row_of, strict=True)
    ]
    duels = rows.by_reference[:DUELS]
    # Rows are numbered from the best on: those of the duels are the first.
    place = dict(zip(rows.terrains, rows.row_of, strict=True))
    dueling = [place[terrain] for terrain in duels]
    beats = counts.beats[np.ix_(dueling, dueling)] / max(counts.draws, 1)
    return Robustness(
        settings=settings,
        effective=rows.effective,
        terrains=tuple(sorted(found, key=lambda one: one.expected_rank)),
        duels=duels,
        beats=tuple(tuple(map(float, line)) for line in beats),
        incomplete=rows.incomplete,
    )


def _acceptance(
    terrain: str, row: int, counts: RankCounts, confidence: float | None, shown: int
) -> Acceptance:
    shares = counts.acceptability[row, :shown] / counts.draws
    first = counts.acceptability[row, 0]
    central = tuple(map(float, counts.first_weights[row] / first)) if first else None
    return Acceptance(
        terrain=terrain,
        ranks=tuple(map(float, shares)),
        expected_rank=float(counts.ranks[row] / counts.draws),
        error=float(np.sqrt(shares * (1 - shares) / counts.draws).max()),
        central_weights=central,
        confidence=confidence,
    )
