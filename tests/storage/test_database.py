"""Opening, writing, refusing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from ect.domain.errors import DomainError
from ect.domain.rating import Answer
from ect.sentences import sentence
from ect.services.opening import open_database
from ect.services.rating import answer, ratings_of
from ect.settings import Settings
from ect.storage.database import Database
from ect.storage.tables import Table


def test_the_migrations_make_the_tables_the_code_declares(db: Database) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, Table.metadata) == []


def test_a_store_is_durable_and_checks_its_references(db: Database) -> None:
    with db.read() as session:
        pragmas = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_a_write_that_fails_leaves_nothing(db: Database) -> None:
    with pytest.raises(RuntimeError), db.write() as session:
        session.execute(text("DELETE FROM rating"))
        session.execute(text("UPDATE terrain SET name = 'lost'"))
        raise RuntimeError
    with db.read() as session:
        assert session.execute(text("SELECT count(*) FROM terrain WHERE name = 'lost'")).scalar_one() == 0


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "oracle9://x",
        "sqlite:////proc/none/ect.db",
        "postgresql+pg8000://localhost/ect",
        "postgresql://localhost:port/ect",
    ],
)
def test_a_database_that_cannot_be_reached_is_said_so(address: str) -> None:
    with pytest.raises(DomainError) as refusal:
        Database.open(address)
    assert refusal.value.code == "database_unreachable"


def test_a_refused_address_never_shows_its_password() -> None:
    for address in ("postgresql+pg8000://bob:secret@host/ect", "postgresql://bob:sec:ret@host:secret/ect"):
        with pytest.raises(DomainError) as refusal:
            Database.open(address)
        assert "secret" not in sentence(refusal.value, "fr")


def test_an_address_that_is_a_uri_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DomainError) as refusal:
        Database.open(f"sqlite:///file:{tmp_path / 'none' / 'ect.db'}?mode=rw&uri=true")
    assert refusal.value.code == "database_unreachable"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_read_only_is_said_so_and_stays_as_it_was(db: Database, tmp_path: Path) -> None:
    db.close()
    file = tmp_path / "store" / "ect.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    before = file.read_bytes()
    with pytest.raises(DomainError) as refusal:
        Database.open(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert refusal.value.code == "database_read_only"
    assert file.read_bytes() == before


def test_a_store_in_memory_needs_no_folder() -> None:
    with Database.open("sqlite:///:memory:").read() as session:
        assert session.execute(text("SELECT count(*) FROM terrain")).scalar_one() == 0


def test_a_constraint_of_the_tables_is_the_last_guard(db: Database) -> None:
    with pytest.raises(DomainError) as refusal, db.write() as session:
        session.execute(text("INSERT INTO reference_item (key) VALUES ('half')"))
    assert refusal.value.code == "database_failed"


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("a shopping list, certainly longer than the header of a database " * 20)
    before = file.read_bytes()
    with pytest.raises(DomainError) as refusal:
        Database.open(f"sqlite:///{file}")
    assert refusal.value.code == "database_not_ours"
    assert file.read_bytes() == before


def test_a_database_of_another_product_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE customer (id INTEGER)")
    before = file.read_bytes()
    with pytest.raises(DomainError) as refusal:
        Database.open(f"sqlite:///{file}")
    assert refusal.value.code == "database_not_ours"
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["other.db"]


def test_a_database_of_a_newer_version_is_not_opened(db: Database, address: str) -> None:
    with db.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DomainError) as refusal:
        Database.open(address)
    assert refusal.value.code == "database_newer_schema"


def test_a_disk_that_cannot_be_written_is_said_so(db: Database) -> None:
    db.engine.dispose()
    raw = db.engine.raw_connection()
    raw.cursor().execute("PRAGMA query_only = ON")
    raw.close()
    with pytest.raises(DomainError) as refusal:
        answer(db, "sut", "leadership", Answer.LEVEL, Fraction(1))
    assert refusal.value.code == "database_read_only"
    assert ratings_of(db, "sut") == {}


def test_a_store_that_stays_busy_is_said_so(db: Database, address: str) -> None:
    other = Database.open(address)
    with other.write() as session:
        session.execute(text("UPDATE terrain SET revision = revision"))
        with db.engine.connect() as connection:
            connection.execute(text("PRAGMA busy_timeout = 1"))
            connection.rollback()
            with pytest.raises(DomainError) as refusal, db._refusals():
                connection.exec_driver_sql("BEGIN IMMEDIATE")
    assert refusal.value.code == "database_locked"


def test_eight_people_rating_at_once_lose_nothing(db: Database) -> None:
    criteria = ["leadership", "shared_interest", "involvement", "contribution"]

    def rate(voice: str) -> None:
        for level in (0, 1, 2):
            for criterion in criteria:
                answer(db, "sut", criterion, Answer.LEVEL, Fraction(level), voice=voice)

    people = [threading.Thread(target=rate, args=(f"voice-{i}",)) for i in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    for i in range(8):
        saved = ratings_of(db, "sut", voice=f"voice-{i}")
        assert {code: (s.rating.value, s.revision) for code, s in saved.items()} == dict.fromkeys(
            criteria, (Fraction(2), 3)
        )


KILLED = """
import sys
from fractions import Fraction
from ect.domain.rating import Answer
from ect.services.opening import open_database
from ect.services.rating import answer
from ect.settings import Settings
db = open_database(Settings(database_url=sys.argv[1]))
for i in range(100_000):
    answer(db, "sut", "leadership", Answer.LEVEL, Fraction(i % 3), voice=f"voice-{i}")
    print(i, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
def test_an_acknowledged_rating_survives_the_death_of_the_process(db: Database, address: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, address],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout
    acknowledged = [int(process.stdout.readline()) for _ in range(30)]
    process.kill()
    rest = [int(line) for line in process.stdout.read().split()]
    process.wait()
    process.stdout.close()
    for i in acknowledged + rest:
        assert "leadership" in ratings_of(db, "sut", voice=f"voice-{i}")
    with db.read() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


def test_two_first_starts_at_once_make_one_store(settings: Settings) -> None:
    stores: list[Database] = []
    failures: list[BaseException] = []

    def start() -> None:
        try:
            stores.append(open_database(settings))
        except BaseException as error:  # noqa: BLE001 - told to the test, whatever it is
            failures.append(error)

    starts = [threading.Thread(target=start) for _ in range(4)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert failures == []
    with stores[0].read() as session:
        assert session.execute(text("SELECT count(*) FROM grid")).scalar_one() == 1
        assert session.execute(text("SELECT count(*) FROM assessment")).scalar_one() == 3
