"""Puts a ready chart on a page: same key, same spec, so that only its data travels."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

from ect.charts.ready import ReadyChart
from ect.ui.context import ink, language
from ect.ui.feedback import plain

# How an axis writes its figures; what a sentence says is written by the speaker.
FRENCH_NUMBERS = {
    "decimal": ",",
    "thousands": "\N{NARROW NO-BREAK SPACE}",
    "grouping": [3],
    "currency": ["", "\N{NO-BREAK SPACE}€"],
    "percent": "\N{NO-BREAK SPACE}%",
}


def show_chart(
    chart: ReadyChart,
    key: str,
    sentence: str = "",
    width: Literal["content", "stretch"] = "stretch",
) -> None:
    """Show a chart, with the sentence that says in words what it shows."""
    st.vega_lite_chart(None, {**chart.payload, "config": _config(chart)}, key=key, width=width)
    if sentence:
        st.caption(plain(sentence))


def _config(chart: ReadyChart) -> dict[str, Any]:
    """Return the chart's settings, its words in the page's ink: Streamlit's grey is too pale a wall."""
    words = {"labelColor": ink(), "titleColor": ink()}
    config = {**chart.spec.get("config", {}), "axis": words, "legend": words}
    if language() == "fr":
        config["locale"] = {"number": FRENCH_NUMBERS}
    return config
