"""Runs the migrations, one process at a time.

Alembic takes a third of a second to import: a database that is where it should be does not need it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, inspect, select, table

from ect.storage.errors import StorageError

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent
HISTORY = table("alembic_version", column("version_num"))


def configuration() -> Config:
    """Return Alembic's settings: there is no ini file to find, to copy or to forget."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", FOLDER.as_posix())
    return config


def revisions() -> list[str]:
    """Return every revision there is, the oldest first: a file is named after its own."""
    return sorted(path.stem.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def check(engine: Engine, *, up_to_date: bool = False) -> None:
    """Refuse a database that is not ours or is too new for us; nothing is written.

    Raises
    ------
    StorageError
        ``"database_newer_schema"`` if the database was made by a newer version,
        ``"database_not_ours"`` if it holds tables but no history; with ``up_to_date``,
        ``"database_older_schema"`` if it still has to be migrated, and an empty file is none of ours.

    """
    with engine.connect() as connection:
        current = _current(connection, engine)
    if up_to_date and current is None:
        raise StorageError("database_not_ours", path=engine.url.database or str(engine.url))
    if up_to_date and current != revisions()[-1]:
        raise StorageError("database_older_schema")


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to ``revision`` in one write transaction, so that two starts take turns.

    Raises
    ------
    StorageError
        As :func:`check`; ``"database_failed"`` if a migration would leave references to nothing.

    """
    with engine.connect() as connection:
        if _current(connection, engine) == revisions()[-1] and revision == "head":
            return
    from alembic import command

    writing = engine.execution_options(ect_write=True)
    with writing.connect() as connection, _references_off(connection), connection.begin():
        _current(connection, engine)
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        _check_references(connection)


@contextmanager
def _references_off(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table others refer to; the switch has no effect inside a transaction."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise StorageError("database_failed", reason=f"{lost[0]} -> {lost[2]}")


def _current(connection: Connection, engine: Engine) -> str | None:
    names = inspect(connection).get_table_names()
    if HISTORY.name not in names:
        if names:
            raise StorageError("database_not_ours", path=engine.url.database or str(engine.url))
        return None
    current: str | None = connection.scalar(select(HISTORY.c.version_num))
    if current is not None and current not in revisions():
        raise StorageError("database_newer_schema")
    return current
