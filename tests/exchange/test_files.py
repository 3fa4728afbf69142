"""Exports by name: the right thing in the right file, whole or not at all; the command that makes them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from ect.cli import main
from ect.exchange.files import BY_EXTENSION, EXPORTS, check_target, export_bytes, export_to
from ect.services.opening import open_database
from ect.services.whole import everything
from ect.settings import Settings
from ect.storage.database import Database
from tests.exchange.read_books import sheets
from tests.services.meetings import refused


def run(monkeypatch: pytest.MonkeyPatch, settings: Settings, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["ect", *words])
    monkeypatch.setenv("ECT_DATABASE_URL", settings.database)
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("a.json", {}, "whole"),
        ("a.json", {"names": True}, "whole_named"),
        ("a.XLSX", {}, "tables"),
        ("a.xlsx", {"committee": True}, "committee"),
        ("a.zip", {}, "csv"),
        ("a.zip", {"machine": True}, "csv_machine"),
        ("a.csv", {}, "ranking"),
        ("a.csv", {"machine": True}, "ranking_machine"),
    ],
)
def test_the_extension_says_what_a_file_holds(name: str, options: dict[str, bool], expected: str) -> None:
    assert check_target(Path(name), **options) is EXPORTS[expected]


def test_an_unknown_extension_is_refused_with_those_there_are() -> None:
    with refused("export_extension", file="a.doc", extensions=", ".join(BY_EXTENSION)):
        check_target(Path("a.doc"))


def test_an_option_of_another_kind_is_refused() -> None:
    with refused("export_option", option="--names", extension=".xlsx"):
        check_target(Path("a.xlsx"), names=True)


@pytest.mark.parametrize("name", list(EXPORTS))
def test_every_export_can_be_made(full: Database, settings: Settings, name: str) -> None:
    assert export_bytes(full, EXPORTS[name], settings)


def test_the_ranking_is_what_the_report_prints(db: Database, settings: Settings) -> None:
    lines = export_bytes(db, EXPORTS["ranking"], settings).decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"Rang";"Terrain";"Portage collectif"')
    assert lines[1].startswith('"1";"Épicerie solidaire";"1,2";"1,6"')
    assert lines[1].endswith('"5,4";"14,5";"25,3";"25,3";"25,3";"29 sur 29";"published"')
    assert lines[4].startswith('"";"Vaux-sur-Poligny";"";""')


def test_a_failure_leaves_what_was_there(db: Database, settings: Settings, tmp_path: Path) -> None:
    from dataclasses import replace

    def fail(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "tout.json"
    file.write_text("avant")
    with refused("export_unwritable", file=str(file), reason="No space left on device"):
        export_to(db, file, replace(EXPORTS["whole"], write=fail), settings)
    assert file.read_text() == "avant"
    assert [path.name for path in tmp_path.glob(".tout*")] == []


def test_the_command_writes_the_file(
    db: Database, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, settings, "export", str(tmp_path / "a.json")) == 0
    assert json.loads((tmp_path / "a.json").read_bytes())["digest"] == everything(db)["digest"]
    assert run(monkeypatch, settings, "export", str(tmp_path / "a.xlsx"), "--committee") == 0
    assert "Radars" in sheets((tmp_path / "a.xlsx").read_bytes())
    assert run(monkeypatch, settings, "export", str(tmp_path / "a.zip")) == 0
    assert zipfile.is_zipfile(tmp_path / "a.zip")


def test_the_command_refuses_in_one_sentence(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, settings, "export", str(tmp_path / "a.odt")) == 2
    assert "a.odt" in capsys.readouterr().err
    assert run(monkeypatch, settings, "export", str(tmp_path / "nulle-part" / "a.json")) == 2
    assert "ne peut pas être écrit" in capsys.readouterr().err


def test_a_whole_export_comes_into_an_empty_install_with_the_same_digest(
    full: Database,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, digest = tmp_path / "tout.json", everything(full)["digest"]
    assert run(monkeypatch, settings, "export", str(file)) == 0
    elsewhere = Settings(database_url=f"sqlite:///{(tmp_path / 'neuf.db').as_posix()}")
    assert run(monkeypatch, elsewhere, "import", str(file), "--dry-run") == 0
    assert "Entreraient" in capsys.readouterr().out
    untouched = open_database(elsewhere)
    assert everything(untouched)["digest"] != digest
    untouched.close()
    assert run(monkeypatch, elsewhere, "import", str(file)) == 0
    assert f"Empreinte du contenu\N{NO-BREAK SPACE}: {digest}" in capsys.readouterr().out
    there = open_database(elsewhere)
    assert everything(there)["digest"] == digest
    # What is there already is not written over without a word.
    assert run(monkeypatch, elsewhere, "import", str(file)) == 2
    assert "contient déjà du travail" in capsys.readouterr().err
