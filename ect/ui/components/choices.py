"""Choices that several pages offer in the same words: the source of scores, the unit, terrains."""

from __future__ import annotations

import streamlit as st

from ect.domain.grid import Grid
from ect.domain.scoring import Unit
from ect.i18n import marked as _
from ect.services.scores import Source
from ect.ui.context import said, t
from ect.ui.keys import QUERY_SOURCE, widget
from ect.wording import unit_label

SOURCES = {
    Source.OFFICIAL: _("Published, else decided, imported or rated"),
    Source.PUBLISHED: _("Published in the report"),
    Source.DECIDED: _("Decided in a meeting"),
    Source.IMPORTED: _("Imported"),
    Source.RATED: _("Rated, criterion by criterion"),
}


def choose_source(page: str) -> Source:
    """Let the reader choose which scores are shown."""
    chosen: Source = st.selectbox(
        t("Scores"),
        list(SOURCES),
        format_func=said(SOURCES),
        key=widget(page, "source"),
        width=330,
    )
    return chosen


def source_in_address(page: str) -> Source:
    """Let the reader choose which scores are meant; the address keeps the choice, as a link does."""
    key, asked = widget(page, "source"), st.query_params.get(QUERY_SOURCE)
    if key not in st.session_state and asked in set(Source):
        st.session_state[key] = Source(asked)
    source = choose_source(page)
    if source is not Source.OFFICIAL:
        st.query_params[QUERY_SOURCE] = source.value
    elif asked is not None:
        del st.query_params[QUERY_SOURCE]
    return source


def choose_unit(page: str, grid: Grid) -> Unit:
    """Let the reader choose the unit of totals; it changes no rank."""
    chosen: Unit | None = st.segmented_control(
        t("Unit of the total"),
        list(Unit),
        format_func=lambda unit: unit_label(unit, grid),
        default=Unit.POINTS,
        required=True,
        key=widget(page, "unit"),
    )
    return chosen or Unit.POINTS
