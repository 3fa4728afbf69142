"""Before and after over several terrains: whether a change is more than chance, and how large it is.

Exact: sign-permutation Wilcoxon test, Hodges-Lehmann estimate with its exact interval, matched
rank-biserial correlation. Sources: Wilcoxon 1945; Hodges & Lehmann 1963; Hollander & Wolfe 1999 (3.1 to
3.3); Kerby 2014.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from statistics import median

from ect.domain.errors import DomainError

FIVE_PERCENT = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class Change:
    """What the pairs say.

    Attributes
    ----------
    pairs, moved
        How many pairs there are, and how many of them differ: only these count in the test.
    statistic
        The sum of the ranks of the rises, level ones sharing theirs.
    p_value
        Two-sided (0..1, exact), given the sizes of the changes, rise or fall being as likely for each.
    least_p
        The smallest two-sided p-value that many pairs could have: with 5 or fewer it is above .05.
    estimate
        Hodges-Lehmann: the median of the means of any two changes, each with itself too.
    interval
        The changes that are compatible at ``confidence``; ``None`` where no interval is sure enough.
    confidence
        What the interval reaches (at least what was asked; 0..1); ``None`` without an interval.
    effect
        Matched rank-biserial correlation (-1..1): the share of ranks that rise less that falls.

    """

    pairs: int
    moved: int
    statistic: Fraction
    p_value: Fraction
    least_p: Fraction
    estimate: Fraction
    interval: tuple[Fraction, Fraction] | None
    confidence: Fraction | None
    effect: Fraction


def change(before: Sequence[Fraction], after: Sequence[Fraction], alpha: Fraction = FIVE_PERCENT) -> Change:
    """Compare the same terrains before and after.

    Parameters
    ----------
    before, after
        n exact values each (n 1 or more), in the same order.
    alpha
        1 less the confidence asked for (0..1).

    Raises
    ------
    DomainError
        ``"pairs_uneven"`` if there are not as many before as after, or none.

    """
    if len(before) != len(after) or not before:
        raise DomainError("pairs_uneven", before=len(before), after=len(after))
    moves = [end - start for start, end in zip(before, after, strict=True)]
    differing = [move for move in moves if move]
    ranks = _midranks([abs(move) for move in differing])
    rises = sum((rank for rank, move in zip(ranks, differing, strict=True) if move > 0), Fraction())
    whole = sum(ranks, Fraction())
    walsh = sorted((a + b) / 2 for a, b in combinations_with_replacement(moves, 2))
    interval, confidence = _interval(walsh, len(moves), alpha)
    return Change(
        pairs=len(moves),
        moved=len(differing),
        statistic=rises,
        p_value=_two_sided(ranks, rises),
        least_p=min(Fraction(1), Fraction(2, 2 ** len(differing))),
        estimate=Fraction(median(walsh)),
        interval=interval,
        confidence=confidence,
        effect=(2 * rises - whole) / whole if whole else Fraction(),
    )


def _midranks(sizes: Sequence[Fraction]) -> list[Fraction]:
    """Return the rank of each size (1 the smallest), the mean of theirs for equal ones."""
    return [
        Fraction(sum(other < size for other in sizes)) + Fraction(sizes.count(size) + 1, 2) for size in sizes
    ]


def _two_sided(ranks: Sequence[Fraction], rises: Fraction) -> Fraction:
    counts = _sums([int(2 * rank) for rank in ranks])
    at, every = int(2 * rises), sum(counts)
    tail = min(sum(counts[: at + 1]), sum(counts[at:]))
    return min(Fraction(1), Fraction(2 * tail, every))


def _sums(parts: Sequence[int]) -> list[int]:
    """Return, for each total, how many of the 2^n choices of parts have it."""
    counts = [1]
    for part in parts:
        longer = [*counts, *[0] * part]
        for place, count in enumerate(counts):
            longer[place + part] += count
        counts = longer
    return counts


def _interval(
    walsh: Sequence[Fraction], pairs: int, alpha: Fraction
) -> tuple[tuple[Fraction, Fraction] | None, Fraction | None]:
    """Return the narrowest pair of Walsh means that is sure enough, and how sure it is."""
    counts, every = _sums(range(1, pairs + 1)), 2**pairs
    cut, tail = 0, 0
    while Fraction(2 * (tail + counts[cut]), every) <= alpha:
        tail += counts[cut]
        cut += 1
    if not cut:
        return None, None
    return (walsh[cut - 1], walsh[-cut]), 1 - Fraction(2 * tail, every)
