"""One person's data: given to them, or erased."""

from __future__ import annotations

import json

import streamlit as st

from ect.services.meeting import list_meetings
from ect.services.membership import ORGANISER
from ect.services.privacy import Erased, erase, person_data
from ect.services.seating import Seat, SeatKind, seats_of
from ect.ui import downloads, keys
from ect.ui.context import db, n, speaker, t
from ect.ui.downloads import File
from ect.ui.feedback import attempt, notify, plain, refusals

PAGE = "person"


def show_person() -> None:
    """Let a seat of a meeting be chosen, and its person's data be given out or erased."""
    st.subheader(t("One person's data"))
    st.markdown(
        t(
            "A name is in one place only: the seat of a meeting. Erasing takes the name, the device and the"
            " comments away, here and in the copies that are kept; levels stay under a pseudonym, so that no"
            " result changes."
        )
    )
    found = [meeting for meeting in list_meetings(db(), ORGANISER) if not meeting.demo]
    if not found:
        st.caption(t("No meeting yet, and so nobody's data."))
        return
    titles = {one.key: f"{one.title}, {speaker().moment(one.created_at)}" for one in found}
    key = st.selectbox(
        t("Meeting"), list(titles), format_func=titles.__getitem__, key="person:meeting", width=460
    )
    seats = {s.key: s for s in seats_of(db(), ORGANISER, key) if s.kind is not SeatKind.SIMULATED}
    if not seats:
        st.caption(t("Nobody sat down in this meeting."))
        return
    seat = st.selectbox(
        t("Whose seat"), list(seats), format_func=lambda one: _label(seats[one]), key="person:seat", width=460
    )
    with st.container(horizontal=True):
        if st.button(t("Prepare this person's data"), icon=":material/person_search:", key="person:fetch"):
            with refusals():
                _offer(key, seat)
        if st.button(t("Erase this person"), icon=":material/person_remove:", key="person:erase"):
            st.session_state[keys.ERASE_ASKED] = seat
    if st.session_state.get(keys.ERASE_ASKED) == seat:
        _confirm(key, seats[seat])


def _label(seat: Seat) -> str:
    return f"{seat.pseudonym} · {seat.name}" if seat.name else seat.pseudonym


def _offer(key: int, seat: int) -> None:
    document = person_data(db(), ORGANISER, key, seat)
    written = json.dumps(document, ensure_ascii=False, indent=2).encode()
    name = f"{t('personal-data')}-{document['seat']['pseudonym']}.json"
    downloads.offer(t("Save this person's data"), downloads.keep(File(name, "application/json", written)))
    if hidden := document["answers_hidden_until_the_reveal"]:
        st.caption(
            n(
                "{count} answer is not in it before the reveal.",
                "{count} answers are not in it before the reveal.",
                hidden,
            )
        )


def _confirm(key: int, seat: Seat) -> None:
    st.warning(
        plain(
            t(
                "Erase the name, the device and the comments of {person} for good? It cannot be undone, and"
                " copies put back later get it again.",
                person=_label(seat),
            )
        )
    )
    with st.container(horizontal=True):
        st.button(
            t("Erase for good"), type="primary", key="person:erase:yes", on_click=_erase, args=(key, seat.key)
        )
        st.button(t("Keep this person"), key="person:erase:no", on_click=_forget_question)


def _erase(key: int, seat: int) -> None:
    _forget_question()

    def act() -> None:
        done = erase(db(), ORGANISER, key, seat)
        words = [_erased_from(done)]
        if done.unread:
            words.append(
                t(
                    "These copies cannot be read, and may still hold this person: throw them away: {names}.",
                    names=", ".join(done.unread),
                )
            )
        notify(" ".join(words))

    attempt(act)


def _erased_from(done: Erased) -> str:
    if not done.copies:
        return t("{pseudonym} was erased.", pseudonym=done.pseudonym)
    return n(
        "{pseudonym} was erased, also from {count} kept copy.",
        "{pseudonym} was erased, also from {count} kept copies.",
        done.copies,
        pseudonym=done.pseudonym,
    )


def _forget_question() -> None:
    st.session_state.pop(keys.ERASE_ASKED, None)
