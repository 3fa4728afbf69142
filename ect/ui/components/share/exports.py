"""Exports: each with what it is for and what it holds, prepared when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from ect.exchange.files import EXPORTS, export_bytes
from ect.i18n import marked as _
from ect.ui import boot, keys
from ect.ui.components.work import with_bar
from ect.ui.context import db, language, speaker, t
from ect.ui.downloads import File, keep, offer
from ect.ui.feedback import refusals

PAGE = "exports"


@dataclass(frozen=True, slots=True)
class _Offer:
    """An export on the page: which it is by name, its other version, and its words."""

    name: str
    title: str
    purpose: str
    other: str = ""
    other_label: str = ""
    other_help: str = ""


OFFERS = (
    _Offer(
        "committee",
        _("The committee's workbook (XLSX)"),
        _(
            "To read, print and send: the ranking with its notes, a radar a terrain, what each column brings,"
            " the grid. The charts are Excel's own; the figures are values."
        ),
    ),
    _Offer(
        "tables",
        _("All tables (XLSX)"),
        _(
            "To work on the data in a spreadsheet: ratings, scores, assessments, frameworks and the rest, one"
            " observation a row, with a sheet that says what each column means. Pseudonyms, never names."
        ),
    ),
    _Offer(
        "csv",
        _("All tables (CSV, in a ZIP)"),
        _("The same tables as texts: for French Excel (semicolons, decimal commas), or for programs."),
        other="csv_machine",
        other_label=_("For programs: commas, decimal points, exact fractions"),
    ),
    _Offer(
        "whole",
        _("Everything (JSON)"),
        _(
            "To put all of it back into another install: what goes in there is what came out of here. Answers"
            " of rounds that are not revealed, codes, devices and keys stay here."
        ),
        other="whole_named",
        other_label=_("With the participants' names"),
        other_help=_(
            "Without names, pseudonyms stand for them. With names, the file says who rated what: keep it like"
            " the database itself."
        ),
    ),
)


def show_exports() -> None:
    """Show what can be taken out, and hand it over."""
    st.caption(t("Nothing is sent anywhere: each file is made on this machine, and saved where you want it."))
    for one in OFFERS:
        with st.container(border=True):
            _show_offer(one)


def _show_offer(one: _Offer) -> None:
    st.subheader(t(one.title))
    st.markdown(t(one.purpose))
    name = one.name
    if one.other:
        help_ = t(one.other_help) if one.other_help else None
        chosen = st.checkbox(t(one.other_label), key=keys.widget(PAGE, one.name, "other"), help=help_)
        name = one.other if chosen else name
    asked = st.button(
        t("Prepare {file}", file=EXPORTS[name].name),
        key=keys.widget(PAGE, one.name),
        icon=":material/inventory_2:",
    )
    if asked:
        with refusals():
            _prepare(name)
    prepared = st.session_state.get(keys.EXPORTS, {}).get(f"{name}/{language()}")
    if prepared:
        offer(t("Save {file}", file=EXPORTS[name].name), prepared["address"])
        st.caption(t("As the data were at {time}.", time=prepared["time"]))


def _prepare(name: str) -> None:
    """Make a file, with a bar while it lasts, and put it on the shelf."""
    settings = boot.settings().model_copy(update={"language": language()})
    content = with_bar(
        keys.widget(PAGE, "stop"),
        t("The file is being prepared…"),
        lambda done, wanted: t("{done} of {wanted} done", done=done, wanted=wanted),
        lambda tell: export_bytes(db(), EXPORTS[name], settings, tell),
    )
    made = EXPORTS[name]
    ready = {
        "address": keep(File(made.name, made.media_type, content)),
        "time": speaker().time(datetime.now(UTC)),
    }
    prepared = st.session_state.get(keys.EXPORTS, {})
    st.session_state[keys.EXPORTS] = {**prepared, f"{name}/{language()}": ready}
