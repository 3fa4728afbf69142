"""Blank and filled tables to type into: what they hold comes in again unchanged."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any

from ect.domain.framework import FrameworkKind
from ect.domain.grid import LEVELS, Criterion, Grid, Pillar
from ect.domain.incoming import Kind
from ect.domain.rating import Answer, Basis, Rating
from ect.domain.scoring import Score
from ect.domain.terrain import Terrain, TerrainKind
from ect.exchange.csv_text import RUNS
from ect.exchange.imports.terrain_tables import LISTS, TEXTS
from ect.exchange.imports.vocabulary import GRID, LABELS, RATINGS, TERRAINS, VERSION, targets
from ect.i18n import Speaker
from ect.i18n import marked as _
from ect.services.catalogue import list_terrains
from ect.services.importing import ratings_by_voice
from ect.services.rating import ROOM
from ect.services.reference import current_grid
from ect.services.scores import all_scores
from ect.storage.database import Database
from ect.wording import numbered_labels

Value = str | Fraction | None
DECIMALS, LONG_DECIMALS = 4, 10
# Rows of a blank template that choose their values from a list.
ROWS = 500

BASES = {
    Basis.DECLARED: _("declared"),
    Basis.OBSERVED: _("observed"),
    Basis.DOCUMENTED: _("documented"),
}
KINDS = {
    TerrainKind.CANDIDATE: _("candidate"),
    TerrainKind.FOLLOWED: _("followed"),
    TerrainKind.MIRROR: _("mirror"),
}
README = (
    _("One row a line of the table, under the headers; columns may be in any order, or left out."),
    _("A cell left empty says nothing: what is known stays. Unknown is neither 0 nor 1."),
    _("Decimals with a comma or a point, or fractions (4/3). Values, no formulas."),
    _("A list is written one item a line inside its cell."),
    _("Participants by pseudonym (P01, P02…): names are not kept."),
)


@dataclass(frozen=True, slots=True)
class Template:
    """A table to be written: its headers, its rows, and the values a column is chosen from, by place."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    choices: Mapping[int, tuple[str, ...]]


def make_template(db: Database, kind: Kind, language: str, *, filled: bool, long: bool = False) -> Template:
    """Return the template of a kind of table, blank or filled from the store.

    ``long`` is one row an answer, for ratings, with what it rests on and its comment.
    """
    grid, say = current_grid(db), Speaker(language)
    if kind is Kind.SCORES:
        return _scores(db, grid, say, filled)
    if kind is Kind.RATINGS:
        return (_long if long else _wide)(grid, say, ratings_by_voice(db) if filled else {})
    if kind is Kind.TERRAINS:
        return _terrains(list_terrains(db) if filled else (), list_terrains(db, archived=True), say)
    return _version(grid, say, filled)


def as_xlsx(template: Template, say: Speaker) -> bytes:
    """Return the template as a workbook: texts stay texts, levels are chosen from a list."""
    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(template.name[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for place, header in enumerate(template.headers):
            sheet.write_string(0, place, header, head)
        for number, row in enumerate(template.rows, 1):
            _write_row(sheet, number, row, wrap)
        for place, values in template.choices.items():
            last = max(len(template.rows), ROWS)
            sheet.data_validation(
                1, place, last, place, {"validate": "list", "source": list(values), "error_type": "warning"}
            )
        sheet.set_column(0, len(template.headers), 18)
        sheet.freeze_panes(1, 1)
        notes = book.add_worksheet(say.t("Read me")[:31])
        notes.set_column(0, 0, 110)
        for number, line in enumerate(README):
            notes.write_string(number, 0, say.t(line), wrap)
    return stream.getvalue()


def as_csv(template: Template) -> bytes:
    """Return the template as a text French spreadsheets open: semicolons, decimal commas, a mark first."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(template.headers)
    writer.writerows([_written(value) for value in row] for row in template.rows)
    return stream.getvalue().encode("utf-8-sig")


def _write_row(sheet: Any, number: int, row: Sequence[Value], wrap: Any) -> None:
    for place, value in enumerate(row):
        if isinstance(value, Fraction):
            sheet.write_number(number, place, float(value))
        elif value:
            sheet.write_string(number, place, value, wrap)


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return _decimal(value)
    return "'" + value if value.startswith(RUNS) else value


def _decimal(value: Fraction) -> str:
    """Write a figure with a decimal comma: exactly if it takes few decimals, else with many."""
    scale = 10**DECIMALS
    if scale % value.denominator == 0:
        whole, rest = divmod(value.numerator * (scale // value.denominator), scale)
        return f"{whole},{rest:0{DECIMALS}}".rstrip("0").rstrip(",")
    return f"{float(value):.{LONG_DECIMALS}f}".replace(".", ",")


def _scores(db: Database, grid: Grid, say: Speaker, filled: bool) -> Template:
    parts = [t for t in targets(Kind.SCORES, grid) if t != "terrain"]
    parts = parts[: len(grid.pillars) + len(grid.selection) + 3]
    headers = [say.t(LABELS["terrain"]), *(_table_header(target, grid, say) for target in parts)]
    scores = all_scores(db) if filled else {}
    rows = [
        (terrain.name, *(_known(scores[terrain.code], target) for target in parts))
        for terrain in (list_terrains(db) if filled else ())
        if terrain.code in scores
    ]
    return Template(say.t("Scores"), tuple(headers), tuple(rows), {})


def _table_header(target: str, grid: Grid, say: Speaker) -> str:
    if not target.startswith(GRID):
        return say.t(LABELS[target])
    entry = _entry(target, grid)
    return entry.table_label if say.language == "fr" and entry.table_label else entry.label.read(say.language)


def _entry(target: str, grid: Grid) -> Pillar | Criterion:
    code = target.removeprefix(GRID)
    entries: list[Pillar | Criterion] = [*grid.pillars, *grid]
    return next(entry for entry in entries if entry.code == code)


def _known(score: Score, target: str) -> Value:
    measure = score.measure(target.removeprefix(GRID))
    return measure.low if measure.complete else None


def _wide(grid: Grid, say: Speaker, held: dict[tuple[str, str], list[Rating]]) -> Template:
    criteria = list(grid)
    headers = [
        say.t(LABELS["terrain"]),
        say.t(LABELS["participant"]),
        *numbered_labels(grid, say.language).values(),
    ]
    rows = []
    for (terrain, voice), given in held.items():
        by_code = {rating.criterion: rating for rating in given}
        answers = [_answer(by_code[c.code]) if c.code in by_code else None for c in criteria]
        rows.append((terrain, _voice(voice, say), *answers))
    choices = {place: _levels(criterion) for place, criterion in enumerate(criteria, 2)}
    return Template(say.t("Ratings"), tuple(headers), tuple(rows), choices)


def _long(grid: Grid, say: Speaker, held: dict[tuple[str, str], list[Rating]]) -> Template:
    labels = numbered_labels(grid, say.language)
    rows = [
        (
            terrain,
            _voice(voice, say),
            labels[rating.criterion],
            _answer(rating),
            say.t(BASES[rating.basis]) if rating.basis else None,
            rating.comment,
        )
        for (terrain, voice), given in held.items()
        for rating in given
        if rating.criterion in labels
    ]
    choices = {3: ("0", "0.5", "1", "1.5", "2", "?", "abstention"), 4: tuple(map(say.t, BASES.values()))}
    return Template(say.t("Ratings"), tuple(say.t(LABELS[t]) for t in RATINGS), tuple(rows), choices)


def _voice(voice: str, say: Speaker) -> str:
    return say.t("Room") if voice == ROOM else voice


def _answer(rating: Rating) -> Value:
    if rating.value is not None:
        return rating.value
    return "?" if rating.answer is Answer.UNKNOWN else "abstention"


def _levels(criterion: Criterion) -> tuple[str, ...]:
    return (*(f"{float(level):g}" for level in criterion.answers), "?", "abstention")


def _terrains(shown: Iterable[Terrain], everyone: Iterable[Terrain], say: Speaker) -> Template:
    names = {terrain.code: terrain.name for terrain in everyone}
    rows = [tuple(_field(terrain, target, names, say) for target in TERRAINS) for terrain in shown]
    choices = {TERRAINS.index("kind"): tuple(map(say.t, KINDS.values()))}
    return Template(say.t("Terrains"), tuple(say.t(LABELS[t]) for t in TERRAINS), tuple(rows), choices)


def _field(terrain: Terrain, target: str, names: dict[str, str], say: Speaker) -> Value:
    special: dict[str, Callable[[], Value]] = {
        "kind": lambda: say.t(KINDS[terrain.kind]),
        "year": lambda: None if terrain.year is None else Fraction(terrain.year),
        "mirrors_of": lambda: "\n".join(names[code] for code in terrain.mirrors_of if code in names),
    }
    if target in special:
        return special[target]()
    if target in LISTS:
        return "\n".join(getattr(terrain, target))
    if target in {*TEXTS, "name", "code", "status"}:
        return str(getattr(terrain, target))
    if target.startswith("lessons_"):
        axis = int(target.removeprefix("lessons_"))
        return "\n".join(lesson.text for lesson in terrain.lessons if lesson.axis == axis)
    kind = FrameworkKind(target.removeprefix("framework_"))
    return "\n".join(dict.fromkeys(use.wording for use in terrain.frameworks if use.kind is kind))


def _version(grid: Grid, say: Speaker, filled: bool) -> Template:
    rows = []
    for pillar in grid.pillars if filled else ():
        rows += [_criterion(grid, pillar, criterion) for criterion in pillar.criteria]
    rows += [_criterion(grid, None, criterion) for criterion in (grid.selection if filled else ())]
    choices = {VERSION.index("section"): ("ECT", "Sélection")}
    return Template(say.t("Grid"), tuple(say.t(LABELS[t]) for t in VERSION), tuple(rows), choices)


def _criterion(grid: Grid, pillar: Pillar | None, criterion: Criterion) -> tuple[Value, ...]:
    texts = {level.value: level.descriptor for level in criterion.levels}
    cells: dict[str, str] = {
        "section": "ECT" if pillar else "Sélection",
        "code": criterion.code,
        "label": criterion.label.fr,
        "label_en": criterion.label.en,
        "label_table": criterion.table_label,
        "note": criterion.note.fr if criterion.note else "",
        "note_en": criterion.note.en if criterion.note else "",
        "version": grid.version,
    }
    if pillar:
        cells |= {
            "pillar_code": pillar.code,
            "pillar": pillar.label.fr,
            "pillar_en": pillar.label.en,
            "pillar_table": pillar.table_label,
        }
    for value in LEVELS:
        if value in texts:
            cells |= {f"level_{value}": texts[value].fr, f"level_{value}_en": texts[value].en}
    return tuple(cells.get(target, "") for target in VERSION)
