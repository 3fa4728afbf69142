"""The method, section by section: the formula, then the report's numbers put through it."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from ect.domain.ranking import Row
from ect.domain.scoring import Part, Unit
from ect.services.scores import Scoreboard
from ect.ui.context import language, speaker, t
from ect.ui.feedback import plain
from ect.wording import unit_label


def show_score(board: Scoreboard) -> None:
    """The score: from criteria to pillars, from pillars to the ECT score, then the total."""
    st.subheader(t("The score"))
    st.markdown(
        t(
            "A criterion is worth 0, 1 or 2; with several ratings, their mean. A pillar is the mean of"
            " its five criteria. The ECT score is the sum of the four pillars, out of 8. The total is"
            " twice the ECT score plus the nine selection criteria, out of 34."
        )
    )
    for row in board.ranking.ranked:
        st.markdown(f"**{plain(board.terrains[row.terrain].name)}**")
        _worked(t("ECT"), row.score.pillars, row.score.ect.value)
        _worked(t("Selection"), row.score.selection, row.score.selection_total.value)
        _total(board, row)


def show_unknown(board: Scoreboard) -> None:
    """Unknown values: intervals, never a silent 0 or 1."""
    st.subheader(t("What is not known"))
    st.markdown(
        t(
            "An unknown criterion counts 0 in the low bound and 2 in the high bound, and nowhere else."
            " A terrain is ranked once all of its criteria are known; before that, its possible ranks"
            " are given. “I do not know” and “I abstain” are answers, and count in no mean."
        )
    )
    say = speaker()
    for row in board.ranking.incomplete:
        low, high = say.short(row.score.total.low, 1), say.short(row.score.total.high, 1)
        name = board.terrains[row.terrain].name
        _formula(t("{terrain}: from {low} to {high} points.", terrain=name, low=low, high=high))


def show_units(board: Scoreboard) -> None:
    """Units: on 34, on 85, in percent."""
    st.subheader(t("Units"))
    st.markdown(t("The unit changes how a total is written, never a rank."))
    say = speaker()
    for row in board.ranking.ranked[:1]:
        total = row.score.total.low
        written = [
            f"{say.short(total * unit.factor(board.grid), 2)} {unit_label(unit, board.grid)}" for unit in Unit
        ]
        _formula(say.pair(board.terrains[row.terrain].name, " = ".join(written)))


def show_weights(board: Scoreboard) -> None:
    """What one level weighs, and which columns tell the candidates apart."""
    st.subheader(t("What the formula really does"))
    grid, say = board.grid, speaker()
    share = Fraction(grid.ect_factor * grid.ect_maximum, grid.maximum)
    st.markdown(
        t(
            "One level more on one ECT criterion adds {ect} to the total, one level more on a selection"
            " criterion adds {selection}. The ECT makes {share} of the maximum.",
            ect=say.short(Fraction(grid.ect_factor, len(grid.pillars[0].criteria)), 1),
            selection=say.short(1),
            share=say.percent(share),
        )
    )
    labels = {pillar.code: pillar.label for pillar in grid.pillars}
    labels |= {criterion.code: criterion.label for criterion in grid.selection}
    idle = [labels[c.code].read(language()) for c in board.columns if not c.decides]
    if idle:
        st.markdown(
            plain(
                t(
                    "Equal for all ranked terrains, these decide nothing: {names}.",
                    names=", ".join(idle),
                )
            )
        )


def show_frameworks_rule() -> None:
    """Means by framework and their n."""
    st.subheader(t("Means by framework"))
    st.markdown(
        t(
            "The mean of a framework is that of its terrains whose score is complete, and n says how"
            " many they are. With n = 1 the figure is that of one terrain, and nothing is concluded."
        )
    )


def show_analyses() -> None:
    """What the pages of analysis compute."""
    st.subheader(t("What would change the decision"))
    st.markdown(
        "\n".join(
            f"- {text}"
            for text in (
                t(
                    "What if: a weight counts beside the others of its group, and the maximum stays 34. A"
                    " weight moves until two totals are level: exactly there the order turns."
                ),
                t(
                    "Robustness: weights are drawn around the committee's, group by group; people are drawn"
                    " again among those who rated; unknown levels evenly; level 1 evenly around 1. A rank's"
                    " figure is the share of the draws that give it (SMAA-2)."
                ),
                t(
                    "Flips: the fewest levels, by integers, for a place or a target; the smallest change of"
                    " weights within a bound; if nothing is enough, the rivals that prove it."
                ),
                t(
                    "Choosing several: the best sums under constraints, and what each constraint costs in"
                    " points."
                ),
            )
        )
    )


def show_limits() -> None:
    """What is known not to be perfect."""
    st.subheader(t("Known limits"))
    st.markdown(
        "\n".join(
            f"- {text}"
            for text in (
                t("Averaging ordinal levels is contested: the distribution counts as much as the mean."),
                t("Criterion levels of the report's candidates were never published, only pillar means."),
                t("Some words of Streamlit itself stay in English (menus of charts)."),
            )
        )
    )


def _worked(label: str, parts: tuple[Part, ...], value: Fraction | None) -> None:
    say = speaker()
    terms = " + ".join(say.number(part.measure.value) for part in parts)
    _formula(f"{label} = {terms} = {say.number(value)}")


def _total(board: Scoreboard, row: Row) -> None:
    say = speaker()
    _formula(
        t(
            "Total = {factor} × {ect} + {selection} = {total}",
            factor=board.grid.ect_factor,
            ect=say.number(row.score.ect.value),
            selection=say.number(row.score.selection_total.value),
            total=say.number(row.score.total.value, 1),
        )
    )


def _formula(text: str) -> None:
    st.markdown(f"> {plain(text)}")
