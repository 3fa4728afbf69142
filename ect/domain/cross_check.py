"""The same terrains by other methods: TOPSIS, VIKOR and PROMETHEE II beside the weighted sum.

All on the fixed scale 0..2. Scaling by what the candidates happen to have (vector, min-max, z-score)
reverses ranks when one of them leaves; here the best and the worst are 2 and 0 whoever is there.
Ranks are decided exactly. PROMETHEE II alone compares the candidates with each other, which is what it
is for: a terrain that leaves may change its order.

Sources: TOPSIS, Hwang & Yoon 1981; VIKOR, Opricovic & Tzeng 2004; PROMETHEE II, Brans, Vincke &
Mareschal 1986.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import mul

from ect.domain.alternatives import Alternatives
from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.weights import Weights, point_weights

HALF = Fraction(1, 2)
Row = Sequence[Fraction]
Preference = Callable[[Fraction], Fraction]


class Method(StrEnum):
    """A way to rank."""

    SUM = "sum"
    TOPSIS = "topsis"
    VIKOR = "vikor"
    PROMETHEE = "promethee"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one method says.

    Attributes
    ----------
    method
        Which.
    ranks
        By terrain, in the order of the table, its rank (1 or more); those that are level share one.

    """

    method: Method
    ranks: Mapping[str, int]

    @property
    def first(self) -> tuple[str, ...]:
        """The terrains with rank 1."""
        return tuple(terrain for terrain, rank in self.ranks.items() if rank == 1)


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """What each method says of the complete terrains.

    Attributes
    ----------
    opinions
        One a method, the weighted sum first; without ranks if no terrain is complete.
    incomplete
        The terrains left aside, something being unknown of them.

    """

    opinions: tuple[Opinion, ...]
    incomplete: tuple[str, ...]

    @property
    def agreeing(self) -> int:
        """How many methods have the same terrains first as the weighted sum, itself counted."""
        first = set(self.opinions[0].first)
        return sum(set(opinion.first) == first for opinion in self.opinions)


def cross_check(grid: Grid, table: Alternatives, weights: Weights) -> CrossCheck:
    """Rank the complete terrains by each method.

    TOPSIS weighs the distances on the scale 0..2 (level 2 everywhere is ideal, level 0 the opposite);
    VIKOR gives the group and the greatest regret as much weight; PROMETHEE II prefers fully from one
    level of difference on, in proportion below.

    Raises
    ------
    DomainError
        As :func:`ect.domain.weights.point_weights`.

    """
    complete = table.complete
    rows = [[value or Fraction() for value in row] for row in complete.values]
    given = list(point_weights(grid, weights).values())
    shares = [weight / sum(given) for weight in given]
    top, bottom = [Fraction(TOP_LEVEL)] * len(given), [Fraction()] * len(given)
    scores = {
        Method.SUM: [sum(map(mul, shares, row), Fraction()) for row in rows],
        Method.TOPSIS: squared_closeness(rows, shares, top, bottom),
        Method.VIKOR: [-regret for regret in vikor(rows, shares, top, bottom)],
        Method.PROMETHEE: net_flows(rows, shares, [in_proportion(Fraction(1))] * len(shares)),
    }
    opinions = (Opinion(method, _ranks(complete.terrains, own)) for method, own in scores.items())
    return CrossCheck(tuple(opinions), table.incomplete)


def squared_closeness(rows: Sequence[Row], weights: Row, ideal: Row, worst: Row) -> list[Fraction]:
    """Return TOPSIS by the squares of its distances: d-^2 / (d+^2 + d-^2), on 0..1.

    TOPSIS's own closeness d- / (d+ + d-) has roots in it; it rises with this one, which is exact, and
    so gives the same ranks: c = sqrt(q) / (sqrt(q) + sqrt(1 - q)).

    Parameters
    ----------
    rows, weights, ideal, worst
        n x m values, the weights of the columns, and the values the distances are taken to.

    """
    found = []
    for row in rows:
        best, least = (
            sum(((w * (x - y)) ** 2 for w, x, y in zip(weights, row, end, strict=True)), Fraction())
            for end in (ideal, worst)
        )
        found.append(least / (best + least) if best + least else Fraction(1))
    return found


def vikor(rows: Sequence[Row], weights: Row, best: Row, worst: Row, group: Fraction = HALF) -> list[Fraction]:
    """Return VIKOR's Q (the less the better): the group's regret S and the greatest one R, mixed.

    S and R are scaled by what a row that is best, or worst, everywhere has (0 and 1, 0 and the
    greatest weight), so that no candidate changes another's Q.

    Parameters
    ----------
    rows, weights, best, worst
        n x m values, weights summing to 1, and the ends of each column (best differs from worst).
    group
        What the group's regret counts for (0..1), against the greatest one.

    """
    greatest = max(weights, default=Fraction(1))
    found = []
    for row in rows:
        regrets = [
            w * (top - x) / (top - low) for w, x, top, low in zip(weights, row, best, worst, strict=True)
        ]
        whole, most = sum(regrets, Fraction()), max(regrets, default=Fraction())
        found.append(group * whole + (1 - group) * most / greatest)
    return found


def net_flows(rows: Sequence[Row], weights: Row, preferences: Sequence[Preference]) -> list[Fraction]:
    """Return PROMETHEE II's net flows (-1..1, the more the better); 0 for a row that is alone.

    Each column's preferences are worked out once for its different values.

    Parameters
    ----------
    rows, weights
        n x m values, the more the better, and weights summing to 1.
    preferences
        For each column, the preference (0..1) a difference gives.

    """
    flows = [Fraction()] * len(rows)
    others = max(len(rows) - 1, 1)
    for column, (weight, prefer) in enumerate(zip(weights, preferences, strict=True)):
        counts = Counter(row[column] for row in rows)
        of_value = {
            own: sum((n * (prefer(own - x) - prefer(x - own)) for x, n in counts.items()), Fraction())
            for own in counts
        }
        for place, row in enumerate(rows):
            flows[place] += weight * of_value[row[column]] / others
    return flows


def in_proportion(full: Fraction) -> Preference:
    """Return the preference that rises in proportion and is whole from a difference of ``full`` on."""
    return lambda difference: min(max(difference / full, Fraction()), Fraction(1))


def _ranks(terrains: Sequence[str], scores: Sequence[Fraction]) -> dict[str, int]:
    ordered = sorted(scores, reverse=True)
    first = {score: place + 1 for place, score in reversed(list(enumerate(ordered)))}
    return {terrain: first[score] for terrain, score in zip(terrains, scores, strict=True)}
