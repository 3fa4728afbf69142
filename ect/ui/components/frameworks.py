"""The parts of the page Frameworks: the matrix, the means, what is not covered, the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ect.domain.framework import (
    Category,
    Framework,
    FrameworkKind,
    FrameworkResult,
    Question,
    breakdown,
    category_counts,
    unused,
)
from ect.domain.grid import Grid
from ect.domain.scoring import Score
from ect.domain.terrain import Terrain
from ect.i18n import marked as _
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, n, speaker, t
from ect.ui.feedback import plain

YES, READ = "\N{BLACK CIRCLE}", "\N{WHITE CIRCLE}"

CATEGORIES = {Category.STARTER: _("Starter"), Category.BOOSTER: _("Booster")}


def results_of(
    kind: FrameworkKind,
    frameworks: Sequence[Framework],
    terrains: Sequence[Terrain],
    scores: Mapping[str, Score],
) -> tuple[FrameworkResult, ...]:
    """Break the terrains down by the frameworks of one kind."""
    of_kind = [framework for framework in frameworks if framework.kind is kind]
    return breakdown(of_kind, {terrain.code: terrain.frameworks for terrain in terrains}, scores)


def show_matrix(results: Sequence[FrameworkResult], terrains: Sequence[Terrain]) -> None:
    """Show terrains against the frameworks of a kind; an interpreted tie is a hollow mark."""
    used = [x for x in terrains if any(u.kind is results[0].framework.kind for u in x.frameworks)]
    if not used:
        st.info(t("No terrain has a framework of this kind yet."), icon=":material/info:")
        return
    headers = [t("Terrain"), *(result.framework.label.read(language()) for result in results)]
    headers.append(t("Outside the catalogue"))
    rows = [_matrix_row(terrain, results) for terrain in used]
    show_table(
        headers,
        rows,
        caption=t("{yes} as published, {read} our reading.", yes=YES, read=READ),
        dense=True,
    )


def show_means(results: Sequence[FrameworkResult], names: Mapping[str, str], grid: Grid) -> None:
    """Show each framework with its terrains, how many are scored, and their mean scores."""
    say = speaker()
    rows = [
        [
            Cell(result.framework.label.read(language())),
            Cell(_categories(result.framework), words=True),
            Cell(", ".join(names[code] for code in result.terrains) or "–", words=True),
            Cell(str(result.n)),
            Cell(say.number(result.mean_ect, 1), muted=not result.conclusive),
            Cell(say.number(result.mean_total, 1), muted=not result.conclusive),
        ]
        for result in results
    ]
    headers = [t("Framework"), t("Category"), t("Terrains"), t("n scored")]
    headers += [
        t("Mean ECT /{maximum}", maximum=grid.ect_maximum),
        t("Mean total /{maximum}", maximum=grid.maximum),
    ]
    show_table(headers, rows, words=3)
    if any(result.n == 1 for result in results):
        st.caption(t("Where n is 1, the figure is that of one terrain: it says nothing about the framework."))


def show_coverage(results: Sequence[FrameworkResult]) -> None:
    """Say which frameworks no terrain uses, and how uses split between Starter and Booster."""
    names = [framework.label.read(language()) for framework in unused(results)]
    if names:
        st.markdown(plain(t("Used by no terrain: {names}.", names=", ".join(names))))
    else:
        st.markdown(t("Every framework of this kind is used by at least one terrain."))
    counts = category_counts(results)
    parts = [
        n(
            "{category}: {count} use",
            "{category}: {count} uses",
            counts[category],
            category=t(label),
        )
        for category, label in CATEGORIES.items()
    ]
    if counts[None]:
        parts.append(
            n(
                "no published category: {count} use",
                "no published category: {count} uses",
                counts[None],
            )
        )
    st.caption(plain(" · ".join(parts)))


def show_catalogue(results: Sequence[FrameworkResult], questions: Sequence[Question]) -> None:
    """Show each framework's description and examples, with the questions asked of it if any."""
    for result in results:
        framework = result.framework
        with st.expander(plain(f"{framework.rank}. {framework.label.read(language())}")):
            if description := framework.description.read(language()):
                st.markdown(plain(description))
            if framework.examples:
                st.caption(plain(t("Examples: {names}", names=", ".join(framework.examples))))
            for question in questions:
                st.markdown(f"{question.rank}. {plain(question.text.read(language()))}")


def _matrix_row(terrain: Terrain, results: Sequence[FrameworkResult]) -> list[Cell]:
    kind = results[0].framework.kind
    uses = [use for use in terrain.frameworks if use.kind is kind]
    cells = [Cell(terrain.name)]
    for result in results:
        found = [use for use in uses if use.code == result.framework.code]
        cells.append(Cell("" if not found else READ if found[0].interpreted else YES))
    cells.append(Cell(", ".join(use.wording for use in uses if use.code is None), words=True))
    return cells


def _categories(framework: Framework) -> str:
    return ", ".join(t(CATEGORIES[category]) for category in framework.categories) or "–"
