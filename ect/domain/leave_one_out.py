"""Whose absence would change the ranking."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.grid import Grid
from ect.domain.ranking import Ranking, rank
from ect.domain.rating import Rating
from ect.domain.scoring import Score, score
from ect.domain.votes import Vote

# Of each criterion of a terrain: the sum of the levels given, and how many they are.
Tally = dict[str, tuple[Fraction, int]]


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
    given: dict[str, dict[str, list[Rating]]] = defaultdict(lambda: defaultdict(list))
    tallies: dict[str, Tally] = defaultdict(dict)
    for vote in votes:
        given[vote.participant][vote.terrain].append(vote.rating)
        _add(tallies[vote.terrain], vote.rating, 1)
    others = {**(others or {}), **{terrain: _score(grid, tally) for terrain, tally in tallies.items()}}
    everyone = rank(others)
    absences = []
    for participant in sorted(given):
        without = {t: _score(grid, _less(tallies[t], own)) for t, own in given[participant].items()}
        ranking = rank({**others, **without})
        ranked = {row.terrain for row in ranking.ranked}
        dropped = tuple(row.terrain for row in everyone.ranked if row.terrain not in ranked)
        reordered = _order(everyone, ranked) != _order(ranking, ranked)
        if reordered or dropped:
            absences.append(Absence(participant, ranking, reordered, dropped))
    return tuple(absences)


def _add(tally: Tally, rating: Rating, times: int) -> None:
    if rating.value is not None:
        points, count = tally.get(rating.criterion, (Fraction(), 0))
        tally[rating.criterion] = points + times * rating.value, count + times


def _less(tally: Tally, ratings: Iterable[Rating]) -> Tally:
    left = dict(tally)
    for rating in ratings:
        _add(left, rating, -1)
    return left


def _score(grid: Grid, tally: Tally) -> Score:
    return score(grid, {code: points / count for code, (points, count) in tally.items() if count})


def _order(ranking: Ranking, among: set[str]) -> dict[str, int]:
    totals = {row.terrain: row.score.total.low for row in ranking.ranked if row.terrain in among}
    ascending = sorted(totals.values())
    return {terrain: len(ascending) - bisect_right(ascending, own) for terrain, own in totals.items()}
