"""Choosing several terrains: what is asked, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Demand(StrEnum):
    """What a constraint asks."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    REQUIRED = "required"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Constraint:
    """At least or at most ``bound`` (0 or more) of a group, or one terrain in any case, or in none.

    ``of`` is the name of the group, or the code of the terrain; ``bound`` counts for groups only.
    """

    demand: Demand
    of: str
    bound: int = 1


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A set of terrains: its members, best first, its exact total, and what it has less than the best."""

    members: tuple[str, ...]
    total: Fraction
    loss: Fraction

    def beside(self, other: Portfolio) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what this set has that the other has not, and the other way round."""
        enters = tuple(code for code in self.members if code not in other.members)
        leaves = tuple(code for code in other.members if code not in self.members)
        return enters, leaves


@dataclass(frozen=True, slots=True)
class Price:
    """What lifting one constraint, the others staying, brings.

    Attributes
    ----------
    constraint
        The one that is lifted.
    without
        The best total then; ``None`` if still nothing satisfies the others, or none was found.
    points
        What the constraint costs, 0 or more. ``None`` where it cannot be said: there is no set with
        it, or the search stopped early.
    highest
        The most it can cost; ``None`` where there is no set with it, or none without it.

    """

    constraint: Constraint
    without: Fraction | None
    points: Fraction | None
    highest: Fraction | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer.

    Attributes
    ----------
    size, constraints
        What was asked.
    sets
        The best sets, best first; those that tie with the best have no loss. Of equal totals, the one with
        the terrains that come first (by score, then by code). Empty if nothing satisfies the constraints.
    proved
        Whether no set is better than the first; where there is none, whether there can be none.
    whole
        Whether no set that is left out is better than one that is here.
    every
        Whether no set within the gap is left out.
    bound
        No set that satisfies the constraints has more than this; ``None`` where there can be none.
    free
        The best total without any constraint.
    prices
        Of each constraint, in their order; if nothing satisfies them, of those of the conflict. Neither
        where no explanation was asked for.
    conflict
        Constraints that nothing satisfies together; empty if there is a set, or if the search stopped early.
    minimal
        Whether the conflict ends whichever of them is lifted. There may be other conflicts.

    """

    size: int
    constraints: tuple[Constraint, ...]
    sets: tuple[Portfolio, ...]
    proved: bool
    whole: bool
    every: bool
    bound: Fraction | None
    free: Fraction
    prices: tuple[Price, ...] = ()
    conflict: tuple[Constraint, ...] = ()
    minimal: bool = True

    @property
    def best(self) -> tuple[Portfolio, ...]:
        """The sets that nothing beats: several, if they tie."""
        return tuple(found for found in self.sets if not found.loss)

    @property
    def next_best(self) -> tuple[Portfolio, ...]:
        """The sets that come after."""
        return tuple(found for found in self.sets if found.loss)

    @property
    def price(self) -> Fraction | None:
        """What all the constraints together cost, 0 or more; ``None`` if there is no set, or no proof."""
        return self.free - self.sets[0].total if self.sets and self.proved else None
