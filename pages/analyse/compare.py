"""Compare: two to six terrains, the mean, or a mirror, pillar by pillar and line by line."""

import streamlit as st

from ect.domain.comparison import check_selection
from ect.services.catalogue import list_terrains
from ect.services.scores import all_scores, scoreboard
from ect.ui.components.choices import choose_source
from ect.ui.components.comparison import (
    choose_terrains,
    show_differences,
    show_profiles,
    show_records,
    show_totals,
    with_mean,
)
from ect.ui.context import db, t
from ect.ui.feedback import refusals
from ect.ui.navigation import link

st.title(t("Compare"))
terrains = {terrain.code: terrain for terrain in list_terrains(db())}
if not terrains:
    st.info(t("There is no terrain to compare yet."), icon=":material/info:")
    link("terrains", t("Create a terrain"))
    st.stop()

source = choose_source("compare")
board = scoreboard(db(), source)
scores = all_scores(db(), source)
chosen = choose_terrains(terrains, board)
mean = st.toggle(t("With the mean of the ranked terrains"), key="compare:mean")

with refusals():
    compared = {terrains[code].name: scores[code] for code in chosen if code in scores}
    if mean:
        compared = with_mean(compared, board, t("Mean"))
    check_selection((*chosen, *(["mean"] if mean else [])))
    if len(compared) > 1:
        show_profiles(compared, board.grid)
        show_totals(compared, board.grid)
        st.subheader(t("What tells them apart"))
        show_differences(compared, board.grid)
    unscored = [terrains[code].name for code in chosen if code not in scores]
    if unscored:
        st.info(t("No score for: {names}.", names=", ".join(unscored)), icon=":material/info:")
    st.subheader(t("Records side by side"))
    show_records([terrains[code] for code in chosen])
