"""The laboratory's read API: stable, tidy, documented, and unable to write."""

from __future__ import annotations

import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

import ect
from ect.exchange.frames import FRAMES, all_frames, codebook
from ect.i18n import Speaker
from ect.services.catalogue import list_terrains
from ect.services.scores import scoreboard
from ect.services.whole import everything
from ect.settings import Settings
from ect.storage.database import Database
from ect.storage.errors import StorageError
from ect.storage.repositories.observations import TOLD
from ect.storage.repositories.whole import table_names
from tests.exchange.conftest import UNREVEALED, full  # noqa: F401 - a fixture
from tests.services.meetings import refused

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "laboratory.md").read_text("utf-8")
# What is promised: a name may be added here, none taken away.
PROMISED = {
    "ratings": "source meeting round participant terrain grid part criterion answer level basis comment"
    " on_paper counted demo saved_at",
    "scores": "terrain terrain_name terrain_kind terrain_origin grid source official part part_kind value"
    " exact low high known count weight rank",
    "assessments": "assessment terrain terrain_name grid source origin meeting phase year part part_kind"
    " value exact",
    "frameworks": "terrain terrain_name terrain_kind framework_kind framework label categories wording"
    " interpreted",
}


def copied(db: Database, file: Path) -> Path:
    """Copy a store; closed first, so that all of it is in its file."""
    db.close()
    file.write_bytes(file_of(db).read_bytes())
    return file


def file_of(db: Database) -> Path:
    return Path(db.engine.url.database or "")


@pytest.fixture
def store(full: Database) -> ect.Store:  # noqa: F811
    return ect.open(file_of(full))


@pytest.mark.parametrize("name", PROMISED)
def test_columns_that_were_promised_are_there(store: ect.Store, name: str) -> None:
    assert list(getattr(store, name)().columns)[: len(PROMISED[name].split())] == PROMISED[name].split()


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_every_frame_has_the_types_of_its_codebook(store: ect.Store, frame: object) -> None:
    from ect.exchange.frames import Frame

    assert isinstance(frame, Frame)
    found = store.frame(frame.name)
    assert list(found.columns) == [column.name for column in frame.columns]
    book = store.codebook().query("frame == @frame.name").set_index("column")
    kinds = {
        "category": "code",
        "string": "text",
        "Int64": "integer",
        "Float64": "number",
        "boolean": "boolean",
    }
    for column in found.columns:
        kind = kinds.get(str(found[column].dtype), "time")
        assert kind == book.loc[column, "type"], column


def test_allowed_values_are_those_there_are(store: ect.Store) -> None:
    wrong = []
    for line in store.codebook().itertuples():
        allowed = set(str(line.allowed).split(" | "))
        if len(allowed) < 2 or line.type != "code" or line.column in {"exact", "categories"}:
            continue
        found = set(store.frame(str(line.frame))[str(line.column)].dropna().astype(str))
        if not found <= allowed:
            wrong.append((line.frame, line.column, found - allowed))
    assert wrong == []


def test_scores_are_those_of_the_ranking(store: ect.Store, full: Database) -> None:  # noqa: F811
    board, scores = scoreboard(full), store.scores()
    totals = scores[scores["official"] & (scores["part"] == "total")].set_index("terrain")
    for row in board.ranking.rows:
        if row.terrain not in board.origins:
            continue
        assert totals.loc[row.terrain, "low"] == float(row.score.total.low)
        assert (row.rank or pd.NA) is pd.NA or totals.loc[row.terrain, "rank"] == row.rank
        assert totals.loc[row.terrain, "source"] == board.origins[row.terrain]


def test_unknown_is_missing_never_zero(store: ect.Store) -> None:
    scores = store.scores()
    open_ = scores[scores["known"] < scores["count"]]
    assert len(open_)
    assert open_["value"].isna().all()
    assert (open_["low"] < open_["high"]).all()


def test_exact_values_are_fractions(store: ect.Store) -> None:
    scores = store.scores().dropna(subset=["exact"])
    assert all(
        float(Fraction(exact)) == value for exact, value in zip(scores["exact"], scores["value"], strict=True)
    )


def test_ratings_hold_answers_of_the_room_and_of_revealed_rounds(store: ect.Store) -> None:
    ratings = store.ratings()
    assert set(ratings["source"]) == {"room", "meeting"}
    assert set(ratings["participant"]) == {"room", "P1", "P2"}
    assert UNREVEALED not in set(ratings["comment"])
    assert ratings["saved_at"].dt.tz is not None


def test_no_name_and_nothing_unrevealed_is_in_any_frame(store: ect.Store) -> None:
    for frame in FRAMES:
        written = store.frame(frame.name).to_csv()
        assert "Alice Merle" not in written
        assert UNREVEALED not in written


def test_a_store_that_is_read_cannot_be_written(full: Database) -> None:  # noqa: F811
    before, content = everything(full), file_of(full).read_bytes()
    read_only = Database.open_read_only(file_of(full))
    with pytest.raises(StorageError, match="database_read_only"), read_only.write() as session:
        session.connection().execute(text("DELETE FROM rating"))
    with pytest.raises(StorageError, match="database_read_only"), read_only.read() as session:
        session.connection().execute(text("UPDATE terrain SET name = 'x'"))
    assert everything(full) == before
    assert file_of(full).read_bytes() == content


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with refused("database_missing", path=str(tmp_path / "absent.db")):
        ect.open(tmp_path / "absent.db")
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lettre.db"
    for content in ("bonjour " * 200, ""):
        file.write_text(content)
        with refused("database_not_ours", path=str(file)):
            ect.open(file)


def test_a_store_of_an_older_version_is_refused(full: Database, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    from ect.storage.migrations import runner

    later = [*runner.revisions(), "9999"]
    monkeypatch.setattr(runner, "revisions", lambda: later)
    with refused("database_older_schema"):
        ect.open(file_of(full))


def test_without_a_path_it_is_the_store_of_the_application(
    full: Database,  # noqa: F811
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ECT_DATABASE_URL", settings.database)
    with ect.open() as store:
        assert len(store.terrains()) == len(list_terrains(full, archived=True))


def test_a_path_with_odd_signs_is_opened(full: Database, tmp_path: Path) -> None:  # noqa: F811
    with ect.open(copied(full, tmp_path / "é 100% #1?.db")) as store:
        assert len(store.grid()) == 29


def test_the_codebook_speaks_both_languages_of_every_column() -> None:
    book = ect.CODEBOOK
    assert not book[["frame", "column", "meaning_fr", "meaning_en", "type"]].isna().any().any()
    assert not (book["meaning_fr"] == book["meaning_en"]).any()
    assert not book.duplicated(["frame", "column"]).any()


def test_every_table_is_told_by_a_frame_or_goes_as_it_is() -> None:
    assert {*TOLD} <= {*table_names()}
    plain = {frame.name for frame in all_frames()} - {frame.name for frame in FRAMES}
    assert plain == {*table_names()} - TOLD


def test_a_table_nobody_told_goes_out_as_it_is(full: Database, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    from ect.storage.repositories import observations

    monkeypatch.setattr(observations, "TOLD", TOLD - {"scenario", "grid"})
    plain = {frame.name: frame for frame in all_frames()[len(FRAMES) :]}
    assert set(plain) == {"scenario", "grid"}
    with full.read() as session:
        assert all(len(row) == len(plain["grid"].columns) for row in plain["grid"].rows(full, session))


def test_importing_ect_brings_no_library() -> None:
    code = "import sys, ect; print(sorted({'pandas', 'sqlalchemy', 'babel'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_an_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = ect.nothing
    from ect import laboratory

    with pytest.raises(AttributeError, match="nothing"):
        _ = laboratory.nothing  # type: ignore[attr-defined]


def test_the_codebook_of_the_page_is_that_of_the_code() -> None:
    lines = [line for line in PAGE.partition("## Codebook")[2].splitlines() if line.startswith("| `")]
    assert lines == [
        documented(*line) for line in codebook("en") if line[0] in {frame.name for frame in FRAMES}
    ]


def documented(table: str, column: str, kind: str, meaning: str, unit: str, allowed: str) -> str:
    values = allowed.replace("|", "\\|")
    return f"| `{table}` | `{column}` | {kind} | {meaning} | {unit} | {values} |"


def test_the_page_says_what_a_row_is() -> None:
    say = Speaker("en")
    missing = [frame.name for frame in FRAMES if f"- `{frame.name}`: {say.t(frame.row)}" not in PAGE]
    assert missing == []


def test_the_example_of_the_page_runs(
    full: Database,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    copied(full, tmp_path / "data" / "ect.db")
    blocks = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(blocks) >= 5
    notebook: dict[str, object] = {}
    for block in blocks:
        exec(block, notebook)  # noqa: S102 - the page's own words
    assert "epicerie-solidaire" in capsys.readouterr().out
