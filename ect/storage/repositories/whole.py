"""Every table as plain rows: what goes out whole, and comes back whole.

Tables are read from the metadata, so that one more table goes out without a word here.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from ect.domain.errors import DomainError
from ect.domain.meeting import Stage, Status
from ect.storage.tables import (
    AssessmentRow,
    AuditRow,
    MeetingRow,
    ReferenceRow,
    Table,
    TerrainRow,
    VoteRow,
)

# Ways in never go out: the key cookies are signed with, the codes phones join by, the digests by which
# a device finds its seat again.
WITHHELD_TABLES = frozenset({"secret"})
WITHHELD_COLUMNS = {"meeting": frozenset({"code"}), "seat": frozenset({"device"})}
BATCH = 5_000
REFERENCE = frozenset({"grid", "terrain", "assessment", "reference_item"})


def table_names() -> tuple[str, ...]:
    """Return the tables that go out, those that others refer to first."""
    return tuple(str(table.name) for table in _tables())


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table that go out, in their order."""
    withheld = WITHHELD_COLUMNS.get(table, frozenset())
    # A name that has to be quoted is of a class of its own.
    return tuple(str(column.name) for column in _table(table).columns if column.name not in withheld)


def count_rows(session: Session, table: str) -> int:
    """Count the rows of a table that go out."""
    found = _table(table)
    return int(session.connection().execute(_going_out(session, sa.select(func.count()), found)).scalar_one())


def rows(session: Session, table: str, *, names: bool) -> Iterator[list[Any]]:
    """Yield the rows of a table as plain values, in the order of their keys.

    Moments are texts in UTC to the microsecond, bytes are in base 64. Votes of a round that is not
    revealed stay where they are; without ``names``, a seat's name is its pseudonym.
    """
    found, columns = _table(table), columns_of(table)
    query = sa.select(*(found.c[name] for name in columns)).order_by(*found.primary_key.columns)
    query = _going_out(session, query, found)
    writers = [(place, _writer(found.c[name])) for place, name in enumerate(columns)]
    written = [(place, write) for place, write in writers if write is not None]
    hide = None if names or table != "seat" else (columns.index("name"), columns.index("number"))
    for row in session.connection().execution_options(yield_per=BATCH).execute(query):
        values = list(row)
        for place, write in written:
            if values[place] is not None:
                values[place] = write(values[place])
        if hide:
            values[hide[0]] = f"P{values[hide[1]]}"
        yield values


def last_keys(session: Session) -> dict[str, int]:
    """Return the highest key ever given in the tables whose keys are never given twice."""
    once = [table for table in _tables() if table.dialect_options["sqlite"].get("autoincrement")]
    if session.get_bind().dialect.name == "sqlite":
        given = dict(session.connection().exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all())
    else:
        sequence = sa.cast(func.pg_get_serial_sequence(sa.bindparam("name"), "id"), REGCLASS)
        last = sa.select(func.pg_sequence_last_value(sequence))
        given = {t.name: session.connection().scalar(last, {"name": t.name}) for t in once}
    return {table.name: int(given.get(table.name) or 0) for table in once}


def work_in(session: Session) -> tuple[str, ...]:
    """Return the tables that hold more than the reference data: somebody's work."""
    edited = sa.or_(col(TerrainRow.edited_at).is_not(None), col(TerrainRow.origin) != "report")
    filled = [
        table.name
        for table in _tables()
        if table.name not in REFERENCE and _counted(session, table, sa.true())
    ]
    if _counted(session, _table("terrain"), edited):
        filled.append("terrain")
    if _counted(session, _table("assessment"), col(AssessmentRow.source).contains("/")):
        filled.append("assessment")
    loaded = _counted(session, _table("reference_item"), col(ReferenceRow.key).startswith("grid/"))
    if _counted(session, _table("grid"), sa.true()) > loaded:
        filled.append("grid")
    return tuple(filled)


def empty(session: Session, *, keeping: frozenset[str] = frozenset()) -> None:
    """Take every row away, but those of ``keeping`` and those that never go out."""
    for table in reversed(_tables()):
        if table.name not in keeping:
            session.connection().execute(table.delete())


def insert(
    session: Session, table: str, given: Iterable[Sequence[Any]], made: Mapping[str, Callable[[], Any]]
) -> None:
    """Put rows in as :func:`rows` gave them; ``made`` makes what was withheld.

    Raises
    ------
    DomainError
        ``"whole_value_wrong"`` naming table, row and column; ``"whole_rows_refused"`` if two rows
        contradict each other, or one refers to nothing.

    """
    found, columns = _table(table), columns_of(table)
    readers = [(name, _reader(found.c[name])) for name in columns]
    batches, first = iter(given), 1
    while batch := list(islice(batches, BATCH)):
        ready = [
            _read_row(table, first + step, readers, row) | {name: make() for name, make in made.items()}
            for step, row in enumerate(batch)
        ]
        first += len(batch)
        try:
            session.connection().execute(found.insert(), ready)
        except IntegrityError as error:
            raise DomainError("whole_rows_refused", table=table, reason=str(error.orig)) from None


def set_last_keys(session: Session, keys: Mapping[str, int]) -> None:
    """Make sure that keys given before are not given again (SQLite)."""
    run = session.connection().exec_driver_sql
    for table, key in keys.items():
        run("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        if key:
            run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, key))


def chain(session: Session) -> list[tuple[int | None, str]]:
    """Return the key and the digest of each event of the audit, in order."""
    return [
        (key, digest)
        for key, digest in session.exec(select(AuditRow.id, AuditRow.digest).order_by(col(AuditRow.id)))
    ]


def distinct(session: Session, table: str, column: str) -> list[Any]:
    """Return the different values of a column."""
    found = _table(table)
    return list(session.connection().execute(sa.select(found.c[column]).distinct()).scalars())


def visible_rounds(session: Session) -> dict[int, int]:
    """Return how many rounds of each meeting were revealed, or are rated openly."""
    query = select(MeetingRow.id, MeetingRow.stage, MeetingRow.round, MeetingRow.settings)
    return {
        key: Status(Stage(stage), number, bool(settings["blind"])).visible_rounds
        for key, stage, number, settings in session.exec(query)
        if key is not None
    }


def revealed(session: Session) -> sa.ColumnElement[bool]:
    """Return the condition that a vote was revealed."""
    rounds = visible_rounds(session)
    if not rounds:
        return sa.false()
    return col(VoteRow.round) <= sa.case(rounds, value=col(VoteRow.meeting_id), else_=0)


def _tables() -> list[sa.Table]:
    return [table for table in Table.metadata.sorted_tables if table.name not in WITHHELD_TABLES]


def _table(name: str) -> sa.Table:
    return Table.metadata.tables[name]


def _counted(session: Session, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    query = sa.select(func.count()).select_from(table).where(where)
    return int(session.connection().execute(query).scalar_one())


def _going_out(
    session: Session, query: sa.Select[*tuple[Any, ...]], table: sa.Table
) -> sa.Select[*tuple[Any, ...]]:
    query = query.select_from(table)
    return query.where(revealed(session)) if table.name == "vote" else query


def _read_row(
    table: str, place: int, readers: Sequence[tuple[str, Callable[[Any], Any]]], row: Any
) -> dict[str, Any]:
    if not isinstance(row, list) or len(row) != len(readers):
        raise _wrong(table, place, "", row)
    values = {}
    for (name, read), value in zip(readers, row, strict=True):
        try:
            values[name] = read(value)
        except (ValueError, TypeError):
            raise _wrong(table, place, name, value) from None
    return values


def _wrong(table: str, place: int, column: str, value: object) -> DomainError:
    return DomainError("whole_value_wrong", table=table, row=place, column=column, found=str(value)[:80])


def _kind(column: sa.Column[Any]) -> type:
    stored = column.type
    if isinstance(stored, sa.JSON):
        return dict
    return (stored.impl_instance if isinstance(stored, sa.TypeDecorator) else stored).python_type


def _writer(column: sa.Column[Any]) -> Callable[[Any], Any] | None:
    if _kind(column) is datetime:
        return lambda moment: moment.isoformat(timespec="microseconds")
    if _kind(column) is bytes:
        return lambda content: b64encode(content).decode()
    return None


def _reader(column: sa.Column[Any]) -> Callable[[Any], Any]:
    read = READERS[_kind(column)]
    if not column.nullable:
        return read
    return lambda value: None if value is None else read(value)


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.utcoffset() is None:
        raise ValueError(value)
    return moment.astimezone(UTC)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(value)
        return value

    return read


def _integer(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**63:
        raise TypeError(value)
    return value


def _document(value: Any) -> Any:
    if not isinstance(value, dict | list):
        raise TypeError(value)
    return value


READERS: Mapping[type, Callable[[Any], Any]] = {
    datetime: _moment,
    bool: _exactly(bool),
    int: _integer,
    float: _exactly(float),
    str: _exactly(str),
    bytes: lambda value: b64decode(value, validate=True),
    dict: _document,
}
