"""Preparing meetings: the list, the form, seats and groups, the demonstration."""

from __future__ import annotations

import streamlit as st

from ect.domain.meeting import SELECTION, TITLE_LIMIT, Abstentions, Action, Role, Settings, Stage
from ect.domain.terrain import TerrainKind
from ect.i18n import marked as _
from ect.services.catalogue import list_terrains
from ect.services.meeting import Meeting, change, create, delete, list_meetings, open_meeting
from ect.services.membership import ORGANISER
from ect.services.reference import grid_version
from ect.services.seating import Seat, SeatKind, add_seat, seats_of, set_recusals, set_sections
from ect.services.simulation import create_demo
from ect.ui import keys
from ect.ui.components.meeting.choose import go_to
from ect.ui.components.meeting.words import stage_words
from ect.ui.components.profile import pillar_labels
from ect.ui.context import db, language, said, speaker, t
from ect.ui.feedback import attempt, plain
from ect.ui.pages import BY_ADDRESS

NEW = "new"

ABSTENTIONS = {
    Abstentions.LEFT_OUT: _("The value is the mean of the levels given, however few"),
    Abstentions.HALF: _("Unknown unless at least half of those who answer give a level"),
}


def show_meetings() -> None:
    """Show every meeting with what can be done with it, and how to make another."""
    with st.container(horizontal=True):
        st.button(
            t("Prepare a meeting"),
            icon=":material/add:",
            type="primary",
            key="meetings:new",
            on_click=_edit,
            args=(NEW,),
        )
        if st.button(t("Demonstration with simulated participants"), icon=":material/science:"):
            made = create_demo(
                db(),
                ORGANISER,
                t("Demonstration: selection committee"),
                t("Simulated participant {number}"),
            )
            go_to(made)
            st.switch_page(BY_ADDRESS["animer"].path)
    found = list_meetings(db(), ORGANISER)
    if not found:
        st.caption(t("No meeting yet. A meeting takes terrains, and people who rate them on their phones."))
    names = {terrain.code: terrain.name for terrain in list_terrains(db(), archived=True)}
    for meeting in found:
        _meeting(meeting, names)


def edited() -> Meeting | str | None:
    """Return the meeting being edited, ``"new"`` for one to come, ``None`` for neither."""
    asked = st.session_state.get("meetings:edit")
    if asked is None or asked == NEW:
        return asked
    return next((m for m in list_meetings(db(), ORGANISER) if m.key == asked), None)


def show_form(meeting: Meeting | None) -> None:
    """Show the form of a meeting, new or prepared."""
    st.button(t("All meetings"), icon=":material/arrow_back:", type="tertiary", on_click=_edit, args=(None,))
    known = [x for x in list_terrains(db()) if x.kind is not TerrainKind.MIRROR]
    names = {terrain.code: terrain.name for terrain in known}
    usual = [terrain.code for terrain in known if terrain.kind is TerrainKind.CANDIDATE]
    settings = meeting.settings if meeting else Settings()
    with st.form("meeting"):
        title = st.text_input(t("Title"), meeting.title if meeting else "", max_chars=TITLE_LIMIT)
        chosen = st.multiselect(
            t("Terrains, in the order they will be rated"),
            list(names),
            [code for code in (meeting.terrains if meeting else usual) if code in names],
            format_func=names.__getitem__,
            placeholder=t("None"),
        )
        wanted = _settings(settings, locked=meeting is not None and not _may_hide(meeting))
        if st.form_submit_button(t("Save"), type="primary"):
            _save(meeting, title, chosen, wanted)
    if meeting:
        _seats(meeting)


def _settings(before: Settings, *, locked: bool) -> Settings:
    st.markdown(f"**{t('Secrecy')}**")
    blind = st.toggle(
        t("Blind: nobody sees a value before the reveal, the facilitator included"),
        before.blind,
        disabled=locked,
    )
    required = st.toggle(t("A name is asked of everybody"), before.names_required, disabled=locked)
    shown = st.toggle(t("Names are shown beside votes after the reveal"), before.names_shown, disabled=locked)
    st.markdown(f"**{t('Participants and answers')}**")
    free = st.toggle(t("Whoever has the code may join (else prepared seats only)"), before.free_joining)
    abstentions = st.radio(
        t("“I do not know” and abstentions"),
        list(ABSTENTIONS),
        list(ABSTENTIONS).index(before.abstentions),
        format_func=said(ABSTENTIONS),
    )
    return Settings(required, shown, blind, free, abstentions)


def _save(meeting: Meeting | None, title: str, chosen: list[str], settings: Settings) -> None:
    if meeting:
        change(db(), ORGANISER, meeting.key, title, chosen, settings)
        st.toast(t("Meeting saved."), icon=":material/check:")
        return
    key = create(db(), ORGANISER, title, chosen, settings)
    go_to(key)
    _edit(key)
    st.rerun()


def _meeting(meeting: Meeting, names: dict[str, str]) -> None:
    stage = meeting.status.stage
    with st.container(border=True):
        st.markdown(f"**{plain(meeting.title)}**")
        facts = [stage_words(stage, meeting.status.round), speaker().moment(meeting.created_at)]
        if meeting.demo:
            facts.insert(0, t("Demonstration"))
        st.caption(plain(" · ".join(facts)))
        st.markdown(plain(", ".join(names[code] for code in meeting.terrains)))
        with st.container(horizontal=True):
            if stage is Stage.PREPARED:
                _button(meeting, "open", t("Open to participants"), ":material/meeting_room:", _open)
            else:
                _button(meeting, "lead", t("Lead"), ":material/co_present:", _lead)
            if meeting.status.may(Role.FACILITATOR, Action.PREPARE):
                _button(meeting, "edit", t("Edit"), ":material/edit:", _edit_meeting)
            if meeting.demo or meeting.status.may(Role.FACILITATOR, Action.DELETE):
                _button(meeting, "delete", t("Delete"), ":material/delete:", _ask)
    if st.session_state.get("meetings:ask") == meeting.key:
        _confirm(meeting)


def _button(meeting: Meeting, name: str, label: str, icon: str, action: object) -> None:
    if st.button(label, icon=icon, key=keys.widget("meetings", name, str(meeting.key))):
        action(meeting)  # type: ignore[operator]


def _open(meeting: Meeting) -> None:
    open_meeting(db(), ORGANISER, meeting.key)
    _lead(meeting)


def _lead(meeting: Meeting) -> None:
    go_to(meeting.key)
    st.switch_page(BY_ADDRESS["animer"].path)


def _edit_meeting(meeting: Meeting) -> None:
    _edit(meeting.key)
    st.rerun()


def _edit(key: int | str | None) -> None:
    st.session_state["meetings:edit"] = key


def _ask(meeting: Meeting) -> None:
    if meeting.demo:  # Nothing real is lost: one click.
        delete(db(), ORGANISER, meeting.key)
    else:
        st.session_state["meetings:ask"] = meeting.key
    st.rerun()


def _confirm(meeting: Meeting) -> None:
    @st.dialog(t("Delete this meeting?"), on_dismiss=_forget)
    def ask() -> None:
        st.write(plain(t("“{title}” and its seats will be deleted for good.", title=meeting.title)))
        with st.container(horizontal=True):
            if st.button(t("Delete the meeting"), type="primary"):
                _forget()
                attempt(lambda: delete(db(), ORGANISER, meeting.key), t("Meeting deleted."))
                st.rerun()
            if st.button(t("Keep it")):
                _forget()
                st.rerun()

    ask()


def _forget() -> None:
    st.session_state.pop("meetings:ask", None)


def _may_hide(meeting: Meeting) -> bool:
    return meeting.status.may(Role.FACILITATOR, Action.SET_SECRECY)


def _seats(meeting: Meeting) -> None:
    st.subheader(t("Seats"))
    st.caption(t("Prepare a seat for who is expected by name, or who answers on paper."))
    with st.form("seat", clear_on_submit=True):
        name = st.text_input(t("Name"), max_chars=60)
        paper = st.checkbox(t("Answers on paper"))
        if st.form_submit_button(t("Add the seat")):
            kind = SeatKind.PAPER if paper else SeatKind.PERSON
            add_seat(db(), ORGANISER, meeting.key, name, kind)
            st.rerun()
    for seat in seats_of(db(), ORGANISER, meeting.key):
        if not seat.removed:
            _seat(meeting, seat)


def _seat(meeting: Meeting, seat: Seat) -> None:
    names = {terrain.code: terrain.name for terrain in list_terrains(db(), archived=True)}
    sections = pillar_labels(grid_version(db(), meeting.grid), language()) | {
        SELECTION: t("Selection criteria")
    }
    with st.expander(plain(f"{seat.pseudonym} · {seat.name}")):
        rated = st.multiselect(
            t("Sections of the grid to rate (all if none)"),
            list(sections),
            list(seat.sections),
            format_func=sections.__getitem__,
            key=keys.widget("seat", "sections", str(seat.key)),
            placeholder=t("All"),
        )
        recused = st.multiselect(
            t("Recused from"),
            list(meeting.terrains),
            [code for code in meeting.terrains if code in seat.recused],
            format_func=names.__getitem__,
            key=keys.widget("seat", "recused", str(seat.key)),
            placeholder=t("None"),
        )
        if st.button(t("Save"), key=keys.widget("seat", "save", str(seat.key))):
            set_sections(db(), ORGANISER, meeting.key, seat.key, rated)
            set_recusals(db(), ORGANISER, meeting.key, seat.key, recused)
            st.rerun()
