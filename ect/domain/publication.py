"""A published score table, and what does not add up in it: reported, never silently mended."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.text import Text

FIGURE = re.compile(r"-?\d+(,\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One terrain's line: what is printed, and the exact value behind each printed figure.

    ``printed`` maps column codes (pillars, criteria, ``ect``, ``selection``, ``total``) to the text
    of the cell (``"1,33"``); ``profile`` holds exact values on 0..2 (4/3).
    """

    terrain: str
    label: str
    printed: Mapping[str, str]
    profile: Mapping[str, Fraction]
    caveat: Text | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A published table: its rows, its printed mean row, and the maximum its header claims.

    Raises
    ------
    DomainError
        ``"publication_incomplete"`` if there is no row, or if a header or a row lacks a column of
        the mean row or the total; it names the entry (row or table) and the column.

    """

    code: str
    title: str
    source: str
    year: int
    grid_version: str
    headers: Mapping[str, str]
    printed_maximum: int
    rows: tuple[PublishedRow, ...]
    mean_label: str
    printed_mean: Mapping[str, str]

    def __post_init__(self) -> None:
        if not self.rows:
            raise DomainError("publication_incomplete", entry=self.code, column="")
        cells = {self.code: self.headers, **{row.terrain: row.printed for row in self.rows}}
        for entry, printed in cells.items():
            for column in (*self.printed_mean, "total"):
                if column not in printed:
                    raise DomainError("publication_incomplete", entry=entry, column=column)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say beside a table: a code, and the values its sentence needs."""

    code: str
    values: Mapping[str, str | int]


def parse_printed(text: str) -> Fraction:
    """Read a figure printed with a decimal comma, exactly.

    Raises
    ------
    DomainError
        ``"figure_unreadable"`` for anything but digits with at most one comma and a minus sign.

    """
    figure = text.strip()
    if not FIGURE.fullmatch(figure):
        raise DomainError("figure_unreadable", text=text)
    return Fraction(figure.replace(",", "."))


def round_like(value: Fraction, printed: str) -> str:
    """Round half up to as many decimals as ``printed`` shows, with a decimal comma."""
    decimals = _decimals(printed)
    units = math.floor(value * 10**decimals + Fraction(1, 2))
    if not decimals:
        return str(units)
    sign, digits = "-" if units < 0 else "", str(abs(units)).zfill(decimals + 1)
    return f"{sign}{digits[:-decimals]},{digits[-decimals:]}"


def anomalies(publication: Publication, grid: Grid) -> tuple[Note, ...]:
    """Check a published table's maximum against the formula, and its means against its figures.

    Parameters
    ----------
    publication
        The table; every cell of its mean row, and of its rows there, is a figure.
    grid
        The version of the grid the table was made with.

    Returns
    -------
    tuple of Note
        ``"printed_maximum"`` if the header's maximum is not the formula's, ``"printed_mean"`` for
        each column whose printed mean no rounding of the values behind its printed figures explains
        (1,33, 1,33 and 2,00 may have the mean 1,56: 4/3, 4/3 and 2).

    Raises
    ------
    DomainError
        ``"figure_unreadable"`` for a cell that is no figure.

    """
    notes = []
    if publication.printed_maximum != grid.maximum:
        notes.append(
            Note(
                "printed_maximum",
                {
                    "printed": publication.printed_maximum,
                    "formula": grid.maximum,
                    "header": publication.headers["total"],
                },
            )
        )
    for code, printed in publication.printed_mean.items():
        cells = [row.printed[code] for row in publication.rows]
        mean = _mean([parse_printed(cell) for cell in cells])
        doubt = _mean([_half_unit(cell) for cell in cells]) + _half_unit(printed)
        if abs(parse_printed(printed) - mean) > doubt:
            notes.append(
                Note(
                    "printed_mean",
                    {
                        "code": code,
                        "column": publication.headers[code],
                        "printed": printed,
                        "expected": round_like(mean, printed),
                    },
                )
            )
    return tuple(notes)


def _decimals(printed: str) -> int:
    return len(printed.strip().partition(",")[2])


def _half_unit(printed: str) -> Fraction:
    """Return half a unit of the last printed decimal: how far the value behind a figure may lie."""
    return Fraction(1, 2 * 10 ** _decimals(printed))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)
