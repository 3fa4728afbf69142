"""Seats at the desk: who they are, adding, removing, recusing, handing over, and sheets on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import streamlit as st

from ect.domain.rating import Answer, Rating
from ect.domain.terrain import Terrain
from ect.services.meeting import Meeting
from ect.services.membership import Actor
from ect.services.reference import grid_version
from ect.services.seating import (
    Seat,
    SeatKind,
    add_seat,
    free_seat,
    hand_over,
    remove_seat,
    seats_of,
    set_recusals,
)
from ect.services.voting import Progress, paper_sheets, vote
from ect.ui import keys, presence
from ect.ui.components.meeting.words import ANSWERS
from ect.ui.components.profile import numbered_labels
from ect.ui.context import db, language, n, speaker, t

# Seconds between two looks at who is there.
TICK_S = 2


def show_seat_tools(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Let the facilitator add a seat, or change one."""
    with st.form("desk-seat", clear_on_submit=True, border=False):
        name = st.text_input(t("Name"), max_chars=60)
        paper = st.checkbox(t("Answers on paper"))
        if st.form_submit_button(t("Add the seat")):
            add_seat(db(), actor, meeting.key, name, SeatKind.PAPER if paper else SeatKind.PERSON)
            st.rerun()
    seats = {seat.key: seat for seat in seats_of(db(), actor, meeting.key)}
    if not seats:
        return
    key: int = st.selectbox(
        t("Seat"), list(seats), format_func=lambda key: _seat_label(seats[key]), key="desk:seat"
    )
    seat = seats[key]
    recused = st.multiselect(
        t("Recused from"),
        list(meeting.terrains),
        [code for code in meeting.terrains if code in seat.recused],
        format_func=lambda code: known[code].name,
        key=keys.widget("desk", "recused", str(key)),
        placeholder=t("None"),
    )
    actions: dict[str, Callable[[], object]] = {
        t("Save the recusals"): lambda: set_recusals(db(), actor, meeting.key, key, recused),
        t("Let them sit down again (another device)"): lambda: free_seat(db(), actor, meeting.key, key),
    }
    if seat.removed:
        actions[t("Bring back")] = lambda: free_seat(db(), actor, meeting.key, key)
    else:
        actions[t("Remove (votes no longer count)")] = lambda: remove_seat(db(), actor, meeting.key, key)
    label = t("Take the facilitation back") if seat.facilitator else t("Hand the facilitation over")
    actions[label] = lambda: hand_over(db(), actor, meeting.key, key, facilitator=not seat.facilitator)
    for place, (words, action) in enumerate(actions.items()):
        if st.button(words, key=keys.widget("desk", "seat", str(place))):
            action()
            st.rerun()


def show_paper_form(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Let the facilitator enter a sheet that was filled on paper."""
    sheets = {seat.key: (seat, cells) for seat, cells in paper_sheets(db(), actor, meeting.key).items()}
    if not sheets:
        st.caption(t("Nobody here answers on paper: add a seat on paper first."))
        return
    key: int = st.selectbox(
        t("Whose sheet"), list(sheets), format_func=lambda key: _seat_label(sheets[key][0]), key="paper:seat"
    )
    _seat, cells = sheets[key]
    mine = list(dict.fromkeys(terrain for terrain, _criterion in cells))
    if not mine:
        st.caption(t("Nothing is asked of this seat."))
        return
    terrain: str = st.selectbox(
        t("Terrain"), mine, format_func=lambda code: known[code].name, key="paper:terrain"
    )
    grid = grid_version(db(), meeting.grid)
    labels = numbered_labels(grid, language())
    with st.form("paper", clear_on_submit=True):
        # What was entered is not shown again: it is somebody's vote.
        given = {
            code: st.segmented_control(
                labels[code],
                [*(str(value) for value in grid.criterion(code).answers), *ANSWERS],
                format_func=_stop_words,
                key=keys.widget("paper", str(key), terrain, code),
            )
            for asked, code in cells
            if asked == terrain
        }
        if st.form_submit_button(t("Save the sheet"), type="primary"):
            entered = [_entered(code, stop) for code, stop in given.items() if stop]
            for rating in entered:
                vote(db(), actor, meeting.key, terrain, rating, on_paper_for=key)
            st.toast(n("{count} answer saved.", "{count} answers saved.", len(entered)))


def who(seat: Seat) -> str:
    """Return who sits there: a name or a pseudonym, and what sets the seat apart."""
    marks = [seat.name or seat.pseudonym]
    if seat.kind is SeatKind.SIMULATED:
        marks.append(t("simulated"))
    if seat.kind is SeatKind.PAPER:
        marks.append(t("on paper"))
    if seat.facilitator:
        marks.append(t("facilitator"))
    if seat.recused:
        marks.append(n("{count} recusal", "{count} recusals", len(seat.recused)))
    return " · ".join(marks)


def is_present(one: Progress) -> bool:
    """Tell whether a participant's page is connected; simulated ones always are."""
    return one.seat.kind is SeatKind.SIMULATED or presence.present(one.seat.key)


def _seat_label(seat: Seat) -> str:
    return f"{seat.pseudonym} · {who(seat)}" + (f" · {t('removed')}" if seat.removed else "")


def _stop_words(stop: str) -> str:
    return t(ANSWERS[Answer(stop)]) if stop in ANSWERS else speaker().short(Fraction(stop), 1)


def _entered(code: str, stop: str) -> Rating:
    return Rating(code, Answer(stop)) if stop in ANSWERS else Rating(code, Answer.LEVEL, Fraction(stop))
