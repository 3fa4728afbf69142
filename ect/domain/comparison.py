"""What tells terrains apart: pillar by pillar, and criterion by criterion where both are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.errors import DomainError
from ect.domain.scoring import Part, Score

FEWEST, MOST = 2, 6


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a comparison.

    ``values`` (0..2) holds ``None`` for a terrain that is unknown there; ``effect`` (0 or more) is
    how many points of total lie between the best and the worst known value. The effect of a pillar
    contains those of its criteria: effects are read one by one, never summed.
    """

    code: str
    values: Mapping[str, Fraction | None]
    effect: Fraction


def check_selection(terrains: tuple[str, ...]) -> None:
    """Refuse fewer than 2 or more than 6 different terrains: ``DomainError("comparison_size")``."""
    found = len(set(terrains))
    if not FEWEST <= found <= MOST:
        raise DomainError("comparison_size", found=found, fewest=FEWEST, most=MOST)


def differences(scores: Mapping[str, Score]) -> tuple[Difference, ...]:
    """Compare terrains, all scored on the same grid, line by line in the order of the grid.

    A pillar is compared by its criteria where at least two terrains have some. It is compared by
    its mean where fewer have, and also where a terrain is known by its mean only (published
    profiles have no criteria), so that nothing known is left out.
    """
    lines: list[Difference] = []
    for parts in zip(*(score.columns for score in scores.values()), strict=True):
        by_terrain = dict(zip(scores, parts, strict=True))
        lines.extend(_column_lines(by_terrain))
    return tuple(lines)


def _column_lines(parts: Mapping[str, Part]) -> list[Difference]:
    known = [part for part in parts.values() if part.measure.known]
    detailed = [part for part in known if any(c.measure.known for c in part.criteria)]
    if len(detailed) < FEWEST:
        return [_difference(parts)]
    rows = zip(*(part.criteria for part in parts.values()), strict=True)
    by_criterion = [_difference(dict(zip(parts, row, strict=True))) for row in rows]
    return by_criterion if len(detailed) == len(known) else [_difference(parts), *by_criterion]


def _difference(parts: Mapping[str, Part]) -> Difference:
    values = {terrain: part.measure.value for terrain, part in parts.items()}
    known = [value for value in values.values() if value is not None]
    first = next(iter(parts.values()))
    spread = max(known) - min(known) if known else Fraction()
    return Difference(code=first.code, values=values, effect=spread * first.weight)
