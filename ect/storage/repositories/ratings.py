"""Ratings, one cell each, and the assessments that are dated and frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, cast

from sqlalchemy import ColumnElement, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select

from ect.domain.rating import Answer, Basis, Rating
from ect.storage.tables import AssessmentRow, RatingRow, TerrainRow

KEY = ("terrain_id", "grid_id", "voice", "criterion")
INSERTS: dict[str, Callable[[type[RatingRow]], sqlite.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": cast(Any, postgresql.insert),
}


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


def ratings_by_terrain(session: Session, grid: int) -> dict[str, list[Rating]]:
    """Return every rating on a grid, by terrain code."""
    query = (
        select(TerrainRow.code, RatingRow)
        .join(TerrainRow, col(TerrainRow.id) == RatingRow.terrain_id)
        .where(RatingRow.grid_id == grid)
    )
    grouped: dict[str, list[Rating]] = defaultdict(list)
    for code, row in session.exec(query):
        grouped[code].append(_saved(row).rating)
    return dict(grouped)


def find_rating(session: Session, cell: Cell) -> Rating | None:
    """Return the rating of one cell, or ``None``."""
    row = session.exec(select(RatingRow).where(*_is(cell))).first()
    return _saved(row).rating if row else None


def upsert_rating(session: Session, cell: Cell, rating: Rating, now: datetime) -> SavedRating:
    """Write one cell, whether it was there or not, and count its revision."""
    values: dict[str, Any] = {
        "terrain_id": cell.terrain,
        "grid_id": cell.grid,
        "voice": cell.voice,
        "criterion": cell.criterion,
        "answer": rating.answer.value,
        "half_points": None if rating.value is None else int(rating.value * 2),
        "basis": rating.basis.value if rating.basis else None,
        "comment": rating.comment,
        "saved_at": now,
        "revision": 1,
    }
    insert = INSERTS[session.get_bind().dialect.name](RatingRow)
    changed = {name: value for name, value in values.items() if name not in KEY}
    statement = (
        insert.values(**values)
        .on_conflict_do_update(index_elements=KEY, set_={**changed, "revision": RatingRow.revision + 1})
        .returning(col(RatingRow.revision))
    )
    return SavedRating(rating, now, session.exec(statement).one()[0])


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
) -> None:
    """Put a dated score in."""
    session.add(
        AssessmentRow(
            terrain_id=terrain,
            grid_id=grid,
            source=source,
            phase=phase,
            year=year,
            profile={code: str(value) for code, value in profile.items()},
        )
    )
    session.flush()


def delete_assessments(session: Session, source: str) -> None:
    """Take the dated scores of one source away."""
    session.exec(delete(AssessmentRow).where(col(AssessmentRow.source) == source))


def published_profiles(session: Session, grid: int) -> dict[str, dict[str, Fraction]]:
    """Return the published profile of each terrain that has one, by terrain code."""
    query = (
        select(TerrainRow.code, AssessmentRow.profile)
        .join(TerrainRow, col(TerrainRow.id) == AssessmentRow.terrain_id)
        .where(AssessmentRow.grid_id == grid)
        .order_by(col(AssessmentRow.id))
    )
    return {
        code: {name: Fraction(value) for name, value in profile.items()}
        for code, profile in session.exec(query)
    }


def _is(cell: Cell) -> tuple[ColumnElement[bool], ...]:
    return (
        col(RatingRow.terrain_id) == cell.terrain,
        col(RatingRow.grid_id) == cell.grid,
        col(RatingRow.voice) == cell.voice,
        col(RatingRow.criterion) == cell.criterion,
    )


def _saved(row: RatingRow) -> SavedRating:
    rating = Rating(
        criterion=row.criterion,
        answer=Answer(row.answer),
        value=None if row.half_points is None else Fraction(row.half_points, 2),
        basis=Basis(row.basis) if row.basis else None,
        comment=row.comment,
    )
    return SavedRating(rating, row.saved_at, row.revision)
