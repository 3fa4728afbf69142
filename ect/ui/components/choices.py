"""Choices that several pages offer in the same words: the source of scores, the unit, terrains."""

from __future__ import annotations

import streamlit as st

from ect.domain.scoring import Unit
from ect.services.scores import Source
from ect.ui.context import t
from ect.ui.keys import widget


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


SOURCES = {
    Source.OFFICIAL: _("Published, else decided, imported or rated"),
    Source.PUBLISHED: _("Published in the report"),
    Source.DECIDED: _("Decided in a meeting"),
    Source.IMPORTED: _("Imported"),
    Source.RATED: _("Rated, criterion by criterion"),
}
UNITS = {Unit.POINTS: "/34", Unit.EIGHTY_FIVE: "/85", Unit.PERCENT: "%"}


def choose_source(page: str) -> Source:
    """Let the reader choose which scores are shown."""
    chosen: Source = st.selectbox(
        t("Scores"),
        list(SOURCES),
        format_func=lambda source: t(SOURCES[source]),
        key=widget(page, "source"),
        width=330,
    )
    return chosen


def choose_unit(page: str) -> Unit:
    """Let the reader choose the unit of totals; it changes no rank."""
    chosen: Unit | None = st.segmented_control(
        t("Unit of the total"),
        list(UNITS),
        format_func=UNITS.__getitem__,
        default=Unit.POINTS,
        required=True,
        key=widget(page, "unit"),
    )
    return chosen or Unit.POINTS
