"""What the store holds, in a few figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ect.services.reference import frameworks
from ect.storage.database import Database
from ect.storage.repositories import ratings, terrains


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts for the home page, and the last rating given (an aware moment, UTC)."""

    terrains: int
    frameworks: int
    last_saved_terrain: str
    last_saved_at: datetime | None


def overview(db: Database) -> Overview:
    """Count what there is."""
    with db.read() as session:
        count = len(terrains.terrains(session))
        last = ratings.last_rating(session)
    return Overview(
        terrains=count,
        frameworks=len(frameworks()),
        last_saved_terrain=last[0] if last else "",
        last_saved_at=last[1] if last else None,
    )
