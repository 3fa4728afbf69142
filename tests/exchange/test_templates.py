"""Templates: what they hold comes in again unchanged; blank, they are filled by hand."""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl
import pytest

from ect.domain.incoming import Kind
from ect.domain.rating import Answer, Basis
from ect.domain.terrain import Lesson, Terrain
from ect.exchange.imports.reading import only_table, read_table
from ect.exchange.imports.templates import Template, as_csv, as_xlsx, make_template
from ect.exchange.reading import read_tables
from ect.i18n import Speaker
from ect.services.catalogue import create_terrain
from ect.services.importing import Plan, plan
from ect.services.rating import answer, describe
from ect.services.reference import current_grid
from ect.storage.database import Database
from tests.exchange.tables import report_rows

SHAPES = [(kind, long) for kind in Kind for long in ([False, True] if kind is Kind.RATINGS else [False])]


@pytest.fixture
def filled(db: Database) -> Database:
    """The store of a first start, with ratings of two voices, and a terrain that is hard to write."""
    grid = current_grid(db)
    create_terrain(
        db,
        Terrain(
            code="x",
            name='=1+1 ; « Œuvre » "d\'art"',
            context="- une liste\n= une égalité\n\tun retrait",
            themes=("eau", "bois"),
            lessons=(Lesson(0, "sans axe"), Lesson(2, "avec")),
            mirrors_of=("sut",),
        ),
    )
    for place, criterion in enumerate(grid):
        answer(db, "vaux-sur-poligny", criterion.code, Answer.LEVEL, Fraction(place % 3))
    answer(db, "sut", "need", Answer.UNKNOWN, voice="P01")
    answer(db, "sut", "means", Answer.LEVEL, Fraction(3, 2), voice="P01")
    answer(db, "sut", "vision", Answer.ABSTAIN, voice="P01")
    describe(db, "sut", "means", Basis.OBSERVED, '=vu ; "de près"\nen mars', voice="P01")
    return db


def planned(db: Database, template: Template, suffix: str, language: str) -> Plan:
    content = as_csv(template) if suffix == "csv" else as_xlsx(template, Speaker(language))
    grid = current_grid(db)
    read = read_table(only_table("a", read_tables(f"a.{suffix}", content), grid), grid)
    assert read.problems == ()
    return plan(db, read.incoming)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize(("kind", "long"), SHAPES)
def test_a_filled_template_changes_nothing(
    filled: Database, kind: Kind, long: bool, suffix: str, language: str
) -> None:
    template = make_template(filled, kind, language, filled=True, long=long)
    assert len(template.rows) > 1
    found = planned(filled, template, suffix, language)
    assert found.empty
    assert not found.problems


@pytest.mark.parametrize(("kind", "long"), SHAPES)
def test_a_blank_template_is_recognised_and_asks_for_rows(db: Database, kind: Kind, long: bool) -> None:
    template, grid = make_template(db, kind, "fr", filled=False, long=long), current_grid(db)
    assert template.rows == ()
    table = only_table("a", read_tables("a.xlsx", as_xlsx(template, Speaker("fr"))), grid)
    assert table.kind is kind
    assert {p.expected for p in read_table(table, grid).problems} <= {
        "lines",
        "some_pillar",
        "some_selection",
    }


def test_the_score_template_has_the_headers_of_the_report(db: Database) -> None:
    headers = make_template(db, Kind.SCORES, "fr", filled=True).headers
    printed = report_rows()[0]
    assert headers[1:5] == tuple(printed[1:5])
    assert headers[6:15] == tuple(printed[6:15])


def test_levels_are_chosen_from_a_list_and_no_text_is_a_formula(filled: Database) -> None:
    content = as_xlsx(make_template(filled, Kind.RATINGS, "fr", filled=True), Speaker("fr"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, notes = book.worksheets
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["C2"] == '"0,1,2,?,abstention"'
    assert rules["W2"] == '"0,0.5,1,1.5,2,?,abstention"'
    assert notes.title == "Lisez-moi"
    terrains = as_xlsx(make_template(filled, Kind.TERRAINS, "fr", filled=True), Speaker("fr"))
    kinds = {c.data_type for row in openpyxl.load_workbook(io.BytesIO(terrains)).worksheets[0] for c in row}
    assert "f" not in kinds


def test_a_text_keeps_what_would_run_as_words(filled: Database) -> None:
    text = as_csv(make_template(filled, Kind.TERRAINS, "fr", filled=True)).decode("utf-8-sig")
    assert "\"'=1+1" in text
    assert text.startswith('"Nom";"Code"')
