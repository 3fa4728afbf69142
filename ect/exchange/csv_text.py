"""Tables as text: the encoding and the separator are found out, and nothing is guessed beyond them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from ect.domain.errors import DomainError
from ect.exchange.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Cells, Odd, OddKind, Raw, Sheet

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# The first wins where two fit as well: nobody types a tab, and French decimals are commas.
SEPARATORS = ("\t", ";", ",")
SAMPLE = 12
# What a text begins with that a spreadsheet might take for a formula.
RUNS = ("=", "+", "-", "@", "\t", "\r")
# Beyond this, no header nor first row is that long: the separator is looked for in it alone.
HEAD = 65_536


def read_text(name: str, content: bytes) -> Sheet:
    """Read a file of text.

    Raises
    ------
    DomainError
        ``"text_encoding"``, ``"text_binary"``, and as :func:`read_pasted`.

    """
    return read_pasted(_decoded(name, content), name)


def read_pasted(text: str, name: str = "") -> Sheet:
    """Read cells that were copied from a spreadsheet, or a table typed as text.

    Raises
    ------
    DomainError
        ``"file_empty"``, ``"text_quotes"``, ``"table_rows"``, ``"table_columns"``, ``"table_cells"``,
        ``"text_field_long"``.

    """
    if "\x00" in text:
        raise DomainError("text_binary", file=name)
    if not text.strip():
        raise DomainError("file_empty", file=name)
    announced, body = _announced(text)
    # A text without quotes is not read as if it had some: an apostrophe may be typed as a quote.
    rows = _rows(body, announced or _separator(body), name, 2 if announced else 1)
    return Sheet("", tuple(rows))


def _decoded(name: str, content: bytes) -> str:
    mark = next((encoding for start, encoding in MARKS.items() if content.startswith(start)), "")
    for encoding in [mark] if mark else ["utf-8", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            last = error
    raise DomainError("text_encoding", file=name, row=content.count(b"\n", 0, last.start) + 1)


def _announced(text: str) -> tuple[str, str]:
    """Return the separator a first line ``sep=;`` announces, as spreadsheets write it, and the rest."""
    first, _, rest = text.partition("\n")
    first = first.strip('\r"\ufeff')
    announced = first.casefold().startswith("sep=") and len(first) == 5
    return (first[4], rest) if announced else ("", text)


def _separator(text: str) -> str:
    """Return the separator by which most of the first lines have as many cells as the first."""

    def fits(separator: str) -> tuple[int, int]:
        lines = islice(csv.reader(text[:HEAD].splitlines(keepends=True), delimiter=separator), SAMPLE)
        try:
            widths = [len(line) for line in lines if any(cell.strip() for cell in line)]
        except csv.Error:
            return 0, 0
        first = next((width for width in widths if width > 1), 0)
        return (widths.count(first), first) if first else (0, 0)

    best = max(SEPARATORS, key=fits)
    return best if fits(best) > (0, 0) else ";"


def _rows(text: str, separator: str, name: str, first: int) -> Iterator[tuple[int, Cells]]:
    cells = 0
    for number, line in _numbered(text, separator, name, first):
        if number > MAX_ROWS:
            raise DomainError("table_rows", sheet=name, limit=MAX_ROWS)
        while line and not line[-1].strip():
            line.pop()
        if len(line) > MAX_COLUMNS:
            raise DomainError("table_columns", sheet=name, row=number, limit=MAX_COLUMNS)
        cells += len(line)
        if cells > MAX_CELLS:
            raise DomainError("table_cells", sheet=name, limit=MAX_CELLS)
        if line:
            yield number, tuple(map(_cell, line))


def _cell(text: str) -> Raw:
    """Return a cell: a spreadsheet would run what begins as a formula, unless an apostrophe keeps it."""
    if text.startswith("="):
        return Odd(OddKind.FORMULA, text)
    if text.startswith("'") and text[1:2] in RUNS:
        return text[1:]
    return text or None


def _numbered(text: str, separator: str, name: str, first: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_TEXT)
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    number = first
    while True:
        try:
            line = next(reader, None)
        except csv.Error as error:
            if "field larger" in str(error):
                raise DomainError("text_field_long", file=name, row=number, limit=MAX_TEXT) from None
            raise DomainError("text_quotes", file=name, row=number) from None
        if line is None:
            return
        yield number, line
        number += 1


def _lines(text: str) -> Iterator[str]:
    """Yield the lines, of text cut at line feeds and returns only: no other sign ends a row."""
    start = 0
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    while start < len(normal):
        end = normal.find("\n", start)
        end = len(normal) if end < 0 else end + 1
        yield normal[start:end]
        start = end
