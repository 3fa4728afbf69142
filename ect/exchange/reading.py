"""One way in for every table: a file of any kind we read, or cells that were pasted."""

from __future__ import annotations

from ect.domain.errors import DomainError
from ect.exchange.csv_text import read_text
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
    try:
        sheets = read_workbook(content) if is_book(name, content) else (read_text(name, content),)
    except DomainError as error:
        # Who reads one part knows nothing of the file: it is named here.
        values = {key: value for key, value in error.values.items() if value != ""}
        raise DomainError(error.code, **{"file": name, "sheet": name, "found": "", **values}) from None
    if not any(sheet.rows for sheet in sheets):
        raise DomainError("file_empty", file=name)
    return tuple(sheet for sheet in sheets if sheet.rows)
