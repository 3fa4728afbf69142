"""The catalogue of terrains: reading, making, changing, archiving."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from ect.domain.errors import DomainError
from ect.domain.terrain import Terrain
from ect.services.reference import frameworks
from ect.storage.database import Database
from ect.storage.repositories import terrains


def list_terrains(db: Database, *, archived: bool = False) -> tuple[Terrain, ...]:
    """Return the terrains, archived ones too if asked."""
    with db.read() as session:
        return terrains.terrains(session, archived=archived)


def get_terrain(db: Database, code: str) -> Terrain:
    """Return a terrain; ``DomainError("terrain_unknown")`` if there is none of that code."""
    with db.read() as session:
        return terrains.terrain(session, code)


def create_terrain(db: Database, draft: Terrain) -> Terrain:
    """Put a new terrain in, under a code made from its name.

    Raises
    ------
    DomainError
        ``"terrain_name_taken"``, ``"framework_unknown"`` or ``"terrain_unknown"`` (a mirror of none).

    """
    with db.write() as session:
        everyone = terrains.terrains(session, archived=True)
        code = free_code(draft.name, {other.code for other in everyone})
        new = replace(draft, code=code, name=draft.name.strip(), origin="user", archived=False)
        check_terrain(new, everyone)
        terrains.add_terrain(session, new, datetime.now(UTC))
    return new


def update_terrain(db: Database, changed: Terrain) -> Terrain:
    """Change a terrain's record; its code, its origin and its archiving stay as they are."""
    with db.write() as session:
        everyone = terrains.terrains(session, archived=True)
        changed = replace(changed, name=changed.name.strip())
        check_terrain(changed, [other for other in everyone if other.code != changed.code])
        terrains.replace_terrain(session, changed, datetime.now(UTC))
    return changed


def archive_terrain(db: Database, code: str) -> None:
    """Take a terrain out of rankings and lists; nothing of it is lost."""
    with db.write() as session:
        terrains.set_archived(session, code, datetime.now(UTC), archived=True)


def restore_terrain(db: Database, code: str) -> None:
    """Bring an archived terrain back."""
    with db.write() as session:
        terrains.set_archived(session, code, datetime.now(UTC), archived=False)


def check_terrain(terrain: Terrain, others: Iterable[Terrain]) -> None:
    """Refuse a name that is taken, a mirror of no terrain, a framework outside the catalogue."""
    codes = set()
    for other in others:
        codes.add(other.code)
        if other.name.casefold() == terrain.name.casefold():
            raise DomainError("terrain_name_taken", name=terrain.name)
    for code in terrain.mirrors_of:
        if code not in codes:
            raise DomainError("terrain_unknown", terrain=code)
    known = {(entry.kind, entry.code) for entry in frameworks()}
    for use in terrain.frameworks:
        if use.code is not None and (use.kind, use.code) not in known:
            raise DomainError("framework_unknown", code=use.code)


def free_code(name: str, taken: Collection[str]) -> str:
    """Return a code made from a name that no terrain has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "terrain"
    numbers = (base if i == 1 else f"{base}-{i}" for i in range(1, len(taken) + 2))
    return next(code for code in numbers if code not in taken)
