"""Figures as spreadsheets hold them: read exactly, with the fraction a rounded one stands for."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.errors import DomainError

LENGTH = 40
DECIMAL = re.compile(r"([+-]?\d+)(?:[.,](\d+))?(?:[eE]([+-]?\d{1,2}))?", re.ASCII)
RATIO = re.compile(r"([+-]?\d{1,6})/(\d{1,6})", re.ASCII)
SPACES = dict.fromkeys(map(ord, " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\t"))
# Means over two, three or six people, or sub-questions, are what printed tables round.
ROUNDED, ROUNDED_DECIMALS = (3, 6), 2
# From so many decimals on, a figure was computed: it has one neighbour among fractions this simple.
COMPUTED_DECIMALS, SIMPLE, NEAR = 8, 600, Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was read: its exact value, and how many decimals were written.

    ``decimals`` is ``None`` for a ratio (``"4/3"``), which rounds nothing.
    """

    value: Fraction
    decimals: int | None

    @property
    def doubt(self) -> Fraction:
        """Half a unit of the last decimal: how far the value behind the figure may lie.

        Never less than a billionth, but for a ratio: spreadsheets compute in floating point.
        """
        return Fraction() if self.decimals is None else max(NEAR, Fraction(1, 2 * 10**self.decimals))


def read_figure(text: str) -> Figure:
    """Read ``"1,33"``, ``"1.33"``, ``"4/3"`` or ``"1E-05"``, spaces of any kind left out, exactly.

    Raises
    ------
    DomainError
        ``"figure_unreadable"`` for anything else, and for more than 40 characters.

    """
    bare = text.translate(SPACES)
    if len(bare) <= LENGTH:
        if found := DECIMAL.fullmatch(bare):
            whole, decimals, power = found.groups(default="")
            shift = int(power or 0)
            value = Fraction(int(whole + decimals)) * Fraction(10) ** (shift - len(decimals))
            return Figure(value, max(0, len(decimals) - shift))
        if (found := RATIO.fullmatch(bare)) and int(found[2]):
            return Figure(Fraction(int(found[1]), int(found[2])), None)
    raise DomainError("figure_unreadable", text=text)


def behind(figure: Figure) -> Fraction:
    """Return the fraction a figure stands for.

    A figure with two decimals or more that is what a third or a sixth rounds to is that fraction: 1,33
    is 4/3, 0,17 is 1/6. One with eight decimals or more, as spreadsheets compute them, is the fraction
    with a denominator of at most 600 that lies within a billionth of it, if there is one. Any other is
    what is written.
    """
    if figure.decimals is None or figure.decimals < ROUNDED_DECIMALS:
        return figure.value
    if figure.decimals >= COMPUTED_DECIMALS:
        simple = figure.value.limit_denominator(SIMPLE)
        return simple if abs(simple - figure.value) <= NEAR else figure.value
    for parts in ROUNDED:
        near = Fraction(math.floor(figure.value * parts + Fraction(1, 2)), parts)
        if abs(near - figure.value) <= figure.doubt:
            return near
    return figure.value
