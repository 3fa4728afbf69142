"""Rate: pick a terrain, give it levels, watch its radar move."""

import streamlit as st

from ect.ui.components.rate_page import (
    choose_radar,
    choose_section,
    choose_terrain,
    score_board,
    section_form,
)
from ect.ui.components.rating_form import BOARD, open_form
from ect.ui.context import t

st.title(t("Rate"))
terrain = choose_terrain()
section, buttons = choose_section()
form = open_form(terrain.code, buttons=buttons)
left, right = st.columns([3, 2], gap="large")
with right:
    by_criterion = choose_radar()
    st.fragment(score_board, key=BOARD)(terrain, form, by_criterion=by_criterion)
with left:
    section_form(terrain, section, form)
