"""Puts a ready chart on a page: same key, same spec, so that only its data travels."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Literal

import streamlit as st

from ect.charts.ready import ReadyChart
from ect.charts.theme import FRENCH_NUMBERS
from ect.ui import keys
from ect.ui.context import ink, language, t
from ect.ui.downloads import File, keep, offer
from ect.ui.feedback import plain


def show_chart(
    chart: ReadyChart,
    key: str,
    sentence: str = "",
    width: Literal["content", "stretch"] = "stretch",
    picture: str = "",
) -> None:
    """Show a chart, with the sentence that says in words what it shows.

    ``picture`` names the file it can be saved as; without a name it cannot be.
    """
    st.vega_lite_chart(None, {**chart.payload, "config": _config(chart)}, key=key, width=width)
    if sentence:
        st.caption(plain(sentence))
    if picture:
        offer_picture(lambda: chart, key, picture, _digest(chart))


def offer_picture(chart: Callable[[], ReadyChart], key: str, name: str, data: str) -> None:
    """Offer a chart as a picture: drawn when it is asked for, never before.

    ``data`` tells what the chart shows: a picture of something else is offered no more.
    """
    st.button(
        t("Save the picture"),
        key=f"{key}:picture",
        type="tertiary",
        icon=":material/image:",
        on_click=_draw_picture,
        args=(chart, key, name, data),
    )
    made = st.session_state.get(keys.PICTURE)
    if made and made["key"] == key and made["data"] == data:
        left, right = st.columns(2)
        with left:
            offer(t("{name} as SVG", name=name), made["svg"])
        with right:
            offer(t("{name} as PNG", name=name), made["png"])


def _draw_picture(chart: Callable[[], ReadyChart], key: str, name: str, data: str) -> None:
    from ect.reports.pictures import png, svg

    ready = chart()
    drawn = svg(ready, language(), name).encode(), png(ready, language(), name)
    addresses = [
        keep(File(f"{name}.{kind}", media_type, content))
        for kind, media_type, content in zip(
            ("svg", "png"), ("image/svg+xml", "image/png"), drawn, strict=True
        )
    ]
    made = {"key": key, "data": data, "svg": addresses[0], "png": addresses[1]}
    st.session_state[keys.PICTURE] = made


def _digest(chart: ReadyChart) -> str:
    """Tell one chart's data from another's: a picture that was made is of the data of its moment."""
    digest = sha256(repr(sorted(chart.datasets.items())).encode())
    return digest.hexdigest()


def _config(chart: ReadyChart) -> dict[str, Any]:
    """Return the chart's settings, its words in the page's ink: Streamlit's grey is too pale a wall."""
    words = {"labelColor": ink(), "titleColor": ink()}
    config = {**chart.spec.get("config", {}), "axis": words, "legend": words}
    if language() == "fr":
        config["locale"] = {"number": FRENCH_NUMBERS}
    return config
