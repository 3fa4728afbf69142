"""The fewest level steps that bring a terrain to the first place, or to another.

Raising the terrain only, or lowering its rivals too: for every price spent on the terrain, the most it
can gain is known (:func:`ect.domain.frontier.frontier`), then the rivals that are cheapest to bring
below it are. Exact: integers decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.flip_search import Question, cheapest_steps, open_ladders
from ect.domain.grid import Grid
from ect.domain.ladders import NO_LIMITS, Ladder, Limits, Step, steps_of
from ect.domain.weights import Weights, pillar_weights, point_weights


class NoFlip(StrEnum):
    """Why there is nothing to change, or why no change is enough."""

    ALREADY = "already"  # it has the place
    INCOMPLETE = "incomplete"  # something is unknown of it
    BUDGET = "budget"  # the levels would do, for more than the budget
    FORBIDDEN = "forbidden"  # with the criteria that stay as they are, no
    FLOORS = "floors"  # rivals would have to go below their floors
    MAXIMUM = "maximum"  # raised everywhere, it still has rivals in front: they are at the maximum


@dataclass(frozen=True, slots=True)
class Flip:
    """The fewest (or cheapest) steps, with what they do.

    Attributes
    ----------
    terrain, rank, level_enough
        What was asked.
    reachable
        Whether the place is had, now or after the steps.
    reason
        Why there are no steps; ``None`` when there are.
    steps
        Those of the terrain, largest gain first (as far as levels follow each other), then those of
        its rivals. Empty with a reason.
    before, after
        The exact totals (0..maximum) of the complete terrains, without and with the steps.
    highest
        The most the terrain can total, everything that may be raised being at 2; ``None`` if
        something is unknown of it.
    blocking
        The rivals still in front (or level, where that is not enough) with the terrain at its
        highest and, where rivals may be lowered, them at their lowest; whatever the budget.
    needed
        Where only the budget is short, what the place would cost; ``None`` otherwise.
    incomplete
        The rivals left aside, something being unknown of them.

    """

    terrain: str
    rank: int
    level_enough: bool
    reachable: bool
    reason: NoFlip | None
    steps: tuple[Step, ...]
    before: Mapping[str, Fraction]
    after: Mapping[str, Fraction]
    highest: Fraction | None
    blocking: tuple[str, ...]
    needed: Fraction | None
    incomplete: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many steps there are."""
        return len(self.steps)

    @property
    def cost(self) -> Fraction:
        """What the steps cost together: their count where each costs 1."""
        return sum((step.cost for step in self.steps), Fraction())

    @property
    def gap(self) -> Fraction | None:
        """How many points (0 or more) the best of the others is ahead at present; ``None`` if unknown."""
        if self.terrain not in self.before:
            return None
        return max(self.before.values()) - self.before[self.terrain]

    @property
    def passed(self) -> tuple[str, ...]:
        """The rivals ahead of the terrain before, and not after."""
        own_before, own_after = self.before.get(self.terrain), self.after.get(self.terrain)
        if own_before is None or own_after is None:
            return ()
        return tuple(t for t in self.before if self.before[t] > own_before and self.after[t] <= own_after)


def smallest_flip(
    grid: Grid,
    table: Alternatives,
    weights: Weights,
    terrain: str,
    *,
    rank: int = 1,
    rivals: bool = False,
    level_enough: bool = False,
    limits: Limits = NO_LIMITS,
) -> Flip:
    """Return the fewest level steps (the cheapest, with costs) for a terrain to reach a place.

    One step is one answer of the grid: a level (0, 1, 2) of an ECT criterion, a half of a selection
    criterion. From a mean between two answers (4/3) it goes to the next one, and gains less. In a
    pillar known by its mean only, it goes to the next multiple of 1/n (n criteria): one level of one
    of them. The steps are the cheapest, of those the fewest; of those, on the terrain itself rather than
    on rivals. Several sets of steps may do as well: one of them is given.

    Parameters
    ----------
    grid, table, weights
        The terrains, and the weights they are ranked by; the incomplete ones are left aside.
    terrain
        Whose place is asked for.
    rank
        The place (1 or more): at most ``rank - 1`` complete terrains may stay in front.
    rivals
        Whether the levels of rivals may be lowered too; otherwise only the terrain's are raised.
    level_enough
        Whether a rival with the same total is no longer in front (shared places, as in
        :func:`ect.domain.ranking.rank`). By default it still is: first means first alone.
    limits
        Costs, what may not change, and a budget.

    Returns
    -------
    Flip
        With the steps, or the reason why there are none. Complexity: that of a frontier for the
        terrain (and for each rival in front), whose length is at most the number of different sums
        of costs: short with costs in round figures.

    Raises
    ------
    DomainError
        ``"terrain_unknown"`` for a terrain that is not in the table, ``"rank_out_of_range"`` for a
        rank less than 1; as :meth:`ect.domain.ladders.Limits.check`.

    """
    limits.check(grid)
    if terrain not in table.terrains:
        raise DomainError("terrain_unknown", terrain=terrain)
    if rank < 1:
        raise DomainError("rank_out_of_range", rank=rank)
    complete, totals = table.complete, table.totals(grid, weights)
    incomplete = tuple(code for code in table.incomplete if code != terrain)
    empty = Flip(terrain, rank, level_enough, False, None, (), totals, totals, None, (), None, incomplete)
    if terrain not in totals:
        return replace(empty, reason=NoFlip.INCOMPLETE)
    gaps = {rival: total - totals[terrain] for rival, total in totals.items() if rival != terrain}
    ahead = {rival: gap for rival, gap in gaps.items() if gap > 0 or (gap == 0 and not level_enough)}
    points = point_weights(grid, weights) | pillar_weights(grid, weights)
    question = Question(grid, complete, points, terrain, rank, rivals, level_enough, ahead)
    return _with_facts(_answer(question, empty, limits), question, limits)


def _answer(question: Question, empty: Flip, limits: Limits) -> Flip:
    if len(question.ahead) < question.rank:
        return replace(empty, reachable=True, reason=NoFlip.ALREADY)
    picked = cheapest_steps(question, limits)
    if picked is None:
        reason, needed = _reason(question, limits)
        return replace(empty, reason=reason, needed=needed)
    own = steps_of([x for x in picked if x[0].terrain == question.terrain], lambda step: -step.gain)
    others = steps_of([x for x in picked if x[0].terrain != question.terrain], lambda step: -step.gain)
    after = dict(empty.before)
    for step in (*own, *others):
        after[step.terrain] += step.gain if step.terrain == question.terrain else -step.gain
    return replace(empty, reachable=True, steps=own + others, after=after)


def _with_facts(flip: Flip, question: Question, limits: Limits) -> Flip:
    own, rivals = open_ladders(question, limits)
    most = _reach(own)
    left = {rival: gap - most - _reach(rivals.get(rival, ())) for rival, gap in question.ahead.items()}
    blocking = tuple(r for r, gap in left.items() if gap > 0 or (gap == 0 and not question.level_enough))
    return replace(flip, highest=flip.before[question.terrain] + most, blocking=blocking)


def _reason(question: Question, limits: Limits) -> tuple[NoFlip, Fraction | None]:
    """Lift the limits one after the other: the one that was in the way is the reason."""
    limits = replace(limits, budget=None)
    picked = cheapest_steps(question, limits)
    if picked is not None:
        return NoFlip.BUDGET, sum((ladder.cost * count for ladder, count in picked), Fraction())
    limits = replace(limits, forbidden=frozenset())
    if cheapest_steps(question, limits) is not None:
        return NoFlip.FORBIDDEN, None
    if cheapest_steps(question, replace(limits, floors={})) is not None:
        return NoFlip.FLOORS, None
    return NoFlip.MAXIMUM, None


def _reach(ladders: Sequence[Ladder]) -> Fraction:
    return sum((ladder.gains[-1] for ladder in ladders), Fraction())
