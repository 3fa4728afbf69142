"""Templates to save, blank or filled from the store."""

from __future__ import annotations

import streamlit as st

from ect.domain.incoming import Kind
from ect.domain.text import folded
from ect.exchange.imports.templates import as_csv, as_xlsx, make_template
from ect.exchange.imports.wording import KINDS
from ect.i18n import marked as _
from ect.ui import keys
from ect.ui.components.share.importing.source import PAGE
from ect.ui.context import db, language, said, speaker, t
from ect.ui.downloads import File, keep, offer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"xlsx": XLSX, "csv": "text/csv"}

SHAPES = {
    False: _("One row a terrain and a participant"),
    True: _("One row an answer, with comments"),
}


def show_templates() -> None:
    """Let the reader save a table to type into, which comes in again as it is."""
    with st.expander(t("Templates: tables to type into"), icon=":material/table_view:"):
        st.caption(t("Save one, type into it, import it. Filled, it holds what is known today."))
        kind: Kind = st.selectbox(
            t("Template"), list(KINDS), format_func=said(KINDS), key=keys.widget(PAGE, "template")
        )
        long = False
        if kind is Kind.RATINGS:
            long = bool(
                st.radio(
                    t("Shape"),
                    list(SHAPES),
                    format_func=said(SHAPES),
                    key=keys.widget(PAGE, "shape"),
                )
            )
        filled = st.toggle(t("Filled from the store"), key=keys.widget(PAGE, "filled"))
        chosen = st.segmented_control(
            t("Format"), list(FORMATS), default="xlsx", required=True, key=keys.widget(PAGE, "format")
        )
        _offer(kind, str(chosen), filled=filled, long=long)


def _offer(kind: Kind, suffix: str, *, filled: bool, long: bool) -> None:
    """Prepare the file when it is asked for: it holds what the store holds at that moment."""
    wanted = f"{kind.value}/{suffix}/{filled}/{long}/{language()}"
    if st.button(t("Prepare the file"), icon=":material/build:", key=keys.widget(PAGE, "prepare")):
        template = make_template(db(), kind, language(), filled=filled, long=long)
        content = as_csv(template) if suffix == "csv" else as_xlsx(template, speaker())
        name = "-".join(folded(f"ect {t(KINDS[kind])}").split())
        address = keep(File(f"{name}.{suffix}", FORMATS[suffix], content))
        st.session_state[keys.IMPORT_TEMPLATE] = f"{wanted} {address}"
    for_what, _space, address = st.session_state.get(keys.IMPORT_TEMPLATE, "").partition(" ")
    if for_what == wanted:
        offer(t("Save the template"), address, primary=True)
