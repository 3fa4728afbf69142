"""The comparison: of which terrains, by which scores, with everything or the best."""

from __future__ import annotations

import streamlit as st

from ect.domain.terrain import TerrainKind
from ect.reports.comparison import SHOWN, comparison_document
from ect.services.catalogue import list_terrains
from ect.services.comparing import compare
from ect.services.document_settings import letterhead
from ect.services.membership import ORGANISER
from ect.ui import keys
from ect.ui.components.choices import choose_source
from ect.ui.components.share.documents.making import PAGE, PDF, PPTX, choose_speaker, offer_formats
from ect.ui.context import db, n, t

KIND = "comparison"


def show_comparison() -> None:
    """Let the reader choose terrains, or leave them all, and make the comparison."""
    names = {x.code: x.name for x in list_terrains(db()) if x.kind is not TerrainKind.MIRROR}
    chosen: list[str] = st.multiselect(
        t("Terrains to compare"),
        list(names),
        format_func=names.__getitem__,
        placeholder=t("All that are ranked"),
        key=keys.widget(PAGE, KIND, "terrains"),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        source = choose_source(PAGE)
        say = choose_speaker(KIND)
    everything = False
    if (count := len(chosen) or len(names)) > SHOWN:
        everything = st.toggle(
            n("List the terrain", "List all {count} terrains, not the first ones only", count),
            key=keys.widget(PAGE, KIND, "everything"),
        )
    offer_formats(
        KIND,
        f"{sorted(chosen)}/{source}/{say.language}/{everything}",
        (PDF, PPTX),
        lambda progress: comparison_document(
            compare(db(), ORGANISER, chosen, source, progress), letterhead(db()), say, everything=everything
        ),
    )
