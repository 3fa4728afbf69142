"""DOCX and PPTX: read back by their libraries, opened by LibreOffice, the same each time."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pptx
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pptx.enum.chart import XL_CHART_TYPE

from ect.reports.content import Document
from ect.reports.docx import write_docx
from ect.reports.pdf import write_pdf
from ect.reports.pptx import write_pptx
from ect.storage.database import Database
from tests.reports.conftest import MOTIVES, Held, minutes_of, squeezed
from tests.reports.test_comparison import comparison_of
from tests.reports.test_pdf import every_block


@pytest.fixture
def minutes(db: Database, held: Held) -> Document:
    return minutes_of(db, held.key)


def test_a_docx_has_real_headings_and_tables_whose_header_is_repeated(minutes: Document) -> None:
    found = docx.Document(io.BytesIO(write_docx(minutes)))
    styles = [p.style.name for p in found.paragraphs if p.style is not None]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") >= 6
    assert styles.count("Heading 2") == 2
    headed = [t for t in found.tables if t.style is not None and t.style.name == "Table Grid"]
    assert len(headed) >= 5
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in headed)


def test_a_docx_holds_every_motive_and_tells_its_language_title_and_pictures(minutes: Document) -> None:
    found = docx.Document(io.BytesIO(write_docx(minutes)))
    words = "\n".join(cell.text for table in found.tables for row in table.rows for cell in row.cells)
    assert [motive for motive in MOTIVES.values() if motive not in words] == []
    languages = {x.get(qn("w:val")) for x in found.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}
    assert found.core_properties.title == "Compte rendu de séance"
    assert found.core_properties.created == minutes.date.replace(
        tzinfo=found.core_properties.created.tzinfo, microsecond=0
    )
    pictures = found.inline_shapes
    assert len(pictures) == 2
    assert all("Radar des piliers" in shape._inline.docPr.get("descr") for shape in pictures)


def test_a_pptx_has_titles_native_charts_and_words_for_them(db: Database) -> None:
    found = pptx.Presentation(io.BytesIO(write_pptx(comparison_of(db))))
    titles = [slide.shapes.title.text_frame.text for slide in found.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    charts = [shape for slide in found.slides for shape in slide.shapes if shape.has_chart]
    assert {shape.chart.chart_type for shape in charts} == {
        XL_CHART_TYPE.BAR_STACKED,
        XL_CHART_TYPE.RADAR_MARKERS,
    }
    assert all(shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in charts)
    radar = next(s.chart for s in charts if s.chart.chart_type == XL_CHART_TYPE.RADAR_MARKERS)
    series = {one.name: tuple(one.values) for one in radar.plots[0].series}
    assert series["Épicerie solidaire"] == (1.2, 1.6, 1.2, 1.4)
    assert [one.name for one in radar.plots[0].series][:2] == [
        "Épicerie solidaire",
        "Maison de l'alimentation",
    ]


def test_a_pptx_says_what_the_comparison_says(db: Database) -> None:
    found = pptx.Presentation(io.BytesIO(write_pptx(comparison_of(db))))
    words = [s.text_frame.text for slide in found.slides for s in slide.shapes if s.has_text_frame]
    tables = [s.table for slide in found.slides for s in slide.shapes if s.has_table]
    words += [cell.text for table in tables for row in table.rows for cell in row.cells]
    told = squeezed("\n".join(words))
    for text in ("25,3", "Épicerie solidaire arrive premier", "sur 85", "0 à 34", "Proximité territoriale"):
        assert squeezed(text) in told, text
    languages = {
        run._r.rPr.get("lang")
        for slide in found.slides
        for s in slide.shapes
        if s.has_text_frame
        for p in s.text_frame.paragraphs
        for run in p.runs
    }
    assert languages == {"fr-FR"}


def test_the_same_document_gives_the_same_bytes_and_no_clock_is_in_them(
    db: Database, minutes: Document
) -> None:
    comparison = comparison_of(db)
    assert write_docx(minutes) == write_docx(minutes)
    content = write_pptx(comparison)
    assert content == write_pptx(comparison)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        workbooks = [package.read(name) for name in package.namelist() if name.endswith(".xlsx")]
    assert len(workbooks) == 2
    year = str(datetime.now().year).encode()  # noqa: DTZ005
    for workbook in workbooks:
        with zipfile.ZipFile(io.BytesIO(workbook)) as package:
            core = package.read("docProps/core.xml")
            assert comparison.date.strftime("%Y-%m-%dT%H:%M:%SZ").encode() in core
            assert core.count(year) <= 2 + comparison.date.strftime("%Y").encode().count(year)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40))
@example("\r")
@example("\nun")
def test_any_text_at_all_is_written_and_read_back(text: str) -> None:
    document = every_block(text)
    words = docx.Document(io.BytesIO(write_docx(document))).paragraphs
    (plain,) = {block.text for block in document.blocks if type(block).__name__ == "Heading"}
    assert plain in [paragraph.text for paragraph in words]
    assert len(pptx.Presentation(io.BytesIO(write_pptx(document))).slides) > 1


@pytest.fixture(scope="session")
def soffice() -> str:
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice (soffice) on this machine")
        pytest.skip("no LibreOffice (soffice) on this machine")
    return found


def test_libreoffice_opens_what_is_written(
    db: Database, minutes: Document, soffice: str, tmp_path: Path
) -> None:
    from ect.i18n import Speaker
    from ect.reports.record import record_document
    from ect.services.document_settings import DocumentSettings
    from ect.services.membership import ORGANISER
    from ect.services.records import record

    comparison = comparison_of(db)
    made = record_document(record(db, ORGANISER, "chatel"), DocumentSettings(), Speaker("fr"))
    files = {
        "minutes.docx": write_docx(minutes),
        "record.docx": write_docx(made),
        "comparison.pptx": write_pptx(comparison),
        "evil.docx": write_docx(every_block("#import = <w:t>")),
        "evil.pptx": write_pptx(every_block("#import = <w:t>")),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    profile = (tmp_path / "profile").as_uri()
    command = [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", *files]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    told = {name: _words(tmp_path / name) for name in files}
    assert squeezed("L'ancrage est solide") in told["minutes.docx"]
    assert squeezed("Châtel") in told["record.docx"]
    assert squeezed("Épicerie solidaire arrive premier") in told["comparison.pptx"]
    assert squeezed("#import = <w:t>") in told["evil.docx"]
    assert squeezed("#import = <w:t>") in told["evil.pptx"]


def test_pdf_and_docx_say_the_same(minutes: Document) -> None:
    found = docx.Document(io.BytesIO(write_docx(minutes)))
    pages = pypdf.PdfReader(io.BytesIO(write_pdf(minutes))).pages
    told = squeezed("".join(page.extract_text() for page in pages))
    headings = [
        p.text for p in found.paragraphs if p.style is not None and p.style.name.startswith("Heading")
    ]
    assert [text for text in headings if squeezed(text) not in told] == []


def _words(file: Path) -> str:
    reader = pypdf.PdfReader(file.with_suffix(".pdf"))
    return squeezed("".join(page.extract_text() for page in reader.pages))
