"""A terrain against its rivals under weights within bounds: a weighting that no rival beats, or none.

The point weights that bounds on siblings allow form a polytope (a bound on the ratio of two weights
is linear in the points), so that the question is a linear programme: a game between weightings and
rivals. HiGHS proposes, on the few weightings and rivals met so far; fractions decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.matrix_game import solve_game
from ect.domain.weight_bounds import Bounds, check_bounds, greatest_gap, weights_near, weights_of
from ect.domain.weight_lines import exact_totals, integer_rows
from ect.domain.weights import Weights, point_weights

# How finely what the solver proposes is rounded; an answer is then given in the plainest fractions it
# stands in.
PLAIN, FINE = (12, 1000), 10**9


@dataclass(frozen=True, slots=True)
class Mix:
    """Rivals no admissible weighting gets past.

    ``parts`` (> 0, summing to 1) says how much of each rival; whatever the admissible weights, the
    mix has at least ``margin`` (> 0, exact, in points) more than the terrain, so that at least one
    of its rivals is ahead.
    """

    parts: Mapping[str, Fraction]
    margin: Fraction


@dataclass(slots=True)
class Game:
    """A terrain against its rivals."""

    grid: Grid
    bounds: Bounds
    rivals: dict[str, tuple[int, ...]]  # the terrain's values less the rival's, times ``scale``
    scale: int
    budget: int

    @classmethod
    def of(cls, grid: Grid, complete: Alternatives, bounds: Bounds, terrain: str, budget: int) -> Game:
        """Set a complete terrain against the others, with how many duels may be fought."""
        check_bounds(grid, bounds)
        scale, rows = integer_rows(complete)
        by_terrain = dict(zip(complete.terrains, rows, strict=True))
        own = by_terrain.pop(terrain)
        gaps = {code: tuple(x - y for x, y in zip(own, row, strict=True)) for code, row in by_terrain.items()}
        # A rival nowhere above the terrain is never ahead of it.
        return cls(grid, bounds, {code: row for code, row in gaps.items() if min(row) < 0}, scale, budget)

    def gaps(self, weights: Weights, rivals: Sequence[str]) -> tuple[Fraction, ...]:
        """Return by how many points the terrain is ahead of each rival."""
        rows = [self.rivals[rival] for rival in rivals]
        return exact_totals(self.scale, rows, point_weights(self.grid, weights))

    def reply(self, parts: Mapping[str, Fraction]) -> tuple[Fraction, Weights]:
        """Return the most the terrain can have over a mix of rivals, and the weights that give it."""
        common = lcm(*(part.denominator for part in parts.values()))
        mixed = [int(part * common) for part in parts.values()]
        columns = zip(*(self.rivals[rival] for rival in parts), strict=True)
        gaps = [Fraction(sum(map(mul, mixed, column)), common * self.scale) for column in columns]
        codes = [criterion.code for criterion in self.grid]
        return greatest_gap(self.grid, self.bounds, dict(zip(codes, gaps, strict=True)))

    def mix(self, parts: Mapping[str, Fraction]) -> Mix | None:
        """Return the mix if it is ahead under every admissible weighting."""
        most, _ = self.reply(parts)
        return Mix(dict(parts), -most) if most < 0 else None

    def ahead(self, weights: Weights, rivals: Sequence[str]) -> int:
        """Return how many of the rivals are ahead of the terrain."""
        return sum(gap < 0 for gap in self.gaps(weights, rivals))

    def duel(self, rivals: Sequence[str]) -> Weights | Mix:
        """Return admissible weights under which none of the rivals is ahead, or a mix: there are none."""
        self.budget -= 1
        if not rivals:
            zeros = dict.fromkeys((criterion.code for criterion in self.grid), Fraction())
            return greatest_gap(self.grid, self.bounds, zeros)[1]
        return _Duel(self, rivals).verdict()


class _Duel:
    """Weightings and rivals met so far; each round adds the best reply to the other side's mix.

    Either side's replies are finitely many (vertices, rivals), and a round of which both replies are
    known is played again exactly, which decides it: the duel ends.
    """

    def __init__(self, game: Game, rivals: Sequence[str]) -> None:
        self.game, self.rivals = game, rivals
        self.met: list[int] = []
        self.weightings: list[Weights] = []
        self.gaps: list[tuple[Fraction, ...]] = []
        even = dict.fromkeys(rivals, Fraction(1, len(rivals)))
        self._meet_weights(game.reply(even)[1])
        self._meet_rival(self.gaps[0])

    def verdict(self) -> Weights | Mix:
        """Play until one side is certain."""
        exact = False
        while True:
            payoffs = [[row[place] for place in self.met] for row in self.gaps]
            ours, theirs = solve_game(payoffs) if exact else _proposed(payoffs)
            parts = {self.rivals[place]: part for place, part in zip(self.met, theirs, strict=True) if part}
            most, reply = self.game.reply(parts)
            if most < 0:
                return self._plain_mix(parts) or Mix(parts, -most)
            blend = _blended(self.game, self.weightings, ours)
            gaps = self.game.gaps(blend, self.rivals)
            if min(gaps) >= 0:
                return self._plain_weights(blend)
            news = [self._meet_weights(reply), self._meet_rival(gaps)]
            exact = not any(news)

    def _meet_weights(self, weights: Weights) -> bool:
        if weights in self.weightings:
            return False
        self.weightings.append(weights)
        self.gaps.append(self.game.gaps(weights, self.rivals))
        return True

    def _meet_rival(self, gaps: Sequence[Fraction]) -> bool:
        worst = min(range(len(gaps)), key=gaps.__getitem__)
        if worst in self.met:
            return False
        self.met.append(worst)
        return True

    def _plain_mix(self, parts: Mapping[str, Fraction]) -> Mix | None:
        for denominator in PLAIN:
            rounded = _rounded([float(part) for part in parts.values()], denominator)
            mix = self.game.mix({rival: x for rival, x in zip(parts, rounded, strict=True) if x})
            if mix:
                return mix
        return None

    def _plain_weights(self, weights: Weights) -> Weights:
        for denominator in PLAIN:
            plain = weights_near(self.game.bounds, weights, denominator)
            if min(self.game.gaps(plain, self.rivals)) >= 0:
                return plain
        return weights


def _proposed(payoffs: Sequence[Sequence[Fraction]]) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Return strategies of both sides of a game that are close to optimal, in fractions."""
    gains = np.array(payoffs, dtype=float)
    rows, columns = gains.shape
    found = linprog(
        c=[0.0] * rows + [-1.0],
        A_ub=np.hstack([-gains.T, np.ones((columns, 1))]),
        b_ub=np.zeros(columns),
        A_eq=[[1.0] * rows + [0.0]],
        b_eq=[1.0],
        bounds=[(0.0, None)] * rows + [(None, None)],
        method="highs",
    )
    if not found.success:
        return solve_game(payoffs)
    return _rounded(found.x[:-1], FINE), _rounded(-found.ineqlin.marginals, FINE)


def _rounded(parts: Sequence[float], denominator: int) -> tuple[Fraction, ...]:
    """Return parts (0 or more) that sum to 1 exactly, close to those given."""
    near = [Fraction(max(float(part), 0.0)).limit_denominator(denominator) for part in parts]
    whole = sum(near, Fraction())
    return tuple(part / whole for part in near) if whole else (Fraction(1), *near[1:])


def _blended(game: Game, weightings: Sequence[Weights], parts: Sequence[Fraction]) -> Weights:
    """Return the weights whose point weights are a mix of others': admissible as they are."""
    points: dict[str, Fraction] = dict.fromkeys((criterion.code for criterion in game.grid), Fraction())
    for weights, part in zip(weightings, parts, strict=True):
        if part:
            for code, point in point_weights(game.grid, weights).items():
                points[code] += part * point
    return weights_of(game.grid, game.bounds, points)
