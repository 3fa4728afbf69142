"""Grid: the published grid with all its descriptors, and the selection criteria."""

import streamlit as st

from ect.services.reference import current_grid
from ect.ui.components.grid import find, show_pillar, show_selection
from ect.ui.context import db, language, t
from ect.ui.feedback import plain

grid = current_grid(db())
st.title(t("Grid"))
st.markdown(plain(f"{grid.title.read(language())} – {grid.source}"))
if language() == "en":
    st.caption(t("The wording of reference is the French one; the English is a working translation."))

words = st.text_input(t("Find in the grid"), key="grid:find", icon=":material/search:")
found = find(grid, words, language())
for place, pillar in enumerate(grid.pillars, 1):
    show_pillar(pillar, place, found)
show_selection(grid, found)
if not found:
    st.info(t("Nothing in the grid holds “{words}”.", words=words), icon=":material/search_off:")
