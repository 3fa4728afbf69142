"""How far each weight may move while the first stays first: a table, a line a weight."""

from __future__ import annotations

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.stability import Interval, stability
from ect.domain.weight_lines import movable_codes
from ect.domain.weights import ECT, Weights
from ect.ui.components.profile import numbered_labels, pillar_labels
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, speaker, t


def show_stability(grid: Grid, table: Alternatives, weights: Weights) -> None:
    """Show, of the ECT, each pillar and each selection criterion, the shares that keep the first first."""
    say = speaker()
    labels = numbered_labels(grid, language())
    shown = {ECT: t("ECT"), **pillar_labels(grid, language())}
    shown |= {criterion.code: labels[criterion.code] for criterion in grid.selection}
    rows = []
    for code in movable_codes(grid, weights):
        if code not in shown:
            continue
        found = stability(grid, table, weights, code)
        rows.append(
            [Cell(shown[code]), Cell(say.percent(found.share, 1)), Cell(_said(found.first), words=True)]
        )
    headers = [t("Weight"), t("Share of its group"), t("The first stays first while it weighs")]
    show_table(headers, rows, words=3)


def _said(kept: Interval) -> str:
    say = speaker()
    if kept.is_point:
        return t("exactly this: any move changes who is first")
    low, high = kept.low.share, kept.high.share
    if not low and high == 1:
        return t("anything")
    if not low:
        return t("at most {high}", high=say.percent(high, 1))
    if high == 1:
        return t("at least {low}", low=say.percent(low, 1))
    return t("between {low} and {high}", low=say.percent(low, 1), high=say.percent(high, 1))
