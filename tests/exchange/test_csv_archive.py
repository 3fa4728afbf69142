"""All tables as CSV: one file a table, in one dialect, with what it holds said beside."""

from __future__ import annotations

import csv
import io
import zipfile
from io import BytesIO

import pytest

from ect.exchange.csv_archive import write_csv_archive
from ect.exchange.csv_tables import FRENCH, MACHINE, Dialect
from ect.exchange.frames import all_frames
from ect.exchange.safe_text import restored, starts_formula
from ect.storage.database import Database
from tests.exchange.conftest import LIVE, UNREVEALED


def files(db: Database, dialect: Dialect) -> dict[str, str]:
    stream = BytesIO()
    write_csv_archive(db, stream, dialect, "fr")
    with zipfile.ZipFile(stream) as found:
        return {name: found.read(name).decode(dialect.encoding) for name in found.namelist()}


def table(text: str, dialect: Dialect) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.delimiter))


@pytest.mark.parametrize("dialect", [FRENCH, MACHINE], ids=lambda dialect: dialect.name)
def test_there_is_a_file_a_table(full: Database, dialect: Dialect) -> None:
    found = files(full, dialect)
    assert set(found) == {"LISEZ-MOI.txt", "codebook.csv", *(f"{frame.name}.csv" for frame in all_frames())}
    with full.read() as session:
        for frame in all_frames():
            rows = table(found[f"{frame.name}.csv"], dialect)
            assert len(rows) == len(list(frame.rows(full, session))), frame.name


@pytest.mark.parametrize("dialect", [FRENCH, MACHINE], ids=lambda dialect: dialect.name)
def test_no_cell_starts_a_formula(full: Database, dialect: Dialect) -> None:
    for name, text in files(full, dialect).items():
        if name.endswith(".csv"):
            cells = [
                c
                for row in csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter)
                for c in row
            ]
            assert not any(starts_formula(cell) for cell in cells), name
    comments = [restored(row["comment"]) for row in table(files(full, dialect)["ratings.csv"], dialect)]
    assert LIVE in comments


def test_fractions_are_for_programs_excel_would_read_dates(full: Database) -> None:
    assert "exact" in files(full, MACHINE)["scores.csv"].splitlines()[0]
    assert "exact" not in files(full, FRENCH)["scores.csv"].splitlines()[0]


@pytest.mark.parametrize("dialect", [FRENCH, MACHINE], ids=lambda dialect: dialect.name)
def test_what_is_not_revealed_and_names_stay_out(full: Database, dialect: Dialect) -> None:
    for text in files(full, dialect).values():
        assert UNREVEALED not in text
        assert "Alice Merle" not in text
