"""What a document says, whatever the format: finished texts and figures, in order.

Writers (PDF, DOCX, PPTX) read these values and nothing else, so that one content gives them all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar


class Align(StrEnum):
    """Where the texts of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Tone(StrEnum):
    """How a callout speaks: what to remember, what to know, what to beware of."""

    KEY = "key"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; no level is passed over."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """A sentence that stands out."""

    text: str
    tone: Tone = Tone.NOTE


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they are: a small table whose first column names."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, where its texts stand, and its share of the width (0: what it takes)."""

    label: str
    align: Align = Align.LEFT
    share: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the header is repeated on every page.

    ``strong`` numbers the rows that stand out; ``row_height`` (millimetres) leaves room to write.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: frozenset[int] = frozenset()
    row_height: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """The values of one name, one for each axis or part; ``None`` where it is unknown."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """Names on axes from 0 to 2; ``alt`` says in words what the picture shows."""

    title: str
    axes: tuple[str, ...]
    lines: tuple[Line, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars from 0 to ``maximum``: a line a bar, a value a part, with the parts' colours."""

    title: str
    parts: tuple[str, ...]
    lines: tuple[Line, ...]
    maximum: float
    unit: str
    alt: str


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to be filled in by hand, each after its label."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Paragraph | Callout | Bullets | Facts | Table | Radar | Bars | Blanks | PageBreak


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose document it is: at its head and at its foot; ``logo`` is a PNG picture."""

    organisation: str = ""
    footer: str = ""
    logo: bytes | None = None
    logo_alt: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document. ``name`` is its file's, without the ending; ``date`` is that of what it says."""

    name: str
    title: str
    subtitle: str
    language: str
    letterhead: Letterhead
    date: datetime
    blocks: tuple[Block, ...]
    foot: str = ""
    keywords: tuple[str, ...] = ()


Made = TypeVar("Made")
NOTHING = "–"


def with_texts(value: Made, change: Callable[[str], str]) -> Made:
    """Return a value of this module with every text in it changed."""
    changed: Any = _with_texts(value, change)
    return changed  # type: ignore[no-any-return]


def _with_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_with_texts(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _with_texts(getattr(value, f.name), change) for f in fields(value)})
    return value


def finished(document: Document) -> Document:
    """Return a document with every text clean, and a dash where a heading or a picture has no words.

    A format may refuse a heading or a picture that says nothing.
    """
    kept = with_texts(document, clean)
    return replace(
        kept,
        title=_words(kept.title),
        letterhead=replace(kept.letterhead, logo_alt=_words(kept.letterhead.logo_alt)),
        blocks=tuple(_told(block) for block in kept.blocks),
    )


def _told(block: Block) -> Block:
    if isinstance(block, Heading):
        return replace(block, text=_words(block.text))
    if isinstance(block, Radar | Bars):
        return replace(block, alt=_words(block.alt))
    return block


def _words(text: str) -> str:
    return text if text.strip() else NOTHING


# What turns the direction of the words around it, or hides: a name could make a page say otherwise.
HIDDEN = {*"\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}\N{POP DIRECTIONAL FORMATTING}"}
HIDDEN |= {*"\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH NO-BREAK SPACE}"}
HIDDEN |= {*"\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}"}
HIDDEN |= {*"\N{POP DIRECTIONAL ISOLATE}\N{OBJECT REPLACEMENT CHARACTER}"}
BREAKS = str.maketrans(
    {"\r": "\n", "\t": " ", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)


def clean(text: str) -> str:
    """Return a text every format can hold: no control sign, nothing hidden, composed letters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(BREAKS)
    if text.isascii() and text.isprintable():
        return text
    return "".join(one for one in text if one == "\n" or not _unwanted(one))


def _unwanted(one: str) -> bool:
    kind = unicodedata.category(one)
    # Cc: controls, Cs: halves of a pair, Cn: no character (or not yet), Co: nobody knows which.
    return one in HIDDEN or kind in {"Cc", "Cs", "Co"} or (kind == "Cn" and _no_character(one))


def _no_character(one: str) -> bool:
    return (ord(one) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(one) <= 0xFDEF
