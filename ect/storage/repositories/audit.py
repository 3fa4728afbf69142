"""The audit: an append-only chain of events. Each digest covers its event and the digest before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ect.storage.tables import AuditRow

ORIGIN = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a meeting, by a pseudonym, with what it is about."""

    meeting: str
    at: datetime
    actor: str
    event: str
    details: Mapping[str, Any]
    digest: str


def append(
    session: Session, meeting: str, at: datetime, actor: str, event: str, details: Mapping[str, Any]
) -> str:
    """Add an event to the chain; return its digest, the new head."""
    previous = head(session)
    digest = _digest(previous, meeting, at, actor, event, details)
    session.add(
        AuditRow(
            meeting=meeting,
            at=at,
            actor=actor,
            event=event,
            details=dict(details),
            previous=previous,
            digest=digest,
        )
    )
    session.flush()
    return digest


def head(session: Session) -> str:
    """Return the digest of the last event, or zeros if nothing happened yet."""
    found = session.exec(select(AuditRow.digest).order_by(col(AuditRow.id).desc()).limit(1)).first()
    return found or ORIGIN


def events(session: Session, meeting: str) -> list[Event]:
    """Return what happened in a meeting, in order."""
    rows = session.exec(select(AuditRow).where(AuditRow.meeting == meeting).order_by(col(AuditRow.id)))
    return [Event(r.meeting, r.at, r.actor, r.event, r.details, r.digest) for r in rows]


def first_break(session: Session) -> int | None:
    """Return the key of the first event that does not follow from the one before, or ``None``."""
    previous = ORIGIN
    for row in session.exec(select(AuditRow).order_by(col(AuditRow.id))):
        expected = _digest(previous, row.meeting, row.at, row.actor, row.event, row.details)
        if row.previous != previous or row.digest != expected:
            return row.id
        previous = row.digest
    return None


def _digest(
    previous: str, meeting: str, at: datetime, actor: str, event: str, details: Mapping[str, Any]
) -> str:
    content = [previous, meeting, at.isoformat(), actor, event, details]
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
