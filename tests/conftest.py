"""What tests share: databases of their own, real SQLite, nothing of the user's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ect.services.opening import open_database
from ect.settings import DATA, Settings
from ect.storage.database import Database
from tests.postgresql.cluster import Cluster, find_server, running


@pytest.fixture(autouse=True)
def no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ECT_DATABASE_URL", "ECT_LANGUAGE", "ECT_TIMEZONE", "ECT_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def stores_closed_at_the_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From Python 3.13 on, a connection that is left open is a warning, and so an error."""
    opened: list[Database] = []
    make = Database.__init__

    def remember(db: Database, engine: Engine) -> None:
        make(db, engine)
        opened.append(db)

    monkeypatch.setattr(Database, "__init__", remember)
    yield
    for db in opened:
        db.close()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of the tests' own. On CI a missing one is a failure."""
    commands = find_server()
    if commands is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL on this machine")
        pytest.skip("no PostgreSQL on this machine")
    with running(commands) as found:
        yield found


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'store' / 'ect.db').as_posix()}"


@pytest.fixture
def settings(address: str) -> Settings:
    return Settings(database_url=address)


@pytest.fixture
def db(settings: Settings) -> Database:
    """The store of a first start: migrated, with the reference data."""
    return open_database(settings)


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """A copy of the reference data that a test may change."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("ect.db*"))
    return folder


@pytest.fixture
def grid_only(tmp_path: Path) -> Path:
    """Reference data with the grid and no terrain: an empty store."""
    folder = tmp_path / "grid-only"
    shutil.copytree(DATA / "grids", folder / "grids")
    return folder
