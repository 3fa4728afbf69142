"""Choose several: the best set of k terrains under constraints, the next ones, and what each costs."""

import streamlit as st

from ect.services.choosing import choose_from, eligible
from ect.ui.components.choose.asking import show_asking
from ect.ui.components.choose.cover import show_coverage, show_unknown
from ect.ui.components.choose.prices import show_conflict, show_prices
from ect.ui.components.choose.sets import choose_shown, show_best, show_members, show_next
from ect.ui.components.choose.state import asked_in_hand, keep_in_address, source_in_hand
from ect.ui.context import db, t
from ect.ui.navigation import link

st.title(t("Choose several"))
st.caption(
    t(
        "Which terrains to take together? The set with the highest total that satisfies what is asked, the "
        "next ones, and what each constraint costs in points. The address of this page keeps what is asked."
    )
)
found = eligible(db(), source_in_hand())
if not found.scores:
    st.info(t("No terrain is wholly known with these scores: none can be chosen."), icon=":material/info:")
    show_unknown(found, None)
    if not found.incomplete:
        link("terrains", t("Create a terrain"))
    st.stop()

asked = asked_in_hand(found)
show_asking(found, asked)
keep_in_address()
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
