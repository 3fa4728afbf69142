"""What several documents say: the head, a ranking, charts of scores, how sure a ranking is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ect.domain.grid import Grid
from ect.domain.ranking import Ranking, Row, leaders
from ect.domain.scoring import Measure, Score
from ect.i18n import Speaker
from ect.reports.content import (
    Align,
    Bars,
    Block,
    Bullets,
    Callout,
    Column,
    Letterhead,
    Line,
    Paragraph,
    Radar,
    Table,
    Tone,
)
from ect.services.document_settings import DocumentSettings
from ect.services.robustness import Examined, Ground
from ect.wording import first_words, pillar_labels, settings_words

SAID, NAMED = 3, 8


def letterhead_of(settings: DocumentSettings, say: Speaker) -> Letterhead:
    """Return the head and the foot of a document."""
    whose = settings.organisation
    alt = say.t("Logo of {organisation}", organisation=whose) if whose else say.t("Logo")
    return Letterhead(whose, settings.footer, settings.logo, alt)


def measured(say: Speaker, measure: Measure, decimals: int = 1) -> str:
    """Say a measure: its value, or the interval what is unknown leaves it."""
    if measure.complete:
        return say.short(measure.value, decimals)
    low, high = say.short(measure.low, decimals), say.short(measure.high, decimals)
    return say.t("{low} to {high}", low=low, high=high)


def maxima(say: Speaker, grid: Grid) -> tuple[str, str, str]:
    """Return the headers of the three sums, each with its maximum: never one number alone."""
    return (
        f"{say.t('ECT')} /{grid.ect_maximum}",
        f"{say.t('Selection')} /{grid.selection_maximum}",
        f"{say.t('Total')} /{grid.maximum}",
    )


def placed(say: Speaker, row: Row) -> str:
    """Say a rank: a tie as a tie, and what an incomplete terrain could still reach."""
    if row.rank is None:
        return say.t("{low} to {high}", low=row.best, high=row.worst) if row.best != row.worst else "–"
    return say.t("{rank} (tie)", rank=row.rank) if row.tied else str(row.rank)


def ranking_table(
    say: Speaker, grid: Grid, rows: Iterable[Row], names: Mapping[str, str], caption: str
) -> Table:
    """Return where terrains stand: both sections beside the total, and what is known of each."""
    ect, selection, total = maxima(say, grid)
    columns = (
        Column(say.t("Rank"), Align.RIGHT, 1.2),
        Column(say.t("Terrain"), share=3),
        Column(ect, Align.RIGHT, 1),
        Column(selection, Align.RIGHT, 1.25),
        Column(total, Align.RIGHT, 1),
        Column(say.t("Criteria known"), Align.RIGHT, 1),
    )
    lines = tuple(
        (
            placed(say, row),
            names[row.terrain],
            measured(say, row.score.ect),
            measured(say, row.score.selection_total),
            measured(say, row.score.total),
            f"{row.score.total.known}/{row.score.total.count}",
        )
        for row in rows
    )
    return Table(caption, columns, lines)


def leader_words(say: Speaker, ranking: Ranking, names: Mapping[str, str]) -> str:
    """Say who is first on the ECT alone and on the total."""

    def called(codes: tuple[str, ...]) -> str:
        return ", ".join(names[code] for code in codes) or "–"

    return say.t(
        "ECT alone: {ect}. Total: {total}.",
        ect=called(leaders(ranking, lambda score: score.ect)),
        total=called(leaders(ranking, lambda score: score.total)),
    )


def formula_words(say: Speaker, grid: Grid) -> str:
    """Say how a total is made."""
    return say.t(
        "Formula: total (/{maximum}) = {factor} x ECT score (/{ect}) + total of the selection criteria "
        "(/{selection}). The ECT score is the sum of the pillars, each the mean of its criteria (0 to 2).",
        maximum=grid.maximum,
        factor=grid.ect_factor,
        ect=grid.ect_maximum,
        selection=grid.selection_maximum,
    )


def profile_radar(say: Speaker, grid: Grid, scores: Mapping[str, Score], title: str) -> Radar:
    """Return the radar of the pillars; what it says in words is every figure of it."""
    labels = pillar_labels(grid, say.language)
    lines, told = [], []
    for name, score in scores.items():
        if not any(score.part(code).measure.known for code in labels):
            continue
        values = [score.part(code).measure.value for code in labels]
        lines.append(Line(name, tuple(None if value is None else float(value) for value in values)))
        figures = ", ".join(
            f"{label} {say.short(value)}" for label, value in zip(labels.values(), values, strict=True)
        )
        told.append(say.t("{name}: {figures}", name=name, figures=figures))
    alt = say.t("Radar of the pillars, from 0 to 2. {lines}.", lines="; ".join(told))
    return Radar(title, tuple(labels.values()), tuple(lines), alt)


def contribution_bars(say: Speaker, grid: Grid, scores: Mapping[str, Score], title: str) -> Bars:
    """Return what the pillars and the selection bring to each total."""
    parts = (*pillar_labels(grid, say.language).values(), say.t("Selection criteria"))
    lines, told = [], []
    for name, score in scores.items():
        points = [part.contribution.low for part in score.pillars] + [score.selection_total.low]
        lines.append(Line(name, tuple(float(point) for point in points)))
        figures = ", ".join(f"{part} {say.short(p)}" for part, p in zip(parts, points, strict=True))
        told.append(say.t("{name}: {figures}", name=name, figures=figures))
    return Bars(
        title,
        parts,
        tuple(lines),
        float(grid.maximum),
        say.t("Points of the total {unit}", unit=f"/{grid.maximum}"),
        say.t("Points each part brings to each total. {lines}.", lines="; ".join(told)),
    )


def robustness_blocks(say: Speaker, on: Ground, examined: Examined) -> tuple[Block, ...]:
    """Say how sure the ranking is, in sentences, with what they rest on."""
    found = examined.found
    if not found.terrains:
        return (Paragraph(say.t("No terrain is wholly known: none can be ranked.")),)
    best = sorted(found.terrains, key=lambda one: -one.first)[:SAID]
    sentences = [first_words(say, on.names[one.terrain], one) for one in best]
    blocks: list[Block] = [Callout(sentences[0], Tone.KEY)]
    more = [*sentences[1:]]
    for group in examined.tiers:
        if len(group) > 1:
            names = ", ".join(on.names[code] for code in group[:NAMED])
            rest = say.t(" and {count} others", count=len(group) - NAMED) if group[NAMED:] else ""
            more.append(say.t("The order is not sure among {terrains}.", terrains=names + rest))
    if more:
        blocks.append(Bullets(tuple(more)))
    error = max((one.error for one in found.terrains), default=0.0)
    blocks.append(Paragraph(settings_words(say, found.settings, error, on.grid.version), small=True))
    if found.incomplete:
        names = ", ".join(on.names[code] for code in found.incomplete)
        told = say.t("Set aside, something being unknown of them: {terrains}.", terrains=names)
        blocks.append(Paragraph(told, small=True))
    return tuple(blocks)


def share_words(say: Speaker, grid: Grid) -> str:
    """Say what the formula really does."""
    top = grid.ect_factor * grid.ect_maximum
    return say.t(
        "Of the {maximum} points, {top} come from the ECT ({share}). One level more on an ECT"
        " criterion adds {ect} point; on a selection criterion, {selection}.",
        maximum=grid.maximum,
        top=top,
        share=say.percent(Fraction(top, grid.maximum)),
        ect=say.short(Fraction(grid.ect_factor, len(grid.pillars[0].criteria)), 1),
        selection=say.short(1, 1),
    )
