"""A first start on PostgreSQL: migrated, loaded, refused where it must be."""

from __future__ import annotations

import multiprocessing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from ect.domain.meeting import Settings as MeetingSettings
from ect.services.meeting import create
from ect.services.membership import ORGANISER
from ect.services.opening import open_database
from ect.services.scores import scoreboard
from ect.settings import Settings
from ect.storage import database
from ect.storage.database import Database
from ect.storage.errors import StorageError
from ect.storage.repositories.whole import last_keys
from ect.storage.tables import Table


def test_the_reports_ranking_is_there_at_the_first_start(db: Database) -> None:
    totals = [float(row.score.total.low) for row in scoreboard(db).ranking.ranked]
    assert totals == [25.3, 23.2, 21.5]


def test_what_the_migrations_make_is_what_the_tables_say(db: Database) -> None:
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_the_audit_is_append_only(db: Database) -> None:
    with pytest.raises(StorageError, match="append-only"), db.write() as session:
        session.connection().execute(
            text("INSERT INTO audit VALUES (1, 'm', now(), 'a', 'e', '{}', '', 'd')")
        )
        session.connection().execute(text("DELETE FROM audit"))


def test_what_only_reads_cannot_write(db: Database) -> None:
    with pytest.raises((StorageError, ProgrammingError)), db.read() as session:
        session.connection().execute(text("DELETE FROM rating"))


def test_a_reader_sees_one_moment(db: Database) -> None:
    with db.read() as session:
        count = text("SELECT count(*) FROM secret")
        before = session.connection().scalar(count)
        with db.write() as other:
            other.connection().execute(text("INSERT INTO secret VALUES ('one', 'more')"))
        assert session.connection().scalar(count) == before


def test_two_processes_may_start_at_once(address: str) -> None:
    context = multiprocessing.get_context("spawn")
    starts = [context.Process(target=_start, args=(address,)) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join(60)
    assert [start.exitcode for start in starts] == [0, 0]


def _start(address: str) -> None:
    open_database(Settings(database_url=address)).close()


def test_a_server_that_is_not_there_is_said_in_one_sentence() -> None:
    with pytest.raises(StorageError) as refusal:
        open_database(Settings(database_url="postgresql+psycopg://ect@127.0.0.1:9/none"))
    assert refusal.value.code == "database_unreachable"
    assert "\n" not in str(refusal.value.values["reason"])


def test_who_waits_too_long_for_a_turn_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 200)
    db = Database.open(address)
    with db.write() as session:
        session.connection()
        with pytest.raises(StorageError) as refusal, db.write() as other:
            other.connection()
    assert refusal.value.code == "database_locked"


def test_the_highest_key_ever_given_is_known_though_its_row_is_gone(db: Database) -> None:
    with db.read() as session:
        assert last_keys(session)["meeting"] == 0
    key = create(db, ORGANISER, "Comité", ["sut"], MeetingSettings())
    with db.write() as session:
        session.connection().execute(text("DELETE FROM meeting"))
    with db.read() as session:
        assert last_keys(session)["meeting"] == key
