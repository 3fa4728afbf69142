"""Workbooks: sheets of an XLSX file, cell by cell, with the figures as they are written in it.

Read by the standard library's parser and not by openpyxl: it counts while it reads, tells a formula and
where it stands, and takes a third of the time.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from xml.parsers import expat

from ect.domain.errors import DomainError
from ect.exchange.guard import Archive, open_archive
from ect.exchange.sheets import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Odd,
    OddKind,
    Raw,
    Sheet,
    column_of,
    letters,
)

MAX_SHEETS, MAX_TAGS, MAX_ASIDE = 40, 6_000_000, 100_000
# Number formats that show a date, of those that are known by their number alone.
DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
ROOT_PART = "_rels/.rels"


class Handler:
    """What a part of a workbook is read by: names come without their prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def text(self, words: str) -> None:
        """Words inside an element."""


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Return the visible sheets of a workbook.

    Raises
    ------
    DomainError
        As :func:`ect.exchange.guard.open_archive`; ``"xlsx_doctype"``, ``"xlsx_broken"``,
        ``"xlsx_sheets"``, ``"table_rows"``, ``"table_cells"``, ``"table_far"``, ``"table_text_long"``.

    """
    archive = open_archive(content)
    main = next(
        (t for kind, t in _relations(archive, ROOT_PART, "").values() if kind == "officeDocument"), ""
    )
    if not main or main not in archive:
        raise DomainError("xlsx_broken", part=main or ROOT_PART)
    book = _Book()
    _parse(archive, main, book)
    folder, file = posixpath.split(main)
    targets = _relations(archive, f"{folder}/_rels/{file}.rels", folder)
    by_kind = dict(targets.values())
    texts = _read_texts(archive, by_kind.get("sharedStrings"))
    dates = _read_dates(archive, by_kind.get("styles"))
    if len(book.sheets) > MAX_SHEETS:
        raise DomainError("xlsx_sheets", limit=MAX_SHEETS, found=len(book.sheets))
    sheets, cells = [], 0
    for name, relation in book.sheets:
        kind, target = targets.get(relation, ("", ""))
        if kind == "worksheet":
            reader = _Cells(name, target, texts, dates, book.epoch, cells)
            _parse(archive, target, reader)
            cells = reader.count
            sheets.append(Sheet(name, tuple(reader.rows)))
    if not sheets:
        raise DomainError("xlsx_no_sheet")
    return tuple(sheets)


def _parse(archive: Archive, part: str, handler: Handler) -> None:
    words = archive.read(part)
    # Counted before anything is parsed: that takes a thousandth of the time.
    if words.count(b"<") > MAX_TAGS or words.count(b"<c") > MAX_CELLS + MAX_COLUMNS:
        raise DomainError("table_cells", sheet=part, limit=MAX_CELLS)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    names: dict[str, str] = {}

    def local(name: str) -> str:
        if len(names) > 1_000:
            raise DomainError("xlsx_broken", part=part)
        return names.setdefault(name, name.rpartition(":")[2])

    known = names.get
    start, end = handler.start, handler.end
    parser.StartElementHandler = lambda name, own: start(known(name) or local(name), own)
    parser.EndElementHandler = lambda name: end(known(name) or local(name))
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(words, True)
    except expat.ExpatError:
        raise DomainError("xlsx_broken", part=part) from None


def _no_doctype(*_declared: object) -> None:
    raise DomainError("xlsx_doctype")


def _own(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute whatever its prefix."""
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == name), "")


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External":
            if kind != "hyperlink":
                raise DomainError("file_links")
            return
        target = posixpath.normpath(posixpath.join("/" + self.folder, attributes.get("Target", "")))
        self.found[attributes.get("Id", "")] = (kind, target.lstrip("/"))


def _relations(archive: Archive, part: str, folder: str) -> dict[str, tuple[str, str]]:
    reader = _Relations(folder)
    _parse(archive, part, reader)
    return reader.found


class _Book(Handler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch = datetime(1899, 12, 30)  # noqa: DTZ001 a date of the spreadsheet has no zone

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append((attributes.get("name", "?")[:100], _own(attributes, "id")))
        elif name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.epoch = datetime(1904, 1, 1)  # noqa: DTZ001


class _Texts(Handler):
    def __init__(self) -> None:
        self.found: list[str] = []
        self._words: list[str] = []
        self._inside = self._aside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._words = []
        elif name == "rPh":
            self._aside = True
        self._inside = name == "t" and not self._aside

    def end(self, name: str) -> None:
        self._inside = False
        if name == "rPh":
            self._aside = False
        elif name == "si":
            self.found.append(_unescaped("".join(self._words)))

    def text(self, words: str) -> None:
        if self._inside:
            self._words.append(words)


def _read_texts(archive: Archive, part: str | None) -> list[str]:
    reader = _Texts()
    if part:
        _parse(archive, part, reader)
    return reader.found


class _Styles(Handler):
    def __init__(self) -> None:
        self.dates: list[bool] = []
        self._shown: set[str] = set()
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", attributes.get("formatCode", "")[:200])
            if re.search(r"[dmyhs]", plain, re.IGNORECASE):
                self._shown.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            known = attributes.get("numFmtId", "0")
            usual = known.isdecimal() and len(known) < 6 and int(known) in DATE_FORMATS
            self.dates.append(usual or known in self._shown)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


def _read_dates(archive: Archive, part: str | None) -> frozenset[str]:
    reader = _Styles()
    if part:
        _parse(archive, part, reader)
    return frozenset(str(place) for place, date in enumerate(reader.dates) if date)


class _Cells(Handler):
    """The rows of a sheet; ``count`` is how many cells were read so far, empty ones before them too."""

    def __init__(
        self,
        sheet: str,
        part: str,
        texts: list[str],
        dates: frozenset[str],
        epoch: datetime,
        count: int,
    ) -> None:
        self.sheet, self.part, self.count = sheet, part, count
        self.rows: list[tuple[int, tuple[Raw, ...]]] = []
        self._texts, self._dates, self._epoch = texts, dates, epoch
        self._row: list[Raw] = []
        self._number, self._column, self._aside = 0, -1, 0
        self._kind = self._style = self._words = ""
        self._inside = self._formula = False
        self._columns: dict[str, int] = {}
        self._figures: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name in {"v", "t"}:
            self._inside = True
        elif name == "row":
            self._open_row(attributes.get("r"))
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._kind = "phonetic"
        else:
            self._aside += 1
            if self._aside > MAX_ASIDE:
                raise DomainError("table_cells", sheet=self.sheet, limit=MAX_CELLS)

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._inside = False
        elif name == "c":
            self._close_cell()
        elif name == "row" and any(cell is not None for cell in self._row):
            self.rows.append((self._number, tuple(self._row)))

    def text(self, words: str) -> None:
        if self._inside and self._kind != "phonetic":
            self._words += words
            if len(self._words) > MAX_TEXT:
                raise DomainError(
                    "table_text_long",
                    sheet=self.sheet,
                    row=self._number,
                    column=letters(self._column),
                    limit=MAX_TEXT,
                )

    def _open_row(self, number: str | None) -> None:
        before = self._number
        if number is None:
            self._number += 1
        else:
            self._number = int(number) if number.isdecimal() and len(number) < 8 else 0
        if self._number <= before:
            raise DomainError("xlsx_broken", part=self.part)
        self._row, self._column = [], -1

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        self._column = self._column + 1 if place is None else self._placed(place)
        if self._column >= MAX_COLUMNS or self._number > MAX_ROWS:
            where = f"{letters(self._column)}{self._number}"
            raise DomainError("table_far", sheet=self.sheet, cell=where, rows=MAX_ROWS, columns=MAX_COLUMNS)
        if self._column < len(self._row) or not self._number:
            raise DomainError("xlsx_broken", part=self.part)
        self.count += self._column + 1 - len(self._row)
        if self.count > MAX_CELLS:
            raise DomainError("table_cells", sheet=self.sheet, limit=MAX_CELLS)
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._words, self._formula = "", False

    def _placed(self, place: str) -> int:
        name = place.rstrip("0123456789")
        if name not in self._columns:
            found = column_of(name)
            if found is None:
                raise DomainError("xlsx_broken", part=self.part)
            self._columns[name] = found
        if place[len(name) :] != str(self._number):
            raise DomainError("xlsx_broken", part=self.part)
        return self._columns[name]

    def _close_cell(self) -> None:
        value = self._value()
        if value is not None and value != "":
            missing = self._column - len(self._row)
            if missing:
                self._row.extend([None] * missing)
            self._row.append(value)

    def _value(self) -> Raw:
        words, kind = self._words, self._kind
        if self._formula:
            return Odd(OddKind.FORMULA, words)
        if not words:
            return None
        if kind == "s":
            return self._shared(words)
        if kind == "n":
            return self._date(words) if self._style in self._dates else self._figure(words)
        if kind in {"str", "inlineStr", "phonetic"}:
            return _unescaped(words)
        if kind == "b":
            return Odd(OddKind.BOOLEAN, "VRAI" if words.strip() == "1" else "FAUX")
        return Odd(OddKind.DATE if kind == "d" else OddKind.ERROR, words[:40])

    def _shared(self, words: str) -> str:
        if not words.isdecimal() or len(words) > 8 or int(words) >= len(self._texts):
            raise DomainError("xlsx_broken", part=self.part)
        text = self._texts[int(words)]
        if len(text) > MAX_TEXT:
            self._words = ""
            self._inside, self._kind = True, ""
            self.text(text)
        return text

    def _figure(self, words: str) -> Raw:
        if words not in self._figures:
            try:
                shown = repr(float(words)).removesuffix(".0")
            except ValueError:
                raise DomainError("xlsx_broken", part=self.part) from None
            self._figures[words] = shown
        shown = self._figures[words]
        return shown if shown[-1].isdigit() else Odd(OddKind.ERROR, shown)

    def _date(self, words: str) -> Odd:
        try:
            return Odd(OddKind.DATE, f"{self._epoch + timedelta(days=float(words)):%d/%m/%Y}")
        except (ValueError, OverflowError):
            return Odd(OddKind.ERROR, words[:40])


def _unescaped(text: str) -> str:
    """Undo the writing of signs XML has no place for (``_x000D_``): ends of lines stay, others go."""
    return ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return sign if sign.isprintable() or sign in "\n\t" else ""
