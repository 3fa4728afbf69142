"""What is supposed, kept in the visit as the text of its link, with what was supposed before."""

from __future__ import annotations

import streamlit as st

from ect.domain.errors import DomainError
from ect.domain.scenario import Scenario, nothing_supposed, read_link, write_link
from ect.sentences import sentence
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.context import language, t
from ect.ui.feedback import plain

PAGE = "what-if"
# The fragments that a slider changes.
BOARD, LOOKS = "what-if-board", "what-if-looks"
LOOK = keys.widget(PAGE, "look")
ALL = keys.widget(PAGE, "all")
UNDO_DEPTH = 50


def scenario_in_hand(basis: Basis) -> Scenario:
    """Return what is supposed: in this visit, else by the address; what is unreadable is said."""
    text = st.session_state.get(keys.SCENARIO)
    if text is None:
        text = st.query_params.get(keys.QUERY_SCENARIO, "")
    try:
        scenario = read_link(basis.grid, basis.profiles, text)
    except DomainError as error:
        st.error(plain(sentence(error, language())), icon=":material/error:")
        scenario = nothing_supposed(basis.grid)
    st.session_state[keys.SCENARIO] = write_link(basis.grid, scenario)
    return scenario


def suppose(text: str) -> None:
    """Suppose what a link holds; what was supposed before can be asked back."""
    undo = st.session_state.setdefault(keys.SCENARIO_UNDO, [])
    undo.append(st.session_state[keys.SCENARIO])
    del undo[:-UNDO_DEPTH]
    st.session_state[keys.SCENARIO] = text


def undo() -> None:
    """Suppose what was supposed before the last change."""
    undo = st.session_state.get(keys.SCENARIO_UNDO)
    if undo:
        st.session_state[keys.SCENARIO] = undo.pop()
    else:
        st.session_state[keys.NOTICE] = t("There is nothing to undo.")
