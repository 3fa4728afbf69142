"""Migrations: a committee's data goes through each of them, or stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from ect.domain.errors import DomainError
from ect.domain.meeting import Stage, Status, Verdict
from ect.domain.rating import Answer
from ect.services.deciding import audit_head
from ect.services.deliberation import results
from ect.services.membership import ORGANISER
from ect.services.rating import answer, ratings_of
from ect.storage.database import Database
from ect.storage.migrations import runner
from ect.storage.repositories.meetings import Override, Ruling

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
LAST = runner.revisions()[-1]
TO_COME = f"{int(LAST) + 1:04}"
NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "{TO_COME}"
down_revision = "{LAST}"
branch_labels = depends_on = None


def upgrade():
    with op.batch_alter_table("terrain", recreate="always") as terrain:
        terrain.add_column(sa.Column("colour", sa.String(), nullable=True))
    {{then}}
"""


@pytest.fixture
def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a migration to come, in a copy of the history."""
    folder = tmp_path / "migrations"
    shutil.copytree(runner.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(runner, "FOLDER", folder)
    return folder / "versions" / f"{TO_COME}_next.py"


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as raw:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: raw.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}  # noqa: S608


def file_of(db: Database) -> Path:
    return Path(db.engine.url.database or "")


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_the_data_of_every_released_schema_comes_through(released: Path, tmp_path: Path) -> None:
    file = tmp_path / "ect.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(released.read_text("utf-8"))
    kept = {name: found for name, found in rows(file).items() if name != "alembic_version"}
    assert all(kept.values())
    db = Database.open(f"sqlite:///{file}")
    saved = ratings_of(db, "verger")
    assert {code: (s.rating.answer, s.rating.value, s.rating.comment) for code, s in saved.items()} == {
        "need": (Answer.LEVEL, Fraction(2), "dit en séance"),
        "means": (Answer.LEVEL, Fraction(3, 2), ""),
        "vision": (Answer.UNKNOWN, None, ""),
    }
    after = rows(file)
    assert {name: len(found) for name, found in kept.items()} == {name: len(after[name]) for name in kept}


@pytest.mark.parametrize("released", RELEASED[1:], ids=lambda path: path.stem)
def test_the_chain_of_a_released_schema_still_holds_and_still_refuses_changes(
    released: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ect.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(released.read_text("utf-8"))
    db = Database.open(f"sqlite:///{file}")
    head, broken = audit_head(db)
    assert (len(head), broken) == (64, None)
    with closing(sqlite3.connect(file)) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute("DELETE FROM audit")


@pytest.mark.parametrize("released", RELEASED[1:], ids=lambda path: path.stem)
def test_a_meeting_of_a_released_schema_is_read_as_it_was_closed(released: Path, tmp_path: Path) -> None:
    file = tmp_path / "ect.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(released.read_text("utf-8"))
    found = results(Database.open(f"sqlite:///{file}"), ORGANISER, 1)
    assert found.meeting.status == Status(Stage.CLOSED, 2, blind=True)
    assert [(vote.participant, vote.rating.value) for vote in found.votes] == [("P1", 1), ("P2", None)]
    assert found.overrides == {("verger", "means"): Override(Fraction(4, 3), "deux financeurs sur trois")}
    assert found.rulings == {"verger": Ruling(Verdict.CHOSEN, "prêt à commencer")}


def test_every_migration_has_its_released_schema() -> None:
    versions = {path.name[:4] for path in (runner.FOLDER / "versions").glob("0*.py")}
    assert {path.stem for path in RELEASED} == versions


def test_a_table_that_others_refer_to_can_be_rebuilt(db: Database, next_migration: Path) -> None:
    answer(db, "sut", "need", Answer.LEVEL, Fraction(1))
    next_migration.write_text(NEXT.format(then=""), "utf-8")
    again = Database.open(f"sqlite:///{file_of(db)}")
    assert ratings_of(again, "sut")["need"].rating.value == 1
    with again.read() as session:
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.mark.parametrize(
    ("then", "refused"),
    [
        ('op.execute("DELETE FROM terrain")', DomainError),
        ("raise RuntimeError", RuntimeError),
    ],
)
def test_a_migration_that_fails_leaves_everything_as_it_was(
    db: Database, next_migration: Path, then: str, refused: type[Exception]
) -> None:
    answer(db, "sut", "need", Answer.LEVEL, Fraction(1))
    before = rows(file_of(db))
    next_migration.write_text(NEXT.format(then=then), "utf-8")
    with pytest.raises(refused):
        Database.open(f"sqlite:///{file_of(db)}")
    assert rows(file_of(db)) == before


def test_files_are_named_after_their_revision_in_the_order_of_the_history() -> None:
    history = ScriptDirectory.from_config(runner.configuration()).walk_revisions()
    assert runner.revisions() == [script.revision for script in history][::-1]


@pytest.mark.parametrize("revision", runner.revisions())
def test_a_newer_database_is_never_taken_back(revision: str) -> None:
    version = ScriptDirectory.from_config(runner.configuration()).get_revision(revision)
    with pytest.raises(NotImplementedError):
        version.module.downgrade()
