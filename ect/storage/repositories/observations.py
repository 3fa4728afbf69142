"""What people answered and what became of it, as plain rows for a statistician: no name of a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from ect.storage.repositories.whole import BATCH, columns_of, revealed, rows, table_names
from ect.storage.tables import (
    AuditRow,
    GridRow,
    MeetingRow,
    MeetingTerrainRow,
    OverrideRow,
    RatingRow,
    RecusalRow,
    ScenarioRow,
    SeatRow,
    TerrainRow,
    VoteRow,
)

# Tables that some frame of ours tells, and those that keep the house: what an import replaced, the heading
# of documents. The others go out as they are.
TOLD = frozenset(
    {
        "grid",
        "terrain",
        "rating",
        "vote",
        "assessment",
        "meeting",
        "meeting_terrain",
        "seat",
        "recusal",
        "reopened",
        "override",
        "scenario",
        "audit",
        "reference_item",
        "import_batch",
        "import_before",
        "document_settings",
    }
)


def grid_names(session: Session) -> dict[int, str]:
    """Return what each version of the grid is called: ``ect/2023``."""
    query = select(GridRow.id, GridRow.code, GridRow.version)
    return {key: f"{code}/{version}" for key, code, version in session.exec(query) if key is not None}


def room_ratings(session: Session) -> Iterator[Sequence[Any]]:
    """Yield the ratings given outside meetings: voice, terrain, grid, then what was answered and when."""
    query = (
        sa.select(
            col(RatingRow.voice),
            col(TerrainRow.code),
            col(RatingRow.grid_id),
            col(RatingRow.criterion),
            col(RatingRow.answer),
            col(RatingRow.half_points),
            col(RatingRow.basis),
            col(RatingRow.comment),
            col(RatingRow.saved_at),
        )
        .join(TerrainRow, col(TerrainRow.id) == col(RatingRow.terrain_id))
        .order_by(col(RatingRow.id))
    )
    yield from _stream(session, query)


def revealed_votes(session: Session) -> Iterator[Sequence[Any]]:
    """Yield the votes of revealed rounds.

    Each is: meeting, round, seat's number, whether it counts (its seat is there and not recused),
    whether it came on paper, whether the meeting is a demonstration; then as :func:`room_ratings`.
    """
    recused = sa.exists().where(
        col(RecusalRow.seat_id) == col(VoteRow.seat_id), col(RecusalRow.terrain_id) == col(VoteRow.terrain_id)
    )
    query = (
        sa.select(
            col(VoteRow.meeting_id),
            col(VoteRow.round),
            col(SeatRow.number),
            sa.and_(col(SeatRow.removed).is_(False), ~recused),
            col(VoteRow.on_paper),
            col(MeetingRow.demo),
            col(TerrainRow.code),
            col(MeetingRow.grid_id),
            col(VoteRow.criterion),
            col(VoteRow.answer),
            col(VoteRow.half_points),
            col(VoteRow.basis),
            col(VoteRow.comment),
            col(VoteRow.saved_at),
        )
        .join(SeatRow, col(SeatRow.id) == col(VoteRow.seat_id))
        .join(MeetingRow, col(MeetingRow.id) == col(VoteRow.meeting_id))
        .join(TerrainRow, col(TerrainRow.id) == col(VoteRow.terrain_id))
        .where(revealed(session))
        .order_by(col(VoteRow.id))
    )
    yield from _stream(session, query)


def meeting_terrains(session: Session) -> Iterator[Sequence[Any]]:
    """Yield the terrains of each meeting: meeting, terrain, place, verdict, motive, demonstration."""
    query = (
        sa.select(
            col(MeetingTerrainRow.meeting_id),
            col(TerrainRow.code),
            col(MeetingTerrainRow.place),
            col(MeetingTerrainRow.verdict),
            col(MeetingTerrainRow.motive),
            col(MeetingRow.demo),
        )
        .join(TerrainRow, col(TerrainRow.id) == col(MeetingTerrainRow.terrain_id))
        .join(MeetingRow, col(MeetingRow.id) == col(MeetingTerrainRow.meeting_id))
        .order_by(col(MeetingTerrainRow.meeting_id), col(MeetingTerrainRow.place))
    )
    yield from _stream(session, query)


def overrides(session: Session) -> Iterator[Sequence[Any]]:
    """Yield the values settled on: meeting, terrain, criterion, value (a fraction in text), reason."""
    query = (
        sa.select(
            col(OverrideRow.meeting_id),
            col(TerrainRow.code),
            col(OverrideRow.criterion),
            col(OverrideRow.value),
            col(OverrideRow.reason),
        )
        .join(TerrainRow, col(TerrainRow.id) == col(OverrideRow.terrain_id))
        .order_by(col(OverrideRow.meeting_id), col(TerrainRow.code), col(OverrideRow.criterion))
    )
    yield from _stream(session, query)


def recusals(session: Session) -> Iterator[Sequence[Any]]:
    """Yield who does not rate what: meeting, seat's number, terrain, when it was declared."""
    query = (
        sa.select(
            col(SeatRow.meeting_id), col(SeatRow.number), col(TerrainRow.code), col(RecusalRow.declared_at)
        )
        .join(SeatRow, col(SeatRow.id) == col(RecusalRow.seat_id))
        .join(TerrainRow, col(TerrainRow.id) == col(RecusalRow.terrain_id))
        .order_by(col(SeatRow.meeting_id), col(SeatRow.number), col(TerrainRow.code))
    )
    yield from _stream(session, query)


def scenarios(session: Session) -> Iterator[Sequence[Any]]:
    """Yield the scenarios that are kept: name, note, grid, source, text, when it was made."""
    query = (
        sa.select(
            col(ScenarioRow.name),
            col(ScenarioRow.note),
            col(ScenarioRow.grid_id),
            col(ScenarioRow.source),
            col(ScenarioRow.text),
            col(ScenarioRow.created_at),
        )
        .where(col(ScenarioRow.removed_at).is_(None))
        .order_by(col(ScenarioRow.id))
    )
    yield from _stream(session, query)


def events(session: Session) -> Iterator[Sequence[Any]]:
    """Yield the audit: number, meeting, when, who (a pseudonym), what, about what, digest."""
    query = sa.select(
        col(AuditRow.id),
        col(AuditRow.meeting),
        col(AuditRow.at),
        col(AuditRow.actor),
        col(AuditRow.event),
        col(AuditRow.details),
        col(AuditRow.digest),
    ).order_by(col(AuditRow.id))
    yield from _stream(session, query)


def untold_tables() -> dict[str, tuple[str, ...]]:
    """Return the tables no frame tells, with their columns."""
    return {name: columns_of(name) for name in table_names() if name not in TOLD}


def untold_rows(session: Session, table: str) -> Iterator[list[Any]]:
    """Yield the rows of such a table."""
    return rows(session, table, names=False)


def _stream(session: Session, query: sa.Select[*tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    yield from session.connection().execution_options(yield_per=BATCH).execute(query)
