"""Copies of the store: made of one instant while people write, and named only once they are whole."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain, count
from pathlib import Path
from secrets import token_hex

from sqlalchemy.engine import URL

from ect.storage.database import Database, read_only, refusals, url_of
from ect.storage.errors import StorageError

# Takes how much is done, as a share of 1; what it raises stops the work, which is undone.
Tick = Callable[[float], None]

HEADER = b"SQLite format 3\x00"
# Marks a file as a copy made here ("ECTB"); the moment it was made is kept beside it in the file's header.
MARK = 0x45435442
STEPS = 100
# What SQLite may put beside a file; the file itself first.
BESIDE = ("", "-wal", "-shm", "-journal")


class Why(StrEnum):
    """Why a copy is kept beside the store; the word is in its name."""

    ASKED = "copie"
    DAILY = "quotidienne"
    BEFORE_RESTORE = "avant-restauration"
    DAMAGED = "abimee"


FOLDER, MOMENT = "backups", "%Y%m%dT%H%M%SZ"
KEPT = re.compile(rf"(?P<store>.+)-(?P<why>{'|'.join(Why)})-(?P<at>\d{{8}}T\d{{6}}Z)(?:-\d+)?\.db")
ROOM_BESIDE = 16 * 1024 * 1024


def store_file(db: Database) -> Path:
    """Return the file a store is in.

    Raises
    ------
    StorageError
        ``"backup_by_pg_dump"`` if the store is on a server, ``"backup_not_a_file"`` if it is in memory or
        behind an address.

    """
    return file_at(db.engine.url)


def file_at(address: str | URL) -> Path:
    """Return the file of an address, as :func:`store_file` does; nothing is opened."""
    url = url_of(address) if isinstance(address, str) else address
    if url.get_backend_name() != "sqlite":
        raise StorageError("backup_by_pg_dump", server=url.get_backend_name())
    path = url.database or ""
    if not path or path == ":memory:" or path.startswith("file:"):
        raise StorageError("backup_not_a_file")
    return Path(path).absolute()


@contextmanager
def drafted(target: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a file to write beside ``target``; at the end it takes that name at once, or is gone.

    Raises
    ------
    StorageError
        ``"backup_exists"`` unless ``force``; ``"backup_unwritable"``.

    """
    _check_free(target, force=force)
    draft = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        with file_refusals(target):
            # Names are in it: nobody else on this machine reads it.
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield draft
        with file_refusals(target):
            _sync(draft)
            _check_free(target, force=force)
            draft.replace(target)
            _sync(target.parent)
    finally:
        for end in BESIDE:
            Path(f"{draft}{end}").unlink(missing_ok=True)


@contextmanager
def file_refusals(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system says of a file into a refusal that names it."""
    try:
        with refusals(str(path)):
            yield
    except OSError as error:
        raise StorageError(
            "backup_unwritable", path=str(path), reason=error.strerror or str(error)
        ) from error


def check_room(folder: Path, wanted: int) -> None:
    """Refuse to start what would fill the disk; ``wanted`` is in bytes."""
    with file_refusals(folder):
        free = shutil.disk_usage(folder).free
    if free < wanted + ROOM_BESIDE:
        raise StorageError("disk_full", path=str(folder))


def size_of(path: Path) -> int:
    """Return the bytes of a store, with those that were not brought into its file yet."""
    files = (path, Path(f"{path}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def kept_files(store: Path) -> list[Path]:
    """Return the copies of a store that are kept beside it."""
    folder = store.parent / FOLDER
    found = sorted(folder.glob("*.db")) if folder.is_dir() else []
    return [path for path in found if (named := KEPT.fullmatch(path.name)) and named["store"] == store.stem]


def kept_as(path: Path) -> tuple[Why, datetime]:
    """Return what the name of a kept copy says: why it is kept, and when it was made."""
    named = KEPT.fullmatch(path.name)
    if named is None:
        raise StorageError("backup_missing", path=str(path))
    return Why(named["why"]), datetime.strptime(named["at"], MOMENT).replace(tzinfo=UTC)


def free_name(store: Path, why: Why) -> Path:
    """Return a name for a copy to be kept beside a store, in a folder that is made if need be."""
    folder, start = store.parent / FOLDER, f"{store.stem}-{why}-{datetime.now(UTC):{MOMENT}}"
    with file_refusals(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = chain([f"{start}.db"], (f"{start}-{number}.db" for number in count(2)))
    return next(path for name in names if not (path := folder / name).exists())


def sweep(store: Path, older_s: float) -> None:
    """Take away what a copy left whose making was killed, once nobody can be at it any more."""
    for left in (store.parent / FOLDER).glob(".*.part*"):
        with suppress(FileNotFoundError), file_refusals(left):
            if time.time() - left.stat().st_mtime > older_s:
                left.unlink()


def copy_to(source: Path, target: Path, tick: Tick, *, live: bool = False) -> None:
    """Copy a store as it is at this instant, whoever writes to it meanwhile.

    Everything that was acknowledged before is in the copy; it is one file, and nothing stands beside it.
    """
    with (
        file_refusals(source),
        closing(read_only(source, live=live)) as read,
        closing(sqlite3.connect(target, isolation_level=None)) as written,
    ):
        # Inside one transaction: without it, each write of somebody else would start the copy again.
        read.execute("BEGIN")
        pages: int = read.execute("PRAGMA page_count").fetchone()[0]
        read.execute("SELECT count(*) FROM sqlite_master").fetchone()
        written.execute("PRAGMA synchronous = OFF")  # It is brought to the disk before it gets its name.

        def tell(_status: int, remaining: int, total: int) -> None:
            tick(1 - remaining / total if total else 1.0)

        read.backup(written, pages=max(1, pages // STEPS), progress=tell)
        read.execute("ROLLBACK")
        written.execute("PRAGMA journal_mode = DELETE")


def seal(copy: Path, made_at: datetime) -> None:
    """Make a copy fit to leave this machine: without the keys of the store, marked and dated."""
    with file_refusals(copy), closing(sqlite3.connect(copy, isolation_level=None)) as written:
        written.execute("PRAGMA synchronous = OFF")
        written.execute("PRAGMA secure_delete = ON")
        written.execute("DELETE FROM secret")
        written.execute(f"PRAGMA application_id = {MARK}")
        written.execute(f"PRAGMA user_version = {int(made_at.timestamp())}")


def made_at(path: Path) -> datetime | None:
    """Return when a copy was made, if it was made here."""
    with file_refusals(path), closing(read_only(path)) as read:
        mark: int = read.execute("PRAGMA application_id").fetchone()[0]
        seconds: int = read.execute("PRAGMA user_version").fetchone()[0]
    return datetime.fromtimestamp(seconds, UTC) if mark == MARK else None


def check_kind(path: Path) -> None:
    """Refuse what is no database of SQLite, before SQLite sees it.

    Raises
    ------
    StorageError
        ``"backup_missing"``, ``"backup_not_sqlite"`` or ``"backup_unreadable"``.

    """
    try:
        with path.open("rb") as stream:
            start = stream.read(len(HEADER))
    except FileNotFoundError:
        raise StorageError("backup_missing", path=str(path)) from None
    except OSError as error:
        raise StorageError("backup_unreadable", path=str(path), reason=error.strerror or str(error)) from None
    if start != HEADER:
        raise StorageError("backup_not_sqlite", file=path.name)


def interrupted_by(raw: sqlite3.Connection, tick: Callable[[], None]) -> _Interruption:
    """Let ``tick`` be called inside long statements, and what it raises end them."""
    return _Interruption(raw, tick)


class _Interruption:
    """SQLite swallows what its progress handler raises, so it is kept here and raised again."""

    def __init__(self, raw: sqlite3.Connection, tick: Callable[[], None]) -> None:
        self.raw, self.tick = raw, tick
        self.cause: BaseException | None = None

    def __enter__(self) -> None:
        self.raw.set_progress_handler(self._beat, 100_000)

    def __exit__(self, *_raised: object) -> None:
        self.raw.set_progress_handler(None, 0)
        if self.cause is not None:
            raise self.cause

    def _beat(self) -> bool:
        try:
            self.tick()
        except BaseException as cause:  # noqa: BLE001 - raised again as soon as SQLite has stopped
            self.cause = cause
        return self.cause is not None


def _check_free(target: Path, *, force: bool) -> None:
    if target.is_dir() or (target.exists() and not force):
        raise StorageError("backup_exists", path=str(target))


def _sync(path: Path) -> None:
    """Bring a file, or on systems that have it a folder's list of names, to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
