"""Deciding: values settled on, a verdict a terrain with its motive, and the freeze that ends it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.meeting import REASON_LIMIT, Action, Verdict
from ect.services.deliberation import Results, all_results
from ect.services.meeting import log, vote_line
from ect.services.membership import Actor, Member, entitled, led
from ect.services.reference import grid_of_key
from ect.storage.database import Database
from ect.storage.repositories import audit, meetings, ratings, terrains, votes
from ect.storage.repositories.audit import Event
from ect.storage.repositories.meetings import Meeting, Override, Ruling

FORMULA = "SCORE TOTAL = 2 x SCORE ECT + total of the criteria; each criterion at its mean unless settled"


def settle(
    db: Database,
    actor: Actor,
    key: int,
    terrain: str,
    criterion: str,
    value: Fraction | None,
    reason: str = "",
) -> None:
    """Put a value in place of a criterion's mean, with the reason it takes; ``None`` takes it back.

    Raises
    ------
    DomainError
        ``"override_out_of_range"``, ``"override_needs_reason"``, ``"reason_long"``; ``"recused"`` if
        the actor's own seat is.

    """
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.DECIDE)
        grid_of_key(db, session, meeting.grid).criterion(criterion)
        place = _terrain(session, meeting, who, terrain)
        override = None
        if value is not None:
            if not 0 <= value <= 2:
                raise DomainError("override_out_of_range", criterion=criterion, value=value)
            override = Override(value, _text(reason, DomainError("override_needs_reason")))
        meetings.set_override(session, key, place, criterion, override)
        meetings.touch(session, key, screens=True)
        details = {"terrain": terrain, "criterion": criterion, "value": None if value is None else str(value)}
        log(session, key, who.pseudonym, "settled", details)


def decide(
    db: Database, actor: Actor, key: int, terrain: str, verdict: Verdict | None, motive: str = ""
) -> None:
    """Decide of a terrain, with its motive; ``None`` takes the decision back.

    Raises
    ------
    DomainError
        ``"verdict_needs_motive"``, ``"reason_long"``; ``"recused"`` if the actor's own seat is.

    """
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.DECIDE)
        place = _terrain(session, meeting, who, terrain)
        ruling = Ruling(verdict, _text(motive, DomainError("verdict_needs_motive"))) if verdict else None
        meetings.set_ruling(session, key, place, ruling)
        meetings.touch(session, key, screens=True)
        details = {"terrain": terrain, "verdict": verdict and verdict.value}
        log(session, key, who.pseudonym, "decided", details)


def close(db: Database, actor: Actor, key: int) -> str:
    """Freeze everything into dated assessments; return the head of the audit.

    Raises
    ------
    DomainError
        ``"verdicts_missing"`` naming the terrains nothing was decided of. Nothing is written then.

    """
    now = datetime.now(UTC)
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.CLOSE)
        found = all_results(db, session, meeting)
        missing = [code for code in meeting.terrains if code not in found.rulings]
        if missing:
            names = {terrain.code: terrain.name for terrain in terrains.terrains(session, archived=True)}
            raise DomainError("verdicts_missing", terrains=", ".join(names[code] for code in missing))
        cast = votes.votes(session, key, meeting.status.round)
        seats = meetings.seats(session, key)
        for code in meeting.terrains:
            record = _record(found, code) | {
                "votes": [[*vote_line(c), c.round, c.on_paper] for c in cast if c.vote.terrain == code],
                "recused": [seat.pseudonym for seat in seats if code in seat.recused],
            }
            ratings.add_assessment(
                session,
                terrains.terrain_key(session, code),
                meeting.grid,
                f"demo/{key}" if meeting.demo else f"meeting/{key}",
                now.year,
                {p.code: p.measure.low for p in found.scores[code].criteria if p.measure.complete},
                record=record | {"closed_at": now.isoformat()},
            )
        meetings.set_status(session, key, meeting.status.after(Action.CLOSE), closed_at=now)
        log(session, key, who.pseudonym, "closed", {"scores": _totals(found)})
        return audit.head(session)


def history(db: Database, actor: Actor, key: int) -> list[Event]:
    """Return what happened in a meeting, by pseudonym, in order, to who leads it.

    The votes that a reveal chained are left out: who leads may be recused from some of them.

    Raises
    ------
    DomainError
        ``"meeting_unknown"``; ``"meeting_not_allowed"`` to anyone who does not lead.

    """
    with db.read() as session:
        led(session, key, actor, Action.SEE_PROGRESS)
        found = audit.events(session, f"meeting/{key}")
    return [replace(event, details=_without_votes(event.details)) for event in found]


def audit_head(db: Database) -> tuple[str, int | None]:
    """Return the head of the chain, and the first event that breaks it, if one does."""
    with db.read() as session:
        return audit.head(session), audit.first_break(session)


def _record(found: Results, terrain: str) -> dict[str, Any]:
    ruling = found.rulings[terrain]
    return {
        "grid": f"{found.grid.code}/{found.grid.version}",
        "formula": FORMULA,
        "settings": asdict(found.meeting.settings),
        "rounds": found.meeting.status.round,
        "verdict": ruling.verdict.value,
        "motive": ruling.motive,
        "overrides": {
            criterion: [str(o.value), o.reason]
            for (code, criterion), o in found.overrides.items()
            if code == terrain
        },
    }


def _totals(found: Results) -> dict[str, list[str]]:
    return {c: [str(s.total.low), str(s.total.high)] for c, s in found.scores.items()}


def _without_votes(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if name != "votes"}


def _terrain(session: Session, meeting: Meeting, who: Member, terrain: str) -> int:
    if terrain not in meeting.terrains:
        raise DomainError("terrain_unknown", terrain=terrain)
    if who.seat and terrain in who.seat.recused:
        raise DomainError("recused")
    return terrains.terrain_key(session, terrain)


def _text(text: str, if_empty: DomainError) -> str:
    text = text.strip()
    if not text:
        raise if_empty
    if len(text) > REASON_LIMIT:
        raise DomainError("reason_long", limit=REASON_LIMIT, found=len(text))
    return text
