"""The ECT grid: pillars, criteria, levels with their descriptors, and the selection criteria."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

from ect.domain.errors import DomainError
from ect.domain.text import Text

TOP_LEVEL = 2
LEVELS = (0, 1, 2)
# The sums of a score table have columns too: no entry of a grid may take their codes.
SUMS = ("ect", "selection", "total")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a criterion: its value (0, 1 or 2) and the descriptor that tells its meaning."""

    value: int
    descriptor: Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the grid.

    ``levels`` holds the three described levels of an ECT criterion, and is empty for a selection
    criterion, for which the report publishes no descriptor. ``step`` is the smallest difference
    between two answers: 1 for an ECT criterion, 1/2 for a selection criterion; it divides 2.
    """

    code: str
    label: Text
    table_label: str = ""
    levels: tuple[Level, ...] = ()
    step: Fraction = Fraction(1)
    note: Text | None = None

    @property
    def answers(self) -> tuple[Fraction, ...]:
        """The values a person may give, from 0 to 2 by ``step``."""
        return _answers(self.step)

    def level(self, value: int) -> Level:
        """Return the level of that value; ``DomainError("level_out_of_range")`` if none."""
        for level in self.levels:
            if level.value == value:
                return level
        raise DomainError("level_out_of_range", criterion=self.code, value=value)


@dataclass(frozen=True, slots=True)
class Pillar:
    """One of the four pillars of the ECT: five criteria whose mean (0..2) is the pillar's score."""

    code: str
    label: Text
    criteria: tuple[Criterion, ...]
    table_label: str = ""


@dataclass(frozen=True)
class Grid:
    """One version of the grid.

    The total of a terrain is ``ect_factor`` (1 or more) times the sum of its pillar means, plus the
    sum of the selection criteria: 2 x 8 + 18 = 34 points at the most for the version of 2023.
    Source: ECT interim report 2023, "4 critères", "9 critères" and "La grille".

    Raises
    ------
    DomainError
        ``"grid_code_repeated"`` if two entries share a code or one takes that of a sum (``SUMS``),
        ``"grid_levels_wrong"`` if a criterion does not describe exactly the levels 0, 1 and 2, in
        this order (a selection criterion may describe none), ``"grid_descriptor_empty"`` if a
        descriptor says nothing, ``"grid_empty"`` if a section or a pillar has no criterion,
        ``"grid_factor_wrong"`` if ``ect_factor`` is less than 1.

    """

    code: str
    version: str
    title: Text
    source: str
    pillars: tuple[Pillar, ...]
    selection: tuple[Criterion, ...]
    ect_factor: int = 2

    def __post_init__(self) -> None:
        if not self.pillars or not self.selection:
            raise DomainError("grid_empty", entry=self.code)
        if self.ect_factor < 1:
            raise DomainError("grid_factor_wrong", entry=self.code, found=self.ect_factor)
        for pillar in self.pillars:
            if not pillar.criteria:
                raise DomainError("grid_empty", entry=pillar.code)
        self._check_codes()
        described = tuple(criterion for criterion in self.selection if criterion.levels)
        for criterion in self.ect_criteria + described:
            _check_levels(criterion)

    def _check_codes(self) -> None:
        codes = [*SUMS, *(pillar.code for pillar in self.pillars), *(c.code for c in self)]
        for code, count in Counter(codes).items():
            if count > 1:
                raise DomainError("grid_code_repeated", entry=code)

    def __iter__(self) -> Iterator[Criterion]:
        """Every criterion, ECT first, in the order of the grid."""
        yield from self.ect_criteria
        yield from self.selection

    @cached_property
    def ect_criteria(self) -> tuple[Criterion, ...]:
        """The criteria of the four pillars, in the order of the grid."""
        return tuple(criterion for pillar in self.pillars for criterion in pillar.criteria)

    @cached_property
    def _criteria_by_code(self) -> dict[str, Criterion]:
        return {criterion.code: criterion for criterion in self}

    def criterion(self, code: str) -> Criterion:
        """Return the criterion of that code; ``DomainError("criterion_unknown")`` if none."""
        try:
            return self._criteria_by_code[code]
        except KeyError:
            raise DomainError("criterion_unknown", criterion=code) from None

    def pillar_of(self, code: str) -> Pillar | None:
        """Return the pillar a criterion belongs to, or ``None`` for a selection criterion.

        Raises
        ------
        DomainError
            ``"criterion_unknown"`` if the grid has no criterion of that code.

        """
        for pillar in self.pillars:
            if any(criterion.code == code for criterion in pillar.criteria):
                return pillar
        self.criterion(code)
        return None

    @property
    def ect_maximum(self) -> int:
        """The highest ECT score: 2 points for each pillar (8 in 2023)."""
        return TOP_LEVEL * len(self.pillars)

    @property
    def selection_maximum(self) -> int:
        """The highest total of the selection criteria (18 in 2023)."""
        return TOP_LEVEL * len(self.selection)

    @property
    def maximum(self) -> int:
        """The highest total (34 in 2023)."""
        return self.ect_factor * self.ect_maximum + self.selection_maximum


@cache
def _answers(step: Fraction) -> tuple[Fraction, ...]:
    # Asked for at every rating that is checked: worked out once a step.
    return tuple(step * i for i in range(int(TOP_LEVEL / step) + 1))


def _check_levels(criterion: Criterion) -> None:
    values = tuple(level.value for level in criterion.levels)
    if values != LEVELS:
        raise DomainError("grid_levels_wrong", entry=criterion.code, found=values)
    for level in criterion.levels:
        if not level.descriptor.fr.strip():
            raise DomainError("grid_descriptor_empty", entry=criterion.code, level=level.value)
