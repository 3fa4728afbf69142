"""What a store holds, in figures and names that can be compared with another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from ect.storage.repositories import audit

# What people call it, and where it is counted.
KINDS = {
    "grids": "grid",
    "terrains": "terrain",
    "ratings": "rating",
    "assessments": "assessment",
    "meetings": "meeting",
    "seats": "seat",
    "votes": "vote",
    "scenarios": "scenario",
    "events": "audit",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """How many there are of each kind; the terrains and the meetings; the last answer; the chain's head.

    ``terrains`` gives the name and the record (as text) by code, ``meetings`` the title by code.
    """

    counts: Mapping[str, int]
    terrains: Mapping[str, tuple[str, str]]
    meetings: Mapping[str, str]
    last_answer: datetime | None
    head: str


def contents(session: Session) -> Contents:
    """Read what a store holds."""
    run = session.connection().exec_driver_sql
    last = run(
        "SELECT max(at) FROM (SELECT max(saved_at) AS at FROM rating UNION SELECT max(saved_at) FROM vote)"
    )
    return Contents(
        counts={
            kind: run(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - the names are ours
            for kind, table in KINDS.items()
        },
        terrains={
            code: (name, f"{archived} {record}")
            for code, name, archived, record in run(
                "SELECT code, name, archived, record FROM terrain ORDER BY id"
            )
        },
        meetings=dict(_pairs(run("SELECT code, title FROM meeting ORDER BY id"))),
        last_answer=_moment(last.scalar_one()),
        head=audit.head(session),
    )


def _pairs(rows: Any) -> list[tuple[str, str]]:
    return [(code, title) for code, title in rows]


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written).replace(tzinfo=UTC) if written else None
