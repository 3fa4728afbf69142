"""Meetings: prepare one, open it, or play one alone."""

import streamlit as st

from ect.ui.components.meeting.prepare import NEW, edited, show_form, show_meetings
from ect.ui.context import t

st.title(t("Meetings"))
meeting = edited()
if meeting is None:
    show_meetings()
else:
    show_form(None if isinstance(meeting, str) and meeting == NEW else meeting)
