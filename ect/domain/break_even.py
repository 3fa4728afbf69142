"""Where two terrains tie: the weight of the ECT, or the score of one of them, at which they do."""

from __future__ import annotations

from fractions import Fraction

from ect.domain.grid import Grid
from ect.domain.scoring import Score


def ect_factor_of_tie(one: Score, other: Score) -> Fraction | None:
    """Return the multiplier of the ECT (above 0) at which two complete terrains have one total.

    Below it the order is one, above it the other. ``None`` if no multiplier makes them tie, or if
    every one does.
    """
    ect = one.ect.low - other.ect.low
    selection = one.selection_total.low - other.selection_total.low
    if not ect or not selection or (ect > 0) == (selection > 0):
        return None
    return -selection / ect


def ect_to_equal(grid: Grid, own: Score, rival: Score) -> Fraction | None:
    """Return the ECT score (0..8) at which a terrain ties with a rival, all else as it is.

    ``None`` if no ECT score does.
    """
    needed = (rival.total.low - own.selection_total.low) / grid.ect_factor
    return needed if 0 <= needed <= grid.ect_maximum else None


def outweighs_a_criterion(leader: Score, second: Score) -> bool:
    """Tell whether a gap is more than any one selection criterion of one terrain can make up for."""
    gap = leader.total.low - second.total.low
    rise = max((2 - part.measure.low) * part.weight for part in second.selection)
    fall = max(part.measure.low * part.weight for part in leader.selection)
    return gap > max(rise, fall)
