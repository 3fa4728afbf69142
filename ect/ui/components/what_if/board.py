"""The board of What if: the ranking as supposed beside the one that stands, drawn again at each slider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction

import streamlit as st

from ect.charts.radar import RadarLook, radar
from ect.charts.ready import ReadyChart
from ect.domain.alternatives import alternatives
from ect.domain.break_even import ect_factor_of_tie, ect_to_equal, outweighs_a_criterion
from ect.domain.ranking import Row
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.chart import offer_picture
from ect.ui.components.live import mount
from ect.ui.components.profile import pillar_labels, profile_look
from ect.ui.components.what_if import state
from ect.ui.components.what_if.answer import SHOWN_IN_TABLE, SHOWN_ON_RADAR, Slid, answer_to, model_of
from ect.ui.components.what_if.sensitivity import show_gap, show_influence, show_walk
from ect.ui.components.what_if.stability import show_stability
from ect.ui.context import ink, language, narrow, speaker, t
from ect.ui.feedback import plain

SCRIPT, RADAR = "what_if", "what-if:radar"
MODEL, ANSWER = keys.widget(state.PAGE, "model"), keys.widget(state.PAGE, "answer")


def show_board(basis: Basis) -> None:
    """Show the ranking as if beside the one that stands, and the radar; it stays in sight of the sliders."""
    with st.container(key="ect-sight-what-if"):
        st.fragment(_board, key=state.BOARD)(basis)
        _offer_radar(basis)


def give_model(basis: Basis, sliders: Mapping[str, Slid]) -> None:
    """Give the page what it answers from while a slider moves."""
    mount(SCRIPT, MODEL, {"model": model_of(basis, sliders, _look(basis), speaker())})


def show_turning_points(basis: Basis) -> None:
    """Show where the official order turns, and what moves the decision."""
    _ties(basis)
    if len(basis.ranking.rows) > 1:
        st.subheader(t("What moves the decision"))
        st.fragment(_looks, key=state.LOOKS)(basis)


def _board(basis: Basis) -> None:
    whole = bool(st.session_state.get(state.ALL))
    answer = answer_to(basis, state.scenario_now(basis), speaker(), whole=whole)
    mount(SCRIPT, ANSWER, {"told": {"answer": asdict(answer), "link": state.LINK.now(), "all": whole}})
    if len(basis.names) > SHOWN_IN_TABLE:
        _tell_cut(len(answer.rows), len(basis.names))
    # Last: the browser takes longer over an address than over the board.
    state.LINK.write_address()


def _look(basis: Basis, series: tuple[str, ...] = ()) -> RadarLook:
    """Return what the radar looks like, on the page and as a picture."""
    return profile_look(
        series,
        pillar_labels(basis.grid, language()),
        description=t("Radar of the four pillars as supposed, from 0 at the centre to 2 at the rim."),
        width=320 if narrow() else 420,
        label_room=84,
        wrap=12,
        ink=ink(),
    )


def _offer_radar(basis: Basis) -> None:
    """Offer the radar of the moment of the click: the button is not drawn again at each slider."""

    def of_now() -> ReadyChart:
        series = answer_to(basis, state.scenario_now(basis), speaker()).radar
        return radar(_look(basis, tuple(one.label for one in series)), series)

    offer_picture(of_now, RADAR, t("Radar as supposed"), "")


def _tell_cut(shown: int, there: int) -> None:
    """Let a long ranking be shown whole; cut, it says so."""
    st.toggle(t("Show all terrains"), key=state.ALL)
    if shown < there:
        say = speaker()
        st.caption(
            t(
                "{shown} of {there} terrains: the first ones, and those something is supposed of.",
                shown=say.number(shown, 0),
                there=say.number(there, 0),
            )
        )


def _looks(basis: Basis) -> None:
    """Show the look the reader chose at what moves the decision; only that one is computed."""
    looks = {
        "stability": t("How far may each weight move?"),
        "gap": t("What makes the gap?"),
        "walk": t("One weight from 0 to 100%"),
        "influence": t("What does each part really do?"),
    }
    chosen = st.segmented_control(
        t("Look closer"), list(looks), format_func=looks.__getitem__, key=state.LOOK
    )
    if chosen is None:
        return
    scenario = state.scenario_now(basis)
    table = alternatives(basis.grid, scenario.profiles(basis.profiles))
    if len(table.complete.terrains) < 2:
        st.info(t("Two terrains that are wholly known are needed."), icon=":material/info:")
    elif chosen == "stability":
        show_stability(basis.grid, table, scenario.weights)
    elif chosen == "gap":
        show_gap(basis.grid, table, scenario.weights, basis.names)
    elif chosen == "walk":
        show_walk(basis.grid, table, scenario.weights, basis.names)
    elif chosen == "influence":
        show_influence(basis.grid, table, scenario.weights)


def _ties(basis: Basis) -> None:
    """Say, of the official scores, at what weight of the ECT or at what ECT score the order turns."""
    ranked = basis.ranking.ranked[:SHOWN_ON_RADAR]
    if len(ranked) < 2:
        return
    lines = []
    if outweighs_a_criterion(ranked[0].score, ranked[1].score):
        lines.append(t("No single selection criterion of one project reverses the first two."))
    for place, one in enumerate(ranked):
        for other in ranked[place + 1 :]:
            lines += _ties_of(basis, one, other)
    with st.expander(t("When would the official order turn?"), expanded=True):
        for line in lines:
            st.markdown(f"- {plain(line)}")


def _ties_of(basis: Basis, one: Row, other: Row) -> list[str]:
    say, grid = speaker(), basis.grid
    names = {"one": basis.names[one.terrain], "other": basis.names[other.terrain]}
    usual = Fraction(grid.ect_factor)
    factor = ect_factor_of_tie(one.score, other.score)
    needed = ect_to_equal(grid, other.score, one.score)
    lines = []
    if factor is None or one.tied:
        lines.append(t("No weight of the ECT puts {other} ahead of {one}.", **names))
    elif factor > usual:
        words = t(
            "{other} overtakes {one} only if the ECT is multiplied by more than {factor}.",
            factor=say.short(factor),
            **names,
        )
        lines.append(words)
    else:
        words = t(
            "{other} overtakes {one} only if the ECT is multiplied by less than {factor}.",
            factor=say.short(factor),
            **names,
        )
        lines.append(words)
    if needed is not None:
        now = say.short(other.score.ect.low)
        lines.append(
            t(
                "{other} overtakes {one} if its own ECT score goes above {needed} ({now} today).",
                needed=say.short(needed),
                now=now,
                **names,
            )
        )
    return lines
