"""Rate: pick a terrain, give it levels, watch its radar move."""

import streamlit as st

from ect.services.rating import ratings_of
from ect.ui.components.rate_page import choose_section, choose_terrain, score_board, section_form
from ect.ui.context import db, t

st.title(t("Rate"))
terrain = choose_terrain()
section, buttons = choose_section()


@st.fragment(key="rate")
def rate_section() -> None:
    saved = ratings_of(db(), terrain.code)
    form, board = st.columns([3, 2], gap="large")
    with form:
        section_form(terrain, section, saved, buttons=buttons)
    with board:
        score_board(terrain, saved)


rate_section()
