"""Ranking: the report's table, what each column contributes, and what does not add up."""

import streamlit as st

from ect.services.scores import scoreboard
from ect.ui.components.choices import choose_source, choose_unit
from ect.ui.components.ranking import (
    TOTAL,
    column_labels,
    show_contribution_bars,
    show_incomplete,
    show_leaders,
    show_notes,
    show_ranking_table,
)
from ect.ui.context import db, t
from ect.ui.navigation import link

st.title(t("Ranking"))
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    source = choose_source("ranking")
    board = scoreboard(db(), source)
    unit = choose_unit("ranking", board.grid)

if board.ranking.ranked:
    labels = column_labels(board)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        order = st.selectbox(
            t("Sort by"),
            list(reversed(labels)),
            format_func=labels.__getitem__,
            key="ranking:order",
            width=280,
        )
        contributions = st.toggle(t("Points brought to the total"), key="ranking:contributions")
    show_ranking_table(board, unit, order or TOTAL, contributions=contributions)
    show_leaders(board)
    st.subheader(t("Where the points come from"))
    show_contribution_bars(board, unit)
else:
    st.info(t("No terrain has a complete score yet."), icon=":material/info:")
    link("noter", t("Rate a terrain"))
show_incomplete(board, unit)
if board.notes or board.caveats:
    st.subheader(t("Notes on the printed table"))
    show_notes(board)
