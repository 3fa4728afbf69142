"""Totals as one weight goes from nothing to everything: straight lines in its share of its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.weights import ECT, SELECTION, Weights, point_weights


@dataclass(frozen=True, slots=True)
class Line:
    """A terrain's total, ``start`` where the weight counts for nothing, ``end`` where for everything.

    Both are exact and on 0..maximum; between them the total is linear in the share.
    """

    terrain: str
    start: Fraction
    end: Fraction

    def at(self, share: Fraction) -> Fraction:
        """Return the total (0..maximum) at a share (0..1)."""
        return self.start + (self.end - self.start) * share


@dataclass(frozen=True, slots=True)
class WeightLines:
    """The totals of the complete terrains along one weight.

    Attributes
    ----------
    code
        The weight that moves: a section's multiplier, or a pillar's or a criterion's relative weight.
        The others of its group keep their ratios.
    share
        Its present share of the group (0..1). A section's share is that of the maximum it brings:
        8 x ``ect`` against 18 x ``selection`` in 2023.
    others
        What the rest of the group weighs (> 0), in the unit of the weight itself: at share v the
        weight is ``others`` x v / (1 - v).
    lines
        One for each complete terrain, in the order of the alternatives.
    incomplete
        The terrains left aside, something being unknown of them.

    """

    code: str
    share: Fraction
    others: Fraction
    lines: tuple[Line, ...]
    incomplete: tuple[str, ...]

    def weight(self, share: Fraction) -> Fraction | None:
        """Return the weight at a share (0..1); ``None``, without bound, where the share is all."""
        return None if share == 1 else self.others * share / (1 - share)


def weight_codes(grid: Grid) -> tuple[str, ...]:
    """Return what :class:`Weights` can weigh: both sections, the pillars, every criterion."""
    pillars = (pillar.code for pillar in grid.pillars)
    return (ECT, SELECTION, *pillars, *(criterion.code for criterion in grid))


def siblings_of(grid: Grid, code: str) -> tuple[str, ...]:
    """Return the codes of the group a weight belongs to, itself among them.

    Raises
    ------
    DomainError
        ``"criterion_unknown"`` for a code that is none of :func:`weight_codes`.

    """
    pillars = tuple(pillar.code for pillar in grid.pillars)
    if code in (ECT, SELECTION):
        return ECT, SELECTION
    if code in pillars:
        return pillars
    pillar = grid.pillar_of(code)
    return tuple(criterion.code for criterion in (pillar.criteria if pillar else grid.selection))


def movable_codes(grid: Grid, weights: Weights) -> tuple[str, ...]:
    """Return the weights another one of their group stands against: only these can move a share."""
    return tuple(code for code in weight_codes(grid) if _others(grid, weights, code))


def share_of(grid: Grid, weights: Weights, code: str) -> Fraction:
    """Return the present share (0..1) of a weight in its group.

    Raises
    ------
    DomainError
        ``"criterion_unknown"``; ``"weight_alone"`` if the others of its group weigh nothing.

    """
    others = _others(grid, weights, code)
    if not others:
        raise DomainError("weight_alone", entry=code)
    return weights.of(code) / (weights.of(code) + others)


def weights_at(grid: Grid, weights: Weights, code: str, share: Fraction) -> Weights:
    """Return the weights where one has this share (0..1) of its group, the others keeping their ratios.

    Raises
    ------
    DomainError
        As :func:`share_of`; ``"share_out_of_range"`` for a share outside 0..1.

    """
    share_of(grid, weights, code)
    if not 0 <= share <= 1:
        raise DomainError("share_out_of_range", entry=code, value=share)
    if share < 1:
        return weights.having(code, _others(grid, weights, code) * share / (1 - share))
    alone = weights.having(code, weights.of(code) or Fraction(1))
    for sibling in siblings_of(grid, code):
        alone = alone if sibling == code else alone.having(sibling, Fraction())
    return alone


def weight_lines(grid: Grid, table: Alternatives, weights: Weights, code: str) -> WeightLines:
    """Return the total of each complete terrain as one weight goes from no share to all of it.

    Every other group keeps its weights, and the total its maximum: the point weights are linear in
    the share, hence the totals.

    Parameters
    ----------
    grid, table, weights
        The terrains, and the weights they are ranked by.
    code
        The weight that moves (one of :func:`weight_codes`).

    Raises
    ------
    DomainError
        ``"criterion_unknown"``; ``"weight_alone"`` if the others of its group weigh nothing: its
        share is all whatever it weighs; ``"weights_all_zero"`` as :func:`point_weights`.

    """
    return lines_of(grid, table, weights, (code,))[0]


def lines_of(
    grid: Grid, table: Alternatives, weights: Weights, codes: Sequence[str]
) -> tuple[WeightLines, ...]:
    """Return the lines of several weights, as :func:`weight_lines` does each. O(n x m) for each."""
    complete = table.complete
    scale, rows = integer_rows(complete)

    def along(code: str) -> WeightLines:
        share = share_of(grid, weights, code)
        ends = [
            exact_totals(scale, rows, point_weights(grid, weights_at(grid, weights, code, Fraction(end))))
            for end in (0, 1)
        ]
        lines = tuple(map(Line, complete.terrains, *ends))
        return WeightLines(code, share, _others(grid, weights, code), lines, table.incomplete)

    return tuple(along(code) for code in codes)


def integer_rows(complete: Alternatives) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """Return a common denominator of the values and the rows times it; nothing may be unknown."""
    known = [[value for value in row if value is not None] for row in complete.values]
    scale = lcm(*(value.denominator for row in known for value in row))
    return scale, tuple(
        tuple(value.numerator * (scale // value.denominator) for value in row) for row in known
    )


def exact_totals(
    scale: int, rows: Sequence[Sequence[int]], points: dict[str, Fraction]
) -> tuple[Fraction, ...]:
    """Return the total of each row of :func:`integer_rows`, exactly as ``Alternatives.totals``."""
    common = lcm(*(point.denominator for point in points.values()))
    worth = [point.numerator * (common // point.denominator) for point in points.values()]
    return tuple(Fraction(sum(map(mul, row, worth)), scale * common) for row in rows)


def _others(grid: Grid, weights: Weights, code: str) -> Fraction:
    if code == ECT:
        return weights.selection * grid.selection_maximum / grid.ect_maximum
    if code == SELECTION:
        return weights.ect * grid.ect_maximum / grid.selection_maximum
    return sum((weights.of(sibling) for sibling in siblings_of(grid, code) if sibling != code), Fraction())
