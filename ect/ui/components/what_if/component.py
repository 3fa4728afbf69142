"""The board of What if as a Streamlit component: scripts of ours, served by us, in no frame.

The component is registered from a folder, as an installed package's would be: an inline script would be
run from a ``blob:`` address, which our pages do not allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

from ect.ui import keys
from ect.ui.components.what_if.answer import Answer
from ect.ui.components.what_if.state import PAGE

STATIC = Path(__file__).parents[2] / "static"
MANIFEST = ComponentManifest("ect", "1", [ComponentConfig("what-if", "what_if")])
NAME = "ect.what-if"
MODEL, BOARD = keys.widget(PAGE, "model"), keys.widget(PAGE, "answer")


def give_model(model: Mapping[str, Any]) -> None:
    """Give the page what it answers from; it travels only when it changes."""
    _mount(MODEL, {"model": model})


def give_answer(answer: Answer, link: str, *, whole: bool) -> None:
    """Show the server's answer to the scenario of a link."""
    _mount(BOARD, {"told": {"answer": asdict(answer), "link": link, "all": whole}})


def _mount(key: str, data: dict[str, Any]) -> None:
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(NAME) is None:
        manager.register_from_manifest(MANIFEST, STATIC)
    _component()(key=key, data=data)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(NAME, js="board.js", isolate_styles=False)
