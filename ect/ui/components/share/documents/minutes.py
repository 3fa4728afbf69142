"""Minutes: of which meeting, how people are spoken of, where it was held."""

from __future__ import annotations

import streamlit as st

from ect.i18n import marked as _
from ect.reports.minutes import minutes_document
from ect.services.document_settings import letterhead
from ect.services.meeting import Meeting, list_meetings
from ect.services.membership import ORGANISER, Actor
from ect.services.minutes import Named, minutes
from ect.ui import access, keys
from ect.ui.components.meeting.words import stage_words
from ect.ui.components.share.documents.making import DOCX, PAGE, PDF, choose_speaker, offer_formats
from ect.ui.context import db, said, speaker, t
from ect.ui.navigation import link

KIND = "minutes"
PLACE_LIMIT = 120

NAMED = {
    Named.PSEUDONYMS: _("By pseudonym"),
    Named.COUNT: _("Their number only"),
    Named.NAMES: _("By name"),
}


def show_minutes() -> None:
    """Let the organiser choose a meeting that revealed something, and make its minutes."""
    found = {m.key: m for m in list_meetings(db(), ORGANISER) if m.status.visible_rounds}
    if not found:
        st.info(t("No meeting has revealed its ratings yet: minutes come after."), icon=":material/info:")
        link("seance")
        return
    asked = str(st.query_params.get(keys.QUERY_MEETING, ""))
    wanted = int(asked) if asked.isdigit() and int(asked) in found else next(iter(found))
    labels = {key: _label(meeting) for key, meeting in found.items()}
    key: int = st.selectbox(
        t("Meeting"),
        list(found),
        index=list(found).index(wanted),
        format_func=labels.__getitem__,
        key=keys.widget(PAGE, KIND, "meeting"),
    )
    show_minutes_of(found[key], access.actor_in(key))


def show_minutes_of(meeting: Meeting, actor: Actor) -> None:
    """Offer the minutes of one meeting to who leads it."""
    named: Named | None = st.segmented_control(
        t("Speak of the participants"),
        list(NAMED),
        format_func=said(NAMED),
        default=Named.PSEUDONYMS,
        required=True,
        key=keys.widget(PAGE, KIND, "named"),
    )
    say = choose_speaker(KIND)
    place = st.text_input(
        t("Place, if it is to be told"), max_chars=PLACE_LIMIT, key=keys.widget(PAGE, KIND, "place")
    )
    named = named or Named.PSEUDONYMS
    if named is Named.NAMES:
        st.caption(t("A name is personal data: send such minutes only to who may read it."))
    about = f"{meeting.key}/{meeting.revision}/{named}/{say.language}/{place}/{actor.seat}"
    offer_formats(
        KIND,
        about,
        (PDF, DOCX),
        lambda progress: minutes_document(
            minutes(db(), actor, meeting.key, named, progress), letterhead(db()), say, named, place
        ),
        # What the organiser may read of a meeting, who leads it may be recused from.
        meeting=None if actor.organiser else meeting.key,
    )


def _label(meeting: Meeting) -> str:
    when = speaker().moment(meeting.closed_at or meeting.created_at)
    stage = stage_words(meeting.status.stage, meeting.status.round)
    return f"{meeting.title} · {when} · n° {meeting.key} · {stage}"
