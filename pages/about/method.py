"""Method: every formula, with the report's own numbers worked through."""

import streamlit as st

from ect.services.scores import Source, scoreboard
from ect.ui.components.method import (
    show_analyses,
    show_frameworks_rule,
    show_limits,
    show_score,
    show_units,
    show_unknown,
    show_weights,
)
from ect.ui.components.ranking import show_notes
from ect.ui.context import db, t

board = scoreboard(db(), Source.PUBLISHED)
st.title(t("Method"))
st.markdown(t("Each formula, worked through with the figures of the 2023 report."))
show_score(board)
show_unknown(board)
show_units(board)
show_weights(board)
show_frameworks_rule()
show_analyses()
st.subheader(t("What does not add up in the printed table"))
show_notes(board)
show_limits()
