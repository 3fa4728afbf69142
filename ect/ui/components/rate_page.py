"""The parts of the page Rate: which terrain, which section, the form, and the board beside it."""

from __future__ import annotations

import streamlit as st

from ect.domain.aggregation import values_of
from ect.domain.grid import Criterion, Grid
from ect.domain.scoring import Measure, score
from ect.domain.terrain import Terrain, TerrainKind
from ect.services.catalogue import list_terrains
from ect.services.rating import clear_all
from ect.services.reference import current_grid
from ect.ui import keys
from ect.ui.components.chart import show_chart
from ect.ui.components.profile import criterion_numbers, pillar_labels, profile_radar
from ect.ui.components.rating_form import (
    Form,
    can_undo,
    remember,
    show_criterion,
    undo_last,
)
from ect.ui.components.table import Cell, show_table
from ect.ui.context import db, ink, language, n, narrow, speaker, t
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
            disabled=not can_undo(),
        )
        if form.ratings():
            st.button(
                t("Start this terrain again"),
                icon=":material/restart_alt:",
                key="rate:clear",
                type="tertiary",
                on_click=_ask_to_clear,
                args=(terrain.code,),
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


def choose_radar() -> bool:
    """Let the reader choose between a radar of the 20 criteria and one of the 4 pillars."""
    return st.toggle(t("Radar by criterion"), value=True, key="rate:detail")


def score_board(terrain: Terrain, form: Form, *, by_criterion: bool) -> None:
    """Show the radar, the completeness and the two totals, never one number alone."""
    grid = current_grid(db())
    result = score(grid, values_of(form.ratings().values()))
    known, count = result.total.known, result.total.count
    st.progress(known / count, text=_progress(known, count))
    labels = pillar_labels(grid, language())
    show_chart(
        profile_radar(
            {terrain.name: result},
            criterion_numbers(grid) if by_criterion else labels,
            speaker(),
            description=t("Radar of the levels given, from 0 at the centre to 2 at the rim."),
            width=280 if narrow() else 400,
            label_room=36 if by_criterion else 84,
            wrap=12,
            ink=ink(),
        ),
        key="rate:radar",
        width="content",
    )
    lines = [
        [Cell(f"{place} {labels[part.code]} /2"), Cell(_said(part.measure))]
        for place, part in enumerate(result.pillars, 1)
    ]
    lines += [
        [Cell(t("ECT") + f" /{grid.ect_maximum}"), Cell(_said(result.ect), strong=True)],
        [
            Cell(t("Selection") + f" /{grid.selection_maximum}"),
            Cell(_said(result.selection_total), strong=True),
        ],
        [Cell(t("Total") + f" /{grid.maximum}"), Cell(_said(result.total), strong=True)],
    ]
    show_table([t("Part of the grid"), t("Points")], lines)


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


def _ask_to_clear(terrain: str) -> None:
    st.session_state["rate:ask"] = terrain


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


def _progress(known: int, count: int) -> str:
    return n("{count} criterion rated of {all}", "{count} criteria rated of {all}", known, all=count)


def _said(measure: Measure) -> str:
    say = speaker()
    if measure.complete:
        return say.short(measure.value, 1)
    return t("{low} to {high}", low=say.short(measure.low, 1), high=say.short(measure.high, 1))
