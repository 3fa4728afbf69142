"""Rate: pick a terrain, give it levels, watch its radar move."""

import streamlit as st

from ect.ui.components.rate_page import choose_section, choose_terrain, section_form
from ect.ui.components.rating_form import open_form
from ect.ui.components.score_board import show_board
from ect.ui.context import t

st.title(t("Rate"))
terrain = choose_terrain()
section, buttons = choose_section()
form = open_form(terrain.code, buttons=buttons)
left, right = st.columns([5, 4], gap="medium")
with right:
    show_board(terrain.name, form)
with left:
    section_form(terrain, section, form)
