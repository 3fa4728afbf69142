"""The parts of the page What if: sliders that suppose, and the board that answers at once.

What is supposed is kept as the text of its link. A slider writes it and only the board is drawn again.
"""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from ect.domain.break_even import ect_factor_of_tie, ect_to_equal, outweighs_a_criterion
from ect.domain.errors import DomainError
from ect.domain.ranking import Row
from ect.domain.scenario import Scenario, nothing_supposed, read_link, write_link
from ect.domain.scoring import Score
from ect.domain.weights import ECT, SELECTION
from ect.sentences import sentence
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.chart import show_chart
from ect.ui.components.profile import numbered_labels, pillar_labels, profile_radar
from ect.ui.components.stability import show_stability
from ect.ui.components.table import Cell, show_table
from ect.ui.context import ink, language, narrow, speaker, t
from ect.ui.feedback import plain

PAGE, BOARD = "what-if", "what-if-board"
UNKNOWN = "–"
UNDO_DEPTH, SHOWN_ON_RADAR = 50, 4
# The ECT's slider goes above 12.5, where the two leaders of 2023 swap.
ECT_STOPS = tuple(Fraction(step, 2) for step in range(33))
WEIGHT_STOPS = tuple(Fraction(step, 4) for step in range(17))


def scenario_in_hand(basis: Basis) -> Scenario:
    """Return what is supposed: in this visit, else by the address; what is unreadable is said."""
    text = st.session_state.get(keys.SCENARIO)
    if text is None:
        text = st.query_params.get(keys.QUERY_SCENARIO, "")
    try:
        scenario = read_link(basis.grid, basis.profiles, text)
    except DomainError as error:
        st.error(plain(sentence(error, language())), icon=":material/error:")
        scenario = nothing_supposed(basis.grid)
    st.session_state[keys.SCENARIO] = write_link(basis.grid, scenario)
    return scenario


def show_tools() -> None:
    """Offer to go one step back, and to suppose nothing."""
    with st.container(horizontal=True):
        st.button(t("Undo the last change"), icon=":material/undo:", key="what-if:undo", on_click=_undo)
        st.button(
            t("Suppose nothing"),
            icon=":material/restart_alt:",
            key="what-if:reset",
            on_click=_write,
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


def show_board(basis: Basis) -> None:
    """Show the ranking as if beside the one that stands, the gap, the radar, and where they tie."""
    st.fragment(_board, key=BOARD)(basis)


def _board(basis: Basis) -> None:
    scenario = read_link(basis.grid, basis.profiles, st.session_state[keys.SCENARIO])
    text = st.session_state[keys.SCENARIO]
    if text:
        st.query_params[keys.QUERY_SCENARIO] = text
    else:
        st.query_params.pop(keys.QUERY_SCENARIO, None)
    supposed = basis.supposed(scenario)
    _answer(basis, supposed.ranked, supposing=bool(text))
    official = {row.terrain: row for row in basis.ranking.rows}
    rows = [_line(basis, row, official[row.terrain]) for row in supposed.rows]
    headers = [t("Rank"), t("Terrain"), t("ECT /{maximum}", maximum=basis.grid.ect_maximum)]
    headers += [
        t("Total as supposed /{maximum}", maximum=basis.grid.maximum),
        t("Official rank"),
        t("Official total"),
    ]
    show_table(headers, rows, words=2)
    shown = {basis.names[row.terrain]: row.score for row in supposed.ranked[:SHOWN_ON_RADAR]}
    show_chart(
        profile_radar(
            shown,
            pillar_labels(basis.grid, language()),
            speaker(),
            description=t("Radar of the four pillars as supposed, from 0 at the centre to 2 at the rim."),
            width=280 if narrow() else 420,
            label_room=84,
            wrap=12,
            ink=ink(),
        ),
        key="what-if:radar",
        width="content",
    )
    _ties(basis)
    if len(supposed.ranked) > 1 and st.toggle(t("How far may each weight move?"), key="what-if:stability"):
        show_stability(basis, scenario)


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
    _write(text)
    st.rerun(BOARD)


def _write(text: str) -> None:
    undo = st.session_state.setdefault(keys.SCENARIO_UNDO, [])
    undo.append(st.session_state[keys.SCENARIO])
    del undo[:-UNDO_DEPTH]
    st.session_state[keys.SCENARIO] = text


def _undo() -> None:
    undo = st.session_state.get(keys.SCENARIO_UNDO)
    if undo:
        st.session_state[keys.SCENARIO] = undo.pop()
    else:
        st.session_state[keys.NOTICE] = t("There is nothing to undo.")
