"""The board beside the form: completeness, radar and totals, a fragment drawn again at each answer."""

from __future__ import annotations

import streamlit as st

from ect.domain.aggregation import values_of
from ect.domain.grid import Grid
from ect.domain.scoring import Measure, Score, score
from ect.services.reference import current_grid
from ect.ui.components.chart import show_chart
from ect.ui.components.profile import criterion_numbers, pillar_labels, profile_radar
from ect.ui.components.rating_form import BOARD, Form
from ect.ui.components.table import Cell, show_table
from ect.ui.context import db, ink, language, n, narrow, speaker, t


def show_board(name: str, form: Form) -> None:
    """Show the radar, the completeness and the two totals, never one number alone."""
    by_criterion = st.toggle(t("Radar by criterion"), value=True, key="rate:detail")
    st.fragment(_board, key=BOARD)(current_grid(db()), name, form, by_criterion=by_criterion)


def _board(grid: Grid, name: str, form: Form, *, by_criterion: bool) -> None:
    result = score(grid, values_of(form.ratings().values()))
    known, count = result.total.known, result.total.count
    st.progress(known / count, text=_progress(known, count))
    show_chart(
        profile_radar(
            {name: result},
            criterion_numbers(grid) if by_criterion else pillar_labels(grid, language()),
            speaker(),
            description=t("Radar of the levels given, from 0 at the centre to 2 at the rim."),
            width=280 if narrow() else 380,
            label_room=36 if by_criterion else 84,
            wrap=12,
            ink=ink(),
        ),
        key="rate:radar",
        width="content",
    )
    _totals(grid, result)


def _totals(grid: Grid, result: Score) -> None:
    labels = pillar_labels(grid, language())
    lines = [
        [Cell(f"{place} {labels[part.code]} /2"), Cell(_said(part.measure))]
        for place, part in enumerate(result.pillars, 1)
    ]
    for name, maximum, measure in (
        (t("ECT"), grid.ect_maximum, result.ect),
        (t("Selection"), grid.selection_maximum, result.selection_total),
        (t("Total"), grid.maximum, result.total),
    ):
        lines.append([Cell(f"{name} /{maximum}"), Cell(_said(measure), strong=True)])
    show_table([t("Part of the grid"), t("Points")], lines)


def _progress(known: int, count: int) -> str:
    return n("{count} criterion rated of {all}", "{count} criteria rated of {all}", known, all=count)


def _said(measure: Measure) -> str:
    say = speaker()
    if measure.complete:
        return say.short(measure.value, 1)
    return t("{low} to {high}", low=say.short(measure.low, 1), high=say.short(measure.high, 1))
