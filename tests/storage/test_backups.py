"""Files of copies: named once whole, read without a trace, stopped inside long statements."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from ect.domain.errors import DomainError
from ect.storage import backups
from ect.storage.backups import Why, copy_to, drafted, free_name, interrupted_by, kept_as, kept_files
from ect.storage.database import Database, read_only
from ect.storage.inspection import expected_objects, objects, revision_of
from ect.storage.migrations.runner import revisions


def nothing(_share: float) -> None:
    """Go on."""


def test_a_file_gets_its_name_only_if_all_went_well(tmp_path: Path) -> None:
    target = tmp_path / "copie.db"
    with pytest.raises(RuntimeError), drafted(target) as draft:
        draft.write_text("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with drafted(target) as draft:
        draft.write_text("whole")
        assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["copie.db"]


def test_a_file_that_came_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "copie.db"
    with pytest.raises(DomainError) as refusal, drafted(target) as draft:
        draft.write_text("ours")
        target.write_text("theirs")
    assert refusal.value.code == "backup_exists"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"copie.db": "theirs"}


def test_reading_a_copy_leaves_nothing_beside_it_and_writes_nothing(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    copy_to(backups.store_file(db), folder / "copie.db", nothing, live=True)
    folder.chmod(0o500)
    try:
        assert revision_of(folder / "copie.db") == revisions()[-1]
        with closing(read_only(folder / "copie.db")) as raw, pytest.raises(sqlite3.OperationalError):
            raw.execute("DELETE FROM terrain")
        assert [path.name for path in folder.iterdir()] == ["copie.db"]
    finally:
        folder.chmod(0o700)


def test_a_copy_of_an_instant_is_not_started_again_by_writes_meanwhile(db: Database, tmp_path: Path) -> None:
    shares: list[float] = []

    def write_meanwhile(share: float) -> None:
        shares.append(share)
        with db.write() as session:
            session.execute(text("UPDATE terrain SET name = :name WHERE code = 'sut'"), {"name": str(share)})

    copy_to(backups.store_file(db), tmp_path / "copie.db", write_meanwhile, live=True)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with closing(sqlite3.connect(tmp_path / "copie.db")) as raw:
        assert raw.execute("SELECT name FROM terrain WHERE code = 'sut'").fetchone() == ("SuT",)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_long_statement_is_stopped_by_what_its_clock_raises() -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def stop() -> None:
        raise KeyboardInterrupt

    with closing(sqlite3.connect(":memory:")) as raw:
        with pytest.raises(KeyboardInterrupt), interrupted_by(raw, stop):
            raw.execute(endless).fetchone()
        with interrupted_by(raw, lambda: None):
            assert raw.execute("SELECT 1").fetchone() == (1,)


def test_copies_of_one_second_have_names_of_their_own_and_are_those_of_their_store(tmp_path: Path) -> None:
    store = tmp_path / "ect.db"
    names = []
    for _time in range(3):
        names.append(free_name(store, Why.ASKED))
        names[-1].touch()
    assert len(set(names)) == 3
    assert set(kept_files(store)) == set(names)
    assert kept_files(tmp_path / "other.db") == []
    why, at = kept_as(names[0])
    assert why is Why.ASKED
    assert abs((datetime.now(UTC) - at).total_seconds()) < 60
    with pytest.raises(DomainError) as refusal:
        kept_as(tmp_path / "notes.db")
    assert refusal.value.code == "backup_missing"


@pytest.mark.parametrize("revision", revisions())
def test_a_released_schema_is_what_its_migrations_make(revision: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as raw:
        raw.executescript((Path(__file__).parent / "released" / f"{revision}.sql").read_text("utf-8"))
    old = Database.look(tmp_path / "old.db")
    with old.read() as session:
        assert objects(session) == expected_objects(revision)


def test_what_is_asked_of_sqlite_in_a_file_reaches_nothing_outside_of_it(
    db: Database, tmp_path: Path
) -> None:
    with db.read() as session:
        assert session.connection().exec_driver_sql("PRAGMA trusted_schema").scalar_one() == 0
    copy_to(backups.store_file(db), tmp_path / "copie.db", nothing, live=True)
    with closing(read_only(tmp_path / "copie.db")) as raw:
        assert raw.execute("PRAGMA trusted_schema").fetchone() == (0,)
