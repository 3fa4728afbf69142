"""Charts of documents as SVG: the same lines, whatever the machine, and words that stay words.

Written by hand rather than through a renderer: a picture takes a millisecond, no font of the machine
comes in, and the PDF keeps it as vectors.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin

from ect.charts.radar import place, runs
from ect.charts.theme import INK_ON_LIGHT, NEUTRAL, PART_COLOURS, SERIES_COLOURS, SERIES_DASHES
from ect.reports.content import Bars, Line, Radar

FONT = "Liberation Sans, DejaVu Sans"
SIZE, SMALL, LINE_HEIGHT = 12, 10, 14
RADIUS, SIDE = 110, 150
WIDTH = 520
Mark = Callable[[int, float, float], str]
BAR, GAP, NAME = 20, 10, 190


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its SVG and its size in pixels."""

    svg: str
    width: float
    height: float


def drawing(chart: Radar | Bars) -> Drawing:
    """Draw a chart."""
    return _radar(chart) if isinstance(chart, Radar) else _bars(chart)


def _radar(chart: Radar) -> Drawing:
    count, scale = len(chart.axes), RADIUS / 2
    middle, top = WIDTH / 2, RADIUS + 3 * LINE_HEIGHT + 8
    parts = [*_rings(count, middle, top, scale), *_axis_labels(chart.axes, middle, top, scale)]
    for number, line in enumerate(chart.lines):
        parts += _line(number, line, middle, top, scale, filled=len(chart.lines) == 1)
    below = top + RADIUS + 3 * LINE_HEIGHT + 12
    legend, height = _legend([line.label for line in chart.lines], below, _series_mark)
    shown = len(chart.lines) > 1
    return _svg([*parts, *(legend if shown else [])], WIDTH, below + (height if shown else 0))


def _rings(count: int, x0: float, y0: float, scale: float) -> Iterator[str]:
    for ring in (1.0, 2.0):
        corners = [_at(place(axis, count, ring), x0, y0, scale) for axis in range(count)]
        yield f'<polygon points="{_points(corners)}" fill="none" stroke="{NEUTRAL}" stroke-width="0.8"/>'
    for axis in range(count):
        x, y = _at(place(axis, count, 2.0), x0, y0, scale)
        yield (
            f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x:.1f}" y2="{y:.1f}" stroke="{NEUTRAL}"'
            ' stroke-width="0.6" stroke-opacity="0.6"/>'
        )
    for ring in (1, 2):
        yield _text(str(ring), x0 + 3, y0 - ring * scale + 11, size=SMALL, colour="#5A5A5A")


def _axis_labels(axes: Sequence[str], x0: float, y0: float, scale: float) -> Iterator[str]:
    for axis, label in enumerate(axes):
        x, y = _at(place(axis, len(axes), 2.16), x0, y0, scale)
        lines = textwrap.wrap(label, 20) or [""]
        anchor = "middle" if abs(x - x0) < 0.3 * scale else "start" if x > x0 else "end"
        rise = (len(lines) - 1) * LINE_HEIGHT
        first = y - rise if y < y0 - scale else y if y > y0 + scale else y - rise / 2
        drop = 0 if y < y0 - scale else SIZE * 0.8 if y > y0 + scale else SIZE * 0.35
        for number, words in enumerate(lines):
            yield _text(words, x, first + drop + number * LINE_HEIGHT, anchor=anchor)


def _line(number: int, line: Line, x0: float, y0: float, scale: float, *, filled: bool) -> Iterator[str]:
    colour = SERIES_COLOURS[number % len(SERIES_COLOURS)]
    where = [
        _at(place(axis, len(line.values), value or 0.0), x0, y0, scale)
        for axis, value in enumerate(line.values)
    ]
    known = [value is not None for value in line.values]
    fill = f'fill="{colour}" fill-opacity="0.12"' if filled and all(known) else 'fill="none"'
    for run in runs(line.values):
        corners = _points([where[axis] for axis in run])
        yield f'<polyline points="{corners}" {fill} stroke="{colour}" stroke-width="2"{_dash(number)}/>'
    for axis, (x, y) in enumerate(where):
        if known[axis]:
            yield _mark(number, x, y, colour)


def _bars(chart: Bars) -> Drawing:
    room = WIDTH - NAME - 20
    parts, y = [], 8.0
    for line in chart.lines:
        words = textwrap.shorten(line.label, 34, placeholder="…")
        parts.append(_text(words, NAME - 8, y + BAR / 2 + SIZE * 0.35, anchor="end"))
        x = float(NAME)
        for number, value in enumerate(line.values):
            width = room * (value or 0) / chart.maximum
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{BAR}"'
                f' fill="{PART_COLOURS[number % len(PART_COLOURS)]}" stroke="white"/>'
            )
            x += width
        y += BAR + GAP
    parts += _scale(chart, y, room)
    below = y + 4 * LINE_HEIGHT
    legend, height = _legend(chart.parts, below, _part_mark)
    return _svg([*parts, *legend], WIDTH, below + height)


def _scale(chart: Bars, y: float, room: float) -> Iterator[str]:
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100) if chart.maximum / s <= 8)
    yield f'<line x1="{NAME}" y1="{y:.1f}" x2="{NAME + room}" y2="{y:.1f}" stroke="{NEUTRAL}"/>'
    for tick in range(0, int(chart.maximum) + 1, step):
        x = NAME + room * tick / chart.maximum
        yield f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{y + 4:.1f}" stroke="{NEUTRAL}"/>'
        yield _text(str(tick), x, y + 16, anchor="middle", size=SMALL)
    yield _text(chart.unit, NAME + room / 2, y + 2.4 * LINE_HEIGHT, anchor="middle", size=SMALL)


def _legend(labels: Sequence[str], y: float, draw: Mark) -> tuple[list[str], float]:
    parts: list[str] = []
    half = WIDTH / 2
    for number, label in enumerate(labels):
        x, at = 12 + half * (number % 2), y + (number // 2) * 18
        parts += [draw(number, x, at), _text(textwrap.shorten(label, 38, placeholder="…"), x + 34, at + 4)]
    return parts, 18.0 * ((len(labels) + 1) // 2) + 2


def _series_mark(number: int, x: float, y: float) -> str:
    colour = SERIES_COLOURS[number % len(SERIES_COLOURS)]
    line = (
        f'<line x1="{x}" y1="{y}" x2="{x + 28}" y2="{y}" stroke="{colour}" stroke-width="2"{_dash(number)}/>'
    )
    return line + _mark(number, x + 14, y, colour)


def _part_mark(number: int, x: float, y: float) -> str:
    colour = PART_COLOURS[number % len(PART_COLOURS)]
    return f'<rect x="{x + 12}" y="{y - 7}" width="14" height="14" fill="{colour}"/>'


def _mark(number: int, x: float, y: float, colour: str) -> str:
    """Return a circle, a square, or a polygon of as many corners as tells the line from the others."""
    if number % 6 == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    corners, turn = ((4, pi / 4), (3, 0.0), (4, 0.0), (3, pi), (6, 0.0))[number % 6 - 1]
    spots = [
        (x + 5 * sin(turn + 2 * pi * corner / corners), y - 5 * cos(turn + 2 * pi * corner / corners))
        for corner in range(corners)
    ]
    return f'<polygon points="{_points(spots)}" fill="{colour}"/>'


def _dash(number: int) -> str:
    dash = SERIES_DASHES[number % len(SERIES_DASHES)]
    return "" if dash == (1, 0) else f' stroke-dasharray="{" ".join(map(str, dash))}"'


def _at(spot: tuple[float, float], x0: float, y0: float, scale: float) -> tuple[float, float]:
    return x0 + spot[0] * scale, y0 - spot[1] * scale


def _points(spots: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)


def _text(
    words: str, x: float, y: float, anchor: str = "start", size: int = SIZE, colour: str = INK_ON_LIGHT
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{size}" fill="{colour}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def _svg(parts: Sequence[str], width: float, height: float) -> Drawing:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}">'
    )
    return Drawing(head + "".join(parts) + "</svg>", width, height)
