"""A terrain's record, read: what the report says of it, its scores, its frameworks, its mirrors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ect.domain.terrain import Terrain
from ect.services.catalogue import archive_terrain
from ect.services.reference import current_grid, framework_kinds, frameworks
from ect.services.scores import score_of
from ect.ui import keys
from ect.ui.components.terrain_list import close_record, open_record, restore, start_form, tags
from ect.ui.context import db, language, speaker, t
from ect.ui.feedback import attempt, plain
from ect.ui.navigation import link
from ect.wording import TERRAIN_LISTS, TERRAIN_TEXTS


def show_record(terrain: Terrain, everyone: Mapping[str, Terrain]) -> None:
    """Show the record, with what can be done to it."""
    st.button(t("All terrains"), icon=":material/arrow_back:", type="tertiary", on_click=close_record)
    st.title(plain(terrain.name))
    st.caption(plain(tags(terrain)))
    if terrain.origin == "demo":
        st.warning(t("Made up for a demonstration."), icon=":material/science:")
    _show_actions(terrain)
    if terrain.full_name:
        st.markdown(plain(terrain.full_name))
    if terrain.status_text:
        st.info(plain(terrain.status_text), icon=":material/flag:")
    if terrain.caveat:
        st.warning(plain(terrain.caveat), icon=":material/info:")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_texts(terrain)
    with right:
        _show_score(terrain)
        _show_frameworks(terrain)
        _show_mirrors(terrain, everyone)
    if terrain.source:
        st.caption(plain(t("Source: {source}", source=terrain.source)))


def _show_actions(terrain: Terrain) -> None:
    with st.container(horizontal=True):
        if terrain.archived:
            st.info(t("Archived: it appears in no ranking."), icon=":material/archive:")
            st.button(
                t("Restore"),
                icon=":material/undo:",
                key="record:restore",
                on_click=restore,
                args=(terrain.code, terrain.name),
            )
            return
        link("noter", t("Rate this terrain"), query_params={keys.QUERY_TERRAIN: terrain.code})
        st.button(
            t("Edit"),
            icon=":material/edit:",
            key="record:edit",
            on_click=start_form,
            args=("edit",),
        )
        st.button(
            t("Archive"),
            icon=":material/archive:",
            key="record:archive",
            on_click=_archive,
            args=(terrain,),
        )


def _archive(terrain: Terrain) -> None:
    attempt(
        lambda: archive_terrain(db(), terrain.code),
        t("“{name}” is archived; “Restore” brings it back.", name=terrain.name),
    )


def _show_texts(terrain: Terrain) -> None:
    if not any(getattr(terrain, field) for field in (*TERRAIN_TEXTS, *TERRAIN_LISTS, "lessons")):
        st.info(t("This record is still empty."), icon=":material/edit_note:")
    for field, label in TERRAIN_TEXTS.items():
        if text := getattr(terrain, field):
            st.markdown(f"**{t(label)}**  \n{plain(text)}")
    if terrain.lessons:
        st.markdown(f"**{t('Lessons')}**")
        for lesson in terrain.lessons:
            axis = t("Axis {number}: ", number=lesson.axis) if lesson.axis else ""
            st.markdown(f"- {plain(axis + lesson.text)}")
    for field, label in TERRAIN_LISTS.items():
        if items := getattr(terrain, field):
            st.markdown(f"**{t(label)}**")
            _bullets(items)


def _show_score(terrain: Terrain) -> None:
    result, grid = score_of(db(), terrain.code), current_grid(db())
    say = speaker()
    st.subheader(t("Score"))
    if not result.total.known:
        st.markdown(t("Not scored: unknown is neither 0 nor 1."))
        return
    lines = {
        t("ECT"): (result.ect, grid.ect_maximum),
        t("Selection"): (result.selection_total, grid.selection_maximum),
        t("Total"): (result.total, grid.maximum),
    }
    for label, (measure, top) in lines.items():
        if measure.complete:
            value = say.short(measure.value, 1)
        else:
            low, high = say.short(measure.low, 1), say.short(measure.high, 1)
            value = t("between {low} and {high}", low=low, high=high)
        st.markdown(plain(say.pair(label, f"{value} /{top}")))


def _show_frameworks(terrain: Terrain) -> None:
    st.subheader(t("Frameworks"))
    if not terrain.frameworks:
        st.markdown(t("None is known."))
    labels = {(f.kind, f.code): f.label.read(language()) for f in frameworks()}
    kinds = framework_kinds()
    for use in terrain.frameworks:
        kind = kinds[use.kind].label.read(language())
        entry = labels.get((use.kind, use.code or ""))
        suffix = ""
        if entry is None:
            suffix = t(" (outside the catalogue)")
        elif use.interpreted:
            suffix = t(" (read as “{entry}”)", entry=entry)
        st.markdown(f"- {plain(speaker().pair(kind, use.wording + suffix))}")


def _show_mirrors(terrain: Terrain, everyone: Mapping[str, Terrain]) -> None:
    mirrors = [x for x in everyone.values() if terrain.code in x.mirrors_of and not x.archived]
    originals = [everyone[code] for code in terrain.mirrors_of if code in everyone]
    for title, others in ((t("Mirror terrains"), mirrors), (t("Mirror of"), originals)):
        if others:
            st.subheader(title)
            for other in others:
                st.button(
                    plain(other.name),
                    key=keys.widget("record", "mirror", other.code),
                    type="tertiary",
                    icon=":material/compare_arrows:",
                    on_click=open_record,
                    args=(other.code,),
                )


def _bullets(items: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {plain(item)}" for item in items))
