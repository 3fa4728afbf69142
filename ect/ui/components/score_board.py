"""The board beside the form: completeness, radar and totals, a fragment drawn again at each answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ect.charts.radar import RadarLook, radar
from ect.charts.ready import ReadyChart
from ect.domain.aggregation import values_of
from ect.domain.grid import Grid
from ect.domain.scoring import Measure, Score, score
from ect.services.reference import current_grid
from ect.ui.components.chart import offer_picture
from ect.ui.components.live import holder, mount, radar_model
from ect.ui.components.profile import criterion_numbers, pillar_labels, profile_look, series_of
from ect.ui.components.rating_form import BOARD, Form
from ect.ui.components.table import Cell, show_table
from ect.ui.context import db, ink, language, n, narrow, speaker, t

RADAR = "rate:radar"


def show_board(name: str, form: Form) -> None:
    """Show the radar, the completeness and the two totals, never one number alone."""
    grid = current_grid(db())
    with st.container(key="ect-sight-rate"):
        by_criterion = st.toggle(t("Radar by criterion"), value=True, key="rate:detail")
        st.fragment(_board, key=BOARD)(grid, name, form, by_criterion=by_criterion)
        # Not drawn again at each answer; it saves the radar of the moment of the click.
        offer_picture(
            lambda: _picture(name, grid, form, by_criterion=by_criterion),
            RADAR,
            t("Radar of the pillars"),
            name,
        )


def _result(grid: Grid, form: Form) -> Score:
    return score(grid, values_of(form.ratings().values()))


def _axes(grid: Grid, *, by_criterion: bool) -> dict[str, str]:
    return criterion_numbers(grid) if by_criterion else pillar_labels(grid, language())


def _look(name: str, axes: Mapping[str, str], *, by_criterion: bool) -> RadarLook:
    return profile_look(
        (name,),
        axes,
        description=t("Radar of the levels given, from 0 at the centre to 2 at the rim."),
        width=300 if narrow() else 380,
        label_room=36 if by_criterion else 84,
        wrap=12,
        ink=ink(),
    )


def _picture(name: str, grid: Grid, form: Form, *, by_criterion: bool) -> ReadyChart:
    axes = _axes(grid, by_criterion=by_criterion)
    look = _look(name, axes, by_criterion=by_criterion)
    return radar(look, series_of({name: _result(grid, form)}, axes, speaker()))


def _model(name: str, grid: Grid, form: Form, *, by_criterion: bool) -> dict[str, Any]:
    """Return what ``static/live/profile.js`` draws: the levels that are saved, and the sliders it follows."""
    axes, pillars = _axes(grid, by_criterion=by_criterion), {p.code: p.criteria for p in grid.pillars}
    return {
        "name": name,
        "language": language(),
        "radar": radar_model(_look(name, axes, by_criterion=by_criterion), 1),
        "axes": [
            {"label": label, "criteria": [c.code for c in pillars[code]] if code in pillars else [code]}
            for code, label in axes.items()
        ],
        "levels": {
            code: float(rating.value) for code, rating in form.ratings().items() if rating.value is not None
        },
        "sliders": {
            holder(form.key(criterion.code, "level")): {
                "target": criterion.code,
                "stops": [None, *map(float, criterion.answers)],
            }
            for criterion in grid.ect_criteria
        },
    }


def _board(grid: Grid, name: str, form: Form, *, by_criterion: bool) -> None:
    result = _result(grid, form)
    known, count = result.total.known, result.total.count
    st.progress(known / count, text=_progress(known, count))
    mount("profile", RADAR, {"told": _model(name, grid, form, by_criterion=by_criterion)})
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
