"""Decide: agreed values, a decision for each terrain, and the freeze."""

import streamlit as st

from ect.domain.meeting import Stage
from ect.services.catalogue import list_terrains
from ect.ui.components.meeting.choose import choose_meeting
from ect.ui.components.meeting.decide import leads_here, show_decisions
from ect.ui.context import db, t
from ect.ui.feedback import plain

st.title(t("Decide"))
meeting, actor = choose_meeting()
st.subheader(plain(meeting.title))
if meeting.status.stage in {Stage.REVEALED, Stage.DECIDING, Stage.CLOSED}:
    known = {terrain.code: terrain for terrain in list_terrains(db(), archived=True)}
    show_decisions(meeting, actor, known)
else:
    leads_here()
