"""Sheets to print: the grid with every descriptor, and a sheet to rate each terrain on by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction

from ect.domain.grid import Criterion, Grid
from ect.i18n import Speaker
from ect.reports.common import formula_words, letterhead_of
from ect.reports.content import (
    Align,
    Blanks,
    Block,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    finished,
)
from ect.reports.files import file_name
from ect.services.document_settings import DocumentSettings
from ect.wording import numbered_labels

BOX = "\N{BALLOT BOX}"
ROOM_MM = 7.8


def blank_document(
    grid: Grid, at: datetime, terrains: Sequence[str], head: DocumentSettings, say: Speaker
) -> Document:
    """Return the grid and a rating sheet for each terrain, or one for a terrain to be named by hand."""
    title = head.titles.get("blank") or say.t("Grid and rating sheet")
    blocks = [
        Heading(say.t("The grid")),
        *_grid(grid, say),
        *(block for name in (terrains or [""]) for block in _sheet(grid, say, name)),
    ]
    document = Document(
        name=file_name(None, say.t("rating sheet"), grid.code, grid.version),
        title=title,
        subtitle=grid.title.read(say.language),
        language=say.language,
        letterhead=letterhead_of(head, say),
        date=at,
        blocks=tuple(blocks),
        foot=say.t("Grid {code} {version}", code=grid.code.upper(), version=grid.version),
    )
    return finished(document)


def _grid(grid: Grid, say: Speaker) -> Iterator[Block]:
    labels = numbered_labels(grid, say.language)
    for place, pillar in enumerate(grid.pillars, 1):
        yield Heading(f"{place} {pillar.label.read(say.language)}", 2)
        yield _descriptors(pillar.criteria, labels, say)
    yield Heading(say.t("Selection criteria"), 2)
    described = [criterion for criterion in grid.selection if criterion.levels]
    if described:
        yield _descriptors(described, labels, say)
    plain = [criterion for criterion in grid.selection if not criterion.levels]
    if plain:
        yield _undescribed(plain, labels, say)
    yield Paragraph(formula_words(say, grid), small=True)
    yield Paragraph(say.t("Source: {source}", source=grid.source), small=True)


def _descriptors(criteria: Sequence[Criterion], labels: dict[str, str], say: Speaker) -> Table:
    rows = tuple(
        (labels[c.code], *(level.descriptor.read(say.language) for level in c.levels)) for c in criteria
    )
    levels = [level.value for level in criteria[0].levels]
    columns = (Column(say.t("Criterion"), share=1.6), *(Column(str(level), share=2) for level in levels))
    return Table("", columns, rows)


def _undescribed(criteria: Sequence[Criterion], labels: dict[str, str], say: Speaker) -> Table:
    rows = tuple((labels[c.code], ", ".join(say.short(value, 1) for value in c.answers)) for c in criteria)
    columns = Column(say.t("Criterion"), share=4), Column(say.t("Levels"), share=2)
    return Table("", columns, rows)


def _sheet(grid: Grid, say: Speaker, terrain: str) -> Iterator[Block]:
    """Return two pages, each with the name and the terrain: printed sheets come apart."""
    names = numbered_labels(grid, say.language)
    yield from _top(say, terrain)
    yield Paragraph(
        say.t(
            "One box a line: a level, or “I do not know”, or “I abstain”. What it rests on: declared (D), "
            "observed (O), documented (Doc.)."
        ),
        small=True,
    )
    for pillar in grid.pillars:
        yield _boxes(pillar.criteria, pillar.label.read(say.language), names, say)
    yield from _top(say, terrain)
    yield _boxes(grid.selection, say.t("Selection criteria"), names, say)
    yield Blanks((say.t("Other remarks"), *("" for _line in range(7))))


def _top(say: Speaker, terrain: str) -> Iterator[Block]:
    yield PageBreak()
    yield Heading(say.t("Rating sheet: {terrain}", terrain=terrain) if terrain else say.t("Rating sheet"))
    labels = (say.t("Name and date"),)
    yield Blanks(labels if terrain else (*labels, say.t("Terrain")))


def _boxes(criteria: Sequence[Criterion], caption: str, names: dict[str, str], say: Speaker) -> Table:
    values = criteria[0].answers
    rests = (say.t("D"), say.t("O"), say.t("Doc."))
    others = (say.t("I do not know"), say.t("I abstain"))
    columns = (
        Column(say.t("Criterion"), share=3.2),
        *(Column(_level(say, value), Align.CENTER, 0.5) for value in values),
        *(Column(label, Align.CENTER, 1.0) for label in others),
        *(Column(label, Align.CENTER, 0.55) for label in rests),
        Column(say.t("Comment"), share=2.6),
    )
    count = len(values) + len(others) + len(rests)
    rows = tuple((names[c.code], *(BOX for _place in range(count)), "") for c in criteria)
    return Table(caption, columns, rows, row_height=ROOM_MM)


def _level(say: Speaker, value: Fraction) -> str:
    return say.short(value, 1)
