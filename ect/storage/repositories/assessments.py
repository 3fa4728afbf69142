"""Dated scores of a terrain, and the moment scores last changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session, col, func, select

from ect.storage.tables import AssessmentRow, GridRow, MeetingRow, RatingRow, TerrainRow


@dataclass(frozen=True, slots=True)
class Assessment:
    """A frozen score: of which terrain, from where (``source``), when, in which phase, on which grid."""

    key: int
    terrain: str
    grid: int
    source: str
    phase: str
    year: int
    profile: Mapping[str, Fraction]


def assessments(session: Session, terrain: str | None = None) -> tuple[Assessment, ...]:
    """Return the dated scores, of one terrain if asked, in the order they came in.

    Those of demonstrations are among them: their ``source`` begins with ``"demo/"``.
    """
    query = (
        select(TerrainRow.code, AssessmentRow)
        .join(TerrainRow, col(TerrainRow.id) == AssessmentRow.terrain_id)
        .order_by(col(AssessmentRow.id))
    )
    if terrain is not None:
        query = query.where(TerrainRow.code == terrain)
    return tuple(
        Assessment(
            key=row.id or 0,
            terrain=code,
            grid=row.grid_id,
            source=row.source,
            phase=row.phase,
            year=row.year,
            profile={name: Fraction(value) for name, value in row.profile.items()},
        )
        for code, row in session.exec(query)
    )


def last_change(session: Session) -> datetime:
    """Return the last moment a score, a terrain or a grid came in or changed: a document's date."""
    moments = (
        func.max(RatingRow.saved_at),
        func.max(MeetingRow.closed_at),
        func.max(TerrainRow.edited_at),
        func.max(TerrainRow.created_at),
        func.max(GridRow.created_at),
    )
    found = [moment for one in moments if (moment := session.exec(select(one)).first()) is not None]
    return max(found)


def grid_date(session: Session) -> datetime:
    """Return the moment the newest version of the grid came in."""
    return session.exec(select(GridRow.created_at).order_by(col(GridRow.id).desc()).limit(1)).one()
