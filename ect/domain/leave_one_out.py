"""Whose absence would change the ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ect.domain.aggregation import values_of
from ect.domain.grid import Grid
from ect.domain.ranking import Ranking, rank
from ect.domain.rating import Rating
from ect.domain.scoring import Score, score
from ect.domain.votes import Vote


@dataclass(frozen=True, slots=True)
class Absence:
    """A participant without whom the ranking would differ, and the ranking without them.

    ``reordered`` tells whether two terrains ranked with and without them change order, or tie or
    part. ``dropped`` names the terrains that are ranked no more, in the order of the ranking: the
    participant alone gave a level to one of their criteria. At least one of the two is the case.
    """

    participant: str
    ranking: Ranking
    reordered: bool
    dropped: tuple[str, ...]


def leave_one_out(
    grid: Grid, votes: Iterable[Vote], others: Mapping[str, Score] | None = None
) -> tuple[Absence, ...]:
    """Rank the terrains again without each participant in turn, all of their votes left out.

    Parameters
    ----------
    grid
        The version of the grid the votes were given on.
    votes
        Every vote of the meeting.
    others
        The scores of the terrains nobody votes on that are ranked with them.

    Returns
    -------
    tuple of Absence
        Those who make a difference, in the order of their codes; empty if nobody does. Points that
        change without moving any terrain are no difference.

    Raises
    ------
    DomainError
        ``"criterion_unknown"`` or ``"level_out_of_range"``, as :func:`ect.domain.scoring.score`.

    """
    votes = tuple(votes)
    everyone = _rank(grid, votes, None, others or {})
    absences = []
    for participant in sorted({vote.participant for vote in votes}):
        ranking = _rank(grid, votes, participant, others or {})
        ranked = {row.terrain for row in ranking.ranked}
        dropped = tuple(row.terrain for row in everyone.ranked if row.terrain not in ranked)
        reordered = _order(everyone, ranked) != _order(ranking, ranked)
        if reordered or dropped:
            absences.append(Absence(participant, ranking, reordered, dropped))
    return tuple(absences)


def _rank(grid: Grid, votes: tuple[Vote, ...], without: str | None, others: Mapping[str, Score]) -> Ranking:
    ratings: dict[str, list[Rating]] = defaultdict(list)
    for vote in votes:
        kept = ratings[vote.terrain]
        if vote.participant != without:
            kept.append(vote.rating)
    own = {terrain: score(grid, values_of(given)) for terrain, given in ratings.items()}
    return rank({**others, **own})


def _order(ranking: Ranking, among: set[str]) -> dict[str, int]:
    totals = {row.terrain: row.score.total.low for row in ranking.ranked if row.terrain in among}
    return {t: sum(rival > own for rival in totals.values()) for t, own in totals.items()}
