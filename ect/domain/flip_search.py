"""The cheapest steps, on a terrain and on the rivals in front of it, that bring it to a place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.alternatives import Alternatives
from ect.domain.frontier import Choice, Scale, frontier, taken
from ect.domain.grid import Grid
from ect.domain.ladders import Ladder, Limits, ladders_of

Picked = list[tuple[Ladder, int]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, once the rivals in front are known.

    Attributes
    ----------
    grid, table, points
        The complete terrains, and what a point of each criterion and pillar is worth.
    terrain, rank, rivals, level_enough
        As :func:`ect.domain.flips.smallest_flip`.
    ahead
        By how many points (0 or more) each rival in front leads the terrain, in the order of the table.

    """

    grid: Grid
    table: Alternatives
    points: Mapping[str, Fraction]
    terrain: str
    rank: int
    rivals: bool
    level_enough: bool
    ahead: Mapping[str, Fraction]


def open_ladders(
    question: Question, limits: Limits
) -> tuple[tuple[Ladder, ...], dict[str, tuple[Ladder, ...]]]:
    """Return what may be raised of the terrain, and by rival in front what may be lowered."""

    def of(terrain: str, *, up: bool) -> tuple[Ladder, ...]:
        return ladders_of(question.grid, question.table, question.points, terrain, limits, up=up)

    rivals = {r: of(r, up=False) for r in question.ahead} if question.rivals else {}
    return of(question.terrain, up=True), rivals


def cheapest_steps(question: Question, limits: Limits) -> Picked | None:
    """Return how many steps of which ladders to take, ``None`` if no steps are enough.

    For every price spent on the terrain the most it can gain is known; what then remains is to lower
    the rivals that are cheapest to bring below it.
    """
    own, rivals = open_ladders(question, limits)
    every = (*own, *(ladder for ladders in rivals.values() for ladder in ladders))
    scale = Scale.of(every, question.ahead.values(), limits.budget)
    needs = {r: scale.points(gap) + (not question.level_enough) for r, gap in question.ahead.items()}
    enough = sorted(needs.values(), reverse=True)[question.rank - 1]
    front = frontier(scale.options(own), enough, scale.budget)
    alone = front[-1] if front[-1].gain >= enough else None
    if not question.rivals:
        return _picked(own, alone) if alone else None
    # Whatever costs more than the terrain's own steps is of no use.
    most = alone.price if alone else scale.budget
    fronts = {r: frontier(scale.options(rivals[r]), need, most) for r, need in needs.items()}
    found = _cheapest(front, fronts, needs, question.rank - 1, most)
    if found is None:
        return None
    choice, lowered = found
    return [*_picked(own, choice), *(x for r, chosen in lowered for x in _picked(rivals[r], chosen))]


def _cheapest(
    front: Sequence[Choice],
    fronts: Mapping[str, list[Choice]],
    needs: Mapping[str, int],
    allowed: int,
    most: int | None,
) -> tuple[Choice, list[tuple[str, Choice]]] | None:
    """Return the cheapest choice for the terrain, and for the rivals to bring below it."""
    found, price = None, most
    for choice in front:
        lowered = _lowered(choice, fronts, needs, allowed)
        if lowered is not None:
            total = choice.price + sum(chosen.price for _, chosen in lowered)
            # Of equal prices the last: the most steps are the terrain's own.
            if price is None or total <= price:
                found, price = (choice, lowered), total
    return found


def _lowered(
    choice: Choice, fronts: Mapping[str, list[Choice]], needs: Mapping[str, int], allowed: int
) -> list[tuple[str, Choice]] | None:
    """Return how the cheapest rivals are brought below, so that ``allowed`` stay in front; or ``None``."""
    still = [rival for rival, need in needs.items() if need > choice.gain]
    chosen = []
    for rival in still:
        options = fronts[rival]
        place = bisect_left(options, needs[rival] - choice.gain, key=lambda option: option.gain)
        if place < len(options):
            chosen.append((rival, options[place]))
    chosen.sort(key=lambda pair: pair[1].price)
    wanted = max(len(still) - allowed, 0)
    return chosen[:wanted] if len(chosen) >= wanted else None


def _picked(ladders: Sequence[Ladder], choice: Choice) -> Picked:
    return list(zip(ladders, taken(choice), strict=True))
