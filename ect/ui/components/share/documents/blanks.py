"""Sheets to print before a meeting without telephones."""

from __future__ import annotations

import streamlit as st

from ect.reports.blank import blank_document
from ect.services.catalogue import list_terrains
from ect.services.document_settings import letterhead
from ect.services.records import dated_grid
from ect.ui import keys
from ect.ui.components.share.documents.making import PAGE, PDF, choose_speaker, offer_formats
from ect.ui.context import db, t

KIND = "blank"


def show_blanks() -> None:
    """Make the grid and a rating sheet for each terrain that is chosen, or one without a name."""
    names = {x.code: x.name for x in list_terrains(db())}
    chosen: list[str] = st.multiselect(
        t("Terrains on the sheets"),
        list(names),
        format_func=names.__getitem__,
        placeholder=t("One sheet, without a name"),
        key=keys.widget(PAGE, KIND, "terrains"),
    )
    say = choose_speaker(KIND)
    offer_formats(
        KIND,
        f"{chosen}/{say.language}",
        (PDF,),
        lambda _progress: blank_document(
            *dated_grid(db()), [names[code] for code in chosen], letterhead(db()), say
        ),
    )
