"""Charts as pictures, made here without a browser or a network: SVG and PNG."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

import pyarrow as pa

from ect.charts.ready import ReadyChart
from ect.charts.theme import FRENCH_NUMBERS, INK_ON_DARK, INK_ON_LIGHT

# Drawn the same on every machine: this family comes with the renderer, and its letters are as wide as
# those of the others, which a reader's machine has.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH, MARGIN, SCALE = 720, 12, 2.0
VERSION = "v6.1"
NUMBERED = re.compile(r"\b(clip|gradient_)(\d+)\b")


def svg(chart: ReadyChart, language: str, title: str = "") -> str:
    """Draw a chart as SVG; its title and its description are in it, for who does not see it.

    The same chart gives the same text.
    """
    from vl_convert import vegalite_to_svg

    drawn = vegalite_to_svg(_complete(chart), vl_version=VERSION, format_locale=_locale(language))
    return _described(_renumbered(drawn), title, str(chart.spec.get("description", "")), language)


def png(chart: ReadyChart, language: str, title: str = "") -> bytes:
    """Draw a chart as PNG, at twice the size of the screen's."""
    from vl_convert import svg_to_png

    drawn: bytes = svg_to_png(svg(chart, language, title), scale=SCALE)
    return drawn


def inline(datasets: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """Turn Arrow streams into rows a spec can hold."""
    return {name: pa.ipc.open_stream(stream).read_all().to_pylist() for name, stream in datasets.items()}


def _complete(chart: ReadyChart) -> dict[str, Any]:
    """Return a spec that needs nothing else: data inside, ink on white, a width of its own."""
    words = {"labelColor": INK_ON_LIGHT, "titleColor": INK_ON_LIGHT}
    config = {
        **chart.spec.get("config", {}),
        "font": FONT,
        "axis": words,
        "legend": words,
        "background": "white",
        "padding": MARGIN,
    }
    spec = {**chart.spec, "config": config, "datasets": inline(dict(chart.datasets))}
    if spec.get("width") == "container":
        spec["width"] = WIDTH
    # Words that were to stand on a dark page would be lost on white.
    light: dict[str, Any] = json.loads(json.dumps(spec).replace(INK_ON_DARK, INK_ON_LIGHT))
    return light


def _locale(language: str) -> dict[str, Any] | None:
    return FRENCH_NUMBERS if language == "fr" else None


def _renumbered(drawn: str) -> str:
    """Count clips and gradients from 0: the renderer goes on counting from one picture to the next."""
    numbers: dict[str, int] = {}
    return NUMBERED.sub(lambda m: f"{m[1]}{numbers.setdefault(m[0], len(numbers))}", drawn)


def _described(drawn: str, title: str, description: str, language: str) -> str:
    words = f"<title>{escape(title or description)}</title><desc>{escape(description)}</desc>"
    return re.sub(
        r"<svg ([^>]*)>",
        rf'<svg role="img" lang="{language}" \1>' + words.replace("\\", r"\\"),
        drawn,
        count=1,
    )
