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
from ect.domain.rating import Answer
from ect.services.rating import answer, ratings_of
from ect.storage.database import Database
from ect.storage.migrations import runner

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None


def upgrade():
    with op.batch_alter_table("terrain", recreate="always") as terrain:
        terrain.add_column(sa.Column("colour", sa.String(), nullable=True))
    {then}
"""


@pytest.fixture
def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a migration to come, in a copy of the history."""
    folder = tmp_path / "migrations"
    shutil.copytree(runner.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(runner, "FOLDER", folder)
    return folder / "versions" / "0002_next.py"


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


def test_a_newer_database_is_never_taken_back() -> None:
    version = ScriptDirectory.from_config(runner.configuration()).get_revision("0001")
    with pytest.raises(NotImplementedError):
        version.module.downgrade()
