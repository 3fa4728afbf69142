"""Flips: what would change the decision, level by level, by weights, or on the way to a target."""

import streamlit as st

from ect.services.scores import Source
from ect.services.what_if import basis
from ect.ui.components.choices import choose_source
from ect.ui.components.flips.levels import show_flip
from ect.ui.components.flips.limits import choose_limits
from ect.ui.components.flips.path import show_path
from ect.ui.components.flips.weights import show_weight_change
from ect.ui.context import db, t
from ect.ui.navigation import link

st.title(t("Flips"))
st.caption(t("What would a project need to come first, or to reach a target? The fewest changes, exactly."))
source: Source = choose_source("flips")
found = basis(db(), source)
if not found.ranking.rows:
    st.info(t("There is no terrain to rank yet."), icon=":material/info:")
    link("terrains", t("Create a terrain"))
    st.stop()

ranked = [row.terrain for row in found.ranking.rows]
terrain = st.selectbox(
    t("Terrain"),
    ranked,
    index=min(1, len(ranked) - 1),
    format_func=found.names.__getitem__,
    key="flips:terrain",
    width=360,
)
limits = choose_limits(found)
by_levels, by_weights, to_target = st.tabs([t("By levels"), t("By weights"), t("To a target")])
with by_levels:
    show_flip(found, terrain, limits)
with by_weights:
    show_weight_change(found, terrain)
with to_target:
    show_path(found, terrain, limits)
