"""Copies: sound and complete while people write; put back whole or not at all, with what was there kept."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import text

from ect.domain.rating import Answer
from ect.domain.terrain import Terrain
from ect.services import backups
from ect.services.backups import Why, backup, examine, keep, keep_daily, restore, verify
from ect.services.catalogue import archive_terrain, create_terrain, list_terrains
from ect.services.deciding import audit_head
from ect.services.meeting import create, delete, find
from ect.services.membership import ORGANISER
from ect.services.opening import open_database, signing_key
from ect.services.rating import answer, ratings_of
from ect.services.reference import current_grid
from ect.settings import Settings
from ect.storage.backups import file_at
from ect.storage.database import Database
from ect.storage.migrations import runner
from tests.services.meetings import SUT, closed, opened, prepared, refused, rows_of

RELEASED = sorted((Path(__file__).parents[1] / "storage" / "released").glob("*.sql"))


class StopError(Exception):
    """What stands for somebody who stops the work."""


def stop_at(share: int) -> backups.Progress:
    def tell(done: int, _wanted: int) -> None:
        if done >= share:
            raise StopError

    return tell


def file_of(db: Database) -> Path:
    return backups.store_path(str(db.engine.url))


def run(db: Database, *statements: str) -> None:
    with db.write() as session:
        for statement in statements:
            session.execute(text(statement))


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read every row of a store, but for the keys and what counts screens and the store's own events."""
    with closing(sqlite3.connect(path)) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {
            name: raw.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()  # noqa: S608
            for name in names
            if name not in {"secret", "sqlite_sequence", "alembic_version"}
        }
        meetings = "SELECT id, title, code, stage, round, settings, closed_at FROM meeting"
        found["meeting"] = raw.execute(meetings).fetchall()
        found["audit"] = raw.execute("SELECT * FROM audit WHERE meeting <> 'store'").fetchall()
    return found


def spoilt(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)
    return path


def test_a_copy_holds_everything_in_one_file_that_opens_as_a_store(db: Database, tmp_path: Path) -> None:
    closed(db)
    answer(db, SUT, "need", Answer.LEVEL, Fraction(1))
    found = backup(db, tmp_path / "copie.db")
    assert found.problems == ()
    assert found.contents
    assert (found.contents.counts["votes"], found.contents.counts["ratings"]) == (2, 1)
    assert found.contents.head == audit_head(db)[0]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copie.db"]
    again = Database.open(f"sqlite:///{tmp_path / 'copie.db'}")
    assert ratings_of(again, SUT)["need"].rating.value == 1
    again.close()
    assert everything(tmp_path / "copie.db") == everything(file_of(db))


def test_a_copy_says_when_it_was_made_and_a_store_does_not(db: Database, tmp_path: Path) -> None:
    made = backup(db, tmp_path / "copie.db").made_at
    assert made
    assert examine(tmp_path / "copie.db").made_at == made
    assert verify(file_of(db)).made_at is None


def test_no_copy_holds_the_keys_of_the_store_and_others_cannot_read_it(db: Database, tmp_path: Path) -> None:
    key = signing_key(db)
    backup(db, tmp_path / "copie.db")
    assert key.encode() not in (tmp_path / "copie.db").read_bytes()
    if os.name == "posix":
        assert (tmp_path / "copie.db").stat().st_mode & 0o077 == 0


def test_a_file_that_is_there_is_replaced_only_if_asked(db: Database, tmp_path: Path) -> None:
    target = tmp_path / "copie.db"
    target.write_text("mine")
    with refused("backup_exists", path=str(target)):
        backup(db, target)
    assert target.read_text() == "mine"
    assert backup(db, target, force=True).problems == ()
    assert examine(target).problems == ()


def test_a_copy_is_never_made_onto_the_store_or_where_nothing_can_be_written(
    db: Database, tmp_path: Path
) -> None:
    with refused("backup_onto_itself"):
        backup(db, file_of(db), force=True)
    with refused("backup_unwritable"):
        backup(db, tmp_path / "none" / "copie.db")
    with refused("backup_exists"):
        backup(db, tmp_path, force=True)


@pytest.mark.parametrize("share", [1, 40, 60, 99, 100])
def test_a_copy_that_is_stopped_leaves_no_file_and_the_one_before_it(
    db: Database, tmp_path: Path, share: int
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    backup(db, folder / "old.db")
    before = (folder / "old.db").read_bytes()
    with pytest.raises(StopError):
        backup(db, folder / "old.db", stop_at(share), force=True)
    with pytest.raises(StopError):
        backup(db, folder / "new.db", stop_at(share))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"old.db": before}


def test_a_disk_without_room_is_said_before_anything_is_written(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup(db, tmp_path / "copie.db").path
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=1000))
    with refused("disk_full"):
        backup(db, tmp_path / "other.db")
    with refused("disk_full"):
        restore(db, made)
    assert not (tmp_path / "other.db").exists()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql+psycopg://host/ect", "backup_by_pg_dump"),
        ("sqlite:///:memory:", "backup_not_a_file"),
        ("sqlite:///file:ect.db?mode=ro&uri=true", "backup_not_a_file"),
    ],
)
def test_a_store_that_is_not_in_a_file_of_this_machine_is_said_so(address: str, code: str) -> None:
    with refused(code):
        file_at(address)


def test_a_copy_put_back_brings_back_what_was_there_and_says_what_changed(
    db: Database, tmp_path: Path
) -> None:
    kept_meeting = closed(db)
    answer(db, SUT, "need", Answer.LEVEL, Fraction(1))
    copy = backup(db, tmp_path / "copie.db")
    then = everything(file_of(db))
    create_terrain(db, Terrain(code="", name="Vergers"))
    archive_terrain(db, SUT)
    answer(db, SUT, "need", Answer.LEVEL, Fraction(2))
    create(db, ORGANISER, "Autre séance", [SUT], find(db, ORGANISER, kept_meeting).settings)
    later = everything(file_of(db))
    told: list[tuple[int, int]] = []
    done = restore(db, copy.path, lambda *how_far: told.append(how_far))
    assert everything(file_of(db)) == then
    assert done.changes.terrains_gone == ("Vergers",)
    assert done.changes.terrains_changed == ("SuT",)
    assert (done.changes.meetings_gone, done.changes.meetings_back) == (("Autre séance",), ())
    assert done.changes.before.counts["terrains"] == done.changes.after.counts["terrains"] + 1
    assert done.changes.after == backups.held(db)
    assert told == sorted(told)
    assert told[-1] == (100, 100)
    undone = restore(db, done.kept)
    assert everything(file_of(db)) == later
    assert undone.changes.terrains_back == ("Vergers",)
    assert undone.changes.meetings_back == ("Autre séance",)


def test_what_a_restore_replaced_is_kept_beside_the_store_until_it_is_thrown_away(db: Database) -> None:
    first = keep(db)
    done = restore(db, first.path)
    assert done.kept.parent == file_of(db).parent / "backups"
    assert done.kept.name.startswith("ect-avant-restauration-")
    kept = backups.kept_copies(db)
    assert {(one.path, one.why) for one in kept} == {
        (first.path, Why.ASKED),
        (done.kept, Why.BEFORE_RESTORE),
    }
    assert all(examine(one.path).problems == () for one in kept)
    backups.delete_kept(db, done.kept.name)
    assert [one.path for one in backups.kept_copies(db)] == [first.path]
    with refused("backup_missing"):
        backups.delete_kept(db, "../ect.db")
    (first.path.parent / "notes.db").write_text("not a copy")
    assert [one.path for one in backups.kept_copies(db)] == [first.path]


def test_the_audit_tells_of_the_restore_and_its_chain_holds(db: Database, tmp_path: Path) -> None:
    copy = backup(db, tmp_path / "copie.db")
    closed(db)
    head = audit_head(db)[0]
    done = restore(db, copy.path)
    with db.read() as session:
        rows = session.connection().exec_driver_sql("SELECT event, details FROM audit").fetchall()
    assert [row[0] for row in rows] == ["restored"]
    assert head in rows[0][1]
    assert audit_head(db) == (done.changes.after.head, None)
    with refused("database_failed"):
        run(db, "DELETE FROM audit")


def test_connections_that_were_open_see_the_copy_and_its_grid_at_their_next_transaction(
    db: Database, address: str, tmp_path: Path
) -> None:
    screen = Database.open(address)
    copy = backup(db, tmp_path / "copie.db")
    run(db, "UPDATE grid SET document = json_set(document, '$.title', 'Autre grille'), version = '2024'")
    # Another process: it has read the grid that will be replaced, and keeps it.
    other = Database.open(address)
    assert current_grid(other).title.fr == "Autre grille"
    answer(screen, SUT, "need", Answer.LEVEL, Fraction(1))
    with screen.read() as session:
        count = "SELECT count(*) FROM rating"
        assert session.execute(text(count)).scalar_one() == 1
        restore(db, copy.path)
        assert session.execute(text(count)).scalar_one() == 1
    assert ratings_of(screen, SUT) == {}
    assert current_grid(other).title.fr != "Autre grille"
    assert current_grid(db) == current_grid(other) == current_grid(screen)
    answer(other, SUT, "need", Answer.LEVEL, Fraction(2))
    assert ratings_of(db, SUT)["need"].rating.value == 2


def test_the_keys_of_the_store_stay_its_own(db: Database, tmp_path: Path) -> None:
    key = signing_key(db)
    elsewhere = open_database(Settings(database_url=f"sqlite:///{tmp_path / 'other' / 'ect.db'}"))
    assert signing_key(elsewhere) != key
    elsewhere.close()
    for path in (backup(db, tmp_path / "copie.db").path, tmp_path / "other" / "ect.db"):
        restore(db, path)
        db.signing_key = None
        assert signing_key(db) == key


def test_a_ticket_to_a_meeting_that_is_gone_leads_to_no_other(db: Database, tmp_path: Path) -> None:
    prepared(db)
    copy = backup(db, tmp_path / "copie.db")
    gone = prepared(db)
    restore(db, copy.path)
    with refused("meeting_unknown"):
        find(db, ORGANISER, gone)
    assert prepared(db) == gone + 1


def test_screens_of_a_meeting_follow_what_was_put_back(db: Database, tmp_path: Path) -> None:
    key = opened(db)
    copy = backup(db, tmp_path / "copie.db")
    before = find(db, ORGANISER, key)
    restore(db, copy.path)
    after = find(db, ORGANISER, key)
    assert after.revision > before.revision
    assert after.stage_revision > before.stage_revision
    delete(db, ORGANISER, key)


@pytest.mark.parametrize("share", [0, 30, 50, 61, 70, 80, 95, 100])
def test_a_restore_that_is_stopped_changes_nothing(db: Database, tmp_path: Path, share: int) -> None:
    copy = backup(db, tmp_path / "copie.db")
    closed(db)
    before, head = everything(file_of(db)), audit_head(db)
    with pytest.raises(StopError):
        restore(db, copy.path, stop_at(share))
    assert (everything(file_of(db)), audit_head(db)) == (before, head)
    answer(db, SUT, "need", Answer.LEVEL, Fraction(1))
    assert verify(file_of(db)).problems == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from ect.services.backups import backup, restore
from ect.services.opening import open_database
from ect.settings import Settings

def tell(done, wanted):
    if done >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

db = open_database(Settings(database_url=sys.argv[1]))
{"backup": backup, "restore": restore}[sys.argv[4]](db, Path(sys.argv[2]), tell)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("share", [62, 80, 94])
def test_a_restore_that_is_killed_leaves_a_whole_store(
    db: Database, address: str, tmp_path: Path, share: int
) -> None:
    copy = backup(db, tmp_path / "copie.db")
    closed(db)
    before = everything(file_of(db))
    assert _killed(address, copy.path, share, "restore") == -signal.SIGKILL
    assert everything(file_of(db)) == before
    assert verify(file_of(db)).problems == ()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
def test_a_copy_whose_making_was_killed_has_no_name(db: Database, address: str, tmp_path: Path) -> None:
    assert _killed(address, tmp_path / "copie.db", 70, "backup") == -signal.SIGKILL
    assert not (tmp_path / "copie.db").exists()
    assert verify(file_of(db)).problems == ()


def _killed(address: str, path: Path, share: int, work: str) -> int:
    root = Path(__file__).parents[2]
    words = [sys.executable, "-c", KILLED, address, str(path), str(share), work]
    return subprocess.run(
        words, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False
    ).returncode


def test_what_is_acknowledged_while_a_copy_is_put_back_is_in_the_store_or_in_what_is_kept(
    db: Database, address: str, tmp_path: Path
) -> None:
    copy = backup(db, tmp_path / "copie.db")
    acknowledged: list[str] = []
    over = threading.Event()

    def rate(number: int) -> None:
        own = Database.open(address)
        turn = 0
        while not over.is_set():
            voice = f"voice-{number}-{turn}"
            answer(own, SUT, "need", Answer.LEVEL, Fraction(1), voice=voice)
            acknowledged.append(voice)
            turn += 1

    people = [threading.Thread(target=rate, args=(number,)) for number in range(3)]
    for person in people:
        person.start()
    kept = [restore(db, copy.path).kept for _ in range(3)]
    over.set()
    for person in people:
        person.join()
    found: set[str] = set()
    for path in (*kept, file_of(db)):
        with closing(sqlite3.connect(path)) as raw:
            found |= {voice for (voice,) in raw.execute("SELECT voice FROM rating")}
    assert len(acknowledged) > 3
    assert set(acknowledged) - found == set()
    assert verify(file_of(db)).problems == ()


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_copy_of_every_released_schema_is_examined_and_put_back(
    db: Database, released: Path, tmp_path: Path
) -> None:
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(released.read_text("utf-8"))
    before = file.read_bytes()
    found = examine(file)
    assert (found.older, found.problems) == (released is not RELEASED[-1], ())
    done = restore(db, file)
    assert [terrain.code for terrain in list_terrains(db)] == ["verger"]
    assert done.changes.after.counts["ratings"] == 3
    assert file.read_bytes() == before
    assert verify(file_of(db)).problems == ()


def test_a_store_copied_by_hand_with_what_stands_beside_it_is_put_back_whole(
    db: Database, tmp_path: Path
) -> None:
    answer(db, SUT, "need", Answer.LEVEL, Fraction(2))
    for end in ("", "-wal"):
        shutil.copy(f"{file_of(db)}{end}", tmp_path / f"stick.db{end}")
    run(db, "DELETE FROM rating")
    restore(db, tmp_path / "stick.db")
    assert ratings_of(db, SUT)["need"].rating.value == 2


def _truncated(copy: Path) -> Path:
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2])
    return copy


def _scribbled(copy: Path) -> Path:
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 3 + 2000] = b"\xee" * 2000
    copy.write_bytes(content)
    return copy


def _empty(copy: Path) -> Path:
    copy.write_bytes(b"")
    return copy


def _text(copy: Path) -> Path:
    copy.write_text("a shopping list")
    return copy


def _other_product(copy: Path) -> Path:
    copy.unlink()
    return spoilt(copy, "CREATE TABLE customer (id INTEGER)")


def _other_history(copy: Path) -> Path:
    copy.unlink()
    return spoilt(
        copy,
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('a1b2c3')",
    )


HOSTILE = {
    "text": (_text, "backup_not_sqlite"),
    "empty": (_empty, "backup_not_sqlite"),
    "other product": (_other_product, "backup_not_ours"),
    "other product with a history": (_other_history, "backup_not_ours"),
    "truncated": (_truncated, "backup_damaged"),
    "scribbled": (_scribbled, "backup_unsound"),
    "newer": (
        lambda copy: spoilt(copy, "UPDATE alembic_version SET version_num = '9999'"),
        "backup_newer_schema",
    ),
    "no revision": (lambda copy: spoilt(copy, "DELETE FROM alembic_version"), "backup_not_ours"),
    "two revisions": (
        lambda copy: spoilt(copy, "INSERT INTO alembic_version VALUES ('0001')"),
        "backup_not_ours",
    ),
    "a revision that lies": (
        lambda copy: spoilt(copy, "UPDATE alembic_version SET version_num = '0001'"),
        "backup_schema_differs",
    ),
    "trigger": (
        lambda copy: spoilt(
            copy,
            "CREATE TRIGGER t AFTER INSERT ON vote BEGIN UPDATE seat SET facilitator = 1; END",
        ),
        "backup_schema_differs",
    ),
    "view": (lambda copy: spoilt(copy, "CREATE VIEW v AS SELECT * FROM vote"), "backup_schema_differs"),
    "a view for a table": (
        lambda copy: spoilt(
            copy,
            "ALTER TABLE scenario RENAME TO s",
            "CREATE VIEW scenario AS SELECT * FROM s",
        ),
        "backup_schema_differs",
    ),
    "table": (lambda copy: spoilt(copy, "CREATE TABLE extra (id INTEGER)"), "backup_schema_differs"),
    "column": (
        lambda copy: spoilt(copy, "ALTER TABLE seat ADD COLUMN x TEXT"),
        "backup_schema_differs",
    ),
    "index": (lambda copy: spoilt(copy, "CREATE INDEX i ON vote (answer)"), "backup_schema_differs"),
    "without the guard of the audit": (
        lambda copy: spoilt(copy, "DROP TRIGGER audit_no_delete"),
        "backup_schema_differs",
    ),
    "without a table": (lambda copy: spoilt(copy, "DROP TABLE scenario"), "backup_schema_differs"),
    "lost reference": (
        lambda copy: spoilt(copy, "PRAGMA foreign_keys = OFF", "DELETE FROM seat"),
        "backup_unsound",
    ),
    "broken chain": (
        lambda copy: (
            spoilt(copy, "UPDATE audit SET actor = 'P1' WHERE id = 1")
            if False
            else _rewritten(copy, "UPDATE audit SET actor = 'P9' WHERE id = 2")
        ),
        "backup_unsound",
    ),
    "a document of another shape": (
        lambda copy: spoilt(copy, "UPDATE terrain SET record = '[]' WHERE id = 1"),
        "backup_unsound",
    ),
}


def _rewritten(copy: Path, statement: str) -> Path:
    """Change the audit as who holds the file can: the trigger is taken away, and put back."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        (made,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_no_update'").fetchone()
        for words in ("DROP TRIGGER audit_no_update", statement, made):
            raw.execute(words)
    return copy


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_sound_copy_is_refused_and_replaces_nothing(
    db: Database, tmp_path: Path, kind: str
) -> None:
    closed(db)
    spoil, code = HOSTILE[kind]
    path = spoil(backup(db, tmp_path / "copie.db").path)
    before = everything(file_of(db))
    with refused(code):
        restore(db, path)
    assert everything(file_of(db)) == before
    assert backups.kept_copies(db) == ()
    assert not list(file_of(db).parent.glob("**/*.part"))


def test_a_file_that_is_not_there_or_is_the_store_is_refused(db: Database, tmp_path: Path) -> None:
    with refused("backup_missing"):
        restore(db, tmp_path / "none.db")
    with refused("backup_unreadable"):
        restore(db, tmp_path)
    with refused("backup_onto_itself"):
        restore(db, file_of(db))


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM seat", "store_reference_lost"),
        ("UPDATE grid SET document = json_remove(document, '$.pillars')", "store_document_wrong"),
        ("UPDATE grid SET document = 'no document'", "store_document_wrong"),
        ('UPDATE terrain SET record = \'{"colour": "blue"}\' WHERE id = 2', "store_document_wrong"),
        ("UPDATE terrain SET kind = 'forest' WHERE id = 2", "store_document_wrong"),
        ('UPDATE assessment SET profile = \'{"means": "four thirds"}\' WHERE id = 1', "store_document_wrong"),
        ('UPDATE assessment SET profile = \'{"means": "5"}\' WHERE id = 1', "store_document_wrong"),
        ("UPDATE assessment SET profile = '[]' WHERE id = 1", "store_document_wrong"),
        ("UPDATE assessment SET record = '7' WHERE id = 1", "store_document_wrong"),
        ("UPDATE meeting SET stage = 'asleep'", "store_document_wrong"),
        ("UPDATE meeting SET settings = '{}'", "store_document_wrong"),
        ("UPDATE meeting_terrain SET verdict = 'perhaps'", "store_document_wrong"),
        ("UPDATE seat SET kind = 'ghost'", "store_document_wrong"),
        ("UPDATE vote SET round = 0 WHERE id = 1", "store_vote_astray"),
        ("UPDATE vote SET criterion = 'colour' WHERE id = 1", "store_answer_wrong"),
        ("UPDATE vote SET half_points = 1 WHERE id = 1", "store_answer_wrong"),
        ("UPDATE vote SET basis = 'rumour' WHERE id = 1", "store_answer_wrong"),
        ("UPDATE rating SET criterion = 'colour'", "store_answer_wrong"),
        ("INSERT INTO reopened VALUES (1, 2, 1, 'colour')", "store_answer_wrong"),
        ("INSERT INTO override VALUES (1, 1, 'need', '5/2', 'ainsi')", "store_document_wrong"),
        ("INSERT INTO override VALUES (1, 1, 'need', 'two', 'ainsi')", "store_document_wrong"),
        ("DROP INDEX ix_vote_meeting_id", "store_schema_differs"),
    ],
)
def test_what_is_wrong_with_a_store_is_found_and_told_with_its_place(
    db: Database, statement: str, code: str
) -> None:
    from ect.sentences import REFUSALS, sentence

    closed(db)
    answer(db, SUT, "need", Answer.LEVEL, Fraction(1))
    assert verify(file_of(db)).problems == ()
    spoilt(file_of(db), "PRAGMA foreign_keys = OFF", statement)
    found = verify(file_of(db)).problems
    assert code in {problem.code for problem in found}
    assert all(problem.code in REFUSALS and sentence(problem, "fr") for problem in found)


def test_an_event_whose_text_was_spoilt_by_hand_is_told(db: Database) -> None:
    closed(db)
    _rewritten(file_of(db), "UPDATE audit SET details = 'nothing' WHERE id = 2")
    assert [problem.values["where"] for problem in verify(file_of(db)).problems] == ["audit"]
    _rewritten(file_of(db), "UPDATE audit SET details = '{}' WHERE id = 2")
    assert [problem.values["event"] for problem in verify(file_of(db)).problems] == [2]


def test_a_store_with_a_wrong_document_is_copied_all_the_same_and_said_so(
    db: Database, tmp_path: Path
) -> None:
    run(db, "UPDATE terrain SET kind = 'forest' WHERE id = 2")
    found = backup(db, tmp_path / "copie.db")
    assert [problem.code for problem in found.problems] == ["store_document_wrong"]
    assert found.path.exists()


def test_a_store_whose_pages_are_damaged_is_not_copied_and_can_be_moved_aside(
    db: Database, tmp_path: Path, settings: Settings
) -> None:
    copy = backup(db, tmp_path / "copie.db")
    store = file_of(db)
    assert not backups.is_damaged(store)
    db.close()
    _scribbled(store)
    assert backups.is_damaged(store)
    with refused("store_damaged"):
        backup(db, tmp_path / "other.db")
    with refused("store_damaged"):
        restore(db, copy.path)
    db.close()
    aside = backups.set_aside(store)
    assert not store.exists()
    again = open_database(settings)
    restore(again, copy.path)
    assert verify(store).problems == ()
    assert aside.exists()
    assert not backups.is_damaged(tmp_path / "none.db")


def test_a_store_that_was_not_opened_since_an_update_is_checked_as_it_will_be(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(RELEASED[0].read_text("utf-8"))
    before = file.read_bytes()
    found = verify(file)
    assert (found.older, found.problems) == (True, ())
    assert file.read_bytes() == before
    assert runner.revisions()[0] == "0001"


def test_an_older_copy_whose_pages_are_damaged_is_refused_before_it_is_brought_up_to_date(
    db: Database, tmp_path: Path
) -> None:
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(RELEASED[1].read_text("utf-8"))
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'vote'")
        raw.commit()
    with refused("backup_damaged"):
        examine(file)
    assert rows_of(db)["terrain"] > 0


def test_a_copy_a_day_is_made_alone_and_the_last_seven_are_kept(db: Database) -> None:
    asked = keep(db).path
    start = datetime.now(UTC)
    first = keep_daily(db, start)
    assert first
    assert keep_daily(db, start + timedelta(hours=23)) is None
    folder = first.parent
    for number in range(1, 10):
        older = start - timedelta(days=10 - number)
        shutil.copy(first, folder / f"ect-quotidienne-{older:%Y%m%dT%H%M%SZ}.db")
    again = keep_daily(db, start + timedelta(days=1, seconds=1))
    dailies = [kept for kept in backups.kept_copies(db) if kept.why is Why.DAILY]
    assert len(dailies) == 7
    assert {first, again} <= {kept.path for kept in dailies}
    assert asked.exists()


def test_what_a_killed_copy_left_is_swept_once_it_is_old(db: Database) -> None:
    folder = keep(db).path.parent
    left, fresh = folder / ".ect-quotidienne.db.ab12.part", folder / ".ect-copie.db.cd34.part"
    for path in (left, fresh):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    keep_daily(db)
    assert (left.exists(), fresh.exists()) == (False, True)
