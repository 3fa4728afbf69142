"""The board of Choose several: what is asked and what is answered, drawn again at each change."""

from __future__ import annotations

import streamlit as st

from ect.services.choosing import Eligible, choose_from
from ect.ui.components.choose.asking import show_asking
from ect.ui.components.choose.cover import show_coverage, show_unknown
from ect.ui.components.choose.prices import show_conflict, show_prices
from ect.ui.components.choose.sets import choose_shown, show_best, show_members, show_next
from ect.ui.components.choose.state import LINK, asked_in_hand
from ect.ui.context import t
from ect.ui.feedback import show_notice


def show_board(found: Eligible) -> None:
    """Show what is asked, and the answer; what is asked changes without scoring the terrains again."""
    st.fragment(_board)(found)


def _board(found: Eligible) -> None:
    show_notice()
    asked = asked_in_hand(found)
    show_asking(found, asked)
    with st.spinner(t("Looking for the best sets…")):
        choice = choose_from(found, asked.size or 1, asked.constraints, gap=asked.gap, limit=asked.limit)
    if choice.sets:
        show_best(found, choice)
        shown = choose_shown(found, choice)
        show_members(found, shown)
        show_next(found, choice)
        show_prices(found, choice)
        show_coverage(found, shown)
    else:
        show_conflict(found, choice)
    show_unknown(found, choice)
    # Last: the browser takes longer over an address than over the answer.
    LINK.write_address()
