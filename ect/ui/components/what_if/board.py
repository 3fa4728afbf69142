"""The board of What if: the ranking as supposed beside the one that stands, drawn again at each slider."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import streamlit as st

from ect.charts.ready import ReadyChart
from ect.domain.alternatives import alternatives
from ect.domain.break_even import ect_factor_of_tie, ect_to_equal, outweighs_a_criterion
from ect.domain.ranking import Ranking, Row
from ect.domain.scenario import read_link
from ect.domain.scoring import Score
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.chart import offer_picture, show_chart
from ect.ui.components.profile import pillar_labels, profile_radar
from ect.ui.components.table import Cell, show_table
from ect.ui.components.what_if import state
from ect.ui.components.what_if.sensitivity import show_gap, show_influence, show_walk
from ect.ui.components.what_if.stability import show_stability
from ect.ui.context import ink, language, narrow, speaker, t
from ect.ui.feedback import plain

RADAR = "what-if:radar"
SHOWN_ON_RADAR = 4
# Above this many, the table holds the first ones and those something is supposed of.
SHOWN_IN_TABLE = 30


def show_board(basis: Basis) -> None:
    """Show the ranking as if beside the one that stands, the gap, the radar, and where they tie.

    What a slider changes is a fragment by itself: the least is drawn again.
    """
    st.fragment(_answers, key=state.ANSWERS)(basis)


def _answers(basis: Basis) -> None:
    st.fragment(_board, key=state.BOARD)(basis)
    _offer_radar(basis)
    _ties(basis)
    if len(basis.ranking.rows) > 1:
        st.subheader(t("What moves the decision"))
        st.fragment(_looks)(basis)


def _board(basis: Basis) -> None:
    scenario = read_link(basis.grid, basis.profiles, st.session_state[keys.SCENARIO])
    text = st.session_state[keys.SCENARIO]
    supposed = basis.supposed(scenario)
    _answer(basis, supposed.ranked, supposing=bool(text))
    official = {row.terrain: row for row in basis.ranking.rows}
    shown_rows = _in_table(supposed, {terrain for terrain, _part in scenario.levels})
    rows = [_line(basis, row, official[row.terrain]) for row in shown_rows]
    headers = [t("Rank"), t("Terrain"), t("ECT /{maximum}", maximum=basis.grid.ect_maximum)]
    headers += [
        t("Total as supposed /{maximum}", maximum=basis.grid.maximum),
        t("Official rank"),
        t("Official total"),
    ]
    show_table(headers, rows, words=2)
    if len(supposed.rows) > SHOWN_IN_TABLE:
        _tell_cut(len(shown_rows), len(supposed.rows))
    show_chart(_radar(basis, supposed), key=RADAR, width="content")
    # Last: the browser takes longer over an address than over the chart.
    if text:
        st.query_params[keys.QUERY_SCENARIO] = text
    else:
        st.query_params.pop(keys.QUERY_SCENARIO, None)


def _radar(basis: Basis, supposed: Ranking) -> ReadyChart:
    # In the official order, whatever the supposed one: each terrain keeps its colour, and the chart its spec.
    leading = {row.terrain: row.score for row in supposed.ranked[:SHOWN_ON_RADAR]}
    shown = {basis.names[r.terrain]: leading[r.terrain] for r in basis.ranking.rows if r.terrain in leading}
    return profile_radar(
        shown,
        pillar_labels(basis.grid, language()),
        speaker(),
        description=t("Radar of the four pillars as supposed, from 0 at the centre to 2 at the rim."),
        width=280 if narrow() else 420,
        label_room=84,
        wrap=12,
        ink=ink(),
    )


def _offer_radar(basis: Basis) -> None:
    """Offer the radar of the moment of the click: the button is not drawn again at each slider."""

    def of_now() -> ReadyChart:
        text = st.session_state[keys.SCENARIO]
        return _radar(basis, basis.supposed(read_link(basis.grid, basis.profiles, text)))

    offer_picture(of_now, RADAR, t("Radar as supposed"), "")


def _in_table(supposed: Ranking, moved: Collection[str]) -> list[Row]:
    if st.session_state.get(state.ALL):
        return list(supposed.rows)
    return [row for place, row in enumerate(supposed.rows) if place < SHOWN_IN_TABLE or row.terrain in moved]


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
    scenario = read_link(basis.grid, basis.profiles, st.session_state[keys.SCENARIO])
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


def _answer(basis: Basis, ranked: tuple[Row, ...], *, supposing: bool) -> None:
    say, official = speaker(), basis.ranking.ranked
    if not ranked:
        st.info(t("No terrain is wholly known: none can be ranked."), icon=":material/info:")
        return
    first = [basis.names[row.terrain] for row in ranked if row.rank == 1]
    before = [basis.names[row.terrain] for row in official if row.rank == 1]
    if len(first) > 1:
        words = t("{terrains} are first together.", terrains=", ".join(first))
    elif len(ranked) > 1:
        gap = ranked[0].score.total.low - ranked[1].score.total.low
        second = basis.names[ranked[1].terrain]
        words = t(
            "{first} is first, {gap} points ahead of {second}.",
            first=first[0],
            gap=say.short(gap),
            second=second,
        )
    else:
        words = t("{first} is the only terrain that is wholly known.", first=first[0])
    if supposing:
        same = [row.terrain for row in ranked] == [row.terrain for row in official] and first == before
        words += " " + (
            t("The order is the official one.") if same else t("The order is no longer the official one.")
        )
    st.markdown(f"**{plain(words)}**")


def _line(basis: Basis, row: Row, official: Row) -> list[Cell]:
    return [
        Cell(str(row.rank) if row.rank else "–", strong=True),
        Cell(basis.names[row.terrain], words=True),
        Cell(_said(row.score, "ect")),
        Cell(_said(row.score, "total"), strong=True),
        Cell(str(official.rank) if official.rank else "–"),
        Cell(_said(official.score, "total")),
    ]


def _said(score: Score, part: str) -> str:
    measure, say = (score.ect if part == "ect" else score.total), speaker()
    if measure.complete:
        return say.short(measure.low)
    return t("{low} to {high}", low=say.short(measure.low), high=say.short(measure.high))


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
