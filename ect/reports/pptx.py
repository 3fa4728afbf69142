"""PPTX: a slide a heading, native charts that can be edited; the same document gives the same bytes."""

from __future__ import annotations

import io
from datetime import UTC
from math import ceil
from typing import Any

from ect.reports.content import (
    Bars,
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
from ect.reports.native_charts import add_chart
from ect.reports.packages import settled

TAGS = {"fr": "fr-FR", "en": "en-GB"}
FONT, INK, ACCENT, ALERT = "Arial", "1F2421", "00507E", "9A4D00"
# Inches: the slide, where its content begins and ends, and what is left on either side.
WIDE, HIGH, TOP, BOTTOM, SIDE = 13.333, 7.5, 1.25, 6.85, 0.6
LINE, ROW = 0.29, 0.34
CHART_NEEDS = 4.2
SIGNS_A_LINE = 120


def write_pptx(document: Document) -> bytes:
    """Return the document as a PPTX file."""
    import pptx
    from pptx.util import Inches

    made = pptx.Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    deck = Deck(made, document)
    deck.open()
    for block in document.blocks:
        deck.write(block)
    about = made.core_properties
    about.title, about.subject = document.title, document.subtitle
    about.author = about.last_modified_by = document.letterhead.organisation or "ECT"
    about.language = TAGS[document.language]
    about.created = about.modified = document.date.astimezone(UTC).replace(tzinfo=None)
    about.keywords = ", ".join(document.keywords)
    deck.number()
    written = io.BytesIO()
    made.save(written)
    return settled(written.getvalue(), document.date)


class Deck:
    """The slides so far: the one in hand, how far down it is full, and the heading it is under."""

    def __init__(self, made: Any, document: Document) -> None:
        self.made, self.document = made, document
        self.slide: Any = None
        self.y = TOP
        self.heading = document.title
        self.used: dict[str, int] = {}

    def open(self) -> None:
        """Make the first slide: whose it is, what it is."""
        from pptx.util import Inches

        slide = self.made.slides.add_slide(self.made.slide_layouts[5])
        head, y = self.document.letterhead, 1.1
        self._title(slide, self.document.title, 36, y + 1.3, 1.2)
        if head.logo:
            picture = slide.shapes.add_picture(
                io.BytesIO(head.logo), Inches(SIDE), Inches(y), height=Inches(0.9)
            )
            picture._element.nvPicPr.cNvPr.set("descr", head.logo_alt)
        below = "\n".join(part for part in (self.document.subtitle, head.organisation) if part)
        self._say(self._box(slide, y + 2.6, 1.2).text_frame, below, 20)

    def write(self, block: Block) -> None:
        """Put a block on the slide in hand, or on one more."""
        match block:
            case Heading(text, level) if level < 3:
                self.heading, self.slide = text, None
            case PageBreak():
                self.slide = None
            case Table():
                self._table(block)
            case Radar() | Bars():
                self._chart(block)
            case _:
                for text, size, bold, colour in self._texts(block):
                    self._text(text, size, colour, bold=bold)

    def _texts(self, block: Block) -> list[tuple[str, int, bool, str]]:
        """Return what a block says in plain lines; lines to fill in by hand have no place on a slide."""
        colon = "\N{NO-BREAK SPACE}: " if self.document.language == "fr" else ": "
        match block:
            case Heading(text):
                return [(text, 16, True, INK)]
            case Paragraph(text, small):
                return [(text, 12 if small else 16, False, INK)]
            case Callout(text, tone):
                return [(text, 16, tone is Tone.KEY, ALERT if tone is Tone.WARNING else INK)]
            case Bullets(items):
                return [(f"• {item}", 16, False, INK) for item in items]
            case Facts(items):
                return [(f"{name}{colon}{what}", 16, False, INK) for name, what in items]
        return []

    def number(self) -> None:
        """Write the foot and the number of every slide."""
        slides = list(self.made.slides)
        foot = " · ".join(p for p in (self.document.letterhead.footer, self.document.foot) if p)
        for number, slide in enumerate(slides, 1):
            box = self._box(slide, 7.0, 0.3)
            told = f"{foot} · {number} / {len(slides)}" if foot else f"{number} / {len(slides)}"
            self._say(box.text_frame, told, 10)

    def _new_slide(self) -> None:
        self.slide = self.made.slides.add_slide(self.made.slide_layouts[5])
        self.used[self.heading] = number = self.used.get(self.heading, 0) + 1
        told = self.heading if number == 1 else f"{self.heading} ({number})"
        self._title(self.slide, told, 26, 0.3, 0.8)
        self.y = TOP

    def _title(self, slide: Any, text: str, size: int, y: float, height: float) -> None:
        from pptx.util import Inches

        title = slide.shapes.title
        title.left, title.top = Inches(SIDE), Inches(y)
        title.width, title.height = Inches(WIDE - 2 * SIDE), Inches(height)
        title.text_frame.margin_left = title.text_frame.margin_right = 0
        self._say(title.text_frame, text, size, bold=True, colour=ACCENT)

    def _room(self, height: float) -> None:
        """Make sure that much height is free below."""
        if self.slide is None or (self.y + height > BOTTOM and self.y > TOP):
            self._new_slide()

    def _text(self, text: str, size: int = 16, colour: str = INK, *, bold: bool = False) -> None:
        signs = SIGNS_A_LINE * 16 // size
        lines = sum(max(1, ceil(len(part) / signs)) for part in text.split("\n"))
        height = lines * LINE * size / 16 + 0.08
        self._room(height)
        self._say(self._box(self.slide, self.y, height).text_frame, text, size, bold=bold, colour=colour)
        self.y += height

    def _table(self, block: Table) -> None:
        start = 0
        while start < len(block.rows) or start == 0:
            self._room(3 * ROW + LINE)
            if block.caption:
                self._text(block.caption, size=12, bold=True)
            start += self._rows(block, start)

    def _rows(self, block: Table, start: int) -> int:
        """Draw as many rows as the slide has room for; return how many."""
        from pptx.dml.color import RGBColor
        from pptx.util import Inches

        heights = [_height(block, row) for row in block.rows[start:]]
        head = _height(block, tuple(column.label for column in block.columns))
        taken = _fitting(heights, BOTTOM - self.y - head)
        frame = self.slide.shapes.add_table(
            taken + 1,
            len(block.columns),
            Inches(SIDE),
            Inches(self.y),
            Inches(WIDE - 2 * SIDE),
            Inches(head + sum(heights[:taken])),
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", block.caption or self.heading)
        table = frame.table
        for column, width in zip(table.columns, _widths(block), strict=True):
            column.width = Inches(width)
        lines = [tuple(column.label for column in block.columns), *block.rows[start : start + taken]]
        for place, (line, row) in enumerate(zip(lines, table.rows, strict=True)):
            row.height = Inches((head, *heights)[place])
            strong = place == 0 or start + place - 1 in block.strong
            for text, cell, column in zip(line, row.cells, block.columns, strict=True):
                self._fill(cell, text, column.align.value, _size(block), bold=strong)
                if place == 0:
                    cell.fill.solid()
                    cell.fill.fore_color.rgb = RGBColor.from_string(ACCENT)
        self.y += head + sum(heights[:taken]) + 0.2
        return max(taken, 1)

    def _fill(self, cell: Any, text: str, align: str, size: int, *, bold: bool) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Inches

        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_top = cell.margin_bottom = Inches(0.02)
        cell.margin_left = cell.margin_right = Inches(0.05)
        self._say(cell.text_frame, text, size, bold=bold, colour="")
        cell.text_frame.paragraphs[0].alignment = {
            "left": PP_ALIGN.LEFT,
            "center": PP_ALIGN.CENTER,
            "right": PP_ALIGN.RIGHT,
        }[align]

    def _chart(self, block: Radar | Bars) -> None:
        self._room(CHART_NEEDS)
        self._text(block.title, size=12, bold=True)
        height = BOTTOM - self.y
        frame = add_chart(self.slide, block, (SIDE, self.y, WIDE - 2 * SIDE, height))
        frame._element.nvGraphicFramePr.cNvPr.set("descr", block.alt)
        self.y = BOTTOM

    def _box(self, slide: Any, y: float, height: float) -> Any:
        from pptx.util import Inches

        box = slide.shapes.add_textbox(Inches(SIDE), Inches(y), Inches(WIDE - 2 * SIDE), Inches(height))
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return box

    def _say(self, frame: Any, text: str, size: int, *, bold: bool = False, colour: str = INK) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        frame.word_wrap = True
        for number, words in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = words
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
            if colour:
                run.font.color.rgb = RGBColor.from_string(colour)
            run._r.get_or_add_rPr().set("lang", TAGS[self.document.language])


def _widths(block: Table) -> list[float]:
    shares = [column.share or 0.6 for column in block.columns]
    unit = (WIDE - 2 * SIDE) / sum(shares)
    return [share * unit for share in shares]


def _size(block: Table) -> int:
    return 12 if len(block.columns) <= 6 else 10 if len(block.columns) <= 10 else 8


def _height(block: Table, row: tuple[str, ...]) -> float:
    """Return how high a row is, in inches, by its longest text."""
    size = _size(block)
    lines = 1
    for text, width in zip(row, _widths(block), strict=True):
        signs = max(4, int((width - 0.1) * 72 / (size * 0.52)))
        lines = max(lines, sum(max(1, ceil(len(part) / signs)) for part in text.split("\n")))
    return max(ROW * size / 12, 0.08 + lines * size * 1.22 / 72)


def _fitting(heights: list[float], room: float) -> int:
    taken, used = 0, 0.0
    for height in heights:
        if used + height > room and taken:
            break
        taken, used = taken + 1, used + height
    return taken
