"""How far each weight can move before the first place, or the ranking, changes.

The other weights of its group are rescaled, so that the total of each terrain is a line in the share
of the weight that moves; two terrains meet where their lines cross, at v* = -r / (d_k - r) for a gap
of r at no share and d_k at all of it. Source: Mareschal 1988 (weight stability intervals), additive
model, exact here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.weight_lines import Line, WeightLines, lines_of, movable_codes, weight_lines
from ect.domain.weights import Weights

Pair = tuple[Line, Line]


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a stability interval.

    Attributes
    ----------
    share
        Of the group (0..1, exact).
    weight
        The same as a multiplier or a relative weight (``Weights.having``); ``None``, without bound,
        at share 1.
    meeting
        The pairs (ahead at the present weights, or tied; behind, or tied) that meet there, level at
        the bound itself and parted or reversed beyond; empty where the share ends at 0 or 1 before
        any pair meets.

    """

    share: Fraction
    weight: Fraction | None
    meeting: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """The shares between two bounds, both included."""

    low: Bound
    high: Bound

    @property
    def is_point(self) -> bool:
        """Whether any move changes something: a tie holds at the present share only."""
        return self.low.share == self.high.share


@dataclass(frozen=True, slots=True)
class Stability:
    """How far one weight can move, the others of its group rescaled.

    Attributes
    ----------
    code, share, weight
        The weight, its present share of its group (0..1) and its present value.
    winners
        The complete terrains now first (several if they tie; none if no terrain is complete).
    first
        Where every one of the winners is first still: at a bound a rival is level with them, beyond
        it some winner is no longer first. Winners that tie here only leave a single point.
    ranking
        Where no two terrains change order and no tie parts: strictly between the bounds the ranking
        is the present one, at a bound two terrains are level. A tie that the weight breaks leaves
        a single point.
    incomplete
        The terrains left aside, something being unknown of them.

    """

    code: str
    share: Fraction
    weight: Fraction
    winners: tuple[str, ...]
    first: Interval
    ranking: Interval
    incomplete: tuple[str, ...]


class NoMeeting(StrEnum):
    """Why two terrains meet at no weight, or at no single one."""

    SAME = "same"  # level whatever the weight
    PARALLEL = "parallel"  # the weight leaves their gap as it is
    AHEAD = "ahead"  # the gap changes, and one of them is ahead at every weight


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where two terrains are level.

    Attributes
    ----------
    code, present
        The weight that moves, and its present share (0..1).
    share, weight
        Where they are level: as a share of the group and as a weight (``None`` at share 1, which no
        weight reaches). Both ``None`` if there is no such place, ``reason`` saying why.
    below, above
        The terrain ahead at a smaller weight and at a greater one; ``None`` where there is no
        smaller or greater one, or they are level.

    """

    code: str
    present: Fraction
    share: Fraction | None
    weight: Fraction | None
    below: str | None
    above: str | None
    reason: NoMeeting | None = None


def stability(grid: Grid, table: Alternatives, weights: Weights, code: str) -> Stability:
    """Return how far one weight can move before the first place, or the ranking, changes.

    Parameters
    ----------
    grid, table, weights
        The terrains, and the weights they are ranked by; the incomplete ones are left aside.
    code
        A section (``"ect"``, ``"selection"``), a pillar or a criterion.

    Raises
    ------
    DomainError
        As :func:`ect.domain.weight_lines.weight_lines`.

    """
    return _stability(weight_lines(grid, table, weights, code), weights)


def stabilities(grid: Grid, table: Alternatives, weights: Weights) -> tuple[Stability, ...]:
    """Return the stability of every weight that can move, in the order of the grid.

    A weight whose group weighs nothing else has no share to change, and is left out.
    Complexity: O(n (m + log n)) for each weight.
    """
    lines = lines_of(grid, table, weights, movable_codes(grid, weights))
    return tuple(_stability(along, weights) for along in lines)


def break_even(grid: Grid, table: Alternatives, weights: Weights, code: str, a: str, b: str) -> BreakEven:
    """Return the weight at which two terrains are level, and which is ahead on either side.

    Raises
    ------
    DomainError
        As :func:`ect.domain.weight_lines.weight_lines`; ``"terrain_not_ranked"`` for a terrain that
        is incomplete or not there.

    """
    along = weight_lines(grid, table.only((a, b)), weights, code)
    by_terrain = {line.terrain: line for line in along.lines}
    for terrain in (a, b):
        if terrain not in by_terrain:
            raise DomainError("terrain_not_ranked", terrain=terrain)
    start = by_terrain[a].start - by_terrain[b].start
    end = by_terrain[a].end - by_terrain[b].end
    reason = _no_meeting(start, end)
    if reason:
        ahead = _ahead(start or end, a, b)
        return BreakEven(code, along.share, None, None, ahead, ahead, reason)
    share = start / (start - end)
    below, above = _ahead(start, a, b), _ahead(end, a, b)
    return BreakEven(code, along.share, share, along.weight(share), below, above)


def _no_meeting(start: Fraction, end: Fraction) -> NoMeeting | None:
    if start == end:
        return NoMeeting.PARALLEL if start else NoMeeting.SAME
    return NoMeeting.AHEAD if start * end > 0 else None


def _ahead(gap: Fraction, a: str, b: str) -> str | None:
    if not gap:
        return None
    return a if gap > 0 else b


def _stability(along: WeightLines, weights: Weights) -> Stability:
    totals = {line.terrain: line.at(along.share) for line in along.lines}
    ordered = sorted(along.lines, key=lambda line: -totals[line.terrain])
    winners = [line for line in ordered if totals[line.terrain] == totals[ordered[0].terrain]]
    rivals = ordered[len(winners) :]
    return Stability(
        code=along.code,
        share=along.share,
        weight=weights.of(along.code),
        winners=tuple(line.terrain for line in winners),
        first=_interval(along, [*pairwise(winners), *((winners[0], rival) for rival in rivals)]),
        # Where neighbours keep their order, all do.
        ranking=_interval(along, list(pairwise(ordered))),
        incomplete=along.incomplete,
    )


def _interval(along: WeightLines, pairs: Sequence[Pair]) -> Interval:
    meetings = [(share, pair) for pair in pairs for share in _meetings(pair)]
    low = max((share for share, _ in meetings if share <= along.share), default=Fraction())
    high = min((share for share, _ in meetings if share >= along.share), default=Fraction(1))
    return Interval(_bound(along, low, meetings), _bound(along, high, meetings))


def _meetings(pair: Pair) -> Iterable[Fraction]:
    """Yield the share at which a pair meets, if it does and is not level everywhere."""
    start, end = (pair[0].start - pair[1].start), (pair[0].end - pair[1].end)
    if start != end and start * end <= 0:
        yield start / (start - end)


def _bound(along: WeightLines, share: Fraction, meetings: Iterable[tuple[Fraction, Pair]]) -> Bound:
    meeting = tuple((ahead.terrain, behind.terrain) for at, (ahead, behind) in meetings if at == share)
    return Bound(share, along.weight(share), meeting)
