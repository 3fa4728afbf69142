"""A grid of 4 x 5 + 9 criteria, profiles on it, and the score table printed in the report."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ect.domain.grid import LEVELS, Criterion, Grid, Level, Pillar
from ect.domain.publication import Publication, PublishedRow, parse_printed
from ect.domain.rating import Answer, Rating
from ect.domain.scoring import Score, score
from ect.domain.text import Text
from ect.domain.votes import Vote

HALF = Fraction(1, 2)
PILLARS = ("collective", "anchoring", "resilience", "hybrid")
SELECTION = (
    "proximity",
    "mobilisation",
    "axes",
    "replicability",
    "transitions",
    "intelligibility",
    "means",
    "legitimacy",
    "mirror",
)
COLUMNS = (*PILLARS, "ect", *SELECTION, "selection", "total")

# Interim report 2023, "SCORE ECT, La grille", digit for digit.
MAISON, EPICERIE, SUT = "maison", "epicerie", "sut"
PRINTED = {
    MAISON: "1,80 1,20 1,20 1,40 5,60 2,00 1,00 1,00 1,50 1,00 1,33 0,50 1,67 2,00 12,00 23,2",
    EPICERIE: "1,20 1,60 1,20 1,40 5,40 2,00 1,33 2,00 1,50 1,00 1,67 2,00 1,00 2,00 14,50 25,3",
    SUT: "1,00 1,00 1,00 1,00 4,00 2,00 1,67 2,00 1,00 1,00 2,00 0,50 1,33 2,00 13,50 21,5",
}
PRINTED_MEAN = "1,33 1,27 1,13 1,27 5,00 2,00 1,33 1,67 1,33 1,00 1,67 1,00 1,33 1,33 13,33 23,33"
# The table rounds means over evaluators to hundredths.
THIRDS = {"1,33": Fraction(4, 3), "1,67": Fraction(5, 3)}


def ect_criterion(code: str, values: Iterable[int] = LEVELS) -> Criterion:
    """Return a criterion that describes these levels."""
    levels = tuple(Level(value, Text(f"{code} : niveau {value}")) for value in values)
    return Criterion(code, Text(code), levels=levels)


def selection_criterion(code: str) -> Criterion:
    """Return a criterion answered by halves, without descriptors."""
    return Criterion(code, Text(code), step=HALF)


def pillar(code: str, size: int = 5) -> Pillar:
    """Return a pillar with criteria ``code_1`` to ``code_size``."""
    criteria = tuple(ect_criterion(f"{code}_{i}") for i in range(1, size + 1))
    return Pillar(code, Text(code), criteria)


def grid_of(pillars: Iterable[Pillar], selection: Iterable[Criterion], ect_factor: int = 2) -> Grid:
    """Return a grid of these parts."""
    return Grid("test", "1", Text("Grille"), "tests", tuple(pillars), tuple(selection), ect_factor)


def small_grid() -> Grid:
    """Return a grid of one pillar of 2 criteria and 1 selection criterion: 6 points at the most."""
    return grid_of([pillar("p", 2)], [selection_criterion("s")])


GRID = grid_of(map(pillar, PILLARS), map(selection_criterion, SELECTION))
ECT_CODES = tuple(criterion.code for criterion in GRID.ect_criteria)


def level_profile(value: int | Fraction, **changes: int | Fraction | None) -> dict[str, Fraction]:
    """Return a profile with one value everywhere, save ``changes``; ``None`` is unknown."""
    values = {criterion.code: value for criterion in GRID} | changes
    return {code: Fraction(given) for code, given in values.items() if given is not None}


def rating(criterion: str, value: int | Fraction | None) -> Rating:
    """Return a rating at that level; ``None`` is "I do not know"."""
    if value is None:
        return Rating(criterion, Answer.UNKNOWN)
    return Rating(criterion, Answer.LEVEL, Fraction(value))


def ratings(criterion: str, *values: int | Fraction | None) -> list[Rating]:
    """Return one rating of a criterion for each value."""
    return [rating(criterion, value) for value in values]


def vote(participant: str, criterion: str, value: int | Fraction | None, terrain: str = "home") -> Vote:
    """Return a participant's vote at that level; ``None`` is "I do not know"."""
    return Vote(participant, terrain, rating(criterion, value))


def printed_cells(line: str) -> dict[str, str]:
    """Return the printed cells of a line of the table, by column."""
    return dict(zip(COLUMNS, line.split(), strict=True))


def exact_profile(cells: dict[str, str]) -> dict[str, Fraction]:
    """Return the exact values behind the printed figures of pillars and selection criteria."""
    return {c: THIRDS.get(cells[c], parse_printed(cells[c])) for c in PILLARS + SELECTION}


def report_profiles() -> dict[str, dict[str, Fraction]]:
    """Return the profiles of the three candidates of the report."""
    return {terrain: exact_profile(printed_cells(line)) for terrain, line in PRINTED.items()}


def report_scores() -> dict[str, Score]:
    """Return the scores of the three candidates of the report."""
    return {terrain: score(GRID, profile) for terrain, profile in report_profiles().items()}


def publication_of(lines: dict[str, str], mean: str, maximum: int = 85) -> Publication:
    """Return a published table of these lines, in the columns of the report."""
    rows = tuple(
        PublishedRow(terrain, terrain, cells, exact_profile(cells))
        for terrain, cells in ((code, printed_cells(line)) for code, line in lines.items())
    )
    return Publication(
        code="table",
        title="Rapport intermédiaire 2023",
        source="tests",
        year=2023,
        grid_version="1",
        headers={code: code for code in COLUMNS} | {"total": f"SCORE TOTAL (sur {maximum})"},
        printed_maximum=maximum,
        rows=rows,
        mean_label="Moyenne",
        printed_mean=printed_cells(mean),
    )


def report_publication() -> Publication:
    """Return the table of the report as it is printed."""
    return publication_of(PRINTED, PRINTED_MEAN)
