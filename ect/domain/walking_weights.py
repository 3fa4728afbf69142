"""A weight walked from nothing to everything: each terrain's line, where lines cross, who is first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.weight_lines import Line, WeightLines, weight_lines
from ect.domain.weights import Weights


@dataclass(frozen=True, slots=True)
class Crossing:
    """A place where terrains are level that are not level everywhere.

    ``share`` is on 0..1, ``weight`` the same as a weight (``None`` at share 1). Each of ``groups``
    holds the terrains that are level there at one total, two or more, in the order of the lines;
    the groups come from the highest total down.
    """

    share: Fraction
    weight: Fraction | None
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Reign:
    """A range of shares, ``low < high``, all along which the same terrains are first, level with each other.

    At both ends they are first still, with those of the next range; who is level with them at a
    single share only is in the crossings. Weights are ``None`` at share 1.
    """

    low: Fraction
    high: Fraction
    low_weight: Fraction | None
    high_weight: Fraction | None
    terrains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """What happens along one weight.

    ``along`` holds the straight lines to draw, share 0 to share 1. ``crossings`` are in the order of
    the shares; ``reigns`` cover 0..1 without a gap (none where no terrain is complete).
    """

    along: WeightLines
    crossings: tuple[Crossing, ...]
    reigns: tuple[Reign, ...]


def walking_weights(
    grid: Grid, table: Alternatives, weights: Weights, code: str, among: Collection[str] | None = None
) -> Walk:
    """Walk one weight from no share of its group to all of it, the others keeping their ratios.

    Parameters
    ----------
    grid, table, weights
        The terrains, and the weights they are ranked by; the incomplete ones are left aside.
    code
        A section (``"ect"``, ``"selection"``), a pillar or a criterion.
    among
        The terrains whose crossings are wanted; all if absent. Lines and reigns are of all of them.

    Returns
    -------
    Walk
        Exact. Crossings take O(k^2) for k different lines among those asked for, reigns O(n) each.

    Raises
    ------
    DomainError
        As :func:`ect.domain.weight_lines.weight_lines`.

    """
    along = weight_lines(grid, table, weights, code)
    wanted = [line for line in along.lines if among is None or line.terrain in among]
    return Walk(along, _crossings(along, wanted), _reigns(along))


def _crossings(along: WeightLines, lines: Sequence[Line]) -> tuple[Crossing, ...]:
    same: dict[tuple[int, int], list[str]] = defaultdict(list)
    scale = lcm(*(total.denominator for line in lines for total in (line.start, line.end)))
    for line in lines:
        same[int(line.start * scale), int(line.end * scale)].append(line.terrain)
    ends = list(same)
    meeting: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for place, (start, end) in enumerate(ends):
        for rival in ends[place + 1 :]:
            before, after = start - rival[0], end - rival[1]
            if before * after <= 0:
                share = Fraction(before, before - after)
                meeting[share.numerator, share.denominator] |= {(start, end), rival}
    order = {line.terrain: place for place, line in enumerate(lines)}
    shares = sorted((Fraction(*share), met) for share, met in meeting.items())
    return tuple(Crossing(s, along.weight(s), _level(s, met, same, order)) for s, met in shares)


def _level(
    share: Fraction,
    met: Collection[tuple[int, int]],
    same: dict[tuple[int, int], list[str]],
    order: dict[str, int],
) -> tuple[tuple[str, ...], ...]:
    by_total: dict[Fraction, list[str]] = defaultdict(list)
    for start, end in met:
        by_total[start + (end - start) * share] += same[start, end]
    return tuple(tuple(sorted(by_total[total], key=order.__getitem__)) for total in sorted(by_total)[::-1])


def _reigns(along: WeightLines) -> tuple[Reign, ...]:
    reigns, low = [], Fraction()
    while along.lines and low < 1:
        # First at this share and right after it: of those level here, the one that rises most.
        first = max(along.lines, key=lambda line: (line.at(low), line.end - line.start))
        high = min((share for line in along.lines for share in _overtaking(line, first, low)), default=None)
        high = Fraction(1) if high is None else high
        terrains = tuple(x.terrain for x in along.lines if (x.start, x.end) == (first.start, first.end))
        reigns.append(Reign(low, high, along.weight(low), along.weight(high), terrains))
        low = high
    return tuple(reigns)


def _overtaking(line: Line, first: Line, after: Fraction) -> tuple[Fraction, ...]:
    """Return where (if anywhere before share 1) a line rises above the first one's."""
    behind, ahead = first.start - line.start, line.end - first.end
    if ahead <= 0:
        return ()
    share = behind / (behind + ahead)
    return (share,) if share > after else ()
