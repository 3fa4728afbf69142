"""What moves the decision: the gap between two terrains, one weight walked, and what each part does."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from ect.charts.lines import LinesLook, Meeting, Walked, lines
from ect.charts.spans import Span, SpansLook, spans
from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.influence import Influence, influences
from ect.domain.tornado import Bar, Cause, tornado
from ect.domain.walking_weights import Reign, walking_weights
from ect.domain.weight_lines import movable_codes
from ect.domain.weights import ECT, SELECTION, Weights
from ect.ui.components.chart import show_chart
from ect.ui.components.profile import numbered_labels, pillar_labels, wrapped
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, n, narrow, speaker, t
from ect.ui.feedback import plain

BARS, LINES = 12, 6
LEAST_SWING = Fraction(1, 1000)


def weight_labels(grid: Grid) -> dict[str, str]:
    """Return the words for everything that has a weight: sections, pillars, criteria."""
    sections = {ECT: t("ECT"), SELECTION: t("Selection criteria")}
    return {**sections, **pillar_labels(grid, language()), **numbered_labels(grid, language())}


def show_gap(grid: Grid, table: Alternatives, weights: Weights, names: Mapping[str, str]) -> None:
    """Show what one level, or one weight by a quarter, does to the gap between two terrains."""
    ranked = list(table.complete.terrains)
    totals = table.totals(grid, weights)
    ranked.sort(key=lambda terrain: -totals[terrain])
    left, right = st.columns(2)
    one = left.selectbox(t("The gap between"), ranked, format_func=names.__getitem__, key="what-if:one")
    others = [terrain for terrain in ranked if terrain != one]
    other = right.selectbox(t("and"), others, format_func=names.__getitem__, key="what-if:other")
    found = tornado(grid, table, weights, one, other)
    bars = [bar for bar in found if bar.swing >= LEAST_SWING][:BARS]
    words = _gap_sentence(found, names[one], names[other])
    if not bars:
        st.markdown(f"**{plain(words)}**")
        return
    look = SpansLook(
        count=len(bars),
        halves=(t("less"), t("more")),
        title=t("Gap in points (0: level)"),
        description=words,
        label_width=150 if narrow() else 300,
        row_height=70 if narrow() else 34,
    )
    labels = weight_labels(grid)
    drawn = [_span(bar, labels, {Cause.LEVEL_A: names[one], Cause.LEVEL_B: names[other]}) for bar in bars]
    show_chart(spans(look, drawn), "what-if:tornado", words, picture=t("What makes the gap"))
    st.caption(t("Each bar: the gap with one level, or 25% of one weight, less or more."))


def show_walk(grid: Grid, table: Alternatives, weights: Weights, names: Mapping[str, str]) -> None:
    """Show the totals as one weight goes from nothing to everything, and who is first where."""
    labels = weight_labels(grid)
    code = st.selectbox(
        t("Weight that moves"),
        list(movable_codes(grid, weights)),
        format_func=labels.__getitem__,
        key="what-if:walked",
    )
    shown = _first_ones(grid, table, weights)
    walk = walking_weights(grid, table, weights, code, among=shown)
    drawn = [line for line in walk.along.lines if line.terrain in shown]
    look = LinesLook(
        series=tuple(names[line.terrain] for line in drawn),
        titles=(t("Share of “{weight}” in its group", weight=labels[code]), t("Total")),
        maximum=float(grid.maximum),
        description=_walk_sentence(walk.reigns, labels[code], names),
        legend_columns=1 if narrow() else 2,
    )
    value = {line.terrain: line for line in drawn}
    meetings = [
        Meeting(
            float(crossing.share),
            float(value[group[0]].at(crossing.share)),
            t(
                "{terrains}: level at {share}",
                terrains=", ".join(names[terrain] for terrain in group),
                share=speaker().percent(crossing.share, 1),
            ),
        )
        for crossing in walk.crossings
        for group in crossing.groups
    ]
    walked = [Walked(names[line.terrain], float(line.start), float(line.end)) for line in drawn]
    show_chart(
        lines(look, walked, meetings, float(walk.along.share)),
        "what-if:walk",
        t(
            "{sentence} The dotted rule is the weight as it is: {share}.",
            sentence=look.description,
            share=speaker().percent(walk.along.share, 1),
        ),
        picture=t("Totals along one weight"),
    )


def show_influence(grid: Grid, table: Alternatives, weights: Weights) -> None:
    """Show what each part weighs beside what it brings to the differences between totals."""
    found = influences(grid, table, weights)
    labels = weight_labels(grid)
    parts = sorted(found.columns, key=lambda part: -(part.share or 0))
    st.markdown(f"**{plain(_influence_sentence(parts, labels))}**")
    say = speaker()
    rows = [
        [
            Cell(labels[part.code]),
            Cell(say.percent(part.nominal, 1)),
            Cell("–" if part.share is None else say.percent(part.share, 1), strong=True),
        ]
        for part in (*found.sections, *parts)
    ]
    show_table([t("Part"), t("Share of the maximum"), t("Share of the differences")], rows)
    st.caption(
        t(
            "A part on which all terrains are alike decides nothing, whatever it weighs; a negative share "
            "ranks the terrains the other way round."
        )
    )


def _first_ones(grid: Grid, table: Alternatives, weights: Weights) -> set[str]:
    totals = table.totals(grid, weights)
    return set(sorted(totals, key=lambda terrain: -totals[terrain])[:LINES])


def _span(bar: Bar, labels: Mapping[str, str], whose: Mapping[Cause, str]) -> Span:
    say = speaker()
    what = labels[bar.code]
    who = whose.get(bar.cause, t("Weight"))
    label = "\n".join(wrapped([f"{who} · {what}"], 22 if narrow() else 44))

    def told(end: Fraction, gap: Fraction) -> str:
        return t(
            "{who} · {what}: {before} to {after}, gap of {gap}",
            who=who,
            what=what,
            before=say.short(bar.present),
            after=say.short(end),
            gap=say.short(gap),
        )

    return Span(
        label,
        float(bar.gap),
        float(bar.gap_low),
        float(bar.gap_high),
        told(bar.low, bar.gap_low),
        told(bar.high, bar.gap_high),
    )


def _gap_sentence(found: tuple[Bar, ...], one: str, other: str) -> str:
    turning = sum(bar.reverses for bar in found)
    if not turning:
        return t(
            "No single level, and no single weight moved by 25%, changes the order of {one} and {other}.",
            one=one,
            other=other,
        )
    return n(
        "{count} single change of a level, or of a weight by 25%, turns the order of {one} and {other}.",
        "{count} single changes of a level, or of a weight by 25%, turn the order of {one} and {other}.",
        turning,
        one=one,
        other=other,
    )


def _walk_sentence(reigns: tuple[Reign, ...], label: str, names: Mapping[str, str]) -> str:
    say = speaker()
    who = [", ".join(names[terrain] for terrain in reign.terrains) for reign in reigns]
    if len(reigns) == 1:
        return t("{first} is first whatever “{weight}” weighs.", first=who[0], weight=label)
    steps = [
        t("from {low} to {high}: {first}", low=say.percent(r.low, 1), high=say.percent(r.high, 1), first=name)
        for r, name in zip(reigns, who, strict=True)
    ]
    return t("Who is first as “{weight}” weighs more: {steps}.", weight=label, steps="; ".join(steps))


def _influence_sentence(parts: list[Influence], labels: Mapping[str, str]) -> str:
    first, say = parts[0], speaker()
    if first.share is None:
        return t("All totals are the same: nothing tells the terrains apart.")
    return t(
        "“{part}” tells the terrains apart most: it weighs {nominal} and makes {share} of the differences.",
        part=labels[first.code],
        nominal=say.percent(first.nominal, 1),
        share=say.percent(first.share, 1),
    )
