"""Levels as ladders: what a terrain can still gain or lose, one step at a time, and for what price."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from numbers import Rational
from types import MappingProxyType
from typing import Any

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.grid import TOP_LEVEL, Criterion, Grid, Pillar


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be changed, and what a step costs.

    Attributes
    ----------
    costs
        By code of a criterion or a pillar, what one step costs (0 or more, exact); 1 if absent. A
        pillar's cost is that of its criteria, save those that have their own.
    forbidden
        Codes of criteria and pillars whose levels stay as they are; a pillar's holds for its
        criteria. A pillar known by its mean only stays too when all of its criteria do.
    floors
        By (terrain, criterion or published pillar), the value (0..2) a rival is not lowered below.
    budget
        The most that all steps together may cost; ``None`` for no bound.

    """

    costs: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    forbidden: frozenset[str] = frozenset()
    floors: Mapping[tuple[str, str], Fraction] = field(default_factory=lambda: MappingProxyType({}))
    budget: Fraction | None = None

    def check(self, grid: Grid) -> None:
        """Refuse what the grid does not know.

        Raises
        ------
        DomainError
            ``"criterion_unknown"`` for a code the grid has not, ``"value_not_exact"`` for a float,
            ``"cost_negative"`` for a cost less than 0.

        """
        pillars = {pillar.code for pillar in grid.pillars}
        for code in (*self.costs, *self.forbidden, *(part for _, part in self.floors)):
            if code not in pillars:
                grid.criterion(code)
        for code, value in self._values():
            if not isinstance(value, Rational):
                raise DomainError("value_not_exact", criterion=code, value=value)
        for code, cost in self.costs.items():
            if cost < 0:
                raise DomainError("cost_negative", criterion=code, value=cost)

    def cost(self, grid: Grid, part: Pillar | Criterion) -> Fraction:
        """Return what one step of a part costs."""
        whole = part if isinstance(part, Pillar) else grid.pillar_of(part.code)
        inherited = self.costs.get(whole.code, Fraction(1)) if whole else Fraction(1)
        return self.costs.get(part.code, inherited)

    def forbids(self, grid: Grid, part: Pillar | Criterion) -> bool:
        """Tell whether the levels of a part stay as they are."""
        if isinstance(part, Pillar):
            codes = {criterion.code for criterion in part.criteria}
            return part.code in self.forbidden or codes <= self.forbidden
        pillar = grid.pillar_of(part.code)
        return part.code in self.forbidden or (pillar is not None and pillar.code in self.forbidden)

    def _values(self) -> Iterator[tuple[str, Fraction]]:
        yield from self.costs.items()
        yield from ((part, value) for (_, part), value in self.floors.items())
        if self.budget is not None:
            yield "budget", self.budget


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The values a part of a terrain can take, step by step.

    Attributes
    ----------
    terrain, part
        The terrain, and the code of the criterion, or of the pillar known by its mean only.
    rungs
        Its present value (0..2), then those it can be moved to, in order (up, or down).
    worth
        How many points one point of it is worth (> 0).
    cost
        What each step costs (0 or more).

    """

    terrain: str
    part: str
    rungs: tuple[Fraction, ...]
    worth: Fraction
    cost: Fraction

    @property
    def gains(self) -> tuple[Fraction, ...]:
        """How many points (> 0) are gained, or lost, after 1, 2... steps."""
        return tuple(abs(rung - self.rungs[0]) * self.worth for rung in self.rungs[1:])


@dataclass(frozen=True, slots=True)
class Step:
    """One level of one part of a terrain: from ``start`` to ``end`` (0..2).

    ``gain`` (> 0) is in points, of the terrain raised or lost by the rival lowered; ``cost`` is 1 unless
    something else was asked.
    """

    terrain: str
    part: str
    start: Fraction
    end: Fraction
    gain: Fraction
    cost: Fraction


def climb(value: Fraction, step: Fraction) -> tuple[Fraction, ...]:
    """Return a value and the multiples of ``step`` above it, to 2."""
    first, last = floor(value / step) + 1, floor(TOP_LEVEL / step)
    return value, *(step * count for count in range(first, last + 1))


def descend(value: Fraction, step: Fraction, lowest: Fraction) -> tuple[Fraction, ...]:
    """Return a value and the multiples of ``step`` below it, down to ``lowest`` (0..2) at the least."""
    first, last = ceil(value / step) - 1, max(ceil(lowest / step), 0)
    return value, *(step * count for count in range(first, last - 1, -1))


def parts_of(grid: Grid, by_mean: Iterable[str]) -> Iterator[tuple[Pillar | Criterion, Fraction]]:
    """Yield what has a level of its own, with its step, in the order of the grid.

    ``by_mean`` are the pillars known by their mean only: one level of one of n criteria is 1/n of
    the mean, whatever these criteria weigh, as nobody knows which of them moves.
    """
    means = frozenset(by_mean)
    for pillar in grid.pillars:
        if pillar.code in means:
            yield pillar, Fraction(1, len(pillar.criteria))
        else:
            yield from ((criterion, criterion.step) for criterion in pillar.criteria)
    yield from ((criterion, criterion.step) for criterion in grid.selection)


def ladders_of(
    grid: Grid,
    table: Alternatives,
    points: Mapping[str, Fraction],
    terrain: str,
    limits: Limits,
    *,
    up: bool,
) -> tuple[Ladder, ...]:
    """Return the ladders of a complete terrain that bring points, in the order of the grid.

    Parameters
    ----------
    grid, table
        The terrain is one of the table's.
    points
        What a point of each criterion, and of each pillar's mean, is worth.
    terrain, limits
        Floors hold on the way down only.
    up
        Whether levels are raised, or lowered.

    """
    values = dict(zip(table.criteria, table.values[table.terrains.index(terrain)], strict=True))
    means = [p.code for p in grid.pillars if (terrain, p.criteria[0].code) in table.by_mean]
    ladders = []
    for part, step in parts_of(grid, means):
        value = values[part.criteria[0].code if isinstance(part, Pillar) else part.code] or Fraction()
        lowest = limits.floors.get((terrain, part.code), Fraction())
        rungs = climb(value, step) if up else descend(value, step, lowest)
        if len(rungs) > 1 and points[part.code] and not limits.forbids(grid, part):
            ladders.append(Ladder(terrain, part.code, rungs, points[part.code], limits.cost(grid, part)))
    return tuple(ladders)


def steps_of(picked: Iterable[tuple[Ladder, int]], key: Callable[[Step], Any]) -> tuple[Step, ...]:
    """Return the first steps of each ladder, smallest key first as far as rungs follow each other."""
    queues = [list(_steps(ladder, count)) for ladder, count in picked if count]
    ordered = []
    while queues:
        queue = min(queues, key=lambda queue: key(queue[0]))
        ordered.append(queue.pop(0))
        queues = [queue for queue in queues if queue]
    return tuple(ordered)


def _steps(ladder: Ladder, count: int) -> Iterator[Step]:
    for start, end in pairwise(ladder.rungs[: count + 1]):
        yield Step(ladder.terrain, ladder.part, start, end, abs(end - start) * ladder.worth, ladder.cost)
