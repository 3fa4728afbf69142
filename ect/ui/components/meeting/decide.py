"""Deciding: each terrain's agreed values, its verdict with the motive, and the freeze."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from ect.domain.meeting import REASON_LIMIT, Stage, Verdict
from ect.domain.terrain import Terrain
from ect.i18n import marked as _
from ect.services.deciding import audit_head, close, decide, history, settle
from ect.services.deliberation import Results, results
from ect.services.meeting import Meeting
from ect.services.membership import Actor
from ect.ui import keys
from ect.ui.components.meeting.results import show_ranking
from ect.ui.components.meeting.words import VERDICTS
from ect.ui.components.profile import numbered_labels
from ect.ui.components.share.documents.minutes import show_minutes_of
from ect.ui.components.table import Cell, show_table
from ect.ui.context import db, language, n, said, speaker, t
from ect.ui.feedback import plain
from ect.ui.pages import BY_ADDRESS

STEPS = 20

EVENTS = {
    "prepared": _("Prepared"),
    "changed": _("Changed"),
    "open": _("Opened"),
    "back": _("Gone back"),
    "joined": _("Joined"),
    "players_added": _("Simulated participants added"),
    "seat_added": _("Seat added"),
    "seat_removed": _("Seat removed"),
    "seat_freed": _("Seat freed"),
    "handed_over": _("Facilitation handed over"),
    "taken_back": _("Facilitation taken back"),
    "sections_set": _("Sections assigned"),
    "recused": _("Recusals declared"),
    "round_started": _("Round started"),
    "revealed": _("Revealed"),
    "start_deciding": _("Gone on to deciding"),
    "settled": _("Value settled"),
    "decided": _("Decided"),
    "closed": _("Closed"),
}


def show_decisions(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Show where the terrains stand, and a decision for each."""
    found = results(db(), actor, meeting.key)
    if meeting.demo:
        st.warning(t("Demonstration: nothing here is a real decision."), icon=":material/science:")
    show_ranking(found, known)
    deciding = meeting.status.stage is Stage.DECIDING
    for terrain in found.terrains:
        st.subheader(plain(known[terrain].name))
        if deciding:
            _ruling(meeting, actor, found, terrain)
            with st.expander(t("Agreed values, in place of the means")):
                _values(meeting, actor, found, terrain)
        else:
            _decided(found, terrain)
        _overrides(found, terrain)
    if deciding:
        _close(meeting, actor, found, known)
    elif meeting.status.stage is Stage.CLOSED:
        st.subheader(t("Minutes"))
        show_minutes_of(meeting, actor)
    _audit(meeting, actor)


def _ruling(meeting: Meeting, actor: Actor, found: Results, terrain: str) -> None:
    before = found.rulings.get(terrain)
    with st.form(keys.widget("decide", terrain)):
        verdict = st.segmented_control(
            t("Decision"),
            list(VERDICTS),
            default=before.verdict if before else None,
            format_func=said(VERDICTS),
        )
        motive = st.text_area(t("Motive"), before.motive if before else "", max_chars=REASON_LIMIT, height=80)
        if st.form_submit_button(t("Save the decision"), type="primary"):
            decide(db(), actor, meeting.key, terrain, verdict, motive)
            st.toast(t("Decision saved."), icon=":material/check:")
            st.rerun()


def _decided(found: Results, terrain: str) -> None:
    ruling = found.rulings.get(terrain)
    if ruling is None:
        st.caption(t("Not decided yet"))
        return
    st.markdown(f"**{t(VERDICTS[Verdict(ruling.verdict)])}**")
    st.write(plain(ruling.motive))


def _values(meeting: Meeting, actor: Actor, found: Results, terrain: str) -> None:
    labels, spread = numbered_labels(found.grid, language()), found.distributions(terrain)
    code: str = st.selectbox(
        t("Criterion"),
        list(labels),
        format_func=labels.__getitem__,
        key=keys.widget("settle", "criterion", terrain),
    )
    settled = found.overrides.get((terrain, code))
    mean = spread[code].mean
    start = settled.value if settled else (mean if mean is not None else Fraction(1))
    st.caption(t("Mean of the ratings given: {mean}.", mean=speaker().short(mean)))
    with st.form(keys.widget("settle", terrain, code), border=False):
        value = st.slider(t("Agreed value"), 0.0, 2.0, float(round(start * 10) / 10), 0.1)
        reason = st.text_area(
            t("Reason"), settled.reason if settled else "", max_chars=REASON_LIMIT, height=80
        )
        if st.form_submit_button(t("Put it in place of the mean")):
            settle(db(), actor, meeting.key, terrain, code, Fraction(round(value * 10), 10), reason)
            st.rerun()
    if settled and st.button(t("Back to the mean"), key=keys.widget("settle", "back", terrain, code)):
        settle(db(), actor, meeting.key, terrain, code, None)
        st.rerun()


def _overrides(found: Results, terrain: str) -> None:
    labels, spread = numbered_labels(found.grid, language()), found.distributions(terrain)
    rows = [
        [
            Cell(labels[code]),
            Cell(speaker().short(spread[code].mean)),
            Cell(speaker().short(override.value)),
            Cell(override.reason, words=True),
        ]
        for (where, code), override in found.overrides.items()
        if where == terrain
    ]
    if rows:
        headers = [t("Criterion"), t("Mean"), t("Agreed value"), t("Reason")]
        show_table(headers, rows, caption=t("Values the committee put in place of the mean"))


def _close(meeting: Meeting, actor: Actor, found: Results, known: Mapping[str, Terrain]) -> None:
    missing = [known[code].name for code in found.terrains if code not in found.rulings]
    hidden = [known[code].name for code in meeting.terrains if code not in found.terrains]
    st.divider()
    if hidden:
        others = t(
            "You are recused from {terrains}: somebody else decides, once you hand the facilitation over.",
            terrains=", ".join(hidden),
        )
        st.info(plain(others), icon=":material/block:")
    if missing:
        st.caption(plain(t("Still to decide: {terrains}.", terrains=", ".join(missing))))
    if st.button(
        t("Close the meeting"),
        type="primary",
        icon=":material/lock:",
        disabled=bool(missing),
        key="decide:close",
    ):
        _confirm(meeting, actor)


def _confirm(meeting: Meeting, actor: Actor) -> None:
    @st.dialog(t("Close the meeting?"))
    def ask() -> None:
        st.write(
            t(
                "Scores, votes, recusals and decisions are frozen, with today's date and the version of the"
                " grid. Nothing can be changed afterwards, and the code leads nowhere any more."
            )
        )
        if st.button(t("Close for good"), type="primary", key="decide:close:yes"):
            close(db(), actor, meeting.key)
            st.rerun()

    ask()


def _audit(meeting: Meeting, actor: Actor) -> None:
    head, broken = audit_head(db())
    with st.expander(t("What happened, in order")):
        rows = [
            [
                Cell(speaker().moment(event.at)),
                Cell(event.actor, words=True),
                Cell(_event(event.event), words=True),
            ]
            for event in history(db(), actor, meeting.key)
        ]
        if rows:
            show_table([t("When"), t("Who"), t("What")], rows, words=3)
        st.caption(n("{count} event", "{count} events", len(rows)))
    st.caption(t("Head of the audit chain: {head}", head=head[:16]))
    if broken is not None:
        st.error(t("The audit chain is broken: the store was changed by hand."), icon=":material/error:")


def _event(name: str) -> str:
    return t(EVENTS[name]) if name in EVENTS else name


def leads_here() -> None:
    """Say where to go while there is nothing to decide."""
    st.info(t("A meeting comes here once its ratings were revealed and discussed."), icon=":material/info:")
    st.page_link(BY_ADDRESS["animer"].path, label=t("Lead"), icon=":material/co_present:")
