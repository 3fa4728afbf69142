"""The best sets of k items under bounds on groups, in integers: swept deeper until the answer is proved.

With any prices on the groups the bound of a sweep holds, with those of the linear relaxation it is close.
Only these prices are found in floats: they change the time it takes and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ect.domain.portfolio_rows import Row, settle, trimmed
from ect.domain.portfolio_sweep import Plan, plan_of, swept

# States kept beside each other: at first, and at the most.
NARROW, WIDTH = 64, 1_024


@dataclass(frozen=True, slots=True)
class Found:
    """The best sets.

    Attributes
    ----------
    sets
        (total, items), best first.
    proved
        Whether none is better than the first; where there is none, whether there can be none.
    whole
        Whether none that is left out is better than one that is here.
    every
        Whether none is left out: no other set is within the gap (any gap, if none was given).
    bound
        No set has more than this; ``None`` where there can be none.

    """

    sets: tuple[tuple[int, tuple[int, ...]], ...]
    proved: bool
    whole: bool
    every: bool
    bound: int | None


def search(
    scores: Sequence[int],
    size: int,
    rows: Sequence[Row],
    wanted: int,
    *,
    gap: int | None = None,
    step: int = 1,
    width: int = WIDTH,
) -> Found:
    """Return the best sets of a size.

    Parameters
    ----------
    scores
        What each item is worth: integers, the largest first.
    size
        How many items a set has (0 or more).
    rows
        What is asked of groups of items.
    wanted
        How many sets are wanted, at the most (1 or more).
    gap
        The most a set may have less than the best; ``None`` for no limit.
    step
        Where to look first: this far below the bound, then 4 times as far, and so on (1 or more). It
        changes the time it takes and nothing else.
    width
        The most states that are kept beside each other; where there are more, nothing is proved.

    Returns
    -------
    Found
        Complexity: O(items x states x wanted). States are few where the bound is close.

    """
    problem = settle(size, range(len(scores)), rows)
    if problem is None:
        return Found((), proved=True, whole=True, every=True, bound=None)
    plan = plan_of(scores, trimmed(problem, wanted), wanted, gap)
    best: list[int] = []
    slack, states, proved = 0, min(NARROW, width), False
    while True:
        # Where as many sets as wanted are known, nothing below the last of them is asked for.
        known = best[-1] >> plan.bits if len(best) == wanted else plan.lowest
        threshold = max(plan.upper - slack, plan.lowest, known)
        values, whole = swept(plan, threshold, states)
        best = sorted({*best, *values}, reverse=True)[:wanted]
        proved = proved or (bool(best) and (whole or plan.total(best[0]) == plan.upper))
        if whole and _far_enough(plan, best, threshold):
            return _told(plan, best, proved=True, whole=True)
        if whole:
            slack = slack * 4 or step
        elif len(best) == wanted and plan.total(best[-1]) == plan.upper:
            return _told(plan, best, proved=True, whole=True)
        elif states < width:
            states = min(width, 8 * states)
        else:
            return _told(plan, best, proved=proved, whole=False)


def _far_enough(plan: Plan, best: Sequence[int], threshold: int) -> bool:
    if threshold == plan.lowest or len(best) == plan.wanted:
        return True
    return bool(best) and plan.gap is not None and threshold <= plan.total(best[0]) - plan.gap


def _told(plan: Plan, best: Sequence[int], *, proved: bool, whole: bool) -> Found:
    if plan.gap is not None and best:
        least = plan.total(best[0]) - plan.gap
        best = [value for value in best if plan.total(value) >= least]
    return Found(
        sets=tuple((plan.total(value), plan.items(value)) for value in best),
        proved=proved,
        whole=whole,
        every=whole and len(best) < plan.wanted,
        bound=_bound(plan, best) if proved else plan.upper,
    )


def _bound(plan: Plan, best: Sequence[int]) -> int | None:
    return plan.total(best[0]) if best else None
