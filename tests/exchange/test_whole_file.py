"""The whole store as a file: written as it is read, read back with clear refusals."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from ect.exchange import whole
from ect.exchange.whole import is_whole, read_document, write_document
from ect.services.opening import open_database
from ect.services.whole import everything, load_everything
from ect.settings import Settings
from ect.storage.database import Database
from tests.exchange.conftest import UNREVEALED
from tests.services.meetings import refused

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def document_bytes(db: Database, made_at: datetime, *, names: bool = False) -> bytes:
    stream = BytesIO()
    write_document(db, stream, made_at, names=names)
    return stream.getvalue()


def test_the_file_says_what_the_document_says(full: Database) -> None:
    written = json.loads(document_bytes(full, NOW))
    made_at = written.pop("made_at")
    assert written == json.loads(json.dumps(everything(full)))
    assert made_at == "2026-11-27T09:00:00+00:00"


def test_a_file_goes_round(full: Database, tmp_path: Path) -> None:
    file = tmp_path / "tout.json"
    file.write_bytes(document_bytes(full, NOW))
    other = open_database(Settings(database_url=f"sqlite:///{(tmp_path / 'o.db').as_posix()}"))
    load_everything(other, read_document(file))
    assert document_bytes(other, NOW) == file.read_bytes()


def test_when_it_was_made_is_no_part_of_its_digest(full: Database) -> None:
    later = datetime(2027, 1, 1, tzinfo=UTC)
    made = [json.loads(document_bytes(full, when))["digest"] for when in (NOW, later)]
    assert made[0] == made[1]


def test_each_row_has_its_line(full: Database) -> None:
    rows = sum(len(table["rows"]) for table in everything(full)["content"]["tables"].values())
    assert document_bytes(full, NOW).count(b"\n") > rows


def test_what_is_not_revealed_stays_out(full: Database) -> None:
    assert UNREVEALED.encode() not in document_bytes(full, NOW, names=True)


def test_a_file_cut_short_is_refused_with_its_line(full: Database) -> None:
    content = document_bytes(full, NOW)
    with refused("whole_file_not_json", file="envoi.json"):
        read_document(content[: len(content) // 2], "envoi.json")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"[" * 100_000, b'{"format": NaN}'])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with refused("whole_file_not_json"):
        read_document(content)


@pytest.mark.parametrize("content", [b"[]", b"{}", b'"ect-whole"', b'{"format": "geojson"}'])
def test_json_of_something_else_is_refused(content: bytes) -> None:
    assert not is_whole(json.loads(content))
    with refused("whole_not_ours"):
        read_document(content)


def test_a_file_too_big_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(whole, "SIZE_LIMIT", 10)
    file = tmp_path / "gros.json"
    file.write_bytes(b" " * 11)
    with refused("whole_file_big", file="gros.json"):
        read_document(file)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with refused("whole_file_unreadable", file="absent.json"):
        read_document(tmp_path / "absent.json")
