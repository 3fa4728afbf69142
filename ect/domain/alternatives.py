"""Terrains laid side by side, criterion by criterion: what every analysis of a decision reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.grid import Grid
from ect.domain.scoring import Profile, check_profile
from ect.domain.weights import Weights, point_weights


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Terrains (n of them, in a fixed order) x criteria (m, in the order of the grid).

    Attributes
    ----------
    terrains, criteria
        The codes of rows and columns.
    values
        n tuples of m exact values on 0..2, ``None`` where unknown.
    by_mean
        The cells (terrain, criterion) that only repeat the published mean of their pillar: there is
        no level of that criterion to change.

    """

    terrains: tuple[str, ...]
    criteria: tuple[str, ...]
    values: tuple[tuple[Fraction | None, ...], ...]
    by_mean: frozenset[tuple[str, str]] = frozenset()

    @property
    def complete(self) -> Alternatives:
        """The terrains of which nothing is unknown."""
        return self.only([t for t, row in zip(self.terrains, self.values, strict=True) if _known(row)])

    @property
    def incomplete(self) -> tuple[str, ...]:
        """The terrains something is unknown of."""
        return tuple(t for t, row in zip(self.terrains, self.values, strict=True) if not _known(row))

    def only(self, terrains: Sequence[str]) -> Alternatives:
        """Return the rows of these terrains, in the order they had."""
        wanted = set(terrains)
        kept = [place for place, terrain in enumerate(self.terrains) if terrain in wanted]
        return Alternatives(
            terrains=tuple(self.terrains[place] for place in kept),
            criteria=self.criteria,
            values=tuple(self.values[place] for place in kept),
            by_mean=frozenset(cell for cell in self.by_mean if cell[0] in wanted),
        )

    def totals(self, grid: Grid, weights: Weights) -> dict[str, Fraction]:
        """Return the exact total (0..maximum) of each complete terrain under these weights."""
        points = point_weights(grid, weights)
        worth = [points[code] for code in self.criteria]
        return {
            terrain: sum((w * x for w, x in zip(worth, row, strict=True) if x), Fraction())
            for terrain, row in zip(self.terrains, self.values, strict=True)
            if _known(row)
        }


def alternatives(grid: Grid, profiles: Mapping[str, Profile]) -> Alternatives:
    """Lay profiles side by side, those known by pillar means and those known by criteria alike.

    A published pillar mean stands in each of the pillar's criteria: whatever these weigh, the pillar
    keeps its mean. What is absent is ``None``.

    Raises
    ------
    DomainError
        As :func:`ect.domain.scoring.score`, for a profile the grid does not allow.

    """
    rows, by_mean = [], set()
    for terrain, profile in profiles.items():
        check_profile(grid, profile)
        spread = dict(profile)
        for pillar in grid.pillars:
            if pillar.code in profile:
                of_pillar = [criterion.code for criterion in pillar.criteria]
                spread |= dict.fromkeys(of_pillar, profile[pillar.code])
                by_mean |= {(terrain, code) for code in of_pillar}
        rows.append(tuple(spread.get(criterion.code) for criterion in grid))
    codes = tuple(criterion.code for criterion in grid)
    return Alternatives(tuple(profiles), codes, tuple(rows), frozenset(by_mean))


def _known(row: Sequence[Fraction | None]) -> bool:
    # By identity: a fraction takes long to say that it does not equal None.
    return all(value is not None for value in row)
