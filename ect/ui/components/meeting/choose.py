"""Which meeting a facilitator's page is about."""

from __future__ import annotations

import streamlit as st

from ect.services.meeting import Meeting, list_meetings
from ect.services.membership import ORGANISER, Actor
from ect.services.seating import meeting_of
from ect.ui import access, keys
from ect.ui.context import db, speaker, t
from ect.ui.navigation import link


def choose_meeting(*, silent: bool = False) -> tuple[Meeting, Actor]:
    """Return the meeting in hand and who the reader is in it; stop where there is none to lead.

    ``silent`` shows no choice: the address says which.
    """
    if not access.organiser():
        held = access.ticket()
        if held is None:
            st.stop()
        return meeting_of(db(), held), access.actor_in(held.meeting)
    found = {meeting.key: meeting for meeting in list_meetings(db(), ORGANISER)}
    if not found:
        st.info(t("There is no meeting here yet."), icon=":material/info:")
        link("seance", t("Prepare a meeting"))
        st.stop()
    asked = st.session_state.get(keys.MEETING) or st.query_params.get(keys.QUERY_MEETING, "")
    wanted = int(asked) if str(asked).isdigit() else 0
    st.session_state["meeting:chosen"] = wanted if wanted in found else next(iter(found))
    key: int = st.session_state["meeting:chosen"]
    if len(found) > 1 and not silent:
        key = st.selectbox(
            t("Meeting"),
            list(found),
            format_func=lambda key: _label(found[key]),
            key="meeting:chosen",
            on_change=_keep,
        )
    st.query_params[keys.QUERY_MEETING] = str(key)
    return found[key], access.actor_in(key)


def go_to(key: int) -> None:
    """Make a meeting the one in hand on every page."""
    st.session_state[keys.MEETING] = key


def _label(meeting: Meeting) -> str:
    # A browser tells choices apart by their words: two meetings of one title must differ, and stay
    # what they were when the meeting goes on.
    return f"{meeting.title} · {speaker().moment(meeting.created_at)} · n° {meeting.key}"


def _keep() -> None:
    st.session_state[keys.MEETING] = st.session_state["meeting:chosen"]
