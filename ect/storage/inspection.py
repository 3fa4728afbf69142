"""What is wrong with a store, if anything: pages, tables, references, chain, documents."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import ValidationError
from sqlalchemy import StaticPool, create_engine
from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.rating import Answer, Basis, Rating, check_rating
from ect.domain.scoring import check_profile
from ect.storage.backups import Tick, interrupted_by
from ect.storage.database import Database, raw_of
from ect.storage.errors import StorageError
from ect.storage.migrations.runner import migrate, revisions
from ect.storage.repositories import audit, grids, meetings, terrains

# Of one kind of damage, the first are told.
TOLD = 20
# What SQLite says of pages it cannot read.
DAMAGED = frozenset({"backup_damaged", "database_not_ours", "database_unreachable", "database_failed"})
alembic_lock = Lock()


def revision_of(path: Path) -> str:
    """Return the schema of a file that is one of ours and holds nothing else.

    Raises
    ------
    StorageError
        What :func:`schema_of` refuses; ``"backup_schema_differs"`` naming a table, a trigger, a view or an
        index that was added, changed or taken away.

    """
    revision = schema_of(path)
    with closing(Database.look(path)) as db, db.read() as session:
        found = objects(session)
    for name in _differing(found, expected_objects(revision)):
        raise StorageError("backup_schema_differs", file=path.name, entry=name)
    return revision


def schema_of(path: Path, *, live: bool = False) -> str:
    """Return the schema of a file, if it is one of ours.

    Raises
    ------
    StorageError
        ``"backup_damaged"``, ``"backup_not_ours"`` or ``"backup_newer_schema"``.

    """
    try:
        with closing(Database.look(path, live=live)) as db, db.read() as session:
            if "table alembic_version" not in objects(session):
                raise StorageError("backup_not_ours", file=path.name)
            rows = _run(session, "SELECT version_num FROM alembic_version").fetchall()
    except StorageError as error:
        if error.code in DAMAGED:
            raise damaged(path) from error
        raise
    revision = str(rows[0][0]) if len(rows) == 1 else ""
    if revision not in revisions():
        newer = re.fullmatch(r"\d{4}", revision) and revision > revisions()[-1]
        raise StorageError("backup_newer_schema" if newer else "backup_not_ours", file=path.name)
    return revision


def damaged(path: Path) -> StorageError:
    """Return the refusal of a file that SQLite cannot read."""
    return StorageError("backup_damaged", file=path.name)


def objects(session: Session) -> dict[str, str]:
    """Return what a database is made of: the text of each table, index, trigger and view, by kind and name.

    Spaces and quotes, which say nothing, are left out; so is what SQLite makes for itself.
    """
    rows = _run(
        session, "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {f"{kind} {name}": re.sub(r'[\s"]+', "", sql or "") for kind, name, sql in rows}


@cache
def expected_objects(revision: str) -> dict[str, str]:
    """Return what a store of a schema is made of, as our own migrations make it."""
    with closing(Database(create_engine("sqlite://", poolclass=StaticPool))) as db:
        with alembic_lock:
            migrate(db.engine, revision)
        with db.read() as session:
            return objects(session)


def problems(session: Session, tick: Tick) -> Iterator[DomainError]:
    """Yield what is wrong with a store of the present schema, each with where it is."""
    raw, damage = raw_of(session), page_damage(session, lambda: tick(0.1))
    yield from damage
    if damage:
        return
    for name in _differing(objects(session), expected_objects(revisions()[-1])):
        yield StorageError("store_schema_differs", entry=name)
    with interrupted_by(raw, lambda: tick(0.5)):
        lost = raw.execute("PRAGMA foreign_key_check").fetchmany(TOLD)
    for table, row, parent, _number in lost:
        yield StorageError("store_reference_lost", table=table, row=row, parent=parent)
    with interrupted_by(raw, lambda: tick(0.7)):
        yield from _of_the_content(session)


def page_damage(session: Session, tick: Callable[[], None]) -> tuple[StorageError, ...]:
    """Return what SQLite finds wrong with the pages of a file; what ``tick`` raises ends the search."""
    raw = raw_of(session)
    try:
        with interrupted_by(raw, tick):
            lines = [line for (line,) in raw.execute(f"PRAGMA integrity_check({TOLD})") if line != "ok"]
    except sqlite3.DatabaseError as error:
        lines = [str(error)]
    return tuple(StorageError("store_damaged", detail=line) for line in lines)


def _differing(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def _of_the_content(session: Session) -> Iterator[DomainError]:
    try:
        broken = audit.first_break(session)
    except (ValueError, TypeError) as error:
        yield _wrong("audit", error)
    else:
        if broken is not None:
            yield StorageError("store_chain_broken", event=broken)
    known: dict[int, Grid] = {}
    yield from _of_the_grids(session, known)
    yield from _of_the_terrains(session)
    yield from _of_the_assessments(session, known)
    yield from _of_the_meetings(session)
    yield from _of_the_answers(session, known)
    yield from _of_the_overrides(session, known)


def _of_the_grids(session: Session, known: dict[int, Grid]) -> Iterator[DomainError]:
    for key, code, version in _run(session, "SELECT id, code, version FROM grid"):
        try:
            known[key] = grids.read_grid(session, key)
        except (DomainError, ValueError) as error:
            yield _wrong(f"{code} {version}", error)


def _of_the_terrains(session: Session) -> Iterator[DomainError]:
    for (code,) in _run(session, "SELECT code FROM terrain ORDER BY id").fetchall():
        try:
            terrains.terrain(session, code)
        except (DomainError, ValidationError, ValueError, TypeError) as error:
            yield _wrong(code, error)


def _of_the_assessments(session: Session, known: dict[int, Grid]) -> Iterator[DomainError]:
    query = (
        "SELECT t.code, a.source, a.grid_id, a.profile, a.record FROM assessment a"
        " JOIN terrain t ON t.id = a.terrain_id ORDER BY a.id"
    )
    for terrain, source, grid, written, record in _run(session, query):
        try:
            profile = {code: Fraction(value) for code, value in _document(written).items()}
            if grid in known:
                check_profile(known[grid], profile)
            if record is not None and json.loads(record) is not None:
                _document(record)
        except (DomainError, ValueError, TypeError, ArithmeticError) as error:
            yield _wrong(f"{terrain}, {source}", error)


def _of_the_meetings(session: Session) -> Iterator[DomainError]:
    for key, title in _run(session, "SELECT id, title FROM meeting ORDER BY id").fetchall():
        try:
            meetings.meeting(session, key)
            meetings.seats(session, key)
            meetings.rulings(session, key)
        except (DomainError, ValueError, TypeError, LookupError) as error:
            yield _wrong(title, error)
    query = (
        "SELECT v.id FROM vote v JOIN seat s ON s.id = v.seat_id"
        " WHERE v.meeting_id <> s.meeting_id OR v.round < 1"
    )
    for (row,) in _run(session, query).fetchmany(TOLD):
        yield StorageError("store_vote_astray", row=row)


def _of_the_answers(session: Session, known: dict[int, Grid]) -> Iterator[DomainError]:
    """Look for answers the grid does not allow: SQLite groups the rows, each different one is checked."""
    sources = {
        "rating": "SELECT grid_id, criterion, answer, half_points, basis, max(length(comment)), min(id)"
        " FROM rating GROUP BY 1, 2, 3, 4, 5",
        "vote": "SELECT m.grid_id, v.criterion, v.answer, v.half_points, v.basis, max(length(v.comment)),"
        " min(v.id) FROM vote v JOIN meeting m ON m.id = v.meeting_id GROUP BY 1, 2, 3, 4, 5",
        "reopened": "SELECT m.grid_id, r.criterion, 'unknown', NULL, NULL, 0, min(r.rowid) FROM reopened r"
        " JOIN meeting m ON m.id = r.meeting_id GROUP BY 1, 2",
    }
    for table, query in sources.items():
        wrong = (
            (found[1], found[-1])
            for found in _run(session, query)
            if found[0] in known and not _allowed(known[found[0]], *found[1:-1])
        )
        for criterion, row in islice(wrong, TOLD):
            yield StorageError("store_answer_wrong", table=table, row=row, criterion=criterion)


def _allowed(
    grid: Grid, criterion: str, answer: str, halves: int | None, basis: str | None, length: int
) -> bool:
    try:
        value = None if halves is None else Fraction(halves, 2)
        given = Rating(criterion, Answer(answer), value, Basis(basis) if basis else None, "x" * length)
        check_rating(grid, given)
    except (DomainError, ValueError, TypeError):
        return False
    return True


def _of_the_overrides(session: Session, known: dict[int, Grid]) -> Iterator[DomainError]:
    query = (
        "SELECT m.grid_id, m.title, o.criterion, o.value FROM override o"
        " JOIN meeting m ON m.id = o.meeting_id"
    )
    for grid, title, criterion, value in _run(session, query):
        try:
            if grid in known:
                check_profile(known[grid], {criterion: Fraction(value)})
        except (DomainError, ValueError, ArithmeticError) as error:
            yield _wrong(title, error)


def _document(written: Any) -> dict[str, Any]:
    found = json.loads(written)
    if not isinstance(found, dict):
        raise TypeError(type(found).__name__)
    return found


def _wrong(where: str, error: Exception) -> DomainError:
    """Return one sentence of where it is and what it is, whatever was raised on reading it."""
    if isinstance(error, DomainError) and error.code == "data_invalid":
        return StorageError("store_document_wrong", where=where, entry=error.values["entry"])
    if isinstance(error, DomainError):
        entry = next((str(value) for value in error.values.values()), error.code)
        return StorageError("store_document_wrong", where=where, entry=entry)
    if isinstance(error, ValidationError):
        entry = ".".join(str(part) for part in error.errors()[0]["loc"])
        return StorageError("store_document_wrong", where=where, entry=entry)
    return StorageError("store_document_wrong", where=where, entry=str(error)[:80])


def _run(session: Session, query: str) -> Any:
    return session.connection().exec_driver_sql(query)
