"""How sure the ranking is: the terrains of a source, with the ballots behind what a meeting decided."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ect.domain.alternatives import Alternatives, alternatives
from ect.domain.grid import Grid
from ect.domain.leave_one_out import Absence, leave_one_out
from ect.domain.robustness import Progress, Robustness, robustness
from ect.domain.robustness_reading import Movement, movements, tiers
from ect.domain.scoring import Profile, score
from ect.domain.uncertainty import Settings
from ect.domain.votes import Vote
from ect.domain.weights import Weights, published_weights
from ect.services.deliberation import last_votes
from ect.services.reference import grid_in_force
from ect.services.scores import Source, Sourced, score_in, sourced_profiles
from ect.storage.database import Database
from ect.storage.repositories import meetings, ratings

# What twenty people give on thirty terrains, and a little more: read and drawn in a few seconds.
MOST_BALLOTS = 20_000


@dataclass(frozen=True, slots=True)
class Ground:
    """What a ranking rests on: the terrains, and what people gave on them.

    ``votes`` are the last ones of the meetings that decided, and the imported ratings of terrains that
    several people rated. People of different meetings are different people, though pseudonyms are the
    same. ``unheard`` terrains were rated by several too, and their disagreement is left out: there would
    be too much.
    """

    grid: Grid
    names: Mapping[str, str]
    profiles: Mapping[str, Profile]
    table: Alternatives
    weights: Weights
    votes: tuple[Vote, ...]
    unheard: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """What the same robustness is known by: equal where all that is drawn from is."""
        return self.grid.version, self.table, self.votes


@dataclass(frozen=True, slots=True)
class Examined:
    """The robustness of a ranking, and how it is read."""

    found: Robustness
    tiers: tuple[tuple[str, ...], ...]
    movements: tuple[Movement, ...]
    absences: tuple[Absence, ...]


def ground(db: Database, source: Source = Source.OFFICIAL) -> Ground:
    """Return what the ranking of a source rests on, by the published weights."""
    return ground_of(db, sourced_profiles(db, source))


def ground_of(db: Database, sourced: Sourced) -> Ground:
    """Return what a ranking rests on, its profiles being read already."""
    grid, known, profiles, origins = sourced
    decided = {code for code in profiles if origins.get(code) == "decided"}
    rated = [code for code in profiles if origins.get(code) == "rated"]
    totals = {code: score_in(db, grid, profiles[code]).total.low for code in rated}
    ballots, unheard = _ballots(db, sorted(rated, key=lambda code: -totals[code]))
    return Ground(
        grid=grid,
        names={code: terrain.name for code, terrain in known.items()},
        profiles=profiles,
        table=alternatives(grid, profiles),
        weights=published_weights(grid),
        votes=(*_votes(db, decided), *ballots),
        unheard=unheard,
    )


def examine(on: Ground, settings: Settings, progress: Progress | None = None) -> Examined:
    """Draw, and read what was drawn; ``progress`` is told of the first and longest part.

    Raises
    ------
    DomainError
        As :class:`ect.domain.uncertainty.Settings`.

    """
    found = robustness(on.grid, on.table, on.weights, settings, on.votes, progress)
    voted = {vote.terrain for vote in on.votes}
    others = {code: score(on.grid, own) for code, own in on.profiles.items() if code not in voted}
    return Examined(
        found=found,
        tiers=tiers(found),
        movements=movements(on.grid, on.table, on.weights, found, on.votes),
        absences=leave_one_out(on.grid, on.votes, others),
    )


def _ballots(db: Database, terrains: Sequence[str]) -> tuple[list[Vote], int]:
    """Return the ratings of the terrains that several people rated, from the first on, as votes.

    The second figure is how many of these terrains are left out.
    """
    with db.read() as session:
        key, _grid = grid_in_force(db, session)
        counts = ratings.heard_several(session, key)
        several = [code for code in terrains if code in counts]
        running = list(accumulate(counts[code] for code in several))
        heard = several[: bisect_right(running, MOST_BALLOTS)]
        given = ratings.voiced_ratings(session, key, heard) if heard else []
    return [Vote(voice, code, rating) for code, voice, rating in given], len(several) - len(heard)


def _votes(db: Database, decided: set[str]) -> tuple[Vote, ...]:
    """Return the last votes of the meetings that decided of these terrains."""
    if not decided:
        return ()
    with db.read() as session:
        key, _grid = grid_in_force(db, session)
        by_terrain = ratings.deciding_meetings(session, key)
        held = {meeting for code, meeting in by_terrain.items() if code in decided}
        cast = {m: last_votes(session, meetings.meeting(session, m)) for m in sorted(held)}
    return tuple(
        replace(vote, participant=f"{meeting}/{vote.participant}")
        for meeting, votes in cast.items()
        for vote in votes
        if vote.terrain in decided and by_terrain[vote.terrain] == meeting
    )
