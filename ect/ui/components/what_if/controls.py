"""The controls of What if: sliders that suppose a weight or a level, undo, and nothing supposed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import streamlit as st

from ect.domain.errors import DomainError
from ect.domain.scenario import Scenario, read_link, write_link
from ect.domain.weights import ECT, SELECTION
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.live import holder
from ect.ui.components.profile import numbered_labels, pillar_labels
from ect.ui.components.what_if.answer import Slid
from ect.ui.components.what_if.state import BOARD, LINK, LOOK, LOOKS, PAGE, scenario_now
from ect.ui.context import language, speaker, t

UNKNOWN = "–"
Sliders = dict[str, Slid]
# The ECT's slider goes above 12.5, where the two leaders of 2023 swap.
ECT_STOPS = tuple(Fraction(step, 2) for step in range(33))
WEIGHT_STOPS = tuple(Fraction(step, 4) for step in range(17))


def show_tools() -> None:
    """Offer to go one step back, and to suppose nothing."""
    with st.container(horizontal=True):
        st.button(t("Undo the last change"), icon=":material/undo:", key="what-if:undo", on_click=LINK.undo)
        st.button(
            t("Suppose nothing"),
            icon=":material/restart_alt:",
            key="what-if:reset",
            on_click=LINK.change,
            args=("",),
        )


def show_weights_form(basis: Basis, scenario: Scenario) -> Sliders:
    """Show a slider a weight: the two sections, the pillars, and one criterion of choice."""
    grid, weights = basis.grid, scenario.weights
    st.subheader(t("Weights"))
    sliders = _weight(basis, ECT, t("ECT score, multiplied by"), weights.ect, ECT_STOPS)
    words = t("Selection criteria, multiplied by")
    sliders |= _weight(basis, SELECTION, words, weights.selection, WEIGHT_STOPS)
    with st.expander(t("Pillars and criteria, beside the others of their group")):
        st.caption(
            t(
                "What counts double takes from the others of its group; the maximum stays {maximum}.",
                maximum=grid.maximum,
            )
        )
        for code, label in pillar_labels(grid, language()).items():
            sliders |= _weight(basis, code, label, weights.of(code), WEIGHT_STOPS)
        labels = numbered_labels(grid, language())
        code = st.selectbox(
            t("Criterion"), list(labels), format_func=labels.__getitem__, key="what-if:criterion"
        )
        sliders |= _weight(basis, code, t("Weight of this criterion"), weights.of(code), WEIGHT_STOPS)
    return sliders


def show_levels_form(basis: Basis, scenario: Scenario) -> Sliders:
    """Show a slider a level of one terrain: its published pillar means, or its criteria."""
    sliders: Sliders = {}
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
                means = _means(profile[pillar.code])
                sliders |= _level(basis, scenario, terrain, pillar.code, pillars[pillar.code], means)
                continue
            for criterion in pillar.criteria:
                label = labels[criterion.code]
                sliders |= _level(basis, scenario, terrain, criterion.code, label, criterion.answers)
    with st.expander(t("Selection criteria")):
        for criterion in basis.grid.selection:
            label = labels[criterion.code]
            sliders |= _level(basis, scenario, terrain, criterion.code, label, criterion.answers)
    return sliders


def _weight(basis: Basis, code: str, label: str, now: Fraction, stops: tuple[Fraction, ...]) -> Sliders:
    key = keys.widget(PAGE, "weight", code)
    slid = Slid(code, tuple(sorted({*stops, now})))
    return _slider(key, label, slid, now, _suppose_weight, (basis, code, key))


def _level(
    basis: Basis, scenario: Scenario, terrain: str, part: str, label: str, answers: tuple[Fraction, ...]
) -> Sliders:
    official = basis.profiles[terrain].get(part)
    supposed = scenario.levels.get((terrain, part), official)
    stops = sorted({*answers, *(x for x in (official, supposed) if x is not None)})
    key = keys.widget(PAGE, "level", terrain, part)
    slid = Slid(f"{terrain}/{part}", (None, *stops) if official is None else tuple(stops))
    return _slider(key, label, slid, supposed, _suppose_level, (basis, terrain, part, key))


def _slider(
    key: str,
    label: str,
    slid: Slid,
    now: Fraction | None,
    on_change: Callable[..., None],
    args: tuple[object, ...],
) -> Sliders:
    """Show a slider; return what it supposes by the class Streamlit gives to what holds it."""
    st.session_state[key] = _option(now)
    st.select_slider(
        label,
        [_option(stop) for stop in slid.stops],
        format_func=_stop,
        key=key,
        on_change=on_change,
        args=args,
    )
    return {holder(key): slid}


def _option(stop: Fraction | None) -> str:
    return UNKNOWN if stop is None else str(stop)


def _stop(stop: str) -> str:
    return stop if stop == UNKNOWN else speaker().short(Fraction(stop))


def _means(own: Fraction) -> tuple[Fraction, ...]:
    return (*(Fraction(step, 5) for step in range(11)), own)


def _suppose_weight(basis: Basis, code: str, key: str) -> None:
    value = Fraction(st.session_state[key])
    _try(basis, lambda scenario: Scenario(scenario.weights.having(code, value), scenario.levels))


def _suppose_level(basis: Basis, terrain: str, part: str, key: str) -> None:
    chosen = st.session_state[key]
    value = None if chosen == UNKNOWN else Fraction(chosen)
    if value == basis.profiles[terrain].get(part):
        value = None
    _try(basis, lambda scenario: scenario.supposing(terrain, part, value))


def _try(basis: Basis, change: Callable[[Scenario], Scenario]) -> None:
    now = scenario_now(basis)
    try:
        text = write_link(basis.grid, change(now))
        read_link(basis.grid, basis.profiles, text)
    except DomainError:
        # All weights of a group at 0: there would be nothing left to divide by.
        st.session_state[keys.NOTICE] = t("Something of each group must count: this change was not made.")
        return
    LINK.change(text)
    st.rerun([BOARD, LOOKS] if st.session_state.get(LOOK) else BOARD)
