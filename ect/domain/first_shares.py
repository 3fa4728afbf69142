"""In what part of all weightings each terrain is first: exact volumes of polytopes.

The weights of the groups (four pillars and the selection: what each may bring of the maximum) sum to
1. A terrain is first on the weights where no rival beats it: a polytope of dimension 4 for 5 groups,
found by clipping the simplex, cut into simplices from one of its vertices, and measured by
determinants, all in integers. Sources: Lahdelma & Salminen 2001 (first rank acceptability); Cohen &
Hickey 1979 (triangulation).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm, prod
from operator import mul

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.weights import SELECTION, Weights, pillar_weights, shares_of

Range = tuple[Fraction, Fraction]
Form = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FirstShares:
    """How much of the weightings each complete terrain is first on.

    Attributes
    ----------
    bounds
        By group (each pillar's code, and ``"selection"``), the shares of the maximum considered.
    shares
        By complete terrain, the exact part (0..1) of the volume on which it is first; they sum to 1
        (none if no terrain is complete). Terrains alike on every group share what they win equally.
    incomplete
        The terrains left aside, something being unknown of them.

    """

    bounds: Mapping[str, Range]
    shares: Mapping[str, Fraction]
    incomplete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Vertex:
    """A vertex in homogeneous barycentric coordinates, and the constraints it lies on."""

    at: Form
    on: frozenset[int]


def first_shares(
    grid: Grid, table: Alternatives, weights: Weights, spread: Fraction | None = None
) -> FirstShares:
    """Return the exact part of the group weightings on which each terrain is first.

    Inside a pillar and inside the selection the criteria keep their weights. All weightings of the
    groups count alike (a flat distribution over the simplex): without ``spread`` the ECT brings 4/5 of
    the maximum on average, whatever the committee gives it, so that a spread is the fairer question.

    Parameters
    ----------
    grid, table, weights
        The terrains, and the committee's weights; the incomplete terrains are left aside.
    spread
        How far (relative, 0 or more) each group's share of the maximum may be from the committee's;
        anywhere in 0..1 if absent.

    Raises
    ------
    DomainError
        ``"spread_out_of_range"`` for a negative spread; as :func:`ect.domain.weights.point_weights`.

    """
    if spread is not None and spread < 0:
        raise DomainError("spread_out_of_range", value=spread)
    complete = table.complete
    bounds = {code: _around(share, spread) for code, share in group_shares(grid, weights).items()}
    shares = volume_shares(group_values(grid, complete, weights), list(bounds.values()))
    return FirstShares(bounds, dict(zip(complete.terrains, shares, strict=True)), table.incomplete)


def group_shares(grid: Grid, weights: Weights) -> dict[str, Fraction]:
    """Return what part (0..1, summing to 1) of the maximum each pillar, and the selection, brings."""
    pillars = {
        code: points * TOP_LEVEL / grid.maximum for code, points in pillar_weights(grid, weights).items()
    }
    return {**pillars, SELECTION: 1 - sum(pillars.values(), Fraction())}


def group_values(grid: Grid, complete: Alternatives, weights: Weights) -> tuple[tuple[Fraction, ...], ...]:
    """Return the weighted mean (0..2) of each terrain on each pillar, then on the selection."""
    groups = [(pillar.criteria, pillar.code) for pillar in grid.pillars] + [(grid.selection, SELECTION)]
    inside = [shares_of(criteria, weights, code) for criteria, code in groups]
    rows = [dict(zip(complete.criteria, row, strict=True)) for row in complete.values]
    return tuple(
        tuple(sum((share * (row[c] or 0) for c, share in shares.items()), Fraction()) for shares in inside)
        for row in rows
    )


def volume_shares(values: Sequence[Sequence[Fraction]], bounds: Sequence[Range]) -> tuple[Fraction, ...]:
    """Return the exact part of the weights on which each row has the greatest weighted sum.

    Parameters
    ----------
    values
        n rows of g exact values.
    bounds
        The g ranges of the weights, which sum to 1 (a range may be a single value: the weights then
        have fewer dimensions).

    Returns
    -------
    tuple of Fraction
        n parts (0..1) of the volume, which sum to 1; rows that are equal at all of the weights share
        equally what they win, those equal on a set without volume lose nothing by it.

    Raises
    ------
    DomainError
        ``"weight_bounds_empty"`` if no weights within the bounds sum to 1.

    """
    free, forms = _forms(values, _tightened(bounds))
    start = _simplex(len(free))
    for place, (low, high) in enumerate(free):
        start = _clipped(start, _bound_form(place, len(free), low, 1), len(free) + 2 * place)
        start = _clipped(start, _bound_form(place, len(free), high, -1), len(free) + 2 * place + 1)
    alike: dict[Form, list[int]] = defaultdict(list)
    for row, form in enumerate(forms):
        alike[tuple(_dot(form, vertex.at) for vertex in start)].append(row)
    # The strongest rivals first: most terrains are then seen to be beaten after a few cuts.
    classes = sorted(
        alike, key=lambda ends: -sum(Fraction(e, sum(v.at)) for e, v in zip(ends, start, strict=True))
    )
    volumes = _volumes([forms[alike[ends][0]] for ends in classes], start)
    whole = _volume(start)
    shares = [Fraction()] * len(values)
    for ends, volume in zip(classes, volumes, strict=True):
        for row in alike[ends]:
            shares[row] = volume / whole / len(alike[ends])
    return tuple(shares)


def _around(share: Fraction, spread: Fraction | None) -> Range:
    if spread is None:
        return Fraction(), Fraction(1)
    return max(share * (1 - spread), Fraction()), min(share * (1 + spread), Fraction(1))


def _tightened(bounds: Sequence[Range]) -> list[Range]:
    """Return the ranges each weight really has, the others being within theirs."""
    lows, highs = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    tight = [(max(low, 1 - highs + high), min(high, 1 - lows + low)) for low, high in bounds]
    if any(low > high for low, high in tight):
        raise DomainError("weight_bounds_empty")
    return tight


def _forms(values: Sequence[Sequence[Fraction]], bounds: Sequence[Range]) -> tuple[list[Range], list[Form]]:
    """Return the ranges of the free weights, as parts of what is free, and each row's sum as a form.

    The free weights are written R b, R being what the fixed ones leave and b summing to 1.
    """
    heaviest = max(range(len(bounds)), key=lambda place: bounds[place])
    places = [place for place, (low, high) in enumerate(bounds) if low < high] or [heaviest]
    left = 1 - sum((low for place, (low, _) in enumerate(bounds) if place not in places), Fraction())
    exact = [
        [
            sum((low * row[p] for p, (low, _) in enumerate(bounds) if p not in places), Fraction())
            + left * row[place]
            for place in places
        ]
        for row in values
    ]
    common = lcm(*(x.denominator for row in exact for x in row))
    free = [(bounds[place][0] / left, bounds[place][1] / left) for place in places]
    return free, [tuple(int(x * common) for x in row) for row in exact]


def _simplex(size: int) -> list[_Vertex]:
    return [
        _Vertex(tuple(int(j == i) for j in range(size)), frozenset(j for j in range(size) if j != i))
        for i in range(size)
    ]


def _bound_form(place: int, size: int, bound: Fraction, side: int) -> Form:
    """Return the form that is 0 or more where a coordinate is on this side (1 above, -1 below)."""
    return tuple(side * (bound.denominator * (other == place) - bound.numerator) for other in range(size))


def _clipped(vertices: list[_Vertex], form: Form, constraint: int) -> list[_Vertex]:
    """Return the part of a polytope where a form is 0 or more; no vertex if that has no volume."""
    heights = [_dot(form, vertex.at) for vertex in vertices]
    if min(heights, default=0) >= 0 and any(heights):
        return vertices
    if max(heights, default=0) <= 0:
        return vertices if len(vertices) == 1 and not any(heights) else []
    sides = list(zip(vertices, heights, strict=True))
    kept = [vertex for vertex, height in sides if height > 0]
    kept += [_Vertex(v.at, v.on | {constraint}) for v, height in sides if height == 0]
    for above, up in sides:
        for below, down in sides:
            if up > 0 > down and _are_neighbours(above, below, vertices):
                at = _reduced([up * y - down * x for x, y in zip(above.at, below.at, strict=True)])
                kept.append(_Vertex(at, (above.on & below.on) | {constraint}))
    return kept


def _are_neighbours(one: _Vertex, other: _Vertex, vertices: Sequence[_Vertex]) -> bool:
    """Tell whether an edge joins two vertices: no third one lies on all they both lie on."""
    both = one.on & other.on
    return len(both) >= len(one.at) - 2 and not any(
        both <= third.on for third in vertices if third is not one and third is not other
    )


def _volumes(forms: Sequence[Form], start: list[_Vertex]) -> list[Fraction]:
    """Return the volume on which each form is greatest; no two are alike on the whole polytope."""
    beaten: set[int] = set()
    volumes = []
    for place, form in enumerate(forms):
        region = start
        for rival, other in enumerate(forms):
            # Where one that is first nowhere is ahead, another is ahead of it.
            if region and rival != place and rival not in beaten:
                ahead = tuple(x - y for x, y in zip(form, other, strict=True))
                region = _clipped(region, ahead, -1 - rival)
        if not region:
            beaten.add(place)
        volumes.append(_volume(region))
    return volumes


def _volume(vertices: Sequence[_Vertex]) -> Fraction:
    """Return the volume in units of the simplex the coordinates are barycentric in."""
    if not vertices:
        return Fraction()
    dimension = len(vertices[0].at) - 1
    return sum(
        (
            Fraction(abs(_determinant([v.at for v in simplex])), prod(sum(v.at) for v in simplex))
            for simplex in _simplices(vertices, dimension)
        ),
        Fraction(),
    )


def _simplices(face: Sequence[_Vertex], dimension: int) -> Iterator[list[_Vertex]]:
    """Cut a face into simplices: its first vertex with those of each facet that is not on it.

    A face of less than ``dimension`` that slips in has simplices without volume. None has more: a
    facet leaves its face's first vertex out, so that at dimension 0 a single vertex is left.
    """
    if len(face) <= dimension + 1:
        if len(face) == dimension + 1:
            yield list(face)
        return
    apex, facets = face[0], set()
    for constraint in {c for vertex in face for c in vertex.on} - apex.on:
        facets.add(tuple(place for place, vertex in enumerate(face) if constraint in vertex.on))
    for facet in facets:
        for simplex in _simplices([face[place] for place in facet], dimension - 1):
            yield [apex, *simplex]


def _determinant(rows: Sequence[Form]) -> int:
    """Return the determinant of an integer matrix (Bareiss 1968: every division is exact)."""
    matrix, sign, previous = [list(row) for row in rows], 1, 1
    for step in range(len(matrix) - 1):
        pivot = next((row for row in range(step, len(matrix)) if matrix[row][step]), None)
        if pivot is None:
            return 0
        if pivot != step:
            matrix[step], matrix[pivot], sign = matrix[pivot], matrix[step], -sign
        top = matrix[step]
        for row in matrix[step + 1 :]:
            first = row[step]
            for place in range(step, len(row)):
                row[place] = (row[place] * top[step] - first * top[place]) // previous
        previous = top[step]
    return sign * matrix[-1][-1]


def _reduced(at: Sequence[int]) -> Form:
    common = gcd(*at)
    return tuple(x // common for x in at)


def _dot(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(map(mul, one, other))
