"""Stacked bars: what each column of the table brings to each terrain's total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa

from ect.charts.ready import ReadyChart, arrow
from ect.charts.theme import FIT, TEXT_SIZE

BAR_HEIGHT = 52


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar: whose bar, which part, how long, in which group, and its tooltip."""

    bar: str
    part: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class BarsLook:
    """What stacked bars look like: the bars top down, the parts left to right with their colours."""

    bars: tuple[str, ...]
    parts: tuple[str, ...]
    colours: tuple[str, ...]
    maximum: float
    title: str
    description: str
    legend_columns: int = 3


PIECE = {
    "bar": pa.string(),
    "part": pa.string(),
    "value": pa.float64(),
    "text": pa.string(),
    "order": pa.int32(),
}


def bars(look: BarsLook, pieces: Sequence[Piece]) -> ReadyChart:
    """Return stacked bars of the pieces."""
    order = {part: index for index, part in enumerate(look.parts)}
    rows = [
        {"bar": p.bar, "part": p.part, "value": p.value, "text": p.text, "order": order[p.part]}
        for p in pieces
    ]
    return ReadyChart(spec=_spec(look), datasets={"pieces": arrow(rows, PIECE)})


@cache
def _spec(look: BarsLook) -> dict[str, Any]:
    chart = (
        alt.Chart(alt.NamedData("pieces"))
        .mark_bar(stroke="white", strokeWidth=1, aria=False)
        .encode(
            y=alt.Y(
                "bar:N",
                sort=None,
                scale=alt.Scale(domain=list(look.bars)),
                axis=alt.Axis(title=None, labelFontSize=TEXT_SIZE, labelLimit=190, ticks=False, domain=False),
            ),
            x=alt.X(
                "value:Q",
                stack="zero",
                scale=alt.Scale(domain=[0, look.maximum], nice=False),
                axis=alt.Axis(title=look.title, tickCount=6, format="d"),
            ),
            color=alt.Color(
                "part:N",
                sort=None,
                scale=alt.Scale(domain=list(look.parts), range=list(look.colours)),
                legend=alt.Legend(orient="bottom", title=None, columns=look.legend_columns, labelLimit=240),
            ),
            order=alt.Order("order:Q"),
            tooltip=alt.Tooltip("text:N", title=" "),
        )
        .properties(height=BAR_HEIGHT * len(look.bars), width="container", description=look.description)
    )
    return {**chart.to_dict(), "autosize": FIT}
