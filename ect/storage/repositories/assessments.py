"""Dated scores of a terrain, and the moment scores last changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session, col, func, select

from ect.storage.tables import AssessmentRow, GridRow, MeetingRow, RatingRow, TerrainRow


@dataclass(frozen=True, slots=True)
class DatedScore:
    """A terrain's frozen profile: from where (``source``), when, in which phase, on which grid."""

    source: str
    phase: str
    year: int
    grid: int
    profile: Mapping[str, Fraction]


def assessments(session: Session, terrain: str) -> tuple[DatedScore, ...]:
    """Return the dated scores of a terrain, in the order they came in; none of a demonstration."""
    query = (
        select(AssessmentRow)
        .join(TerrainRow, col(TerrainRow.id) == AssessmentRow.terrain_id)
        .where(TerrainRow.code == terrain, ~col(AssessmentRow.source).startswith("demo/"))
        .order_by(col(AssessmentRow.id))
    )
    return tuple(
        DatedScore(
            row.source,
            row.phase,
            row.year,
            row.grid_id,
            {code: Fraction(value) for code, value in row.profile.items()},
        )
        for row in session.exec(query)
    )


def rated_profiles(session: Session, grid: int) -> dict[str, dict[str, Fraction]]:
    """Return, by terrain code, the exact mean of the levels given on each criterion that received one.

    The store adds whole numbers up, so that a thousand terrains rated by twenty people are read in a
    second, and not as half a million ratings.
    """
    query = (
        select(
            TerrainRow.code,
            RatingRow.criterion,
            func.sum(RatingRow.half_points),
            func.count(col(RatingRow.half_points)),
        )
        .join(TerrainRow, col(TerrainRow.id) == RatingRow.terrain_id)
        .where(RatingRow.grid_id == grid, col(RatingRow.half_points).is_not(None))
        .group_by(col(TerrainRow.id), col(TerrainRow.code), col(RatingRow.criterion))
        .order_by(func.min(RatingRow.id))
    )
    grouped: dict[str, dict[str, Fraction]] = {}
    for code, criterion, halves, count in session.exec(query):
        grouped.setdefault(code, {})[criterion] = Fraction(int(halves or 0), 2 * count)
    return grouped


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
