"""Score tables, as the report prints them: printed sums and means are checked, never trusted."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ect.domain.figures import Figure, behind
from ect.domain.grid import SUMS, TOP_LEVEL, Grid
from ect.domain.incoming import Incoming, Kind, ScoreLine
from ect.domain.printed import PrintedRow, disagreements
from ect.domain.publication import Note
from ect.domain.scoring import Profile, score
from ect.domain.text import folded
from ect.exchange.imports.cells import Reader
from ect.exchange.imports.vocabulary import GRID, without_maximum
from ect.exchange.sheets import Cells

MEANS = {"moyenne", "moyennes", "mean", "average", "moy"}


def read_scores(reader: Reader, grid: Grid) -> Incoming:
    """Return the scores of a table; every mistake is left with the reader."""
    lines, printed = [], []
    mean: dict[str, Figure] | None = None
    rounded: dict[str, str] = {}
    left: list[str] = []
    first: dict[str, int] = {}
    for row, cells in reader.table.rows:
        name = reader.text(row, cells, "terrain", limit=120)
        figures = _figures(reader, row, cells, grid)
        if folded(name) in MEANS:
            mean = figures
        elif not any(code not in SUMS for code in figures):
            left += [name] if name else []
        elif not name:
            reader.refuse(row, "terrain", "", "name")
        elif folded(name) in first:
            reader.refuse(row, "terrain", name, "once", first=first[folded(name)])
        else:
            first[folded(name)] = row
            profile = _profile(reader, row, cells, grid, figures, rounded)
            lines.append(ScoreLine(reader.place(row), name, profile))
            printed.append(PrintedRow(name, figures, score(grid, profile)))
    notes = [
        *_said(rounded, left),
        *disagreements(grid, printed, mean, _maximum(reader), _headers(reader, grid)),
    ]
    if not lines and not reader.problems:
        reader.refuse(reader.table.header_row, "terrain", "", "lines")
    return Incoming(Kind.SCORES, scores=tuple(lines), notes=tuple(notes))


def _figures(reader: Reader, row: int, cells: Cells, grid: Grid) -> dict[str, Figure]:
    found = {}
    for code in _codes(grid):
        target = code if code in SUMS else GRID + code
        if reader.has(target):
            figure = reader.figure(row, cells, target, "figure")
            if figure is not None:
                found[code] = figure
    return found


def _codes(grid: Grid) -> list[str]:
    return [*(pillar.code for pillar in grid.pillars), *(c.code for c in grid), *SUMS]


def _profile(
    reader: Reader,
    row: int,
    cells: Cells,
    grid: Grid,
    figures: Mapping[str, Figure],
    rounded: dict[str, str],
) -> Profile:
    profile: dict[str, Fraction] = {}
    for code, figure in figures.items():
        if code in SUMS:
            continue
        value = behind(figure)
        if not 0 <= value <= TOP_LEVEL:
            reader.refuse(row, GRID + code, str(reader.cell(cells, GRID + code)), "zero_to_two")
            continue
        if value != figure.value:
            rounded[str(reader.cell(cells, GRID + code)).strip()] = str(value)
        profile[code] = value
    for pillar in grid.pillars:
        # Where the criteria are given, their mean is the pillar's: the one that is printed is checked.
        if any(criterion.code in profile for criterion in pillar.criteria):
            profile.pop(pillar.code, None)
    return profile


def _said(rounded: Mapping[str, str], left: list[str]) -> list[Note]:
    notes = []
    if rounded:
        pairs = ", ".join(f"{text} = {value}" for text, value in sorted(rounded.items())[:8])
        notes.append(Note("rounded_figures", {"figures": pairs}))
    if left:
        notes.append(Note("rows_without_figures", {"names": ", ".join(left[:8])}))
    return notes


def _maximum(reader: Reader) -> int | None:
    return without_maximum(folded(reader.header("total")))[1] if reader.has("total") else None


def _headers(reader: Reader, grid: Grid) -> dict[str, str]:
    return {
        code: reader.header(target)
        for code in _codes(grid)
        if reader.has(target := code if code in SUMS else GRID + code)
    }
