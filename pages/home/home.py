"""Home: what there is, what to do next, and the report's result at a glance."""

import streamlit as st

from ect.services.overview import overview
from ect.services.scores import scoreboard
from ect.ui.components.home import show_counts, show_doors, show_result
from ect.ui.context import db, t

st.title(t("Cooperative entrepreneurship of territory"))
st.markdown(
    t(
        "Score local projects on the ECT grid, discuss the scores, decide, and look back later."
        " Everything stays on this machine."
    )
)
board = scoreboard(db())
show_counts(overview(db()))
show_doors()
show_result(board)
