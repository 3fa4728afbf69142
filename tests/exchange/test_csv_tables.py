"""CSV: French Excel reads one dialect, programs the other; numbers stay numbers."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.exchange.csv_tables import FRENCH, MACHINE, Dialect, csv_bytes
from ect.exchange.safe_text import clean, restored, starts_formula

MOMENT = datetime(2026, 7, 1, 12, 59, 59, 123456, tzinfo=UTC)
ROW = ["Épicerie ; « a »", 3, 1.5, None, True, MOMENT]


def read(content: bytes, dialect: Dialect) -> list[list[str]]:
    text = content.decode(dialect.encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter))


def test_french_excel_gets_what_it_reads() -> None:
    content = csv_bytes(FRENCH, ["nom"], [ROW])
    assert content.startswith(b'\xef\xbb\xbf"nom"\r\n')
    assert content.endswith(b"\r\n")
    assert content.decode("utf-8-sig").splitlines()[1] == (
        '"Épicerie ; « a »";"3";"1,5";"";"oui";"01/07/2026 14:59:59"'
    )


def test_programs_get_points_and_utc() -> None:
    content = csv_bytes(MACHINE, ["nom"], [ROW])
    assert content == 'nom\n"Épicerie ; « a »",3,1.5,,true,2026-07-01T12:59:59.123456Z\n'.encode()


def test_numbers_stay_numbers_below_zero_too() -> None:
    assert read(csv_bytes(FRENCH, ["x"], [[-1.5, -2, 2.0]]), FRENCH)[1] == ["-1,5", "-2", "2"]
    assert read(csv_bytes(MACHINE, ["x"], [[-1.5, -2, 2.0]]), MACHINE)[1] == ["-1.5", "-2", "2"]


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_hours_are_those_of_paris_when_clocks_change(day: datetime) -> None:
    from zoneinfo import ZoneInfo

    moments = [day + timedelta(minutes=7 * step) for step in range(60)]
    found = [row[0] for row in read(csv_bytes(FRENCH, ["x"], [[m] for m in moments]), FRENCH)[1:]]
    paris = ZoneInfo("Europe/Paris")
    assert found == [f"{m.astimezone(paris):%d/%m/%Y %H:%M:%S}" for m in moments]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_no_cell_starts_a_formula_and_every_text_comes_back(rows: list[list[str]]) -> None:
    for dialect in (FRENCH, MACHINE):
        found = read(csv_bytes(dialect, ["a", "b"], rows), dialect)[1:]
        assert [[restored(cell) for cell in row] for row in found] == [
            [clean(cell) for cell in row] for row in rows
        ]
        assert not any(starts_formula(cell) for row in found for cell in row)
