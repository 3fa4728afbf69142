"""The best set in a sentence and terrain by terrain, then the next ones beside it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from ect.domain.choice import Choice, Portfolio
from ect.services.choosing import COVERED, Eligible, coverage
from ect.ui import keys
from ect.ui.components.choose.state import PAGE
from ect.ui.components.choose.words import figure, listed, points
from ect.ui.components.table import Cell, show_table
from ect.ui.context import n, speaker, t
from ect.ui.feedback import plain

SHOWN = keys.widget(PAGE, "shown")


def show_best(found: Eligible, choice: Choice) -> None:
    """Say which set is the best, what ties with it, and how far this is proved."""
    best, say, grid = choice.sets[0], speaker(), found.grid
    words = n(
        "The best choice of {count} terrain: {terrains}.",
        "The best choice of {count} terrains: {terrains}.",
        choice.size,
        terrains=listed(found, best.members),
    )
    ect, selection = _sums(found, best)
    parts = t(
        "Total: {total} out of {maximum} (ECT {ect} out of {ects}, selection criteria {selection} out of "
        "{all}).",
        total=say.short(best.total),
        maximum=say.number(grid.maximum * choice.size, 0),
        ect=say.short(ect),
        ects=say.number(grid.ect_maximum * choice.size, 0),
        selection=say.short(selection),
        all=say.number(grid.selection_maximum * choice.size, 0),
    )
    st.markdown(f"**{plain(words)}** {plain(parts)}")
    if len(choice.best) > 1:
        st.markdown(plain(_ties(choice)))
    if not choice.proved:
        st.warning(plain(_unproved(choice)), icon=":material/warning:")


def _ties(choice: Choice) -> str:
    total = speaker().short(choice.sets[0].total)
    if len(choice.best) == len(choice.sets) and not choice.every:
        return t(
            "It is not the only one: {count} sets or more total {total}. The totals do not tell them apart.",
            count=speaker().number(len(choice.best), 0),
            total=total,
        )
    return t(
        "It is not the only one: {count} sets total {total}. The totals do not tell them apart.",
        count=speaker().number(len(choice.best), 0),
        total=total,
    )


def _unproved(choice: Choice) -> str:
    return t(
        "The search was stopped, the constraints being too tangled: a better set may exist, but none totals "
        "more than {bound}.",
        bound=speaker().short(choice.bound),
    )


def choose_shown(found: Eligible, choice: Choice) -> Portfolio:
    """Let the reader choose which of the sets is looked at more closely; the best unless they do."""
    places = list(range(len(choice.sets)))
    if st.session_state.get(SHOWN, 0) not in places:
        del st.session_state[SHOWN]
    place: int = st.selectbox(
        t("Set looked at"),
        places,
        format_func=lambda place: _label(found, choice.sets[place], place),
        key=SHOWN,
        disabled=len(places) == 1,
    )
    return choice.sets[place]


def _label(found: Eligible, one: Portfolio, place: int) -> str:
    return t(
        "{number}. {terrains} ({total})",
        number=speaker().number(place + 1, 0),
        terrains=listed(found, one.members),
        total=speaker().short(one.total),
    )


def show_members(found: Eligible, one: Portfolio) -> None:
    """Show where the total of a set comes from: the ECT and the selection of each terrain."""
    say, grid = speaker(), found.grid
    scores = [found.scores[code] for code in one.members]
    rows = [
        [
            Cell(found.names[code]),
            Cell(say.short(score.ect.low)),
            Cell(say.short(score.selection_total.low)),
            Cell(say.short(score.total.low), strong=True),
        ]
        for code, score in zip(one.members, scores, strict=True)
    ]
    ect, selection = _sums(found, one)
    sums = [t("The set"), say.short(ect), say.short(selection), say.short(one.total)]
    rows.append([Cell(text, strong=True) for text in sums])
    headers = [
        t("Terrain"),
        t("ECT /{maximum}", maximum=grid.ect_maximum),
        t("Criteria /{maximum}", maximum=grid.selection_maximum),
        t("Total /{maximum}", maximum=grid.maximum),
    ]
    show_table(headers, rows, t("Why this total: terrain by terrain"))
    st.caption(
        t("The total of a set is the sum of its terrains' totals: twice the ECT, and the selection criteria.")
        if grid.ect_factor == 2
        else t("The total of a set is the sum of its terrains' totals.")
    )


def _sums(found: Eligible, one: Portfolio) -> tuple[Fraction, Fraction]:
    scores = [found.scores[code] for code in one.members]
    return (
        sum((score.ect.low for score in scores), Fraction()),
        sum((score.selection_total.low for score in scores), Fraction()),
    )


def show_next(found: Eligible, choice: Choice) -> None:
    """Show the sets side by side: what enters and leaves beside the best, what is lost, what is new."""
    st.subheader(t("The best sets side by side"))
    st.markdown(plain(_next_in_words(found, choice)))
    headers = [
        t("Set"),
        t("Enters"),
        t("Leaves"),
        t("ECT"),
        t("Selection criteria"),
        t("Total"),
        t("Loss"),
        t("New themes"),
        t("New frameworks"),
        t("New axes"),
    ]
    rows = [_line(found, choice.sets[0], one, place) for place, one in enumerate(choice.sets, start=1)]
    show_table(headers, rows, words=3)
    st.caption(plain(f"{_left_out(choice)} {_meaning()}"))


def _line(found: Eligible, best: Portfolio, one: Portfolio, place: int) -> list[Cell]:
    say = speaker()
    enters, leaves = one.beside(best)
    ect, selection = _sums(found, one)
    return [
        Cell(say.number(place, 0)),
        Cell(listed(found, enters), words=True),
        Cell(listed(found, leaves), words=True),
        Cell(say.short(ect)),
        Cell(say.short(selection)),
        Cell(say.short(one.total), strong=True),
        Cell(figure(one.loss)),
        *(Cell(say.number(count, 0)) for count in _new(found, one.members)),
    ]


def _new(found: Eligible, members: Sequence[str]) -> list[int]:
    fresh = [cover.group.kind for cover in coverage(found, members) if cover.new]
    return [fresh.count(kind) for kind in COVERED]


def _next_in_words(found: Eligible, choice: Choice) -> str:
    if not choice.next_best:
        return t("No set that loses something is listed.")
    first = choice.next_best[0]
    enters, leaves = first.beside(choice.sets[0])
    return t(
        "The next set takes {enters} in the place of {leaves}, and loses {points}.",
        enters=listed(found, enters),
        leaves=listed(found, leaves),
        points=points(first.loss),
    )


def _left_out(choice: Choice) -> str:
    if choice.every:
        return t("There is no other such set.")
    if not choice.whole:
        return t("The search was stopped: some sets that are as good as these may be missing.")
    return t("There are others: each loses {points} or more.", points=points(choice.sets[-1].loss))


def _meaning() -> str:
    return t("New: covered by the set, and by no terrain that is followed already.")
