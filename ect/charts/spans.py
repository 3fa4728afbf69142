"""Bars from a common value to two ends (a tornado): what moves something, the longest on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa

from ect.charts.ready import ReadyChart, arrow
from ect.charts.theme import FIT, NEUTRAL, SERIES_COLOURS, TEXT_SIZE


@dataclass(frozen=True, slots=True)
class Span:
    """A bar: its label, where it starts, its two ends, and the tooltip of each half."""

    label: str
    start: float
    down: float
    up: float
    down_text: str
    up_text: str


@dataclass(frozen=True, slots=True)
class SpansLook:
    """What a tornado looks like: how many bars, what its halves are called, the title of its axis."""

    count: int
    halves: tuple[str, str]
    title: str
    description: str
    label_width: int = 230
    row_height: int = 34


PIECE = {
    "label": pa.string(),
    "half": pa.string(),
    "start": pa.float64(),
    "end": pa.float64(),
    "text": pa.string(),
    "order": pa.int32(),
}
MARK = {"at": pa.float64()}


def spans(look: SpansLook, bars: Sequence[Span]) -> ReadyChart:
    """Return a tornado; a rule stands at 0, where the two terrains are level."""
    rows = [
        {"label": bar.label, "half": half, "start": bar.start, "end": end, "text": text, "order": order}
        for order, bar in enumerate(bars)
        for half, end, text in (
            (look.halves[0], bar.down, bar.down_text),
            (look.halves[1], bar.up, bar.up_text),
        )
    ]
    return ReadyChart(
        spec=_spec(look), datasets={"pieces": arrow(rows, PIECE), "marks": arrow([{"at": 0.0}], MARK)}
    )


@cache
def _spec(look: SpansLook) -> dict[str, Any]:
    y = alt.Y(
        "label:N",
        sort=alt.EncodingSortField("order"),
        axis=alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            labelLimit=look.label_width,
            labelFontSize=TEXT_SIZE,
            labelOverlap=False,
            labelExpr="split(datum.label, '\\n')",
        ),
    )
    colour = alt.Color(
        "half:N",
        sort=None,
        scale=alt.Scale(domain=list(look.halves), range=list(SERIES_COLOURS[1::-1])),
        legend=alt.Legend(orient="bottom", title=None, columns=2, labelLimit=160),
    )
    pieces = (
        alt.Chart(alt.NamedData("pieces"))
        .mark_bar(height=14, aria=False)
        .encode(
            y=y,
            x=alt.X("start:Q", axis=alt.Axis(title=look.title, tickCount=6)),
            x2="end:Q",
            color=colour,
            tooltip=alt.Tooltip("text:N", title=" "),
        )
    )
    level = (
        alt.Chart(alt.NamedData("marks"))
        .mark_rule(stroke=NEUTRAL, strokeWidth=2, strokeDash=[4, 3], aria=False)
        .encode(x="at:Q")
    )
    chart = alt.layer(pieces, level).properties(
        height=look.row_height * look.count, width="container", description=look.description
    )
    return {**chart.to_dict(), "autosize": FIT}
