"""What a meeting sees once a round is revealed: results, agreement, what to discuss, who moved."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import Session

from ect.domain.agenda import Topic, agenda
from ect.domain.agreement import Distribution, distributions
from ect.domain.grid import Grid
from ect.domain.leave_one_out import Absence, leave_one_out
from ect.domain.meeting import Action, agreed_values, merged
from ect.domain.movement import Movement, movements
from ect.domain.ranking import Ranking, rank
from ect.domain.rating import Rating
from ect.domain.reliability import alpha, alpha_interval
from ect.domain.scoring import Score, score
from ect.domain.severity import Severity, severities
from ect.domain.votes import Vote
from ect.services.membership import Actor, entitled
from ect.services.reference import grid_of_key
from ect.storage.database import Database
from ect.storage.repositories import meetings, votes
from ect.storage.repositories.meetings import Meeting, Override, Ruling, Seat

SEED = 2023


@dataclass(frozen=True, slots=True)
class Voice:
    """One vote as it may be shown: by whom (a name or a pseudonym), what, from a paper sheet or not."""

    voter: str
    rating: Rating
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What a member of a meeting may see of the rounds that are revealed.

    Terrains the member is recused from are in none of these. ``votes`` are the last votes, cell by
    cell, ``rounds`` each round's own.
    """

    meeting: Meeting
    grid: Grid
    terrains: tuple[str, ...]
    votes: tuple[Vote, ...]
    rounds: tuple[tuple[Vote, ...], ...]
    scores: Mapping[str, Score]
    ranking: Ranking
    overrides: Mapping[tuple[str, str], Override]
    rulings: Mapping[str, Ruling]
    voices: Mapping[tuple[str, str], tuple[Voice, ...]]

    def ratings(self, terrain: str) -> list[Rating]:
        """Return everybody's last ratings of a terrain."""
        return [vote.rating for vote in self.votes if vote.terrain == terrain]

    def distributions(self, terrain: str) -> dict[str, Distribution]:
        """Return how the answers on each criterion of a terrain are spread."""
        return distributions(self.grid, self.ratings(terrain))

    def agenda(self, terrain: str) -> tuple[Topic, ...]:
        """Return the criteria to discuss, by disagreement x effect on the ranking."""
        return agenda(self.grid, terrain, self.ratings(terrain), self.scores)

    def alpha(self, terrain: str) -> tuple[Fraction | None, tuple[float, float] | None]:
        """Return Krippendorff's alpha over a terrain's criteria, and its interval."""
        units: dict[Hashable, list[Fraction | None]] = {}
        for rating in self.ratings(terrain):
            units.setdefault(rating.criterion, []).append(rating.value)
        return alpha(units), alpha_interval(units, seed=SEED)

    def severities(self) -> tuple[Severity, ...]:
        """Return who rates lower or higher than the others."""
        return severities(self.votes)

    def leave_one_out(self) -> tuple[Absence, ...]:
        """Return whose absence would change the ranking."""
        return leave_one_out(self.grid, self.votes)

    def movements(self, terrain: str) -> tuple[Movement, ...]:
        """Return how a terrain's criteria moved between the first round and the last."""
        if len(self.rounds) < 2:
            return ()
        return movements(self.grid, terrain, self.rounds[0], self.votes)


def results(db: Database, actor: Actor, key: int) -> Results:
    """Return what the actor may see now: no vote of a round that is being rated blind.

    Raises
    ------
    DomainError
        ``"meeting_not_now"`` before the first reveal, ``"meeting_not_allowed"`` to outsiders.

    """
    with db.read() as session:
        meeting, who = entitled(session, key, actor, Action.SEE_RESULTS)
        hidden = who.seat.recused if who.seat else frozenset()
        return _results(db, session, meeting, hidden)


def all_results(db: Database, session: Session, meeting: Meeting) -> Results:
    """Return the results with nothing hidden: for closing, not for a screen."""
    return _results(db, session, meeting, frozenset())


def last_votes(session: Session, meeting: Meeting) -> tuple[Vote, ...]:
    """Return the votes that count of what is revealed, with nothing hidden: for sums, not for a screen."""
    visible = meeting.status.visible_rounds
    cast = [c for c in votes.votes(session, meeting.key, visible) if c.vote.terrain in meeting.terrains]
    return tuple(merged(votes.by_round(cast, visible)))


def _results(db: Database, session: Session, meeting: Meeting, hidden: frozenset[str]) -> Results:
    grid = grid_of_key(db, session, meeting.grid)
    terrains = tuple(code for code in meeting.terrains if code not in hidden)
    visible = meeting.status.visible_rounds
    cast = [c for c in votes.votes(session, meeting.key, visible) if c.vote.terrain in terrains]
    rounds = votes.by_round(cast, visible)
    last = merged(rounds)
    overrides = {c: o for c, o in meetings.overrides(session, meeting.key).items() if c[0] in terrains}
    scores = {code: score(grid, _values(grid, meeting, code, last, overrides)) for code in terrains}
    rulings = {c: r for c, r in meetings.rulings(session, meeting.key).items() if c in terrains}
    return Results(
        meeting=meeting,
        grid=grid,
        terrains=terrains,
        votes=tuple(last),
        rounds=tuple(tuple(one) for one in rounds),
        scores=scores,
        ranking=rank(scores),
        overrides=overrides,
        rulings=rulings,
        voices=_voices(meeting, meetings.seats(session, meeting.key), cast),
    )


def _values(
    grid: Grid,
    meeting: Meeting,
    terrain: str,
    last: list[Vote],
    overrides: Mapping[tuple[str, str], Override],
) -> dict[str, Fraction]:
    ratings = [vote.rating for vote in last if vote.terrain == terrain]
    settled = {criterion: o.value for (code, criterion), o in overrides.items() if code == terrain}
    return agreed_values(grid, ratings, meeting.settings.abstentions, settled)


def _voices(
    meeting: Meeting, seats: list[Seat], cast: list[votes.CastVote]
) -> dict[tuple[str, str], tuple[Voice, ...]]:
    names = {seat.pseudonym: seat.name for seat in seats if seat.name}
    shown = names if meeting.settings.names_shown else {}
    last: dict[tuple[str, str], dict[str, Voice]] = {}
    for one in cast:
        cell = one.vote.terrain, one.vote.rating.criterion
        who = one.vote.participant
        last.setdefault(cell, {})[who] = Voice(shown.get(who, who), one.vote.rating, one.on_paper)
    return {cell: tuple(voices.values()) for cell, voices in last.items()}
