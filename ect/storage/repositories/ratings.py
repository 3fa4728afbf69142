"""Ratings, one cell each, and the assessments that are dated and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, func, select

from ect.domain.rating import Rating
from ect.storage.repositories.upsert import answer_columns, rating_of, upsert
from ect.storage.tables import AssessmentRow, RatingRow, TerrainRow

KEY = ("terrain_id", "grid_id", "voice", "criterion")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a rating stands: the keys of its terrain and of its grid, whose it is, on what."""

    terrain: int
    grid: int
    voice: str
    criterion: str


@dataclass(frozen=True, slots=True)
class SavedRating:
    """A rating as the store holds it: when it was saved (aware, UTC) and how often it was changed."""

    rating: Rating
    saved_at: datetime
    revision: int


def ratings(session: Session, terrain: int, grid: int, voice: str) -> dict[str, SavedRating]:
    """Return one voice's ratings of a terrain, by criterion."""
    query = select(RatingRow).where(
        RatingRow.terrain_id == terrain, RatingRow.grid_id == grid, RatingRow.voice == voice
    )
    return {row.criterion: _saved(row) for row in session.exec(query)}


def find_rating(session: Session, cell: Cell) -> Rating | None:
    """Return the rating of one cell, or ``None``."""
    row = session.exec(select(RatingRow).where(*_is(cell))).first()
    return _saved(row).rating if row else None


def upsert_rating(session: Session, cell: Cell, rating: Rating, now: datetime) -> SavedRating:
    """Write one cell, whether it was there or not, and count its revision."""
    values = {
        "terrain_id": cell.terrain,
        "grid_id": cell.grid,
        "voice": cell.voice,
        "saved_at": now,
        **answer_columns(rating),
    }
    return SavedRating(rating, now, upsert(session, RatingRow, KEY, values))


def delete_rating(session: Session, cell: Cell) -> None:
    """Take the rating of one cell away."""
    session.exec(delete(RatingRow).where(*_is(cell)))


def last_rating(session: Session) -> tuple[str, datetime] | None:
    """Return the name of the terrain rated last, and when."""
    newest = select(func.max(RatingRow.saved_at)).scalar_subquery()
    query = (
        select(TerrainRow.name, RatingRow.saved_at)
        .join(RatingRow, col(RatingRow.terrain_id) == TerrainRow.id)
        .where(RatingRow.saved_at == newest)
    )
    return session.exec(query).first()


def add_assessment(
    session: Session,
    terrain: int,
    grid: int,
    source: str,
    year: int,
    profile: Mapping[str, Fraction],
    phase: str = "emergence",
    record: Mapping[str, Any] | None = None,
) -> None:
    """Put a dated score in, with the record of how it was arrived at."""
    session.add(
        AssessmentRow(
            terrain_id=terrain,
            grid_id=grid,
            source=source,
            phase=phase,
            year=year,
            profile={code: str(value) for code, value in profile.items()},
            record=None if record is None else dict(record),
        )
    )
    session.flush()


def delete_assessments(session: Session, source: str) -> None:
    """Take the dated scores of one source away."""
    session.exec(delete(AssessmentRow).where(col(AssessmentRow.source) == source))


def profiles(session: Session, grid: int, *, decided: bool) -> dict[str, dict[str, Fraction]]:
    """Return the last profile a meeting arrived at, or the published one, by terrain code.

    Those of a demonstration are in neither.
    """
    source = col(AssessmentRow.source)
    wanted = source.startswith("meeting/") if decided else ~source.contains("/")
    query = (
        select(TerrainRow.code, AssessmentRow.profile)
        .join(TerrainRow, col(TerrainRow.id) == AssessmentRow.terrain_id)
        .where(AssessmentRow.grid_id == grid, wanted)
        .order_by(col(AssessmentRow.id))
    )
    return {
        code: {name: Fraction(value) for name, value in profile.items()}
        for code, profile in session.exec(query)
    }


def deciding_meetings(session: Session, grid: int) -> dict[str, int]:
    """Return the meeting that decided last of each terrain, by the terrain's code."""
    query = (
        select(TerrainRow.code, AssessmentRow.source)
        .join(TerrainRow, col(TerrainRow.id) == AssessmentRow.terrain_id)
        .where(AssessmentRow.grid_id == grid, col(AssessmentRow.source).startswith("meeting/"))
        .order_by(col(AssessmentRow.id))
    )
    return {code: int(source.removeprefix("meeting/")) for code, source in session.exec(query)}


def _is(cell: Cell) -> tuple[ColumnElement[bool], ...]:
    return (
        col(RatingRow.terrain_id) == cell.terrain,
        col(RatingRow.grid_id) == cell.grid,
        col(RatingRow.voice) == cell.voice,
        col(RatingRow.criterion) == cell.criterion,
    )


def _saved(row: RatingRow) -> SavedRating:
    return SavedRating(rating_of(row), row.saved_at, row.revision)
