"""Who rates lower or higher than the others: shown, never used to correct a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeVar

from ect.domain.errors import DomainError
from ect.domain.votes import Vote, levels_by_cell

Number = TypeVar("Number", Fraction, float)


@dataclass(frozen=True, slots=True)
class Severity:
    """How a participant rates beside the others, on the same cells.

    Attributes
    ----------
    participant
        Whose it is.
    difference
        Levels above the others (below, if negative); exact, -2..2 in a complete design.
    shrunk
        The same drawn towards 0, by so much as the data cannot tell it from chance: what is shown.
    shared
        How many of the participant's cells somebody else rates too.

    """

    participant: str
    difference: Fraction
    shrunk: float
    shared: int


def severities(votes: Iterable[Vote]) -> tuple[Severity, ...]:
    """Compare each participant with the others on the cells they share.

    The model is level = cell + participant + error, with cells (a criterion of a terrain) fixed and
    participants random. Over the cells that at least two of the P participants rate, m being how
    many rate a cell:

    - b_i is the sum over i's cells of (level - mean of the cell); L_ii the sum of (1 - 1/m), L_ij
      minus the sum of 1/m over the cells both rate.
    - The effects e solve L e = b and sum to 0; ``difference`` is e_i minus the mean of the others'
      effects, e_i P / (P - 1).
    - noise = residual sum of squares / (ratings - cells - P + 1); between = (e.b - (P - 1) noise) /
      trace L, at least 0 (Henderson's method 3).
    - ``shrunk`` is the same contrast of the effects that solve (L + noise / between I) e = b, the
      best linear unbiased predictor; 0 where between is 0.

    Where everybody rates all C cells, ``difference`` is the participant's mean minus the mean of
    the others' means, and ``shrunk`` is C / (C + noise / between) times it.

    Parameters
    ----------
    votes
        The votes of a meeting, of one terrain or several; answers without a level do not count.

    Returns
    -------
    tuple of Severity
        One for each participant who gave a level, in the order of their codes.

    Raises
    ------
    DomainError
        ``"severity_groups_apart"`` if the participants fall into ``groups`` (a tuple of tuples)
        that share no cell: nothing tells a severe group from a weak terrain;
        ``"severity_too_few_ratings"`` if the shared cells do not leave one degree of freedom.

    References
    ----------
    Henderson, C. R. (1953). Estimation of variance and covariance components. Biometrics, 9(2),
    226-252. Robinson, G. K. (1991). That BLUP is a good thing: the estimation of random effects.
    Statistical Science, 6(1), 15-32.

    """
    cells = list(levels_by_cell(votes).values())
    groups = _groups(cells)
    if len(groups) > 1:
        raise DomainError("severity_groups_apart", groups=groups)
    shared = [levels for levels in cells if len(levels) > 1]
    people = tuple(participant for group in groups for participant in group)
    freedom = sum(map(len, shared)) - len(shared) - len(people) + 1
    if not shared or freedom < 1:
        raise DomainError("severity_too_few_ratings")
    ties, excesses = _equations(people, shared)
    effects = _solve([[tie + 1 for tie in row] for row in ties], excesses)
    shrunk = _shrunk(ties, excesses, effects, _within(shared), freedom)
    contrast = Fraction(len(people), len(people) - 1)
    return tuple(
        Severity(
            participant=participant,
            difference=effects[i] * contrast,
            shrunk=shrunk[i] * float(contrast),
            shared=sum(participant in levels for levels in shared),
        )
        for i, participant in enumerate(people)
    )


def _groups(cells: Iterable[Mapping[str, Fraction]]) -> tuple[tuple[str, ...], ...]:
    groups: list[set[str]] = []
    for levels in cells:
        joined = set(levels).union(*(group for group in groups if group & levels.keys()))
        groups = [group for group in groups if not group & joined] + [joined]
    return tuple(sorted(tuple(sorted(group)) for group in groups))


def _equations(
    people: Sequence[str], shared: Sequence[Mapping[str, Fraction]]
) -> tuple[list[list[Fraction]], list[Fraction]]:
    """Return L and b of :func:`severities`; sums are in integers, for speed."""
    unit = lcm(*map(len, shared))
    place = {participant: i for i, participant in enumerate(people)}
    ties = [[0] * len(people) for _ in people]
    excesses = [Fraction() for _ in people]
    for levels in shared:
        part, mean = unit // len(levels), sum(levels.values(), Fraction()) / len(levels)
        places = [place[participant] for participant in levels]
        for i, level in zip(places, levels.values(), strict=True):
            excesses[i] += level - mean
            ties[i][i] += unit
            for j in places:
                ties[i][j] -= part
    return [[Fraction(tie, unit) for tie in row] for row in ties], excesses


def _within(shared: Iterable[Mapping[str, Fraction]]) -> Fraction:
    """Return the sum of the squared distances of levels from the mean of their cell."""
    total = Fraction()
    for levels in shared:
        points = sum(levels.values(), Fraction())
        total += sum(level * level for level in levels.values()) - points * points / len(levels)
    return total


def _shrunk(
    ties: Sequence[Sequence[Fraction]],
    excesses: Sequence[Fraction],
    effects: Sequence[Fraction],
    within: Fraction,
    freedom: int,
) -> list[float]:
    explained = sum((e * b for e, b in zip(effects, excesses, strict=True)), Fraction())
    noise = (within - explained) / freedom
    between = (explained - (len(ties) - 1) * noise) / sum(ties[i][i] for i in range(len(ties)))
    if between <= 0:
        return [0.0 for _ in ties]
    ridge = float(noise / between)
    matrix = [[float(tie) + 1 + (i == j) * ridge for j, tie in enumerate(row)] for i, row in enumerate(ties)]
    return _solve(matrix, [float(excess) for excess in excesses])


def _solve(matrix: Sequence[Sequence[Number]], right: Sequence[Number]) -> list[Number]:
    """Eliminate without looking for pivots, on L + 1 everywhere (+ a ridge).

    L is a Laplacian: positive semi-definite, with equal effects alone in its kernel while the
    participants are connected. With 1 added everywhere it is positive definite, and as b sums to 0
    the solution sums to 0.
    """
    rows, values = [list(row) for row in matrix], list(right)
    for i, own in enumerate(rows):
        for j in range(i + 1, len(rows)):
            share = rows[j][i] / own[i]
            rows[j] = [a - share * b for a, b in zip(rows[j], own, strict=True)]
            values[j] -= share * values[i]
    for i in reversed(range(len(rows))):
        values[i] /= rows[i][i]
        for j in range(i):
            values[j] -= rows[j][i] * values[i]
    return values
