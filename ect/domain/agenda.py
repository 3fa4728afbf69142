"""What to discuss first on a terrain: where the participants disagree and it changes the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.agreement import Distribution, distributions
from ect.domain.grid import Grid
from ect.domain.ranking import Row, rank
from ect.domain.rating import Rating
from ect.domain.scoring import Score, score


@dataclass(frozen=True, slots=True)
class Topic:
    """A criterion to discuss, with why.

    Attributes
    ----------
    criterion
        Its code.
    disagreement
        1 - consensus, from 0 (all gave one level) to 1 (one half at 0, the other at 2).
    swing
        By how many points of the total (exact) the terrain goes up when the criterion goes from the
        lowest level given to the highest, every other criterion staying at its mean.
    best, worst
        The terrain's rank at the one end and at the other (1 is first; bounds whatever the unknowns
        turn out to be, as in :class:`ect.domain.ranking.Row`).
    crossed
        The terrains met on the way, in the order of their codes: behind or equal at the one end,
        ahead or equal at the other, or possibly so where something is unknown.

    """

    criterion: str
    disagreement: float
    swing: Fraction
    best: int
    worst: int
    crossed: tuple[str, ...]

    @property
    def priority(self) -> float:
        """Disagreement x points at stake, which count once more for each terrain met (0 or more)."""
        return self.disagreement * float(self.swing) * (1 + len(self.crossed))


def agenda(
    grid: Grid, terrain: str, ratings: Iterable[Rating], rivals: Mapping[str, Score]
) -> tuple[Topic, ...]:
    """Order the criteria of a terrain by disagreement x effect on the ranking.

    The effect is the swing of the total, in points, times 1 + the number of terrains it makes the
    terrain meet or pass. It is not the variance: a criterion that weighs little, or moves the
    terrain between no rivals, comes after a smaller disagreement that decides a place.

    Parameters
    ----------
    grid
        The version of the grid the ratings were given on.
    terrain
        The terrain under discussion.
    ratings
        Every participant's ratings of that terrain.
    rivals
        The scores of all terrains of the meeting; the terrain's own, if there, is not used.

    Returns
    -------
    tuple of Topic
        One for each criterion that received a level, highest priority first; those that tie, the
        criteria nobody disagrees on last among them, are in the order of the grid.

    Raises
    ------
    DomainError
        ``"criterion_unknown"`` or ``"level_out_of_range"`` for a rating the grid does not allow.

    """
    given = distributions(grid, ratings)
    means = {code: found.mean for code, found in given.items() if found.mean is not None}
    others = {code: rival for code, rival in rivals.items() if code != terrain}
    topics = (_topic(grid, terrain, given[code], means, others) for code in means)
    return tuple(sorted(topics, key=lambda topic: -topic.priority))


def _topic(
    grid: Grid,
    terrain: str,
    given: Distribution,
    means: Mapping[str, Fraction],
    others: Mapping[str, Score],
) -> Topic:
    levels = [level for level, count in given.counts.items() if count]
    low = score(grid, {**means, given.criterion: levels[0]})
    high = score(grid, {**means, given.criterion: levels[-1]})
    swing = high.total.low - low.total.low
    return Topic(
        criterion=given.criterion,
        disagreement=1 - (given.consensus or 0.0),
        swing=swing,
        best=_row(terrain, high, others).best,
        worst=_row(terrain, low, others).worst,
        crossed=_crossed(low, high, others) if swing else (),
    )


def _row(terrain: str, own: Score, others: Mapping[str, Score]) -> Row:
    return next(row for row in rank({**others, terrain: own}).rows if row.terrain == terrain)


def _crossed(low: Score, high: Score, others: Mapping[str, Score]) -> tuple[str, ...]:
    return tuple(
        code
        for code, rival in sorted(others.items())
        if low.total.low <= rival.total.high and rival.total.low <= high.total.high
    )
