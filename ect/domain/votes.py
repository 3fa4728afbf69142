"""The ratings of a meeting with whose they are, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.rating import Rating

# A terrain and a criterion.
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Vote:
    """What one participant answers on one cell; a participant has one vote a cell at the most."""

    participant: str
    terrain: str
    rating: Rating


def levels_by_cell(votes: Iterable[Vote]) -> dict[Cell, dict[str, Fraction]]:
    """Return the levels given (exact, 0..2) by participant, for each cell that received one."""
    cells: dict[Cell, dict[str, Fraction]] = defaultdict(dict)
    for vote in votes:
        if vote.rating.value is not None:
            cells[vote.terrain, vote.rating.criterion][vote.participant] = vote.rating.value
    return dict(cells)
