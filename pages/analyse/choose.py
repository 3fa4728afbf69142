"""Choose several: the best set of k terrains under constraints, the next ones, and what each costs."""

import streamlit as st

from ect.services.choosing import eligible
from ect.ui.components.choices import source_in_address
from ect.ui.components.choose.board import show_board
from ect.ui.components.choose.cover import show_unknown
from ect.ui.components.choose.state import PAGE
from ect.ui.context import db, t
from ect.ui.navigation import link

st.title(t("Choose several"))
st.caption(
    t(
        "Which terrains to take together? The set with the highest total that satisfies what is asked, the "
        "next ones, and what each constraint costs in points. The address of this page keeps what is asked."
    )
)
found = eligible(db(), source_in_address(PAGE))
if not found.scores:
    st.info(t("No terrain is wholly known with these scores: none can be chosen."), icon=":material/info:")
    show_unknown(found, None)
    if not found.incomplete:
        link("terrains", t("Create a terrain"))
    st.stop()

show_board(found)
