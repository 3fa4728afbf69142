"""Rating a terrain: each answer is saved when it is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from ect.domain.rating import Rating, check_rating
from ect.storage.database import Database
from ect.storage.repositories import grids, ratings, terrains
from ect.storage.repositories.ratings import SavedRating

__all__ = ["ROOM", "SavedRating", "clear_all", "clear_rating", "rate", "ratings_of", "restore_ratings"]

# The voice of one person at the projector, moving sliders for the room.
ROOM = "room"


def ratings_of(db: Database, terrain: str, voice: str = ROOM) -> dict[str, SavedRating]:
    """Return one voice's ratings of a terrain on the grid in force, by criterion."""
    with db.read() as session:
        grid = grids.latest_grid_key(session)
        return ratings.ratings(session, terrains.terrain_key(session, terrain), grid, voice)


def rate(db: Database, terrain: str, rating: Rating, voice: str = ROOM) -> SavedRating:
    """Save one answer.

    Raises
    ------
    DomainError
        ``"terrain_unknown"``, ``"criterion_unknown"`` or ``"level_out_of_range"``; nothing is written.
    """
    with db.write() as session:
        key, grid = grids.latest_grid(session)
        check_rating(grid, rating)
        place = terrains.terrain_key(session, terrain)
        return ratings.upsert_rating(session, place, key, voice, rating, datetime.now(UTC))


def clear_rating(db: Database, terrain: str, criterion: str, voice: str = ROOM) -> None:
    """Take one answer back: the criterion is not rated any more."""
    with db.write() as session:
        grid = grids.latest_grid_key(session)
        ratings.delete_ratings(
            session, terrains.terrain_key(session, terrain), grid, voice, criterion
        )


def clear_all(db: Database, terrain: str, voice: str = ROOM) -> tuple[Rating, ...]:
    """Take back all answers of one voice on a terrain, and return them so that they can come back."""
    with db.write() as session:
        grid = grids.latest_grid_key(session)
        place = terrains.terrain_key(session, terrain)
        removed = ratings.ratings(session, place, grid, voice)
        ratings.delete_ratings(session, place, grid, voice)
    return tuple(saved.rating for saved in removed.values())


def restore_ratings(
    db: Database, terrain: str, given: Iterable[Rating], voice: str = ROOM
) -> None:
    """Save several answers at once, all of them or none."""
    with db.write() as session:
        key, grid = grids.latest_grid(session)
        place, now = terrains.terrain_key(session, terrain), datetime.now(UTC)
        for rating in given:
            check_rating(grid, rating)
            ratings.upsert_rating(session, place, key, voice, rating, now)
