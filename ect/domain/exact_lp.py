"""Linear programmes in fractions, whose constraints come one by one.

The least cost of non-negative quantities whose costs are not negative is sought by the dual simplex
method (Lemke 1954): doing nothing is optimal, if not feasible; each constraint that is broken is added
(cutting planes, Kelley 1960) until none is. Smallest indices first (Bland 1977), so that it ends. No
float is used: the answer and its multipliers are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Constraint:
    """``constant + sum of coefficients x quantities >= 0``; ``coefficients`` by place, zeros left out."""

    key: Hashable
    constant: Fraction
    coefficients: Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least cost.

    Attributes
    ----------
    cost
        Exact, 0 or more.
    values
        The quantities (0 or more) that reach it; others may reach it too.
    multipliers
        By key, the multiplier (> 0) of each constraint that makes the cost what it is: less the sum
        of multipliers x constraints, every cost that is left is 0 or more. This proves the optimum.

    """

    cost: Fraction
    values: tuple[Fraction, ...]
    multipliers: Mapping[Hashable, Fraction]


class NothingAllowedError(Exception):
    """The constraints exclude each other."""


Broken = Callable[[Sequence[Fraction]], Iterable[Constraint]]
Row = dict[int, Fraction]


def least_cost(costs: Sequence[Fraction], broken: Broken) -> Optimum:
    """Return the least of ``costs . quantities``.

    Parameters
    ----------
    costs
        One for each quantity, 0 or more.
    broken
        Given the quantities, returns constraints they break; none if they keep all. The constraints
        are finitely many, and each has its own key.

    Raises
    ------
    NothingAllowedError
        If the constraints exclude each other.

    """
    simplex = _Simplex(costs)
    while cuts := tuple(broken(simplex.values())):
        for cut in cuts:
            simplex.add(cut)
        if not simplex.restore():
            raise NothingAllowedError
    return simplex.optimum()


class _Simplex:
    """A dictionary: what is basic as an affine function (``CONSTANT`` and the rest) of what is not.

    Quantities have the indices 0, 1...; the slack of each constraint added has the next one. What is
    not basic is 0. The costs of what is not basic are never negative.
    """

    CONSTANT = -1

    def __init__(self, costs: Sequence[Fraction]) -> None:
        self.size = len(costs)
        self.cost: Row = {self.CONSTANT: Fraction()} | {k: Fraction(c) for k, c in enumerate(costs)}
        self.rows: dict[int, Row] = {}
        self.keys: list[Hashable] = []

    def values(self) -> tuple[Fraction, ...]:
        return tuple(self.rows[k][self.CONSTANT] if k in self.rows else Fraction() for k in range(self.size))

    def optimum(self) -> Optimum:
        multipliers = {key: self.cost.get(self.size + k, Fraction()) for k, key in enumerate(self.keys)}
        above = {key: multiplier for key, multiplier in multipliers.items() if multiplier}
        return Optimum(self.cost[self.CONSTANT], self.values(), above)

    def add(self, cut: Constraint) -> None:
        """Add a constraint, in terms of what is not basic."""
        row: Row = {self.CONSTANT: Fraction(cut.constant)}
        for k, coefficient in cut.coefficients.items():
            _add(row, self.rows.get(k, {k: Fraction(1)}), coefficient)
        self.rows[self.size + len(self.keys)] = row
        self.keys.append(cut.key)

    def restore(self) -> bool:
        """Pivot until nothing is negative; tell whether that can be."""
        while negative := [k for k, row in self.rows.items() if row[self.CONSTANT] < 0]:
            leaving = min(negative)
            row = self.rows[leaving]
            raising = [k for k, x in row.items() if x > 0 and k != self.CONSTANT]
            if not raising:
                return False
            entering = min(raising, key=lambda k: (self.cost.get(k, Fraction()) / row[k], k))
            self._pivot(leaving, entering)
        return True

    def _pivot(self, leaving: int, entering: int) -> None:
        row = self.rows.pop(leaving)
        by = row.pop(entering)
        solved = {k: -x / by for k, x in row.items()} | {leaving: 1 / by}
        for other in (self.cost, *self.rows.values()):
            factor = other.pop(entering, None)
            if factor:
                _add(other, solved, factor)
        self.rows[entering] = solved


def _add(row: Row, other: Row, factor: Fraction) -> None:
    """Add ``factor`` times another row; zeros are left out, save the constant."""
    for k, x in other.items():
        value = row.get(k, Fraction()) + factor * x
        if value or k == _Simplex.CONSTANT:
            row[k] = value
        else:
            row.pop(k, None)
