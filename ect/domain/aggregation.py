"""From several people's ratings to one value per criterion, with the spread beside the mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from ect.domain.rating import Rating


@dataclass(frozen=True, slots=True)
class Opinion:
    """The ratings one criterion received.

    ``mean`` and ``median`` are exact, on 0..2, over the levels given: "I do not know" and
    abstentions count in neither. ``counts`` maps each value given to how many gave it.
    """

    criterion: str
    mean: Fraction
    median: Fraction
    counts: Mapping[Fraction, int]

    @property
    def given(self) -> int:
        """How many people gave a level."""
        return sum(self.counts.values())


def opinions(ratings: Iterable[Rating]) -> dict[str, Opinion]:
    """Group the ratings of one terrain by criterion; one nobody gave a level to is absent.

    The value of a criterion is the mean of the ratings given, the rule of the 2023 report
    ("score basé sur une moyenne"); the median stands beside it because averaging ordinal levels
    is contested.
    """
    values: dict[str, list[Fraction]] = defaultdict(list)
    for rating in ratings:
        if rating.value is not None:
            values[rating.criterion].append(rating.value)
    return {
        code: Opinion(
            criterion=code,
            mean=sum(given, Fraction()) / len(given),
            median=Fraction(median(given)),
            counts=dict(sorted(Counter(given).items())),
        )
        for code, given in values.items()
    }


def values_of(ratings: Iterable[Rating]) -> dict[str, Fraction]:
    """Return the mean of each criterion of one terrain: a profile that can be scored."""
    return {code: opinion.mean for code, opinion in opinions(ratings).items()}
