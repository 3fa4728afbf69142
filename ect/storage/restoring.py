"""Putting a checked copy in the place of what a store holds, in one transaction, while others are connected.

The rows are replaced, not the file: under other connections' feet a file cannot be changed safely. They see
what was there until the end, and all of the copy from then on; whoever wants to write waits meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine
from sqlmodel import Session

from ect.storage.backups import Tick
from ect.storage.database import prepare_to_write, refusals
from ect.storage.errors import StorageError

# The keys of this store stay: cookies signed with them go on leading people to their seats, and a copy
# that lay about, or was made up, gives nobody a way in.
STAYS = frozenset({"secret", "alembic_version"})


def replace_content(
    live: Path,
    new: Path,
    tick: Tick,
    *,
    keep: Callable[[], None],
    finish: Callable[[Session], None],
) -> None:
    """Replace what the store ``live`` holds by what ``new`` holds; all of it, or nothing.

    ``keep`` is called first, once nobody else can write, and ``finish`` last, in the same transaction.
    What either raises, like what ``tick`` raises, leaves the store as it was.
    """
    engine = create_engine(f"sqlite:///{live}", poolclass=NullPool)
    prepare_to_write(engine)
    with refusals(str(live)):
        with (
            engine.execution_options(ect_write=True).connect() as connection,
            _beside(connection, new),
            connection.begin(),
        ):
            keep()
            tick(0.2)
            counted = _counted(connection)
            _replace_rows(connection, lambda share: tick(0.2 + 0.6 * share))
            _go_on_counting(connection, *counted)
            with Session(connection) as session:
                finish(session)
                session.flush()
            tick(1.0)  # The last moment to be stopped at.
        _shorten(live)


@contextmanager
def _beside(connection: Connection, new: Path) -> Iterator[None]:
    """Attach the copy, and let rows come in whatever order: neither can be done inside a transaction."""
    raw = connection.connection.cursor()
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("ATTACH DATABASE ? AS incoming", (str(new),))
    raw.close()
    yield


def _replace_rows(connection: Connection, tick: Tick) -> None:
    run = connection.exec_driver_sql
    triggers = run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _made in triggers:
        run(f'DROP TRIGGER "{name}"')
    tables = _tables(connection, "main")
    for place, name in enumerate(tables):
        _replace_table(connection, name)
        tick((place + 1) / len(tables))
    for _name, made in triggers:
        run(made)


def _replace_table(connection: Connection, name: str) -> None:
    run = connection.exec_driver_sql
    own, theirs = (
        run(f"SELECT name FROM pragma_table_info('{name}', '{schema}') ORDER BY cid").fetchall()  # noqa: S608
        for schema in ("main", "incoming")
    )
    if own != theirs:
        raise StorageError("store_schema_differs", entry=f"table {name}")
    run(f'DELETE FROM main."{name}"')  # noqa: S608 - the names are those of our own tables
    run(f'INSERT INTO main."{name}" SELECT * FROM incoming."{name}"')  # noqa: S608
    counts = {
        run(f'SELECT count(*) FROM {schema}."{name}"').scalar_one()  # noqa: S608
        for schema in ("main", "incoming")
    }
    if len(counts) > 1:
        raise StorageError("database_failed", reason=name)


def _tables(connection: Connection, schema: str) -> list[str]:
    rows = connection.exec_driver_sql(
        f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' ORDER BY name"  # noqa: S608
    )
    return [name for (name,) in rows if not name.startswith("sqlite_") and name not in STAYS]


def _counted(connection: Connection) -> tuple[dict[str, int], int]:
    """Return the last key each table gave, and the last revision of a meeting any screen may have seen."""
    run = connection.exec_driver_sql
    top = run("SELECT coalesce(max(max(revision, stage_revision)), 0) FROM meeting").scalar_one()
    return _last_keys(connection), top


def _last_keys(connection: Connection) -> dict[str, int]:
    rows = connection.exec_driver_sql("SELECT name, seq FROM main.sqlite_sequence").fetchall()
    return {row[0]: row[1] for row in rows}


def _go_on_counting(connection: Connection, keys: dict[str, int], revision: int) -> None:
    """Count on from the higher of both: the ticket of a meeting that is gone must lead to no other.

    The revisions of a meeting go past those of any screen, so that every screen follows.
    """
    run, after = connection.exec_driver_sql, _last_keys(connection)
    for name, last in keys.items():
        run("DELETE FROM main.sqlite_sequence WHERE name = ?", (name,))
        highest = max(last, after.get(name, 0))
        run("INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)", (name, highest))
    moved = "UPDATE meeting SET revision = revision + ?, stage_revision = stage_revision + ?"
    run(moved, (revision + 1, revision + 1))


def _shorten(live: Path) -> None:
    """Bring what was written into the file, if nobody is reading what was there before."""
    with closing(sqlite3.connect(live, timeout=1)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
