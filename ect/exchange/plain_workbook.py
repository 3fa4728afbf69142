"""An XLSX of plain values, written as a stream: hundreds of thousands of rows in seconds.

No cell can be a formula: the only elements written are texts, numbers and booleans. A text that a
spreadsheet would compute if somebody typed it over is marked as quoted. XlsxWriter takes a minute for
what takes seconds here; it writes the workbook that has charts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice
from typing import IO, Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from ect.exchange.archive import Archive, archive
from ect.exchange.cells import Clock, joined
from ect.exchange.safe_text import clean, starts_formula
from ect.exchange.sheets import letters

LONGEST = 32_767  # what a cell of Excel holds
MOST_ROWS = 1_048_576
BATCH = 2_000
SHARED, SHARED_LENGTH = 100_000, 200
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NUMBERED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Places in the list of cell styles.
PLAIN, HEADER, QUOTED, TIME, WRAPPED = range(5)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its headers and their widths in characters, and its rows."""

    name: str
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Iterable[Sequence[Any]]
    wrapped: bool = False


class PlainWorkbook:
    """A workbook being written, sheet after sheet. Texts seen before are written as their number."""

    def __init__(self, stream: Archive, zone: str) -> None:
        self.archive, self.clock = stream, Clock(ZoneInfo(zone))
        self.sheets: list[tuple[str, str]] = []
        self.shared: dict[str, int] = {}

    def add(self, sheet: Sheet) -> None:
        """Write a sheet; a table longer than Excel's sheets goes on in another."""
        rows = iter(sheet.rows)
        for part in count(1):
            name = sheet.name if part == 1 else f"{sheet.name[:27]} {part}"
            self.sheets.append((f"sheet{len(self.sheets) + 1}", name))
            with self.archive.entry(f"xl/worksheets/{self.sheets[-1][0]}.xml") as stream:
                if not self._write(stream, sheet, rows):
                    return

    def finish(self, title: str, made: datetime) -> None:
        """Write what ties the sheets together."""
        names = [(place, *pair) for place, pair in enumerate(self.sheets, 1)]
        self.archive.add("xl/sharedStrings.xml", self._shared_strings())
        self.archive.add("xl/styles.xml", STYLES)
        self.archive.add(
            "xl/workbook.xml",
            f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
            + "<bookViews><workbookView/></bookViews><sheets>"
            + "".join(f'<sheet name={quoteattr(n)} sheetId="{i}" r:id="rId{i}"/>' for i, _file, n in names)
            + "</sheets></workbook>",
        )
        targets = [(f"{RELATIONS}/worksheet", f"worksheets/{file}.xml") for _i, file, _n in names]
        targets += [
            (f"{RELATIONS}/styles", "styles.xml"),
            (f"{RELATIONS}/sharedStrings", "sharedStrings.xml"),
        ]
        self.archive.add("xl/_rels/workbook.xml.rels", _relations(targets))
        self.archive.add(
            "_rels/.rels",
            _relations(
                [
                    (f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
                    (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ]
            ),
        )
        self.archive.add("docProps/core.xml", _core(title, made))
        self.archive.add("[Content_Types].xml", _types([file for _i, file, _n in names]))

    def _write(self, stream: IO[bytes], sheet: Sheet, rows: Any) -> bool:
        """Write one sheet; tell whether rows are left."""
        columns = "".join(
            f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>'
            for i, width in enumerate(sheet.widths, 1)
        )
        active = ' tabSelected="1"' if len(self.sheets) == 1 else ""
        stream.write(
            (
                f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
                f'<sheetViews><sheetView{active} workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
                ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
                f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
                f"<row>{self._headers(sheet)}</row>"
            ).encode()
        )
        written = self._write_rows(stream, sheet, rows)
        last = f"{letters(len(sheet.headers) - 1)}{written}"
        stream.write(
            (
                f'</sheetData><autoFilter ref="A1:{last}"/><pageSetup paperSize="9" orientation="landscape"'
                ' fitToHeight="0"/></worksheet>'
            ).encode()
        )
        return written == MOST_ROWS

    def _write_rows(self, stream: IO[bytes], sheet: Sheet, rows: Any) -> int:
        writers = self._writers(WRAPPED if sheet.wrapped else PLAIN)
        lines, written = joined(islice(rows, MOST_ROWS - 1), writers, ""), 1
        while batch := list(islice(lines, BATCH)):
            stream.write(("<row>" + "</row><row>".join(batch) + "</row>").encode())
            written += len(batch)
        return written

    def _headers(self, sheet: Sheet) -> str:
        return "".join(_text(name, HEADER) for name in sheet.headers)

    def _writers(self, style: int) -> dict[type, tuple[Callable[[Any], str], bool]]:
        return {
            str: ((lambda text: _text(text, style)) if style else self._string, True),
            type(None): (lambda _nothing: "<c/>", True),
            bool: (lambda value: f'<c t="b"><v>{int(value)}</v></c>', True),
            int: (lambda value: f"<c><v>{value}</v></c>", True),
            float: (lambda value: f"<c><v>{value!r}</v></c>", True),
            datetime: (self._moment, False),
        }

    def _moment(self, value: datetime) -> str:
        quarter, seconds = self.clock.local(value)
        since = quarter.replace(tzinfo=None) - DAY_ZERO
        days = since.days + (since.seconds + seconds) / 86_400
        return f'<c s="{TIME}"><v>{days:.9f}</v></c>'

    def _string(self, value: str) -> str:
        if len(value) > SHARED_LENGTH or len(self.shared) >= SHARED:
            return _text(value)
        style = f' s="{QUOTED}"' if starts_formula(value) else ""
        place = self.shared.setdefault(clean(value), len(self.shared))
        return f'<c t="s"{style}><v>{place}</v></c>'

    def _shared_strings(self) -> str:
        texts = "".join(f'<si><t xml:space="preserve">{_escaped(text)}</t></si>' for text in self.shared)
        return f'{DECLARATION}<sst xmlns="{MAIN}">{texts}</sst>'


def write_workbook(stream: BinaryIO, title: str, sheets: Iterable[Sheet], zone: str) -> None:
    """Write a workbook of plain values; its bytes depend on what is in it only."""
    with archive(stream) as made:
        book = PlainWorkbook(made, zone)
        for sheet in sheets:
            book.add(sheet)
        book.finish(title, datetime(2000, 1, 1, tzinfo=UTC))


def _text(value: str, style: int = PLAIN) -> str:
    cleaned = clean(value)[:LONGEST]
    if starts_formula(cleaned) and style == PLAIN:
        style = QUOTED
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{_escaped(cleaned)}</t></is></c>'


def _escaped(text: str) -> str:
    """Escape what XML reads, and what Excel would read as a sign by its number."""
    return escape(NUMBERED.sub("_x005F_", text))


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _types(files: Sequence[str]) -> str:
    parts = [(f"/xl/worksheets/{file}.xml", f"{TYPE}.worksheet+xml") for file in files]
    parts += [
        ("/xl/workbook.xml", f"{TYPE}.sheet.main+xml"),
        ("/xl/styles.xml", f"{TYPE}.styles+xml"),
        ("/xl/sharedStrings.xml", f"{TYPE}.sharedStrings+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _core(title: str, made: datetime) -> str:
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean(title))}</dc:title><dc:creator>ECT</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        "</cp:coreProperties>"
    )


_XF = '<xf fontId="{font}" fillId="{fill}" borderId="0" xfId="0" numFmtId="{number}"{more}'
_TOP = ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
STYLES = "".join(
    (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">',
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm:ss"/></numFmts>',
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>',
        '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>',
        '<fills count="3"><fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">',
        '<fgColor rgb="FF1F5C4A"/><bgColor indexed="64"/></patternFill></fill></fills>',
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
        '<cellXfs count="5">',
        _XF.format(font=0, fill=0, number=0, more="/>"),
        _XF.format(font=1, fill=2, number=0, more=' applyFont="1" applyFill="1"' + _TOP),
        _XF.format(font=0, fill=0, number=49, more=' quotePrefix="1" applyNumberFormat="1"/>'),
        _XF.format(font=0, fill=0, number=164, more=' applyNumberFormat="1"/>'),
        _XF.format(font=0, fill=0, number=0, more=' quotePrefix="1"' + _TOP),
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
        "</styleSheet>",
    )
)
