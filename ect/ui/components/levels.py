"""The three descriptors of a criterion, readable side by side before one is chosen."""

from __future__ import annotations

from fractions import Fraction
from html import escape

import streamlit as st

from ect.domain.grid import Criterion


def levels_html(criterion: Criterion, chosen: Fraction | None, language: str) -> str:
    """Return the list of descriptors, the chosen one marked; texts are escaped."""
    items = []
    for level in criterion.levels:
        mark = ' class="chosen" aria-current="true"' if chosen == level.value else ""
        text = escape(level.descriptor.read(language))
        items.append(f"<li{mark}><b>{level.value}</b>{text}</li>")
    return f'<ul class="ect-levels">{"".join(items)}</ul>'


def show_levels(criterion: Criterion, chosen: Fraction | None, language: str) -> None:
    """Show the descriptors of an ECT criterion; nothing for a criterion that has none."""
    if criterion.levels:
        st.html(levels_html(criterion, chosen, language))
