"""Colours and shapes: Okabe-Ito, each colour with a shape and a dash as its second code."""

from __future__ import annotations

# Okabe & Ito 2008, without the yellow (unreadable as a line) and with black as a mid grey, which
# stands out on a light page and on a dark one.
SERIES_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#8A8A8A")
SERIES_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
SERIES_DASHES = ((1, 0), (8, 3), (2, 3), (8, 3, 2, 3), (5, 2), (1, 3))
NEUTRAL = "#8A8A8A"
INK_ON_LIGHT, INK_ON_DARK = "#1F2421", "#E8E6E1"
TEXT_SIZE = 13

# One colour a pillar, in the order of the grid, and one for the selection criteria.
PART_COLOURS = ("#0072B2", "#009E73", "#D55E00", "#CC79A7", "#8A8A8A")

# As wide as the page gives, as high as the content asks.
FIT = {"type": "fit-x", "contains": "padding"}

# How an axis writes its figures; what a sentence says is written by the speaker.
FRENCH_NUMBERS = {
    "decimal": ",",
    "thousands": "\N{NARROW NO-BREAK SPACE}",
    "grouping": [3],
    "currency": ["", "\N{NO-BREAK SPACE}€"],
    "percent": "\N{NO-BREAK SPACE}%",
}
