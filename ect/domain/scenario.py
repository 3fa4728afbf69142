"""A scenario: what is supposed of weights and levels, and how it is written in a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.scoring import Profile, score
from ect.domain.weights import ECT, SELECTION, Weights, point_weights, published_weights

# A link is read by everybody who is given it: what it may hold is bounded.
LINK_LIMIT, WEIGHT_LIMIT = 4000, 1000


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is supposed.

    Attributes
    ----------
    weights
        Every weight, supposed or not.
    levels
        By (terrain, criterion or published pillar), the supposed value, exact, on 0..2.

    """

    weights: Weights
    levels: Mapping[tuple[str, str], Fraction] = field(default_factory=lambda: MappingProxyType({}))

    def supposing(self, terrain: str, part: str, value: Fraction | None) -> Scenario:
        """Return the scenario with one level supposed, or no longer."""
        levels = {cell: level for cell, level in self.levels.items() if cell != (terrain, part)}
        if value is not None:
            levels[terrain, part] = value
        return replace(self, levels=levels)

    def profiles(self, profiles: Mapping[str, Profile]) -> dict[str, Profile]:
        """Return the profiles with the supposed levels in place of their own."""
        supposed: dict[str, Profile] = dict(profiles)
        for (terrain, part), value in self.levels.items():
            if terrain in supposed:
                supposed[terrain] = {**supposed[terrain], part: value}
        return supposed


def nothing_supposed(grid: Grid) -> Scenario:
    """Return the scenario of the published weights and of the levels as they are."""
    return Scenario(published_weights(grid))


def write_link(grid: Grid, scenario: Scenario) -> str:
    """Return what is supposed as a short text: ``ect=4~anchoring=2~sut/mirror=1``; empty if nothing."""
    usual = published_weights(grid)
    codes = (ECT, SELECTION, *scenario.weights.relative)
    parts = [f"{c}={scenario.weights.of(c)}" for c in codes if scenario.weights.of(c) != usual.of(c)]
    parts += [f"{terrain}/{part}={value}" for (terrain, part), value in sorted(scenario.levels.items())]
    return "~".join(parts)


def read_link(grid: Grid, profiles: Mapping[str, Profile], text: str) -> Scenario:
    """Return the scenario a link holds.

    Raises
    ------
    DomainError
        ``"scenario_unreadable"``, naming the part that is not understood.

    """
    if len(text) > LINK_LIMIT:
        raise DomainError("scenario_unreadable", part=text[:40])
    scenario = nothing_supposed(grid)
    for part in filter(None, text.split("~")):
        try:
            scenario = _with(grid, profiles, scenario, part)
            point_weights(grid, scenario.weights)
        except (DomainError, ValueError, ZeroDivisionError) as error:
            raise DomainError("scenario_unreadable", part=part[:40]) from error
    return scenario


def _with(grid: Grid, profiles: Mapping[str, Profile], scenario: Scenario, part: str) -> Scenario:
    target, _, written = part.partition("=")
    value = Fraction(written)
    terrain, slash, code = target.partition("/")
    if not slash:
        if value > WEIGHT_LIMIT:
            raise ValueError(written)
        return replace(scenario, weights=scenario.weights.having(target, value))
    changed = scenario.supposing(terrain, code, value)
    if terrain not in profiles:
        raise DomainError("terrain_unknown", terrain=terrain)
    score(grid, changed.profiles(profiles)[terrain])
    return changed
