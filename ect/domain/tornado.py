"""What one level, or one weight, does to the gap between two terrains (a tornado diagram)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.grid import TOP_LEVEL, Criterion, Grid, Pillar
from ect.domain.weight_lines import movable_codes
from ect.domain.weights import Weights, pillar_weights, point_weights

QUARTER = Fraction(1, 4)


class Cause(StrEnum):
    """What moves: a level of the one terrain, of the other, or a weight."""

    LEVEL_A = "level_a"
    LEVEL_B = "level_b"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the gap (points of a less points of b, exact) with something at either end.

    Attributes
    ----------
    cause, code
        What moves: the level of a criterion (or the mean of a pillar known by nothing else), or a
        weight.
    low, present, high
        The level (0..2) or the weight (0 or more) at one end, as it is, and at the other.
    gap_low, gap, gap_high
        The gap at each; an end that cannot move (a level at 0 or at 2) leaves it as it is.

    """

    cause: Cause
    code: str
    low: Fraction
    present: Fraction
    high: Fraction
    gap_low: Fraction
    gap: Fraction
    gap_high: Fraction

    @property
    def swing(self) -> Fraction:
        """The length of the bar, in points (0 or more)."""
        return max(self.gap_low, self.gap, self.gap_high) - min(self.gap_low, self.gap, self.gap_high)

    @property
    def reverses(self) -> bool:
        """Whether the other terrain is ahead at one end (of two level ones, whether one is)."""
        ends = (self.gap_low, self.gap_high)
        return any(ends) if not self.gap else any(end * self.gap < 0 for end in ends)

    @property
    def levels(self) -> bool:
        """Whether two terrains of which one is ahead are exactly level at one end."""
        return bool(self.gap) and not (self.gap_low and self.gap_high)


def tornado(
    grid: Grid,
    table: Alternatives,
    weights: Weights,
    a: str,
    b: str,
    spread: Fraction = QUARTER,
) -> tuple[Bar, ...]:
    """Return the effect on the gap a - b of each criterion's level, and of each weight.

    A level goes one level down and one up, from wherever its mean is, and stays within 0..2. A
    pillar known by its mean only moves by one level of one of its criteria (1/5 for five). A weight
    goes from (1 - spread) to (1 + spread) times what it is, the others of its group left as they
    are; the totals stay on 34.

    Parameters
    ----------
    grid, table, weights
        The terrains, and the weights they are ranked by.
    a, b
        The two terrains, complete.
    spread
        How far weights go, relative (0..1): 1/4 is 25 % either way.

    Returns
    -------
    tuple of Bar
        The longest first; of equal ones levels of a, levels of b, then weights, in the order of the
        grid. Weights that cannot move their share are left out.

    Raises
    ------
    DomainError
        ``"terrain_not_ranked"`` for a terrain that is incomplete or not there,
        ``"spread_out_of_range"`` for a spread outside 0..1.

    """
    if not 0 <= spread <= 1:
        raise DomainError("spread_out_of_range", value=spread)
    gap = _gap(grid, table, weights, a, b)
    bars = [
        *_level_bars(grid, table, weights, a, gap, Cause.LEVEL_A),
        *_level_bars(grid, table, weights, b, gap, Cause.LEVEL_B),
        *(_weight_bar(grid, table, weights, code, (a, b), spread) for code in movable_codes(grid, weights)),
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def _gap(grid: Grid, table: Alternatives, weights: Weights, a: str, b: str) -> Fraction:
    totals = table.only((a, b)).totals(grid, weights)
    for terrain in (a, b):
        if terrain not in totals:
            raise DomainError("terrain_not_ranked", terrain=terrain)
    return totals[a] - totals[b]


def _level_bars(
    grid: Grid, table: Alternatives, weights: Weights, terrain: str, gap: Fraction, cause: Cause
) -> Iterator[Bar]:
    points = point_weights(grid, weights) | pillar_weights(grid, weights)
    values = dict(zip(table.criteria, table.values[table.terrains.index(terrain)], strict=True))
    for entry, step in _entries(grid, table, terrain):
        first = entry.criteria[0] if isinstance(entry, Pillar) else entry
        level = values[first.code] or Fraction()
        low, high = max(level - step, Fraction()), min(level + step, Fraction(TOP_LEVEL))
        worth = points[entry.code] if cause is Cause.LEVEL_A else -points[entry.code]
        ends = gap + worth * (low - level), gap + worth * (high - level)
        yield Bar(cause, entry.code, low, level, high, ends[0], gap, ends[1])


def _entries(grid: Grid, table: Alternatives, terrain: str) -> Iterator[tuple[Pillar | Criterion, Fraction]]:
    """Yield what can move by itself, with how far one level moves it."""
    for pillar in grid.pillars:
        if (terrain, pillar.criteria[0].code) in table.by_mean:
            yield pillar, Fraction(1, len(pillar.criteria))
        else:
            yield from ((criterion, Fraction(1)) for criterion in pillar.criteria)
    yield from ((criterion, Fraction(1)) for criterion in grid.selection)


def _weight_bar(
    grid: Grid, table: Alternatives, weights: Weights, code: str, pair: tuple[str, str], spread: Fraction
) -> Bar:
    present = weights.of(code)
    low, high = present * (1 - spread), present * (1 + spread)
    gaps = [_gap(grid, table, weights.having(code, weight), *pair) for weight in (low, present, high)]
    return Bar(Cause.WEIGHT, code, low, present, high, *gaps)
