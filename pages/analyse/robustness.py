"""Robustness: how sure the ranking is when weights, ratings and unknown levels are drawn."""

import streamlit as st

from ect.services.robustness import ground
from ect.ui.components.choices import choose_source
from ect.ui.components.robustness.draws import choose_settings, examined
from ect.ui.components.robustness.exact import show_exact
from ect.ui.components.robustness.methods import show_methods
from ect.ui.components.robustness.reading import (
    show_absences,
    show_central_weights,
    show_duels,
    show_movements,
    show_ranks,
    show_settings,
)
from ect.ui.context import db, t
from ect.ui.navigation import link

st.title(t("Robustness"))
st.caption(
    t(
        "How sure is this ranking? It is drawn again thousands of times, each time with other plausible "
        "weights, participants, unknown levels and places of level 1."
    )
)
on = ground(db(), choose_source("robustness"))
settings = choose_settings()
if not on.profiles:
    st.info(t("There is no terrain to rank yet."), icon=":material/info:")
    link("terrains", t("Create a terrain"))
    st.stop()

found = examined(on, settings)
show_ranks(on, found)
show_movements(found)
show_absences(on, found)
show_exact(on, settings)
show_methods(on)
show_duels(on, found)
show_central_weights(on, found)
show_settings(on, found)
