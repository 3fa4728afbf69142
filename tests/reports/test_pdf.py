"""PDF: the words are there, tagged, in their language, and the same each time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ect.reports.content import (
    Bars,
    Blanks,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Letterhead,
    Line,
    PageBreak,
    Paragraph,
    Radar,
    Table,
    Tone,
    clean,
    finished,
)
from ect.reports.coverage import covered
from ect.reports.pdf import write_pdf
from ect.storage.database import Database
from tests.reports.conftest import EVIL, MOTIVES, Held, minutes_of, pdf_text, squeezed

ROOT = Path(__file__).parents[2]


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", (60, 30), (0, 80, 126, 128)).save(written, "PNG")
    return written.getvalue()


def every_block(text: str) -> Document:
    """Return a document with every kind of block, this text wherever a text may stand."""
    lines = (Line(text, (1.0, None, 0.5)), Line("autre", (2.0, 1.0, 0.0)))
    document = Document(
        name="tout",
        title=text,
        subtitle=text,
        language="fr",
        letterhead=Letterhead(text, text, picture(), text),
        date=datetime(2026, 11, 27, 10, tzinfo=UTC),
        blocks=(
            Heading(text),
            Heading(text, 2),
            Heading(text, 3),
            Paragraph(text),
            Paragraph(text, small=True),
            *(Callout(text, tone) for tone in Tone),
            Bullets((text, text)),
            Facts(((text, text),)),
            Table(text, (Column(text), Column(text, share=1)), ((text, text),), frozenset({0})),
            Radar(text, ("a", text, "c"), lines, text),
            Bars(text, ("a", text, "c"), lines, 34.0, text, text),
            Blanks((text,)),
            PageBreak(),
            Table("", (Column(text),), ((text,),), row_height=8),
        ),
        foot=text,
        keywords=(text,),
    )
    return finished(document)


def tree(content: bytes) -> list[Any]:
    """Return every element of the structure of a PDF."""
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    found, waiting = [], [root["/StructTreeRoot"]["/K"]]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found.append(one)
            if "/K" in one:
                waiting.append(one["/K"])
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_words_can_be_selected_and_hold_every_decision_and_motive(
    db: Database, held: Held, language: str
) -> None:
    told = pdf_text(write_pdf(minutes_of(db, held.key, language)))
    words = ("Retenu", "Ajourné") if language == "fr" else ("Chosen", "Adjourned")
    for text in (*words, MOTIVES["vaux-sur-poligny"], "deux financeurs sur trois", "Comité d'essai"):
        assert squeezed(text) in told, text
    assert squeezed(covered('#import "x" = heading \\ *a* $x$ <w:t>&amp;</w:t> ]] {{ 🌿')) in told


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_pdf_is_tagged_and_tells_its_language_and_its_title(
    db: Database, held: Held, language: str
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(minutes_of(db, held.key, language))))
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a value of the PDF)
    assert root["/Lang"].startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == ("Compte rendu de séance" if language == "fr" else "Minutes of a meeting")
    xmp = root["/Metadata"].get_data()
    assert b"pdfuaid:part" in xmp
    assert b"pdfaid:part" in xmp


def test_every_picture_says_in_words_what_it_shows() -> None:
    elements = tree(write_pdf(every_block("Ancrage")))
    figures = [one for one in elements if one.get("/S") == "/Figure"]
    assert len(figures) == 3
    assert all(str(one["/Alt"]) == "Ancrage" for one in figures)


def test_headings_lists_and_the_headers_of_tables_are_told_as_such() -> None:
    kinds = {str(one.get("/S")) for one in tree(write_pdf(every_block("Ancrage")))}
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD", "/Caption"} <= kinds


def test_the_header_of_a_table_is_repeated_on_each_page() -> None:
    rows = tuple((f"ligne {number}",) for number in range(120))
    table = Table("Longue", (Column("Entête singulier"),), rows)
    document = Document("x", "T", "", "fr", Letterhead(), datetime(2026, 1, 1, tzinfo=UTC), (table,))
    pages = pypdf.PdfReader(io.BytesIO(write_pdf(document))).pages
    assert len(pages) > 1
    assert all("Entête singulier" in page.extract_text() for page in pages)


def test_only_our_fonts_are_in_it_and_all_of_them_whole(db: Database, held: Held) -> None:
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(minutes_of(db, held.key))))
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[1]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts <= {"LiberationSans", "LiberationSans-Bold", "DejaVuSans"}
    assert "LiberationSans" in fonts


def test_the_same_document_gives_the_same_bytes(db: Database, held: Held) -> None:
    assert write_pdf(minutes_of(db, held.key)) == write_pdf(minutes_of(db, held.key))


CHILD = """
import hashlib, sys
from ect.reports.docx import write_docx
from ect.reports.pdf import write_pdf
from ect.reports.pptx import write_pptx
from tests.reports.test_pdf import every_block
for write in (write_pdf, write_docx, write_pptx):
    print(hashlib.sha256(write(every_block("Ancrage é"))).hexdigest())
"""


def test_another_process_in_another_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    from ect.reports.docx import write_docx
    from ect.reports.pptx import write_pptx

    here = [
        hashlib.sha256(write(every_block("Ancrage é"))).hexdigest()
        for write in (write_pdf, write_docx, write_pptx)
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    told = subprocess.run(
        [sys.executable, "-c", CHILD],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == here


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/x:1.0.0": *',
        "= Titre\n== Autre",
        '\\ \\u{1F600} #eval("1") @cite <label> `raw` $x$ [a](b) ---',
        "<w:t>x</w:t> &amp; ]]> <!-- -->",
        "a\x00b\x1fc\ud800d",
        "\N{RIGHT-TO-LEFT OVERRIDE}renversé",
        EVIL,
        "שלום مرحبا 中文 🌿 😀 👩‍👩‍👧",
        "mot" * 40,
        "",
    ],
)
def test_words_are_words_and_never_markup(text: str) -> None:
    told = pdf_text(write_pdf(every_block(text)))
    plain = "".join(one for one in covered(clean(text)) if ord(one) < 0x0590)
    if plain and plain.isascii() and not any(ord(one) >= 0x0590 for one in text):
        assert told.count(squeezed(plain)) >= 8


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all_can_be_written(text: str) -> None:
    assert write_pdf(every_block(text)).startswith(b"%PDF-1.7")
