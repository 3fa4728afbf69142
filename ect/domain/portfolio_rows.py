"""What is asked of a set of items, made smaller: what is settled already, and what cannot matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Row:
    """At least (``least``) or at most ``bound`` of some items are to be in the set."""

    items: frozenset[int]
    bound: int
    least: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """``left`` items are still to be taken from a pool, beside those that are ``taken``.

    No row holds of itself, and none settles an item: each asks for some of its items but not for all, or
    allows some but not all. ``pool`` is in the order of the items.
    """

    left: int
    taken: tuple[int, ...]
    pool: tuple[int, ...]
    rows: tuple[Row, ...]


def settle(size: int, pool: Iterable[int], rows: Sequence[Row]) -> Problem | None:
    """Take what must be taken and leave what may not be, as long as a row alone says so.

    Parameters
    ----------
    size
        How many items the set has (0 or more).
    pool
        The items, in their order.
    rows
        What is asked.

    Returns
    -------
    Problem or None
        ``None`` where a row, or the number of items, shows that there is no such set.

    """
    problem: Problem | None = Problem(size, (), tuple(pool), tuple(rows))
    before = None
    while problem is not None and problem != before:
        before = problem
        problem = _passed_over(problem)
    return problem


def _passed_over(problem: Problem) -> Problem | None:
    """Go over the rows once; stop where one settles items, for the others then ask for less."""
    if problem.left > len(problem.pool):
        return None
    kept = []
    for row in problem.rows:
        inside = [item for item in problem.pool if item in row.items]
        open_ = min(len(inside), problem.left)
        if (row.bound > open_) if row.least else (row.bound < 0):
            return None
        if (row.bound <= 0) if row.least else (row.bound >= open_):
            continue
        if row.least and row.bound == len(inside):
            return _taking(problem, inside)
        if not row.least and row.bound == 0:
            return _leaving(problem, row.items)
        if row.least and row.bound == problem.left and len(inside) < len(problem.pool):
            return _leaving(problem, frozenset(problem.pool) - row.items)
        kept.append(replace(row, items=frozenset(inside)))
    return replace(problem, rows=tuple(kept))


def _taking(problem: Problem, items: Sequence[int]) -> Problem:
    gone = frozenset(items)
    return Problem(
        left=problem.left - len(items),
        taken=(*problem.taken, *items),
        pool=tuple(item for item in problem.pool if item not in gone),
        rows=tuple(replace(row, bound=row.bound - len(row.items & gone)) for row in problem.rows),
    )


def _leaving(problem: Problem, items: frozenset[int]) -> Problem:
    return replace(problem, pool=tuple(item for item in problem.pool if item not in items))


def trimmed(problem: Problem, wanted: int) -> Problem:
    """Leave out the items that are in none of the ``wanted`` best sets, whatever they are worth.

    Items of the same rows can stand for each other. A set with the j-th of them and t of them in all
    is behind at least j - t other sets, which have one before it in its place.
    """
    most = problem.left + wanted - 1
    seen: Counter[tuple[bool, ...]] = Counter()
    pool = []
    for item in problem.pool:
        kind = tuple(item in row.items for row in problem.rows)
        seen[kind] += 1
        if seen[kind] <= most:
            pool.append(item)
    kept = frozenset(pool)
    rows = tuple(replace(row, items=row.items & kept) for row in problem.rows)
    return replace(problem, pool=tuple(pool), rows=rows)
