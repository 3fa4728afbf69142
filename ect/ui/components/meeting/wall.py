"""The view that is projected: large, and without anybody's value before the reveal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from ect.domain.meeting import Stage
from ect.domain.terrain import Terrain
from ect.services import meeting as life
from ect.services.meeting import Meeting, counters
from ect.services.membership import Actor
from ect.services.voting import Progress, progress
from ect.ui.components.meeting.discussion import show_discussion
from ect.ui.components.meeting.seats import TICK_S, is_present
from ect.ui.components.meeting.way_in import address_of, show_qr
from ect.ui.context import db, t
from ect.ui.feedback import plain

PROJECTION = "projection"


def show_projection(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Show what the room sees: large, and without anybody's value before the reveal."""
    st.html('<div class="ect-projection"></div>')
    st.title(plain(meeting.title))
    if meeting.demo:
        st.warning(t("Demonstration: nothing here is a real decision."), icon=":material/science:")
    stage = meeting.status.stage
    if stage in {Stage.PREPARED, Stage.OPEN}:
        _join_wall(meeting)
    if stage is Stage.RATING and meeting.pointed_at:
        left, right = st.columns([3, 1], gap="large")
        with left:
            st.header(plain(known[meeting.pointed_at].name))
            _wall(meeting.key, actor, meeting.stage_revision)
        with right:
            # Whoever is late still finds the way in.
            show_qr(address_of(meeting))
            st.caption(plain(address_of(meeting).removeprefix("http://")))
    else:
        _wall(meeting.key, actor, meeting.stage_revision)
    if meeting.status.visible_rounds:
        show_discussion(meeting, actor, known, projected=True)


def _join_wall(meeting: Meeting) -> None:
    if meeting.status.stage is Stage.PREPARED:
        st.write(t("This meeting is not open yet."))
        return
    address = address_of(meeting)
    left, right = st.columns([1, 1], gap="large", vertical_alignment="center")
    with left:
        show_qr(address)
    with right:
        st.markdown(f"## {t('Scan, or type this address')}")
        st.code(address.removeprefix("http://"), language=None)
        st.markdown(f"### {t('Code')} : {plain(meeting.code)}")


@st.fragment(run_every=TICK_S)
def _wall(key: int, actor: Actor, shown: int) -> None:
    found = counters(db(), key)
    if found is None or found[1] != shown:
        st.rerun()
    meeting = life.find(db(), actor, key)
    people = progress(db(), actor, key)
    here = sum(is_present(one) for one in people)
    with st.container(horizontal=True, gap="large"):
        st.metric(t("Connected"), here)
        if meeting.status.stage is Stage.RATING:
            answered, asked = sum(one.answered for one in people), sum(one.asked for one in people)
            st.metric(t("Answers"), f"{answered} / {asked}")
            if meeting.pointed_at:
                done = sum(_complete(one, meeting.pointed_at) for one in people)
                st.metric(t("Have finished the terrain in hand"), f"{done} / {len(people)}")
        if meeting.timer_ends_at:
            st.metric(t("Time left"), _left(meeting.timer_ends_at))


def _left(ends_at: datetime) -> str:
    seconds = max(0, round((ends_at - datetime.now(UTC)).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}" if seconds else t("Time is up")


def _complete(one: Progress, terrain: str) -> bool:
    done, asked = one.by_terrain.get(terrain, (0, 0))
    return done == asked
