"""Figures printed beside their parts: those that do not agree are told, never taken for what they say.

The checks of :mod:`ect.domain.publication`, for a table any of whose columns may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.figures import Figure, behind
from ect.domain.grid import Grid
from ect.domain.publication import Note, round_like
from ect.domain.scoring import Measure, Score


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A line of a table: its name, the figures printed by column code, the score its parts make."""

    name: str
    figures: Mapping[str, Figure]
    score: Score


def disagreements(
    grid: Grid,
    rows: Sequence[PrintedRow],
    mean: Mapping[str, Figure] | None,
    maximum: int | None,
    headers: Mapping[str, str],
) -> tuple[Note, ...]:
    """Check printed sums against their parts, the means, and the maximum a header claims.

    Parameters
    ----------
    grid
        The version of the grid the table is read by.
    rows
        The lines, each with the score its parts make.
    mean
        The figures of the line of means by column code, if there is one.
    maximum
        What the header of the total says it is on, if it says so. Totals may be in that unit.
    headers
        The header of each column by its code.

    Returns
    -------
    tuple of Note
        ``"printed_maximum"`` where the totals follow the formula and the header claims another maximum,
        ``"printed_sum"`` for a sum its parts do not make, ``"printed_mean"`` for a mean its column does
        not make, whatever was rounded. A sum some part of which is unknown is not checked.

    """
    unit = _unit(grid, rows, maximum)
    notes = []
    if maximum is not None and maximum != grid.maximum and unit == 1 and _has_totals(rows):
        notes.append(
            Note(
                "printed_maximum",
                {"printed": maximum, "formula": grid.maximum, "header": headers["total"]},
            )
        )
    for row in rows:
        notes += _wrong_sums(row, unit, headers)
    return (*notes, *(_wrong_means(rows, mean, headers) if mean else ()))


def _unit(grid: Grid, rows: Sequence[PrintedRow], maximum: int | None) -> Fraction:
    """Return what printed totals are to be divided by: they may be on the maximum their header claims."""
    known = [
        (row.figures["total"], row.score.total)
        for row in rows
        if "total" in row.figures and row.score.total.complete
    ]
    units = (Fraction(1), Fraction(maximum or grid.maximum, grid.maximum))
    # The formula's own, where as many totals agree with the one as with the other.
    return max(units, key=lambda unit: sum(_agrees(printed, total, unit) for printed, total in known))


def _has_totals(rows: Sequence[PrintedRow]) -> bool:
    return any("total" in row.figures for row in rows)


def _agrees(printed: Figure, measure: Measure, unit: Fraction = Fraction(1)) -> bool:
    return abs(printed.value - measure.low * unit) <= printed.doubt


def _wrong_sums(row: PrintedRow, unit: Fraction, headers: Mapping[str, str]) -> list[Note]:
    sums = {"ect": row.score.ect, "selection": row.score.selection_total, "total": row.score.total}
    sums |= {part.code: part.measure for part in row.score.pillars}
    notes = []
    for code, measure in sums.items():
        printed, factor = row.figures.get(code), unit if code == "total" else Fraction(1)
        if printed and measure.complete and not _agrees(printed, measure, factor):
            written = _written(printed)
            notes.append(
                Note(
                    "printed_sum",
                    {
                        "terrain": row.name,
                        "column": headers[code],
                        "printed": written,
                        "expected": round_like(measure.low * factor, written),
                    },
                )
            )
    return notes


def _wrong_means(
    rows: Sequence[PrintedRow], mean: Mapping[str, Figure], headers: Mapping[str, str]
) -> list[Note]:
    notes = []
    for code, printed in mean.items():
        cells = [row.figures[code] for row in rows if code in row.figures]
        if not cells or len(cells) < len(rows):
            continue
        value = sum((behind(cell) for cell in cells), Fraction()) / len(cells)
        doubt = sum((cell.doubt for cell in cells), Fraction()) / len(cells) + printed.doubt
        if abs(printed.value - value) > doubt:
            written = _written(printed)
            notes.append(
                Note(
                    "printed_mean",
                    {
                        "code": code,
                        "column": headers[code],
                        "printed": written,
                        "expected": round_like(value, written),
                    },
                )
            )
    return notes


def _written(figure: Figure) -> str:
    """Return a figure with a decimal comma and as many decimals as it had, three at the most."""
    decimals = min(figure.decimals if figure.decimals is not None else 2, 3)
    return round_like(figure.value, "0," + "0" * decimals if decimals else "0")
