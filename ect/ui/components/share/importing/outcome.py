"""What a table would do, or what keeps it out; the button that brings it in."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.incoming import Incoming, Kind, Problem
from ect.exchange.imports.reading import read_table
from ect.exchange.imports.recognise import Table
from ect.exchange.imports.wording import expected_words, found_words, place_words, plan_sentences
from ect.sentences import sentence
from ect.services.importing import Done, apply, plan
from ect.ui import keys
from ect.ui.components.share.importing.source import PAGE, start_again
from ect.ui.components.table import Cell, show_table
from ect.ui.components.work import Progress, with_bar
from ect.ui.context import db, language, n, speaker, t
from ect.ui.feedback import notify, plain

SHOWN = 50


def show_outcome(name: str, table: Table, grid: Grid) -> None:
    """Show what would happen and offer to do it; or list every mistake."""
    read = read_table(table, grid)
    found = None if read.problems else plan(db(), read.incoming)
    problems = read.problems or (found.problems if found else ())
    if problems or found is None:
        _show_problems(problems, grid)
        return
    if found.empty:
        for line in plan_sentences(found, speaker()):
            st.info(plain(line), icon=":material/check:")
        return
    st.subheader(t("What will happen"))
    st.markdown("\n".join(f"- {plain(line)}" for line in plan_sentences(found, speaker())))
    _offer(name, read.incoming)


def _show_problems(problems: tuple[Problem, ...], grid: Grid) -> None:
    count = len(problems)
    st.error(
        n(
            "{count} mistake keeps the table out: nothing is written before it is mended.",
            "{count} mistakes keep the table out: nothing is written before they are mended.",
            count,
        ),
        icon=":material/error:",
    )
    say = speaker()
    rows = [
        [
            Cell(", ".join(place_words(problem.place, say))),
            Cell(found_words(problem, say), words=True),
            Cell(expected_words(problem, grid, say), words=True),
        ]
        for problem in problems[:SHOWN]
    ]
    caption = t("The first {shown} of {count}", shown=SHOWN, count=count) if count > SHOWN else t("Mistakes")
    show_table([t("Where"), t("Found"), t("Expected")], rows, caption, words=3)


def _offer(name: str, incoming: Incoming) -> None:
    year: int | None = None
    if incoming.kind is Kind.SCORES:
        now = datetime.now(UTC).year
        year = st.number_input(
            t("Year of these scores"), 1900, 2100, now, step=1, key=keys.widget(PAGE, "year"), width=200
        )
    sure = True
    if incoming.kind is Kind.GRID:
        sure = st.checkbox(
            t("I have read what becomes of the ranking under a new version."), key=keys.widget(PAGE, "sure")
        )
    pressed = st.button(
        t("Bring it in"),
        type="primary",
        icon=":material/input:",
        key=keys.widget(PAGE, "apply"),
        disabled=not sure,
    )
    if pressed:
        _bring_in(name, incoming, year)


def _bring_in(name: str, incoming: Incoming, year: int | None) -> None:
    say = speaker()

    def work(progress: Progress) -> Done:
        return apply(db(), incoming, name, year, _by_hundredths(progress))

    try:
        with_bar(
            keys.widget(PAGE, "stop"),
            t("Importing…"),
            lambda done, wanted: t(
                "{done} ratings of {wanted}", done=say.number(done, 0), wanted=say.number(wanted, 0)
            ),
            work,
        )
    except DomainError as error:
        st.error(plain(sentence(error, language())), icon=":material/error:")
        return
    notify(t("“{name}” is imported; it can be undone below.", name=name))
    start_again()
    st.rerun()


def _by_hundredths(progress: Progress) -> Progress:
    """Tell the bar of a hundred steps, however many there are."""
    last = -1

    def tell(done: int, wanted: int) -> None:
        nonlocal last
        step = 100 * done // max(wanted, 1)
        if step != last:
            last = step
            progress(done, wanted)

    return tell
