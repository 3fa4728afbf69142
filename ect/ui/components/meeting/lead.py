"""Leading a meeting at the private desk: what comes next, who is there, what was revealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from ect.domain.meeting import Stage
from ect.domain.terrain import Terrain
from ect.services import meeting as life
from ect.services.meeting import Meeting, counters
from ect.services.membership import Actor
from ect.services.seating import (
    SeatKind,
)
from ect.services.simulation import add_players, play_round
from ect.services.voting import Progress, progress
from ect.ui import keys
from ect.ui.components.meeting.discussion import show_discussion
from ect.ui.components.meeting.seats import TICK_S, is_present, show_paper_form, show_seat_tools, who
from ect.ui.components.meeting.wall import PROJECTION
from ect.ui.components.meeting.way_in import show_way_in
from ect.ui.components.meeting.words import stage_words
from ect.ui.components.table import Cell, show_table
from ect.ui.context import db, n, t
from ect.ui.feedback import attempt
from ect.ui.pages import BY_ADDRESS


def show_desk(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Show the desk: what comes next, who is there, what was revealed."""
    status = meeting.status
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{stage_words(status.stage, status.round)}**")
        st.link_button(
            t("Projected view"),
            f"/animer?{keys.QUERY_MEETING}={meeting.key}&{keys.QUERY_VIEW}={PROJECTION}",
            icon=":material/present_to_all:",
        )
    if meeting.demo:
        st.warning(t("Demonstration: nothing here is a real decision."), icon=":material/science:")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _steps(meeting, actor)
        if status.stage is not Stage.CLOSED:
            _in_hand(meeting, actor, known)
    with right:
        if status.stage in {Stage.OPEN, Stage.RATING}:
            show_way_in(meeting)
        st.subheader(t("Participants"))
        st.session_state.pop("lead:seats", None)
        _people(meeting.key, actor, meeting.stage_revision)
        _manage(meeting, actor, known)
    if status.visible_rounds:
        show_discussion(meeting, actor, known)


def _steps(meeting: Meeting, actor: Actor) -> None:
    stage = meeting.status.stage
    st.subheader(t("What comes next"))
    if stage is Stage.PREPARED:
        _step(t("Open to participants"), lambda: life.open_meeting(db(), actor, meeting.key))
    elif stage is Stage.OPEN:
        st.write(t("Wait until everybody is in, then start. Whoever is late may still join."))
        _step(t("Start rating"), lambda: life.start_round(db(), actor, meeting.key))
        _back(meeting, actor, t("Back to preparing"))
    elif stage is Stage.RATING:
        st.write(t("Nobody sees a value before you reveal, you neither. You need not wait for everybody."))
        if meeting.demo:
            _play(meeting, actor)
        _step(t("Reveal"), lambda: life.reveal(db(), actor, meeting.key))
        if meeting.status.round == 1:
            _back(meeting, actor, t("Back to joining"))
    elif stage is Stage.REVEALED:
        st.write(t("Discuss what is at stake below; ask some criteria again, or go on to deciding."))
        _step(t("Go on to deciding"), lambda: life.start_deciding(db(), actor, meeting.key))
    elif stage is Stage.DECIDING:
        st.page_link(BY_ADDRESS["decider"].path, label=t("Decide"), icon=":material/gavel:")
        _back(meeting, actor, t("Back to the discussion"))
    else:
        st.page_link(BY_ADDRESS["decider"].path, label=t("What was decided"), icon=":material/gavel:")


def _step(label: str, action: Callable[[], object]) -> None:
    if st.button(label, type="primary", key="lead:step"):
        action()
        st.rerun()


def _back(meeting: Meeting, actor: Actor, label: str) -> None:
    if st.button(label, icon=":material/undo:", type="tertiary", key="lead:back"):
        life.back(db(), actor, meeting.key)
        st.rerun()


def _in_hand(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    if meeting.status.stage is Stage.PREPARED:
        return
    pointed = meeting.pointed_at or meeting.terrains[0]
    st.session_state["lead:terrain"] = pointed
    st.radio(
        t("Terrain in hand, on every screen that follows"),
        list(meeting.terrains),
        format_func=lambda code: known[code].name,
        key="lead:terrain",
        on_change=_point,
        args=(meeting.key, actor),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        minutes = st.number_input(t("Timer (minutes)"), 1, 120, 10, key="lead:minutes", width=140)
        if st.button(t("Start the timer"), icon=":material/timer:"):
            life.start_timer(db(), actor, meeting.key, int(minutes))
            st.rerun()
        if meeting.timer_ends_at and st.button(t("Stop the timer")):
            life.start_timer(db(), actor, meeting.key, None)
            st.rerun()


def _point(key: int, actor: Actor) -> None:
    attempt(lambda: life.point_at(db(), actor, key, st.session_state["lead:terrain"]))


@st.fragment(run_every=TICK_S)
def _people(key: int, actor: Actor, shown: int) -> None:
    found = counters(db(), key)
    if found is None or found[1] != shown:
        st.rerun()
    people = progress(db(), actor, key)
    # Whoever joined or left since the desk was drawn is in none of its lists yet.
    seats = [(one.seat.key, one.seat.joined) for one in people]
    if st.session_state.setdefault("lead:seats", seats) != seats:
        st.rerun()
    here = sum(is_present(one) for one in people)
    st.caption(n("{count} participant connected", "{count} participants connected", here))
    if not people:
        st.caption(t("Nobody has joined yet."))
        return
    rows = [[Cell(who(one.seat)), Cell(_state(one), words=True), Cell(_count(one))] for one in people]
    show_table([t("Participant"), t("Connected"), t("Answers")], rows, words=2)


def _state(one: Progress) -> str:
    if one.seat.kind is SeatKind.PAPER:
        return "–"
    if not one.seat.joined:
        return t("expected")
    return t("yes") if is_present(one) else t("away")


def _count(one: Progress) -> str:
    return f"{one.answered}/{one.asked}" if one.asked else "–"


def _manage(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    status = meeting.status
    if status.stage is not Stage.CLOSED:
        with st.expander(t("Seats: add, remove, re-seat, recuse, hand over")):
            show_seat_tools(meeting, actor, known)
    if meeting.demo and status.stage is not Stage.CLOSED:
        with st.expander(t("Simulated participants")):
            if st.button(t("Add eight simulated participants"), key="lead:players"):
                add_players(db(), actor, meeting.key, t("Simulated participant {number}"))
                st.rerun()
    if status.stage is Stage.RATING:
        with st.expander(t("Enter a paper sheet")):
            show_paper_form(meeting, actor, known)


def _play(meeting: Meeting, actor: Actor) -> None:
    if st.button(t("Simulated participants answer"), icon=":material/smart_toy:", key="lead:play"):
        given = play_round(db(), actor, meeting.key)
        st.toast(n("{count} simulated answer.", "{count} simulated answers.", given))
