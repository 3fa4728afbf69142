"""The grid, read: one table of descriptors a pillar, and the list of the selection criteria."""

from __future__ import annotations

import unicodedata

import streamlit as st

from ect.domain.grid import LEVELS, Criterion, Grid, Pillar
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, speaker, t
from ect.ui.feedback import plain


def find(grid: Grid, words: str, language: str) -> frozenset[str]:
    """Return the codes of the criteria whose label or descriptors hold ``words``, accents apart."""
    asked = folded(words)
    return frozenset(c.code for c in grid if asked in folded(_everything(c, language)))


def folded(text: str) -> str:
    """Return a text without case nor accents, for searching."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def show_pillar(pillar: Pillar, place: int, found: frozenset[str]) -> None:
    """Show a pillar's criteria with their three descriptors."""
    criteria = [(i, criterion) for i, criterion in enumerate(pillar.criteria, 1) if criterion.code in found]
    if not criteria:
        return
    st.subheader(plain(f"{place}. {pillar.label.read(language())}"))
    rows = [
        [
            Cell(f"{place}.{i} {criterion.label.read(language())}"),
            *(Cell(level.descriptor.read(language()), words=True) for level in criterion.levels),
        ]
        for i, criterion in criteria
    ]
    headers = [t("Criterion"), *(t("Level {value}", value=value) for value in LEVELS)]
    show_table(headers, rows, caption=pillar.label.read(language()), words=len(headers))
    for _place, criterion in criteria:
        if criterion.note:
            label, note = criterion.label.read(language()), criterion.note.read(language())
            st.caption(plain(speaker().pair(label, note)))


def show_selection(grid: Grid, found: frozenset[str]) -> None:
    """Show the selection criteria, which the report describes by their names only."""
    criteria = [c for c in grid.selection if c.code in found]
    if not criteria:
        return
    st.subheader(t("Selection criteria"))
    st.caption(t("Each from 0 to 2, halves allowed; the report publishes no descriptor for them."))
    for place, criterion in enumerate(grid.selection, 1):
        if criterion.code in found:
            st.markdown(f"{place}. {plain(criterion.label.read(language()))}")


def _everything(criterion: Criterion, language: str) -> str:
    texts = [criterion.label, *(level.descriptor for level in criterion.levels)]
    return " ".join(text.read(language) for text in texts)
