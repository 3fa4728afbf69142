"""Terrains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from ect.domain.errors import DomainError
from ect.domain.terrain import Terrain
from ect.storage.reference import terrain_from
from ect.storage.tables import TerrainRow

COLUMNS = ("code", "name", "kind", "origin", "archived")


def terrains(session: Session, *, archived: bool = False) -> tuple[Terrain, ...]:
    """Return every terrain in the order they came in; archived ones too if asked."""
    query = select(TerrainRow).order_by(col(TerrainRow.id))
    if not archived:
        query = query.where(col(TerrainRow.archived).is_(False))
    return tuple(_terrain(row) for row in session.exec(query))


def terrain(session: Session, code: str) -> Terrain:
    """Return a terrain; ``DomainError("terrain_unknown")`` if there is none of that code."""
    return _terrain(_row(session, code))


def terrain_key(session: Session, code: str) -> int:
    """Return the key of a terrain; ``DomainError("terrain_unknown")`` if there is none."""
    key = session.exec(select(TerrainRow.id).where(TerrainRow.code == code)).first()
    if key is None:
        raise DomainError("terrain_unknown", terrain=code)
    return key


def keys_by_code(session: Session) -> dict[str, int]:
    """Return the key of every terrain, archived ones too."""
    rows = session.exec(select(TerrainRow.code, TerrainRow.id))
    return {code: key for code, key in rows if key is not None}


def add_terrain(session: Session, new: Terrain, now: datetime) -> None:
    """Put a terrain in."""
    add_terrains(session, [new], now)


def add_terrains(session: Session, new: Iterable[Terrain], now: datetime) -> None:
    """Put terrains in, in this order."""
    session.add_all(
        TerrainRow(
            code=one.code,
            name=one.name,
            kind=one.kind.value,
            origin=one.origin,
            archived=one.archived,
            record=_record(one),
            created_at=now,
        )
        for one in new
    )
    session.flush()


def replace_terrain(session: Session, changed: Terrain, edited_at: datetime | None) -> None:
    """Write a terrain's record anew; ``edited_at`` is the moment a person did, if one did."""
    result = session.exec(
        update(TerrainRow)
        .where(col(TerrainRow.code) == changed.code)
        .values(
            name=changed.name,
            kind=changed.kind.value,
            record=_record(changed),
            edited_at=edited_at,
            revision=TerrainRow.revision + 1,
        )
    )
    if not result.rowcount:
        raise DomainError("terrain_unknown", terrain=changed.code)


def set_archived(session: Session, code: str, now: datetime, *, archived: bool) -> None:
    """Archive a terrain, or bring it back."""
    result = session.exec(
        update(TerrainRow)
        .where(col(TerrainRow.code) == code)
        .values(archived=archived, edited_at=now, revision=TerrainRow.revision + 1)
    )
    if not result.rowcount:
        raise DomainError("terrain_unknown", terrain=code)


def was_edited(session: Session, code: str) -> bool:
    """Tell whether a person made, changed or archived a terrain."""
    row = _row(session, code)
    return row.origin == "user" or row.edited_at is not None


def _row(session: Session, code: str) -> TerrainRow:
    row = session.exec(select(TerrainRow).where(TerrainRow.code == code)).first()
    if row is None:
        raise DomainError("terrain_unknown", terrain=code)
    return row


def _record(value: Terrain) -> dict[str, Any]:
    record = asdict(value)
    return {name: item for name, item in record.items() if name not in COLUMNS and item}


def _terrain(row: TerrainRow) -> Terrain:
    columns = {name: getattr(row, name) for name in COLUMNS}
    return terrain_from({**row.record, **columns})
