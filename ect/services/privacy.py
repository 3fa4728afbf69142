"""One person's data: given to them whole, or erased for good while results and the chain stay whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.meeting import Action
from ect.services.membership import Actor
from ect.storage import backups
from ect.storage.database import Database
from ect.storage.repositories import audit, meetings, people, votes
from ect.storage.repositories.meetings import Meeting, Seat
from ect.storage.repositories.votes import CastVote

__all__ = ["Erased", "erase", "erase_again", "person_data"]


@dataclass(frozen=True, slots=True)
class Erased:
    """A person was erased: the pseudonym that stays, and in how many kept copies they were too.

    ``unread`` names the kept copies that cannot be read, and in which they may be still.
    """

    pseudonym: str
    copies: int
    unread: tuple[str, ...]


def person_data(db: Database, actor: Actor, key: int, seat: int) -> dict[str, Any]:
    """Return everything held on who sits in a seat of a meeting, ready to be written as JSON.

    Answers of a round that is being rated blind are counted and not shown: whoever prepares the document
    would see them.

    Raises
    ------
    DomainError
        ``"meeting_not_allowed"`` to anyone but the organiser; ``"meeting_unknown"``, ``"seat_unknown"``.

    """
    _only_the_organiser(actor)
    with db.read() as session:
        meeting, found = _seat_in(session, key, seat)
        cast = votes.votes_held(session, key, seat)
        happened = [e for e in audit.events(session, f"meeting/{key}") if _concerns(e, found.pseudonym)]
    shown = [one for one in cast if one.round <= meeting.status.visible_rounds]
    return {
        "meeting": {"title": meeting.title, "prepared_at": meeting.created_at.isoformat()},
        "seat": {
            "pseudonym": found.pseudonym,
            "name": found.name,
            "kind": found.kind.value,
            "leads": found.facilitator,
            "removed": found.removed,
            "sections": list(found.sections),
            "recused_from": sorted(found.recused),
        },
        "answers": [_answer(one) for one in shown],
        "answers_hidden_until_the_reveal": len(cast) - len(shown),
        "events": [{"at": e.at.isoformat(), "by": e.actor, "event": e.event} for e in happened],
    }


def erase(db: Database, actor: Actor, key: int, seat: int, by: str = "organiser") -> Erased:
    """Take the name, the device and the comments of a person away, here and in the copies kept here.

    Levels stay under the pseudonym: no result changes. The erasure is chained, by pseudonym, so that a copy
    made before and put back later gets it again.

    Raises
    ------
    DomainError
        ``"meeting_not_allowed"`` to anyone but the organiser; ``"meeting_unknown"``, ``"seat_unknown"``.

    """
    _only_the_organiser(actor)
    with db.write() as session:
        _meeting, found = _seat_in(session, key, seat)
        erasure = people.erasure_of(session, seat)
        people.erase(session, erasure)
        people.remember(session, erasure, by, datetime.now(UTC))
        meetings.touch(session, key, screens=True)
    db.shorten()
    return Erased(found.pseudonym, *_erase_in_copies(db, erasure))


def erase_again(session: Session, wanted: Iterable[people.Erasure]) -> int:
    """Erase in a store that was put back what was erased since; return how many persons were in it."""
    known, done = set(people.erasures(session)), 0
    for erasure in wanted:
        if erasure not in known:
            done += people.erase(session, erasure)
            people.remember(session, erasure, "organiser", datetime.now(UTC))
    return done


def _erase_in_copies(db: Database, erasure: people.Erasure) -> tuple[int, tuple[str, ...]]:
    try:
        store = backups.store_file(db)
    except DomainError:  # On a server, or in memory: no copy is kept beside it.
        return 0, ()
    copies, unread = 0, []
    for path in backups.kept_files(store):
        try:
            copies += _erase_in_copy(path, erasure)
        except DomainError:
            unread.append(path.name)
    return copies, tuple(unread)


def _erase_in_copy(path: Path, erasure: people.Erasure) -> bool:
    with backups.drafted(path, force=True) as draft:
        backups.copy_to(path, draft, lambda _share: None)
        with backups.file_refusals(path):
            return people.erase_in_file(draft, [erasure]) > 0


def _only_the_organiser(actor: Actor) -> None:
    if not actor.organiser:
        raise DomainError("meeting_not_allowed", action=Action.MANAGE_SEATS)


def _seat_in(session: Session, key: int, seat: int) -> tuple[Meeting, Seat]:
    meeting, found = meetings.meeting(session, key), meetings.seat(session, seat)
    if found.meeting != key:
        raise DomainError("seat_unknown")
    return meeting, found


def _answer(one: CastVote) -> dict[str, Any]:
    rating = one.vote.rating
    return {
        "round": one.round,
        "terrain": one.vote.terrain,
        "criterion": rating.criterion,
        "answer": rating.answer.value,
        "level": None if rating.value is None else str(rating.value),
        "rests_on": rating.basis.value if rating.basis else None,
        "comment": rating.comment,
        "saved_at": one.saved_at.isoformat(),
        "on_paper": one.on_paper,
    }


def _concerns(event: audit.Event, pseudonym: str) -> bool:
    return event.actor == pseudonym or event.details.get("seat") == pseudonym
