"""What if: other weights, other levels, and what becomes of the ranking while the question is asked."""

import streamlit as st

from ect.services.what_if import basis
from ect.ui.components.choices import source_in_address
from ect.ui.components.what_if.board import give_model, show_board, show_turning_points
from ect.ui.components.what_if.controls import show_levels_form, show_tools, show_weights_form
from ect.ui.components.what_if.scenarios import show_scenarios
from ect.ui.components.what_if.state import PAGE, scenario_in_hand
from ect.ui.context import db, narrow, t
from ect.ui.navigation import link

st.title(t("What if"))
st.caption(
    t("Move a weight or a level: nothing is saved until you name it. The address of this page keeps it all.")
)
source = source_in_address(PAGE)
found = basis(db(), source)
if not found.ranking.rows:
    st.info(t("There is no terrain to suppose anything about yet."), icon=":material/info:")
    link("terrains", t("Create a terrain"))
    st.stop()

scenario = scenario_in_hand(found)
if narrow():
    # The answer comes first, and stays in sight of the sliders under it.
    answers = controls = st.container()
else:
    controls, answers = st.columns([2, 3], gap="large")
with answers:
    show_board(found)
with controls:
    show_tools()
    sliders = show_weights_form(found, scenario)
    sliders |= show_levels_form(found, scenario)
give_model(found, sliders)
show_turning_points(found)
show_scenarios(found, source)
