"""The committee's workbook: the report's table, native charts, and nothing that computes."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest

from ect.domain.terrain import Terrain
from ect.exchange.committee_workbook import MOST_BARS, write_committee
from ect.services.opening import open_database
from ect.services.scores import scoreboard
from ect.settings import Settings
from ect.storage.database import Database
from ect.storage.repositories import terrains
from tests.exchange.read_books import converted, dates, formulas, parts, sheets


def committee(db: Database, language: str = "fr") -> bytes:
    stream = BytesIO()
    write_committee(scoreboard(db), stream, language)
    return stream.getvalue()


def charts(content: bytes) -> list[str]:
    return [text for name, text in parts(content) if name.startswith("xl/charts/chart")]


def test_the_ranking_is_that_of_the_report(db: Database) -> None:
    rows = sheets(committee(db))["Classement"]
    table = {row[1]: row for row in rows[4:8]}
    assert [table["Épicerie solidaire"][i] for i in (0, 6, 16, 17)] == [1, 5.4, 14.5, 25.3]
    assert table["Épicerie solidaire"][18:] == ("29/29", 25.3, 25.3, "publié")
    assert table["Vaux-sur-Poligny"][0] == "–"
    assert table["Vaux-sur-Poligny"][2:18] == (None,) * 16
    assert table["Vaux-sur-Poligny"][18:] == ("0/29", 0, 34, "–")
    assert rows[8][1] == "Moyenne"
    assert round(rows[8][17], 2) == 23.33


def test_notes_and_caveats_stand_under_the_table(db: Database) -> None:
    said = " ".join(str(row[0]) for row in sheets(committee(db))["Classement"][9:])
    for words in ("sur 85", "1,33", "Le rapport dit de SuT", "Inconnu n'est ni 0 ni 1"):
        assert words in said.replace("\N{NO-BREAK SPACE}", " ")


def test_charts_are_native_a_radar_a_terrain_one_of_all_and_the_contributions(db: Database) -> None:
    made = charts(committee(db))
    radars = [chart for chart in made if "<c:radarChart>" in chart]
    assert len(radars) == 1 + 3
    assert all('<c:max val="2"/>' in chart and '<c:min val="0"/>' in chart for chart in radars)
    bars = [chart for chart in made if "<c:barChart>" in chart]
    assert len(bars) == 1
    assert len(re.findall("<c:ser>", bars[0])) == 13


def test_nothing_in_it_is_live(db: Database) -> None:
    assert formulas(committee(db)) == []


def test_a_name_that_looks_like_a_formula_stays_a_name(full: Database) -> None:
    content = committee(full)
    assert "+33 vergers" in {row[1] for row in sheets(content)["Classement"] if len(row) > 1}
    assert formulas(content) == []


def test_the_same_store_gives_the_same_bytes(db: Database) -> None:
    assert committee(db) == committee(db)
    assert dates(committee(db)) == {(1980, 1, 1, 0, 0, 0)}


def test_it_prints_on_a4_across_and_keeps_its_headers(db: Database) -> None:
    for name, text in parts(committee(db)):
        if name.startswith("xl/worksheets/sheet"):
            assert 'orientation="landscape"' in text
            assert 'paperSize="9"' in text
    book = dict(parts(committee(db)))
    assert "_xlnm.Print_Titles" in book["xl/workbook.xml"]
    assert 'state="frozen"' in book["xl/worksheets/sheet1.xml"]


def test_it_is_wholly_in_english_too(db: Database) -> None:
    found = sheets(committee(db, "en"))
    assert list(found) == ["Ranking", "Radars", "Contributions", "Grid"]
    assert found["Ranking"][0][0] == "Ranking of the terrains"


def test_what_was_made_up_is_marked(db: Database) -> None:
    from datetime import UTC, datetime

    with db.write() as session:
        made_up = Terrain("faux", "Faux terrain", origin="demo")
        terrains.add_terrain(session, made_up, datetime.now(UTC))
    rows = sheets(committee(db))["Classement"]
    assert "démonstration" in str(rows[2][0])
    assert "Faux terrain (démonstration)" in {row[1] for row in rows}


@pytest.fixture
def crowd(grid_only: Path, address: str) -> Database:
    from tests.benchmarks.exporting import fill

    fill(address, MOST_BARS + 5, 2)
    return open_database(Settings(database_url=address, data_dir=grid_only))


def test_many_terrains_fit(crowd: Database) -> None:
    content = committee(crowd)
    assert sum(str(row[1]).startswith("Terrain 0") for row in sheets(content)["Classement"]) == MOST_BARS + 5
    assert len(charts(content)) == 1 + 24 + 1


def test_libreoffice_opens_it_and_prints_it(db: Database, tmp_path: Path) -> None:
    from pypdf import PdfReader

    printed = PdfReader(BytesIO(converted(committee(db), tmp_path, "comite.xlsx", "pdf")))
    text = " ".join(page.extract_text() for page in printed.pages)
    assert len(printed.pages) <= 6
    for words in ("Classement des terrains", "Les quatre piliers", "25.30", "Portage collectif"):
        assert words in text or words.replace(".", ",") in text
