"""Programme: what the terrains belong to, in the report's words."""

import streamlit as st

from ect.services.reference import programme
from ect.ui.components.programme import (
    show_bodies,
    show_committees,
    show_concepts,
    show_frame,
    show_hypotheses,
    show_plan,
)
from ect.ui.context import language, t

known = programme()
st.title(t("Programme"))
if language() == "en":
    st.caption(t("The report is in French: what has no translation here is shown as it was published."))
tabs = st.tabs(
    [
        t("Frame and axes"),
        t("Hypotheses"),
        t("Concepts"),
        t("Calendar"),
        t("Bodies and roles"),
        t("Committees"),
    ]
)
sections = (show_frame, show_hypotheses, show_concepts, show_plan, show_bodies, show_committees)
for tab, section in zip(tabs, sections, strict=True):
    with tab:
        section(known)
st.caption(t("Source: {source}", source=known.source))
