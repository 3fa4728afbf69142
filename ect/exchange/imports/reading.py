"""A table that was recognised, read whole: what it brings in, or every mistake it holds."""

from __future__ import annotations

from dataclasses import dataclass

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.incoming import Incoming, Kind, Place, Problem
from ect.exchange.imports.cells import Reader
from ect.exchange.imports.grid_tables import read_grid
from ect.exchange.imports.rating_tables import read_ratings
from ect.exchange.imports.recognise import Column, Table, lacking, recognise
from ect.exchange.imports.score_tables import read_scores
from ect.exchange.imports.terrain_tables import read_terrains
from ect.exchange.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Read:
    """What a table brings in, and what keeps it out: it comes in whole, or not at all."""

    table: Table
    incoming: Incoming
    problems: tuple[Problem, ...]


def read_table(table: Table, grid: Grid) -> Read:
    """Read a table; every mistake in it is named."""
    reader = Reader(table)
    reader.problems += _columns(table)
    if any(problem.expected in {"column", "grid_column"} for problem in reader.problems):
        return Read(table, Incoming(table.kind), tuple(reader.problems))
    if table.kind is Kind.SCORES:
        incoming = read_scores(reader, grid)
    elif table.kind is Kind.RATINGS:
        incoming = read_ratings(reader, grid)
    elif table.kind is Kind.TERRAINS:
        incoming = read_terrains(reader)
    else:
        incoming = read_grid(reader, grid)
    return Read(table, incoming, tuple(reader.problems))


def only_table(file: str, sheets: tuple[Sheet, ...], grid: Grid, sheet: str | None = None) -> Table:
    """Return the one table of a file, or the one in a sheet of that name.

    Raises
    ------
    DomainError
        ``"table_not_found"``, ``"tables_several"`` or ``"sheet_unknown"``.

    """
    tables = recognise(file, sheets, grid)
    if sheet is not None:
        tables = [table for table in tables if table.sheet == sheet]
        if not tables:
            raise DomainError("sheet_unknown", file=file, sheet=sheet)
    if not tables:
        raise DomainError("table_not_found", file=file)
    if len(tables) > 1:
        raise DomainError("tables_several", file=file, sheets=", ".join(table.sheet for table in tables))
    return tables[0]


def _columns(table: Table) -> list[Problem]:
    problems = []
    row = table.header_row
    first: dict[str, Column] = {}
    for column in table.columns:
        place = Place(table.sheet, row, column.letters, column.header)
        if column.target in first:
            problems.append(
                Problem(place, column.header, "column_once", {"column": first[column.target].letters})
            )
        elif column.target:
            first[column.target] = column
        elif column.suggestion:
            problems.append(Problem(place, column.header, "column_sure", {"target": column.suggestion}))
    for target in lacking(table.kind, table):
        expected = "grid_column" if target == "grid" else "column"
        problems.append(Problem(Place(table.sheet, row), "", expected, {"target": target}))
    return problems
