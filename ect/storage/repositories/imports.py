"""Tables that came in, what they replaced, and putting it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from ect.domain.errors import DomainError
from ect.storage.repositories.ratings import KEY
from ect.storage.repositories.upsert import INSERTS
from ect.storage.tables import GridRow, ImportBeforeRow, ImportRow, RatingRow, TerrainRow

FIELDS = ("voice", "criterion", "answer", "half_points", "basis", "comment", "revision")
REPLACED = ("answer", "half_points", "basis", "comment", "saved_at")
WRITTEN = ("terrain_id", "grid_id", "voice", "criterion", *REPLACED, "revision")
Stored = tuple[str, int | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """A table that came in."""

    key: int
    kind: str
    file: str
    at: datetime
    grid: int
    counts: Mapping[str, int]
    undone_at: datetime | None


def add_batch(session: Session, kind: str, file: str, at: datetime, grid: int) -> int:
    """List an import; return its key."""
    row = ImportRow(kind=kind, file=file, at=at, grid_id=grid, counts={}, people={})
    session.add(row)
    session.flush()
    return row.id or 0


def complete(
    session: Session, key: int, grid: int, counts: Mapping[str, int], people: Mapping[str, str]
) -> None:
    """Say what an import did, once it is done."""
    session.exec(
        update(ImportRow)
        .where(col(ImportRow.id) == key)
        .values(grid_id=grid, counts=dict(counts), people=dict(people))
    )


def forget(session: Session, key: int) -> None:
    """Strike an import off the list, that had nothing to do."""
    session.exec(delete(ImportRow).where(col(ImportRow.id) == key))


def batches(session: Session, limit: int) -> list[Batch]:
    """Return the last imports, the newest first."""
    rows = session.exec(select(ImportRow).order_by(col(ImportRow.id).desc()).limit(limit))
    return [_batch(row) for row in rows]


def batch(session: Session, key: int) -> Batch:
    """Return an import; ``DomainError("import_unknown")`` if there is none."""
    row = session.get(ImportRow, key)
    if row is None:
        raise DomainError("import_unknown")
    return _batch(row)


def mark_undone(session: Session, key: int, now: datetime) -> None:
    """Say that an import was taken back; what it replaced is in place again, and kept no more."""
    session.exec(delete(ImportBeforeRow).where(col(ImportBeforeRow.import_id) == key))
    session.exec(update(ImportRow).where(col(ImportRow.id) == key).values(undone_at=now))


def known_people(session: Session) -> dict[str, str]:
    """Return the pseudonym of each name that came in, by the name's digest."""
    found: dict[str, str] = {}
    for people in session.exec(select(ImportRow.people).order_by(col(ImportRow.id))):
        found.update(people)
    return found


def voices(session: Session) -> set[str]:
    """Return every voice there is."""
    return set(session.exec(select(RatingRow.voice).distinct()))


def next_grid_key(session: Session) -> int:
    """Return a key no version of the grid ever had: screens remember versions by their key."""
    used = (func.max(GridRow.id), func.max(ImportRow.grid_id))
    return 1 + max(session.exec(select(one)).one() or 0 for one in used)


def remember(session: Session, key: int, before: Mapping[int, Mapping[str, Any]]) -> None:
    """Keep what an import replaced or made, by the terrain's key."""
    rows = [{"import_id": key, "terrain_id": t, "document": dict(d)} for t, d in before.items()]
    if rows:
        session.execute(insert(ImportBeforeRow), rows)


def remembered(session: Session, key: int) -> dict[int, dict[str, Any]]:
    """Return what an import replaced or made, by the terrain's key."""
    query = select(ImportBeforeRow).where(ImportBeforeRow.import_id == key)
    return {row.terrain_id: row.document for row in session.exec(query)}


def stored_ratings(session: Session, terrain: int, grid: int) -> dict[tuple[str, str], Stored]:
    """Return every voice's answers on a terrain: answer, half points, basis, comment."""
    columns: list[Any] = [getattr(RatingRow, name) for name in FIELDS[:-1]]
    query = select(*columns).where(RatingRow.terrain_id == terrain, RatingRow.grid_id == grid)
    return {(row[0], row[1]): (row[2], row[3], row[4], row[5]) for row in session.execute(query)}


def rows_before(
    session: Session, terrain: int, grid: int, cells: Iterable[tuple[str, str]]
) -> list[list[Any]]:
    """Return cells of a terrain as they stand, whole, so that they can be put back."""
    wanted = set(cells)
    if not wanted:
        return []
    columns: list[Any] = [*(getattr(RatingRow, name) for name in FIELDS), RatingRow.saved_at]
    query = select(*columns).where(RatingRow.terrain_id == terrain, RatingRow.grid_id == grid)
    return [[*row[:-1], row[-1].isoformat()] for row in session.execute(query) if (row[0], row[1]) in wanted]


class RatingWriter:
    """Writes the cells of one import, whether they were there or not.

    The statement is compiled once and handed to the driver with bare rows: through the mapper, half a
    million rows take five times as long.
    """

    def __init__(self, session: Session, grid: int, now: datetime) -> None:
        self._connection = session.connection()
        dialect = self._connection.dialect
        table = cast(Any, RatingRow).__table__
        statement = INSERTS[dialect.name](table)
        changed = {name: statement.excluded[name] for name in REPLACED}
        upsert = statement.on_conflict_do_update(
            index_elements=KEY, set_={**changed, "revision": table.c.revision + 1}
        )
        compiled = upsert.compile(dialect=dialect, column_keys=WRITTEN)
        order = compiled.positiontup
        self._bare = itemgetter(*order) if order else None
        self._statement = str(compiled)
        kind = table.c.saved_at.type.dialect_impl(dialect)
        process = kind.bind_processor(dialect)
        moment = process(now) if process else now
        self._fixed = {**compiled.params, "grid_id": grid, "saved_at": moment, "revision": 1}

    def write(self, terrain: int, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the cells of one terrain."""
        if not rows:
            return
        fixed = {**self._fixed, "terrain_id": terrain}
        whole = ({**fixed, **row} for row in rows)
        bare: list[Any] = list(map(self._bare, whole) if self._bare else whole)
        self._connection.exec_driver_sql(self._statement, bare)


def count_written(session: Session, grid: int, at: datetime) -> int:
    """Return how many ratings are still as the import of that moment wrote them."""
    query = select(func.count()).where(RatingRow.grid_id == grid, RatingRow.saved_at == at)
    return session.exec(query).one()


def put_back_ratings(
    session: Session, grid: int, at: datetime, before: Mapping[int, Sequence[Sequence[Any]]]
) -> None:
    """Take away what the import of that moment wrote, and put back what it replaced."""
    session.exec(delete(RatingRow).where(col(RatingRow.grid_id) == grid, col(RatingRow.saved_at) == at))
    for terrain, rows in before.items():
        values = [
            {
                "terrain_id": terrain,
                "grid_id": grid,
                **dict(zip(FIELDS, row, strict=False)),
                "saved_at": datetime.fromisoformat(row[-1]),
            }
            for row in rows
        ]
        if values:
            session.execute(insert(RatingRow), values)


def terrain_state(session: Session, code: str) -> dict[str, Any]:
    """Return a terrain's row as it stands, so that it can be put back."""
    row = session.exec(select(TerrainRow).where(TerrainRow.code == code)).one()
    return {
        "name": row.name,
        "kind": row.kind,
        "record": row.record,
        "edited_at": row.edited_at and row.edited_at.isoformat(),
        "revision": row.revision,
    }


def revisions(session: Session, terrains: Iterable[int]) -> dict[int, int]:
    """Return how often each of these terrains was written."""
    wanted = set(terrains)
    rows = session.execute(select(TerrainRow.id, TerrainRow.revision))
    return {key: revision for key, revision in rows if key in wanted}


def put_back_terrain(session: Session, key: int, before: Mapping[str, Any]) -> None:
    """Make a terrain's row what it was."""
    edited = before["edited_at"]
    session.exec(
        update(TerrainRow)
        .where(col(TerrainRow.id) == key)
        .values(**{**before, "edited_at": edited and datetime.fromisoformat(edited)})
    )


def delete_terrains(session: Session, keys: Iterable[int]) -> None:
    """Take terrains away; ``DomainError("import_used_since")`` if something refers to one."""
    with _in_use():
        for key in keys:
            session.exec(delete(TerrainRow).where(col(TerrainRow.id) == key))


def delete_grid(session: Session, key: int) -> None:
    """Take a version away; ``DomainError("import_used_since")`` if something refers to it."""
    with _in_use():
        session.exec(delete(GridRow).where(col(GridRow.id) == key))


@contextmanager
def _in_use() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise DomainError("import_used_since") from None


def names_by_key(session: Session) -> dict[int, str]:
    """Return the name of every terrain by its key."""
    return {row[0]: row[1] for row in session.execute(select(TerrainRow.id, TerrainRow.name))}


def _batch(row: ImportRow) -> Batch:
    return Batch(row.id or 0, row.kind, row.file, row.at, row.grid_id, row.counts, row.undone_at)
