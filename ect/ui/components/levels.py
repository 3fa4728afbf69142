"""The three descriptors of a criterion, readable side by side before one is chosen."""

from __future__ import annotations

from html import escape

import streamlit as st

from ect.domain.grid import Criterion


def levels_html(criterion: Criterion, language: str) -> str:
    """Return the list of descriptors; texts are escaped."""
    items = (
        f"<li><b>{level.value}</b>{escape(level.descriptor.read(language))}</li>"
        for level in criterion.levels
    )
    return f'<ul class="ect-levels">{"".join(items)}</ul>'


def show_levels(criterion: Criterion, language: str) -> None:
    """Show the descriptors of an ECT criterion; nothing for a criterion that has none."""
    if criterion.levels:
        st.html(levels_html(criterion, language))
