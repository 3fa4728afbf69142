"""What a set adds to the diversity of the portfolio, and the terrains that cannot be chosen yet."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ect.domain.choice import Choice, Portfolio
from ect.services.choosing import COVERED, Coverage, Eligible, GroupKind, could_enter, coverage
from ect.ui.components.choose.words import group_title, listed
from ect.ui.components.table import Cell, show_table
from ect.ui.context import n, speaker, t
from ect.ui.feedback import plain
from ect.ui.navigation import link


def show_coverage(found: Eligible, one: Portfolio) -> None:
    """Show which themes, frameworks and axes are covered: by followed terrains, by the set, by nobody."""
    st.subheader(t("What the set adds to the portfolio"))
    covers = coverage(found, one.members)
    for kind in COVERED:
        its = [cover for cover in covers if cover.group.kind is kind]
        st.markdown(plain(_sentence(kind, its)))
    headers = [t("Theme, framework or axis"), t("Followed already"), t("In the set"), t("Covered")]
    rows = [
        [
            Cell(_title(cover)),
            Cell(listed(found, cover.followed), words=True),
            Cell(listed(found, cover.chosen), words=True),
            Cell(_state(cover), words=True, strong=cover.new, muted=not cover.covered),
        ]
        for cover in covers
    ]
    show_table(headers, rows, words=4)
    st.caption(
        t(
            "Themes are those of the followed terrains and of the candidates; a terrain is on an axis once a "
            "lesson on it is written in its record."
        )
    )


def _title(cover: Coverage) -> str:
    titles = {
        GroupKind.THEME: t("Theme: {title}", title=group_title(cover.group)),
        GroupKind.FRAMEWORK: t("Framework: {title}", title=group_title(cover.group)),
        GroupKind.AXIS: t("Axis: {title}", title=group_title(cover.group)),
    }
    return titles[cover.group.kind]


def _state(cover: Coverage) -> str:
    if cover.new:
        return t("thanks to the set")
    return t("already") if cover.covered else t("by nobody")


def _sentence(kind: GroupKind, covers: list[Coverage]) -> str:
    say = speaker()
    fresh = [group_title(cover.group) for cover in covers if cover.new]
    values = {
        "covered": say.number(sum(cover.covered for cover in covers), 0),
        "count": say.number(len(covers), 0),
        "new": ", ".join(fresh) or t("nothing new"),
    }
    if kind is GroupKind.THEME:
        return t("Themes: {covered} of {count} covered. Thanks to the set: {new}.", **values)
    if kind is GroupKind.FRAMEWORK:
        return t("Frameworks of emergence: {covered} of {count} covered. Thanks to the set: {new}.", **values)
    return t("Axes: {covered} of {count} covered. Thanks to the set: {new}.", **values)


def show_unknown(found: Eligible, choice: Choice | None) -> None:
    """Name the terrains that cannot be chosen, and say whether they could matter once they are known."""
    if not found.incomplete:
        return
    st.subheader(t("What cannot be chosen yet"))
    names = listed(found, list(found.incomplete)[:50])
    st.markdown(
        plain(
            n(
                "{count} terrain cannot be chosen, something being unknown of it: {terrains}.",
                "{count} terrains cannot be chosen, something being unknown of them: {terrains}.",
                len(found.incomplete),
                terrains=names if len(found.incomplete) <= 50 else f"{names}…",
            )
        )
    )
    if choice is not None:
        st.markdown("\n".join(f"- {plain(words)}" for words in _matter(found, could_enter(found, choice))))
    link("noter", t("Rate what is unknown"))


def _matter(found: Eligible, enters: Mapping[str, bool]) -> list[str]:
    """Say which unknown terrains could change the choice, which do not, and how many were not tried."""
    said = [
        t(
            "{terrain} could change this choice: it can still reach {total}, and the best set would have it.",
            terrain=found.names[code],
            total=speaker().short(found.incomplete[code].total.high),
        )
        for code, it in enters.items()
        if it
    ]
    idle = [code for code, it in enters.items() if not it]
    if idle:
        said.append(
            n(
                "{count} changes nothing in this choice, even at the most it can reach: {terrains}.",
                "{count} change nothing in this choice, even at the most each can reach: {terrains}.",
                len(idle),
                terrains=listed(found, idle),
            )
        )
    untried = len(found.incomplete) - len(enters)
    if untried:
        said.append(
            n(
                "{count} other, which cannot reach more, was not tried.",
                "{count} others, which cannot reach more, were not tried.",
                untried,
            )
        )
    return said
