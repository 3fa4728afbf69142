"""A heat map of shares: rows by columns, each cell with its figure written in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa

from ect.charts.ready import ReadyChart, arrow
from ect.charts.theme import FIT, TEXT_SIZE

ROW_HEIGHT = 40
# Above this share a cell is dark, and its figure is written in white.
DARK = 0.5


@dataclass(frozen=True, slots=True)
class Heat:
    """A cell: its row, its column, its share (0..1), its figure and its tooltip."""

    row: str
    column: str
    share: float
    figure: str
    text: str


@dataclass(frozen=True, slots=True)
class HeatLook:
    """What a heat map looks like: its rows top down and its columns left to right."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    title: str
    description: str
    label_width: int = 190


CELL = {
    "row": pa.string(),
    "column": pa.string(),
    "share": pa.float64(),
    "figure": pa.string(),
    "text": pa.string(),
}


def heat(look: HeatLook, cells: Sequence[Heat]) -> ReadyChart:
    """Return the heat map: the darker, the nearer to 100 %."""
    rows = [{name: getattr(cell, name) for name in CELL} for cell in cells]
    return ReadyChart(spec=_spec(look), datasets={"cells": arrow(rows, CELL)})


@cache
def _spec(look: HeatLook) -> dict[str, Any]:
    y = alt.Y(
        "row:N",
        sort=None,
        scale=alt.Scale(domain=list(look.rows)),
        axis=alt.Axis(
            title=None, domain=False, ticks=False, labelLimit=look.label_width, labelFontSize=TEXT_SIZE
        ),
    )
    x = alt.X(
        "column:N",
        sort=None,
        scale=alt.Scale(domain=list(look.columns)),
        axis=alt.Axis(
            title=look.title, orient="top", domain=False, ticks=False, labelAngle=0, labelFontSize=TEXT_SIZE
        ),
    )
    base = alt.Chart(alt.NamedData("cells"))
    tiles = base.mark_rect(stroke="white", strokeWidth=1, aria=False).encode(
        y=y,
        x=x,
        color=alt.Color("share:Q", scale=alt.Scale(domain=[0, 1], range=["#EEF3F7", "#0B4A75"]), legend=None),
        tooltip=alt.Tooltip("text:N", title=" "),
    )
    figures = base.mark_text(fontSize=TEXT_SIZE, aria=False).encode(
        y=y,
        x=x,
        text="figure:N",
        color=alt.condition(f"datum.share > {DARK}", alt.value("#FFFFFF"), alt.value("#1F2421")),
    )
    chart = alt.layer(tiles, figures).properties(
        height=ROW_HEIGHT * len(look.rows), width="container", description=look.description
    )
    return {**chart.to_dict(), "autosize": FIT}
