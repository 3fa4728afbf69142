"""The board beside the form: completeness, radar and totals, a fragment drawn again at each answer."""

from __future__ import annotations

import streamlit as st

from ect.charts.ready import ReadyChart
from ect.domain.aggregation import values_of
from ect.domain.grid import Grid
from ect.domain.scoring import Measure, Score, score
from ect.services.reference import current_grid
from ect.ui.components.chart import offer_picture, show_chart
from ect.ui.components.profile import criterion_numbers, pillar_labels, profile_radar
from ect.ui.components.rating_form import BOARD, Form
from ect.ui.components.table import Cell, show_table
from ect.ui.context import db, ink, language, n, narrow, speaker, t

RADAR = "rate:radar"


def show_board(name: str, form: Form) -> None:
    """Show the radar, the completeness and the two totals, never one number alone."""
    by_criterion = st.toggle(t("Radar by criterion"), value=True, key="rate:detail")
    grid = current_grid(db())
    st.fragment(_board, key=BOARD)(grid, name, form, by_criterion=by_criterion)
    # Outside: the button is not drawn again at each answer, and saves the radar of the moment of the click.
    offer_picture(
        lambda: _radar(grid, name, _result(grid, form), by_criterion=by_criterion),
        RADAR,
        t("Radar of the pillars"),
        name,
    )


def _result(grid: Grid, form: Form) -> Score:
    return score(grid, values_of(form.ratings().values()))


def _radar(grid: Grid, name: str, result: Score, *, by_criterion: bool) -> ReadyChart:
    return profile_radar(
        {name: result},
        criterion_numbers(grid) if by_criterion else pillar_labels(grid, language()),
        speaker(),
        description=t("Radar of the levels given, from 0 at the centre to 2 at the rim."),
        width=280 if narrow() else 380,
        label_room=36 if by_criterion else 84,
        wrap=12,
        ink=ink(),
    )


def _board(grid: Grid, name: str, form: Form, *, by_criterion: bool) -> None:
    result = _result(grid, form)
    known, count = result.total.known, result.total.count
    st.progress(known / count, text=_progress(known, count))
    show_chart(_radar(grid, name, result, by_criterion=by_criterion), key=RADAR, width="content")
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
