"""The head and foot of documents: a form, and the logo."""

from __future__ import annotations

import streamlit as st

from ect.i18n import marked as _
from ect.services.document_settings import TEXT_LIMIT, DocumentSettings, letterhead, save, set_logo
from ect.services.logo import HEAVIEST
from ect.services.membership import ORGANISER
from ect.ui import keys
from ect.ui.components.share.documents.making import PAGE
from ect.ui.context import db, t
from ect.ui.feedback import attempt, refusals

KIND = "heading"

TITLES = {
    "minutes": _("Minutes of a meeting"),
    "comparison": _("Comparison of candidates"),
    "record": _("Record of a terrain"),
    "blank": _("Grid and rating sheet"),
}


def show_heading() -> None:
    """Let the organiser say whose documents these are."""
    settled = letterhead(db())
    left, right = st.columns([3, 2], gap="large")
    with left:
        _texts(settled)
    with right:
        _logo(settled)


def _texts(settled: DocumentSettings) -> None:
    with st.form(keys.widget(PAGE, KIND, "texts")):
        organisation = st.text_input(
            t("Organisation"),
            settled.organisation,
            max_chars=TEXT_LIMIT,
            key=keys.widget(PAGE, KIND, "organisation"),
        )
        footer = st.text_input(
            t("At the foot of every page"),
            settled.footer,
            max_chars=TEXT_LIMIT,
            key=keys.widget(PAGE, KIND, "footer"),
        )
        titles = {
            kind: st.text_input(
                t("Title of “{document}”", document=t(usual)),
                settled.titles.get(kind, ""),
                max_chars=TEXT_LIMIT,
                placeholder=t(usual),
                key=keys.widget(PAGE, KIND, kind),
            )
            for kind, usual in TITLES.items()
        }
        if st.form_submit_button(t("Save the heading"), type="primary"):
            with refusals():
                save(db(), ORGANISER, organisation, footer, titles)
                st.toast(t("The heading is saved."), icon=":material/check:")


def _logo(settled: DocumentSettings) -> None:
    if settled.logo:
        st.image(settled.logo, caption=t("Logo on documents"), width=220, alt=t("Logo on documents"))
    with st.form(keys.widget(PAGE, KIND, "logo"), clear_on_submit=True):
        file = st.file_uploader(
            t("Logo (PNG or JPEG, 2 MB at most)"),
            type=["png", "jpg", "jpeg"],
            max_upload_size=HEAVIEST // 1024**2,
            key=keys.widget(PAGE, KIND, "file"),
        )
        if st.form_submit_button(t("Put this logo in")) and file is not None:
            with refusals():
                set_logo(db(), ORGANISER, file.getvalue())
                st.rerun()
    if settled.logo:
        with st.popover(t("Take the logo away")):
            st.write(t("Documents made from now on will have no logo."))
            st.button(t("Take it away"), key=keys.widget(PAGE, KIND, "no-logo"), on_click=_without_logo)


def _without_logo() -> None:
    attempt(lambda: set_logo(db(), ORGANISER, None), t("The logo is taken away."))
