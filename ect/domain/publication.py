"""A published score table, and what does not add up in it: reported, never silently mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.text import Text


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
    """A published table: its rows, its printed mean row, and the maximum its header claims."""

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


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say beside a table: a code, and the values its sentence needs."""

    code: str
    values: Mapping[str, str | int]


def parse_printed(text: str) -> Fraction:
    """Read a printed figure with a decimal comma; ``DomainError("figure_unreadable")`` otherwise."""
    try:
        return Fraction(text.strip().replace(",", "."))
    except ValueError:
        raise DomainError("figure_unreadable", text=text) from None


def round_like(value: Fraction, printed: str) -> str:
    """Round half up to as many decimals as ``printed`` shows, with a decimal comma."""
    _, _, decimals = printed.strip().partition(",")
    scaled = value * 10 ** len(decimals)
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    if not decimals:
        return str(units)
    sign, digits = "-" if units < 0 else "", str(abs(units)).zfill(len(decimals) + 1)
    return f"{sign}{digits[: -len(decimals)]},{digits[-len(decimals) :]}"


def anomalies(publication: Publication, grid: Grid) -> tuple[Note, ...]:
    """Check a published table against the grid's formula and its own figures.

    Returns
    -------
    tuple of Note
        ``"printed_maximum"`` if the header's maximum is not the formula's, ``"printed_mean"`` for
        each column whose printed mean is not the mean of its printed values.
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
        values = [parse_printed(row.printed[code]) for row in publication.rows]
        expected = round_like(sum(values, Fraction()) / len(values), printed)
        if expected != printed:
            notes.append(
                Note(
                    "printed_mean",
                    {
                        "code": code,
                        "column": publication.headers[code],
                        "printed": printed,
                        "expected": expected,
                    },
                )
            )
    return tuple(notes)
