"""A meeting's life: prepared, opened, led from stage to stage. Each step is checked, then chained."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from secrets import choice
from typing import Any

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.meeting import TERRAINS, TITLE_LIMIT, Action, Settings
from ect.services.membership import Actor, entitled, led, member
from ect.services.reference import grid_in_force, grid_of_key
from ect.storage.database import Database
from ect.storage.repositories import audit, meetings, ratings, terrains, votes
from ect.storage.repositories.meetings import Meeting

__all__ = [
    "Meeting",
    "back",
    "change",
    "counters",
    "create",
    "delete",
    "find",
    "list_meetings",
    "open_meeting",
    "point_at",
    "reveal",
    "start_deciding",
    "start_round",
    "start_timer",
]

# Without the letters and figures that are read or heard one for another: 31 signs, 9 of them are 44
# bits and more.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ2345679"
CODE_LENGTH = 9


def create(
    db: Database,
    actor: Actor,
    title: str,
    chosen: Sequence[str],
    settings: Settings,
    *,
    demo: bool = False,
) -> int:
    """Prepare a meeting on the grid in force; return its key.

    Raises
    ------
    DomainError
        ``"meeting_not_allowed"`` to anyone but the organiser; ``"meeting_title_wrong"``,
        ``"meeting_terrains_wrong"`` or ``"terrain_unknown"``. Nothing is written then.

    """
    if not actor.organiser:
        raise DomainError("meeting_not_allowed", action=Action.PREPARE)
    now = datetime.now(UTC)
    with db.write() as session:
        grid, _version = grid_in_force(db, session)
        key = meetings.add_meeting(session, grid, _title(title), new_code(), settings, now, demo=demo)
        meetings.set_terrains(session, key, _terrain_keys(session, chosen))
        log(session, key, "organiser", "prepared", {"terrains": list(chosen), "demo": demo})
    return key


def change(
    db: Database, actor: Actor, key: int, title: str, chosen: Sequence[str], settings: Settings
) -> None:
    """Change what was prepared; secrecy only as long as nobody rated.

    Raises
    ------
    DomainError
        What :func:`entitled` and :func:`create` refuse; ``"secrecy_settled"``. Nothing is written then.

    """
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.PREPARE)
        if _secrecy(settings) != _secrecy(meeting.settings):
            entitled(session, key, actor, Action.SET_SECRECY)
            # Whoever rated before a step back did so under the secrecy that was promised then.
            if votes.any_cast(session, key):
                raise DomainError("secrecy_settled")
        meetings.set_details(session, key, _title(title), settings)
        meetings.set_terrains(session, key, _terrain_keys(session, chosen))
        log(session, key, who.pseudonym, "changed", {"terrains": list(chosen)})


def delete(db: Database, actor: Actor, key: int) -> None:
    """Take a meeting away before it is rated, or a demonstration at any time."""
    with db.write() as session:
        meeting = meetings.meeting(session, key)
        if not meeting.demo:
            entitled(session, key, actor, Action.DELETE)
        elif not member(session, meeting, actor).facilitates:
            raise DomainError("meeting_not_allowed", action=Action.DELETE)
        log(session, key, member(session, meeting, actor).pseudonym, "deleted", {"demo": meeting.demo})
        meetings.delete_meeting(session, key)
        ratings.delete_assessments(session, f"demo/{key}")


def open_meeting(db: Database, actor: Actor, key: int) -> None:
    """Let people join."""
    _step(db, actor, key, Action.OPEN)


def back(db: Database, actor: Actor, key: int) -> None:
    """Go back a stage, where nothing was revealed in between."""
    _step(db, actor, key, Action.BACK)


def start_round(db: Database, actor: Actor, key: int, cells: Collection[tuple[str, str]] = ()) -> None:
    """Start rating: everything in the first round, the chosen cells in those that follow.

    Raises
    ------
    DomainError
        ``"round_without_cells"`` if a later round asks for nothing; what :func:`entitled` refuses.

    """
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.START_ROUND)
        status = meeting.status.after(Action.START_ROUND)
        wanted = {cell for cell in cells if cell[0] in meeting.terrains}
        if status.round > 1:
            if not wanted:
                raise DomainError("round_without_cells")
            grid = grid_of_key(db, session, meeting.grid)
            keys = terrains.keys_by_code(session)
            ordered = sorted((keys[terrain], grid.criterion(code).code) for terrain, code in wanted)
            meetings.reopen(session, key, status.round, ordered)
        meetings.set_status(session, key, status)
        if meeting.pointed_at is None:
            meetings.set_pointer(session, key, terrains.terrain_key(session, meeting.terrains[0]))
        meetings.set_timer(session, key, None)
        details = {"round": status.round, "cells": sorted(map(list, wanted))}
        log(session, key, who.pseudonym, "round_started", details)


def reveal(db: Database, actor: Actor, key: int) -> None:
    """End a round and show it: its votes are chained as one digest, by pseudonym."""
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.REVEAL)
        meetings.set_status(session, key, meeting.status.after(Action.REVEAL))
        meetings.set_timer(session, key, None)
        number = meeting.status.round
        shown = [
            vote_line(cast)
            for cast in votes.votes(session, key, number)
            if cast.round == number and cast.vote.terrain in meeting.terrains
        ]
        details = {"round": number, "votes": shown}
        log(session, key, who.pseudonym, "revealed", details)


def start_deciding(db: Database, actor: Actor, key: int) -> None:
    """Go from discussing to deciding."""
    _step(db, actor, key, Action.START_DECIDING)


def point_at(db: Database, actor: Actor, key: int, terrain: str) -> None:
    """Say which terrain is in hand, to all who follow."""
    with db.write() as session:
        meeting, _who = entitled(session, key, actor, Action.POINT)
        if terrain not in meeting.terrains:
            raise DomainError("terrain_unknown", terrain=terrain)
        meetings.set_pointer(session, key, terrains.terrain_key(session, terrain))


def start_timer(db: Database, actor: Actor, key: int, minutes: int | None) -> None:
    """Start a timer of 1 to 120 minutes on every screen, or stop it."""
    with db.write() as session:
        entitled(session, key, actor, Action.POINT)
        if minutes is not None and not 1 <= minutes <= 120:
            raise DomainError("timer_out_of_range", found=minutes)
        ends_at = None if minutes is None else datetime.now(UTC) + timedelta(minutes=minutes)
        meetings.set_timer(session, key, ends_at)


def find(db: Database, actor: Actor, key: int) -> Meeting:
    """Return a meeting to who leads it.

    Raises
    ------
    DomainError
        ``"meeting_unknown"``; ``"meeting_not_allowed"`` to anyone who does not lead.

    """
    with db.read() as session:
        return led(session, key, actor, Action.SEE_PROGRESS)[0]


def counters(db: Database, key: int) -> tuple[int, int] | None:
    """Return how often a meeting was written to, and how often its screens had to follow."""
    with db.read() as session:
        return meetings.revisions(session, key)


def list_meetings(db: Database, actor: Actor) -> list[Meeting]:
    """Return every meeting, the newest first; ``"meeting_not_allowed"`` to anyone but the organiser."""
    if not actor.organiser:
        raise DomainError("meeting_not_allowed", action=Action.PREPARE)
    with db.read() as session:
        return meetings.meetings(session)


def new_code() -> str:
    """Make a code to join by: 9 signs, 44 bits."""
    return "".join(choice(ALPHABET) for _ in range(CODE_LENGTH))


def vote_line(cast: votes.CastVote) -> list[Any]:
    """Return a vote as a line of the audit: pseudonym, terrain, criterion, answer, level."""
    rating = cast.vote.rating
    level = None if rating.value is None else str(rating.value)
    return [cast.vote.participant, cast.vote.terrain, rating.criterion, rating.answer.value, level]


def _step(db: Database, actor: Actor, key: int, action: Action) -> None:
    with db.write() as session:
        meeting, who = entitled(session, key, actor, action)
        status = meeting.status.after(action)
        meetings.set_status(session, key, status)
        log(session, key, who.pseudonym, action.value, {"from": meeting.status.stage, "to": status.stage})


def log(session: Session, key: int, actor: str, event: str, details: Mapping[str, Any]) -> None:
    """Chain an event of a meeting."""
    audit.append(session, f"meeting/{key}", datetime.now(UTC), actor, event, details)


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not 1 <= len(title) <= TITLE_LIMIT:
        raise DomainError("meeting_title_wrong", limit=TITLE_LIMIT, found=len(title))
    return title


def _terrain_keys(session: Session, chosen: Sequence[str]) -> list[int]:
    fewest, most = TERRAINS
    if not fewest <= len(chosen) <= most or len(set(chosen)) != len(chosen):
        raise DomainError("meeting_terrains_wrong", fewest=fewest, most=most, found=len(chosen))
    return [terrains.terrain_key(session, code) for code in chosen]


def _secrecy(settings: Settings) -> tuple[bool, bool, bool]:
    return settings.blind, settings.names_required, settings.names_shown
