"""Cells into values: each that cannot be read is named, and reading goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from ect.domain.errors import DomainError
from ect.domain.figures import Figure, read_figure
from ect.domain.incoming import Place, Problem
from ect.domain.text import folded
from ect.exchange.imports.recognise import Table
from ect.exchange.sheets import Cells, Odd, OddKind, Raw, words

SHOWN = 60
# What people write where they know nothing.
DASHES = {"", "-", "–", "—", "/", "n/a", "na", "nc", "n.c.", "nd"}
UNKNOWN = {"?", "nsp", "ne sait pas", "ne sais pas", "inconnu", "unknown", "do not know", "i do not know"}
ABSTAIN = {"abstention", "abs", "je m abstiens", "s abstient", "abstain", "i abstain"}
ODD = {
    OddKind.FORMULA: "no_formula",
    OddKind.ERROR: "no_error",
    OddKind.BOOLEAN: "no_boolean",
    OddKind.DATE: "no_date",
}


@dataclass
class Reader:
    """Reads the cells of a table by the meaning of their columns, and keeps every problem."""

    table: Table
    problems: list[Problem] = field(default_factory=list)
    _figures: dict[str, Figure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._columns = {column.target: column for column in self.table.columns if column.target}

    def has(self, target: str) -> bool:
        """Tell whether there is a column of that meaning."""
        return target in self._columns

    def header(self, target: str) -> str:
        """Return the header of the column of that meaning."""
        return self._columns[target].header

    def cell(self, cells: Cells, target: str) -> Raw:
        """Return the cell in the column of that meaning; nothing where there is no such column."""
        column = self._columns.get(target)
        return cells[column.place] if column and column.place < len(cells) else None

    def place(self, row: int, target: str = "") -> Place:
        """Return where a cell stands."""
        column = self._columns.get(target)
        if column is None:
            return Place(self.table.sheet, row)
        return Place(self.table.sheet, row, column.letters, column.header)

    def refuse(self, row: int, target: str, found: str, expected: str, **values: object) -> None:
        """Keep a problem."""
        self.problems.append(Problem(self.place(row, target), found[:SHOWN], expected, values))

    def text(self, row: int, cells: Cells, target: str, limit: int = 4_000) -> str:
        """Return the words of a cell, without signs that do not print; nothing where it is refused."""
        cell = self.cell(cells, target)
        if isinstance(cell, Odd) and cell.kind is not OddKind.DATE and cell.kind is not OddKind.BOOLEAN:
            self.refuse(row, target, shown(cell), ODD[cell.kind])
            return ""
        text = "".join(c for c in words(cell) if c.isprintable() or c in "\n\t").strip()
        if len(text) > limit:
            self.refuse(row, target, text, "shorter", limit=limit, length=len(text))
            return ""
        return text

    def figure(self, row: int, cells: Cells, target: str, expected: str, **values: object) -> Figure | None:
        """Return the figure in a cell; ``None`` where there is none, or where it is refused."""
        cell = self.cell(cells, target)
        if isinstance(cell, Odd):
            self.refuse(row, target, shown(cell), ODD[cell.kind], **values)
            return None
        text = words(cell)
        if text.casefold() in DASHES or folded(text) in UNKNOWN or text == "?":
            return None
        if text not in self._figures:
            try:
                self._figures[text] = read_figure(text)
            except DomainError:
                self.refuse(row, target, text, expected, **values)
                return None
        return self._figures[text]


def shown(cell: Odd) -> str:
    """Return how a cell that holds no plain value looks."""
    return f"={cell.text}" if cell.kind is OddKind.FORMULA and not cell.text.startswith("=") else cell.text
