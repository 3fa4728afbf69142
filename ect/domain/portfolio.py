"""Choosing k terrains together: the best sets, the next ones, and what each constraint costs.

Portfolio decision analysis with additive scores (Salo, Keisler & Morton 2011): a set is worth the sum of
its terrains. The price of a constraint is what the best set gains when that one is lifted and the others
stay; prices do not add up. Where nothing satisfies all of them, a conflict is named: constraints that no
set satisfies together, any of which may be lifted to end that conflict (Chinneck & Dravnieks 1991). Exact.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm
from numbers import Rational

from ect.domain.choice import Choice, Constraint, Demand, Portfolio, Price
from ect.domain.errors import DomainError
from ect.domain.portfolio_rows import Row
from ect.domain.portfolio_search import Found, search

LIMIT = 10


def choose(
    scores: Mapping[str, Fraction],
    groups: Mapping[str, Collection[str]],
    size: int,
    constraints: Sequence[Constraint] = (),
    *,
    gap: Fraction | None = None,
    limit: int = LIMIT,
    explained: bool = True,
) -> Choice:
    """Choose exactly ``size`` terrains whose scores sum to the most.

    Parameters
    ----------
    scores
        The exact score of each terrain that can be chosen (0 or more, in points).
    groups
        The terrains of each group, by name; one that cannot be chosen counts for nothing.
    size
        How many terrains (1..number of terrains).
    constraints
        What the set has to satisfy; none is satisfied in part.
    gap
        The most points a set may have less than the best to be named; ``None`` for no limit.
    limit
        How many sets are named, at the most (1 or more), those that tie with the best included.
    explained
        Whether prices, or a conflict, are wanted: they take a search for each constraint.

    Returns
    -------
    Choice
        Proved best by a bound in integers. Where the search would grow past
        :data:`ect.domain.portfolio_search.WIDTH` states, it stops and the answer says so.

    Raises
    ------
    DomainError
        ``"choice_size"``, ``"choice_too_large"``, ``"choice_limit"`` and ``"choice_gap"`` for figures out of
        range, ``"choice_bound"`` for a bound less than 0, ``"group_unknown"``, ``"terrain_not_ranked"`` and
        ``"total_not_exact"`` for a score that is not a fraction.

    """
    constraints = tuple(dict.fromkeys(constraints))
    _check_figures(scores, size, gap, limit)
    for constraint in constraints:
        _check(scores, groups, constraint)
    asked = _Question(scores, groups, size)
    found = asked.best(constraints, limit + 1, gap)
    sets = tuple(asked.portfolio(found, place) for place in range(min(limit, len(found.sets))))
    choice = Choice(
        size=size,
        constraints=constraints,
        sets=sets,
        proved=found.proved,
        whole=found.whole,
        every=found.every and len(found.sets) <= limit,
        bound=None if found.bound is None else Fraction(found.bound, asked.scale),
        free=sum(sorted(scores.values(), reverse=True)[:size], Fraction()),
    )
    return _explained(asked, choice) if explained else choice


def _explained(asked: _Question, choice: Choice) -> Choice:
    if choice.sets:
        return replace(choice, prices=asked.prices(choice, choice.constraints))
    if not choice.proved:
        return choice
    conflict, minimal = asked.conflict(choice.constraints)
    return replace(choice, prices=asked.prices(choice, conflict), conflict=conflict, minimal=minimal)


class _Question:
    """Scores as integers, largest first, and constraints as rows over their places."""

    def __init__(
        self, scores: Mapping[str, Fraction], groups: Mapping[str, Collection[str]], size: int
    ) -> None:
        self.size = size
        self.scale = lcm(*(score.denominator for score in scores.values()))
        self.codes = sorted(scores, key=lambda code: (-scores[code], code))
        self.scores = [int(scores[code] * self.scale) for code in self.codes]
        places = {code: place for place, code in enumerate(self.codes)}
        self.places = {
            name: frozenset(places[code] for code in members if code in places)
            for name, members in groups.items()
        }
        self.place = places

    def rows(self, constraints: Sequence[Constraint]) -> list[Row]:
        """Return the constraints as rows."""
        return [self._row(constraint) for constraint in constraints]

    def _row(self, constraint: Constraint) -> Row:
        if constraint.demand in {Demand.REQUIRED, Demand.EXCLUDED}:
            required = constraint.demand is Demand.REQUIRED
            return Row(frozenset([self.place[constraint.of]]), int(required), least=required)
        least = constraint.demand is Demand.AT_LEAST
        return Row(self.places[constraint.of], constraint.bound, least=least)

    def best(self, constraints: Sequence[Constraint], wanted: int = 1, gap: Fraction | None = None) -> Found:
        """Return the best sets."""
        within = None if gap is None else int(gap * self.scale)
        step = max(1, self.scale // 8)
        return search(self.scores, self.size, self.rows(constraints), wanted, gap=within, step=step)

    def portfolio(self, found: Found, place: int) -> Portfolio:
        """Return one of the sets that were found."""
        (first, _), (total, items) = found.sets[0], found.sets[place]
        loss = Fraction(first - total, self.scale)
        return Portfolio(tuple(self.codes[item] for item in items), Fraction(total, self.scale), loss)

    def conflict(self, constraints: Sequence[Constraint]) -> tuple[tuple[Constraint, ...], bool]:
        """Return constraints that conflict, having tried to do without each; and whether all tries ended."""
        kept, sure = list(constraints), True
        for constraint in constraints:
            others = [other for other in kept if other != constraint]
            found = search([0] * len(self.scores), self.size, self.rows(others), 1)
            sure = sure and (bool(found.sets) or found.proved)
            if found.proved and not found.sets:
                kept = others
        return tuple(kept), sure

    def prices(self, choice: Choice, constraints: Sequence[Constraint]) -> tuple[Price, ...]:
        """Return the price of some of the constraints."""
        if choice.price == 0:
            nothing = Fraction()
            return tuple(Price(constraint, choice.free, nothing, nothing) for constraint in constraints)
        return tuple(self._price(choice, constraint) for constraint in constraints)

    def _price(self, choice: Choice, lifted: Constraint) -> Price:
        found = self.best([other for other in choice.constraints if other != lifted])
        without = Fraction(found.sets[0][0], self.scale) if found.sets else None
        if not choice.sets or without is None or found.bound is None:
            return Price(lifted, without, None, None)
        best, highest = choice.sets[0].total, Fraction(found.bound, self.scale)
        sure = choice.proved and found.proved
        return Price(lifted, without, without - best if sure else None, highest - best)


def _check_figures(scores: Mapping[str, Fraction], size: int, gap: Fraction | None, limit: int) -> None:
    for code, score in scores.items():
        if not isinstance(score, Rational):
            raise DomainError("total_not_exact", terrain=code, value=score)
    if size < 1:
        raise DomainError("choice_size", value=size)
    if size > len(scores):
        raise DomainError("choice_too_large", value=size, found=len(scores))
    if limit < 1:
        raise DomainError("choice_limit", value=limit)
    if gap is not None and gap < 0:
        raise DomainError("choice_gap", value=gap)


def _check(
    scores: Mapping[str, Fraction], groups: Mapping[str, Collection[str]], constraint: Constraint
) -> None:
    if constraint.demand in {Demand.REQUIRED, Demand.EXCLUDED}:
        if constraint.of not in scores:
            raise DomainError("terrain_not_ranked", terrain=constraint.of)
        return
    if constraint.of not in groups:
        raise DomainError("group_unknown", group=constraint.of)
    if constraint.bound < 0:
        raise DomainError("choice_bound", value=constraint.bound)
