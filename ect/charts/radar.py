"""The radar: one closed line per terrain on 0..2, with what is unknown left open.

Vega-Lite has no radar, so the places are computed here. The order of the axes is fixed (area depends
on it, which is why a dot plot of the same data always stands beside a radar).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import cos, pi, sin
from typing import Any, Literal

import altair as alt
import pyarrow as pa

from ect.charts.ready import ReadyChart, arrow
from ect.charts.theme import (
    INK_ON_LIGHT,
    NEUTRAL,
    SERIES_COLOURS,
    SERIES_DASHES,
    SERIES_SHAPES,
    TEXT_SIZE,
)

TOP = 2.0
LABEL_RADIUS = 2.16
NARROW = 400
LINE_HEIGHT = 14
LABEL_HEIGHT = 3 * LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class Series:
    """A terrain on a radar: its label, a value (0..2) or ``None`` per axis, and tooltips' texts."""

    label: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RadarLook:
    """What a radar looks like, apart from its data; specs are cached by it.

    ``axes`` are finished labels, with line breaks where they should break; ``width`` is the whole
    width in pixels, of which ``label_room`` is kept for labels on either side.
    """

    axes: tuple[str, ...]
    series: tuple[str, ...]
    description: str
    width: int = 440
    label_room: int = 110
    ink: str = INK_ON_LIGHT

    @property
    def pixels_a_unit(self) -> float:
        """How many pixels one level takes, the same across and up: a radar stays round."""
        return (self.width - 2 * self.label_room) / (2 * TOP)

    @property
    def label_size(self) -> int:
        """The size of the labels in pixels: many axes need smaller ones."""
        return TEXT_SIZE - (2 if len(self.axes) > 8 else 0)

    @property
    def half_height(self) -> float:
        """How many levels there is room for above the centre, its label included."""
        return LABEL_RADIUS + LABEL_HEIGHT / self.pixels_a_unit

    @property
    def height(self) -> int:
        """The height in pixels, without the legend."""
        return round(2 * self.half_height * self.pixels_a_unit)


def radar(look: RadarLook, series: Sequence[Series]) -> ReadyChart:
    """Return a radar of the series, in the order of ``look.series``."""
    return ReadyChart(
        spec=_spec(look),
        datasets={"lines": arrow(_lines(series), LINE), "points": arrow(_points(series), POINT)},
    )


LINE = {
    "series": pa.string(),
    "run": pa.string(),
    "order": pa.int32(),
    "x": pa.float64(),
    "y": pa.float64(),
}
POINT = {"series": pa.string(), "text": pa.string(), "x": pa.float64(), "y": pa.float64()}


def place(axis: int, count: int, radius: float) -> tuple[float, float]:
    """Return where ``radius`` lies on an axis; the first axis points up, the others go clockwise."""
    angle = 2 * pi * axis / count
    return round(radius * sin(angle), 4), round(radius * cos(angle), 4)


def runs(values: Sequence[float | None]) -> list[list[int]]:
    """Return the axes to join: one closed loop if all are known, else each unbroken stretch.

    A stretch may pass over the first axis: the order is circular.
    """
    count = len(values)
    unknown = [axis for axis, value in enumerate(values) if value is None]
    if not unknown:
        return [[*range(count), 0]]
    start = unknown[0] + 1
    turned = [(start + step) % count for step in range(count)]
    groups = groupby(turned, key=lambda axis: values[axis] is not None)
    return [list(axes) for known, axes in groups if known]


def _lines(series: Sequence[Series]) -> list[dict[str, Any]]:
    rows = []
    for one in series:
        for number, run in enumerate(runs(one.values)):
            for order, axis in enumerate(run):
                x, y = place(axis, len(one.values), one.values[axis] or 0.0)
                rows.append(
                    {"series": one.label, "run": f"{one.label}/{number}", "order": order} | {"x": x, "y": y}
                )
    return rows


def _points(series: Sequence[Series]) -> list[dict[str, Any]]:
    rows = []
    for one in series:
        for axis, (value, text) in enumerate(zip(one.values, one.texts, strict=True)):
            if value is not None:
                x, y = place(axis, len(one.values), value)
                rows.append({"series": one.label, "text": text, "x": x, "y": y})
    return rows


@cache
def _spec(look: RadarLook) -> dict[str, Any]:
    half_width = look.width / 2 / look.pixels_a_unit
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-half_width, half_width], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-look.half_height, look.half_height], nice=False))
    chart = (
        alt.layer(*_scaffold(look, x, y), *_marks(look, x, y))
        .properties(
            width=look.width,
            height=look.height,
            description=look.description,
        )
        .configure_view(stroke=None)
    )
    return {**chart.to_dict(), "autosize": {"type": "pad"}}


def _rows(values: list[dict[str, Any]]) -> dict[str, Any]:
    """Return rows that never change, as they stand in the spec."""
    return {"values": values}


def _scaffold(look: RadarLook, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    count = len(look.axes)
    rings = [
        {
            "ring": ring,
            "order": step,
            "x": place(step, count, ring)[0],
            "y": place(step, count, ring)[1],
        }
        for ring in (1.0, TOP)
        for step in range(count + 1)
    ]
    spokes = [
        {
            "axis": axis,
            "x": 0.0,
            "y": 0.0,
            "x2": place(axis, count, TOP)[0],
            "y2": place(axis, count, TOP)[1],
        }
        for axis in range(count)
    ]
    levels = [{"x": 0.04, "y": ring, "text": str(int(ring))} for ring in (1.0, TOP)]
    layers = [
        alt.Chart(_rows(rings))
        .mark_line(stroke=NEUTRAL, strokeWidth=1, opacity=0.5, aria=False)
        .encode(x=x, y=y, detail="ring:N", order="order:Q"),
        alt.Chart(_rows(spokes))
        .mark_rule(stroke=NEUTRAL, strokeWidth=1, opacity=0.3, aria=False)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q"),
        alt.Chart(_rows(levels))
        .mark_text(color=NEUTRAL, align="left", dy=8, fontSize=11, aria=False)
        .encode(x=x, y=y, text="text:N"),
    ]
    return layers + [_label(look, axis, label, x, y) for axis, label in enumerate(look.axes)]


def _label(look: RadarLook, axis: int, label: str, x: alt.X, y: alt.Y) -> alt.Chart:
    at_x, at_y = place(axis, len(look.axes), LABEL_RADIUS)
    side: Literal["center", "left", "right"] = (
        "center" if abs(at_x) < 0.3 else "left" if at_x > 0 else "right"
    )
    lines = label.split("\n")
    up = (len(lines) - 1) * LINE_HEIGHT * (0.5 if abs(at_y) < LABEL_RADIUS - 0.3 else float(at_y > 0))
    text: alt.Chart = (
        alt.Chart(_rows([{"x": at_x, "y": at_y, "lines": lines}]))
        .mark_text(
            align=side,
            baseline="middle",
            dy=-up,
            lineHeight=LINE_HEIGHT,
            fontSize=look.label_size,
            color=look.ink,
            aria=False,
        )
        .encode(x=x, y=y, text="lines:N")
    )
    return text


def _marks(look: RadarLook, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    many = len(look.series) > 1
    names, size = list(look.series), len(look.series)
    columns = 1 if look.width < NARROW else 2
    legend = (
        alt.Legend(orient="bottom", title=None, columns=columns, labelLimit=260, symbolStrokeWidth=0)
        if many
        else None
    )

    def scale(values: Sequence[Any]) -> alt.Scale:
        return alt.Scale(domain=names, range=list(values[:size]))

    colour = alt.Color("series:N", scale=scale(SERIES_COLOURS), legend=legend)
    dash = alt.StrokeDash("series:N", scale=scale(SERIES_DASHES), legend=legend)
    shape = alt.Shape("series:N", scale=scale(SERIES_SHAPES), legend=legend)
    lines = alt.Chart(alt.NamedData("lines"))
    fill: dict[str, Any] = {} if many else {"fill": SERIES_COLOURS[0], "fillOpacity": 0.12}
    return [
        lines.mark_line(strokeWidth=2.5, aria=False, **fill).encode(
            x=x, y=y, color=colour, strokeDash=dash, detail="run:N", order="order:Q"
        ),
        alt.Chart(alt.NamedData("points"))
        .mark_point(filled=True, size=70, opacity=1, aria=False)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=alt.Tooltip("text:N", title=" ")),
    ]
