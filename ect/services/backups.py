"""Copies of the whole store: making one, saying what is in one, putting one back, checking."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.services.opening import signing_key
from ect.services.privacy import erase_again
from ect.storage import backups
from ect.storage.backups import Tick, Why, store_file
from ect.storage.contents import KINDS, Contents, contents
from ect.storage.database import Database
from ect.storage.errors import StorageError
from ect.storage.inspection import (
    DAMAGED,
    alembic_lock,
    damaged,
    page_damage,
    problems,
    revision_of,
    schema_of,
)
from ect.storage.migrations.runner import revisions
from ect.storage.repositories import audit, meetings, votes
from ect.storage.repositories.people import Erasure, erasures
from ect.storage.restoring import replace_content

__all__ = [
    "KINDS",
    "Changes",
    "Contents",
    "Examined",
    "Kept",
    "Restored",
    "Why",
    "backup",
    "changes",
    "delete_kept",
    "examine",
    "held",
    "is_damaged",
    "keep",
    "keep_daily",
    "kept_copies",
    "restore",
    "set_aside",
    "store_file",
    "store_path",
    "unrevealed",
    "verify",
]

# Told how much is done, and of how much.
Progress = Callable[[int, int], None]
HUNDRED, PAUSE_S = 100, 0.1
DAY, DAILIES = timedelta(days=1), 7
# The chain's own word for what belongs to no meeting.
STORE = "store"


@dataclass(frozen=True, slots=True)
class Examined:
    """A store that was looked into: when it was copied (if it is a copy made here), its size in bytes.

    ``older`` says that it was made by an older version; it is brought up to date when it is put back.
    ``contents`` is absent where the damage forbids reading.
    """

    path: Path
    made_at: datetime | None
    size: int
    older: bool
    contents: Contents | None
    problems: tuple[DomainError, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What putting a copy back changes: what was and will be there, terrains by name, meetings by title."""

    before: Contents
    after: Contents
    terrains_back: tuple[str, ...]
    terrains_gone: tuple[str, ...]
    terrains_changed: tuple[str, ...]
    meetings_back: tuple[str, ...]
    meetings_gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A copy was put back: where what was there is kept, what changed, how many erasures were made again."""

    kept: Path
    changes: Changes
    erased: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy kept beside the store, and why."""

    path: Path
    why: Why
    made_at: datetime
    size: int


def backup(db: Database, path: Path, tell: Progress | None = None, *, force: bool = False) -> Examined:
    """Copy the store into a file, while people are rating, and check the copy before it gets its name.

    Everything acknowledged before is in it. What is wrong with the content is in ``problems``: such a copy
    is made all the same, where only the pages of the file are refused for being damaged.

    Raises
    ------
    DomainError
        ``"backup_by_pg_dump"``, ``"backup_not_a_file"``, ``"backup_exists"`` unless ``force``,
        ``"backup_onto_itself"``, ``"disk_full"``, ``"backup_unwritable"``, ``"store_damaged"``; no file
        is left then.

    """
    store, target, tick = store_file(db), path.absolute(), _meter(tell)
    if target.exists() and target.samefile(store):
        raise StorageError("backup_onto_itself", path=str(path))
    with backups.drafted(target, force=force) as draft:
        backups.check_room(target.parent, backups.size_of(store))
        now = datetime.now(UTC)
        backups.copy_to(store, draft, _part(tick, 0.0, 0.6), live=True)
        backups.seal(draft, now)
        found = _look(draft, _part(tick, 0.6, 1.0))
        _refuse_damage(found.problems)
        tick(1.0)  # The last moment to be stopped at.
    return Examined(target, found.made_at, found.size, found.older, found.contents, found.problems)


def keep(db: Database, tell: Progress | None = None) -> Examined:
    """Make a copy in the folder of copies beside the store."""
    return backup(db, backups.free_name(store_file(db), Why.ASKED), tell)


def keep_daily(db: Database, now: datetime | None = None) -> Path | None:
    """Make a copy in the folder of copies unless the last of its kind is of today; keep the last seven.

    Copies that were asked for, and what restores replaced, are never thrown away here.
    """
    store, now = store_file(db), now or datetime.now(UTC)
    before = [kept for kept in kept_copies(db) if kept.why is Why.DAILY]
    if before and now - before[0].made_at < DAY:
        return None
    backups.sweep(store, DAY.total_seconds())
    made = backup(db, backups.free_name(store, Why.DAILY))
    for kept in before[DAILIES - 1 :]:
        delete_kept(db, kept.path.name)
    return made.path


def examine(path: Path, tell: Progress | None = None) -> Examined:
    """Say what is in a copy, and what is wrong with it; the file is only read.

    Raises
    ------
    DomainError
        What makes it no copy of a store of ours: ``"backup_missing"``, ``"backup_not_sqlite"``,
        ``"backup_damaged"``, ``"backup_not_ours"``, ``"backup_newer_schema"``, ``"backup_schema_differs"``.

    """
    backups.check_kind(path)
    tick = _meter(tell)
    if revision_of(path) == revisions()[-1]:
        return _look(path, tick)
    with _staged(path, _part(tick, 0.0, 0.5)) as staged:
        found = _look(staged, _part(tick, 0.5, 1.0))
    return Examined(path, backups.made_at(path), path.stat().st_size, True, found.contents, found.problems)


def verify(path: Path, tell: Progress | None = None) -> Examined:
    """Check a store, in use or not: pages, tables, references, chain, documents; nothing is written.

    Raises
    ------
    DomainError
        ``"backup_missing"``, ``"backup_not_sqlite"``, ``"backup_not_ours"``, ``"database_newer_schema"``.

    """
    backups.check_kind(path)
    try:
        if schema_of(path, live=True) != revisions()[-1]:
            return examine(path, tell)
        return _look(path, _meter(tell), live=True)
    except StorageError as error:
        if error.code not in DAMAGED:
            raise
        return Examined(path, None, path.stat().st_size, False, None, (damaged(path),))


def held(db: Database) -> Contents:
    """Say what the store holds now."""
    with db.read() as session:
        return contents(session)


def changes(before: Contents, after: Contents) -> Changes:
    """Say what differs between two stores."""
    both = [code for code in before.terrains if code in after.terrains]
    return Changes(
        before=before,
        after=after,
        terrains_back=tuple(n for c, (n, _r) in after.terrains.items() if c not in before.terrains),
        terrains_gone=tuple(n for c, (n, _r) in before.terrains.items() if c not in after.terrains),
        terrains_changed=tuple(after.terrains[c][0] for c in both if before.terrains[c] != after.terrains[c]),
        meetings_back=tuple(title for code, title in after.meetings.items() if code not in before.meetings),
        meetings_gone=tuple(title for code, title in before.meetings.items() if code not in after.meetings),
    )


def restore(db: Database, path: Path, tell: Progress | None = None) -> Restored:
    """Put a copy in the place of what the store holds, and keep what it held beside it.

    The copy is checked first, on a copy of its own that is brought up to date if it is older. People may
    go on rating: what they gave until the last instant is in what is kept. The keys of the store, and what
    was erased of persons since the copy, stay as they are now.

    Raises
    ------
    DomainError
        What :func:`examine` refuses; ``"backup_unsound"`` with the first problem; ``"backup_onto_itself"``,
        ``"disk_full"``, ``"store_damaged"``. Nothing was replaced.

    """
    store, tick = store_file(db), _meter(tell)
    backups.check_kind(path)
    if path.samefile(store):
        raise StorageError("backup_onto_itself", path=str(path))
    backups.check_room(store.parent, backups.size_of(store) + 2 * backups.size_of(path))
    signing_key(db)  # It is made by now, and stays.
    with _staged(path, _part(tick, 0.0, 0.4)) as staged:
        found = _look(staged, _part(tick, 0.4, 0.6))
        if found.problems:
            raise StorageError("backup_unsound", file=path.name, problem=found.problems[0])
        return _swap(store, staged, _part(tick, 0.6, 1.0))


def store_path(address: str) -> Path:
    """Return the file a store is in, by its address; it is not opened."""
    return backups.file_at(address)


def is_damaged(path: Path) -> bool:
    """Tell whether a file is a store of ours whose pages cannot be trusted any more."""
    try:
        found = verify(path)
    except DomainError:
        return False
    return any(error.code in {"store_damaged", "backup_damaged"} for error in found.problems)


def set_aside(path: Path) -> Path:
    """Move a store that cannot be opened out of the way, with what stands beside it; return where it is."""
    aside = backups.free_name(path, Why.DAMAGED)
    for end in backups.BESIDE:
        beside = Path(f"{path}{end}")
        if beside.exists():
            with backups.file_refusals(beside):
                beside.replace(f"{aside}{end}")
    return aside


def kept_copies(db: Database) -> tuple[Kept, ...]:
    """Return the copies kept beside the store, the newest first."""
    found = [
        Kept(path, *backups.kept_as(path), path.stat().st_size) for path in backups.kept_files(store_file(db))
    ]
    return tuple(sorted(found, key=lambda kept: (kept.made_at, kept.path.name), reverse=True))


def unrevealed(path: Path) -> bool:
    """Tell whether a copy holds answers that were not revealed when it was made, or may hold some."""
    if schema_of(path) != revisions()[-1]:
        return True  # It cannot be told without bringing it up to date.
    with closing(Database.look(path)) as db, db.read() as session:
        return any(
            votes.any_cast(session, one.key, after=one.status.visible_rounds)
            for one in meetings.meetings(session)
        )


def delete_kept(db: Database, name: str) -> None:
    """Throw a kept copy away; ``DomainError("backup_missing")`` if there is none of that name."""
    for kept in kept_copies(db):
        if kept.path.name == name:
            with backups.file_refusals(kept.path):
                for end in backups.BESIDE:
                    Path(f"{kept.path}{end}").unlink(missing_ok=True)
            return
    raise StorageError("backup_missing", path=name)


def _swap(store: Path, staged: Path, tick: Tick) -> Restored:
    kept = backups.free_name(store, Why.BEFORE_RESTORE)
    told: dict[str, Contents] = {}
    erased_before: list[Erasure] = []
    erased = 0

    def keep_present() -> None:
        now = datetime.now(UTC)
        with backups.drafted(kept) as draft:
            backups.copy_to(store, draft, lambda share: tick(0.2 * share), live=True)
            backups.seal(draft, now)
            # Everybody waits: the pages are checked, what is in the documents changes nothing here.
            with closing(Database.look(draft)) as db, db.read() as session:
                _refuse_damage(page_damage(session, lambda: tick(0.2)))
        told["before"], erased_since = _kept(kept)
        erased_before.extend(erased_since)

    def finish(session: Session) -> None:
        nonlocal erased
        erased = erase_again(session, erased_before)
        heads = {"replaced": told["before"].head, "restored": audit.head(session)}
        audit.append(session, STORE, datetime.now(UTC), "organiser", "restored", heads)
        told["after"] = contents(session)

    replace_content(store, staged, tick, keep=keep_present, finish=finish)
    return Restored(kept, changes(told["before"], told["after"]), erased)


@contextmanager
def _staged(path: Path, tick: Tick) -> Iterator[Path]:
    """Give a copy of a copy, checked to be one of ours and brought up to date; it is gone at the end."""
    workshop = Path(tempfile.mkdtemp(prefix="ect-"))
    try:
        staged = workshop / path.name
        backups.check_room(workshop, backups.size_of(path))
        with _damage(path):
            backups.copy_to(path, staged, tick)
        if revision_of(staged) != revisions()[-1]:
            _refuse_unread(staged, path)
            _bring_up_to_date(staged)
        yield staged
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    """Say of what SQLite cannot read in a copy that the copy is damaged."""
    try:
        yield
    except StorageError as error:
        if error.code in DAMAGED:
            raise damaged(path) from error
        raise


def _refuse_unread(staged: Path, path: Path) -> None:
    """Refuse an older copy whose pages or references are damaged: bringing it up to date could hide it."""
    with _damage(path), closing(Database.look(staged)) as db, db.read() as session:
        run = session.connection().exec_driver_sql
        if run("PRAGMA integrity_check(1)").scalar_one() != "ok":
            raise damaged(path)


def _bring_up_to_date(staged: Path) -> None:
    with alembic_lock:
        Database.open(f"sqlite:///{staged}").close()


def _look(path: Path, tick: Tick, *, live: bool = False) -> Examined:
    with closing(Database.look(path, live=live)) as db:
        with db.read() as session:
            found = tuple(problems(session, tick))
            readable = not any(error.code in {"store_damaged", "store_schema_differs"} for error in found)
            inside = contents(session) if readable else None
        made = None if live else backups.made_at(path)
        return Examined(path, made, backups.size_of(path), False, inside, found)


def _kept(path: Path) -> tuple[Contents, list[Erasure]]:
    with closing(Database.look(path)) as db, db.read() as session:
        return contents(session), erasures(session)


def _refuse_damage(found: Iterable[DomainError]) -> None:
    for error in found:
        if error.code == "store_damaged":
            raise error


def _part(tick: Tick, start: float, end: float) -> Tick:
    return lambda share: tick(start + (end - start) * share)


def _meter(tell: Progress | None) -> Tick:
    """Tell in hundredths, when one more is done or a tenth of a second went by."""
    last, at = -1, 0.0

    def tick(share: float) -> None:
        nonlocal last, at
        done, now = int(share * HUNDRED), time.monotonic()
        if tell and (done > last or now - at > PAUSE_S):
            last, at = max(done, last), now
            tell(last, HUNDRED)

    return tick
