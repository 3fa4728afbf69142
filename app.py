"""The frame of every page: language, database, menu, then the page that was asked for."""

import streamlit as st

from ect.ui.frame import ICON, draw

st.set_page_config(
    page_title="ECT",
    page_icon=ICON,
    layout="wide",
    initial_sidebar_state="auto",
)
draw()
