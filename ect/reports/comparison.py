"""The comparison of candidates: the ranking, what brings the points, what tells them apart, how sure."""

from __future__ import annotations

from collections.abc import Iterator

from ect.domain.comparison import Difference
from ect.domain.ranking import Column as Summary
from ect.i18n import Speaker
from ect.i18n import marked as _
from ect.reports.common import (
    contribution_bars,
    formula_words,
    leader_words,
    letterhead_of,
    measured,
    profile_radar,
    ranking_table,
    robustness_blocks,
    share_words,
)
from ect.reports.content import (
    Align,
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    Tone,
    finished,
)
from ect.reports.files import file_name
from ect.sentences import caveat_text, note_text
from ect.services.comparing import Comparison
from ect.services.document_settings import DocumentSettings
from ect.wording import pillar_labels

# How many terrains the ranking, the bars and the list of incomplete ones show, unless all are asked for.
SHOWN, BARS = 30, 12


def comparison_document(
    told: Comparison, head: DocumentSettings, say: Speaker, *, everything: bool = False
) -> Document:
    """Return the comparison as its content; ``everything`` lists every terrain, however many."""
    title = head.titles.get("comparison") or say.t("Comparison of candidates")
    grid = told.board.grid
    blocks = [
        *_demo(told, say),
        Heading(say.t("Ranking")),
        *_ranking(told, say, everything=everything),
        Heading(say.t("Where the points come from")),
        *_contributions(told, say),
        Heading(say.t("Profiles")),
        *_profiles(told, say),
        Heading(say.t("Criterion by criterion")),
        *_criteria(told, say),
        Heading(say.t("How sure is this ranking?")),
        *robustness_blocks(say, told.on, told.examined),
        *_incomplete(told, say, everything=everything),
        *_notes(told, say),
    ]
    document = Document(
        name=file_name(told.at, say.t("comparison")),
        title=title,
        subtitle=_subtitle(told, say),
        language=say.language,
        letterhead=letterhead_of(head, say),
        date=told.at,
        blocks=tuple(blocks),
        foot=say.t("Grid {code} {version}", code=grid.code.upper(), version=grid.version),
    )
    return finished(document)


def _subtitle(told: Comparison, say: Speaker) -> str:
    count = say.n("{count} terrain", "{count} terrains", len(told.rows))
    return say.t("{count}, scores as of {moment}", count=count, moment=say.moment(told.at))


def _demo(told: Comparison, say: Speaker) -> Iterator[Block]:
    made_up = [t.name for row in told.rows if (t := told.board.terrains[row.terrain]).origin == "demo"]
    if made_up:
        names = ", ".join(made_up[:SHOWN])
        yield Callout(say.t("Made up for a demonstration: {terrains}.", terrains=names), Tone.WARNING)


def _ranking(told: Comparison, say: Speaker, *, everything: bool) -> Iterator[Block]:
    names = {code: terrain.name for code, terrain in told.board.terrains.items()}
    ranked = [row for row in told.rows if row.rank is not None]
    shown = ranked if everything else ranked[:SHOWN]
    if not shown:
        yield Paragraph(say.t("No terrain is wholly known: none can be ranked."))
        return
    yield Callout(leader_words(say, told.board.ranking, names), Tone.KEY)
    yield ranking_table(
        say, told.board.grid, shown, names, say.t("Both sections beside the total, rank among all terrains")
    )
    if len(shown) < len(ranked):
        yield Paragraph(
            say.t(
                "The first {count} of {all} ranked terrains; the others are left out of this table.",
                count=say.number(len(shown), 0),
                all=say.number(len(ranked), 0),
            )
        )
    yield Paragraph(formula_words(say, told.board.grid), small=True)


def _contributions(told: Comparison, say: Speaker) -> Iterator[Block]:
    ranked = [row for row in told.rows if row.rank is not None][:BARS]
    if not ranked:
        yield Paragraph(say.t("Nothing to draw."))
        return
    yield Paragraph(share_words(say, told.board.grid))
    labels = _labels(told, say)
    idle = [labels[column.code] for column in told.board.columns if not column.decides]
    if idle and len(told.board.ranking.ranked) > 1:
        names = ", ".join(idle)
        yield Callout(
            say.t("The same for all ranked terrains, and so deciding nothing: {labels}.", labels=names)
        )
    scores = {told.board.terrains[row.terrain].name: row.score for row in ranked}
    yield contribution_bars(say, told.board.grid, scores, say.t("Points of each part in the total"))


def _profiles(told: Comparison, say: Speaker) -> Iterator[Block]:
    close = told.close
    if not any(score.ect.known for score in close.values()):
        yield Paragraph(say.t("Nothing to draw."))
        return
    yield profile_radar(say, told.board.grid, close, say.t("Pillars, from 0 to 2"))
    if len(close) < len(told.rows):
        yield Paragraph(say.t("The radar shows the first {count} only.", count=len(close)), small=True)
    labels = pillar_labels(told.board.grid, say.language)
    rows = tuple(
        (name, *(measured(say, score.part(code).measure, 2) for code in labels), measured(say, score.ect))
        for name, score in close.items()
    )
    columns = (
        Column(say.t("Terrain"), share=2.4),
        *(Column(label, Align.RIGHT, 1.2) for label in labels.values()),
        Column(f"{say.t('ECT')} /{told.board.grid.ect_maximum}", Align.RIGHT, 0.8),
    )
    yield Table(say.t("The same figures"), columns, rows)


def _criteria(told: Comparison, say: Speaker) -> Iterator[Block]:
    lines = told.differences
    if not any(line.effect for line in lines):
        yield Paragraph(say.t("Nothing that is known tells these terrains apart."))
    else:
        labels = _labels(told, say)
        equal = [labels[line.code] for line in lines if not line.effect and _known(line) > 1]
        if equal:
            yield Paragraph(say.t("Equal for all: {labels}.", labels=", ".join(equal)))
        yield _differences(told, say, lines)
    if len(told.rows) > len(told.close) and told.board.columns:
        yield _summary(told, say, told.board.columns)


def _differences(told: Comparison, say: Speaker, lines: tuple[Difference, ...]) -> Table:
    labels = _labels(told, say)
    columns = (
        Column(say.t("Criterion or pillar"), share=2.6),
        *(Column(name, Align.RIGHT, 1.1) for name in told.close),
        Column(say.t("Points of total"), Align.RIGHT, 1.1),
    )
    rows = tuple(
        (labels[line.code], *(say.short(value) for value in line.values.values()), say.short(line.effect, 1))
        for line in lines
    )
    return Table(say.t("From the widest gap to the narrowest, in points of total."), columns, rows)


def _summary(told: Comparison, say: Speaker, columns: tuple[Summary, ...]) -> Table:
    labels = _labels(told, say)
    rows = tuple(
        (
            labels[column.code],
            say.short(column.lowest),
            say.short(column.mean),
            say.short(column.highest),
            say.short(column.spread, 1),
        )
        for column in columns
    )
    heads = (
        Column(say.t("Criterion or pillar"), share=3),
        *(Column(say.t(name), Align.RIGHT, 1) for name in (_("Lowest"), _("Mean"), _("Highest"))),
        Column(say.t("Points of total"), Align.RIGHT, 1.3),
    )
    return Table(say.t("Over all ranked terrains"), heads, rows)


def _incomplete(told: Comparison, say: Speaker, *, everything: bool) -> Iterator[Block]:
    rows = [row for row in told.rows if row.rank is None]
    if not rows:
        return
    names = {code: terrain.name for code, terrain in told.board.terrains.items()}
    shown = rows if everything else rows[:SHOWN]
    yield Heading(say.t("Not ranked"))
    caption = say.t(
        "Unknown is neither 0 nor 1: these totals are intervals, and these ranks what is possible."
    )
    yield ranking_table(say, told.board.grid, shown, names, caption)
    if len(shown) < len(rows):
        yield Paragraph(say.t("The first {count} of {all}.", count=len(shown), all=say.number(len(rows), 0)))


def _notes(told: Comparison, say: Speaker) -> Iterator[Block]:
    compared = {row.terrain for row in told.rows}
    notes = [note_text(note, say.language) for note in told.board.notes]
    notes += [
        caveat_text(told.board.terrains[code].name, caveat, say.language)
        for code, caveat in told.board.caveats.items()
        if code in compared
    ]
    if notes:
        yield Heading(say.t("Notes"))
        yield Bullets(tuple(notes))


def _labels(told: Comparison, say: Speaker) -> dict[str, str]:
    grid = told.board.grid
    return pillar_labels(grid, say.language) | {c.code: c.label.read(say.language) for c in grid}


def _known(line: Difference) -> int:
    return sum(value is not None for value in line.values.values())
