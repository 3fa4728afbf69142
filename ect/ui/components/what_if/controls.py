"""The controls of What if: sliders that suppose a weight or a level, undo, and nothing supposed."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from ect.domain.errors import DomainError
from ect.domain.scenario import Scenario, read_link, write_link
from ect.domain.weights import ECT, SELECTION
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.profile import numbered_labels, pillar_labels
from ect.ui.components.what_if.state import ANSWERS, BOARD, LOOK, PAGE, suppose, undo
from ect.ui.context import language, speaker, t

UNKNOWN = "–"
# The ECT's slider goes above 12.5, where the two leaders of 2023 swap.
ECT_STOPS = tuple(Fraction(step, 2) for step in range(33))
WEIGHT_STOPS = tuple(Fraction(step, 4) for step in range(17))


def show_tools() -> None:
    """Offer to go one step back, and to suppose nothing."""
    with st.container(horizontal=True):
        st.button(t("Undo the last change"), icon=":material/undo:", key="what-if:undo", on_click=undo)
        st.button(
            t("Suppose nothing"),
            icon=":material/restart_alt:",
            key="what-if:reset",
            on_click=suppose,
            args=("",),
        )


def show_weights_form(basis: Basis, scenario: Scenario) -> None:
    """Show a slider a weight: the two sections, the pillars, and one criterion of choice."""
    grid, weights = basis.grid, scenario.weights
    st.subheader(t("Weights"))
    _weight(basis, ECT, t("ECT score, multiplied by"), weights.ect, ECT_STOPS)
    _weight(basis, SELECTION, t("Selection criteria, multiplied by"), weights.selection, WEIGHT_STOPS)
    with st.expander(t("Pillars and criteria, beside the others of their group")):
        st.caption(
            t(
                "What counts double takes from the others of its group; the maximum stays {maximum}.",
                maximum=grid.maximum,
            )
        )
        for code, label in pillar_labels(grid, language()).items():
            _weight(basis, code, label, weights.of(code), WEIGHT_STOPS)
        labels = numbered_labels(grid, language())
        code = st.selectbox(
            t("Criterion"), list(labels), format_func=labels.__getitem__, key="what-if:criterion"
        )
        _weight(basis, code, t("Weight of this criterion"), weights.of(code), WEIGHT_STOPS)


def show_levels_form(basis: Basis, scenario: Scenario) -> None:
    """Show a slider a level of one terrain: its published pillar means, or its criteria."""
    st.subheader(t("Levels"))
    terrain: str = st.selectbox(
        t("Terrain"), list(basis.names), format_func=basis.names.__getitem__, key="what-if:terrain"
    )
    profile, pillars = basis.profiles[terrain], pillar_labels(basis.grid, language())
    labels = numbered_labels(basis.grid, language())
    for pillar in basis.grid.pillars:
        with st.expander(pillars[pillar.code]):
            if pillar.code in profile:
                st.caption(
                    t("Only the mean of this pillar was published: one level of a criterion is 0.2 of it.")
                )
                _level(
                    basis, scenario, terrain, pillar.code, pillars[pillar.code], _means(profile[pillar.code])
                )
                continue
            for criterion in pillar.criteria:
                _level(basis, scenario, terrain, criterion.code, labels[criterion.code], criterion.answers)
    with st.expander(t("Selection criteria")):
        for criterion in basis.grid.selection:
            _level(basis, scenario, terrain, criterion.code, labels[criterion.code], criterion.answers)


def _weight(basis: Basis, code: str, label: str, now: Fraction, stops: tuple[Fraction, ...]) -> None:
    key = keys.widget(PAGE, "weight", code)
    st.session_state[key] = str(now)
    st.select_slider(
        label,
        [str(stop) for stop in sorted({*stops, now})],
        format_func=_stop,
        key=key,
        on_change=_suppose_weight,
        args=(basis, code, key),
    )


def _level(
    basis: Basis, scenario: Scenario, terrain: str, part: str, label: str, answers: tuple[Fraction, ...]
) -> None:
    official = basis.profiles[terrain].get(part)
    supposed = scenario.levels.get((terrain, part), official)
    stops = sorted({*answers, *(x for x in (official, supposed) if x is not None)})
    key = keys.widget(PAGE, "level", terrain, part)
    st.session_state[key] = UNKNOWN if supposed is None else str(supposed)
    st.select_slider(
        label,
        [UNKNOWN, *map(str, stops)] if official is None else [str(stop) for stop in stops],
        format_func=_stop,
        key=key,
        on_change=_suppose_level,
        args=(basis, terrain, part, key),
    )


def _stop(stop: str) -> str:
    return stop if stop == UNKNOWN else speaker().short(Fraction(stop))


def _means(own: Fraction) -> tuple[Fraction, ...]:
    return (*(Fraction(step, 5) for step in range(11)), own)


def _suppose_weight(basis: Basis, code: str, key: str) -> None:
    value = Fraction(st.session_state[key])
    scenario = read_link(basis.grid, basis.profiles, st.session_state[keys.SCENARIO])
    _try(basis, Scenario(scenario.weights.having(code, value), scenario.levels))


def _suppose_level(basis: Basis, terrain: str, part: str, key: str) -> None:
    chosen = st.session_state[key]
    value = None if chosen == UNKNOWN else Fraction(chosen)
    if value == basis.profiles[terrain].get(part):
        value = None
    scenario = read_link(basis.grid, basis.profiles, st.session_state[keys.SCENARIO])
    _try(basis, scenario.supposing(terrain, part, value))


def _try(basis: Basis, scenario: Scenario) -> None:
    text = write_link(basis.grid, scenario)
    try:
        read_link(basis.grid, basis.profiles, text)
    except DomainError:
        # All weights of a group at 0: there would be nothing left to divide by.
        st.session_state[keys.NOTICE] = t("Something of each group must count: this change was not made.")
        return
    suppose(text)
    st.rerun(ANSWERS if st.session_state.get(LOOK) else BOARD)
