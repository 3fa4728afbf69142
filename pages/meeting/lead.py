"""Lead: the facilitator's desk, and the view that is projected."""

import streamlit as st

from ect.services.catalogue import list_terrains
from ect.ui import keys
from ect.ui.components.meeting.choose import choose_meeting
from ect.ui.components.meeting.lead import show_desk
from ect.ui.components.meeting.wall import PROJECTION, show_projection
from ect.ui.context import db, t
from ect.ui.feedback import plain

projected = st.query_params.get(keys.QUERY_VIEW) == PROJECTION
if not projected:
    st.title(t("Lead"))
meeting, actor = choose_meeting(silent=projected)
known = {terrain.code: terrain for terrain in list_terrains(db(), archived=True)}
if projected:
    show_projection(meeting, actor, known)
else:
    st.subheader(plain(meeting.title))
    show_desk(meeting, actor, known)
