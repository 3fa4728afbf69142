"""Ranking terrains by their total, exactly: ties are ties, and what is incomplete is not ranked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.scoring import Measure, Part, Score


@dataclass(frozen=True, slots=True)
class Row:
    """A terrain's place.

    ``rank`` is ``None`` while a criterion is unknown. ``best`` and ``worst`` bound the rank whatever
    the unknowns turn out to be, this terrain's and its rivals': for a complete ranking both are the
    rank, save that terrains that tie share the best of their places.
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

    Complexity: O(n log n) to sort, O(n^2) for the bounds on ranks where something is unknown.
    """
    totals = {terrain: score.total for terrain, score in scores.items()}
    complete = sorted(
        (t for t, total in totals.items() if total.complete), key=lambda t: (-totals[t].low, t)
    )
    open_ = sorted(
        (t for t, total in totals.items() if not total.complete),
        key=lambda t: (-totals[t].high, -totals[t].low, t),
    )
    places = {t: 1 + sum(totals[u].low > totals[t].low for u in complete) for t in complete}
    rows = []
    for terrain in (*complete, *open_):
        own = totals[terrain]
        rivals = [total for t, total in totals.items() if t != terrain]
        rows.append(
            Row(
                terrain=terrain,
                score=scores[terrain],
                rank=places.get(terrain),
                tied=own.complete and any(r.complete and r.low == own.low for r in rivals),
                best=1 + sum(r.low > own.high for r in rivals),
                worst=1 + sum(r.high > own.low for r in rivals),
            )
        )
    return Ranking(tuple(rows))


def leaders(ranking: Ranking, measure: Callable[[Score], Measure]) -> tuple[str, ...]:
    """Return the ranked terrains that are first by a measure (all of them, if they tie)."""
    values = {row.terrain: measure(row.score).low for row in ranking.ranked}
    return tuple(t for t, value in values.items() if value == max(values.values()))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table over the ranked terrains, values on 0..2.

    ``spread`` is the distance in points of total between the best and the worst terrain: 0 for a
    column that decides nothing.
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
    return tuple(
        _column(parts) for parts in zip(*(r.score.columns for r in ranking.ranked), strict=True)
    )


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
    """The mean row of the table: exact means over the ranked terrains."""

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
