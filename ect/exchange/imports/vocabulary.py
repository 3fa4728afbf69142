"""What the columns of each kind of table are called, in French and in English."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ect.domain.framework import FrameworkKind
from ect.domain.grid import LEVELS, Grid
from ect.domain.incoming import Kind
from ect.domain.text import folded
from ect.i18n import Speaker
from ect.i18n import marked as _
from ect.wording import TERRAIN_LISTS, TERRAIN_TEXTS

# Columns of the grid, pillars and criteria, are called by the code of the grid after this.
GRID = "grid:"
# What each column is called on screen and in templates; the first name is ours.
LABELS: dict[str, str] = {
    "terrain": _("Terrain"),
    "participant": _("Participant"),
    "criterion": _("Criterion"),
    "answer": _("Level"),
    "basis": _("What it rests on"),
    "comment": _("Comment"),
    "ect": _("ECT SCORE"),
    "selection": _("Total of selection criteria"),
    "total": _("TOTAL SCORE"),
    "name": _("Name"),
    "code": _("Code"),
    "kind": _("Kind"),
    "full_name": _("Full name"),
    "year": _("Year"),
    "status": _("Status"),
    "status_text": _("What the status says"),
    "territory": _("Territory"),
    "themes": _("Themes"),
    **TERRAIN_TEXTS,
    **TERRAIN_LISTS,
    "caveat": _("Reservation"),
    "source": _("Source"),
    "mirrors_of": _("Mirror of"),
    "lessons_1": _("Lessons of axis 1"),
    "lessons_2": _("Lessons of axis 2"),
    "lessons_3": _("Lessons of axis 3"),
    "lessons_0": _("Other lessons"),
    "framework_emergence": _("Emergence frameworks"),
    "framework_support": _("Support frameworks"),
    "framework_project_funding": _("Project funding frameworks"),
    "framework_support_funding": _("Support funding frameworks"),
    "section": _("Section"),
    "pillar_code": _("Code of the pillar"),
    "pillar": _("Pillar"),
    "pillar_en": _("Pillar (English)"),
    "pillar_table": _("Pillar (score table)"),
    "label": _("Criterion"),
    "label_en": _("Criterion (English)"),
    "label_table": _("Criterion (score table)"),
    "level_0": _("Level 0"),
    "level_1": _("Level 1"),
    "level_2": _("Level 2"),
    "level_0_en": _("Level 0 (English)"),
    "level_1_en": _("Level 1 (English)"),
    "level_2_en": _("Level 2 (English)"),
    "note": _("Note"),
    "note_en": _("Note (English)"),
    "version": _("Version"),
}
# Other names people give them; folded, as headers are before they are looked up.
OTHERS: dict[str, str] = {
    "terrain": "colonne1 | column1 | projet | project | candidat | candidate | terrains | nom | name",
    "participant": "voix | evaluateur | evaluatrice | evaluator | membre | personne | votant | juge | rater",
    "criterion": "critere | criteria | criteres | code du critere",
    "answer": "niveau | note | valeur | reponse | score | level | rating | value",
    "basis": "base | fondement | basis | evidence | sur quoi elle repose",
    "comment": "commentaire | commentaires | remarque | comments",
    "ect": "score ect | total ect | ect",
    "selection": "total criteres terrain | total criteres | total selection | total criteres selection",
    "total": "score total | total",
    "name": "nom | nom du terrain | terrain | projet | project",
    "code": "identifiant | id",
    "kind": "type | nature",
    "full_name": "nom entier | intitule",
    "year": "annee",
    "status": "statut | etat",
    "territory": "commune | lieu",
    "themes": "thematiques | thematique | theme",
    "label": "critere | libelle | intitule | nom",
    "pillar": "pilier",
    "level_0": "descripteur 0 | niveau 0 | 0",
    "level_1": "descripteur 1 | niveau 1 | 1",
    "level_2": "descripteur 2 | niveau 2 | 2",
    "section": "partie | section",
    "version": "version de la grille",
}
RATINGS = ("terrain", "participant", "criterion", "answer", "basis", "comment")
TERRAINS = (
    "name",
    "code",
    "kind",
    "full_name",
    "year",
    "status",
    "status_text",
    "territory",
    "themes",
    "context",
    "objective",
    "genesis",
    "actors",
    "main_brake",
    "main_lever",
    "situation",
    "interest",
    "experiments",
    "questions",
    "follow_up",
    "caveat",
    "source",
    "mirrors_of",
    *(f"lessons_{axis}" for axis in (1, 2, 3, 0)),
    *(f"framework_{kind.value}" for kind in FrameworkKind),
)
VERSION = (
    "section",
    "pillar_code",
    "pillar",
    "pillar_en",
    "pillar_table",
    "code",
    "label",
    "label_en",
    "label_table",
    *(f"level_{value}" for value in LEVELS),
    *(f"level_{value}_en" for value in LEVELS),
    "note",
    "note_en",
    "version",
)
# A maximum after a sum: « SCORE TOTAL (sur 85) », « Score ECT /8 ».
MAXIMUM = re.compile(r"^(.*?) (?:(?:sur|on|out of) )?(\d+)$")


def targets(kind: Kind, grid: Grid) -> tuple[str, ...]:
    """Return what a column of a kind of table may be, in the order of its template."""
    parts = tuple(GRID + code for code in numbers(grid))
    pillars = {GRID + pillar.code for pillar in grid.pillars}
    if kind is Kind.SCORES:
        columns = [GRID + pillar.code for pillar in grid.pillars]
        columns += ["ect", *(GRID + criterion.code for criterion in grid.selection), "selection", "total"]
        return ("terrain", *columns, *(part for part in parts if part not in columns))
    if kind is Kind.RATINGS:
        return (*RATINGS, *(part for part in parts if part not in pillars))
    return TERRAINS if kind is Kind.TERRAINS else VERSION


def numbers(grid: Grid) -> dict[str, str]:
    """Return the number of each pillar (``"1."``) and criterion (``"1.1"``, ``"S1"``), by code."""
    found: dict[str, str] = {}
    for place, pillar in enumerate(grid.pillars, 1):
        found[pillar.code] = f"{place}."
        found.update((c.code, f"{place}.{i}") for i, c in enumerate(pillar.criteria, 1))
    return found | {c.code: f"S{i}" for i, c in enumerate(grid.selection, 1)}


def vocabulary(kind: Kind, grid: Grid) -> Mapping[str, str]:
    """Return what each folded header means; a name that could mean two columns means none."""
    meanings: dict[str, set[str]] = defaultdict(set)
    of_the_grid = _grid_names(grid)
    for target in targets(kind, grid):
        for name in _names(target, of_the_grid):
            if name:
                meanings[name].add(target)
    return {name: found.pop() for name, found in meanings.items() if len(found) == 1}


def without_maximum(header: str) -> tuple[str, int | None]:
    """Return a folded header without the maximum it claims, and this maximum."""
    found = MAXIMUM.fullmatch(header)
    return (found[1], int(found[2])) if found and len(found[2]) < 6 else (header, None)


def _names(target: str, of_the_grid: Mapping[str, Iterable[str]]) -> Iterable[str]:
    if target.startswith(GRID):
        return of_the_grid[target.removeprefix(GRID)]
    others = {name.strip() for name in OTHERS.get(target, "").split("|")}
    return {folded(LABELS[target]), folded(Speaker("fr").t(LABELS[target])), folded(target), *others}


def _grid_names(grid: Grid) -> dict[str, set[str]]:
    named = numbers(grid)
    found: dict[str, set[str]] = {}
    for entry in (*grid.pillars, *grid):
        number = named[entry.code]
        labels = {entry.label.fr, entry.label.en, entry.table_label, entry.code} - {""}
        found[entry.code] = {folded(label) for label in labels}
        found[entry.code] |= {folded(f"{number} {label}") for label in labels}
        if not number.endswith("."):
            found[entry.code].add(folded(number))
    return found
