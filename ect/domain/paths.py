"""The shortest path of one terrain to a target ECT score, as actions: from one level to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import lcm
from numbers import Rational

from ect.domain.alternatives import alternatives
from ect.domain.errors import DomainError
from ect.domain.frontier import Scale, frontier, taken
from ect.domain.grid import Grid, Level
from ect.domain.ladders import NO_LIMITS, Ladder, Limits, Step, ladders_of, steps_of
from ect.domain.scoring import Profile, score
from ect.domain.weights import ECT, Weights, pillar_weights, point_weights, published_weights

# The one row of the table the ladders are read from.
_IT = "terrain"


class NoPath(StrEnum):
    """Why there is nothing to do, or why no path leads there."""

    ALREADY = "already"  # the target is reached
    ABOVE = "above"  # the target is above what the grid allows (8)
    BUDGET = "budget"  # the levels would do, for more than the budget
    FORBIDDEN = "forbidden"  # with the criteria that stay as they are, no
    UNKNOWN = "unknown"  # with the criteria nobody knows the level of, no


@dataclass(frozen=True, slots=True)
class Action:
    """One level of one criterion, or 1/n of the mean of a pillar known by its mean only.

    Attributes
    ----------
    part
        The code of the criterion, or of the pillar.
    start, end
        The value (0..2) before and after.
    gain
        What it adds (> 0) to the ECT score.
    cost
        1 unless something else was asked.

    """

    part: str
    start: Fraction
    end: Fraction
    gain: Fraction
    cost: Fraction


@dataclass(frozen=True, slots=True)
class Path:
    """The fewest (or cheapest) actions, with what they do.

    Attributes
    ----------
    target
        The ECT score asked for.
    reachable
        Whether it is had, now or after the actions.
    reason
        Why there are no actions; ``None`` when there are.
    actions
        Largest gain for its cost first; of equal ones those from the lowest level, then in the order
        of the grid; as far as levels follow each other. Empty with a reason.
    start, end
        The ECT score (0..8) before and after the actions, unknown criteria counting 0: what is sure.
    highest
        The most that may be reached, whatever the budget, unknown criteria counting 0.
    needed
        Where only the budget is short, what the target would cost; ``None`` otherwise.
    unknown
        The ECT criteria without a level: there is nothing to start from, and no action is on them.
        Once they are known, the path may be shorter.

    """

    target: Fraction
    reachable: bool
    reason: NoPath | None
    actions: tuple[Action, ...]
    start: Fraction
    end: Fraction
    highest: Fraction
    needed: Fraction | None
    unknown: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many actions there are."""
        return len(self.actions)

    @property
    def cost(self) -> Fraction:
        """What the actions cost together: their count where each costs 1."""
        return sum((action.cost for action in self.actions), Fraction())


def shortest_path(
    grid: Grid,
    profile: Profile,
    target: Fraction,
    *,
    limits: Limits = NO_LIMITS,
    weights: Weights | None = None,
) -> Path:
    """Return the fewest level steps (the cheapest, with costs) to an ECT score of ``target`` or more.

    Of equal ones, those that start from the lowest levels. A step is one level of a criterion, or up
    to the next one from a mean between two. Of a pillar known by its mean only nobody knows which
    criteria to raise: a step goes to the next multiple of 1/n (n criteria), and names the pillar.

    Parameters
    ----------
    grid, profile
        The terrain; the selection criteria are not looked at.
    target
        On 0..8, exact.
    limits
        Costs, what may not change, and a budget; floors do not matter on the way up.
    weights
        What each pillar and criterion counts for in the ECT; the published rule if absent.

    Returns
    -------
    Path
        With the actions, or the reason why there are none.

    Raises
    ------
    DomainError
        ``"value_not_exact"`` for a target that is a float; as
        :func:`ect.domain.scoring.score` and :meth:`ect.domain.ladders.Limits.check`.

    """
    limits.check(grid)
    if not isinstance(target, Rational):
        raise DomainError("value_not_exact", criterion=ECT, value=target)
    weights = weights or published_weights(grid)
    found = score(grid, profile, weights)
    ladders = _ladders(grid, profile, weights, limits)
    start, highest = found.ect.low, found.ect.low + _reach(ladders)
    unknown = tuple(
        part.code
        for pillar in found.pillars
        if pillar.measure.known < pillar.measure.count
        for part in pillar.criteria
        if not part.measure.known
    )
    empty = Path(target, False, None, (), start, start, highest, None, unknown)
    if target <= start:
        return replace(empty, reachable=True, reason=NoPath.ALREADY)
    if target > highest:
        free = _ladders(grid, profile, weights, replace(limits, forbidden=frozenset()))
        return replace(empty, reason=_too_high(grid, target, start + _reach(free)))
    return _along(empty, ladders, limits.budget)


def levels_of(grid: Grid, action: Action) -> tuple[Level | None, Level | None]:
    """Return the described levels an action goes from and to.

    ``None`` for a value that is no level (a mean between two), for a pillar, and for a criterion
    whose levels are not described.
    """
    if any(pillar.code == action.part for pillar in grid.pillars):
        return None, None
    described = {Fraction(level.value): level for level in grid.criterion(action.part).levels}
    return described.get(action.start), described.get(action.end)


def _too_high(grid: Grid, target: Fraction, freed: Fraction) -> NoPath:
    if target > grid.ect_maximum:
        return NoPath.ABOVE
    return NoPath.FORBIDDEN if target <= freed else NoPath.UNKNOWN


def _along(empty: Path, ladders: Sequence[Ladder], budget: Fraction | None) -> Path:
    steps = steps_of(zip(ladders, _cheapest(ladders, empty.target - empty.start), strict=True), _order)
    actions = tuple(Action(step.part, step.start, step.end, step.gain, step.cost) for step in steps)
    end = empty.start + sum((action.gain for action in actions), Fraction())
    path = replace(empty, reachable=True, actions=actions, end=end)
    if budget is not None and path.cost > budget:
        return replace(empty, reason=NoPath.BUDGET, needed=path.cost)
    return path


def _cheapest(ladders: Sequence[Ladder], gain: Fraction) -> tuple[int, ...]:
    """Return how many steps of each ladder to take; together they can gain enough."""
    scale = Scale.of(ladders, (gain,), None)
    unit = lcm(*(rung.denominator for ladder in ladders for rung in ladder.rungs))
    # Of equal prices the lowest starts win: they weigh less, all together, than a unit of price.
    starts = [[int(sum(x.rungs[: n + 1]) * unit) for n in range(len(x.gains))] for x in ladders]
    heavy = 1 + sum(of_ladder[-1] for of_ladder in starts)
    options = [
        [(price * heavy + low, more) for (price, more), low in zip(option, lows, strict=True)]
        for option, lows in zip(scale.options(ladders), starts, strict=True)
    ]
    return taken(frontier(options, scale.points(gain))[-1])


def _order(step: Step) -> tuple[bool, Fraction, Fraction]:
    """Sort what is free first, then the largest gain for its cost, then the lowest level."""
    return bool(step.cost), -step.gain / (step.cost or 1), step.start


def _ladders(grid: Grid, profile: Profile, weights: Weights, limits: Limits) -> tuple[Ladder, ...]:
    """Return what may be raised, worth what it adds to the ECT score."""
    table = alternatives(grid, {_IT: profile})
    unknown = {code for code, value in zip(table.criteria, table.values[0], strict=True) if value is None}
    # The whole total on the ECT: a selection criterion is worth nothing, and has no ladder.
    only_ect = Weights(Fraction(1), Fraction(), weights.relative)
    points = point_weights(grid, only_ect) | pillar_weights(grid, only_ect)
    worth = {code: point * grid.ect_maximum / grid.maximum for code, point in points.items()}
    limits = replace(limits, forbidden=limits.forbidden | unknown)
    return ladders_of(grid, table, worth, _IT, limits, up=True)


def _reach(ladders: Sequence[Ladder]) -> Fraction:
    return sum((ladder.gains[-1] for ladder in ladders), Fraction())
