"""Whether a terrain can be first, or k-th, under weights within bounds; a witness or a proof.

The point weights the bounds allow form a polytope, as bounds on siblings are ratios of point weights.
"Is there a weighting under which no rival is ahead?" is then a linear programme, solved as a game
between weightings and rivals: HiGHS proposes on the few weightings and rivals met so far, fractions
decide. A yes is a witness evaluated exactly. A no is a mix of rivals (a convex combination) that has
more points than the terrain under every admissible weighting: Farkas' lemma, certified by the exact
maximum of the difference, which has a closed form inside each group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

import numpy as np
from scipy.optimize import linprog

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.matrix_game import solve_game
from ect.domain.weight_lines import exact_totals, integer_rows, siblings_of, weight_codes
from ect.domain.weights import ECT, SELECTION, Weights, point_weights

Bounds = Mapping[str, tuple[Fraction, Fraction]]
# How finely what the solver proposes is rounded; an answer is then given in the plainest fractions it
# stands in.
PLAIN, FINE = (12, 1000), 10**9
BUDGET = 200


@dataclass(frozen=True, slots=True)
class Mix:
    """Rivals no admissible weighting gets past.

    ``parts`` (> 0, summing to 1) says how much of each rival; whatever the admissible weights, the
    mix has at least ``margin`` (> 0, exact, in points) more than the terrain, so that at least one
    of its rivals is ahead.
    """

    parts: Mapping[str, Fraction]
    margin: Fraction


@dataclass(frozen=True, slots=True)
class Possibility:
    """Whether a terrain can have a rank (or better) within bounds.

    Attributes
    ----------
    terrain, rank
        What was asked: rank 1 is first, level with others or not.
    possible
        ``None`` if it was not settled within the budget (never for rank 1).
    witness
        Admissible weights under which the terrain has that rank or better, evaluated exactly.
    mixes
        If impossible: ``rank`` mixes without a rival in common, each with a rival ahead whatever the
        weights; or fewer, where the proof needed to try which rivals to let past.
    incomplete
        The terrains left aside, something being unknown of them.

    """

    terrain: str
    rank: int
    possible: bool | None
    witness: Weights | None
    mixes: tuple[Mix, ...]
    incomplete: tuple[str, ...]


def bounds_around(
    grid: Grid, weights: Weights, spread: Fraction, codes: Iterable[str] | None = None
) -> dict[str, tuple[Fraction, Fraction]]:
    """Return bounds at (1 - spread) and (1 + spread) times the weights, at 0 at the least.

    Parameters
    ----------
    grid, weights
        The committee's weights.
    spread
        Relative, 0 or more (1/4 is 25 % either way).
    codes
        The weights that may move, all if absent; the others keep their value.

    Raises
    ------
    DomainError
        ``"spread_out_of_range"`` for a negative spread, ``"criterion_unknown"``.

    """
    if spread < 0:
        raise DomainError("spread_out_of_range", value=spread)
    free = set(weight_codes(grid) if codes is None else codes)
    for code in free:
        siblings_of(grid, code)
    return {
        code: _around(weights.of(code), spread if code in free else Fraction()) for code in weight_codes(grid)
    }


def can_reach(
    grid: Grid,
    table: Alternatives,
    bounds: Bounds,
    terrain: str,
    rank: int = 1,
    budget: int = BUDGET,
) -> Possibility:
    """Tell whether a terrain can have a rank, or a better one, under some weights within bounds.

    Parameters
    ----------
    grid, table
        The terrains; the incomplete ones are left aside.
    bounds
        By code, the least and the greatest weight (:func:`bounds_around`); all codes of the grid.
    terrain
        A complete terrain.
    rank
        From 1. Terrains that tie share the best of their places.
    budget
        How many linear programmes to solve at most for a rank above 1.

    Raises
    ------
    DomainError
        ``"terrain_not_ranked"`` for a terrain that is incomplete or not there, ``"rank_out_of_range"``
        for a rank below 1, ``"weight_bounds_empty"`` for a lower bound above the upper one or below
        0, ``"weights_all_zero"`` for a group that cannot weigh anything.

    """
    complete = table.complete
    if terrain not in complete.terrains:
        raise DomainError("terrain_not_ranked", terrain=terrain)
    if rank < 1:
        raise DomainError("rank_out_of_range", value=rank)
    game = _Game.of(grid, complete, bounds, terrain, budget)
    fatal = {rival: mix for rival in game.rivals if (mix := game.mix({rival: Fraction(1)}))}
    if len(fatal) >= rank:
        return Possibility(terrain, rank, False, None, tuple(fatal.values())[:rank], table.incomplete)
    rivals = [rival for rival in game.rivals if rival not in fatal]
    possible, witness, mixes = _search(game, rivals, rank - 1 - len(fatal))
    return Possibility(
        terrain,
        rank,
        possible,
        witness,
        (*fatal.values(), *mixes) if possible is False else (),
        table.incomplete,
    )


def greatest_gap(grid: Grid, bounds: Bounds, values: Mapping[str, Fraction]) -> tuple[Fraction, Weights]:
    """Return the greatest weighted sum of values (by criterion) within bounds, and where it is reached.

    Inside a group the best share out is to give the most to those worth the most, the least to the
    others: the greatest of the m + 1 ways to cut the order. Exact, O(m log m).

    Raises
    ------
    DomainError
        ``"weights_all_zero"`` for a group that cannot weigh anything.

    """
    chosen: dict[str, Fraction] = {}
    means: dict[str, Fraction] = {}

    def settle(
        codes: Iterable[str], worth: Mapping[str, Fraction], sizes: Mapping[str, int], entry: str
    ) -> None:
        means[entry], best = _best_mean(
            [(code, worth[code], sizes.get(code, 1)) for code in codes], bounds, entry
        )
        chosen.update(best)

    for pillar in grid.pillars:
        settle([criterion.code for criterion in pillar.criteria], values, {}, pillar.code)
    settle([criterion.code for criterion in grid.selection], values, {}, SELECTION)
    settle([pillar.code for pillar in grid.pillars], means, {}, ECT)
    sizes = {ECT: grid.ect_maximum, SELECTION: grid.selection_maximum}
    settle((ECT, SELECTION), means, sizes, "grid")
    weights = Weights(chosen.pop(ECT), chosen.pop(SELECTION), chosen)
    return means["grid"] * grid.maximum / TOP_LEVEL, weights


def _around(weight: Fraction, spread: Fraction) -> tuple[Fraction, Fraction]:
    return max(weight * (1 - spread), Fraction()), weight * (1 + spread)


def _best_mean(
    members: Sequence[tuple[str, Fraction, int]], bounds: Bounds, entry: str
) -> tuple[Fraction, dict[str, Fraction]]:
    """Return the greatest mean of a group's members (code, worth, size), and its weights."""
    ordered = sorted(members, key=lambda member: -member[1])
    whole = sum((bounds[code][0] * size for code, _, size in ordered), Fraction())
    value = sum((bounds[code][0] * size * worth for code, worth, size in ordered), Fraction())
    best, cut = (value / whole, 0) if whole else (None, 0)
    for place, (code, worth, size) in enumerate(ordered, start=1):
        more = (bounds[code][1] - bounds[code][0]) * size
        whole, value = whole + more, value + more * worth
        if whole and (best is None or value / whole > best):
            best, cut = value / whole, place
    if best is None:
        raise DomainError("weights_all_zero", entry=entry)
    return best, {code: bounds[code][place < cut] for place, (code, _, _) in enumerate(ordered)}


@dataclass(slots=True)
class _Game:
    """A terrain against its rivals."""

    grid: Grid
    bounds: Bounds
    rivals: dict[str, tuple[int, ...]]  # the terrain's values less the rival's, times ``scale``
    scale: int
    budget: int

    @classmethod
    def of(cls, grid: Grid, complete: Alternatives, bounds: Bounds, terrain: str, budget: int) -> _Game:
        for code in weight_codes(grid):
            if not 0 <= bounds[code][0] <= bounds[code][1]:
                raise DomainError("weight_bounds_empty", entry=code)
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

    def __init__(self, game: _Game, rivals: Sequence[str]) -> None:
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
            plain = _near(self.game.bounds, weights, denominator)
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


def _blended(game: _Game, weightings: Sequence[Weights], parts: Sequence[Fraction]) -> Weights:
    """Return the weights whose point weights are a mix of others': admissible as they are."""
    points: dict[str, Fraction] = dict.fromkeys((criterion.code for criterion in game.grid), Fraction())
    for weights, part in zip(weightings, parts, strict=True):
        if part:
            for code, point in point_weights(game.grid, weights).items():
                points[code] += part * point
    return _weights_of(game.grid, game.bounds, points)


def _weights_of(grid: Grid, bounds: Bounds, points: Mapping[str, Fraction]) -> Weights:
    """Return weights within bounds that give these point weights, which the bounds allow."""
    relative: dict[str, Fraction] = {}
    pillars: dict[str, Fraction] = {}
    for pillar in grid.pillars:
        own = {criterion.code: points[criterion.code] for criterion in pillar.criteria}
        relative |= _scaled(own, bounds)
        pillars[pillar.code] = sum(own.values(), Fraction())
    selection = {criterion.code: points[criterion.code] for criterion in grid.selection}
    relative |= _scaled(selection, bounds) | _scaled(pillars, bounds)
    sections = _scaled(
        {
            ECT: sum(pillars.values(), Fraction()) / grid.ect_maximum,
            SELECTION: sum(selection.values(), Fraction()) / grid.selection_maximum,
        },
        bounds,
    )
    return Weights(sections[ECT], sections[SELECTION], relative)


def _scaled(group: Mapping[str, Fraction], bounds: Bounds) -> dict[str, Fraction]:
    """Return a group's weights in these ratios and within bounds, close to the middle of these."""
    if not any(group.values()):
        return {code: bounds[code][1] for code in group}
    least = max(bounds[code][0] / part for code, part in group.items() if part)
    most = min(bounds[code][1] / part for code, part in group.items() if part)
    middle = sum((sum(bounds[code], Fraction()) for code in group), Fraction()) / 2 / sum(group.values())
    return {code: part * min(max(middle, least), most) for code, part in group.items()}


def _near(bounds: Bounds, weights: Weights, denominator: int) -> Weights:
    """Return weights within bounds that are close, in plainer fractions."""

    def plain(code: str) -> Fraction:
        low, high = bounds[code]
        return min(max(weights.of(code).limit_denominator(denominator), low), high)

    return Weights(plain(ECT), plain(SELECTION), {code: plain(code) for code in weights.relative})


def _search(
    game: _Game, rivals: Sequence[str], spare: int
) -> tuple[bool | None, Weights | None, tuple[Mix, ...]]:
    """Look for weights under which at most ``spare`` of the rivals are ahead."""
    verdict = game.duel(rivals)
    mixes: list[Mix] = []
    left = list(rivals)
    while isinstance(verdict, Mix):
        mixes.append(verdict)
        if len(mixes) > spare:
            return False, None, tuple(mixes)
        if game.budget <= 0:
            return None, None, ()
        passed = set(verdict.parts)
        left = [rival for rival in left if rival not in passed]
        verdict = game.duel(left)
    if game.ahead(verdict, rivals) <= spare:
        return True, verdict, ()
    return _let_past(game, rivals, spare, mixes)


def _let_past(
    game: _Game, rivals: Sequence[str], spare: int, mixes: Sequence[Mix]
) -> tuple[bool | None, Weights | None, tuple[Mix, ...]]:
    """Let each rival of the first mix past in turn: one of them is ahead whatever the weights."""
    possible: bool | None = False
    for past in mixes[0].parts:
        if game.budget <= 0:
            return None, None, ()
        found, witness, _ = _search(game, [rival for rival in rivals if rival != past], spare - 1)
        if found:
            return True, witness, ()
        possible = None if found is None else possible
    return possible, None, tuple(mixes) if possible is False else ()
