"""Workbooks as spreadsheets write them are read as an independent reader reads them."""

from __future__ import annotations

import io
import random
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ect.domain.errors import DomainError
from ect.exchange.reading import read_tables
from ect.exchange.sheets import Odd, OddKind, column_of, letters
from ect.exchange.workbook import read_workbook
from tests.exchange.books import cell, parts, relations, rows_xml, sheet_xml, zipped

WORDS = ["Portage collectif", "Châtel & fils <nord>", " espaces ", "deux\nlignes", "œuvre", "0012"]


def table() -> list[list[object]]:
    rng = random.Random(7)
    figures = [0, 1, 2, 0.5, 4 / 3, 1.1, 5.6000000000000005, 1e-05, 123456789, -3]
    return [
        [rng.choice([*WORDS, *figures, None]) for _column in range(rng.randint(1, 30))] for _row in range(60)
    ]


def written_by_xlsxwriter(rows: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Été")
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value is not None:
                    sheet.write(row, column, value)
    return stream.getvalue()


def written_by_openpyxl(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Été"
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("write", [written_by_xlsxwriter, written_by_openpyxl])
def test_cells_are_those_an_independent_reader_finds(write) -> None:
    content = write(table())
    found = read_tables("a.xlsx", content)[0]
    other = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["Été"]
    expected = {
        (row, column): value
        for row, values in enumerate(other.iter_rows(values_only=True), 1)
        for column, value in enumerate(values)
        if value is not None
    }
    cells = {(row, i): value for row, values in found for i, value in enumerate(values) if value is not None}
    assert found.name == "Été"
    assert cells.keys() == expected.keys()
    for place, value in expected.items():
        shown = value if isinstance(value, str) else repr(float(value)).removesuffix(".0")
        assert cells[place] == shown


def test_formulas_dates_errors_and_logical_values_are_told_from_figures() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_datetime(0, 1, datetime(2024, 2, 1), book.add_format({"num_format": "dd/mm"}))  # noqa: DTZ001
        sheet.write_boolean(0, 2, True)
        sheet.write_number(0, 3, 1.2, book.add_format({"num_format": '0.00" jours"'}))
        sheet.write_formula(0, 4, "=NA()", None, "#N/A")
    assert read_workbook(stream.getvalue())[0].rows == (
        (
            1,
            (
                Odd(OddKind.FORMULA, "2"),
                Odd(OddKind.DATE, "01/02/2024"),
                Odd(OddKind.BOOLEAN, "VRAI"),
                "1.2",
                Odd(OddKind.FORMULA, "#N/A"),
            ),
        ),
    )


def test_dates_are_counted_from_the_year_the_workbook_says() -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    rows = (
        '<row><c s="0"><v>1</v></c><c s="0"><v>9e9</v></c><c s="0"><v>x</v></c><c t="d"><v>2024</v></c></row>'
    )
    content = parts({"F": sheet_xml(rows)})
    content["xl/workbook.xml"] = str(content["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    content["xl/styles.xml"] = styles
    content["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "/xl/styles.xml")
    )
    ((_row, cells),) = read_workbook(zipped(content))[0].rows
    assert [(x.kind, x.text) for x in cells if isinstance(x, Odd)] == [
        (OddKind.DATE, "02/01/1904"),
        (OddKind.ERROR, "9e9"),
        (OddKind.ERROR, "x"),
        (OddKind.DATE, "2024"),
    ]


def test_names_with_another_prefix_and_words_aside_are_read_the_same() -> None:
    xml = (
        '<x:worksheet xmlns:x="m"><x:sheetViews/><x:sheetData><x:row r="3"><x:c r="B3" t="inlineStr">'
        "<x:is><x:t>東京</x:t><x:rPh><x:t>トウキョウ</x:t></x:rPh></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert read_workbook(zipped(parts({"F": xml})))[0].rows == ((3, (None, "東京")),)


def test_shared_texts_are_put_together_and_their_reading_aids_left_out() -> None:
    content = parts({"F": sheet_xml('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>')})
    content["xl/sharedStrings.xml"] = (
        "<sst><si><r><rPr/><t>Por</t></r><r><t>tage</t></r></si>"
        "<si><t>A</t><rPh><t>B</t></rPh><phoneticPr/></si></sst>"
    )
    content["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
    )
    assert read_workbook(zipped(content))[0].rows == ((1, ("Portage", "A")),)


def test_a_shared_text_without_end_is_refused_where_it_is_used() -> None:
    content = parts({"F": sheet_xml('<row><c t="s"><v>0</v></c></row>')})
    content["xl/sharedStrings.xml"] = f"<sst><si><t>{'a' * 40_000}</t></si></sst>"
    content["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
    )
    with pytest.raises(DomainError) as refused:
        read_workbook(zipped(content))
    assert refused.value.code == "table_text_long"


def test_signs_without_a_place_in_xml_come_back_or_go() -> None:
    assert read_workbook(zipped(parts({"F": sheet_xml(rows_xml([["a_x000A_b_x0007_c_x0041_"]]))})))[
        0
    ].rows == ((1, ("a\nbcA",)),)


def test_links_of_cells_keep_no_workbook_out() -> None:
    more = '<Relationship Id="x" Type="a/hyperlink" Target="http://example.org" TargetMode="External"/>'
    assert read_workbook(zipped(parts({"F": sheet_xml(rows_xml([["a"]]))}, more=more)))[0].rows


@pytest.mark.parametrize(
    "xml",
    [
        "<row><c><v>douze</v></c></row>",
        '<row r="1"><c r="12"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        "<c><v>1</v></c>",
    ],
)
def test_cells_that_are_nowhere_or_nothing_are_refused(xml: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_workbook(zipped(parts({"F": sheet_xml(xml)})))
    assert refused.value.code == "xlsx_broken"


def test_a_workbook_without_its_main_part_is_refused() -> None:
    content = parts({"F": sheet_xml(cell(1))})
    del content["xl/workbook.xml"]
    with pytest.raises(DomainError) as refused:
        read_workbook(zipped(content))
    assert refused.value.code == "xlsx_broken"


def test_ten_thousand_names_of_elements_are_too_many() -> None:
    names = "".join(f"<a{i}/>" for i in range(2_000))
    with pytest.raises(DomainError):
        read_workbook(zipped(parts({"F": sheet_xml(names)})))


@pytest.mark.parametrize("name", ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"])
def test_letters_and_places_are_each_others(name: str) -> None:
    place = column_of(name)
    assert place is not None
    assert letters(place) == name


@pytest.mark.parametrize("name", ["", "ABCD", "1", "É"])
def test_what_is_no_column_has_no_place(name: str) -> None:
    assert column_of(name) is None


def test_the_parser_that_is_used_refuses_entities_by_itself() -> None:
    """The guard stands before the parser, and the parser does not rely on it."""
    source = Path(__file__).parents[2] / "ect" / "exchange" / "workbook.py"
    assert "StartDoctypeDeclHandler" in source.read_text("utf-8")
