"""How much each part tells terrains apart, which is not how much it weighs.

Weights are not importance (Paruolo, Saisana & Saltelli 2013): a criterion on which all terrains are
alike decides nothing whatever its weight. The total is the sum of its parts, so that its variance is
the sum of cov(part, total): each part's share says what it brings to the differences seen. It is
negative for a part that ranks terrains against the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from ect.domain.alternatives import Alternatives
from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.weight_lines import integer_rows
from ect.domain.weights import ECT, SELECTION, Weights, point_weights


@dataclass(frozen=True, slots=True)
class Influence:
    """What a part weighs, and what it does (all exact).

    Attributes
    ----------
    code
        A section, a pillar or a criterion.
    nominal
        Its share of the maximum (0..1): what its weight says.
    share
        cov(part, total) / var(total): what it brings to the differences between totals; the shares
        of a layer sum to 1, and may be negative. ``None`` where no total differs.
    correlation_squared
        The squared Pearson correlation of part and total (0..1): what of the variance of the totals
        a line in that part alone would give. ``None`` where the part or the total is constant.

    """

    code: str
    nominal: Fraction
    share: Fraction | None
    correlation_squared: Fraction | None


@dataclass(frozen=True, slots=True)
class Influences:
    """Three ways to cut the total, each summing to 1 in ``nominal`` and (if not ``None``) in ``share``.

    ``sections`` are ECT and selection; ``columns`` the pillars and the selection criteria;
    ``criteria`` every criterion, those of a pillar known for some terrain by its mean only without
    ``share`` and ``correlation_squared``, its levels not being known: only the others' then stand.
    ``terrains`` are those counted, the complete ones.
    """

    sections: tuple[Influence, ...]
    columns: tuple[Influence, ...]
    criteria: tuple[Influence, ...]
    terrains: tuple[str, ...]


def influences(grid: Grid, table: Alternatives, weights: Weights) -> Influences:
    """Return the effective influence of each section, pillar and criterion beside its weight.

    Complexity: O(n x m). Raises as :func:`ect.domain.weights.point_weights`.
    """
    complete = table.complete
    points = point_weights(grid, weights)
    parts = _parts(complete, points)
    pillars = {pillar.code: [criterion.code for criterion in pillar.criteria] for pillar in grid.pillars}
    selection = [criterion.code for criterion in grid.selection]
    sections = {ECT: [criterion.code for criterion in grid.ect_criteria], SELECTION: selection}
    unseen = {criterion for _, criterion in complete.by_mean}
    total = _sum(list(parts.values()))

    def layer(groups: dict[str, list[str]]) -> tuple[Influence, ...]:
        return tuple(
            _influence(
                code,
                sum((points[member] for member in members), Fraction()) * TOP_LEVEL / grid.maximum,
                _sum([parts[member] for member in members]),
                total,
            )
            for code, members in groups.items()
        )

    criteria = layer({code: [code] for code in points})
    return Influences(
        layer(sections),
        layer(pillars | {code: [code] for code in selection}),
        tuple(Influence(i.code, i.nominal, None, None) if i.code in unseen else i for i in criteria),
        complete.terrains,
    )


def _parts(complete: Alternatives, points: dict[str, Fraction]) -> dict[str, list[int]]:
    """Return what each criterion brings to each total, less its mean, all in one unit."""
    _, rows = integer_rows(complete)
    common = lcm(*(point.denominator for point in points.values()))
    parts = {}
    for place, code in enumerate(complete.criteria):
        column = [row[place] for row in rows]
        whole, worth = sum(column), int(points[code] * common)
        parts[code] = [(value * len(rows) - whole) * worth for value in column]
    return parts


def _influence(code: str, nominal: Fraction, part: Sequence[int], total: Sequence[int]) -> Influence:
    shared, own, whole = _dot(part, total), _dot(part, part), _dot(total, total)
    return Influence(
        code=code,
        nominal=nominal,
        share=Fraction(shared, whole) if whole else None,
        correlation_squared=Fraction(shared**2, own * whole) if own and whole else None,
    )


def _sum(columns: Sequence[Sequence[int]]) -> list[int]:
    return [sum(cells) for cells in zip(*columns, strict=True)]


def _dot(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(map(mul, one, other))
