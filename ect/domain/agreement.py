"""How far the participants agree on one criterion: the distribution of their levels, the consensus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, log2
from statistics import median

from ect.domain.grid import TOP_LEVEL, Grid
from ect.domain.rating import Answer, Rating, check_rating


@dataclass(frozen=True, slots=True)
class Distribution:
    """The answers one criterion of one terrain received.

    ``counts`` maps each level the criterion allows (0, 1, 2; halves for a selection criterion), in
    ascending order, to how many participants gave it, 0 included. ``unknown`` and ``abstained``
    count those who gave none; they are in no other figure. Where nobody gave a level, every figure
    but ``given`` is ``None``.
    """

    criterion: str
    counts: Mapping[Fraction, int]
    unknown: int = 0
    abstained: int = 0

    @property
    def given(self) -> int:
        """How many participants gave a level."""
        return sum(self.counts.values())

    @property
    def mean(self) -> Fraction | None:
        """The value of the criterion: the exact mean of the levels given (0..2)."""
        return _mean(self.counts) if self.given else None

    @property
    def median(self) -> Fraction | None:
        """The exact middle level, or the mean of the middle two (0..2)."""
        return Fraction(median(Counter(self.counts).elements())) if self.given else None

    @property
    def lowest(self) -> Fraction | None:
        """The lowest level given."""
        return min((level for level, count in self.counts.items() if count), default=None)

    @property
    def highest(self) -> Fraction | None:
        """The highest level given."""
        return max((level for level, count in self.counts.items() if count), default=None)

    @property
    def spread(self) -> Fraction | None:
        """The distance between the lowest and the highest level given (0..2)."""
        return None if self.lowest is None or self.highest is None else self.highest - self.lowest

    @property
    def consensus(self) -> float | None:
        """The :func:`consensus` of the levels given (0..1)."""
        return consensus(self.counts)


def distributions(grid: Grid, ratings: Iterable[Rating]) -> dict[str, Distribution]:
    """Group the ratings of one terrain by criterion: every criterion, in the order of the grid.

    Raises
    ------
    DomainError
        ``"criterion_unknown"`` or ``"level_out_of_range"`` for a rating the grid does not allow.

    """
    grouped: dict[str, list[Rating]] = defaultdict(list)
    for rating in ratings:
        check_rating(grid, rating)
        grouped[rating.criterion].append(rating)
    found = {}
    for criterion in grid:
        levels = Counter(rating.value for rating in grouped[criterion.code])
        kinds = Counter(rating.answer for rating in grouped[criterion.code])
        found[criterion.code] = Distribution(
            criterion=criterion.code,
            counts={level: levels[level] for level in criterion.answers},
            unknown=kinds[Answer.UNKNOWN],
            abstained=kinds[Answer.ABSTAIN],
        )
    return found


def consensus(counts: Mapping[Fraction, int]) -> float | None:
    """Return the consensus of Tastle and Wierman on the fixed scale 0..2.

    It is 1 + sum of p log2(1 - |x - mean| / 2) over the levels x given by a share p of the
    participants. The width is that of the scale, never that of the levels given.

    Parameters
    ----------
    counts
        How many participants gave each level (exact, 0..2).

    Returns
    -------
    float or None
        From 0 (one half at 0, the other at 2) to 1 (one level for all); .585 for halves at 1 and 2,
        .333 for thirds at 0, 1 and 2; ``None`` where nobody gave a level. The same counts give the
        same float, whatever their order.

    References
    ----------
    Tastle, W. J., & Wierman, M. J. (2007). Consensus and dissention: a measure of ordinal
    dispersion. International Journal of Approximate Reasoning, 45(3), 531-545.

    """
    given = sum(counts.values())
    if not given:
        return None
    mean = _mean(counts)
    terms = (
        count / given * log2(1 - abs(level - mean) / TOP_LEVEL) for level, count in counts.items() if count
    )
    return max(0.0, 1 + fsum(terms))


def _mean(counts: Mapping[Fraction, int]) -> Fraction:
    return sum((level * count for level, count in counts.items()), Fraction()) / sum(counts.values())
