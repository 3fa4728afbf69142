"""Rating a terrain: each answer is saved when it is given, and says what it replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction

from sqlmodel import Session

from ect.domain.rating import Answer, Basis, Rating, check_rating
from ect.services.reference import grid_in_force, grid_of_key
from ect.storage.database import Database
from ect.storage.repositories import ratings, terrains
from ect.storage.repositories.ratings import Cell, SavedRating

__all__ = [
    "ROOM",
    "Change",
    "SavedRating",
    "answer",
    "clear_all",
    "describe",
    "put_back",
    "ratings_of",
]

# The voice of one person at the projector, moving sliders for the room.
ROOM = "room"


@dataclass(frozen=True, slots=True)
class Change:
    """What one action replaced, and what stands now; ``None`` is a criterion that is not rated."""

    criterion: str
    before: Rating | None
    after: SavedRating | None


def ratings_of(db: Database, terrain: str, voice: str = ROOM) -> dict[str, SavedRating]:
    """Return one voice's ratings of a terrain on the grid in force, by criterion."""
    with db.read() as session:
        grid, _version = grid_in_force(db, session)
        return ratings.ratings(session, terrains.terrain_key(session, terrain), grid, voice)


def answer(
    db: Database,
    terrain: str,
    criterion: str,
    given: Answer | None,
    value: Fraction | None = None,
    voice: str = ROOM,
) -> Change:
    """Save an answer, or take it back (``given=None``); what it rests on and its comment stay.

    Raises
    ------
    DomainError
        ``"terrain_unknown"``, ``"criterion_unknown"`` or ``"level_out_of_range"``; nothing is
        written.

    """
    with db.write() as session:
        cell = _cell(db, session, terrain, criterion, voice)
        before = ratings.find_rating(session, cell)
        if given is None:
            return Change(criterion, before, _write(db, session, cell, None))
        kept = before or Rating(criterion, Answer.UNKNOWN)
        after = Rating(criterion, given, value, kept.basis, kept.comment)
        return Change(criterion, before, _write(db, session, cell, after))


def describe(
    db: Database,
    terrain: str,
    criterion: str,
    basis: Basis | None,
    comment: str,
    voice: str = ROOM,
) -> Change:
    """Say what an answer rests on, and comment it; a criterion that is not rated is left alone."""
    with db.write() as session:
        cell = _cell(db, session, terrain, criterion, voice)
        before = ratings.find_rating(session, cell)
        after = replace(before, basis=basis, comment=comment) if before else None
        return Change(criterion, before, _write(db, session, cell, after))


def clear_all(db: Database, terrain: str, voice: str = ROOM) -> dict[str, Rating | None]:
    """Take back every answer of one voice on a terrain; return what :func:`put_back` needs."""
    with db.write() as session:
        grid, _version = grid_in_force(db, session)
        place = terrains.terrain_key(session, terrain)
        removed = ratings.ratings(session, place, grid, voice)
        for criterion in removed:
            ratings.delete_rating(session, Cell(place, grid, voice, criterion))
    return {criterion: saved.rating for criterion, saved in removed.items()}


def put_back(db: Database, terrain: str, before: Mapping[str, Rating | None], voice: str = ROOM) -> None:
    """Undo: make each criterion what it was, all of them or none."""
    with db.write() as session:
        for criterion, rating in before.items():
            _write(db, session, _cell(db, session, terrain, criterion, voice), rating)


def _cell(db: Database, session: Session, terrain: str, criterion: str, voice: str) -> Cell:
    grid, _version = grid_in_force(db, session)
    return Cell(terrains.terrain_key(session, terrain), grid, voice, criterion)


def _write(db: Database, session: Session, cell: Cell, rating: Rating | None) -> SavedRating | None:
    if rating is None:
        ratings.delete_rating(session, cell)
        return None
    check_rating(grid_of_key(db, session, cell.grid), rating)
    return ratings.upsert_rating(session, cell, rating, datetime.now(UTC))
