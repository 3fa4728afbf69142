"""A version of the grid: new beside the old ones, whose scores stay with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ect.domain.grid import Criterion, Grid
from ect.domain.incoming import Incoming, Kind
from ect.services.imports.plans import Plan, Written
from ect.services.reference import grid_in_force
from ect.services.scores import Source, profiles_in
from ect.storage.database import Database
from ect.storage.reference import grid_from
from ect.storage.repositories import grids, imports


def plan_grid(db: Database, session: Session, incoming: Incoming) -> Plan:
    """Say which version would come into force, what differs in it, and what stays with the old one."""
    _key, current = grid_in_force(db, session)
    document = _document(db, session, incoming)
    if document is None:
        return Plan(Kind.GRID, unchanged=len(list(current)), notes=incoming.notes)
    new = grid_from(document, current.title.fr)
    scored = len(profiles_in(db, session, Source.OFFICIAL)[1])
    return Plan(
        Kind.GRID,
        counts={**_differences(current, new), "scored": scored},
        version=document["version"],
        notes=incoming.notes,
    )


def write_grid(db: Database, session: Session, incoming: Incoming, now: datetime) -> Written:
    """Put the version in."""
    document = _document(db, session, incoming)
    if document is None:
        return Written()
    count = len(list(grid_from(document, document["version"])))
    key = grids.add_grid(session, document, now, imports.next_grid_key(session))
    return Written(counts={"criteria": count}, grid=key)


def _document(db: Database, session: Session, incoming: Incoming) -> dict[str, Any] | None:
    """Return the document of the new version, or ``None`` where it says what is in force."""
    key, current = grid_in_force(db, session)
    held = grids.grid_document(session, key)
    given: Mapping[str, Any] = incoming.grid or {}
    parts = {"pillars": given["pillars"], "selection": given["selection"]}
    wanted = str(given.get("version") or current.version)
    version = _free(wanted, grids.versions(session, current.code))
    document = {
        **held,
        **parts,
        "version": version,
        "title": f"Grille ECT {version}",
        "title_en": f"ECT grid {version}",
        "source": str(given.get("source") or held["source"]),
    }
    new = grid_from(document, version)
    same = replace(new, version=current.version, title=current.title, source=current.source) == current
    return None if same else document


def _free(wanted: str, taken: set[str]) -> str:
    names = (wanted if i == 1 else f"{wanted}-{i}" for i in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _differences(current: Grid, new: Grid) -> dict[str, int]:
    before, after = _criteria(current), _criteria(new)
    shared = before.keys() & after.keys()
    kept = sum(before[code] == after[code] for code in shared)
    return {
        "kept": kept,
        "reworded": len(shared) - kept,
        "added": len(after.keys() - before.keys()),
        "gone": len(before.keys() - after.keys()),
    }


def _criteria(grid: Grid) -> dict[str, tuple[str, Criterion]]:
    """Return each criterion with the part of the grid it stands in."""
    placed = {c.code: (pillar.code, c) for pillar in grid.pillars for c in pillar.criteria}
    return placed | {criterion.code: ("", criterion) for criterion in grid.selection}
