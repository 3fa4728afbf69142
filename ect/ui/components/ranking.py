"""The report's table and what surrounds it: contributions, leaders, what is incomplete, notes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import streamlit as st

from ect.charts.bars import BarsLook, Piece, bars
from ect.charts.theme import PART_COLOURS
from ect.domain.ranking import Row, leaders
from ect.domain.scoring import Measure, Score, Unit
from ect.i18n import Speaker
from ect.sentences import caveat_text, note_text
from ect.services.scores import Scoreboard
from ect.ui.components.chart import show_chart
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, narrow, speaker, t
from ect.ui.feedback import plain
from ect.wording import unit_label

ECT, SELECTION, TOTAL = "ect", "selection", "total"
SAME = "\N{IDENTICAL TO}"
# More bars than that are neither read nor drawn in time.
BARS = 40


def column_labels(board: Scoreboard) -> dict[str, str]:
    """Return the header of each of the table's 16 columns of figures, in the report's order.

    French headers are those of the printed table; English ones are translations.
    """
    grid = board.grid
    french = language() == "fr"
    headers = {pillar.code: pillar.table_label if french else pillar.label.en for pillar in grid.pillars}
    headers[ECT] = t("ECT SCORE")
    for criterion in grid.selection:
        headers[criterion.code] = criterion.table_label if french else criterion.label.en
    headers[SELECTION] = t("Total of selection criteria")
    return {**headers, TOTAL: t("TOTAL SCORE")}


def show_ranking_table(board: Scoreboard, unit: Unit, order: str, *, contributions: bool) -> None:
    """Show the table of the ranked terrains with its mean row, sorted by a column."""
    labels = column_labels(board)
    decisive = {column.code: column.decides for column in board.columns}
    headers = [t("Rank"), t("Terrain")]
    headers += [label if decisive.get(code, True) else f"{label} {SAME}" for code, label in labels.items()]
    headers[-1] += f" {unit_label(unit, board.grid)}"
    rows = sorted(board.ranking.ranked, key=lambda row: -row.score.measure(order).low)
    factor = unit.factor(board.grid)
    cells = [_row_cells(board, row, labels, factor, contributions) for row in rows]
    if mean := _mean_cells(board, labels, factor, contributions):
        cells.append(mean)
    show_table(headers, cells, caption=_caption(contributions), words=2, dense=True)
    if not all(decisive.values()):
        st.caption(t("{mark} same value for every ranked terrain: this column decides nothing.", mark=SAME))


def show_contribution_bars(board: Scoreboard, unit: Unit) -> None:
    """Show what the four pillars and the selection criteria bring to each total."""
    say, factor = speaker(), unit.factor(board.grid)
    pillars = [pillar.label.read(language()) for pillar in board.grid.pillars]
    parts = (*pillars, t("Selection criteria"))
    pieces = []
    shown = board.ranking.ranked[:BARS]
    for row in shown:
        name = board.terrains[row.terrain].name
        points = [part.contribution.low for part in row.score.pillars]
        points.append(row.score.selection_total.low)
        for part, value in zip(parts, points, strict=True):
            said = say.number(value * factor)
            pieces.append(Piece(name, part, float(value * factor), say.pair(f"{name} · {part}", said)))
    look = BarsLook(
        bars=tuple(board.terrains[row.terrain].name for row in shown),
        parts=parts,
        colours=PART_COLOURS,
        maximum=float(board.grid.maximum * factor),
        title=t("Points of the total {unit}", unit=unit_label(unit, board.grid)),
        legend_columns=1 if narrow() else 3,
        description=t("Points each pillar and the selection criteria bring to each total."),
    )
    show_chart(
        bars(look, pieces), key="ranking:bars", sentence=_share_sentence(board), picture=t("Contributions")
    )
    if len(board.ranking.ranked) > BARS:
        st.caption(t("The first {count} of the ranking.", count=BARS))


def show_leaders(board: Scoreboard) -> None:
    """Say who is first on the ECT alone and on the total: no number stands alone."""
    st.markdown(
        "**"
        + plain(
            t(
                "ECT alone: {ect}. Total: {total}.",
                ect=_names(board, leaders(board.ranking, lambda s: s.ect)),
                total=_names(board, leaders(board.ranking, lambda s: s.total)),
            )
        )
        + "**"
    )


def show_incomplete(board: Scoreboard, unit: Unit) -> None:
    """List the terrains something is unknown of, with what they could still reach."""
    if not board.ranking.incomplete:
        return
    st.subheader(t("Not ranked"))
    say, factor = speaker(), unit.factor(board.grid)
    rows = []
    for row in board.ranking.incomplete:
        total = row.score.total.scaled(factor)
        rows.append(
            [
                Cell(board.terrains[row.terrain].name),
                Cell(f"{total.known}/{total.count}"),
                Cell(t("{low} to {high}", low=say.short(total.low, 1), high=say.short(total.high, 1))),
                Cell(t("{low} to {high}", low=row.best, high=row.worst)),
            ]
        )
    headers = [t("Terrain"), t("Criteria known"), t("Possible total"), t("Possible rank")]
    show_table(headers, rows, caption=t("Unknown is neither 0 nor 1: these totals are intervals."))


def show_notes(board: Scoreboard) -> None:
    """Show, beside the table, what does not add up in print and the caveats on scores."""
    for note in board.notes:
        st.info(plain(note_text(note, language())), icon=":material/info:")
    for code, caveat in board.caveats.items():
        if board.ranking.row(code):
            st.info(
                plain(caveat_text(board.terrains[code].name, caveat, language())),
                icon=":material/info:",
            )


def _row_cells(
    board: Scoreboard, row: Row, labels: dict[str, str], factor: Fraction, contributions: bool
) -> list[Cell]:
    say = speaker()
    place = t("{rank} (tie)", rank=row.rank) if row.tied else str(row.rank)
    figures = [_figure(say, row.score, code, factor, contributions) for code in labels]
    return [Cell(place), Cell(board.terrains[row.terrain].name, words=True), *figures]


def _figure(say: Speaker, score: Score, code: str, factor: Fraction, contributions: bool) -> Cell:
    if code == TOTAL:
        scaled = score.total.scaled(factor).low
        return Cell(say.number(scaled, 1 if (10 * scaled).denominator == 1 else 2), strong=True)
    measure = _contribution(score, code).scaled(factor) if contributions else score.measure(code)
    return Cell(say.number(measure.low), strong=code in {ECT, SELECTION})


def _mean_cells(
    board: Scoreboard, labels: dict[str, str], factor: Fraction, contributions: bool
) -> list[Cell]:
    if not board.means:
        return []
    say = speaker()
    sums = {ECT: board.means.ect, SELECTION: board.means.selection_total, TOTAL: board.means.total}
    weights = {column.code: column.weight for column in board.columns}
    weights |= {ECT: Fraction(board.grid.ect_factor), SELECTION: Fraction(1)}
    cells = [Cell(""), Cell(t("Mean"), words=True)]
    for code in labels:
        value = sums[code] if code in sums else board.means.columns[code]
        if code == TOTAL:
            value *= factor
        elif contributions:
            value *= weights[code] * factor
        cells.append(Cell(say.number(value), muted=True))
    return cells


def _contribution(score: Score, code: str) -> Measure:
    if code == ECT:
        return score.ect.scaled(score.pillars[0].weight)
    return score.selection_total if code == SELECTION else score.part(code).contribution


def _names(board: Scoreboard, codes: tuple[str, ...]) -> str:
    return ", ".join(board.terrains[code].name for code in codes) or "–"


def _caption(contributions: bool) -> str:
    if contributions:
        return t("Points each column brings to the total.")
    return t("Means from 0 to 2; the ECT score is on 8, the total of the criteria on 18.")


def _share_sentence(board: Scoreboard) -> str:
    grid, say = board.grid, speaker()
    top = grid.ect_factor * grid.ect_maximum
    per_level: Callable[[Fraction], str] = lambda points: say.short(points, 1)  # noqa: E731
    first = grid.pillars[0]
    return t(
        "Of the {maximum} points, {top} come from the ECT ({share}). One level more on an ECT"
        " criterion adds {ect} point; on a selection criterion, {selection}.",
        maximum=grid.maximum,
        top=top,
        share=say.percent(Fraction(top, grid.maximum)),
        ect=per_level(Fraction(grid.ect_factor, len(first.criteria))),
        selection=per_level(Fraction(1)),
    )
