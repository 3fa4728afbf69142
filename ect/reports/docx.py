"""DOCX: real headings, lists and tables, to be edited; the same document gives the same bytes."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

from ect.reports.content import (
    Align,
    Bars,
    Blanks,
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Radar,
    Table,
    Tone,
)
from ect.reports.drawings import drawing
from ect.reports.packages import settled
from ect.reports.pdf import write_png

if TYPE_CHECKING:
    from docx.document import Document as Docx

FONT, INK, ACCENT, RULE = "Arial", "1F2421", "00507E", "9A9A9A"
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
TAGS = {"fr": "fr-FR", "en": "en-GB"}
FILLS = {Tone.KEY: "E8F1F7", Tone.NOTE: "F3F3F1", Tone.WARNING: "FBF0E4"}
SIZES = {"Title": 21, "Subtitle": 12, "Caption": 9, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 10.5}
WIDTH_CM, MARGIN_CM = 17.0, 2.0
PIXELS_A_CM = 37.8


def write_docx(document: Document) -> bytes:
    """Return the document as a DOCX file."""
    import docx

    made = docx.Document()
    _styles(made, document)
    _properties(made, document)
    _page(made, document)
    _head(made, document)
    for block in document.blocks:
        _write(made, block)
    written = io.BytesIO()
    made.save(written)
    return settled(written.getvalue(), document.date)


def _properties(made: Docx, document: Document) -> None:
    about, moment = made.core_properties, document.date.astimezone(UTC).replace(tzinfo=None)
    about.title, about.subject = document.title, document.subtitle
    about.author = about.last_modified_by = document.letterhead.organisation or "ECT"
    about.language = TAGS[document.language]
    about.created = about.modified = moment
    about.comments = ""
    about.keywords = ", ".join(document.keywords)


def _styles(made: Docx, document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), TAGS[document.language])
    for side in made.styles["Table Grid"].element.iter(*(qn(f"w:{name}") for name in SIDES)):
        side.set(qn("w:color"), RULE)
    usual: Any = made.styles["Normal"]
    usual.font.name, usual.font.size = FONT, Pt(10)
    usual.paragraph_format.space_after = Pt(6)
    for name, size in SIZES.items():
        style: Any = made.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor.from_string(ACCENT if name not in {"Subtitle", "Caption"} else INK)
        style.font.italic = False
        # The fonts of a theme would win over the font that is named.
        fonts = style.element.rPr.rFonts
        for place in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{place}"), None)
        fonts.set(qn("w:hAnsi"), FONT)
        fonts.set(qn("w:cs"), FONT)


def _page(made: Docx, document: Document) -> None:
    from docx.shared import Cm

    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    foot = section.footer.paragraphs[0]
    foot.style = made.styles["Footer"]
    told = " · ".join(part for part in (document.letterhead.footer, document.foot) if part)
    foot.add_run(f"{told} · " if told else "")
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _head(made: Docx, document: Document) -> None:
    from docx.shared import Cm

    head = document.letterhead
    if head.logo:
        run = made.add_paragraph().add_run()
        shape = run.add_picture(io.BytesIO(head.logo), height=Cm(1.5))
        _describe(shape, head.logo_alt)
    if head.organisation:
        made.add_paragraph(head.organisation)
    made.add_paragraph(document.title, style="Title")
    if document.subtitle:
        made.add_paragraph(document.subtitle, style="Subtitle")


def _write(made: Docx, block: Block) -> None:
    from docx.shared import Pt

    match block:
        case Heading(text, level):
            made.add_paragraph(text, style=f"Heading {level}")
        case Paragraph(text, small):
            run = made.add_paragraph().add_run(text)
            run.font.size = Pt(8.5) if small else None
        case Bullets(items):
            _paragraphs(made, items, "List Bullet")
        case Blanks(labels):
            _paragraphs(made, tuple(f"{label} {'_' * 60}" for label in labels))
        case Callout():
            _callout(made, block)
        case PageBreak():
            made.add_page_break()
        case _:
            _write_large(made, block)


def _paragraphs(made: Docx, texts: tuple[str, ...], style: str | None = None) -> None:
    for text in texts:
        made.add_paragraph(text, style=style)


def _write_large(made: Docx, block: Facts | Table | Radar | Bars) -> None:
    if isinstance(block, Facts):
        _rows(made, (), block.items, (Align.LEFT, Align.LEFT), (1, 3), frozenset(), "")
    elif isinstance(block, Table):
        if block.caption:
            made.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
        aligns = tuple(column.align for column in block.columns)
        shares = tuple(column.share or 0.7 for column in block.columns)
        labels = tuple(column.label for column in block.columns)
        _rows(made, labels, block.rows, aligns, shares, block.strong, block.caption)
    else:
        _picture(made, block)


def _callout(made: Docx, block: Callout) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = made.add_paragraph()
    run = paragraph.add_run(block.text)
    run.bold = block.tone is Tone.KEY or None
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), FILLS[block.tone])
    # The schema wants it before the spacing of a paragraph; here there is none.
    paragraph._p.get_or_add_pPr().append(shade)


def _rows(
    made: Docx,
    head: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    aligns: tuple[Align, ...],
    shares: tuple[float, ...],
    strong: frozenset[int],
    caption: str,
) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    lines = (head, *rows) if head else rows
    table = made.add_table(rows=len(lines), cols=len(aligns))
    table.style = made.styles["Table Grid" if head else "Normal Table"]
    table.autofit = False
    _widths(table, shares)
    marked = {0} | {place + 1 for place in strong} if head else set()
    # Through the elements: the library finds a cell by counting them all, line after line.
    for place, (line, made_line) in enumerate(zip(lines, table._tbl.tr_lst, strict=True)):
        for column, (text, cell) in enumerate(zip(line, made_line.tc_lst, strict=True)):
            _cell(cell, text, aligns[column], bold=place in marked or (not head and column == 0))
        made_line.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if head and place == 0:
            made_line.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    if caption:
        told = OxmlElement("w:tblCaption")
        told.set(qn("w:val"), caption)
        table._tbl.tblPr.append(told)
    made.add_paragraph()


def _cell(cell: Any, text: str, align: Align, *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph as DocxParagraph

    paragraph = DocxParagraph(cell.p_lst[0], cell)
    run = paragraph.add_run(text)
    run.font.size = Pt(8.5)
    run.bold = bold or None
    paragraph.paragraph_format.space_after = Pt(1)
    if align is not Align.LEFT:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if align is Align.RIGHT else WD_ALIGN_PARAGRAPH.CENTER


def _widths(table: Any, shares: tuple[float, ...]) -> None:
    from docx.shared import Cm

    unit = WIDTH_CM / sum(shares)
    for column, share in zip(table._tbl.tblGrid.gridCol_lst, shares, strict=True):
        column.w = Cm(unit * share)
    for line in table._tbl.tr_lst:
        for cell, share in zip(line.tc_lst, shares, strict=True):
            cell.width = Cm(unit * share)


def _picture(made: Docx, block: Radar | Bars) -> None:
    from docx.shared import Cm

    made.add_paragraph(block.title, style="Caption").paragraph_format.keep_with_next = True
    drawn = drawing(block)
    width = min(WIDTH_CM, drawn.width / PIXELS_A_CM)
    shape = made.add_paragraph().add_run().add_picture(io.BytesIO(write_png(drawn)), width=Cm(width))
    _describe(shape, block.alt)


def _describe(shape: Any, alt: str) -> None:
    shape._inline.docPr.set("descr", alt)
