"""What a table brings in, once it is read: plain values, and where each of them stood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from ect.domain.publication import Note
from ect.domain.rating import Rating
from ect.domain.text import folded

PSEUDONYM = re.compile(r"p ?0*(\d{1,4})", re.ASCII)


class Kind(StrEnum):
    """The kinds of table that can come in."""

    SCORES = "scores"
    RATINGS = "ratings"
    TERRAINS = "terrains"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the sheet, the row from 1, the column's letters and its header."""

    sheet: str
    row: int
    column: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a table out: where, what was found, and the code of what was expected."""

    place: Place
    found: str
    expected: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A terrain's line of a score table: exact values (0..2) by pillar or criterion; never empty."""

    place: Place
    terrain: str
    profile: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One participant's ratings of one terrain."""

    place: Place
    terrain: str
    participant: str
    ratings: tuple[Rating, ...]


@dataclass(frozen=True, slots=True)
class TerrainLine:
    """What a table says of one terrain: the fields of its record that are not blank.

    ``mirrors_of`` holds names or codes of terrains; ``frameworks`` the wordings by kind.
    """

    place: Place
    name: str
    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A table that was read without a mistake.

    Attributes
    ----------
    kind
        What it holds; only the lines of that kind are there.
    described
        Whether ratings say what they rest on, and comments: if not, those that are known stay.
    notes
        What does not add up in it, and what was read for what is written.
    grid
        The document of a version of the grid, for that kind.

    """

    kind: Kind
    scores: tuple[ScoreLine, ...] = ()
    ratings: tuple[RatingLine, ...] = ()
    described: bool = False
    terrains: tuple[TerrainLine, ...] = ()
    grid: Mapping[str, Any] | None = None
    notes: tuple[Note, ...] = ()


def typed_pseudonym(participant: str) -> str | None:
    """Return a pseudonym as it is kept (``"P01"`` for ``"p 1"``); ``None`` for what is a name."""
    found = PSEUDONYM.fullmatch(folded(participant))
    return f"P{int(found[1]):02}" if found else None
