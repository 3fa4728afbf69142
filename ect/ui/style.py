"""The few rules of style Streamlit's theme has no setting for: one constant sheet, no data in it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

SHEET = Path(__file__).parent / "static" / "ect.css"


def apply_style() -> None:
    """Put the sheet on the page."""
    st.html(SHEET)
