"""What is asked, kept in the visit and in the address as the text of its link, with what was asked before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from ect.domain.errors import DomainError
from ect.sentences import sentence
from ect.services.choosing import Eligible
from ect.services.choosing_link import Asked, read_choice, within, write_choice
from ect.ui import keys
from ect.ui.context import language, n, t
from ect.ui.feedback import plain

PAGE = "choose"
UNDO_DEPTH = 50


def asked_in_hand(found: Eligible) -> Asked:
    """Return what is asked: in this visit, else by the address; what is gone, or unreadable, is said."""
    text = st.session_state.get(keys.CHOICE)
    if text is None:
        text = st.query_params.get(keys.QUERY_CHOICE, "")
    try:
        asked = read_choice(text)
    except DomainError as error:
        st.error(plain(sentence(error, language())), icon=":material/error:")
        asked = Asked()
    kept, lost = within(found, asked)
    if lost:
        st.warning(
            n(
                "{count} constraint is set aside: what it is about is not there with these scores.",
                "{count} constraints are set aside: what they are about is not there with these scores.",
                len(lost),
            ),
            icon=":material/warning:",
        )
    st.session_state[keys.CHOICE] = write_choice(asked)
    return kept


def keep_in_address() -> None:
    """Write what is asked in the address, so that a reload or a link asks the same."""
    if text := st.session_state[keys.CHOICE]:
        st.query_params[keys.QUERY_CHOICE] = text
    else:
        st.query_params.pop(keys.QUERY_CHOICE, None)


def ask(asked: Asked, **changes: Any) -> None:
    """Ask something else; what was asked before can be asked back."""
    ask_text(write_choice(replace(asked, **changes)))


def ask_text(text: str) -> None:
    """Ask what a link holds."""
    before = st.session_state.setdefault(keys.CHOICE_UNDO, [])
    before.append(st.session_state[keys.CHOICE])
    del before[:-UNDO_DEPTH]
    st.session_state[keys.CHOICE] = text


def undo() -> None:
    """Ask what was asked before the last change."""
    before = st.session_state.get(keys.CHOICE_UNDO)
    if before:
        st.session_state[keys.CHOICE] = before.pop()
    else:
        st.session_state[keys.NOTICE] = t("There is nothing to undo.")
