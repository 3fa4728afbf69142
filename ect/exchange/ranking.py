"""The ranking as plain values for programs, and as an aligned table for a terminal."""

from __future__ import annotations

from typing import Any

from ect.domain.ranking import Row
from ect.domain.scoring import Measure, Unit
from ect.i18n import Speaker, half_up
from ect.sentences import caveat_text, note_text
from ect.services.scores import Scoreboard


def ranking_document(board: Scoreboard, unit: Unit, language: str) -> dict[str, Any]:
    """Return the ranking as plain values, best first; figures are rounded to two decimals.

    Only totals are in ``unit``; pillars and criteria stay on 0..2.
    """
    factor = unit.factor(board.grid)
    mean = board.means
    selection = {criterion.code for criterion in board.grid.selection}
    return {
        "unit": unit.value if unit is Unit.PERCENT else int(unit.value),
        "rows": [_row_document(board, row, unit) for row in board.ranking.rows],
        "mean": mean
        and {
            "total": half_up(mean.total * factor, 2),
            "ect": half_up(mean.ect, 2),
            "selection": half_up(mean.selection_total, 2),
            "pillars": {k: half_up(v, 2) for k, v in mean.columns.items() if k not in selection},
            "criteria": {k: half_up(v, 2) for k, v in mean.columns.items() if k in selection},
        },
        "notes": _notes(board, language),
    }


def ranking_text(board: Scoreboard, unit: Unit, language: str) -> str:
    """Return the ranking as an aligned table, with its notes beneath."""
    say, factor = Speaker(language), unit.factor(board.grid)
    suffix = "%" if unit is Unit.PERCENT else f"/{unit.value}"
    rows = [("", "Terrain", "ECT /8", f"{say.t('Selection')} /18", f"{say.t('Total')} {suffix}")]
    for row in board.ranking.rows:
        total = row.score.total.scaled(factor)
        rows.append(
            (
                f"{row.rank}." if row.rank else "–",
                board.terrains[row.terrain].name,
                _figure(say, row.score.ect),
                _figure(say, row.score.selection_total),
                _figure(say, total),
            )
        )
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    lines = [
        "  ".join(
            text.ljust(width) if place < 2 else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", *(f"* {note['text']}" for note in _notes(board, language))])


def _row_document(board: Scoreboard, row: Row, unit: Unit) -> dict[str, Any]:
    total = row.score.total.scaled(unit.factor(board.grid))
    return {
        "terrain": board.terrains[row.terrain].name,
        "rank": row.rank,
        "total": _known(total),
        "low": half_up(total.low, 2),
        "high": half_up(total.high, 2),
        "ect": _known(row.score.ect),
        "selection": _known(row.score.selection_total),
        "pillars": {part.code: _known(part.measure) for part in row.score.pillars},
        "criteria": {part.code: _known(part.measure) for part in row.score.criteria},
    }


def _known(measure: Measure) -> float | None:
    """Return the rounded value of what is wholly known; the rest is an interval, not a number."""
    return half_up(measure.low, 2) if measure.complete else None


def _figure(say: Speaker, measure: Measure) -> str:
    if measure.complete:
        return say.short(measure.low)
    return say.t("{low} to {high}", low=say.short(measure.low), high=say.short(measure.high))


def _notes(board: Scoreboard, language: str) -> list[dict[str, str]]:
    notes = [{"code": n.code, "text": note_text(n, language)} for n in board.notes]
    for code, caveat in board.caveats.items():
        name = board.terrains[code].name
        notes.append({"code": "caveat", "text": caveat_text(name, caveat, language)})
    return notes


def ranking_rows(board: Scoreboard, language: str) -> tuple[list[str], list[list[Any]]]:
    """Return the headers and the rows of the ranking as a table: figures on their own scales.

    What is not wholly known is empty, and stands between ``low`` and ``high``.
    """
    say = Speaker(language)
    labels = [pillar.label.read(language) for pillar in board.grid.pillars]
    labels += [criterion.label.read(language) for criterion in board.grid.selection]
    headers = [say.t("Rank"), say.t("Terrain"), *labels]
    headers += [say.t("ECT SCORE"), say.t("Total of selection criteria"), say.t("TOTAL SCORE")]
    headers += [say.t("Total at least"), say.t("Total at most"), say.t("Criteria known"), say.t("Scores")]
    rows = []
    for row in board.ranking.rows:
        sums = (row.score.ect, row.score.selection_total, row.score.total)
        measures = [*(part.measure for part in row.score.columns), *sums]
        figures = [float(m.low) if m.complete else None for m in measures]
        total, origin = row.score.total, board.origins.get(row.terrain)
        known = say.t("{known} of {count}", known=total.known, count=total.count)
        rows.append(
            [
                row.rank,
                board.terrains[row.terrain].name,
                *figures,
                float(total.low),
                float(total.high),
                known,
                origin,
            ]
        )
    return headers, rows
