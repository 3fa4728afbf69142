"""What a discussion changed: each criterion before and after, from one round of votes to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.agreement import Distribution, distributions
from ect.domain.grid import Grid
from ect.domain.votes import Vote, levels_by_cell


@dataclass(frozen=True, slots=True)
class Movement:
    """One criterion of a terrain in two rounds.

    ``before`` and ``after`` hold the mean, the spread and the consensus of each round. ``raised``,
    ``lowered`` and ``kept`` count the participants who gave a level in both; those who gave one in
    one round only are in that round's distribution, and in none of the three.
    """

    criterion: str
    before: Distribution
    after: Distribution
    raised: int
    lowered: int
    kept: int

    @property
    def moved(self) -> int:
        """How many participants gave another level than before."""
        return self.raised + self.lowered


def movements(
    grid: Grid, terrain: str, before: Iterable[Vote], after: Iterable[Vote]
) -> tuple[Movement, ...]:
    """Compare two rounds on one terrain; the votes on other terrains are not used.

    Parameters
    ----------
    grid
        The version of the grid both rounds were held on.
    terrain
        The terrain that was discussed.
    before, after
        The votes as they stood at the end of each round, those nobody changed included.

    Returns
    -------
    tuple of Movement
        One for each criterion that received a level in either round, in the order of the grid.

    Raises
    ------
    DomainError
        ``"criterion_unknown"`` or ``"level_out_of_range"`` for a vote the grid does not allow.

    """
    rounds = [[vote for vote in votes if vote.terrain == terrain] for votes in (before, after)]
    first, second = (distributions(grid, (vote.rating for vote in votes)) for votes in rounds)
    levels, new_levels = (levels_by_cell(votes) for votes in rounds)
    found = []
    for code in first:
        old, new = levels.get((terrain, code), {}), new_levels.get((terrain, code), {})
        if old or new:
            steps = [new[participant] - level for participant, level in old.items() if participant in new]
            found.append(
                Movement(
                    criterion=code,
                    before=first[code],
                    after=second[code],
                    raised=sum(step > 0 for step in steps),
                    lowered=sum(step < 0 for step in steps),
                    kept=steps.count(Fraction()),
                )
            )
    return tuple(found)
