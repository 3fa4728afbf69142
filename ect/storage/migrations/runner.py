"""Runs the migrations, one process at a time."""

from __future__ import annotations

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


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to ``revision`` in one write transaction, so that two starts take turns.

    Raises
    ------
    StorageError
        ``"database_newer_schema"`` if the database was made by a newer version,
        ``"database_not_ours"`` if it holds tables but no history.

    """
    writing = engine.execution_options(ect_write=True)
    with engine.connect() as connection:
        if _current(connection, engine) == _head() and revision == "head":
            return
    with writing.begin() as connection:
        _current(connection, engine)
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


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
