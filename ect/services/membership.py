"""Who somebody is in a meeting, and what they may do there: asked inside the transaction that acts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.meeting import PERMITTED, Action, Role
from ect.storage.repositories import meetings
from ect.storage.repositories.meetings import Meeting, Seat


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the organiser at the machine that serves, somebody in a seat, both, or neither."""

    organiser: bool = False
    seat: int | None = None


ORGANISER = Actor(organiser=True)


@dataclass(frozen=True, slots=True)
class Member:
    """An actor in a meeting: the roles held there, and the seat if any."""

    roles: frozenset[Role]
    seat: Seat | None

    @property
    def pseudonym(self) -> str:
        """What stands for the actor in the audit."""
        return self.seat.pseudonym if self.seat else "organiser"

    @property
    def facilitates(self) -> bool:
        """Whether the actor leads the meeting."""
        return Role.FACILITATOR in self.roles

    def may(self, meeting: Meeting, action: Action) -> bool:
        """Tell whether one of the roles held allows an action now."""
        return any(meeting.status.may(role, action) for role in self.roles)


def member(session: Session, meeting: Meeting, actor: Actor) -> Member:
    """Return what an actor is in a meeting; a seat elsewhere, empty or taken away counts for nothing."""
    seat = meetings.find_seat(session, actor.seat) if actor.seat is not None else None
    if seat is not None and (seat.meeting != meeting.key or seat.removed or not seat.joined):
        seat = None
    roles = set()
    if actor.organiser or (seat and seat.facilitator):
        roles.add(Role.FACILITATOR)
    if seat:
        roles.add(Role.PARTICIPANT)
    return Member(frozenset(roles or {Role.OUTSIDER}), seat)


def entitled(session: Session, key: int, actor: Actor, action: Action) -> tuple[Meeting, Member]:
    """Return the meeting and who acts in it, if they may do this now.

    Raises
    ------
    DomainError
        ``"meeting_unknown"``; ``"meeting_not_allowed"`` if no role of theirs ever may, or
        ``"meeting_not_now"`` if one may at another stage.

    """
    meeting = meetings.meeting(session, key)
    who = member(session, meeting, actor)
    if who.may(meeting, action):
        return meeting, who
    if not _ever(who.roles, action):
        raise DomainError("meeting_not_allowed", action=action)
    raise DomainError("meeting_not_now", action=action, stage=meeting.status.stage, role=min(who.roles))


def led(session: Session, key: int, actor: Actor, action: Action) -> tuple[Meeting, Member]:
    """Return the meeting and who acts in it, if they lead it, whatever its stage.

    Raises
    ------
    DomainError
        ``"meeting_unknown"``; ``"meeting_not_allowed"``, for what is wanted there.

    """
    meeting = meetings.meeting(session, key)
    who = member(session, meeting, actor)
    if not who.facilitates:
        raise DomainError("meeting_not_allowed", action=action)
    return meeting, who


def _ever(roles: frozenset[Role], action: Action) -> bool:
    return any(action in allowed for (_stage, role), allowed in PERMITTED.items() if role in roles)
