"""The score of a terrain: exact, with every contribution kept and unknowns as an interval.

A *profile* maps codes of the grid to exact values on 0..2. It may be given criterion by criterion,
or pillar by pillar (the 2023 report publishes pillar means only); the same functions take both.
What is absent is unknown: it counts 0 in ``low``, 2 in ``high``, and nowhere else.

Source: ECT interim report 2023, "La grille": SCORE TOTAL = 2 x SCORE ECT + total of the criteria.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from numbers import Rational

from ect.domain.errors import DomainError
from ect.domain.grid import TOP_LEVEL, Criterion, Grid, Pillar
from ect.domain.weights import (
    ECT,
    SELECTION,
    Weights,
    pillar_weights,
    point_weights,
    published_weights,
    shares_of,
)

Profile = Mapping[str, Fraction]


class Unit(StrEnum):
    """How a total is displayed: on 34 as printed, on 85 as the printed header says, in percent."""

    POINTS = "34"
    EIGHTY_FIVE = "85"
    PERCENT = "percent"

    def factor(self, grid: Grid) -> Fraction:
        """Return what a total in points is multiplied by (> 0): the same ranking in another unit.

        A total at the grid's maximum becomes 85, or 100; in points it stays what it is.
        """
        targets = {Unit.POINTS: grid.maximum, Unit.EIGHTY_FIVE: 85, Unit.PERCENT: 100}
        return Fraction(targets[self], grid.maximum)


@dataclass(frozen=True, slots=True)
class Measure:
    """A value and what is known of it.

    Attributes
    ----------
    value
        Over what is known; ``None`` where nothing is (a sum needs a value for each of its terms).
    low, high
        With every unknown at 0, and at 2. ``low <= value <= high``; all equal when complete.
    known, count
        How many criteria are known, of how many. A pillar whose mean was published counts as
        having all of its criteria known.

    """

    value: Fraction | None
    low: Fraction
    high: Fraction
    known: int
    count: int

    @property
    def complete(self) -> bool:
        """Whether nothing is unknown."""
        return self.known == self.count

    def scaled(self, factor: Fraction | int) -> Measure:
        """Return the measure in another unit (``factor`` > 0)."""
        value = None if self.value is None else self.value * factor
        return Measure(value, self.low * factor, self.high * factor, self.known, self.count)


@dataclass(frozen=True, slots=True)
class Part:
    """A criterion, or a pillar, inside a score.

    ``measure`` is on 0..2; ``weight`` is what one point of it adds to the total, so that
    ``contribution`` is its share of the total, in points. ``criteria`` holds the criteria of a
    pillar; where only its mean was published each of them is unknown though the pillar is known.
    """

    code: str
    measure: Measure
    weight: Fraction
    criteria: tuple[Part, ...] = ()

    @property
    def contribution(self) -> Measure:
        """What this part brings to the total, in points."""
        return self.measure.scaled(self.weight)


@dataclass(frozen=True, slots=True)
class Score:
    """A terrain's score, with its working.

    ``ect`` is the sum of the pillars (0..8), ``selection_total`` the sum of the selection criteria
    (0..18), ``total`` the sum of ``ect_factor`` times the one and the other (0..34).
    """

    pillars: tuple[Part, ...]
    selection: tuple[Part, ...]
    ect: Measure
    selection_total: Measure
    total: Measure

    @property
    def columns(self) -> tuple[Part, ...]:
        """The columns of the report's table that count: 4 pillars, then 9 criteria."""
        return self.pillars + self.selection

    @property
    def criteria(self) -> tuple[Part, ...]:
        """Every criterion of the grid, known or not: of the pillars, then of the selection."""
        return tuple(part for pillar in self.pillars for part in pillar.criteria) + self.selection

    def part(self, code: str) -> Part:
        """Return a pillar or criterion by code; ``DomainError("criterion_unknown")`` if none."""
        for part in (*self.pillars, *self.criteria):
            if part.code == code:
                return part
        raise DomainError("criterion_unknown", criterion=code)

    def measure(self, code: str) -> Measure:
        """Return the measure of a sum (``ect``, ``selection``, ``total``), a pillar or a criterion.

        Raises
        ------
        DomainError
            ``"criterion_unknown"`` for a code that is none of these.

        """
        sums = {"ect": self.ect, "selection": self.selection_total, "total": self.total}
        return sums[code] if code in sums else self.part(code).measure


def score(grid: Grid, profile: Profile, weights: Weights | None = None) -> Score:
    """Score a profile on a grid.

    Parameters
    ----------
    grid
        The version of the grid the values were given on.
    profile
        Exact values on 0..2 by criterion code, or by pillar code where only a mean is known.
    weights
        What each part counts for; the published rule if absent. Whatever they are, the ECT is on 8,
        the selection on 18 and the total on 34: only what brings the points changes.

    Raises
    ------
    DomainError
        ``"criterion_unknown"`` for a code the grid has not, ``"value_not_exact"`` for a float (two
        equal totals would no longer tie), ``"level_out_of_range"`` for a value outside 0..2,
        ``"pillar_given_twice"`` if a pillar comes both as a mean and by criteria.

    """
    check_profile(grid, profile)
    weights = weights or published_weights(grid)
    points, by_pillar = point_weights(grid, weights), pillar_weights(grid, weights)
    selection = tuple(_leaf(criterion, profile, points[criterion.code]) for criterion in grid.selection)
    pillars = tuple(
        _pillar_part(
            pillar,
            tuple(_leaf(criterion, profile, points[criterion.code]) for criterion in pillar.criteria),
            profile.get(pillar.code),
            shares_of(pillar.criteria, weights, pillar.code),
            by_pillar[pillar.code],
        )
        for pillar in grid.pillars
    )
    return Score(
        pillars,
        selection,
        ect=_section(pillars, shares_of(grid.pillars, weights, ECT), len(pillars)),
        selection_total=_section(selection, shares_of(grid.selection, weights, SELECTION), len(selection)),
        total=_sum([part.contribution for part in (*pillars, *selection)]),
    )


def is_pillar_level(score_: Score) -> bool:
    """Tell whether some pillar is known by its mean only, its criteria not being published."""
    return any(p.measure.known and not any(c.measure.known for c in p.criteria) for p in score_.pillars)


def check_profile(grid: Grid, profile: Profile) -> None:
    """Refuse a profile the grid does not allow, as :func:`score` does."""
    pillars = {pillar.code: pillar for pillar in grid.pillars}
    for code, value in profile.items():
        if code not in pillars:
            grid.criterion(code)
        elif any(criterion.code in profile for criterion in pillars[code].criteria):
            raise DomainError("pillar_given_twice", pillar=code)
        if not isinstance(value, Rational):
            raise DomainError("value_not_exact", criterion=code, value=value)
        if not 0 <= value <= TOP_LEVEL:
            raise DomainError("level_out_of_range", criterion=code, value=value)


def _leaf(criterion: Criterion, profile: Profile, weight: Fraction) -> Part:
    value = profile.get(criterion.code)
    if value is None:
        return Part(criterion.code, Measure(None, Fraction(), Fraction(TOP_LEVEL), 0, 1), weight)
    return Part(criterion.code, Measure(value, value, value, 1, 1), weight)


def _pillar_part(
    pillar: Pillar,
    leaves: tuple[Part, ...],
    published: Fraction | None,
    shares: Mapping[str, Fraction],
    weight: Fraction,
) -> Part:
    count = len(leaves)
    if published is not None:
        measure = Measure(published, published, published, count, count)
    else:
        measure = _mean_of_known(leaves, shares)
    return Part(pillar.code, measure, weight, leaves)


def _mean_of_known(parts: Sequence[Part], shares: Mapping[str, Fraction]) -> Measure:
    known = [part for part in parts if part.measure.value is not None]
    over = sum(shares[part.code] for part in known)
    value = sum((shares[p.code] * (p.measure.value or 0) for p in known), Fraction()) / over if over else None
    whole = _section(parts, shares, 1)
    return Measure(value, whole.low, whole.high, whole.known, whole.count)


def _section(parts: Sequence[Part], shares: Mapping[str, Fraction], size: int) -> Measure:
    """Return ``size`` times the weighted mean of parts: on 0..2 x ``size``."""
    return _sum([part.measure.scaled(shares[part.code] * size) for part in parts])


def _sum(measures: Sequence[Measure]) -> Measure:
    known = [m.value for m in measures if m.value is not None]
    value = sum(known, Fraction()) if len(known) == len(measures) else None
    low = sum((m.low for m in measures), Fraction())
    high = sum((m.high for m in measures), Fraction())
    return Measure(value, low, high, sum(m.known for m in measures), sum(m.count for m in measures))
