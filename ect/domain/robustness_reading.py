"""What the draws mean for a committee: terrains that cannot be told apart, and which doubt matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

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

    Taken by mean rank, a terrain is in the group of the one before unless every terrain of that
    group is ahead of it in at least ``certain`` (0.5..1) of the draws. Only the terrains of
    ``found.duels`` are grouped, 30 at the most.
    """
    groups: list[list[str]] = []
    for one in found.terrains:
        if one.terrain not in found.duels:
            continue
        if groups and any(found.beat(better, one.terrain) < certain for better in groups[-1]):
            groups[-1].append(one.terrain)
        else:
            groups.append([one.terrain])
    return tuple(map(tuple, groups))


def movements(
    grid: Grid,
    table: Alternatives,
    weights: Weights,
    found: Robustness,
    votes: Iterable[Vote] = (),
) -> tuple[Movement, ...]:
    """Draw each source that had something to draw by itself, and return what it moves, the most first.

    Where weights move little and ratings much, the committee discusses ratings, not weights.
    """
    votes = tuple(votes)
    still = _alone(grid, table, weights, found.settings, votes, frozenset())
    stands = {one.terrain: one.expected_rank for one in still.terrains}
    leaders = [terrain for terrain, place in stands.items() if place == 1]
    moved = [
        _movement(
            doubt, _alone(grid, table, weights, found.settings, votes, frozenset({doubt})), stands, leaders
        )
        for doubt in Doubt
        if doubt in found.effective
    ]
    return tuple(sorted(moved, key=lambda movement: (-movement.unseated, -movement.shift)))


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
    compared = [one for one in found.terrains if one.terrain in stands]
    kept = [one.first for one in found.terrains if one.terrain in leaders]
    shifts = [abs(one.expected_rank - stands[one.terrain]) for one in compared]
    return Movement(
        doubt=doubt,
        unseated=max(0.0, 1 - max(kept)) if kept else 0.0,
        shift=sum(shifts) / len(shifts) if shifts else 0.0,
    )
