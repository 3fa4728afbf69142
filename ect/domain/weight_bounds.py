"""Bounds on weights: the best weighting within them, and weights back from what a point is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ect.domain.errors import DomainError
from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.weight_lines import siblings_of, weight_codes
from ect.domain.weights import ECT, SELECTION, Weights

# By code, the least and the greatest weight; every code of :func:`weight_codes` has its own.
Bounds = Mapping[str, tuple[Fraction, Fraction]]


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


def check_bounds(grid: Grid, bounds: Bounds) -> None:
    """Refuse bounds that hold no weight; ``DomainError("weight_bounds_empty")`` names the entry."""
    for code in weight_codes(grid):
        if not 0 <= bounds[code][0] <= bounds[code][1]:
            raise DomainError("weight_bounds_empty", entry=code)


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


def weights_of(grid: Grid, bounds: Bounds, points: Mapping[str, Fraction]) -> Weights:
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


def weights_near(bounds: Bounds, weights: Weights, denominator: int) -> Weights:
    """Return weights within bounds that are close, in plainer fractions."""

    def plain(code: str) -> Fraction:
        low, high = bounds[code]
        return min(max(weights.of(code).limit_denominator(denominator), low), high)

    return Weights(plain(ECT), plain(SELECTION), {code: plain(code) for code in weights.relative})


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


def _scaled(group: Mapping[str, Fraction], bounds: Bounds) -> dict[str, Fraction]:
    """Return a group's weights in these ratios and within bounds, close to the middle of these."""
    if not any(group.values()):
        return {code: bounds[code][1] for code in group}
    least = max(bounds[code][0] / part for code, part in group.items() if part)
    most = min(bounds[code][1] / part for code, part in group.items() if part)
    middle = sum((sum(bounds[code], Fraction()) for code in group), Fraction()) / 2 / sum(group.values())
    return {code: part * min(max(middle, least), most) for code, part in group.items()}
