"""What a comparison of candidates holds: the ranking, how sure it is, what tells the chosen ones apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ect.domain.comparison import Difference, differences
from ect.domain.errors import DomainError
from ect.domain.ranking import Row
from ect.domain.robustness import Progress, robustness
from ect.domain.robustness_reading import tiers
from ect.domain.scoring import Score
from ect.domain.uncertainty import Settings
from ect.services.membership import Actor
from ect.services.robustness import Examined, Ground, ground_of
from ect.services.scores import Scoreboard, Source, board_of, sourced_profiles
from ect.storage.database import Database
from ect.storage.repositories import assessments

__all__ = ["Comparison", "compare"]

# As many as can be told apart on one radar.
CLOSE = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole ranking, and those of it that are compared: ``rows``, best first."""

    board: Scoreboard
    rows: tuple[Row, ...]
    source: Source
    at: datetime
    on: Ground
    examined: Examined

    @property
    def close(self) -> dict[str, Score]:
        """The scores, by name, of the best compared, as many as a radar shows."""
        return {self.board.terrains[row.terrain].name: row.score for row in self.rows[:CLOSE]}

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What tells those apart, from the widest gap to the narrowest."""
        scores = self.close
        return tuple(sorted(differences(scores), key=lambda line: -line.effect)) if len(scores) > 1 else ()


def compare(
    db: Database,
    actor: Actor,
    chosen: Collection[str] = (),
    source: Source = Source.OFFICIAL,
    progress: Progress | None = None,
    settings: Settings | None = None,
) -> Comparison:
    """Return what a comparison holds: of the chosen terrains, or of all that are ranked if none is.

    Raises
    ------
    DomainError
        ``"organiser_only"``; ``"terrain_unknown"`` for a terrain that is in no ranking.

    """
    if not actor.organiser:
        raise DomainError("organiser_only")
    sourced = sourced_profiles(db, source)
    board, on = board_of(db, sourced), ground_of(db, sourced)
    for code in chosen:
        if board.ranking.row(code) is None:
            raise DomainError("terrain_unknown", terrain=code)
    with db.read() as session:
        at = assessments.last_change(session)
    found = robustness(on.grid, on.table, on.weights, settings, on.votes, progress)
    return Comparison(
        board=board,
        rows=tuple(row for row in board.ranking.rows if not chosen or row.terrain in chosen),
        source=source,
        at=at,
        on=on,
        examined=Examined(found=found, tiers=tiers(found), movements=(), absences=()),
    )
