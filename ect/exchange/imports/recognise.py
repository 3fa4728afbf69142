"""Which table a sheet holds, where its headers are, and what each column is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.incoming import Kind
from ect.domain.text import folded
from ect.exchange.imports.vocabulary import GRID, targets, vocabulary, without_maximum
from ect.exchange.sheets import Cells, Sheet, is_blank, letters, words

# Titles and remarks may stand above the headers.
LOOKED_AT = 20
CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place from 0, its header, what it is, and what it resembles if that is unsure.

    ``target`` is one of the names of :mod:`ect.exchange.imports.vocabulary`, or ``None`` for a column
    that is not read.
    """

    place: int
    header: str
    target: str | None
    suggestion: str | None = None

    @property
    def letters(self) -> str:
        """What a spreadsheet calls the column."""
        return letters(self.place)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was recognised: its kind, where its headers are, its columns, the rows beneath."""

    file: str
    sheet: str
    kind: Kind
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, Cells], ...]

    @property
    def unsure(self) -> tuple[Column, ...]:
        """The columns that are not read though they resemble one that would be."""
        return tuple(column for column in self.columns if column.target is None and column.suggestion)

    def corrected(self, chosen: Mapping[int, str | None]) -> Table:
        """Return the table with some columns meaning what a person says, by their place."""
        columns = tuple(
            replace(column, target=chosen[column.place], suggestion=None)
            if column.place in chosen
            else column
            for column in self.columns
        )
        return replace(self, columns=columns)


def recognise(file: str, sheets: Iterable[Sheet], grid: Grid) -> list[Table]:
    """Return the tables that are recognised in the sheets of a file, in their order."""
    return [table for sheet in sheets if (table := recognise_sheet(file, sheet, grid))]


def recognise_sheet(file: str, sheet: Sheet, grid: Grid) -> Table | None:
    """Return the table a sheet holds, or ``None`` if none of ours is recognised."""
    best: tuple[int, Table, Mapping[str, str]] | None = None
    # Ratings are looked for first: their columns are those of a score table, and more.
    for kind in (Kind.GRID, Kind.RATINGS, Kind.SCORES, Kind.TERRAINS):
        known = vocabulary(kind, grid)
        for place, (_number, cells) in enumerate(sheet.rows[:LOOKED_AT]):
            table = _table(file, sheet, kind, place, cells, known)
            count = len({column.target for column in table.columns} - {None})
            if not lacking(kind, table) and (best is None or count > best[0]):
                best = (count, table, known)
    return best and _suggesting(best[1], best[2])


def read_as(file: str, sheet: Sheet, kind: Kind, grid: Grid, row: int = 0) -> Table:
    """Return a sheet as a table of the kind a person says it is, headers at that place (from 0).

    Raises
    ------
    DomainError
        ``"file_empty"`` if the sheet has no such row.

    """
    if row >= len(sheet.rows):
        raise DomainError("file_empty", file=file)
    known = vocabulary(kind, grid)
    return _suggesting(_table(file, sheet, kind, row, sheet.rows[row][1], known), known)


def lacking(kind: Kind, table: Table) -> tuple[str, ...]:
    """Return the meanings that a table of a kind cannot do without and lacks.

    ``"grid"`` stands for any column of the grid.
    """
    there = {column.target for column in table.columns if column.target}
    parts = any(target.startswith(GRID) for target in there)
    if kind is Kind.SCORES:
        return _absent(["terrain"], there) + (() if parts else ("grid",))
    if kind is Kind.RATINGS:
        long = () if parts else _absent(["criterion", "answer"], there)
        return _absent(["terrain", "participant"], there) + long
    if kind is Kind.TERRAINS:
        return _absent(["name"], there) + (() if len(there) > 1 else ("kind",))
    return _absent(["label", "level_0", "level_1", "level_2"], there)


def _absent(wanted: Sequence[str], there: set[str]) -> tuple[str, ...]:
    return tuple(target for target in wanted if target not in there)


def _table(
    file: str, sheet: Sheet, kind: Kind, place: int, headers: Cells, known: Mapping[str, str]
) -> Table:
    rows = sheet.rows[place + 1 :]
    used = {i for _number, cells in rows[:LOOKED_AT] for i, cell in enumerate(cells) if not is_blank(cell)}
    columns = []
    for i in range(max([len(headers), *(i + 1 for i in used)])):
        header = words(headers[i]) if i < len(headers) else ""
        if header or i in used:
            name = folded(header)
            columns.append(Column(i, header, known.get(name) or _sum_of(name, known)))
    if kind is Kind.SCORES:
        columns = _first_is_terrain(columns)
    return Table(file, sheet.name, kind, sheet.rows[place][0], tuple(columns), rows)


def _suggesting(table: Table, known: Mapping[str, str]) -> Table:
    """Return the table with what its unread columns resemble: of one table, since it takes long."""
    columns = tuple(
        column if column.target else replace(column, suggestion=_resembled(folded(column.header), known))
        for column in table.columns
    )
    return replace(table, columns=columns)


def _resembled(name: str, known: Mapping[str, str]) -> str | None:
    close = difflib.get_close_matches(name, known, n=1, cutoff=CLOSE) if name else []
    return known[close[0]] if close else None


def _sum_of(name: str, known: Mapping[str, str]) -> str | None:
    bare, maximum = without_maximum(name)
    target = known.get(bare) if maximum else None
    return target if target in {"ect", "selection", "total"} or (target or "").startswith(GRID) else None


def _first_is_terrain(columns: Sequence[Column]) -> list[Column]:
    """A spreadsheet's own table leaves the header of its first column empty."""
    if columns and not columns[0].header and all(c.target != "terrain" for c in columns):
        return [replace(columns[0], target="terrain"), *columns[1:]]
    return list(columns)


def offered(table: Table, grid: Grid) -> tuple[str, ...]:
    """Return what a column of the table may be said to be."""
    return targets(table.kind, grid)
