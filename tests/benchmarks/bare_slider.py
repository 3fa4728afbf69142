"""The yardstick: one slider and its value, as Streamlit ships it."""

import streamlit as st

st.title("Bare")
value = st.slider("Level", 0, 2, 0)
st.write(f"value {value}")
