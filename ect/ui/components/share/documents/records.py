"""One terrain's record."""

from __future__ import annotations

import streamlit as st

from ect.reports.record import record_document
from ect.services.catalogue import list_terrains
from ect.services.document_settings import letterhead
from ect.services.membership import ORGANISER
from ect.services.records import record
from ect.ui import keys
from ect.ui.components.share.documents.making import DOCX, PAGE, PDF, choose_speaker, offer_formats
from ect.ui.context import db, t

KIND = "record"


def show_record_sheet() -> None:
    """Let the reader choose a terrain, and make its record."""
    names = {x.code: x.name for x in list_terrains(db())}
    if not names:
        st.info(t("There is no terrain yet. Create the first one."), icon=":material/info:")
        return
    code: str = st.selectbox(
        t("Terrain"), list(names), format_func=names.__getitem__, key=keys.widget(PAGE, KIND, "terrain")
    )
    say = choose_speaker(KIND)
    offer_formats(
        KIND,
        f"{code}/{say.language}",
        (PDF, DOCX),
        lambda _progress: record_document(record(db(), ORGANISER, code), letterhead(db()), say),
    )
