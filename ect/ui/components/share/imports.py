"""Imports: a table in, whole or not at all, and out again."""

from __future__ import annotations

import streamlit as st

from ect.services.reference import current_grid
from ect.ui.components.share.importing.history import show_history
from ect.ui.components.share.importing.matching import choose_table
from ect.ui.components.share.importing.outcome import show_outcome
from ect.ui.components.share.importing.source import choose_source, sheets_of
from ect.ui.components.share.importing.templates import show_templates
from ect.ui.context import db, t
from ect.ui.feedback import refusals


def show_imports() -> None:
    """Let a table come in: a score table, ratings, terrains or a version of the grid."""
    st.markdown(
        t("A score table as the report prints it, participants' ratings, terrains, or a version of the grid.")
    )
    show_templates()
    given = choose_source()
    if given:
        with refusals():
            grid = current_grid(db())
            table = choose_table(given, sheets_of(given), grid)
            if table:
                show_outcome(given.name, table, grid)
    show_history()
