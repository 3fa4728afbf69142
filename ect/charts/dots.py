"""The dot plot: the same values as a radar, on lines that can be read off and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa

from ect.charts.radar import Series
from ect.charts.ready import ReadyChart, arrow
from ect.charts.theme import FIT, NEUTRAL, SERIES_COLOURS, SERIES_SHAPES, TEXT_SIZE


@dataclass(frozen=True, slots=True)
class DotsLook:
    """What a dot plot looks like, apart from its data; specs are cached by it."""

    axes: tuple[str, ...]
    series: tuple[str, ...]
    description: str
    label_width: int = 190
    legend_columns: int = 2
    row_height: int = 46


DOT = {"axis": pa.string(), "series": pa.string(), "value": pa.float64(), "text": pa.string()}
RANGE = {"axis": pa.string(), "low": pa.float64(), "high": pa.float64()}


def dots(look: DotsLook, series: Sequence[Series]) -> ReadyChart:
    """Return a dot plot of the series: a line per axis, a dot per known value."""
    points = [
        {"axis": axis, "series": one.label, "value": value, "text": text}
        for one in series
        for axis, value, text in zip(look.axes, one.values, one.texts, strict=True)
        if value is not None
    ]
    ranges = []
    for index, axis in enumerate(look.axes):
        known = [one.values[index] for one in series if one.values[index] is not None]
        if len(known) > 1:
            ranges.append({"axis": axis, "low": min(known), "high": max(known)})  # type: ignore[type-var]
    return ReadyChart(
        spec=_spec(look), datasets={"points": arrow(points, DOT), "ranges": arrow(ranges, RANGE)}
    )


@cache
def _spec(look: DotsLook) -> dict[str, Any]:
    y = alt.Y(
        "axis:N",
        sort=None,
        scale=alt.Scale(domain=list(look.axes)),
        axis=alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            grid=True,
            labelLimit=look.label_width,
            labelFontSize=TEXT_SIZE,
            labelExpr="split(datum.label, '\\n')",
        ),
    )
    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=[0, 2], nice=False, padding=8),
        axis=alt.Axis(title=None, values=[0, 1, 2], format="d", labelFontSize=TEXT_SIZE),
    )
    names, size = list(look.series), len(look.series)
    legend = alt.Legend(orient="bottom", title=None, columns=look.legend_columns, labelLimit=260)
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=names, range=list(SERIES_COLOURS[:size])), legend=legend
    )
    shape = alt.Shape(
        "series:N", scale=alt.Scale(domain=names, range=list(SERIES_SHAPES[:size])), legend=legend
    )
    span = (
        alt.Chart(alt.NamedData("ranges"))
        .mark_rule(stroke=NEUTRAL, strokeWidth=2, opacity=0.6, aria=False)
        .encode(y=y, x=alt.X("low:Q"), x2="high:Q")
    )
    points = (
        alt.Chart(alt.NamedData("points"))
        .mark_point(filled=True, size=130, opacity=0.95, aria=False)
        .encode(y=y, x=x, color=colour, shape=shape, tooltip=alt.Tooltip("text:N", title=" "))
    )
    chart = alt.layer(span, points).properties(
        height=look.row_height * len(look.axes), width="container", description=look.description
    )
    return {**chart.to_dict(), "autosize": FIT}
