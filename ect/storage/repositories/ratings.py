"""Ratings, one cell each, and the assessments that are dated and frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, func, select

from ect.domain.rating import Rating
from ect.storage.repositories.upsert import answer_columns, rating_of, upsert
from ect.storage.tables import AssessmentRow, RatingRow, TerrainRow

Origin = Literal["published", "decided", "imported"]
# How the source of an assessment begins that a meeting decided, or that came in with a table.
SOURCES = {"decided": "meeting/", "imported": "import/"}
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


def rated_profiles(session: Session, grid: int) -> dict[str, dict[str, Fraction]]:
    """Return the mean of the levels each criterion was given, exactly, by terrain code.

    It is what :func:`ect.domain.aggregation.values_of` makes of every voice's ratings, added up by the
    database: twenty people's ratings of a thousand terrains are half a million rows.
    """
    points, given = func.sum(col(RatingRow.half_points)), func.count(col(RatingRow.half_points))
    codes = {row[0]: row[1] for row in session.execute(select(TerrainRow.id, TerrainRow.code))}
    query = (
        select(RatingRow.terrain_id, RatingRow.criterion, points, given)
        .where(RatingRow.grid_id == grid, col(RatingRow.half_points).is_not(None))
        .group_by(col(RatingRow.terrain_id), col(RatingRow.criterion))
    )
    found: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for terrain, criterion, sum_, count in session.execute(query):
        found[codes[terrain]][criterion] = Fraction(sum_, 2 * count)
    return dict(found)


def heard_several(session: Session, grid: int) -> dict[str, int]:
    """Return how many ratings each terrain has that several voices rated, by terrain code."""
    voices = func.count(func.distinct(RatingRow.voice))
    query = (
        select(TerrainRow.code, func.count())
        .join(RatingRow, col(TerrainRow.id) == RatingRow.terrain_id)
        .where(RatingRow.grid_id == grid)
        .group_by(TerrainRow.code)
        .having(voices > 1)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def voiced_ratings(session: Session, grid: int, terrains: Collection[str]) -> list[tuple[str, str, Rating]]:
    """Return every rating of these terrains, with the terrain's code and whose it is."""
    query = (
        select(TerrainRow.code, RatingRow)
        .join(TerrainRow, col(TerrainRow.id) == RatingRow.terrain_id)
        .where(RatingRow.grid_id == grid, col(TerrainRow.code).in_(terrains))
    )
    return [(code, row.voice, _saved(row).rating) for code, row in session.exec(query)]


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


def profiles(session: Session, grid: int, origin: Origin) -> dict[str, dict[str, Fraction]]:
    """Return the last profile of that origin, by terrain code.

    Those of a demonstration are of none.
    """
    source = col(AssessmentRow.source)
    wanted = ~source.contains("/") if origin == "published" else source.startswith(SOURCES[origin])
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


def every_rating(session: Session, grid: int) -> Iterator[tuple[str, str, Rating]]:
    """Yield the name of the terrain, the voice and the rating, of every cell on a grid, in that order."""
    query = (
        select(TerrainRow.name, RatingRow)
        .join(TerrainRow, col(TerrainRow.id) == RatingRow.terrain_id)
        .where(RatingRow.grid_id == grid)
        .order_by(col(RatingRow.terrain_id), col(RatingRow.voice), col(RatingRow.id))
        .execution_options(yield_per=5_000)
    )
    for name, row in session.exec(query):
        yield name, row.voice, rating_of(row)
