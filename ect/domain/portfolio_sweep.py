"""One sweep over the items: every set of at least a total, or the most promising where there are too many.

Items are taken or passed one after the other. Sets that leave the same to be done (how many are still to
be taken, what each row still asks or allows) are kept together, the best of them only. What can still be
had is bounded by prices put on the rows (Lagrange multipliers; Fisher 1981).

A set is one integer: its total, then a bit for each item, the first item's highest. The largest is the
best; of equal totals, the set with the first items.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate
from operator import mul

from ect.domain.portfolio_prices import FINE, row_prices
from ect.domain.portfolio_rows import Problem, Row

# How many are still to be taken, then what each row still asks or allows.
State = tuple[int, ...]
# Where a row stands in the state, whether it asks, and how many of its items are still to come.
Touch = tuple[int, bool, int]
_Layer = dict[State, list[int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every sweep of a problem shares.

    Attributes
    ----------
    values
        For each item of the pool, its score and its bit.
    reduced
        For each item of the pool, its score and the prices of its rows, ``FINE`` times.
    prices
        Of each place of a state: 0, then positive for a row that allows, negative for one that asks.
    upper, lowest
        No set has more; no set has less.

    """

    problem: Problem
    start: int
    bits: int
    values: dict[int, int]
    reduced: dict[int, int]
    prices: tuple[int, ...]
    upper: int
    lowest: int
    wanted: int
    gap: int | None

    def total(self, value: int) -> int:
        """Return the total of a set."""
        return value >> self.bits

    def items(self, value: int) -> tuple[int, ...]:
        """Return the items of a set, in their order."""
        return tuple(item for item in range(self.bits) if value >> (self.bits - 1 - item) & 1)


def plan_of(scores: Sequence[int], problem: Problem, wanted: int, gap: int | None) -> Plan:
    """Return what every sweep of a problem shares: the price of each row, and the bounds they give."""
    bits = len(scores)
    values = {item: (scores[item] << bits) | (1 << (bits - 1 - item)) for item in problem.pool}
    start = sum((scores[item] << bits) | (1 << (bits - 1 - item)) for item in problem.taken)
    prices = row_prices(scores, problem)
    reduced = {item: FINE * scores[item] for item in problem.pool}
    for row, price in zip(problem.rows, prices, strict=True):
        for item in row.items:
            reduced[item] -= price
    allowed = sum(map(mul, prices, (row.bound for row in problem.rows)))
    most = sum(nlargest(problem.left, reduced.values())) + allowed
    worth = sorted(scores[item] for item in problem.pool)
    base = start >> bits
    return Plan(
        problem=problem,
        start=start,
        bits=bits,
        values=values,
        reduced=reduced,
        prices=(0, *prices),
        upper=base + most // FINE,
        lowest=base + sum(worth[: problem.left]),
        wanted=wanted,
        gap=gap,
    )


def swept(plan: Plan, threshold: int, width: int) -> tuple[list[int], bool]:
    """Return the best sets of at least this total, and whether no state was left out."""
    items, problem, whole = _worth_a_look(plan, threshold), plan.problem, True
    layer: _Layer = {(problem.left, *(row.bound for row in problem.rows)): [plan.start]}
    tails = _tails([plan.reduced[item] for item in items], problem.left)
    for item, touches, tail in zip(items, _touches(problem.rows, items), tails, strict=True):
        layer = _pruned(plan, _grown(layer, plan.values[item], touches), tail, threshold)
        if len(layer) > width:
            layer, whole = _narrowed(plan, layer, tail, width), False
    asks = [0, *(at for at, row in enumerate(problem.rows, start=1) if row.least)]
    done = [values for state, values in layer.items() if not any(state[at] for at in asks)]
    return nlargest(plan.wanted, (value for values in done for value in values)), whole


def _pruned(plan: Plan, layer: _Layer, tail: Sequence[int], threshold: int) -> _Layer:
    """Leave out what cannot reach the total any more, and of each state all but the best sets."""
    pruned = {}
    for state, values in layer.items():
        if state[0] < len(tail):
            short = (threshold - _to_come(plan, state, tail) // FINE) << plan.bits
            kept = sorted((value for value in values if value >= short), reverse=True)[: plan.wanted]
            if kept:
                pruned[state] = kept
    return pruned


def _to_come(plan: Plan, state: State, tail: Sequence[int]) -> int:
    """Return the most that the items to come can bring, ``FINE`` times."""
    rows: int = sum(map(mul, plan.prices, state))
    return tail[state[0]] + rows


def _narrowed(plan: Plan, layer: _Layer, tail: Sequence[int], width: int) -> _Layer:
    """Keep the most promising states only."""
    promise = {
        state: FINE * (values[0] >> plan.bits) + _to_come(plan, state, tail)
        for state, values in layer.items()
    }
    return {state: layer[state] for state in nlargest(width, layer, key=promise.__getitem__)}


def _worth_a_look(plan: Plan, threshold: int) -> list[int]:
    """Return the items that are in a set of at least this total, for all the bound says.

    Those of the smallest rows come first: once a row's last item is passed, states that differ by it only
    are one.
    """
    left, reduced = plan.problem.left, plan.reduced
    last = min(nlargest(left, reduced.values()), default=0)
    room = FINE * (plan.upper + 1 - threshold)
    pool = [item for item in plan.problem.pool if left and reduced[item] + room > last]
    return sorted(pool, key=lambda item: (_kind(plan.problem.rows, item), item))


def _kind(rows: Sequence[Row], item: int) -> tuple[tuple[int, int], ...]:
    mine = sorted((len(row.items), at) for at, row in enumerate(rows) if item in row.items)
    return (*mine, (1 << 60, 0))


def _tails(reduced: Sequence[int], left: int) -> Iterator[list[int]]:
    """Yield, after each item, the most that 0, 1, 2... of those that follow bring."""
    tails: list[list[int]] = []
    best: list[int] = []
    for value in reversed(reduced):
        tails.append([0, *accumulate(-x for x in best)])
        insort(best, -value)
        del best[left:]
    return reversed(tails)


def _touches(rows: Sequence[Row], items: Sequence[int]) -> list[tuple[Touch, ...]]:
    to_come = [len(row.items & set(items)) for row in rows]
    touches = []
    for item in items:
        mine = [at for at, row in enumerate(rows) if item in row.items]
        for at in mine:
            to_come[at] -= 1
        touches.append(tuple((at + 1, rows[at].least, to_come[at]) for at in mine))
    return touches


def _grown(layer: _Layer, value: int, touches: tuple[Touch, ...]) -> _Layer:
    """Pass the item in every state, and take it in every state."""
    grown: _Layer = {}
    for state, values in layer.items():
        passed = _after(state, touches, 0)
        if passed is not None:
            grown.setdefault(passed, []).extend(values)
        taken = _after(state, touches, 1)
        if taken is not None:
            grown.setdefault(taken, []).extend([value + x for x in values])
    return grown


def _after(state: State, touches: tuple[Touch, ...], taken: int) -> State | None:
    """Return what is left to be done, ``None`` if a row is broken by it."""
    if not touches and not taken:
        return state
    rest = list(state)
    rest[0] -= taken
    for at, least, to_come in touches:
        now = rest[at] - taken
        if (now > to_come) if least else (now < 0):
            return None
        rest[at] = max(now, 0) if least else min(now, to_come)
    return tuple(rest) if rest[0] >= 0 else None
