"""A meeting for one: participants played by the application, always labelled so."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from hashlib import sha256
from random import Random

from ect.domain.errors import DomainError
from ect.domain.grid import Criterion
from ect.domain.meeting import Action, Settings
from ect.domain.rating import Answer, Rating
from ect.domain.terrain import TerrainKind
from ect.services.meeting import create, log, open_meeting
from ect.services.membership import Actor, entitled
from ect.services.reference import grid_of_key
from ect.services.voting import asked_of
from ect.storage.database import Database
from ect.storage.repositories import meetings, terrains, votes
from ect.storage.repositories.meetings import Meeting, SeatKind
from ect.storage.repositories.votes import Ballot

PLAYERS = 8
KEEPS, UNKNOWN, ABSTAINS = 0.45, 0.06, 0.03


def create_demo(db: Database, actor: Actor, title: str, player: str) -> int:
    """Make a demonstration in one go: the candidates, eight simulated participants, open.

    ``player`` is a name with a ``{number}`` in it.
    """
    with db.read() as session:
        chosen = [t.code for t in terrains.terrains(session) if t.kind is TerrainKind.CANDIDATE]
    key = create(db, actor, title, chosen, Settings(names_shown=True), demo=True)
    open_meeting(db, actor, key)
    add_players(db, actor, key, player)
    return key


def add_players(db: Database, actor: Actor, key: int, player: str, count: int = PLAYERS) -> None:
    """Sit simulated participants down."""
    now = datetime.now(UTC)
    with db.write() as session:
        meeting, who = entitled(session, key, actor, Action.MANAGE_SEATS)
        _only_in_demo(meeting)
        there = sum(seat.kind is SeatKind.SIMULATED for seat in meetings.seats(session, key))
        for number in range(there + 1, there + count + 1):
            name = player.format(number=number)
            meetings.add_seat(session, key, name, SeatKind.SIMULATED, joined_at=now)
        meetings.touch(session, key)
        log(session, key, who.pseudonym, "players_added", {"count": count})


def play_round(db: Database, actor: Actor, key: int) -> int:
    """Let the simulated participants give what they have not given; return how many answers.

    They are of one mind about each criterion, give or take a level, and are drawn by a seed made of
    the meeting, the participant and the cell: the same meeting played twice gives the same votes. In
    a later round, one in two comes closer to the mean.
    """
    now, given = datetime.now(UTC), 0
    with db.write() as session:
        meeting, _who = entitled(session, key, actor, Action.ENTER_PAPER)
        _only_in_demo(meeting)
        grid = grid_of_key(db, session, meeting.grid)
        keys = terrains.keys_by_code(session)
        # Round after round: what a participant said last of a cell, and in which round.
        last = {
            (c.vote.participant, c.vote.terrain, c.vote.rating.criterion): (c.round, c.vote.rating)
            for c in votes.votes(session, key, meeting.status.round)
        }
        for seat in meetings.seats(session, key):
            if seat.kind is not SeatKind.SIMULATED or seat.removed:
                continue
            for terrain, code in asked_of(db, session, meeting, seat):
                said_in, before = last.get((seat.pseudonym, terrain, code), (0, None))
                if said_in == meeting.status.round:
                    continue
                rating = _answer(grid.criterion(code), terrain, seat.number, before)
                ballot = Ballot(key, seat.key, meeting.status.round, keys[terrain])
                votes.cast_vote(session, ballot, rating, now, on_paper=False)
                given += 1
        meetings.touch(session, key)
    return given


def _only_in_demo(meeting: Meeting) -> None:
    # Invented votes in a real meeting would become real scores.
    if not meeting.demo:
        raise DomainError("players_in_demo_only")


def _answer(criterion: Criterion, terrain: str, player: int, before: Rating | None) -> Rating:
    draw = _random(terrain, criterion.code, player, 1 if before is None else 2)
    common = _random(terrain, criterion.code).choice((0, 1, 1, 2, 2))
    if before is not None and before.value is not None:
        step = (common > before.value) - (common < before.value)
        moved = before.value if draw.random() < KEEPS else before.value + step
        return Rating(criterion.code, Answer.LEVEL, moved)
    chance = draw.random()
    if chance < UNKNOWN:
        return Rating(criterion.code, Answer.UNKNOWN)
    if chance < UNKNOWN + ABSTAINS:
        return Rating(criterion.code, Answer.ABSTAIN)
    level = min(2, max(0, common + draw.choice((-1, 0, 0, 0, 1))))
    return Rating(criterion.code, Answer.LEVEL, Fraction(level))


def _random(*parts: object) -> Random:
    return Random(int.from_bytes(sha256(repr(parts).encode()).digest()[:8], "big"))  # noqa: S311
