"""Replaced by its author."""

import streamlit as st

from ect.ui.context import t

st.title(t("Choose several"))
