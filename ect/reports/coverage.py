"""Which characters our fonts can draw: read from the fonts themselves (table ``cmap``)."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
USUAL = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
OTHERWISE = "DejaVuSans.ttf"
WINDOWS = {1: 4, 10: 12}


@cache
def drawable() -> frozenset[int]:
    """Return the code points that the usual font draws, thin and bold, or the one that stands in for it."""
    thin, bold = (_covered((FONTS / name).read_bytes()) for name in USUAL)
    return frozenset(thin & bold | _covered((FONTS / OTHERWISE).read_bytes()))


def covered(text: str) -> str:
    """Return the text with what no font draws as its code point: ``[U+1F33F]``."""
    if text.isascii():
        return text
    known = drawable()
    return "".join(one if ord(one) in known or one == "\n" else f"[U+{ord(one):04X}]" for one in text)


def _covered(font: bytes) -> set[int]:
    """Read every Windows subtable of the table ``cmap``, of formats 4 and 12."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * number)
        if platform == 3 and encoding in WINDOWS:
            read = _short if WINDOWS[encoding] == 4 else _long
            found |= read(font, start + offset)
    return found


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _sum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(name)


def _short(font: bytes, at: int) -> set[int]:
    """Read segments of format 4; a segment's glyphs are at an offset, or a difference away."""
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    size = doubled // 2
    ends = struct.unpack_from(f">{size}H", font, at + 14)
    starts = struct.unpack_from(f">{size}H", font, at + 16 + doubled)
    shifts = struct.unpack_from(f">{size}H", font, at + 16 + 2 * doubled)
    offsets_at = at + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{size}H", font, offsets_at)
    found: set[int] = set()
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[place]:
                where = offsets_at + 2 * place + offsets[place] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, where)
            if (offsets[place] and glyph) or (not offsets[place] and (glyph + shifts[place]) & 0xFFFF):
                found.add(code)
    return found


def _long(font: bytes, at: int) -> set[int]:
    (groups,) = struct.unpack_from(">L", font, at + 12)
    found: set[int] = set()
    for number in range(groups):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * number)
        found.update(range(first, last + 1))
    return found
