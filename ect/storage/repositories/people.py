"""What the store holds of one person, and taking it away: the name, the device, the words of comments.

Votes stay, under a pseudonym: results and the chain are made of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update
from sqlmodel import Session, col, select

from ect.storage.repositories import audit
from ect.storage.tables import AuditRow, MeetingRow, SeatRow, VoteRow

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Erasure:
    """Which seat was erased: its number, in the meeting of this key prepared at this moment (ISO 8601).

    The moment tells the meeting from one of the same key in another store.
    """

    meeting: int
    prepared_at: str
    number: int


def erasure_of(session: Session, seat: int) -> Erasure:
    """Return what an erasure of this seat is told by."""
    query = (
        select(MeetingRow.id, MeetingRow.created_at, SeatRow.number)
        .join(SeatRow, col(SeatRow.meeting_id) == MeetingRow.id)
        .where(SeatRow.id == seat)
    )
    key, prepared_at, number = session.exec(query).one()
    return Erasure(key or 0, prepared_at.isoformat(), number)


def erase(session: Session, erasure: Erasure) -> bool:
    """Take away what would tell who sat there; return whether there is such a seat."""
    if session.get_bind().dialect.name == "sqlite":
        # What is taken away is overwritten, and does not stay in unused parts of the file.
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")
    query = (
        select(SeatRow.id, MeetingRow.created_at)
        .join(MeetingRow, col(MeetingRow.id) == SeatRow.meeting_id)
        .where(SeatRow.meeting_id == erasure.meeting, SeatRow.number == erasure.number)
    )
    found = session.exec(query).first()
    if found is None or found[1].isoformat() != erasure.prepared_at:
        return False
    seat = col(SeatRow.id) == found[0]
    session.exec(update(SeatRow).where(seat).values(name="", device=None, facilitator=False))
    session.exec(update(VoteRow).where(col(VoteRow.seat_id) == found[0]).values(comment=""))
    return True


def remember(session: Session, erasure: Erasure, actor: str, now: datetime) -> None:
    """Chain an erasure: a copy that is put back later gets it again."""
    details = {"seat": f"P{erasure.number}", "prepared_at": erasure.prepared_at}
    audit.append(session, f"meeting/{erasure.meeting}", now, actor, ERASED, details)


def erasures(session: Session) -> list[Erasure]:
    """Return every erasure the chain tells of, in order, each once."""
    rows = session.exec(select(AuditRow).where(AuditRow.event == ERASED).order_by(col(AuditRow.id)))
    found = [
        Erasure(
            int(row.meeting.removeprefix("meeting/")),
            str(row.details["prepared_at"]),
            int(str(row.details["seat"]).removeprefix("P")),
        )
        for row in rows
    ]
    return list(dict.fromkeys(found))


def erase_in_file(copy: Path, wanted: Iterable[Erasure]) -> int:
    """Take persons out of a copy that lies in a file, whatever its schema; return how many seats it held."""
    seats = 0
    with closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("BEGIN IMMEDIATE")
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'seat'").fetchone():
            seats = sum(_erase_row(raw, erasure) for erasure in wanted)
        raw.execute("COMMIT")
    return seats


def _erase_row(raw: sqlite3.Connection, erasure: Erasure) -> int:
    prepared_at = datetime.fromisoformat(erasure.prepared_at).astimezone(UTC)
    found = raw.execute(
        "SELECT s.id FROM seat s JOIN meeting m ON m.id = s.meeting_id"
        " WHERE m.id = ? AND m.created_at = ? AND s.number = ?",
        (erasure.meeting, f"{prepared_at:%Y-%m-%d %H:%M:%S.%f}", erasure.number),
    ).fetchone()
    if found is None:
        return 0
    raw.execute("UPDATE seat SET name = '', device = NULL, facilitator = 0 WHERE id = ?", found)
    raw.execute("UPDATE vote SET comment = '' WHERE seat_id = ?", found)
    return 1
