"""All tables in one workbook: plain values, read back as they are by others."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import fromstring

from ect.exchange import plain_workbook
from ect.exchange.frames import all_frames, codebook
from ect.exchange.plain_workbook import Sheet, write_workbook
from ect.exchange.safe_text import clean
from ect.exchange.tables_workbook import write_tables
from ect.storage.database import Database
from tests.exchange.conftest import LIVE, UNREVEALED
from tests.exchange.read_books import converted, dates, formulas, parts, sheets


def tables(db: Database, language: str = "fr") -> bytes:
    stream = BytesIO()
    write_tables(db, stream, language, "Europe/Paris")
    return stream.getvalue()


def book(*made: Sheet) -> bytes:
    stream = BytesIO()
    write_workbook(stream, "Titre", made, "Europe/Paris")
    return stream.getvalue()


def test_every_frame_has_its_sheet_after_the_first(full: Database) -> None:
    found = sheets(tables(full))
    assert list(found) == ["Lisez-moi", *(frame.name for frame in all_frames())]
    for frame in all_frames():
        assert found[frame.name][0] == tuple(column.name for column in frame.columns)


def test_the_first_sheet_says_what_each_column_means(full: Database) -> None:
    said = {row[:2] for row in sheets(tables(full))["Lisez-moi"]}
    assert {(line[0], line[1]) for line in codebook("fr")} <= said


def test_values_are_those_of_the_frames(full: Database) -> None:
    found = sheets(tables(full))
    with full.read() as session:
        for frame in all_frames():
            expected = [tuple(row) for row in frame.rows(full, session)]
            assert len(found[frame.name]) - 1 == len(expected), frame.name
            for got, wanted in zip(found[frame.name][1:], expected, strict=True):
                for cell, value in zip(got, wanted, strict=True):
                    if isinstance(value, datetime):
                        continue
                    assert cell == (clean(value) if isinstance(value, str) else value), frame.name


def test_moments_are_those_of_paris_to_the_millisecond(full: Database) -> None:
    from zoneinfo import ZoneInfo

    with full.read() as session:
        frame = next(frame for frame in all_frames() if frame.name == "ratings")
        expected = [row[-1] for row in frame.rows(full, session)]
    paris = ZoneInfo("Europe/Paris")
    for cell, moment in zip([row[-1] for row in sheets(tables(full))["ratings"][1:]], expected, strict=True):
        assert abs((cell - moment.astimezone(paris).replace(tzinfo=None)).total_seconds()) < 0.002


def test_nothing_in_it_is_live(full: Database) -> None:
    content = tables(full)
    assert formulas(content) == []
    assert LIVE in {cell for row in sheets(content)["ratings"] for cell in row}


def test_what_is_not_revealed_and_names_stay_out(full: Database) -> None:
    for _name, text in parts(tables(full)):
        assert UNREVEALED not in text
        assert "Alice Merle" not in text


def test_the_same_store_gives_the_same_bytes(full: Database) -> None:
    content = tables(full)
    assert content == tables(full)
    assert dates(content) == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_is_well_formed(full: Database) -> None:
    for _name, text in parts(tables(full)):
        fromstring(text.encode())


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXTS


@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=5))
def test_no_text_becomes_a_formula_and_every_value_comes_back(rows: list[list[object]]) -> None:
    content = book(Sheet("essai", ("a", "b", "c"), (9, 9, 9), rows))
    assert formulas(content) == []
    found = sheets(content)["essai"][1:]
    expected = [tuple(clean(v) if isinstance(v, str) else v for v in row) for row in rows]
    while expected and expected[-1] == (None, None, None) and len(found) < len(expected):
        expected.pop()
    assert [tuple(repr(cell) for cell in row) for row in found] == [
        tuple(repr(cell) for cell in row) for row in expected
    ]


def test_a_text_longer_than_a_cell_is_cut() -> None:
    content = book(Sheet("essai", ("a",), (9,), [["x" * 40_000]]))
    assert len(str(sheets(content)["essai"][1][0])) == 32_767


def test_a_text_that_looks_like_an_escape_is_not_one() -> None:
    made = dict(parts(book(Sheet("essai", ("a",), (9,), [["_x003D_1"], ["x" * 300 + "_x003d_"]]))))
    assert "_x005F_x003D_1" in made["xl/sharedStrings.xml"]
    assert "_x005F_x003d_" in made["xl/worksheets/sheet1.xml"]


def test_a_table_longer_than_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_workbook, "MOST_ROWS", 4)
    found = sheets(book(Sheet("essai", ("n",), (9,), [[n] for n in range(7)])))
    assert {name: [row[0] for row in rows] for name, rows in found.items()} == {
        "essai": ["n", 0, 1, 2],
        "essai 2": ["n", 3, 4, 5],
        "essai 3": ["n", 6],
    }


def test_texts_seen_too_many_are_written_where_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_workbook, "SHARED", 2)
    rows = [[f"texte {n}"] for n in range(5)] * 2
    assert [list(row) for row in sheets(book(Sheet("essai", ("a",), (9,), rows)))["essai"][1:]] == rows


def test_libreoffice_opens_it_and_reads_the_same(full: Database, tmp_path: Path) -> None:
    made = book(
        Sheet(
            "essai",
            ("texte", "nombre", "oui", "quand"),
            (20, 9, 9, 20),
            [
                ["=1+1", 1.5, True, datetime(2026, 7, 1, 12, 0, 0, 250_000, tzinfo=UTC)],
                ["« a »\nb", 0.25, False, None],
            ],
        )
    )
    text = converted(
        made, tmp_path, "essai.xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,false,true"
    )
    read = list(csv.reader(io.StringIO(text.decode()), delimiter=";"))
    assert [row[:3] for row in read[1:]] == [["=1+1", "1.5", "TRUE"], ["« a »\nb", "0.25", "FALSE"]]
    assert read[1][3].startswith("01/07/2026 14:00:00")
    assert converted(tables(full), tmp_path, "tables.xlsx", "pdf").startswith(b"%PDF")
