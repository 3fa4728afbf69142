"""Rating in a meeting: each vote is checked and saved when it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.meeting import Action, Stage, criteria_of
from ect.domain.rating import Rating, check_rating
from ect.domain.votes import Cell
from ect.services.membership import Actor, entitled, member
from ect.services.reference import grid_of_key
from ect.storage.database import Database
from ect.storage.repositories import meetings, terrains, votes
from ect.storage.repositories.meetings import Meeting, Seat, SeatKind
from ect.storage.repositories.votes import Ballot


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a seat is asked, and what it answered: nobody else's answers are in it.

    ``cells`` are the (terrain, criterion) pairs asked in this round, in order; ``given`` and
    ``saved_at`` hold this round's answers, ``earlier`` the last answer of the rounds before.
    """

    meeting: Meeting
    seat: Seat
    cells: tuple[Cell, ...]
    given: dict[Cell, Rating]
    saved_at: dict[Cell, datetime]
    earlier: dict[Cell, Rating]

    def cells_of(self, terrain: str) -> tuple[str, ...]:
        """Return the criteria asked about one terrain."""
        return tuple(criterion for code, criterion in self.cells if code == terrain)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a seat is on each terrain: (answered, asked). Never what was answered."""

    seat: Seat
    by_terrain: dict[str, tuple[int, int]]

    @property
    def answered(self) -> int:
        """Answers given in this round."""
        return sum(done for done, _asked in self.by_terrain.values())

    @property
    def asked(self) -> int:
        """Answers asked in this round."""
        return sum(asked for _done, asked in self.by_terrain.values())


def sheet(db: Database, actor: Actor, key: int) -> Sheet:
    """Return the actor's own sheet; ``DomainError("seat_unknown")`` if they sit elsewhere."""
    with db.read() as session:
        meeting = meetings.meeting(session, key)
        found = member(session, meeting, actor).seat
        if found is None:
            raise DomainError("seat_unknown")
        cells = asked_of(db, session, meeting, found)
        cast = votes.votes(session, key, meeting.status.round, found.key)
    now = [c for c in cast if c.round == meeting.status.round]
    before = [c for c in cast if c.round < meeting.status.round]
    return Sheet(
        meeting=meeting,
        seat=found,
        cells=cells,
        given={_cell(c): c.vote.rating for c in now},
        saved_at={_cell(c): c.saved_at for c in now},
        earlier={_cell(c): c.vote.rating for c in before},
    )


def vote(
    db: Database, actor: Actor, key: int, terrain: str, rating: Rating, *, on_paper_for: int | None = None
) -> datetime:
    """Save a vote of the actor's own seat, or from a paper sheet for another; return when.

    Raises
    ------
    DomainError
        ``"meeting_not_now"`` or ``"meeting_not_allowed"``; ``"paper_not_for_seat"`` if the
        person answers on a device; ``"recused"``; ``"cell_not_asked"`` if
        this round does not ask it of this seat; ``"level_out_of_range"`` or
        ``"criterion_unknown"``. Nothing is written then.

    """
    now = datetime.now(UTC)
    with db.write() as session:
        action = Action.RATE if on_paper_for is None else Action.ENTER_PAPER
        meeting, who = entitled(session, key, actor, action)
        seat = who.seat if on_paper_for is None else meetings.seat(session, on_paper_for)
        if seat is None or seat.meeting != key or seat.removed:
            raise DomainError("seat_unknown")
        if on_paper_for is not None and not _on_paper(session, meeting, seat):
            raise DomainError("paper_not_for_seat", name=seat.name or seat.pseudonym)
        check_rating(grid_of_key(db, session, meeting.grid), rating)
        if terrain in seat.recused:
            raise DomainError("recused")
        if (terrain, rating.criterion) not in asked_of(db, session, meeting, seat):
            raise DomainError("cell_not_asked", criterion=rating.criterion)
        ballot = Ballot(key, seat.key, meeting.status.round, terrains.terrain_key(session, terrain))
        votes.cast_vote(session, ballot, rating, now, on_paper=on_paper_for is not None)
        meetings.touch(session, key)
    return now


def paper_sheets(db: Database, actor: Actor, key: int) -> dict[Seat, tuple[Cell, ...]]:
    """Return what this round asks of those whose paper sheets may be entered, and nothing they answered.

    Raises
    ------
    DomainError
        ``"meeting_not_now"`` or ``"meeting_not_allowed"``.

    """
    with db.read() as session:
        meeting, _who = entitled(session, key, actor, Action.ENTER_PAPER)
        seats = [one for one in meetings.seats(session, key) if not one.removed]
        return {
            seat: asked_of(db, session, meeting, seat) for seat in seats if _on_paper(session, meeting, seat)
        }


def progress(db: Database, actor: Actor, key: int) -> list[Progress]:
    """Return how far every seat is in the round: for the facilitator, and without any value."""
    with db.read() as session:
        meeting, _who = entitled(session, key, actor, Action.SEE_PROGRESS)
        cells = votes.answered(session, key, meeting.status.round)
        found = []
        for seat in meetings.seats(session, key):
            if seat.removed:
                continue
            asked = asked_of(db, session, meeting, seat)
            done = [cell for cell in asked if cell in cells.get(seat.key, ())]
            by_terrain = {
                terrain: (_count(done, terrain), _count(asked, terrain)) for terrain in meeting.terrains
            }
            found.append(Progress(seat, by_terrain))
    return found


def asked_of(db: Database, session: Session, meeting: Meeting, seat: Seat) -> tuple[Cell, ...]:
    """Return the cells this round asks of a seat, in order."""
    if meeting.status.round == 0 or meeting.status.stage is Stage.PREPARED:
        return ()
    criteria = criteria_of(grid_of_key(db, session, meeting.grid), seat.sections)
    cells = [
        (terrain, criterion)
        for terrain in meeting.terrains
        if terrain not in seat.recused
        for criterion in criteria
    ]
    if meeting.status.round > 1:
        again = meetings.reopened(session, meeting.key, meeting.status.round)
        cells = [cell for cell in cells if cell in again]
    return tuple(cells)


def _on_paper(session: Session, meeting: Meeting, seat: Seat) -> bool:
    """Tell whether a seat answers on paper: prepared so, or nobody ever answered there on a device."""
    if seat.kind is SeatKind.PAPER:
        return True
    if seat.joined:
        return False
    return all(cast.on_paper for cast in votes.votes(session, meeting.key, meeting.status.round, seat.key))


def _count(cells: Iterable[Cell], terrain: str) -> int:
    return sum(code == terrain for code, _criterion in cells)


def _cell(cast: votes.CastVote) -> Cell:
    return cast.vote.terrain, cast.vote.rating.criterion
