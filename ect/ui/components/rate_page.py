"""The parts of the page Rate: which terrain, which section, the form, and the board beside it."""

from __future__ import annotations

import streamlit as st

from ect.domain.grid import Criterion, Grid
from ect.domain.terrain import Terrain, TerrainKind
from ect.services.catalogue import list_terrains
from ect.services.rating import clear_all
from ect.services.reference import current_grid
from ect.ui import keys
from ect.ui.components.profile import pillar_labels
from ect.ui.components.rating_form import (
    Form,
    remember,
    show_criterion,
    undo_last,
)
from ect.ui.context import db, language, n, narrow, t
from ect.ui.feedback import attempt, notify, plain
from ect.ui.navigation import link

SELECTION = "selection"


def choose_terrain() -> Terrain:
    """Let the reader choose a terrain; without any, say where to make one and stop."""
    known = [x for x in list_terrains(db()) if x.kind is not TerrainKind.MIRROR]
    known.sort(key=lambda x: (x.kind is not TerrainKind.CANDIDATE, x.name.casefold()))
    terrains = {terrain.code: terrain for terrain in known}
    if not terrains:
        st.info(t("There is no terrain to rate yet."), icon=":material/info:")
        link("terrains", t("Create a terrain"))
        st.stop()
    asked = st.session_state.get(keys.TERRAIN) or st.query_params.get(keys.QUERY_TERRAIN)
    st.session_state["rate:terrain"] = asked if asked in terrains else next(iter(terrains))
    code: str = st.selectbox(
        t("Terrain"),
        list(terrains),
        format_func=lambda code: terrains[code].name,
        key="rate:terrain",
        on_change=_keep_terrain,
    )
    st.query_params[keys.QUERY_TERRAIN] = code
    return terrains[code]


def choose_section() -> tuple[str, bool]:
    """Let the reader choose a pillar or the selection criteria, and sliders or buttons."""
    grid = current_grid(db())
    labels = {**pillar_labels(grid, language()), SELECTION: t("Selection criteria")}
    if st.session_state.get(keys.SECTION) not in labels:
        st.session_state[keys.SECTION] = next(iter(labels))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        section = st.segmented_control(
            t("Section of the grid"),
            list(labels),
            format_func=labels.__getitem__,
            key=keys.SECTION,
            required=True,
        )
        buttons = st.toggle(
            t("Buttons instead of sliders"),
            value=narrow(),
            key="rate:buttons",
            persist_state="session",
        )
    return section or next(iter(labels)), buttons


def section_form(terrain: Terrain, section: str, form: Form) -> None:
    """Show the criteria of a section, then what leads on: the next section, undo, starting again."""
    grid = current_grid(db())
    for number, criterion in _numbered(grid, section):
        show_criterion(form, criterion, number)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            t("Undo the last change"),
            icon=":material/undo:",
            key="rate:undo",
            on_click=undo_last,
        )
        st.button(
            t("Start this terrain again"),
            icon=":material/restart_alt:",
            key="rate:clear",
            type="tertiary",
            on_click=_ask_to_clear,
            args=(form,),
        )
        following = _following(grid, section)
        if following and st.button(
            t("Next section"),
            icon=":material/arrow_forward:",
            icon_position="right",
            key="rate:next",
            type="primary",
            on_click=_go_to,
            args=(following,),
        ):
            st.rerun()
    if st.session_state.get("rate:ask") == terrain.code:
        _confirm_clear(terrain, len(form.ratings()))


def _keep_terrain() -> None:
    st.session_state[keys.TERRAIN] = st.session_state["rate:terrain"]


def _numbered(grid: Grid, section: str) -> list[tuple[str, Criterion]]:
    if section == SELECTION:
        return [(f"{i}.", criterion) for i, criterion in enumerate(grid.selection, 1)]
    place, pillar = next((i, p) for i, p in enumerate(grid.pillars, 1) if p.code == section)
    return [(f"{place}.{i}", criterion) for i, criterion in enumerate(pillar.criteria, 1)]


def _following(grid: Grid, section: str) -> str | None:
    sections = [*(pillar.code for pillar in grid.pillars), SELECTION]
    place = sections.index(section) + 1
    return sections[place] if place < len(sections) else None


def _go_to(section: str) -> None:
    st.session_state[keys.SECTION] = section


def _ask_to_clear(form: Form) -> None:
    if form.ratings():
        st.session_state["rate:ask"] = form.terrain
    else:
        notify(t("Nothing is rated on this terrain yet."))


def _confirm_clear(terrain: Terrain, count: int) -> None:
    @st.dialog(t("Start this terrain again?"), on_dismiss=_forget_question)
    def ask() -> None:
        st.write(
            plain(
                n(
                    "{count} rating of “{terrain}” will be cleared.",
                    "{count} ratings of “{terrain}” will be cleared.",
                    count,
                    terrain=terrain.name,
                )
            )
        )
        with st.container(horizontal=True):
            if st.button(t("Clear the ratings"), type="primary", key="rate:clear:yes"):
                attempt(lambda: _clear(terrain))
                _forget_question()
                st.rerun()
            if st.button(t("Keep them"), key="rate:clear:no"):
                _forget_question()
                st.rerun()

    ask()


def _forget_question() -> None:
    st.session_state.pop("rate:ask", None)


def _clear(terrain: Terrain) -> None:
    remember(terrain.code, clear_all(db(), terrain.code))
    notify(t("Ratings cleared. “Undo the last change” brings them back."))
