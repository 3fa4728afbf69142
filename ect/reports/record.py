"""A terrain's record on paper: what is said of it, where it stands, its scores with what is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from ect.i18n import Speaker
from ect.i18n import marked as _
from ect.reports.common import formula_words, letterhead_of, maxima, measured, profile_radar
from ect.reports.content import (
    Align,
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
    finished,
)
from ect.reports.files import file_name
from ect.services.document_settings import DocumentSettings
from ect.services.records import Dated, Record
from ect.services.reference import framework_kinds
from ect.wording import TERRAIN_KINDS, TERRAIN_LISTS, TERRAIN_ORIGINS, TERRAIN_TEXTS, pillar_labels

PHASES = {
    "emergence": _("emergence"),
    "accompaniment": _("accompaniment"),
    "end": _("end of accompaniment"),
    "after": _("afterwards"),
}


def record_document(told: Record, head: DocumentSettings, say: Speaker) -> Document:
    """Return the record as its content."""
    terrain = told.terrain
    blocks = [
        *_labels(told, say),
        _about(told, say),
        *_texts(told, say),
        *_lessons(told, say),
        *_lists(told, say),
        Heading(say.t("Frameworks")),
        *_frameworks(told, say),
        Heading(say.t("Scores")),
        *_scores(told, say),
    ]
    if terrain.source:
        blocks.append(Paragraph(say.t("Source: {source}", source=terrain.source), small=True))
    document = Document(
        name=file_name(told.at, say.t("record"), terrain.name),
        title=terrain.name,
        subtitle=terrain.full_name or head.titles.get("record") or say.t("Record of a terrain"),
        language=say.language,
        letterhead=letterhead_of(head, say),
        date=told.at,
        blocks=tuple(blocks),
        foot=" · ".join(
            (
                head.titles.get("record") or say.t("Record of a terrain"),
                say.t("Grid {code} {version}", code=told.grid.code.upper(), version=told.grid.version),
            )
        ),
    )
    return finished(document)


def _labels(told: Record, say: Speaker) -> Iterator[Block]:
    terrain = told.terrain
    if terrain.origin == "demo":
        yield Callout(say.t("Made up for a demonstration."), Tone.WARNING)
    if terrain.archived:
        yield Callout(say.t("Archived: it appears in no ranking."), Tone.WARNING)
    if terrain.status_text:
        yield Callout(terrain.status_text)
    if terrain.caveat:
        yield Callout(terrain.caveat, Tone.WARNING)


def _about(told: Record, say: Speaker) -> Facts:
    terrain = told.terrain
    facts = [
        (say.t("Kind"), say.t(TERRAIN_KINDS[terrain.kind])),
        (say.t("Year"), str(terrain.year or "")),
        (say.t("Territory"), terrain.territory),
        (say.t("Themes"), ", ".join(terrain.themes)),
        (say.t("Mirror terrains"), ", ".join(told.mirrors)),
        (say.t("Mirror of"), ", ".join(told.mirror_of)),
        (
            say.t("Where it comes from"),
            say.t(TERRAIN_ORIGINS[terrain.origin]) if terrain.origin in TERRAIN_ORIGINS else "",
        ),
    ]
    return Facts(tuple((name, what) for name, what in facts if what))


def _texts(told: Record, say: Speaker) -> Iterator[Block]:
    terrain = told.terrain
    if not any(getattr(terrain, name) for name in (*TERRAIN_TEXTS, *TERRAIN_LISTS, "lessons")):
        yield Paragraph(say.t("This record is still empty."))
    for name, label in TERRAIN_TEXTS.items():
        if text := getattr(terrain, name):
            yield Heading(say.t(label))
            yield Paragraph(text)


def _lessons(told: Record, say: Speaker) -> Iterator[Block]:
    lessons = told.terrain.lessons
    if not lessons:
        return
    yield Heading(say.t("Lessons"))
    for axis in sorted({lesson.axis for lesson in lessons}, key=lambda axis: axis or 99):
        yield Heading(say.t("Axis {number}", number=axis) if axis else say.t("Other lessons"), 2)
        yield Bullets(tuple(lesson.text for lesson in lessons if lesson.axis == axis))


def _lists(told: Record, say: Speaker) -> Iterator[Block]:
    for name, label in TERRAIN_LISTS.items():
        if items := getattr(told.terrain, name):
            yield Heading(say.t(label))
            yield Bullets(tuple(items))


def _frameworks(told: Record, say: Speaker) -> Iterator[Block]:
    if not told.terrain.frameworks:
        yield Paragraph(say.t("None is known."))
        return
    kinds, rows = framework_kinds(), []
    for use in told.terrain.frameworks:
        entry = told.frameworks.get((use.kind.value, use.code or ""))
        read = entry.label.read(say.language) if entry else say.t("outside the catalogue")
        rows.append((kinds[use.kind].label.read(say.language), use.wording, read))
    columns = (
        Column(say.t("Kind"), share=1.5),
        Column(say.t("As worded"), share=2.5),
        Column(say.t("In the catalogue"), share=2.5),
    )
    yield Table(say.t("What it emerges in, is supported by and is funded through"), columns, tuple(rows))


def _scores(told: Record, say: Speaker) -> Iterator[Block]:
    score = told.score
    if not score.total.known:
        yield Paragraph(say.t("Not scored: unknown is neither 0 nor 1."))
    else:
        ect, selection, total = maxima(say, told.grid)
        known = say.t("{known} criteria of {all}", known=score.total.known, all=score.total.count)
        yield Facts(
            (
                (ect, measured(say, score.ect)),
                (selection, measured(say, score.selection_total)),
                (total, measured(say, score.total)),
                (say.t("Known"), known),
            )
        )
        yield profile_radar(say, told.grid, {told.terrain.name: score}, say.t("Pillars, from 0 to 2"))
        yield _parts(told, say)
    if told.dated:
        yield _dated(told.dated, say)
    yield Paragraph(formula_words(say, told.grid), small=True)


def _parts(told: Record, say: Speaker) -> Table:
    labels = pillar_labels(told.grid, say.language)
    labels |= {c.code: c.label.read(say.language) for c in told.grid.selection}
    rows = tuple(
        (label, measured(say, part.measure, 2), measured(say, part.contribution, 2))
        for code, label in labels.items()
        for part in [told.score.part(code)]
    )
    columns = (
        Column(say.t("Pillar or selection criterion"), share=3),
        Column(say.t("From 0 to 2"), Align.RIGHT, 1),
        Column(say.t("Points of total"), Align.RIGHT, 1),
    )
    return Table(say.t("Part by part; an interval where something is unknown"), columns, rows)


def _dated(dated: tuple[Dated, ...], say: Speaker) -> Table:
    heads = maxima(say, dated[0].grid)
    rows = tuple(
        (
            str(one.year),
            say.t(PHASES[one.phase]) if one.phase in PHASES else one.phase,
            _source(one.source, say),
            f"{one.grid.code}/{one.grid.version}",
            measured(say, one.score.ect),
            measured(say, one.score.selection_total),
            measured(say, one.score.total),
        )
        for one in dated
    )
    columns = (
        Column(say.t("Year"), share=0.7),
        Column(say.t("Phase"), share=1.4),
        Column(say.t("Where it comes from"), share=2),
        Column(say.t("Grid"), share=1),
        *(Column(head, Align.RIGHT, 1) for head in heads),
    )
    return Table(say.t("Scores in time"), columns, rows)


def _source(source: str, say: Speaker) -> str:
    if source.startswith("meeting/"):
        return say.t("Decided in meeting no. {number}", number=source.removeprefix("meeting/"))
    return say.t("Published in the report") if source.startswith("rapport") else source
