"""The frame: what stands around every page."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from ect.domain.errors import DomainError
from ect.i18n import LANGUAGES
from ect.sentences import sentence
from ect.ui import access, context, keys
from ect.ui.context import t
from ect.ui.feedback import plain, refusals, show_notice
from ect.ui.navigation import streamlit_pages
from ect.ui.pages import Reader
from ect.ui.style import apply_style

# A file of ours: a Material icon as the page's icon would be fetched from a foreign host.
ICON = Path(__file__).parent / "static" / "icon.png"


def draw() -> None:
    """Draw the menu and run the page; a database that does not open is said in one sentence."""
    try:
        context.db()
    except DomainError as error:
        st.error(plain(sentence(error, "fr")), icon=":material/error:")
        st.stop()
    context.read_language()
    apply_style()
    reader = access.reader()
    position: Literal["hidden", "sidebar"] = "hidden" if reader is Reader.ANYONE else "sidebar"
    # Whole: Streamlit would fold what is last, which is what a question in the room needs, in English.
    page = st.navigation(streamlit_pages(reader), position=position, expanded=True)
    with st.sidebar:
        _language_switch()
    show_notice()
    with refusals():
        page.run()


def _language_switch() -> None:
    st.segmented_control(
        t("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="frame:language",
        default=context.language(),
        required=True,
        on_change=_choose_language,
    )


def _choose_language() -> None:
    st.session_state[keys.LANGUAGE] = st.session_state["frame:language"]
