"""The form that makes or changes a terrain's record: all of it is saved, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from ect.domain.framework import FrameworkKind, FrameworkUse
from ect.domain.terrain import NAME_LIMIT, Lesson, Terrain, TerrainKind
from ect.services.catalogue import create_terrain, update_terrain
from ect.services.reference import framework_kinds, frameworks
from ect.ui.components.terrain_list import MODE, close_record, open_record
from ect.ui.context import db, language, said, t
from ect.ui.feedback import notify, plain, refusals
from ect.wording import TERRAIN_KINDS, TERRAIN_LISTS, TERRAIN_TEXTS

FORM_KEY = "terrain-form"


def show_form(terrain: Terrain | None, everyone: Mapping[str, Terrain]) -> None:
    """Show the form, filled from ``terrain`` when there is one to change."""
    st.title(plain(t("Edit {name}", name=terrain.name)) if terrain else t("New terrain"))
    shown = terrain or Terrain(code="new", name=t("New terrain"))
    with st.form(FORM_KEY, enter_to_submit=False):
        draft = _fields(shown, everyone, new=terrain is None)
        with st.container(horizontal=True):
            saved = st.form_submit_button(t("Save"), type="primary", icon=":material/check:")
            left = st.form_submit_button(t("Leave without saving"), on_click=_leave)
    if saved and not left:
        with refusals():
            _save(shown, draft, new=terrain is None)
            st.rerun()


def _fields(terrain: Terrain, everyone: Mapping[str, Terrain], *, new: bool) -> dict[str, Any]:
    draft: dict[str, Any] = {}
    draft["name"] = st.text_input(t("Name"), "" if new else terrain.name, max_chars=NAME_LIMIT)
    draft["full_name"] = st.text_input(t("Full name"), terrain.full_name)
    left, right = st.columns(2)
    with left:
        kinds = list(TERRAIN_KINDS)
        draft["kind"] = st.selectbox(
            t("Kind"), kinds, kinds.index(terrain.kind), format_func=said(TERRAIN_KINDS)
        )
    with right:
        draft["year"] = st.number_input(t("Year"), 1990, 2100, terrain.year, step=1)
    draft["territory"] = st.text_input(t("Territory"), terrain.territory)
    originals = [c for c, x in everyone.items() if x.kind is not TerrainKind.MIRROR and c != terrain.code]
    draft["mirrors_of"] = tuple(
        st.multiselect(
            t("Mirror of"),
            originals,
            [code for code in terrain.mirrors_of if code in originals],
            format_func=lambda code: everyone[code].name,
            placeholder=t("None"),
        )
    )
    for field, label in TERRAIN_TEXTS.items():
        draft[field] = st.text_area(t(label), getattr(terrain, field))
    for field, label in TERRAIN_LISTS.items():
        text = "\n".join(getattr(terrain, field))
        draft[field] = _lines(st.text_area(t("{label} (one a line)", label=t(label)), text))
    draft["lessons"] = _lesson_fields(terrain)
    draft["frameworks"] = _framework_fields(terrain)
    return draft


def _lesson_fields(terrain: Terrain) -> tuple[Lesson, ...]:
    lessons: list[Lesson] = []
    for axis in (1, 2, 3, 0):
        label = t("Lessons of axis {axis} (one a line)", axis=axis) if axis else t("Other lessons")
        known = "\n".join(lesson.text for lesson in terrain.lessons if lesson.axis == axis)
        lessons += [Lesson(axis, line) for line in _lines(st.text_area(label, known))]
    return tuple(lessons)


def _framework_fields(terrain: Terrain) -> tuple[FrameworkUse, ...]:
    uses: list[FrameworkUse] = []
    for kind in FrameworkKind:
        entries = {f.code: f.label.read(language()) for f in frameworks() if f.kind is kind}
        before = {use.code: use for use in terrain.frameworks if use.kind is kind and use.code}
        chosen = st.multiselect(
            framework_kinds()[kind].label.read(language()),
            list(entries),
            [code for code in before if code in entries],
            format_func=entries.__getitem__,
            placeholder=t("None"),
        )
        uses += [before.get(code) or FrameworkUse(kind, entries[code], code) for code in chosen]
        uses += [use for use in terrain.frameworks if use.kind is kind and use.code is None]
    return tuple(uses)


def _save(terrain: Terrain, draft: dict[str, Any], *, new: bool) -> None:
    changed = replace(terrain, **draft)
    saved = create_terrain(db(), changed) if new else update_terrain(db(), changed)
    notify(t("“{name}” is saved.", name=saved.name))
    open_record(saved.code)


def _leave() -> None:
    st.session_state[MODE] = "list"
    if "terrain" not in st.query_params:
        close_record()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
