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

    ``values`` (0..2) holds ``None`` for a terrain that is unknown there; ``effect`` is how many
    points of total lie between the best and the worst known value.
    """

    code: str
    values: Mapping[str, Fraction | None]
    effect: Fraction


def check_selection(terrains: tuple[str, ...]) -> None:
    """Refuse fewer than 2 or more than 6 terrains: ``DomainError("comparison_size")``."""
    if not FEWEST <= len(terrains) <= MOST:
        raise DomainError("comparison_size", found=len(terrains), fewest=FEWEST, most=MOST)


def differences(scores: Mapping[str, Score]) -> tuple[Difference, ...]:
    """Compare terrains line by line, in the order of the grid.

    A pillar is compared by its criteria where at least two terrains have some, and by its mean
    otherwise (published profiles have no criteria).
    """
    lines: list[Difference] = []
    for parts in zip(*(score.columns for score in scores.values()), strict=True):
        by_terrain = dict(zip(scores, parts, strict=True))
        lines.extend(_column_lines(by_terrain))
    return tuple(lines)


def _column_lines(parts: Mapping[str, Part]) -> list[Difference]:
    detailed = {t: part for t, part in parts.items() if any(c.measure.known for c in part.criteria)}
    if len(detailed) < FEWEST:
        return [_difference(parts)]
    rows = zip(*(part.criteria for part in parts.values()), strict=True)
    return [_difference(dict(zip(parts, row, strict=True))) for row in rows]


def _difference(parts: Mapping[str, Part]) -> Difference:
    values = {terrain: part.measure.value for terrain, part in parts.items()}
    known = [value for value in values.values() if value is not None]
    first = next(iter(parts.values()))
    spread = max(known) - min(known) if known else Fraction()
    return Difference(code=first.code, values=values, effect=spread * first.weight)
