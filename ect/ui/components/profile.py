"""From scores to the series of radars and dot plots: labels, values and tooltips in one place."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from ect.charts.dots import DotsLook, dots
from ect.charts.radar import RadarLook, Series, radar
from ect.charts.ready import ReadyChart
from ect.charts.theme import INK_ON_LIGHT
from ect.domain.scoring import Score
from ect.i18n import Speaker
from ect.wording import criterion_numbers, numbered_labels, pillar_labels

__all__ = [
    "criterion_numbers",
    "numbered_labels",
    "pillar_labels",
    "profile_dots",
    "profile_look",
    "profile_radar",
    "series_of",
    "wrapped",
]

WRAP = 19


def wrapped(labels: Sequence[str], width: int = WRAP) -> tuple[str, ...]:
    """Break labels into lines a chart has room for."""
    return tuple("\n".join(textwrap.wrap(label, width)) for label in labels)


def series_of(scores: Mapping[str, Score], axes: Mapping[str, str], speaker: Speaker) -> list[Series]:
    """Return a series per scored name: its value on each axis (a code and its label)."""
    return [
        Series(
            label=name,
            values=tuple(_value(score, code) for code in axes),
            texts=tuple(
                speaker.pair(f"{name} · {label}", speaker.short(score.part(code).measure.value))
                for code, label in axes.items()
            ),
        )
        for name, score in scores.items()
    ]


def profile_look(
    names: Iterable[str],
    axes: Mapping[str, str],
    *,
    description: str,
    width: int = 440,
    label_room: int = 110,
    wrap: int = WRAP,
    ink: str = INK_ON_LIGHT,
) -> RadarLook:
    """Return what a radar of these names over some axes looks like."""
    labels = wrapped(tuple(axes.values()), wrap)
    return RadarLook(labels, tuple(names), description, width, label_room, ink)


def profile_radar(
    scores: Mapping[str, Score],
    axes: Mapping[str, str],
    speaker: Speaker,
    *,
    description: str,
    width: int = 440,
    label_room: int = 110,
    wrap: int = WRAP,
    ink: str = INK_ON_LIGHT,
) -> ReadyChart:
    """Return the radar of some scores over some axes."""
    look = profile_look(
        scores, axes, description=description, width=width, label_room=label_room, wrap=wrap, ink=ink
    )
    return radar(look, series_of(scores, axes, speaker))


def profile_dots(
    scores: Mapping[str, Score],
    axes: Mapping[str, str],
    speaker: Speaker,
    *,
    description: str,
    narrow: bool = False,
) -> ReadyChart:
    """Return the dot plot of some scores over some axes."""
    look = DotsLook(
        axes=wrapped(tuple(axes.values()), 28),
        series=tuple(scores),
        description=description,
        legend_columns=1 if narrow else 2,
    )
    return dots(look, series_of(scores, axes, speaker))


def _value(score: Score, code: str) -> float | None:
    value = score.part(code).measure.value
    return None if value is None else float(value)
