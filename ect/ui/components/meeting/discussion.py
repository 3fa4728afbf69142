"""What was revealed, the terrain in hand first, and how to ask some criteria again."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ect.domain.meeting import Stage
from ect.domain.terrain import Terrain
from ect.services import meeting as life
from ect.services.deliberation import results
from ect.services.meeting import Meeting
from ect.services.membership import Actor
from ect.services.reference import grid_version
from ect.services.seating import (
    seats_of,
)
from ect.ui import keys
from ect.ui.components.meeting.results import (
    choose_criterion,
    show_agenda,
    show_agreement,
    show_criterion_detail,
    show_people,
    show_profile,
    show_ranking,
)
from ect.ui.components.profile import numbered_labels
from ect.ui.context import db, language, t
from ect.ui.feedback import plain

FIRST_TOPICS = 3


def show_discussion(
    meeting: Meeting, actor: Actor, known: Mapping[str, Terrain], *, projected: bool = False
) -> None:
    """Show what was revealed, the terrain in hand first, and how to ask some criteria again."""
    found = results(db(), actor, meeting.key)
    st.header(t("What the room thinks"))
    show_ranking(found, known)
    terrain = meeting.pointed_at if meeting.pointed_at in found.terrains else found.terrains[0]
    st.subheader(plain(known[terrain].name))
    show_profile(found, terrain, known)
    show_agreement(found, terrain)
    topics = show_agenda(found, terrain)
    code = choose_criterion(found, terrain, topics, "discussion:criterion")
    show_criterion_detail(found, terrain, code)
    if not projected:
        if meeting.status.stage is Stage.REVEALED:
            _second_round(meeting, actor, terrain, [topic.criterion for topic in topics])
        with st.expander(t("Who rates lower or higher, and who decides the ranking")):
            show_people(found, _names(meeting, actor))


def _second_round(meeting: Meeting, actor: Actor, terrain: str, first: list[str]) -> None:
    st.subheader(t("Ask again"))
    st.caption(t("After the discussion, some criteria are rated again; both rounds are kept."))
    labels = numbered_labels(grid_version(db(), meeting.grid), language())
    chosen = st.multiselect(
        t("Criteria to rate again on this terrain"),
        list(labels),
        first[:FIRST_TOPICS],
        format_func=labels.__getitem__,
        key=keys.widget("lead", "again", terrain),
        placeholder=t("None"),
    )
    if st.button(t("Start another round on these criteria"), key="lead:again", disabled=not chosen):
        cells = [(terrain, code) for code in chosen]
        life.start_round(db(), actor, meeting.key, cells)
        st.rerun()


def _names(meeting: Meeting, actor: Actor) -> dict[str, str]:
    if not meeting.settings.names_shown:
        return {}
    return {seat.pseudonym: seat.name for seat in seats_of(db(), actor, meeting.key) if seat.name}
