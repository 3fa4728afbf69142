"""Participants' ratings: one row an answer (long), or one row a terrain and a participant (wide)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ect.domain.errors import DomainError
from ect.domain.figures import read_figure
from ect.domain.grid import Criterion, Grid
from ect.domain.incoming import Incoming, Kind, Place, RatingLine, typed_pseudonym
from ect.domain.rating import COMMENT_LIMIT, Answer, Basis, Rating
from ect.domain.text import folded
from ect.exchange.imports.cells import ABSTAIN, DASHES, ODD, UNKNOWN, Reader, shown
from ect.exchange.imports.vocabulary import GRID, vocabulary
from ect.exchange.sheets import Cells, Odd, Raw, words

NAME_LIMIT = 120
BASES = {
    Basis.DECLARED: {"declared", "declare", "dit", "on le dit"},
    Basis.OBSERVED: {"observed", "observe", "vu", "on l a vu"},
    Basis.DOCUMENTED: {"documented", "documente", "ecrit", "un document le montre"},
}


@dataclass
class Answers:
    """Turns cells into ratings; those that are the same are one value, shared."""

    reader: Reader
    grid: Grid
    _known: dict[tuple[str, str], Rating | None] = field(default_factory=dict)

    def read(self, row: int, cell: Raw, criterion: Criterion, target: str) -> Rating | None:
        """Return the rating in a cell; ``None`` where there is none, or where it is refused."""
        if isinstance(cell, Odd):
            self.reader.refuse(row, target, shown(cell), ODD[cell.kind])
            return None
        text = cell or ""
        key = (criterion.code, text)
        if key in self._known:
            return self._known[key]
        before = len(self.reader.problems)
        rating = self._rating(row, text.strip(), criterion, target)
        if len(self.reader.problems) == before:
            # What is refused is refused anew wherever it stands.
            self._known[key] = rating
        return rating

    def _rating(self, row: int, text: str, criterion: Criterion, target: str) -> Rating | None:
        name = folded(text)
        if text == "?" or name in UNKNOWN:
            return Rating(criterion.code, Answer.UNKNOWN)
        if name in ABSTAIN:
            return Rating(criterion.code, Answer.ABSTAIN)
        if text.casefold() in DASHES:
            return None
        value = self._level(text)
        if value in criterion.answers:
            return Rating(criterion.code, Answer.LEVEL, value)
        expected = "level" if criterion.step == 1 else "level_or_half"
        self.reader.refuse(row, target, text, expected)
        return None

    def _level(self, text: str) -> Fraction | None:
        try:
            return read_figure(text).value
        except DomainError:
            return None


def read_ratings(reader: Reader, grid: Grid) -> Incoming:
    """Return the ratings of a table; every mistake is left with the reader."""
    answers = Answers(reader, grid)
    wide = [c for c in grid if reader.has(GRID + c.code)]
    lines = _wide(reader, answers, wide) if wide else _long(reader, answers, grid)
    lines = [line for line in lines if line.ratings]
    if not lines and not reader.problems:
        reader.refuse(reader.table.header_row, "terrain", "", "lines")
    described = not wide and (reader.has("basis") or reader.has("comment"))
    return Incoming(Kind.RATINGS, ratings=tuple(lines), described=described)


def _wide(reader: Reader, answers: Answers, criteria: list[Criterion]) -> list[RatingLine]:
    targets = [(criterion, GRID + criterion.code) for criterion in criteria]
    lines = []
    first: dict[tuple[str, str], int] = {}
    for row, cells in reader.table.rows:
        given = [
            rating
            for criterion, target in targets
            if (rating := answers.read(row, reader.cell(cells, target), criterion, target))
        ]
        who = _who(reader, row, cells, needed=bool(given))
        if who is None:
            continue
        before = first.setdefault(_same(*who), row)
        if before != row:
            reader.refuse(row, "participant", who[1], "once", first=before)
        lines.append(RatingLine(reader.place(row), *who, tuple(given)))
    return lines


def _long(reader: Reader, answers: Answers, grid: Grid) -> list[RatingLine]:
    known = _criteria(grid)
    found: dict[tuple[str, str], tuple[Place, str, str, dict[str, tuple[int, Rating]]]] = {}
    for row, cells in reader.table.rows:
        named = reader.text(row, cells, "criterion")
        who = _who(reader, row, cells, needed=bool(named))
        if who is None:
            continue
        criterion = known.get(folded(named))
        if criterion is None:
            reader.refuse(row, "criterion", named, "criterion")
            continue
        rating = answers.read(row, reader.cell(cells, "answer"), criterion, "answer")
        if rating is None:
            continue
        own = found.setdefault(_same(*who), (reader.place(row), *who, {}))[3]
        if criterion.code in own:
            reader.refuse(row, "criterion", named, "once", first=own[criterion.code][0])
        own[criterion.code] = (row, _described(reader, row, cells, rating))
    return [
        RatingLine(place, terrain, participant, tuple(rating for _row, rating in own.values()))
        for place, terrain, participant, own in found.values()
    ]


def _who(reader: Reader, row: int, cells: Cells, *, needed: bool) -> tuple[str, str] | None:
    """Return the terrain and the participant of a row; ``None`` for a row that says nothing."""
    terrain = reader.text(row, cells, "terrain", NAME_LIMIT)
    participant = reader.text(row, cells, "participant", NAME_LIMIT)
    if terrain and participant:
        return terrain, participant
    if needed:
        missing = "participant" if terrain else "terrain"
        reader.refuse(row, missing, "", "name")
    return None


def _same(terrain: str, participant: str) -> tuple[str, str]:
    return folded(terrain), typed_pseudonym(participant) or folded(participant)


def _criteria(grid: Grid) -> Mapping[str, Criterion]:
    by_code = {criterion.code: criterion for criterion in grid}
    return {
        name: by_code[code]
        for name, target in vocabulary(Kind.RATINGS, grid).items()
        if target.startswith(GRID) and (code := target.removeprefix(GRID)) in by_code
    }


def _described(reader: Reader, row: int, cells: Cells, rating: Rating) -> Rating:
    comment = reader.text(row, cells, "comment", COMMENT_LIMIT)
    said = folded(reader.text(row, cells, "basis"))
    basis = next((basis for basis, names in BASES.items() if said in names), None)
    if said and basis is None:
        reader.refuse(row, "basis", words(reader.cell(cells, "basis")), "basis")
    if not (comment or basis):
        return rating
    return Rating(rating.criterion, rating.answer, rating.value, basis, comment)
