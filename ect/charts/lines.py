"""Straight lines from 0 to 100 %: totals as one weight goes from nothing to everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa

from ect.charts.ready import ReadyChart, arrow
from ect.charts.theme import FIT, NEUTRAL, SERIES_COLOURS, SERIES_DASHES, TEXT_SIZE


@dataclass(frozen=True, slots=True)
class Walked:
    """A line: its label, its values at 0 and at 100 %."""

    label: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """A place where lines meet: the share (0..1), the value, the words of its tooltip."""

    share: float
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class LinesLook:
    """What the lines look like, apart from their data."""

    series: tuple[str, ...]
    titles: tuple[str, str]
    maximum: float
    description: str
    height: int = 320
    legend_columns: int = 2


POINT = {"series": pa.string(), "share": pa.float64(), "value": pa.float64()}
MEETING = {"share": pa.float64(), "value": pa.float64(), "text": pa.string()}
MARK = {"share": pa.float64()}


def lines(look: LinesLook, walked: Sequence[Walked], meetings: Sequence[Meeting], now: float) -> ReadyChart:
    """Return the lines, a ring where two meet, and a rule at the present share."""
    points = [
        {"series": line.label, "share": share, "value": value}
        for line in walked
        for share, value in ((0.0, line.start), (1.0, line.end))
    ]
    rings = [{"share": m.share, "value": m.value, "text": m.text} for m in meetings]
    return ReadyChart(
        spec=_spec(look),
        datasets={
            "points": arrow(points, POINT),
            "meetings": arrow(rings, MEETING),
            "present": arrow([{"share": now}], MARK),
        },
    )


@cache
def _spec(look: LinesLook) -> dict[str, Any]:
    across, up = look.titles
    x = alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(title=across, format="%", tickCount=5, labelFontSize=TEXT_SIZE),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0, look.maximum], nice=False),
        axis=alt.Axis(title=up, tickCount=5, labelFontSize=TEXT_SIZE),
    )
    names, size = list(look.series), len(look.series)
    legend = alt.Legend(orient="bottom", title=None, columns=look.legend_columns, labelLimit=260)
    drawn = (
        alt.Chart(alt.NamedData("points"))
        .mark_line(strokeWidth=2.5, aria=False)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "series:N", scale=alt.Scale(domain=names, range=list(SERIES_COLOURS[:size])), legend=legend
            ),
            strokeDash=alt.StrokeDash(
                "series:N",
                scale=alt.Scale(domain=names, range=[list(dash) for dash in SERIES_DASHES[:size]]),
                legend=legend,
            ),
        )
    )
    present = (
        alt.Chart(alt.NamedData("present"))
        .mark_rule(stroke=NEUTRAL, strokeWidth=2, strokeDash=[4, 3], aria=False)
        .encode(x="share:Q")
    )
    rings = (
        alt.Chart(alt.NamedData("meetings"))
        .mark_point(size=110, strokeWidth=2, stroke=NEUTRAL, aria=False)
        .encode(x="share:Q", y="value:Q", tooltip=alt.Tooltip("text:N", title=" "))
    )
    chart = alt.layer(present, drawn, rings).properties(
        height=look.height, width="container", description=look.description
    )
    return {**chart.to_dict(), "autosize": FIT}
