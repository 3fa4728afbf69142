"""Work that takes time: a bar while it lasts, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from ect.ui.context import t

Progress = Callable[[int, int], None]
Made = TypeVar("Made")


def with_bar(
    key: str,
    starting: str,
    words: Callable[[int, int], str],
    work: Callable[[Progress], Made],
    on_stop: Callable[[], None] | None = None,
) -> Made:
    """Do a piece of work that tells how far it is, ``(done, wanted)``, and show it.

    Stopping ends this run of the page where the work next tells how far it is: a transaction it is in is
    undone. ``key`` is the stop button's.
    """
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, starting)
        # Any click ends this run, and the work with it.
        st.button(t("Stop"), icon=":material/stop:", key=key, on_click=on_stop)
    made = work(lambda done, wanted: _tell(bar, words(done, wanted), done, wanted))
    place.empty()
    return made


def _tell(bar: st.delta_generator.DeltaGenerator, words: str, done: int, wanted: int) -> None:
    bar.progress(done / wanted if wanted else 1.0, words)
