"""What the page draws by itself while a slider moves: Streamlit components with scripts of ours, in no frame.

Components are registered from a folder, as an installed package's are: a script given inline would be run
from a ``blob:`` address, which our pages do not allow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

from ect.charts.radar import LABEL_RADIUS, RadarLook, place
from ect.charts.theme import NEUTRAL, SERIES_COLOURS, SERIES_DASHES, SERIES_SHAPES

STATIC = Path(__file__).parents[1] / "static"
SCRIPTS = ("what_if", "profile")
PACKAGE = "ect"
MANIFEST = ComponentManifest(PACKAGE, "1", [ComponentConfig(script, "live") for script in SCRIPTS])


def mount(script: str, key: str, data: Mapping[str, Any]) -> None:
    """Give data to a script of ``static/live``; it travels when it changes."""
    manager, name = get_bidi_component_manager(), f"{PACKAGE}.{script}"
    if manager.get_component_asset_root(name) is None:
        manager.register_from_manifest(MANIFEST, STATIC)
    _component(name, f"{script}.js")(key=key, data=data)


@cache
def _component(name: str, script: str) -> ComponentRenderer:
    return st.components.v2.component(name, js=script, isolate_styles=False)


def holder(key: str) -> str:
    """Return the class Streamlit gives to what holds a widget: by it a script knows a slider."""
    return "st-key-" + re.sub(r"[^\w-]", "-", key, flags=re.ASCII)


def radar_model(look: RadarLook, count: int) -> dict[str, Any]:
    """Return what ``static/live/radar.js`` draws up to ``count`` series in."""
    places = [place(axis, len(look.axes), 1.0) for axis in range(len(look.axes))]
    styles = list(zip(SERIES_COLOURS, SERIES_DASHES, SERIES_SHAPES, strict=True))[:count]
    return {
        "axes": [
            {"lines": label.split("\n"), "x": x, "y": y}
            for label, (x, y) in zip(look.axes, places, strict=True)
        ],
        "styles": [
            {"colour": colour, "dash": " ".join(map(str, dash)), "shape": shape}
            for colour, dash, shape in styles
        ],
        "width": look.width,
        "height": look.height,
        "unit": look.pixels_a_unit,
        "size": look.label_size,
        "labels": LABEL_RADIUS,
        "description": look.description,
        "neutral": NEUTRAL,
    }
