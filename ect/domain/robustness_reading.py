"""What the draws mean for a committee: terrains that cannot be told apart, and which doubt matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.robustness import Robustness, robustness
from ect.domain.uncertainty import Doubt, Settings
from ect.domain.votes import Vote
from ect.domain.weights import Weights

CERTAIN = 0.95


@dataclass(frozen=True, slots=True)
class Movement:
    """What one source of uncertainty does by itself.

    Attributes
    ----------
    doubt
        The source.
    unseated
        The share (0..1) of its draws in which the terrain that is first as things stand is not (of
        several level ones, the one that stays first most often).
    shift
        The mean distance (0 or more) between a terrain's rank as things stand and its mean rank.

    """

    doubt: Doubt
    unseated: float
    shift: float


def tiers(found: Robustness, certain: float = CERTAIN) -> tuple[tuple[str, ...], ...]:
    """Return the best terrains in groups that cannot be told apart, the best group first.

    The terrains are taken by mean rank. One group ends and the next begins wherever every terrain
    above is ahead of every terrain below in at least ``certain`` (0.5..1) of the draws: two terrains
    of different groups can always be told apart, two of one group may be linked through others only.
    Only the terrains of ``found.duels`` are grouped, 30 at the most.
    """
    ordered = [one.terrain for one in found.terrains if one.terrain in found.duels]
    ends = [end for end in range(1, len(ordered)) if _told_apart(found, ordered, end, certain)]
    return tuple(
        tuple(ordered[start:end])
        for start, end in zip([0, *ends], [*ends, len(ordered)], strict=True)
        if ordered
    )


def _told_apart(found: Robustness, ordered: Sequence[str], end: int, certain: float) -> bool:
    return all(found.beat(above, below) >= certain for above in ordered[:end] for below in ordered[end:])


def movements(
    grid: Grid,
    table: Alternatives,
    weights: Weights,
    found: Robustness,
    votes: Iterable[Vote] = (),
) -> tuple[Movement, ...]:
    """Draw each source that had something to draw by itself, and return what it moves, the most first.

    Where weights move little and ratings much, the committee discusses ratings, not weights. Every
    source is compared over the same terrains: where ``found`` drew unknown levels, they are at their
    middle while another source is drawn, and as things stand.
    """
    votes = tuple(votes)
    settled = _settled(table) if Doubt.UNKNOWN in found.settings.doubts else table
    still = _alone(grid, settled, weights, found.settings, votes, frozenset())
    stands = {one.terrain: one.expected_rank for one in still.terrains}
    leaders = [terrain for terrain, place in stands.items() if place == 1]
    moved = []
    for doubt in Doubt:
        if doubt in found.effective:
            drawn = table if doubt is Doubt.UNKNOWN else settled
            own = _alone(grid, drawn, weights, found.settings, votes, frozenset({doubt}))
            moved.append(_movement(doubt, own, stands, leaders))
    return tuple(sorted(moved, key=lambda movement: (-movement.unseated, -movement.shift)))


def _settled(table: Alternatives) -> Alternatives:
    """Put what is unknown at its middle."""
    rows = tuple(tuple(Fraction(1) if x is None else x for x in row) for row in table.values)
    return replace(table, values=rows)


def _alone(
    grid: Grid,
    table: Alternatives,
    weights: Weights,
    settings: Settings,
    votes: tuple[Vote, ...],
    doubts: frozenset[Doubt],
) -> Robustness:
    draws = settings.draws if doubts else 1
    return robustness(grid, table, weights, replace(settings, doubts=doubts, draws=draws), votes)


def _movement(doubt: Doubt, found: Robustness, stands: dict[str, float], leaders: list[str]) -> Movement:
    kept = [one.first for one in found.terrains if one.terrain in leaders]
    shifts = [abs(one.expected_rank - stands[one.terrain]) for one in found.terrains]
    return Movement(doubt=doubt, unseated=1 - max(kept), shift=sum(shifts) / len(shifts))
