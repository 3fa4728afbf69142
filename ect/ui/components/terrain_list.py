"""The catalogue of terrains: filters, then one card a terrain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from ect.domain.terrain import Terrain, TerrainKind
from ect.services.catalogue import restore_terrain
from ect.ui import keys
from ect.ui.components.grid import folded
from ect.ui.context import db, n, said, t
from ect.ui.feedback import attempt, plain
from ect.wording import TERRAIN_KINDS, TERRAIN_ORIGINS

MODE = "terrains:mode"
CARDS_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Filters:
    """What the catalogue is narrowed to."""

    words: str
    kind: TerrainKind | None
    archived: bool


def choose_filters() -> Filters:
    """Let the reader search by words, by kind, and look among what is archived."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        words = st.text_input(t("Find a terrain"), key="terrains:find", icon=":material/search:")
        kind = st.pills(
            t("Kind"),
            list(TERRAIN_KINDS),
            format_func=said(TERRAIN_KINDS),
            key="terrains:kind",
        )
        archived = st.toggle(t("Archived"), key="terrains:archived")
        st.button(
            t("New terrain"),
            icon=":material/add:",
            type="primary",
            key="terrains:new",
            on_click=start_form,
            args=("new",),
        )
    return Filters(words, kind, archived)


def matching(terrains: Iterable[Terrain], filters: Filters) -> list[Terrain]:
    """Return the terrains the filters let through: candidates, then followed ones, then mirrors."""
    asked = folded(filters.words)
    found = [
        terrain
        for terrain in terrains
        if terrain.archived == filters.archived
        and (filters.kind is None or terrain.kind is filters.kind)
        and asked in folded(f"{terrain.name} {terrain.full_name} {terrain.territory} {terrain.context}")
    ]
    order = list(TERRAIN_KINDS)
    return sorted(found, key=lambda terrain: (order.index(terrain.kind), folded(terrain.name)))


def show_list(terrains: list[Terrain], everyone: Mapping[str, Terrain]) -> None:
    """Show the terrains as cards; say what to do when there is none."""
    if not everyone:
        st.info(t("There is no terrain yet. Create the first one."), icon=":material/info:")
    elif not terrains:
        st.info(t("No terrain matches these filters."), icon=":material/filter_alt_off:")
    else:
        st.caption(n("{count} terrain", "{count} terrains", len(terrains)))
    for start in range(0, len(terrains), CARDS_A_ROW):
        row = terrains[start : start + CARDS_A_ROW]
        for column, terrain in zip(st.columns(CARDS_A_ROW), row, strict=False):
            with column:
                _show_card(terrain, everyone)


def open_record(code: str) -> None:
    """Go to a terrain's record."""
    st.query_params[keys.QUERY_TERRAIN] = code
    st.session_state[MODE] = "list"


def close_record() -> None:
    """Go back to the catalogue."""
    st.query_params.pop(keys.QUERY_TERRAIN, None)
    st.session_state[MODE] = "list"


def start_form(mode: str) -> None:
    """Open the form: ``"new"`` or ``"edit"``."""
    if mode == "new":
        st.query_params.pop(keys.QUERY_TERRAIN, None)
    st.session_state[MODE] = mode


def tags(terrain: Terrain) -> str:
    """Return what a terrain is, on one line: kind, year, where it comes from."""
    parts = [t(TERRAIN_KINDS[terrain.kind])]
    if terrain.year:
        parts.append(str(terrain.year))
    parts.append(t(TERRAIN_ORIGINS.get(terrain.origin, terrain.origin)))
    return " · ".join(parts)


def _show_card(terrain: Terrain, everyone: Mapping[str, Terrain]) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{plain(terrain.name)}**")
        st.caption(plain(tags(terrain)))
        if terrain.mirrors_of:
            names = ", ".join(everyone[code].name for code in terrain.mirrors_of if code in everyone)
            st.markdown(plain(t("Mirror of {names}", names=names)))
        elif summary := _summary(terrain):
            st.markdown(plain(summary))
        if terrain.archived:
            st.button(
                t("Restore"),
                key=keys.widget("terrains", "restore", terrain.code),
                on_click=restore,
                args=(terrain.code, terrain.name),
            )
        else:
            st.button(
                t("Open {name}", name=plain(terrain.name)),
                key=keys.widget("terrains", "open", terrain.code),
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=open_record,
                args=(terrain.code,),
            )


def restore(code: str, name: str) -> None:
    """Bring an archived terrain back, and say so."""
    attempt(lambda: restore_terrain(db(), code), t("“{name}” is back in the catalogue.", name=name))


def _summary(terrain: Terrain) -> str:
    text = terrain.full_name or terrain.objective or terrain.genesis or terrain.context
    return text if len(text) <= 140 else f"{text[:137].rsplit(' ', 1)[0]}…"
