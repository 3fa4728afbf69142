"""How much each section, pillar and criterion counts, and what a point of each is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from ect.domain.errors import DomainError
from ect.domain.grid import Criterion, Grid, Pillar

ECT, SELECTION = "ect", "selection"


@dataclass(frozen=True, slots=True)
class Weights:
    """What a committee gives to each part of the grid.

    Attributes
    ----------
    ect, selection
        The multipliers of the two section scores (0 or more, exact): 2 and 1 in 2023.
    relative
        By code of a pillar or a criterion, its weight among its siblings (0 or more, exact); 1 if
        absent. The siblings of a pillar are the pillars, those of a criterion the criteria of its
        pillar, or the selection criteria. Only ratios count inside a group: a pillar that counts
        double takes from the other pillars, and the section counts for as much as before.

    Raises
    ------
    DomainError
        ``"weight_not_exact"`` for a float, ``"weight_negative"`` for less than 0,
        ``"weights_all_zero"`` if both multipliers are 0.

    """

    ect: Fraction
    selection: Fraction = Fraction(1)
    relative: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for code, weight in {ECT: self.ect, SELECTION: self.selection, **self.relative}.items():
            if not isinstance(weight, int | Fraction):
                raise DomainError("weight_not_exact", entry=code, value=weight)
            if weight < 0:
                raise DomainError("weight_negative", entry=code, value=weight)
        if not self.ect and not self.selection:
            raise DomainError("weights_all_zero", entry="grid")

    def of(self, code: str) -> Fraction:
        """Return the weight of a section, or of a pillar or criterion among its siblings."""
        if code in (ECT, SELECTION):
            return self.ect if code == ECT else self.selection
        return self.relative.get(code, Fraction(1))

    def having(self, code: str, weight: Fraction) -> Weights:
        """Return the weights with one of them changed."""
        if code == ECT:
            return replace(self, ect=weight)
        if code == SELECTION:
            return replace(self, selection=weight)
        return replace(self, relative={**self.relative, code: weight})


def published_weights(grid: Grid) -> Weights:
    """Return the weights of the published rule: ``ect_factor`` to 1, and all siblings alike."""
    return Weights(Fraction(grid.ect_factor))


def point_weights(grid: Grid, weights: Weights) -> dict[str, Fraction]:
    """Return how many points of the total one point (of 0..2) of each criterion is worth.

    The weights are scaled so that a terrain at 2 everywhere always has the grid's maximum (34): a
    total keeps its unit whatever counts for more. With the published weights a selection criterion
    is worth 1 and an ECT criterion 2/5.

    Returns
    -------
    dict
        One exact weight (0 or more) for each criterion, in the order of the grid; twice their sum is
        ``grid.maximum``.

    Raises
    ------
    DomainError
        ``"criterion_unknown"`` for a code the grid has not, ``"weights_all_zero"`` if every member
        of a group weighs 0.

    """
    pillars = pillar_weights(grid, weights)
    scale = _scale(grid, weights)
    points: dict[str, Fraction] = {}
    for pillar in grid.pillars:
        shares = shares_of(pillar.criteria, weights, pillar.code)
        points |= {code: pillars[pillar.code] * share for code, share in shares.items()}
    for code, share in shares_of(grid.selection, weights, SELECTION).items():
        points[code] = scale * weights.selection * share * len(grid.selection)
    return points


def pillar_weights(grid: Grid, weights: Weights) -> dict[str, Fraction]:
    """Return how many points of the total one point of each pillar's mean is worth (2 in 2023)."""
    _check_codes(grid, weights)
    scale = _scale(grid, weights) * weights.ect * len(grid.pillars)
    return {code: scale * share for code, share in shares_of(grid.pillars, weights, ECT).items()}


def shares_of(group: Iterable[Pillar | Criterion], weights: Weights, entry: str) -> dict[str, Fraction]:
    """Return the share (0..1, summing to 1) of each sibling; ``entry`` names the group in errors."""
    given = {member.code: weights.of(member.code) for member in group}
    whole = sum(given.values(), Fraction())
    if not whole:
        raise DomainError("weights_all_zero", entry=entry)
    return {code: weight / whole for code, weight in given.items()}


def _scale(grid: Grid, weights: Weights) -> Fraction:
    maximum = weights.ect * grid.ect_maximum + weights.selection * grid.selection_maximum
    return Fraction(grid.maximum) / maximum


def _check_codes(grid: Grid, weights: Weights) -> None:
    pillars = {pillar.code for pillar in grid.pillars}
    for code in weights.relative:
        if code not in pillars:
            grid.criterion(code)
