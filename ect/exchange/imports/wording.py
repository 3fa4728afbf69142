"""Mistakes of a table, and what it would do, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from ect.domain.grid import Grid
from ect.domain.incoming import Kind, Place, Problem
from ect.exchange.imports.vocabulary import GRID, LABELS, numbers
from ect.i18n import Speaker
from ect.i18n import marked as _
from ect.sentences import note_text
from ect.services.imports.plans import Plan

SHOWN = 12
KINDS = {
    Kind.SCORES: _("Score table"),
    Kind.RATINGS: _("Participants' ratings"),
    Kind.TERRAINS: _("Terrains"),
    Kind.GRID: _("Version of the grid"),
}
EXPECTED = {
    "figure": _("a figure from 0 to 2, or nothing where it is unknown"),
    "zero_to_two": _("a figure from 0 to 2"),
    "level": _("0, 1 or 2, “?” (does not know), “abstention”, or nothing"),
    "level_or_half": _("0, 0.5, 1, 1.5 or 2, “?” (does not know), “abstention”, or nothing"),
    "no_formula": _("a value. In the spreadsheet, copy the cells, then “Paste special – Values”"),
    "no_error": _("a value: this cell shows an error of the spreadsheet"),
    "no_boolean": _("a figure, not a logical value"),
    "no_date": _("a figure: the spreadsheet took it for a date. Set the cell to “Number” and type it again"),
    "name": _("a name: this row holds values and no name"),
    "once": _("to be given once: row {first} gives it already"),
    "lines": _("at least one row with values under the headers"),
    "criterion": _("a criterion of the grid: its name, its code or its number (“1.1”, “S1”)"),
    "basis": _("“declared”, “observed” or “documented”, or nothing"),
    "kind": _("“candidate”, “followed” or “mirror”"),
    "year": _("a year, as 2024"),
    "shorter": _("at most {limit} characters; there are {length}"),
    "terrain_known": _("the name of a terrain that is in the store or in this table"),
    "name_free": _("a name no other terrain has"),
    "section": _("“ECT” or “selection”"),
    "pillar": _("the pillar of the criterion"),
    "descriptor": _("the words that describe this level"),
    "grid_code": _("a code of small letters, figures and underscores"),
    "some_pillar": _("at least one criterion of the ECT section, with its pillar"),
    "some_selection": _("at least one selection criterion"),
    "fewer_criteria": _("at most {limit} criteria"),
    "one_version": _("the same version on every row: “{version}”"),
    "column": _("a column “{target}”"),
    "grid_column": _("at least one column of the grid: a pillar or a criterion"),
    "column_once": _("one column of that meaning: column {column} has it already"),
    "column_sure": _("a known name: is it “{target}”? Rename the column, or say that it is not to be read"),
}


def problem_sentence(problem: Problem, file: str, grid: Grid, say: Speaker) -> str:
    """Say where a mistake is, what was found and what was expected, in one sentence."""
    where = ", ".join([file, *place_words(problem.place, say)])
    return say.t(
        "{where}: found {found}; expected {expected}.",
        where=where,
        found=found_words(problem, say),
        expected=expected_words(problem, grid, say),
    )


def place_words(place: Place, say: Speaker) -> list[str]:
    """Return the sheet, the row and the column, in words; a text has no sheet."""
    said = [say.t("sheet “{sheet}”", sheet=place.sheet)] if place.sheet else []
    said.append(say.t("row {row}", row=place.row))
    if place.column and place.header:
        said.append(say.t("column {column} (“{header}”)", column=place.column, header=place.header))
    elif place.column:
        said.append(say.t("column {column}", column=place.column))
    return said


def found_words(problem: Problem, say: Speaker) -> str:
    """Return what was found."""
    return say.t("“{text}”", text=problem.found) if problem.found else say.t("nothing")


def expected_words(problem: Problem, grid: Grid, say: Speaker) -> str:
    """Return what was expected."""
    values = dict(problem.values)
    if "target" in values:
        values["target"] = target_words(str(values["target"]), grid, say)
    return say.t(EXPECTED[problem.expected], **values)


def target_words(target: str, grid: Grid, say: Speaker) -> str:
    """Return what a column is called: its label, after its number for one of the grid."""
    if not target.startswith(GRID):
        return say.t(LABELS[target])
    code = target.removeprefix(GRID)
    entry = next(entry for entry in (*grid.pillars, *grid) if entry.code == code)
    return f"{numbers(grid)[code]} {entry.label.read(say.language)}"


def plan_sentences(plan: Plan, say: Speaker) -> list[str]:
    """Say what a table would do, the most important first."""
    if plan.empty:
        return [say.t("There is nothing to change: the store says all of it already."), *_notes(plan, say)]
    said = {Kind.GRID: _grid, Kind.RATINGS: _ratings, Kind.SCORES: _scores}.get(plan.kind, _terrains)(
        plan, say
    )
    if plan.unchanged and plan.kind is not Kind.GRID:
        said.append(
            say.n(
                "{count} terrain is in the table as it is known already: nothing of it changes.",
                "{count} terrains are in the table as they are known already: nothing of them changes.",
                plan.unchanged,
            )
        )
    for name, known in plan.lookalikes.items():
        said.append(
            say.t(
                "“{name}” is new, though it resembles “{known}”. If it is the same terrain, correct its name"
                " in the table first.",
                name=name,
                known=known,
            )
        )
    return [*said, *_notes(plan, say)]


def _notes(plan: Plan, say: Speaker) -> list[str]:
    return [note_text(note, say.language) for note in plan.notes]


def _created(plan: Plan, say: Speaker) -> list[str]:
    if not plan.created:
        return []
    return [
        say.n(
            "{count} terrain is made: {names}.",
            "{count} terrains are made: {names}.",
            len(plan.created),
            names=some(plan.created, say),
        )
    ]


def _terrains(plan: Plan, say: Speaker) -> list[str]:
    said = _created(plan, say)
    if plan.changed:
        said.append(
            say.n(
                "{count} record changes: {names}.",
                "{count} records change: {names}.",
                len(plan.changed),
                names=some(plan.changed, say),
            )
        )
    return said


def _scores(plan: Plan, say: Speaker) -> list[str]:
    names = (*plan.created, *plan.changed)
    said = [
        say.n(
            "{count} terrain gets an imported score: {names}.",
            "{count} terrains get an imported score: {names}.",
            len(names),
            names=some(names, say),
        ),
        *_created(plan, say),
    ]
    if plan.covered:
        said.append(
            say.t(
                "The official ranking goes on showing the published or decided score of {names}; the imported"
                " one is seen by choosing “Imported” under “Scores”.",
                names=some(plan.covered, say),
            )
        )
    return said


def _ratings(plan: Plan, say: Speaker) -> list[str]:
    counts = {name: say.number(count, 0) for name, count in plan.counts.items()}
    said = [
        say.t("Ratings: {new} are added, {changed} replaced, {same} are the same already.", **counts),
        *_created(plan, say),
    ]
    if plan.people:
        pairs = some([f"{name} → {voice}" for name, voice in plan.people.items()], say)
        said.append(say.t("Names of participants are not kept; each gets a pseudonym: {pairs}.", pairs=pairs))
    return said


def _grid(plan: Plan, say: Speaker) -> list[str]:
    return [
        say.t(
            "The version “{version}” of the grid comes into force: {kept} criteria as they are, {reworded}"
            " changed, {added} new; {gone} go.",
            version=plan.version,
            **{name: plan.counts[name] for name in ("kept", "reworded", "added", "gone")},
        ),
        say.n(
            "{count} terrain has a score under the version in force: the score stays with that version, and"
            " the ranking begins empty under the new one. Undoing this import brings it back.",
            "{count} terrains have a score under the version in force: the scores stay with that version, and"
            " the ranking begins empty under the new one. Undoing this import brings it back.",
            plan.counts["scored"],
        ),
    ]


def some(names: Sequence[str], say: Speaker) -> str:
    """Return names in a row, the first dozen, and how many more there are."""
    shown = ", ".join(names[:SHOWN])
    more = len(names) - SHOWN
    return say.t("{names} and {count} more", names=shown, count=say.number(more, 0)) if more > 0 else shown
