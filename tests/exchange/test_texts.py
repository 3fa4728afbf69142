"""Tables as text: encodings, separators, quotes."""

from __future__ import annotations

import pytest

from ect.exchange.csv_text import read_pasted, read_text
from ect.exchange.reading import read_cells, read_tables
from tests.exchange.tables import report_rows, text_of

ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16"]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_table_is_read_whatever_its_encoding_and_separator(encoding: str, separator: str) -> None:
    content = text_of(report_rows(), separator).encode(encoding)
    assert [list(cells) for _row, cells in read_text("a.csv", content)] == report_rows()


def test_decimal_commas_do_not_pass_for_separators() -> None:
    text = "Terrain;1.1;1.2\nA;1,0;2,0\nB;0,5;1,5\n"
    assert read_pasted(text).rows[1] == (2, ("A", "1,0", "2,0"))


def test_a_separator_that_is_announced_is_obeyed_and_its_line_counts() -> None:
    assert read_pasted("sep=|\na|b\n").rows == ((2, ("a", "b")),)


def test_rows_keep_their_numbers_and_empty_ends_are_left_out() -> None:
    sheet = read_pasted("a;b;;\n\n;;\nc;;d\r\n")
    assert sheet.rows == ((1, ("a", "b")), (4, ("c", None, "d")))


def test_a_line_inside_quotes_ends_no_row() -> None:
    assert read_pasted('a;b\n"un\ndeux";c\n').rows[1] == (2, ("un\ndeux", "c"))


def test_one_column_is_a_table_too() -> None:
    assert read_pasted("a\nb\n").rows == ((1, ("a",)), (2, ("b",)))


def test_a_text_whose_quotes_say_nothing_of_its_separator_is_refused_by_its_row() -> None:
    sheets = read_cells("cases collées", "a\tb\n1\t2\n")
    assert sheets[0].rows[1] == (2, ("1", "2"))
    assert read_tables("a.tsv", b"a\tb\n")[0].rows == ((1, ("a", "b")),)
