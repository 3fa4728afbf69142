"""What the minutes of a meeting hold: read with the eyes of who asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ect.domain.alternatives import alternatives
from ect.domain.errors import DomainError
from ect.domain.meeting import Action, Stage
from ect.domain.robustness import Progress, robustness
from ect.domain.robustness_reading import tiers
from ect.domain.scoring import Profile, Score
from ect.domain.uncertainty import Settings
from ect.domain.weights import published_weights
from ect.services.deciding import history
from ect.services.deliberation import Results, results
from ect.services.membership import Actor, led
from ect.services.robustness import Examined, Ground
from ect.storage.database import Database
from ect.storage.repositories import audit, meetings, terrains
from ect.storage.repositories.meetings import Meeting, Seat, SeatKind

__all__ = ["Minutes", "Named", "Person", "minutes"]


class Named(StrEnum):
    """How minutes speak of the people: by their names, by pseudonyms, or as a number only."""

    NAMES = "names"
    PSEUDONYMS = "pseudonyms"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a meeting, as the minutes may call them; ``name`` is empty where they may not."""

    pseudonym: str
    name: str
    kind: SeatKind
    facilitator: bool
    there: bool
    recused: frozenset[str]

    @property
    def called(self) -> str:
        """What stands for the person in the minutes."""
        return self.name or self.pseudonym


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything the minutes say.

    ``found`` holds nothing of terrains the asking seat is recused from: ``hidden`` names them.
    ``head`` is the digest that ended the meeting, or the last one of it so far; ``broken`` tells
    whether the chain no longer holds.
    """

    meeting: Meeting
    found: Results
    names: Mapping[str, str]
    people: tuple[Person, ...]
    hidden: tuple[str, ...]
    at: datetime
    head: str
    broken: bool
    on: Ground
    examined: Examined

    @property
    def draft(self) -> bool:
        """Whether the meeting is not closed: anything may still change."""
        return self.meeting.status.stage is not Stage.CLOSED


def minutes(
    db: Database,
    actor: Actor,
    key: int,
    named: Named = Named.COUNT,
    progress: Progress | None = None,
    settings: Settings | None = None,
) -> Minutes:
    """Return what the minutes of a meeting hold, to who leads it.

    Raises
    ------
    DomainError
        ``"meeting_unknown"``; ``"meeting_not_allowed"`` to anyone who does not lead;
        ``"minutes_too_early"`` before the first reveal.

    """
    with db.read() as session:
        meeting = led(session, key, actor, Action.SEE_PROGRESS)[0]
        if meeting.status.visible_rounds < 1:
            raise DomainError("minutes_too_early")
        people = _people(meetings.seats(session, key), named)
        names = {terrain.code: terrain.name for terrain in terrains.terrains(session, archived=True)}
        broken = audit.first_break(session) is not None
    found, happened = results(db, actor, key), history(db, actor, key)
    on = _ground(found, names)
    # Whatever is logged once a meeting is closed, its minutes stay what they were.
    last = next((event for event in happened if event.event == "closed"), happened[-1])
    return Minutes(
        meeting=meeting,
        found=found,
        names=names,
        people=people,
        hidden=tuple(code for code in meeting.terrains if code not in found.terrains),
        at=meeting.closed_at or last.at,
        head=last.digest,
        broken=broken,
        on=on,
        examined=_examined(on, settings, progress),
    )


def _examined(on: Ground, settings: Settings | None, progress: Progress | None) -> Examined:
    """Draw all sources together; what each does by itself is read on the page, not in minutes."""
    found = robustness(on.grid, on.table, on.weights, settings, on.votes, progress)
    return Examined(found=found, tiers=tiers(found), movements=(), absences=())


def _ground(found: Results, names: Mapping[str, str]) -> Ground:
    profiles = {code: profile_of(score) for code, score in found.scores.items()}
    return Ground(
        grid=found.grid,
        names={code: names[code] for code in found.terrains},
        profiles=profiles,
        table=alternatives(found.grid, profiles),
        weights=published_weights(found.grid),
        votes=found.votes,
    )


def profile_of(score: Score) -> Profile:
    """Return the values a score was made from."""
    return {part.code: part.measure.low for part in score.criteria if part.measure.complete}


def _people(seats: list[Seat], named: Named) -> tuple[Person, ...]:
    return tuple(
        Person(
            pseudonym=seat.pseudonym,
            name=seat.name if named is Named.NAMES else "",
            kind=seat.kind,
            facilitator=seat.facilitator,
            there=seat.joined or seat.kind is SeatKind.PAPER,
            recused=seat.recused,
        )
        for seat in seats
        if not seat.removed
    )
