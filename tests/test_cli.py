"""The command line, as it is typed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from ect import cli, runner
from ect.services.catalogue import archive_terrain, get_terrain
from ect.services.opening import open_database
from ect.services.reference import publication
from ect.settings import Settings


@pytest.fixture(autouse=True)
def own_store(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECT_DATABASE_URL", address)


def type_(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["ect", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict:
    assert type_(monkeypatch, "rank", "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_the_ranking_is_the_reports(document: dict) -> None:
    assert document["unit"] == 34
    assert [(row["terrain"], row["rank"], row["total"]) for row in document["rows"]] == [
        ("Épicerie solidaire", 1, 25.3),
        ("Maison de l'alimentation", 2, 23.2),
        ("SuT", 3, 21.5),
        ("Vaux-sur-Poligny", None, None),
    ]
    assert (document["rows"][3]["low"], document["rows"][3]["high"]) == (0, 34)


def test_every_cell_is_the_printed_one(document: dict) -> None:
    rows = {row["terrain"].replace("É", "E"): row for row in document["rows"]}
    for printed in publication().rows:
        row = rows[printed.label]
        cells = {**row["pillars"], **row["criteria"]} | {
            name: row[name] for name in ("ect", "selection", "total")
        }
        for code, text in printed.printed.items():
            assert cells[code] == float(text.replace(",", "."))


def test_the_mean_row_and_both_anomalies_are_there(document: dict) -> None:
    mean = document["mean"]
    assert (mean["total"], mean["ect"], mean["selection"]) == (23.33, 5.0, 13.33)
    assert mean["criteria"]["mirror"] == 2.0
    codes = [note["code"] for note in document["notes"]]
    assert codes == ["printed_maximum", "printed_mean", "caveat"]


@pytest.mark.parametrize(("unit", "total"), [("85", 63.25), ("percent", 74.41)])
def test_a_unit_changes_totals_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], unit: str, total: float
) -> None:
    type_(monkeypatch, "rank", "--json", "--unit", unit)
    first = json.loads(capsys.readouterr().out)["rows"][0]
    assert (first["total"], first["ect"]) == (total, 5.4)


def test_a_person_reads_a_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    type_(monkeypatch, "rank")
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["1.", "Épicerie", "solidaire", "5,4", "14,5", "25,3"]
    assert "0 à 34" in lines[4]
    type_(monkeypatch, "rank", "--unit", "percent")
    assert "74,41" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("rank --unit 12", "12"),
        ("rank --colour", "--colour"),
        ("run --port 99999", "--port"),
        ("crown", "crown"),
    ],
)
def test_what_is_typed_wrong_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, named: str
) -> None:
    assert type_(monkeypatch, *words.split()) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert named in said.err


def test_without_a_command_the_help_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert type_(monkeypatch) == 2
    said = capsys.readouterr()
    assert "noter des projets locaux" in said.out
    assert said.err == ""


def test_a_pipe_that_is_not_of_unicode_gets_utf_8(address: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from ect.cli import main; main()", "rank", "--json"],
        capture_output=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "ECT_DATABASE_URL": address, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert json.loads(ended.stdout.decode("utf-8"))["rows"][0]["terrain"] == "Épicerie solidaire"


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_port: object, **_options: object) -> None:
        raise typer.Abort

    monkeypatch.setattr(runner, "run_app", stop)
    assert type_(monkeypatch, "run") == 1


def test_the_ranking_needs_no_library_of_the_pages() -> None:
    words = (
        "import sys, ect.cli; print(sorted({'streamlit', 'pandas', 'altair', 'numpy'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, cwd=Path(__file__).parents[1], check=True
    )
    assert ended.stdout.strip() == b"[]"


def test_a_wrong_setting_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ECT_LANGUAGE", "de")
    assert type_(monkeypatch, "rank") == 2
    said = capsys.readouterr()
    assert "ECT_LANGUAGE" in said.err
    assert said.out == ""


def test_a_store_that_cannot_be_opened_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    monkeypatch.setenv("ECT_DATABASE_URL", f"sqlite:///{tmp_path / 'file' / 'ect.db'}")
    assert type_(monkeypatch, "rank") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_test_command_hands_its_words_to_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr(runner, "run_tests", lambda words: given.append(list(words)) or 3)
    assert type_(monkeypatch, "test", "tests/domain", "-k", "rank") == 3
    assert given == [["tests/domain", "-k", "rank"]]


def test_the_run_command_serves_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int | None, bool, bool]] = []

    def serve(port: int | None, *, open_browser: bool, lan: bool) -> None:
        given.append((port, open_browser, lan))

    monkeypatch.setattr(runner, "run_app", serve)
    assert type_(monkeypatch, "run", "--port", "8600", "--no-browser") == 0
    assert type_(monkeypatch, "run", "--lan") == 0
    assert given == [(8600, False, False), (None, False, True)]


def test_robustness_gives_acceptabilities_errors_and_the_settings_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = []
    for _ in range(2):
        assert type_(monkeypatch, "robustness", "--draws", "2000", "--seed", "7", "--json") == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    document = json.loads(outputs[0])
    settings = {"draws": 2000, "seed": 7, "spread": 0.5, "middle": 0.5}
    assert document["settings"] == settings | {"sources": ["middle", "participants", "unknown", "weights"]}
    rows = {row["terrain"]: row for row in document["terrains"]}
    assert set(rows) == {"Épicerie solidaire", "Maison de l'alimentation", "SuT", "Vaux-sur-Poligny"}
    for row in rows.values():
        assert sum(row["acceptability"]) == pytest.approx(1, abs=1e-3)
        assert 0 <= row["error"] <= 0.012
    assert rows["Épicerie solidaire"]["acceptability"][0] > 0.6


def test_robustness_is_told_in_a_table_and_refuses_what_cannot_be_drawn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert type_(monkeypatch, "robustness", "--draws", "500") == 0
    said = capsys.readouterr().out
    assert "Rang moyen" in said
    assert "500 classements tirés, graine 2023." in said
    assert type_(monkeypatch, "robustness", "--draws", "0") == 2
    assert "On peut tirer de 1 à 1000000 classements" in capsys.readouterr().err


def test_a_copy_is_made_told_and_never_written_over_what_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = tmp_path / "copie.db"
    assert type_(monkeypatch, "backup", str(copy)) == 0
    said = capsys.readouterr().out
    assert "Terrains\N{NO-BREAK SPACE}: 15" in said
    assert "pages, références, audit et documents sont contrôlés." in said
    before = copy.read_bytes()
    assert type_(monkeypatch, "backup", str(copy)) == 2
    assert "existe déjà" in capsys.readouterr().err
    assert copy.read_bytes() == before
    assert type_(monkeypatch, "backup", str(copy), "--force") == 0


def test_a_copy_is_put_back_only_if_it_is_confirmed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Settings
) -> None:
    copy = tmp_path / "copie.db"
    type_(monkeypatch, "backup", str(copy))
    db = open_database(settings)
    archive_terrain(db, "sut")
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdin", io.StringIO("o\n"))
    assert type_(monkeypatch, "restore", str(copy)) == 2
    assert "ajoutez --yes" in capsys.readouterr().err
    assert get_terrain(db, "sut").archived
    assert type_(monkeypatch, "restore", str(copy), "--yes") == 0
    said = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert "Terrains dont la fiche change : SuT." in said
    assert "ect-avant-restauration-" in said
    assert not get_terrain(db, "sut").archived


@pytest.mark.parametrize(("typed", "code", "archived"), [("n\n", 1, True), ("y\n", 0, False)])
def test_on_a_terminal_the_question_shows_what_is_in_the_copy_first(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    settings: Settings,
    typed: str,
    code: int,
    archived: bool,
) -> None:
    copy = tmp_path / "copie.db"
    type_(monkeypatch, "backup", str(copy))
    db = open_database(settings)
    archive_terrain(db, "sut")
    capsys.readouterr()
    terminal = io.StringIO(typed)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert type_(monkeypatch, "restore", str(copy)) == code
    assert "Copie faite le" in capsys.readouterr().out
    assert get_terrain(db, "sut").archived is archived


def test_a_file_that_is_no_copy_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "liste.db").write_text("a shopping list")
    for command in (["restore", "--yes"], ["verify"]):
        assert type_(monkeypatch, *command, str(tmp_path / "liste.db")) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_check_ends_with_0_if_all_is_sound_and_1_if_something_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Settings
) -> None:
    assert type_(monkeypatch, "verify") == 2
    assert "Il n'y a pas de fichier" in capsys.readouterr().err
    db = open_database(settings)
    assert type_(monkeypatch, "verify") == 0
    with db.write() as session:
        session.connection().exec_driver_sql("UPDATE terrain SET kind = 'forest' WHERE code = 'chatel'")
    assert type_(monkeypatch, "verify") == 1
    assert "chatel" in capsys.readouterr().out
    copy = tmp_path / "copie.db"
    assert type_(monkeypatch, "backup", str(copy)) == 1
    assert copy.exists()
    assert type_(monkeypatch, "verify", str(copy)) == 1
    assert type_(monkeypatch, "restore", str(copy), "--yes") == 2
    assert "rien n'a été remplacé" in capsys.readouterr().err


def test_a_store_that_is_damaged_is_moved_aside_for_the_copy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Settings
) -> None:
    copy, store = tmp_path / "copie.db", Path(settings.database.removeprefix("sqlite:///"))
    assert type_(monkeypatch, "backup", str(copy)) == 0
    content = bytearray(store.read_bytes())
    content[4096:] = b"\xee" * (len(content) - 4096)
    store.write_bytes(content)
    assert type_(monkeypatch, "verify") == 1
    assert type_(monkeypatch, "restore", str(copy), "--yes") == 0
    assert "elle est mise de côté" in capsys.readouterr().err
    assert type_(monkeypatch, "verify") == 0
    (aside,) = (store.parent / "backups").glob("ect-abimee-*.db")
    assert aside.read_bytes() == content


def test_how_far_a_long_work_is_is_shown_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert type_(monkeypatch, "backup", str(tmp_path / "copie.db")) == 0
    assert capsys.readouterr().err.endswith("Copie\N{NO-BREAK SPACE}: 100\N{NO-BREAK SPACE}%\n")


def test_a_table_is_tried_then_brought_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("Terrain;Portage collectif;SCORE TOTAL\nFerme;1,33;2,7\n", "cp1252")
    assert type_(monkeypatch, "import", str(file), "--dry-run") == 0
    assert "rien n'est écrit" in capsys.readouterr().out
    assert type_(monkeypatch, "import", str(file), "--year", "2024") == 0
    assert "C'est fait" in capsys.readouterr().out
    assert type_(monkeypatch, "import", str(file)) == 0
    assert "rien à changer" in capsys.readouterr().out
    assert type_(monkeypatch, "rank") == 0
    assert "Ferme" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Terrain;Portage collectif\nFerme;trois\n", "ligne 2, colonne B"),
        ("pain;beurre\n1;2\n", "aucun tableau n'est reconnu"),
        ("", "le fichier est vide"),
    ],
)
def test_a_table_with_mistakes_is_refused_with_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "scores.csv"
    file.write_text(text, "utf-8")
    assert type_(monkeypatch, "import", str(file)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert type_(monkeypatch, "rank") == 0
    assert "Ferme" not in capsys.readouterr().out
