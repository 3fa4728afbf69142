"""A sheet as it was read: raw cells with their places, whatever file they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MAX_ROWS, MAX_COLUMNS, MAX_CELLS, MAX_TEXT = 200_000, 400, 1_000_000, 32_767


class OddKind(StrEnum):
    """What a cell may hold that is neither words nor a figure."""

    FORMULA = "formula"
    ERROR = "error"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no plain value, and how it looks."""

    kind: OddKind
    text: str


Raw = str | Odd | None
Cells = tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, and its rows that are not empty, each with its number from 1."""

    name: str
    rows: tuple[tuple[int, Cells], ...]

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        return iter(self.rows)


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column, from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_of(name: str) -> int | None:
    """Return the place of a column from its letters, from 0; ``None`` for no letters, or too many."""
    if not (0 < len(name) <= 3 and name.isascii() and name.isalpha()):
        return None
    place = 0
    for letter in name.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def is_blank(cell: Raw) -> bool:
    """Tell whether nothing stands in a cell, spaces apart."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def words(cell: Raw) -> str:
    """Return what a cell shows, without the spaces around it."""
    if cell is None:
        return ""
    return cell.text if isinstance(cell, Odd) else cell.strip()
