"""Reports: which document, and what it is about."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ect.i18n import marked as _
from ect.ui import keys
from ect.ui.components.share.documents.blanks import show_blanks
from ect.ui.components.share.documents.comparison import show_comparison
from ect.ui.components.share.documents.heading import show_heading
from ect.ui.components.share.documents.making import PAGE
from ect.ui.components.share.documents.minutes import show_minutes
from ect.ui.components.share.documents.records import show_record_sheet
from ect.ui.context import t

# What each choice shows, and what is said of it.
DOCUMENTS: dict[str, tuple[str, str, Callable[[], None]]] = {
    "minutes": (
        _("Minutes"),
        _("What was decided and why, the scores, how far people agreed, and the proof of it."),
        show_minutes,
    ),
    "comparison": (
        _("Comparison"),
        _("The ranking, where the points come from, what tells the candidates apart, how sure it is."),
        show_comparison,
    ),
    "record": (
        _("Record"),
        _("All that is known of one terrain, with its scores and what is unknown."),
        show_record_sheet,
    ),
    "blank": (
        _("Blank sheets"),
        _("The grid with all its descriptors, and sheets to rate on by hand."),
        show_blanks,
    ),
    "heading": (
        _("Heading of documents"),
        _("Organisation, titles, foot and logo of every document."),
        show_heading,
    ),
}


def show_reports() -> None:
    """Let the reader choose a document, and show what it asks for."""
    chosen: str | None = st.segmented_control(
        t("Document"),
        list(DOCUMENTS),
        format_func=lambda kind: t(DOCUMENTS[kind][0]),
        default="minutes",
        required=True,
        key=keys.widget(PAGE, "document"),
    )
    _label, told, show = DOCUMENTS[chosen or "minutes"]
    st.caption(t(told))
    show()
