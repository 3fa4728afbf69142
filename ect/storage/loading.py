"""Puts the reference data in, once: what a person changed since is never loaded over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from ect.storage.reference import grid_from, load_publication, load_terrain, read_toml
from ect.storage.repositories import grids, ratings, terrains
from ect.storage.tables import ReferenceRow


def ensure_reference(session: Session, folder: Path) -> None:
    """Load what was never loaded; refresh what changed in the files and in no one's hands.

    Raises
    ------
    DomainError
        ``"data_invalid"`` naming the file and the entry; the caller's transaction is undone whole.

    """
    now = datetime.now(UTC)
    known = _checksums(session)
    for path in sorted((folder / "grids").glob("*.toml")):
        _load_grid(session, path, known, now)
    for path in sorted((folder / "terrains").glob("*.toml")):
        _load_terrain(session, path, known, now)
    for path in sorted((folder / "publications").glob("*.toml")):
        _load_publication(session, path, known, now)


def _load_grid(session: Session, path: Path, known: Mapping[str, str], now: datetime) -> None:
    document = read_toml(path)
    grid = grid_from(document, path.name)
    key = f"grid/{grid.code}/{grid.version}"
    if key not in known and grids.find_grid(session, grid.code, grid.version) is None:
        grids.add_grid(session, document, now)
        _remember(session, key, document, now)


def _load_terrain(session: Session, path: Path, known: Mapping[str, str], now: datetime) -> None:
    document = read_toml(path)
    terrain = load_terrain(path)
    key = f"terrain/{terrain.code}"
    if known.get(key) == _checksum(document):
        return
    present = terrain.code in terrains.keys_by_code(session)
    if key not in known and not present:
        terrains.add_terrain(session, terrain, now)
    elif present and not terrains.was_edited(session, terrain.code):
        terrains.replace_terrain(session, terrain, edited_at=None)
    _remember(session, key, document, now)


def _load_publication(session: Session, path: Path, known: Mapping[str, str], now: datetime) -> None:
    document = read_toml(path)
    publication = load_publication(path)
    key = f"publication/{publication.code}"
    if known.get(key) == _checksum(document):
        return
    ratings.delete_assessments(session, publication.code)
    grid = grids.find_grid(session, "ect", publication.grid_version)
    codes = terrains.keys_by_code(session)
    for row in publication.rows:
        if grid is not None and row.terrain in codes:
            ratings.add_assessment(
                session, codes[row.terrain], grid, publication.code, publication.year, row.profile
            )
    _remember(session, key, document, now)


def _checksums(session: Session) -> dict[str, str]:
    return {row.key: row.checksum for row in session.exec(select(ReferenceRow))}


def _remember(session: Session, key: str, document: Mapping[str, Any], now: datetime) -> None:
    session.merge(ReferenceRow(key=key, checksum=_checksum(document), loaded_at=now))


def _checksum(document: Mapping[str, Any]) -> str:
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
