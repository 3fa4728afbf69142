"""What is supposed, kept in the visit as the text of its link, with what was supposed before."""

from __future__ import annotations

import streamlit as st

from ect.domain.errors import DomainError
from ect.domain.scenario import Scenario, nothing_supposed, read_link, write_link
from ect.sentences import sentence
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.link_in_hand import LinkInHand
from ect.ui.context import language
from ect.ui.feedback import plain

PAGE = "what-if"
# The fragments that a slider changes.
BOARD, LOOKS = "what-if-board", "what-if-looks"
LOOK = keys.widget(PAGE, "look")
ALL = keys.widget(PAGE, "all")
LINK = LinkInHand(keys.SCENARIO, keys.SCENARIO_UNDO, keys.QUERY_SCENARIO)


def scenario_in_hand(basis: Basis) -> Scenario:
    """Return what is supposed: in this visit, else by the address; what is unreadable is said."""
    try:
        scenario = read_link(basis.grid, basis.profiles, LINK.arrived())
    except DomainError as error:
        st.error(plain(sentence(error, language())), icon=":material/error:")
        scenario = nothing_supposed(basis.grid)
    LINK.keep(write_link(basis.grid, scenario))
    return scenario


def scenario_now(basis: Basis) -> Scenario:
    """Return what is supposed, once it was read on this page."""
    return read_link(basis.grid, basis.profiles, LINK.now())
