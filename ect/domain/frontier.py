"""The most that can be gained for each price, exactly.

The first step from a mean (4/3) is to the next level, nearer than the others are: the largest gains cannot
always be taken first. What is best for each price is found over the parts one after the other, as the
list of undominated choices (Nemhauser & Ullmann 1969), on integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from ect.domain.ladders import Ladder


@dataclass(frozen=True, slots=True)
class Scale:
    """Points and costs as integers.

    Attributes
    ----------
    point, cost
        What points and costs are multiplied by.
    many
        More than all steps there are: a price is ``many`` for each unit of cost and 1 for each step,
        so that of equal costs the fewest steps win.
    budget
        The highest price; ``None`` for no bound.

    """

    point: int
    cost: int
    many: int
    budget: int | None

    @classmethod
    def of(cls, ladders: Sequence[Ladder], points: Iterable[Fraction], budget: Fraction | None) -> Scale:
        """Return the scale on which the gains of ladders, some other points and a budget are whole."""
        gains = {gain.denominator for ladder in ladders for gain in ladder.gains}
        costs = {ladder.cost.denominator for ladder in ladders}
        point, many = lcm(*gains, *(x.denominator for x in points)), 1 + sum(len(x.gains) for x in ladders)
        cost = lcm(*costs, budget.denominator if budget is not None else 1)
        highest = None if budget is None else int(budget * cost) * many + many - 1
        return cls(point, cost, many, highest)

    def points(self, points: Fraction) -> int:
        """Return points as an integer."""
        return int(points * self.point)

    def options(self, ladders: Iterable[Ladder]) -> list[list[tuple[int, int]]]:
        """Return the price and the gain after 1, 2... steps of each ladder (see :func:`frontier`)."""
        return [
            [
                (count * (int(ladder.cost * self.cost) * self.many + 1), self.points(gain))
                for count, gain in enumerate(ladder.gains, start=1)
            ]
            for ladder in ladders
        ]


class Choice(NamedTuple):
    """What is gained for a price, and how: ``taken`` steps of the last part, ``before`` of the others."""

    price: int
    gain: int
    taken: int
    before: Choice | None


def frontier(
    options: Sequence[Sequence[tuple[int, int]]], enough: int, most: int | None = None
) -> list[Choice]:
    """Return the undominated choices, by growing price and strictly growing gain.

    Parameters
    ----------
    options
        For each part, (price, gain) after 1, 2... steps; neither ever shrinks.
    enough
        The gain past which no more is wanted: the choices end with the first that reaches it.
    most
        The highest price; ``None`` for no bound.

    Returns
    -------
    list of Choice
        At least the one of no step. Of equal prices the largest gain, of those the first in the
        order of the parts.

    """
    front = [Choice(0, 0, 0, None)]
    for ladder in options:
        best: dict[int, Choice] = {}
        for choice in front:
            for steps, (more, gained) in enumerate(((0, 0), *ladder)):
                price, gain = choice.price + more, choice.gain + gained
                if most is not None and price > most:
                    break
                if price not in best or gain > best[price].gain:
                    best[price] = Choice(price, gain, steps, choice)
        front = _undominated(best, enough)
    return front


def _undominated(best: Mapping[int, Choice], enough: int) -> list[Choice]:
    kept: list[Choice] = []
    for price in sorted(best):
        if not kept or best[price].gain > kept[-1].gain:
            kept.append(best[price])
            if kept[-1].gain >= enough:
                break
    return kept


def taken(choice: Choice) -> tuple[int, ...]:
    """Return how many steps of each part a choice takes, in the order of the options."""
    counts = []
    while choice.before is not None:
        counts.append(choice.taken)
        choice = choice.before
    return tuple(reversed(counts))
