"""Opening the database: pragmas, write transactions that queue up, migrations, clear refusals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, NullPool, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlmodel import Session

from ect.domain.grid import Grid
from ect.domain.scoring import Score
from ect.storage.errors import StorageError
from ect.storage.migrations.runner import check, migrate

BUSY_TIMEOUT_MS = 10_000
PRAGMAS = {
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": str(BUSY_TIMEOUT_MS),
    # What a file brings with it may call nothing that reaches outside of it.
    "trusted_schema": "OFF",
}
# What SQLite does by itself in a transaction.
READING = {"postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}}
# Writers of one store take turns behind this lock, as SQLite's do; the number is ours, and any would do.
TURN = 0x454354


class Database:
    """The handle services are given: ``read()`` and ``write()`` open one transaction each."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(**READING.get(engine.dialect.name, {}))
        # Versions of the grid never change once they are in: each is read and checked once, until a
        # backup is put back, by this process or another.
        self.grids: dict[tuple[int, int], Grid] = {}
        # Scores of profiles, by grid and values: the same profile has the same score.
        self.scores: dict[tuple[object, ...], Score] = {}
        self.signing_key: str | None = None

    @classmethod
    def open(cls, address: str) -> Database:
        """Open the database at ``address``, making and migrating it if need be.

        Raises
        ------
        StorageError
            ``"database_unreachable"``, ``"database_read_only"``, ``"database_not_ours"``,
            ``"database_newer_schema"`` or ``"database_locked"``; nothing was half-written.

        """
        url = url_of(address)
        _make_folder(url)
        db = cls(_engine(url))
        try:
            with db._refusals():
                db._prepare()
        except BaseException:
            db.close()
            raise
        return db

    @classmethod
    def open_read_only(cls, path: Path) -> Database:
        """Open a SQLite file so that nothing can write into it: neither made nor migrated.

        Raises
        ------
        StorageError
            ``"database_missing"``, ``"database_not_ours"``, ``"database_older_schema"`` or
            ``"database_newer_schema"``.

        """
        if not path.is_file():
            raise StorageError("database_missing", path=str(path))
        address = f"file:{quote(path.resolve().as_posix())}?mode=ro"
        db = cls(_engine(URL.create("sqlite", database=address, query={"uri": "true"})))
        event.listen(db.engine, "connect", _refuse_writes)
        try:
            with db._refusals():
                check(db.engine, up_to_date=True)
        except BaseException as error:
            db.close()
            if isinstance(error, StorageError) and "path" in error.values:
                # SQLite was given an address; a person is told the path.
                raise StorageError(error.code, path=str(path)) from None
            raise
        return db

    def close(self) -> None:
        """Let go of the connections; the next transaction would open new ones."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads, all of it as it was at one moment."""
        with self._refusals(), Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that writes: it takes its turn at once, commits at the end or undoes all."""
        engine = self.engine.execution_options(ect_write=True)
        with (
            self._refusals(),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @classmethod
    def look(cls, path: Path, *, live: bool = False) -> Database:
        """Open a file to read it only, as it is: it is neither made, migrated nor written.

        ``live`` says that others may be writing to it.
        """
        engine = create_engine(
            f"sqlite:///{path}", creator=lambda: read_only(path, live=live), poolclass=NullPool
        )
        event.listen(engine, "begin", _begin)
        return cls(engine)

    def generation(self, session: Session) -> int:
        """Return which content a transaction sees: another number once a backup was put back."""
        if self.engine.dialect.name != "sqlite":
            return 0
        found: int = raw_of(session).execute("PRAGMA schema_version").fetchone()[0]
        return found

    def shorten(self) -> None:
        """Bring what was written into the file: what was overwritten does not stay in the one beside it.

        Whoever is still reading what was there before may hold it up; the next writes bring it in then.
        """
        if self.engine.dialect.name == "sqlite":
            with self._refusals(), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _prepare(self) -> None:
        # Checked first: the journal's mode is written into the file, which may not be ours.
        check(self.engine)
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
        migrate(self.engine)

    def _refusals(self) -> AbstractContextManager[None]:
        return refusals(self.engine.url.database or str(self.engine.url))


@contextmanager
def refusals(path: str) -> Iterator[None]:
    """Turn what the database at ``path`` raises into a refusal."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise _refusal(error, path) from error


def raw_of(session: Session) -> sqlite3.Connection:
    """Return the connection of SQLite that a transaction is on."""
    raw: Any = session.connection().connection.dbapi_connection
    connection: sqlite3.Connection = raw
    return connection


def read_only(path: Path, *, live: bool = False) -> sqlite3.Connection:
    """Connect to a file to read it only; one nobody writes to gets no companion files beside it."""
    written = any(Path(f"{path}{end}").exists() for end in ("-wal", "-journal"))
    mode = "mode=rw" if live else "mode=ro" if written else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def url_of(address: str) -> URL:
    """Read an address; ``StorageError("database_unreachable")``, which quotes no password, if it is none."""
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError("database_unreachable", reason=str(error)) from None
    except ValueError:  # It quotes the address, and so perhaps a password.
        raise StorageError("database_unreachable", reason="Could not parse the URL") from None
    return url


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, connect_args=_connect_args(url))
    except ImportError as error:
        raise StorageError("database_unreachable", reason=str(error)) from None
    if url.get_backend_name() == "sqlite":
        prepare_to_write(engine)
    elif url.get_backend_name() == "postgresql":
        event.listen(engine, "begin", _take_turn)
    return engine


def prepare_to_write(engine: Engine) -> None:
    """Let every connection of an engine of SQLite be durable, check references and take turns."""
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)


def _make_folder(url: URL) -> None:
    path = url.database or ""
    if url.get_backend_name() == "sqlite" and not path.startswith(("file:", ":memory:")):
        folder = Path(path).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StorageError("database_unreachable", reason=f"{folder}: {reason}") from None


def _connect_args(url: URL) -> dict[str, Any]:
    by_backend: dict[str, dict[str, Any]] = {
        "sqlite": {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
        "postgresql": {"options": f"-c lock_timeout={BUSY_TIMEOUT_MS}"},
    }
    return by_backend.get(url.get_backend_name(), {})


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


def _refuse_writes(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("ect_write", False)
    connection.execute(text("BEGIN IMMEDIATE" if writes else "BEGIN"))


def _take_turn(connection: Any) -> None:
    if connection.get_execution_options().get("ect_write", False):
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})


def _refusal(error: Exception, path: str) -> StorageError:
    said = str(getattr(error, "orig", None) or error)
    if "readonly" in said or "read-only" in said:
        return StorageError("database_read_only", path=path)
    if "not a database" in said or "malformed" in said:
        return StorageError("database_not_ours", path=path)
    # PostgreSQL says it in the server's language: its code is the same in all.
    waited = getattr(getattr(error, "orig", None), "sqlstate", None) == "55P03"
    if waited or "locked" in said or "busy" in said:
        return StorageError("database_locked")
    if "disk is full" in said:
        return StorageError("disk_full", path=path)
    if isinstance(error, OperationalError):
        return StorageError("database_unreachable", reason=f"{path}: {said.splitlines()[0]}")
    return StorageError("database_failed", reason=said.splitlines()[0])
