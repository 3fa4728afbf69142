"""The smallest change of one weight that swaps two alternatives, the other weights left as they are.

Source: Triantaphyllou & Sanchez 1997, weighted sum model. Unlike a stability interval, the change is
of the weight itself: the weights no longer sum to what they did (dividing them all by their new sum
changes no order).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from operator import mul


@dataclass(frozen=True, slots=True)
class WeightChange:
    """What brings two alternatives level by one criterion's weight.

    Attributes
    ----------
    i, j, criterion
        Places in the matrix (from 0), ``i < j``.
    absolute
        What to *take from* the weight: at W - ``absolute`` the two are level, beyond it they are
        swapped (those level at present are parted). ``None`` if the criterion tells them not apart.
    relative
        ``absolute`` as a part of the weight (1 is all of it); ``None`` too where the weight is 0.
    feasible
        Whether a weight of 0 or more does it.

    """

    i: int
    j: int
    criterion: int
    absolute: Fraction | None
    relative: Fraction | None
    feasible: bool


def smallest_changes(
    values: Sequence[Sequence[Fraction]],
    weights: Sequence[Fraction],
    totals: Sequence[Fraction] | None = None,
) -> tuple[WeightChange, ...]:
    """Return the change for each pair of alternatives and each criterion.

    Parameters
    ----------
    values
        n alternatives x m criteria, exact, more being better.
    weights
        m exact weights (0 or more), of any sum.
    totals
        The n weighted sums, computed if absent.

    Returns
    -------
    tuple of WeightChange
        n (n - 1) / 2 x m of them, by pair, then by criterion.

    """
    if totals is None:
        totals = [sum(map(mul, row, weights), Fraction()) for row in values]
    return tuple(
        _change(i, j, k, weight, totals[j] - totals[i], values[j][k] - values[i][k])
        for i, j in combinations(range(len(values)), 2)
        for k, weight in enumerate(weights)
    )


def criticality_degrees(
    changes: Iterable[WeightChange], best: int | None = None
) -> dict[int, Fraction | None]:
    """Return, by criterion, the smallest relative change (0 or more) that swaps some pair.

    The criterion with the smallest degree is the most critical one; ``None`` where no feasible
    change exists. With ``best``, only the pairs with that alternative count (the "top" criticality).
    """
    degrees: dict[int, Fraction | None] = {}
    for change in changes:
        smallest = degrees.setdefault(change.criterion, None)
        counts = change.feasible and best in (None, change.i, change.j)
        if counts and change.relative is not None:
            size = abs(change.relative)
            degrees[change.criterion] = size if smallest is None else min(smallest, size)
    return degrees


def _change(i: int, j: int, k: int, weight: Fraction, gap: Fraction, difference: Fraction) -> WeightChange:
    if not difference:
        return WeightChange(i, j, k, None, None, feasible=False)
    absolute = gap / difference
    return WeightChange(i, j, k, absolute, absolute / weight if weight else None, absolute <= weight)
