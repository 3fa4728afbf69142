"""Joining, seats, recusals: who is in a meeting."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.meeting import NAME_LIMIT, SELECTION, Action, Stage
from ect.services.meeting import log
from ect.services.membership import Actor, entitled, led
from ect.services.reference import grid_of_key
from ect.storage.database import Database
from ect.storage.repositories import meetings, terrains
from ect.storage.repositories.meetings import Meeting, Seat, SeatKind

__all__ = [
    "Seat",
    "SeatKind",
    "Ticket",
    "add_seat",
    "admit",
    "free_seat",
    "hand_over",
    "join",
    "meeting_of",
    "remove_seat",
    "seat_held",
    "seats_of",
    "set_recusals",
    "set_sections",
    "waiting_seats",
]

SEATS = 300


@dataclass(frozen=True, slots=True)
class Ticket:
    """To which meeting a device was let in, once it had shown the code."""

    meeting: int
    device: str


def admit(db: Database, code: str, device: str) -> Ticket | None:
    """Let a device in to the meeting a code leads to, while it may be joined."""
    with db.read() as session:
        found = meetings.find_by_code(session, "".join(code.upper().replace("-", " ").split()))
    if found is None or found.status.stage is Stage.PREPARED:
        return None
    return Ticket(found.key, device)


def meeting_of(db: Database, ticket: Ticket) -> Meeting:
    """Return the meeting of a ticket; ``DomainError("meeting_unknown")`` if it was deleted since."""
    with db.read() as session:
        return meetings.meeting(session, ticket.meeting)


def waiting_seats(db: Database, ticket: Ticket) -> list[Seat]:
    """Return the prepared seats that wait for somebody, in the order of their numbers."""
    with db.read() as session:
        seats = meetings.seats(session, ticket.meeting)
    return [seat for seat in seats if not seat.joined and not seat.removed]


def seat_held(db: Database, ticket: Ticket) -> Seat | None:
    """Return the seat the device of a ticket sits in, removed or not."""
    with db.read() as session:
        return meetings.seat_of_device(session, ticket.meeting, _digest(ticket.device))


def seats_of(db: Database, actor: Actor, key: int) -> list[Seat]:
    """Return every seat of a meeting, removed ones too, in the order of their numbers.

    Raises
    ------
    DomainError
        ``"meeting_unknown"``; ``"meeting_not_allowed"`` to anyone who does not lead.

    """
    with db.read() as session:
        led(session, key, actor, Action.MANAGE_SEATS)
        return meetings.seats(session, key)


def join(db: Database, ticket: Ticket, name: str, seat: int | None = None) -> int:
    """Sit a device down: in a new seat, or in the named seat that was prepared; return its key.

    Raises
    ------
    DomainError
        ``"meeting_not_now"``, ``"name_needed"``, ``"name_long"``, ``"seat_taken"`` if somebody sits
        there already, ``"seats_only"`` if only prepared seats may be taken, ``"meeting_full"``.

    """
    key = ticket.meeting
    with db.write() as session:
        meeting, _who = entitled(session, key, Actor(), Action.JOIN)
        digest = _digest(ticket.device)
        sitting = meetings.seat_of_device(session, key, digest)
        if sitting is not None:
            if sitting.removed:
                raise DomainError("seat_removed")
            return sitting.key
        if seat is None:
            seat = _new_seat(session, meeting, name, digest)
        else:
            _take_seat(session, meeting, seat, digest)
        meetings.touch(session, key)
        number = meetings.seat(session, seat).number
        log(session, key, f"P{number}", "joined", {})
    return seat


def add_seat(db: Database, actor: Actor, key: int, name: str, kind: SeatKind = SeatKind.PERSON) -> int:
    """Prepare a named seat, or one for somebody who answers on paper.

    Raises
    ------
    DomainError
        What :func:`entitled` refuses; ``"name_needed"``, ``"name_long"``, ``"meeting_full"``.

    """
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.MANAGE_SEATS)
        _check_room(session, meeting)
        joined = None if kind is SeatKind.PERSON else datetime.now(UTC)
        added = meetings.add_seat(session, key, _name(name, required=True), kind, joined_at=joined)
        meetings.touch(session, key)
        number = meetings.seat(session, added).number
        log(session, meeting.key, who.pseudonym, "seat_added", {"seat": f"P{number}", "kind": kind.value})
    return added


def remove_seat(db: Database, actor: Actor, key: int, seat: int) -> None:
    """Take somebody out: their votes no longer count, and come back with :func:`free_seat`."""
    _manage(db, actor, key, seat, "seat_removed", removed=True)


def free_seat(db: Database, actor: Actor, key: int, seat: int) -> None:
    """Let the person of a seat sit down again, on another device if need be; the votes stay.

    Whoever sits down in an empty seat does not lead the meeting.
    """
    emptied = {"removed": False, "device": None, "joined_at": None, "facilitator": False}
    _manage(db, actor, key, seat, "seat_freed", **emptied)


def hand_over(db: Database, actor: Actor, key: int, seat: int, *, facilitator: bool) -> None:
    """Let somebody lead the meeting from their seat, or no longer.

    Raises
    ------
    DomainError
        What :func:`entitled` refuses; ``"seat_unknown"``; ``"seat_empty"`` if nobody sits there who
        could lead: whoever took that seat next would.

    """
    with db.write() as session:
        _meeting, who = entitled(session, key, actor, Action.HAND_OVER)
        target = _seat_in(session, key, seat)
        if facilitator and (target.removed or not target.joined or target.kind is not SeatKind.PERSON):
            raise DomainError("seat_empty", name=target.name or target.pseudonym)
        meetings.change_seat(session, seat, facilitator=facilitator)
        meetings.touch(session, key, screens=True)
        event = "handed_over" if facilitator else "taken_back"
        log(session, key, who.pseudonym, event, {"seat": target.pseudonym})


def set_sections(db: Database, actor: Actor, key: int, seat: int, sections: Collection[str]) -> None:
    """Assign parts of the grid to a seat; none means all of it.

    Raises
    ------
    DomainError
        What :func:`entitled` refuses; ``"seat_unknown"``; ``"section_unknown"``.

    """
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.MANAGE_SEATS)
        target = _seat_in(session, key, seat)
        known = {pillar.code for pillar in grid_of_key(db, session, meeting.grid).pillars} | {SELECTION}
        for section in sections:
            if section not in known:
                raise DomainError("section_unknown", section=section)
        meetings.change_seat(session, seat, sections=list(sections))
        meetings.touch(session, key, screens=True)
        details = {"seat": target.pseudonym, "sections": list(sections)}
        log(session, key, who.pseudonym, "sections_set", details)


def set_recusals(db: Database, actor: Actor, key: int, seat: int, recused: Collection[str]) -> None:
    """Recuse a seat from some terrains: its own doing, or the facilitator's.

    A recusal is not taken back once a round was revealed: what was hidden would be seen too late.

    Raises
    ------
    DomainError
        What :func:`entitled` refuses; ``"meeting_not_allowed"`` for the seat of somebody else;
        ``"recusal_stays"``.

    """
    now = datetime.now(UTC)
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.RECUSE)
        target = _seat_in(session, key, seat)
        if not who.facilitates and (who.seat is None or who.seat.key != seat):
            raise DomainError("meeting_not_allowed", action=Action.RECUSE)
        wanted = set(recused) & set(meeting.terrains)
        taken_back = (target.recused & set(meeting.terrains)) - wanted
        if taken_back and meeting.status.visible_rounds:
            raise DomainError("recusal_stays")
        for terrain in sorted(wanted - target.recused):
            meetings.add_recusal(session, seat, terrains.terrain_key(session, terrain), now)
        for terrain in sorted(taken_back):
            meetings.delete_recusal(session, seat, terrains.terrain_key(session, terrain))
        meetings.touch(session, key, screens=True)
        details = {"seat": target.pseudonym, "terrains": sorted(wanted)}
        log(session, key, who.pseudonym, "recused", details)


def _manage(db: Database, actor: Actor, key: int, seat: int, event: str, **changed: object) -> None:
    with db.write() as session:
        _meeting, who = entitled(session, key, actor, Action.MANAGE_SEATS)
        target = _seat_in(session, key, seat)
        meetings.change_seat(session, seat, **changed)
        meetings.touch(session, key, screens=True)
        log(session, key, who.pseudonym, event, {"seat": target.pseudonym})


def _seat_in(session: Session, key: int, seat: int) -> Seat:
    found = meetings.seat(session, seat)
    if found.meeting != key:
        raise DomainError("seat_unknown")
    return found


def _new_seat(session: Session, meeting: Meeting, name: str, digest: str) -> int:
    if not meeting.settings.free_joining:
        raise DomainError("seats_only")
    _check_room(session, meeting)
    kept = _name(name, required=meeting.settings.names_required)
    now = datetime.now(UTC)
    return meetings.add_seat(session, meeting.key, kept, SeatKind.PERSON, digest, now)


def _take_seat(session: Session, meeting: Meeting, seat: int, digest: str) -> None:
    found = _seat_in(session, meeting.key, seat)
    if found.joined or found.removed or found.kind is not SeatKind.PERSON:
        raise DomainError("seat_taken", name=found.name)
    meetings.change_seat(session, seat, device=digest, joined_at=datetime.now(UTC))


def _check_room(session: Session, meeting: Meeting) -> None:
    if len(meetings.seats(session, meeting.key)) >= SEATS:
        raise DomainError("meeting_full", limit=SEATS)


def _name(name: str, *, required: bool) -> str:
    name = " ".join(name.split())
    if required and not name:
        raise DomainError("name_needed")
    if len(name) > NAME_LIMIT:
        raise DomainError("name_long", limit=NAME_LIMIT, found=len(name))
    return name


def _digest(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
