"""Bringing a table in: what it would do, doing it whole or not at all, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.incoming import Incoming, Kind
from ect.domain.rating import Rating
from ect.services.imports.grids import plan_grid, write_grid
from ect.services.imports.plans import Origin, Plan, Progress, Written
from ect.services.imports.ratings import plan_ratings, write_ratings
from ect.services.imports.scores import plan_scores, source_of, write_scores
from ect.services.imports.terrains import plan_terrains, write_terrains
from ect.services.reference import grid_in_force
from ect.storage.database import Database
from ect.storage.repositories import imports, ratings, terrains
from ect.storage.repositories.imports import Batch

__all__ = ["Batch", "Done", "Plan", "Progress", "apply", "last_imports", "plan", "ratings_by_voice", "undo"]

LISTED = 20


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did; ``key`` is what undoes it, ``None`` where there was nothing to change."""

    key: int | None
    plan: Plan


def plan(db: Database, incoming: Incoming, progress: Progress | None = None) -> Plan:
    """Say what a table would do; nothing is written."""
    with db.read() as session:
        return _plan(db, session, incoming, progress)


def apply(
    db: Database,
    incoming: Incoming,
    file: str,
    year: int | None = None,
    progress: Progress | None = None,
) -> Done:
    """Bring a table in, whole, in one transaction.

    ``year`` dates imported scores, this year if absent. ``progress`` is told of ratings, how many are done
    of how many; what it raises undoes everything.

    Raises
    ------
    DomainError
        ``"import_has_problems"``; nothing is written.

    """
    with db.write() as session:
        now = datetime.now(UTC)
        grid, _version = grid_in_force(db, session)
        key = imports.add_batch(session, incoming.kind.value, file, now, grid)
        found, written = _bring(db, session, incoming, Origin(key, file, year or now.year, now), progress)
        if found.problems:
            raise DomainError("import_has_problems", found=len(found.problems))
        if found.empty:
            imports.forget(session, key)
            return Done(None, found)
        imports.complete(session, key, written.grid or grid, written.counts, written.people)
        imports.remember(session, key, written.before)
    return Done(key, found)


def undo(db: Database, key: int) -> Batch:
    """Take an import back, whole: what it made goes, what it replaced is put back.

    Raises
    ------
    DomainError
        ``"import_unknown"``, ``"import_undone"``, ``"import_changed_since"`` if something it wrote was
        changed, or ``"import_used_since"`` if something refers to what it made; nothing is written.

    """
    with db.write() as session:
        batch = imports.batch(session, key)
        if batch.undone_at:
            raise DomainError("import_undone")
        _undo(session, batch)
        imports.mark_undone(session, key, datetime.now(UTC))
    if batch.kind == Kind.GRID:
        for place in [place for place in db.grids if place[1] == batch.grid]:
            del db.grids[place]
        db.scores.clear()
    return batch


def last_imports(db: Database) -> list[Batch]:
    """Return the last imports, the newest first, undone ones too."""
    with db.read() as session:
        return imports.batches(session, LISTED)


def _plan(db: Database, session: Session, incoming: Incoming, progress: Progress | None) -> Plan:
    if incoming.kind is Kind.SCORES:
        return plan_scores(db, session, incoming)
    if incoming.kind is Kind.RATINGS:
        return plan_ratings(db, session, incoming, progress)
    if incoming.kind is Kind.TERRAINS:
        return plan_terrains(session, incoming)
    return plan_grid(db, session, incoming)


def _bring(
    db: Database, session: Session, incoming: Incoming, origin: Origin, progress: Progress | None
) -> tuple[Plan, Written]:
    if incoming.kind is Kind.RATINGS:
        return write_ratings(db, session, incoming, origin.at, progress)
    found = _plan(db, session, incoming, progress)
    if found.problems or found.empty:
        return found, Written()
    if incoming.kind is Kind.SCORES:
        return found, write_scores(db, session, incoming, origin)
    if incoming.kind is Kind.TERRAINS:
        return found, write_terrains(session, incoming, origin.at)
    return found, write_grid(db, session, incoming, origin.at)


def _undo(session: Session, batch: Batch) -> None:
    before = imports.remembered(session, batch.key)
    _check_unchanged(session, batch, before)
    if batch.kind == Kind.GRID:
        imports.delete_grid(session, batch.grid)
    if batch.kind == Kind.SCORES:
        ratings.delete_assessments(session, source_of(batch.key))
    if batch.kind == Kind.RATINGS:
        replaced: dict[int, Sequence[Sequence[Any]]] = {
            terrain: document.get("ratings", []) for terrain, document in before.items()
        }
        imports.put_back_ratings(session, batch.grid, batch.at, replaced)
    for terrain, document in before.items():
        if "state" in document:
            imports.put_back_terrain(session, terrain, document["state"])
    made = [terrain for terrain, document in before.items() if document.get("created")]
    _check_unmirrored(session, made)
    imports.delete_terrains(session, made)


def _check_unchanged(session: Session, batch: Batch, before: Mapping[int, Mapping[str, Any]]) -> None:
    revisions = imports.revisions(session, before)
    changed = [
        terrain
        for terrain, document in before.items()
        if "revision" in document and revisions.get(terrain) != document["revision"]
    ]
    if changed:
        name = imports.names_by_key(session).get(changed[0], "?")
        raise DomainError("import_changed_since", name=name)
    if batch.kind == Kind.RATINGS:
        left = imports.count_written(session, batch.grid, batch.at)
        if left != batch.counts["ratings"]:
            raise DomainError("import_ratings_changed", count=batch.counts["ratings"] - left)


def _check_unmirrored(session: Session, made: Sequence[int]) -> None:
    """Refuse to take away a terrain that another one is a mirror of: no reference says so."""
    if not made:
        return
    keys = terrains.keys_by_code(session)
    gone = {code for code, key in keys.items() if key in set(made)}
    for terrain in terrains.terrains(session, archived=True):
        if terrain.code not in gone and gone & set(terrain.mirrors_of):
            raise DomainError("import_used_since")


def ratings_by_voice(db: Database) -> dict[tuple[str, str], list[Rating]]:
    """Return every rating on the grid in force, by the terrain's name and the voice."""
    found: dict[tuple[str, str], list[Rating]] = {}
    with db.read() as session:
        key, _grid = grid_in_force(db, session)
        for name, voice, rating in ratings.every_rating(session, key):
            found.setdefault((name, voice), []).append(rating)
    return found
