"""Versions of the grid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, func, select

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.storage.reference import grid_from
from ect.storage.tables import GridRow


def read_grid(session: Session, key: int) -> Grid:
    """Return the version of that key."""
    row = session.get_one(GridRow, key)
    return grid_from(row.document, f"{row.code} {row.version}")


def latest_grid_key(session: Session) -> int:
    """Return the key of the newest version; ``DomainError("grid_missing")`` if there is none."""
    key = session.exec(select(func.max(GridRow.id))).one()
    if key is None:
        raise DomainError("grid_missing")
    return key


def find_grid(session: Session, code: str, version: str) -> int | None:
    """Return the key of a version, or ``None``."""
    query = select(GridRow.id).where(GridRow.code == code, GridRow.version == version)
    return session.exec(query).first()


def grid_document(session: Session, key: int) -> dict[str, Any]:
    """Return the document a version was published as."""
    return dict(session.get_one(GridRow, key).document)


def versions(session: Session, code: str) -> set[str]:
    """Return the versions there are of a grid."""
    return set(session.exec(select(GridRow.version).where(GridRow.code == code)))


def add_grid(session: Session, document: Mapping[str, Any], now: datetime, key: int | None = None) -> int:
    """Put a new version in, under a key of its own or a given one."""
    row = GridRow(
        id=key,
        code=document["code"],
        version=document["version"],
        document=dict(document),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id or 0
