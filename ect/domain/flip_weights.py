"""The smallest change of the weights, within bounds, that puts a terrain first.

The weights that move are those of the criteria in points (:func:`ect.domain.weights.point_weights`):
totals are linear in them, where sections, pillars and criteria multiply each other. Their sum stays,
and so does the maximum (34). Without bounds almost anything could be first: with 29 free weights, one
criterion that counts for all is enough.

Exact linear programmes (:func:`ect.domain.exact_lp.least_cost`), each with the proof of its optimum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from math import lcm
from operator import mul
from types import MappingProxyType

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.exact_lp import Constraint, NothingAllowedError, least_cost
from ect.domain.grid import Grid
from ect.domain.weight_lines import exact_totals, integer_rows
from ect.domain.weights import Weights, point_weights

QUARTER = Fraction(1, 4)
Points = Mapping[str, Fraction]


def _none() -> Points:
    return MappingProxyType({})


class NoWeights(StrEnum):
    """Why there is nothing to change, or why no change is enough."""

    ALREADY = "already"  # it is first, alone or not
    INCOMPLETE = "incomplete"  # something is unknown of it
    BOUND = "bound"  # other weights would do, beyond the bounds
    NEVER = "never"  # a mix of rivals is at least as good on every criterion


@dataclass(frozen=True, slots=True)
class WeightChange:
    """The smallest change, or what stands against it.

    Attributes
    ----------
    terrain, bound
        What was asked.
    reachable
        Whether the terrain is first (rivals may be level with it), now or after the change.
    reason
        Why there is no change; ``None`` when there is one.
    present, changed
        By criterion, the points of the total that one point (0..2) of it is worth, before and after;
        the same with a reason.
    before, after
        The exact totals (0..maximum) of the complete terrains at each.
    level
        The rivals level with the terrain after the change: any smaller one leaves one of them ahead.
    lead
        Where the bounds are in the way: whatever the weights within them, some rival is ahead by this
        many points (> 0) at least; otherwise 0.
    closest, ahead
        Weights at which no rival leads by more than ``lead``, and the rivals that lead by it there.
    mix
        Shares (summing to 1) of rivals whose mean is ahead of the terrain by ``lead`` or more at all
        weights within the bounds: the proof of it.
    dominating_mix
        With ``NoWeights.NEVER``, shares (summing to 1) of rivals whose mean is at least as good as the
        terrain on every criterion, and better on one.
    incomplete
        The rivals left aside, something being unknown of them.

    """

    terrain: str
    bound: Fraction
    reachable: bool
    reason: NoWeights | None
    present: Points
    changed: Points
    before: Mapping[str, Fraction]
    after: Mapping[str, Fraction]
    incomplete: tuple[str, ...]
    level: tuple[str, ...] = ()
    lead: Fraction = field(default_factory=Fraction)
    closest: Points = field(default_factory=_none)
    ahead: tuple[str, ...] = ()
    mix: Points = field(default_factory=_none)
    dominating_mix: Points = field(default_factory=_none)

    @property
    def moves(self) -> dict[str, Fraction]:
        """By criterion that moves, by how much its weight does; they sum to 0."""
        moves = {code: self.changed[code] - weight for code, weight in self.present.items()}
        return {code: move for code, move in moves.items() if move}

    @property
    def distance(self) -> Fraction:
        """The size of the change: the sum of the moves, signs left out."""
        return sum(map(abs, self.moves.values()), Fraction())

    @property
    def transferred(self) -> Fraction:
        """What part (0..1) of all weight goes from some criteria to others: half of the distance."""
        return self.distance / 2 / sum(self.present.values())


def smallest_weight_change(
    grid: Grid, table: Alternatives, weights: Weights, terrain: str, *, bound: Fraction = QUARTER
) -> WeightChange:
    """Return the smallest change of the weights that puts a terrain first, level rivals accepted.

    Each criterion's weight in points may move by ``bound`` times what it is, either way (one that is
    0 stays); their sum is kept. The smallest change is the one with the least sum of moves, signs left
    out. Several may be as small: one of them is given.

    Parameters
    ----------
    grid, table, weights
        The terrains, and the weights they are ranked by; the incomplete ones are left aside.
    terrain
        Which is to be first.
    bound
        Relative (0..1, exact): 1/4 is 25 % either way.

    Returns
    -------
    WeightChange
        With the change, or the reason why there is none, and its proof.

    Raises
    ------
    DomainError
        ``"terrain_unknown"`` for a terrain that is not in the table, ``"spread_out_of_range"`` for a
        bound outside 0..1.

    """
    if terrain not in table.terrains:
        raise DomainError("terrain_unknown", terrain=terrain)
    if not 0 <= bound <= 1:
        raise DomainError("spread_out_of_range", value=bound)
    points, totals = point_weights(grid, weights), table.totals(grid, weights)
    incomplete = tuple(code for code in table.incomplete if code != terrain)
    empty = WeightChange(terrain, bound, False, None, points, points, totals, totals, incomplete)
    if terrain not in totals:
        return replace(empty, reason=NoWeights.INCOMPLETE)
    if totals[terrain] == max(totals.values()):
        return replace(empty, reachable=True, reason=NoWeights.ALREADY)
    contest = _contest(table.complete, terrain)
    present = tuple(points.values())
    changed = _nearest(contest, present, bound)
    if changed is None:
        return _impossible(empty, contest, present)
    moved = dict(zip(points, changed, strict=True))
    after = dict(zip(totals, exact_totals(*integer_rows(table.complete), moved), strict=True))
    level = tuple(r for r in contest.rivals if after[r] == after[terrain])
    return replace(empty, reachable=True, changed=moved, after=after, level=level)


def weights_of(grid: Grid, points: Points) -> Weights:
    """Return weights that give each criterion these points: :func:`point_weights` the other way.

    Parameters
    ----------
    grid, points
        One weight (0 or more) for each criterion, not all 0; only their ratios count.

    """

    def whole(codes: Sequence[str]) -> Fraction:
        return sum((points[code] for code in codes), Fraction())

    groups = {pillar.code: [criterion.code for criterion in pillar.criteria] for pillar in grid.pillars}
    pillars = {code: whole(codes) for code, codes in groups.items()}
    selection = [criterion.code for criterion in grid.selection]
    # A group that weighs nothing keeps equal weights: it has no others.
    relative = pillars if any(pillars.values()) else {}
    for codes in (*groups.values(), selection):
        relative = relative | ({code: points[code] for code in codes} if whole(codes) else {})
    ect = sum(pillars.values(), Fraction()) / grid.ect_maximum
    return Weights(ect, whole(selection) / grid.selection_maximum, relative)


@dataclass(frozen=True, slots=True)
class _Contest:
    """Integers: ``scale`` times by how much the terrain is better than each rival, by criterion."""

    rivals: tuple[str, ...]
    scale: int
    better: tuple[tuple[int, ...], ...]

    def leads(self, weights: Sequence[Fraction]) -> list[Fraction]:
        """Return by how many points each rival is ahead (less than 0: behind)."""
        common = lcm(*(weight.denominator for weight in weights))
        worth = [weight.numerator * (common // weight.denominator) for weight in weights]
        return [Fraction(-sum(map(mul, row, worth)), common * self.scale) for row in self.better]

    def worst(self, weights: Sequence[Fraction], lead: Fraction) -> Iterator[tuple[str, list[Fraction]]]:
        """Yield the rival furthest ahead, if by more than ``lead``, and how much better it is."""
        leads = self.leads(weights)
        most = max(leads)
        if most > lead:
            place = leads.index(most)
            yield self.rivals[place], [Fraction(x, self.scale) for x in self.better[place]]


def _contest(complete: Alternatives, terrain: str) -> _Contest:
    scale, rows = integer_rows(complete)
    own = rows[complete.terrains.index(terrain)]
    others = [(t, row) for t, row in zip(complete.terrains, rows, strict=True) if t != terrain]
    better = tuple(tuple(x - y for x, y in zip(own, row, strict=True)) for _, row in others)
    return _Contest(tuple(t for t, _ in others), scale, better)


def _nearest(contest: _Contest, present: Sequence[Fraction], bound: Fraction) -> tuple[Fraction, ...] | None:
    """Return the nearest weights at which no rival is ahead: each is what it was, plus, less."""
    size = len(present)

    def moved(values: Sequence[Fraction]) -> tuple[Fraction, ...]:
        return tuple(w + up - down for w, up, down in zip(present, values, values[size:], strict=False))

    def broken(values: Sequence[Fraction]) -> Iterator[Constraint]:
        yield from _too_much(values, [bound * weight for weight in (*present, *present)])
        yield from _sum_kept(values, Fraction(), [1] * size + [-1] * size)
        now = moved(values)
        for rival, better in contest.worst(now, Fraction()):
            signed = dict(enumerate((*better, *(-x for x in better))))
            yield Constraint(rival, sum(map(mul, better, present), Fraction()), signed)

    try:
        return moved(least_cost([Fraction(1)] * 2 * size, broken).values)
    except NothingAllowedError:
        return None


def _impossible(empty: WeightChange, contest: _Contest, present: Sequence[Fraction]) -> WeightChange:
    """Return how close the bounds let the terrain come, and whether other weights would do."""
    lowest = [weight * (1 - empty.bound) for weight in present]
    room = [2 * empty.bound * weight for weight in present]
    lead, weights, mix = _closest(contest, lowest, room)
    closest = dict(zip(empty.present, weights, strict=True))
    leads = zip(contest.rivals, contest.leads(weights), strict=True)
    ahead = tuple(rival for rival, by in leads if by == lead)
    facts = replace(empty, lead=lead, closest=closest, ahead=ahead, mix=mix)
    # Every weight is 1 or more, without other bound: only ratios count, so any weights above 0.
    beaten, _, dominating = _closest(contest, [Fraction(1)] * len(present), None)
    if beaten:
        return replace(facts, reason=NoWeights.NEVER, dominating_mix=dominating)
    return replace(facts, reason=NoWeights.BOUND)


def _closest(
    contest: _Contest, lowest: Sequence[Fraction], room: Sequence[Fraction] | None
) -> tuple[Fraction, tuple[Fraction, ...], dict[str, Fraction]]:
    """Return the least lead of the best rivals, weights where it is so, and the mix that proves it.

    ``room`` is how far each weight may go above its lowest, half of it being used in all; ``None`` lets
    each go anywhere. The last quantity is the lead; its cost of 1 makes the multipliers sum to 1.
    """
    size = len(lowest)

    def weights(values: Sequence[Fraction]) -> tuple[Fraction, ...]:
        return tuple(low + more for low, more in zip(lowest, values, strict=False))

    def broken(values: Sequence[Fraction]) -> Iterator[Constraint]:
        if room is not None:
            yield from _too_much(values, room)
            yield from _sum_kept(values, sum(room, Fraction()) / 2, [1] * size)
        for rival, better in contest.worst(weights(values), values[size]):
            less = sum(map(mul, better, lowest), Fraction())
            yield Constraint(rival, less, {**dict(enumerate(better)), size: Fraction(1)})

    found = least_cost([Fraction()] * size + [Fraction(1)], broken)
    mix = {key: share for key, share in found.multipliers.items() if key in contest.rivals}
    return found.cost, weights(found.values), mix


def _too_much(values: Sequence[Fraction], room: Sequence[Fraction]) -> Iterator[Constraint]:
    for k, (value, most) in enumerate(zip(values, room, strict=False)):
        if value > most:
            yield Constraint(("most", k), most, {k: Fraction(-1)})


def _sum_kept(values: Sequence[Fraction], kept: Fraction, signs: Sequence[int]) -> Iterator[Constraint]:
    whole = sum((sign * value for sign, value in zip(signs, values, strict=False)), Fraction())
    if whole != kept:
        side = 1 if whole < kept else -1
        yield Constraint(("sum", side), -side * kept, {k: Fraction(side * x) for k, x in enumerate(signs)})
