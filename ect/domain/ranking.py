"""Ranking terrains by their total, exactly: ties are ties, and what is incomplete is not ranked."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.scoring import Measure, Part, Score


@dataclass(frozen=True, slots=True)
class Row:
    """A terrain's place.

    ``rank`` (from 1) counts complete terrains only, and is ``None`` while a criterion is unknown;
    terrains that tie share the best of their places, and ``tied`` says so. ``best`` and ``worst``
    (1..n) bound the rank among all terrains whatever the unknowns turn out to be, this terrain's
    and its rivals'; both are reached. They are the rank where every terrain is complete; an
    incomplete rival that is ahead already makes ``best`` worse than ``rank``.
    """

    terrain: str
    score: Score
    rank: int | None
    tied: bool
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows best first: the ranked ones, then the incomplete ones by what they could still reach."""

    rows: tuple[Row, ...]

    @property
    def ranked(self) -> tuple[Row, ...]:
        """The terrains whose every criterion is known."""
        return tuple(row for row in self.rows if row.rank is not None)

    @property
    def incomplete(self) -> tuple[Row, ...]:
        """The terrains something is unknown of."""
        return tuple(row for row in self.rows if row.rank is None)

    def row(self, terrain: str) -> Row | None:
        """Return the row of a terrain, or ``None`` if it is not in the ranking."""
        return next((row for row in self.rows if row.terrain == terrain), None)


def rank(scores: Mapping[str, Score]) -> Ranking:
    """Rank terrains by total, best first; equal totals share a rank (1, 2, 2, 4).

    Ties are exact: totals are fractions. Terrains that tie, and incomplete ones that could reach
    the same, come in the order of their codes. Complexity: O(n log n).
    """
    totals = {terrain: score.total for terrain, score in scores.items()}
    complete = sorted((t for t, total in totals.items() if total.complete), key=lambda t: (-totals[t].low, t))
    open_ = sorted(
        (t for t, total in totals.items() if not total.complete),
        key=lambda t: (-totals[t].high, -totals[t].low, t),
    )
    lows = sorted(total.low for total in totals.values())
    highs = sorted(total.high for total in totals.values())
    places = sorted(totals[terrain].low for terrain in complete)
    shared = Counter(places)
    rows = []
    for terrain in (*complete, *open_):
        own = totals[terrain]
        itself = not own.complete  # its own high is above its own low
        rows.append(
            Row(
                terrain=terrain,
                score=scores[terrain],
                rank=1 + _above(places, own.low) if own.complete else None,
                tied=own.complete and shared[own.low] > 1,
                best=1 + _above(lows, own.high),
                worst=1 + _above(highs, own.low) - itself,
            )
        )
    return Ranking(tuple(rows))


def _above(ascending: Sequence[Fraction], value: Fraction) -> int:
    return len(ascending) - bisect_right(ascending, value)


def leaders(ranking: Ranking, measure: Callable[[Score], Measure]) -> tuple[str, ...]:
    """Return the ranked terrains that are first by a measure (all of them, if they tie)."""
    values = {row.terrain: measure(row.score).low for row in ranking.ranked}
    best = max(values.values(), default=None)
    return tuple(terrain for terrain, value in values.items() if value == best)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table over the ranked terrains.

    ``mean``, ``lowest`` and ``highest`` are exact, on 0..2; ``weight`` is what one point of the
    column adds to the total. ``spread`` is the distance in points of total between the best and the
    worst terrain: 0 for a column that decides nothing.
    """

    code: str
    mean: Fraction
    lowest: Fraction
    highest: Fraction
    weight: Fraction

    @property
    def spread(self) -> Fraction:
        """How many points of total the column puts between terrains."""
        return (self.highest - self.lowest) * self.weight

    @property
    def decides(self) -> bool:
        """Whether the column tells at least two terrains apart."""
        return self.highest != self.lowest


def columns(ranking: Ranking) -> tuple[Column, ...]:
    """Summarise each pillar and selection criterion over the ranked terrains; empty if none is."""
    if not ranking.ranked:
        return ()
    return tuple(_column(parts) for parts in zip(*(r.score.columns for r in ranking.ranked), strict=True))


def _column(parts: tuple[Part, ...]) -> Column:
    values = [part.measure.low for part in parts]
    return Column(
        code=parts[0].code,
        mean=sum(values, Fraction()) / len(values),
        lowest=min(values),
        highest=max(values),
        weight=parts[0].weight,
    )


@dataclass(frozen=True, slots=True)
class Means:
    """The mean row of the table: exact means over the ranked terrains.

    ``columns`` maps pillars and selection criteria to 0..2; ``ect`` is on 0..8, ``selection_total``
    on 0..18, ``total`` on 0..34.
    """

    columns: Mapping[str, Fraction]
    ect: Fraction
    selection_total: Fraction
    total: Fraction


def means(ranking: Ranking) -> Means | None:
    """Return the mean row, or ``None`` when no terrain is ranked."""
    rows = ranking.ranked
    if not rows:
        return None
    return Means(
        columns={column.code: column.mean for column in columns(ranking)},
        ect=_mean_of(rows, lambda s: s.ect),
        selection_total=_mean_of(rows, lambda s: s.selection_total),
        total=_mean_of(rows, lambda s: s.total),
    )


def _mean_of(rows: tuple[Row, ...], measure: Callable[[Score], Measure]) -> Fraction:
    return sum((measure(row.score).low for row in rows), Fraction()) / len(rows)
