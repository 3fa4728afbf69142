"""What a terrain's record holds: its texts, its mirrors, its frameworks, its scores in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ect.domain.errors import DomainError
from ect.domain.framework import Framework
from ect.domain.grid import Grid
from ect.domain.scoring import Score, score
from ect.domain.terrain import Terrain
from ect.services.membership import Actor
from ect.services.reference import frameworks, grid_in_force, grid_of_key
from ect.services.scores import score_of
from ect.storage.database import Database
from ect.storage.repositories import assessments, terrains

__all__ = ["Dated", "Record", "dated_grid", "record"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A frozen score: where it comes from, when, in which phase, on which version of the grid."""

    source: str
    phase: str
    year: int
    grid: Grid
    score: Score


@dataclass(frozen=True, slots=True)
class Record:
    """A terrain with all that its record shows."""

    terrain: Terrain
    mirrors: tuple[str, ...]
    mirror_of: tuple[str, ...]
    frameworks: Mapping[tuple[str, str], Framework]
    grid: Grid
    score: Score
    dated: tuple[Dated, ...]
    at: datetime


def record(db: Database, actor: Actor, code: str) -> Record:
    """Return a terrain's record.

    Raises
    ------
    DomainError
        ``"organiser_only"``, ``"terrain_unknown"``.

    """
    if not actor.organiser:
        raise DomainError("organiser_only")
    with db.read() as session:
        everyone = {one.code: one for one in terrains.terrains(session, archived=True)}
        if code not in everyone:
            raise DomainError("terrain_unknown", terrain=code)
        grid = grid_in_force(db, session)[1]
        dated = tuple(
            Dated(one.source, one.phase, one.year, own, score(own, one.profile))
            for one in assessments.assessments(session, code)
            if not one.source.startswith("demo/")
            for own in [grid_of_key(db, session, one.grid)]
        )
        at = assessments.last_change(session)
    terrain = everyone[code]
    return Record(
        terrain=terrain,
        mirrors=tuple(t.name for t in everyone.values() if code in t.mirrors_of and not t.archived),
        mirror_of=tuple(everyone[other].name for other in terrain.mirrors_of if other in everyone),
        frameworks={(entry.kind.value, entry.code): entry for entry in frameworks()},
        grid=grid,
        score=score_of(db, code),
        dated=dated,
        at=at,
    )


def dated_grid(db: Database) -> tuple[Grid, datetime]:
    """Return the grid in force, and when it came in."""
    with db.read() as session:
        return grid_in_force(db, session)[1], assessments.grid_date(session)
