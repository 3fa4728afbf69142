"""One way in for every table: a file of any kind we read, or cells that were pasted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from ect.domain.errors import DomainError
from ect.exchange.csv_text import read_pasted, read_text
from ect.exchange.guard import is_book
from ect.exchange.sheets import Sheet
from ect.exchange.workbook import read_workbook


def read_tables(name: str, content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a file that hold something.

    Raises
    ------
    DomainError
        What the guard, the workbook or the text refuses, each naming the file.

    """
    with _named(name):
        sheets = read_workbook(content) if is_book(name, content) else (read_text(name, content),)
        if not any(sheet.rows for sheet in sheets):
            raise DomainError("file_empty", file=name)
    return tuple(sheet for sheet in sheets if sheet.rows)


def read_cells(name: str, text: str) -> tuple[Sheet, ...]:
    """Return the one sheet that cells copied from a spreadsheet make, by the name they go by."""
    with _named(name):
        sheet = read_pasted(text, name)
        if not sheet.rows:
            raise DomainError("file_empty", file=name)
    return (sheet,)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Name the file in what is refused: who reads a part of it knows nothing of it."""
    try:
        yield
    except DomainError as error:
        # Figures are written as each language writes them.
        values = {
            key: Fraction(value) if isinstance(value, int) else value
            for key, value in error.values.items()
            if value != ""
        }
        raise DomainError(error.code, **{"file": name, "sheet": name, "found": "", **values}) from None
