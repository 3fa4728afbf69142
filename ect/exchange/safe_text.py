"""Texts that no spreadsheet takes for a formula, and that every file format can hold."""

from __future__ import annotations

import re

# What starts a formula in a spreadsheet, in full width too.
STARTERS = "=+-@\uff1d\uff0b\uff0d\uff20"
# What a spreadsheet may skip before it looks: spaces of any kind, and signs that are not seen.
BEFORE = r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]*"
LIVE = re.compile(f"{BEFORE}[{re.escape(STARTERS)}]")
QUOTED = re.compile(f"'+{BEFORE}[{re.escape(STARTERS)}]")
# Control characters but the tab and the end of a line; halves of surrogates; what XML forbids.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LINES = re.compile(r"\r\n?|[\u2028\u2029]")


def clean(text: str) -> str:
    """Strip control characters; a line ends with a line feed, a tab becomes a space."""
    return CONTROLS.sub("", LINES.sub("\n", text).replace("\t", " "))


def starts_formula(text: str) -> bool:
    """Tell whether a spreadsheet that is given this text might compute it."""
    return LIVE.match(text) is not None


def inert(text: str) -> str:
    """Return a text a spreadsheet shows and never computes: an apostrophe stands before what could.

    :func:`restored` takes it back: a text that had one already gets another.
    """
    cleaned = clean(text)
    return f"'{cleaned}" if LIVE.match(cleaned) or QUOTED.match(cleaned) else cleaned


def restored(text: str) -> str:
    """Take back the apostrophe that :func:`inert` put."""
    return text[1:] if QUOTED.match(text) else text
