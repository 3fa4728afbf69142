"""What a participant sees: the way in, a seat, the sheet, then what was revealed."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from ect.domain.errors import DomainError
from ect.domain.meeting import Stage
from ect.domain.terrain import Terrain
from ect.services.catalogue import list_terrains
from ect.services.meeting import Meeting, counters
from ect.services.membership import Actor
from ect.services.reference import grid_version
from ect.services.seating import Seat, Ticket, join, meeting_of, set_recusals, waiting_seats
from ect.services.voting import sheet
from ect.ui import keys, presence
from ect.ui.components.meeting.ballot import Ballot, show_ballot
from ect.ui.components.meeting.results import show_outcome, show_results_plainly
from ect.ui.components.meeting.words import stage_words
from ect.ui.context import db, n, t
from ect.ui.feedback import attempt, plain


def ask_for_code() -> None:
    """Show the way in for who has a code and no camera."""
    st.title(t("Join"))
    refused = st.query_params.get(keys.QUERY_REFUSED)
    if refused == "code":
        st.error(t("This code leads to no meeting that can be joined."), icon=":material/error:")
    elif refused == "attente":
        st.error(t("Too many wrong codes: wait a minute, then try again."), icon=":material/error:")
    st.write(t("Scan the code on the wall, or type it here."))
    st.html(
        '<form action="/r" method="get" class="ect-join">'
        f'<label>{t("Code of the meeting")}<input name="code" required maxlength="20" autocomplete="off"'
        f' autocapitalize="characters" spellcheck="false"></label><button>{t("Join")}</button></form>'
    )


def meeting_in_hand(ticket: Ticket) -> Meeting | None:
    """Return the meeting a ticket is for, unless it was deleted since."""
    try:
        return meeting_of(db(), ticket)
    except DomainError:
        return None


def unseated(meeting: Meeting) -> None:
    """Say that the facilitator took this seat away."""
    st.title(plain(meeting.title))
    st.info(t("The facilitator removed this seat. Ask for it if this is a mistake."), icon=":material/info:")


def take_a_seat(meeting: Meeting, ticket: Ticket) -> None:
    """Ask for a name, or for which of the prepared seats, and for recusals; then sit down."""
    st.title(plain(meeting.title))
    named = _told_apart(waiting_seats(db(), ticket))
    settings = meeting.settings
    if not named and not settings.free_joining:
        st.info(t("Every prepared seat is taken: ask the facilitator for one."), icon=":material/info:")
        return
    with st.form("join"):
        seat = None
        if named:
            seat = st.selectbox(
                t("Your seat"),
                list(named),
                format_func=named.__getitem__,
                index=None,
                placeholder=t("Choose your name") if not settings.free_joining else t("None of them"),
            )
        name = ""
        if settings.free_joining:
            label = t("Your name") if settings.names_required else t("Your name, or a pseudonym (optional)")
            name = st.text_input(label, max_chars=60)
            if settings.names_shown:
                st.caption(t("Names will be shown beside votes once they are revealed."))
            else:
                st.caption(t("Names will not be shown beside votes."))
        recused = _ask_recusals(meeting, frozenset())
        if st.form_submit_button(t("Join the meeting"), type="primary"):
            _sit(ticket, name, seat, recused)


def _told_apart(seats: list[Seat]) -> dict[int, str]:
    """Return the name of each seat, with its number where two people have one name."""
    met = Counter(seat.name for seat in seats)
    return {s.key: f"{s.name} ({s.pseudonym})" if met[s.name] > 1 else s.name for s in seats}


def show_seat(meeting: Meeting, seat: Seat) -> None:
    """Show what the stage has for this seat."""
    _follow(meeting.key, seat.key, meeting.stage_revision)
    known = {terrain.code: terrain for terrain in list_terrains(db(), archived=True)}
    who = seat.name or seat.pseudonym
    st.caption(
        f"{plain(meeting.title)} · {plain(who)} · {stage_words(meeting.status.stage, meeting.status.round)}"
    )
    if meeting.demo:
        st.warning(t("Demonstration: nothing here is a real decision."), icon=":material/science:")
    stage = meeting.status.stage
    if stage is Stage.RATING:
        _rate(meeting, seat, known)
    elif stage in {Stage.PREPARED, Stage.OPEN}:
        st.title(t("You are in"))
        st.write(t("Rating starts when the facilitator starts it. Keep this page open."))
    elif stage is Stage.REVEALED:
        show_results_plainly(meeting, Actor(seat=seat.key), known)
    else:
        show_outcome(meeting, Actor(seat=seat.key), known)
    if stage is not Stage.CLOSED:
        _recusals(meeting, seat)


def _rate(meeting: Meeting, seat: Seat, known: dict[str, Terrain]) -> None:
    mine = [code for code in meeting.terrains if code not in seat.recused]
    if not mine:
        st.title(t("Recused"))
        st.info(t("You are recused from every terrain of this meeting."), icon=":material/info:")
        return
    terrain = _terrain(meeting, mine, known)
    if terrain is None:
        return
    st.title(plain(known[terrain].name))
    form = sheet(db(), Actor(seat=seat.key), meeting.key)
    show_ballot(Ballot(form, grid_version(db(), meeting.grid), terrain))


def _terrain(meeting: Meeting, mine: list[str], known: dict[str, Terrain]) -> str | None:
    pointed = meeting.pointed_at
    follows = st.toggle(t("Follow the facilitator"), value=True, key="join:follow")
    if not follows:
        chosen: str = st.selectbox(
            t("Terrain"), mine, format_func=lambda code: known[code].name, key="join:terrain"
        )
        return chosen
    if pointed in mine or pointed is None:
        return pointed or mine[0]
    st.title(plain(known[pointed].name))
    st.info(
        t("You are recused from this terrain: you neither rate it nor see its ratings."),
        icon=":material/block:",
    )
    return None


@st.fragment(run_every=presence.BEAT_S)
def _follow(meeting: int, seat: int, shown: int) -> None:
    presence.beat(seat)
    found = counters(db(), meeting)
    if found is None or found[1] != shown:
        st.rerun()


def _ask_recusals(meeting: Meeting, before: frozenset[str]) -> list[str]:
    known = {terrain.code: terrain.name for terrain in list_terrains(db(), archived=True)}
    return st.multiselect(
        t("Terrains you are recused from"),
        list(meeting.terrains),
        [code for code in meeting.terrains if code in before],
        format_func=known.__getitem__,
        placeholder=t("None"),
        help=t("You are tied to a project: you will neither rate it nor see its ratings."),
    )


def _recusals(meeting: Meeting, seat: Seat) -> None:
    count = len(seat.recused)
    label = n("{count} recusal", "{count} recusals", count) if count else t("Recuse myself")
    with st.expander(label):
        chosen = _ask_recusals(meeting, seat.recused)
        if st.button(t("Save"), key="join:recuse") and attempt(
            lambda: set_recusals(db(), Actor(seat=seat.key), meeting.key, seat.key, chosen),
            t("Your recusals are saved."),
        ):
            st.rerun()


def _sit(ticket: Ticket, name: str, seat: int | None, recused: list[str]) -> None:
    key = join(db(), ticket, name, seat)
    if recused:
        set_recusals(db(), Actor(seat=key), ticket.meeting, key, recused)
    st.rerun()
