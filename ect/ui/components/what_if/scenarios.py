"""Scenarios: what is supposed is given a name, opened again, laid beside the others, thrown away."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ect.domain.ranking import Ranking
from ect.sentences import sentence
from ect.services import scenarios
from ect.services.scenarios import Outcome, SavedScenario
from ect.services.scores import Source
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.choices import SOURCES
from ect.ui.components.table import Cell, show_table
from ect.ui.components.what_if.state import LINK, PAGE
from ect.ui.context import db, language, speaker, t
from ect.ui.feedback import attempt, plain

NAME, NOTE = keys.widget(PAGE, "name"), keys.widget(PAGE, "note")
COLUMNS = 6


def show_scenarios(basis: Basis, source: Source) -> None:
    """Offer to keep what is supposed, and show what is kept beside the official ranking."""
    st.subheader(t("Scenarios"))
    with st.popover(t("Save as a scenario"), icon=":material/bookmark_add:"):
        st.text_input(t("Name"), key=NAME, max_chars=scenarios.NAME_LIMIT)
        st.text_area(t("Note"), key=NOTE, max_chars=scenarios.NOTE_LIMIT, height=90)
        st.button(
            t("Save"),
            type="primary",
            key=keys.widget(PAGE, "save"),
            on_click=_save,
            args=(basis, source),
        )
    _offer_to_bring_back()
    kept = scenarios.saved(db())
    if not kept:
        st.caption(t("No scenario is kept yet: suppose something, then give it a name."))
        return
    found = scenarios.outcomes(db(), kept)
    _show_beside(basis, found)
    for outcome in found:
        _show_one(outcome)


def _save(basis: Basis, source: Source) -> None:
    text = LINK.now()
    name, note = st.session_state[NAME], st.session_state[NOTE]
    kept = attempt(
        lambda: scenarios.save(db(), basis, source, text, name, note),
        t("“{name}” is kept.", name=name.strip()),
    )
    if kept:
        st.session_state[NAME] = st.session_state[NOTE] = ""


def _show_beside(basis: Basis, found: tuple[Outcome, ...]) -> None:
    """Show who is first under which, and the rank of those that lead officially."""
    leading = [row.terrain for row in basis.ranking.ranked[:COLUMNS]]
    headers = [t("Scenario"), t("First"), *(basis.names[terrain] for terrain in leading)]
    rows = [_line(t("Official ranking"), basis.ranking, basis.names, leading)]
    rows += [
        _line(outcome.scenario.name, outcome.ranking, basis.names, leading)
        for outcome in found
        if outcome.ranking
    ]
    show_table(headers, rows, t("Who is first under which scenario"), words=2)


def _line(label: str, ranking: Ranking, names: Mapping[str, str], leading: list[str]) -> list[Cell]:
    ranks = {row.terrain: row.rank for row in ranking.rows}
    first = [names.get(row.terrain, row.terrain) for row in ranking.ranked if row.rank == 1]
    figures = [Cell(str(ranks.get(terrain) or "–")) for terrain in leading]
    return [Cell(label), Cell(", ".join(first) or "–", words=True, strong=True), *figures]


def _show_one(outcome: Outcome) -> None:
    scenario = outcome.scenario
    with st.container(border=True):
        st.markdown(f"**{plain(scenario.name)}**")
        if scenario.note:
            st.markdown(plain(scenario.note))
        if outcome.refusal:
            st.warning(plain(sentence(outcome.refusal, language())), icon=":material/warning:")
        st.caption(
            t(
                "Saved {moment} · {source}",
                moment=speaker().moment(scenario.created_at),
                source=t(SOURCES[Source(scenario.source)]),
            )
        )
        with st.container(horizontal=True):
            st.button(
                t("Open"),
                icon=":material/open_in_full:",
                key=keys.widget(PAGE, "open", str(scenario.key)),
                help=t("Suppose what “{name}” supposes", name=plain(scenario.name)),
                disabled=outcome.refusal is not None,
                on_click=_open,
                args=(scenario,),
            )
            st.button(
                t("Delete"),
                icon=":material/delete:",
                key=keys.widget(PAGE, "remove", str(scenario.key)),
                help=t("Delete “{name}”; it can be brought back", name=plain(scenario.name)),
                on_click=_remove,
                args=(scenario,),
            )


def _open(scenario: SavedScenario) -> None:
    st.session_state[keys.widget(PAGE, "source")] = Source(scenario.source)
    LINK.change(scenario.text)


def _remove(scenario: SavedScenario) -> None:
    if attempt(lambda: scenarios.remove(db(), scenario.key)):
        st.session_state[keys.SCENARIO_REMOVED] = scenario


def _offer_to_bring_back() -> None:
    removed: SavedScenario | None = st.session_state.get(keys.SCENARIO_REMOVED)
    if removed is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(t("“{name}” was deleted.", name=removed.name)))
        st.button(
            t("Bring it back"),
            icon=":material/undo:",
            key=keys.widget(PAGE, "bring-back"),
            on_click=_bring_back,
            args=(removed,),
        )


def _bring_back(removed: SavedScenario) -> None:
    if attempt(lambda: scenarios.bring_back(db(), removed.key)):
        del st.session_state[keys.SCENARIO_REMOVED]
