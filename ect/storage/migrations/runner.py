"""Runs the migrations, one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from ect.storage.errors import StorageError

FOLDER = Path(__file__).parent


def configuration() -> Config:
    """Return Alembic's settings: there is no ini file to find, to copy or to forget."""
    config = Config()
    config.set_main_option("script_location", FOLDER.as_posix())
    return config


def check(engine: Engine) -> None:
    """Refuse a database that is not ours or is too new for us; nothing is written.

    Raises
    ------
    StorageError
        ``"database_newer_schema"`` if the database was made by a newer version,
        ``"database_not_ours"`` if it holds tables but no history.

    """
    with engine.connect() as connection:
        _current(connection, engine)


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to ``revision`` in one write transaction, so that two starts take turns.

    Raises
    ------
    StorageError
        As :func:`check`; ``"database_failed"`` if a migration would leave references to nothing.

    """
    with engine.connect() as connection:
        if _current(connection, engine) == _head() and revision == "head":
            return
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


def _head() -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head()


def _current(connection: Connection, engine: Engine) -> str | None:
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None and inspect(connection).get_table_names():
        raise StorageError("database_not_ours", path=engine.url.database or str(engine.url))
    known = {s.revision for s in ScriptDirectory.from_config(configuration()).walk_revisions()}
    if current is not None and current not in known:
        raise StorageError("database_newer_schema")
    return current
