"""Meetings to test on: two terrains, and steps from one stage to the next in a word each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction

import pytest

from ect.domain.errors import DomainError
from ect.domain.meeting import Settings, Verdict
from ect.domain.rating import Answer, Rating
from ect.services.deciding import close, decide
from ect.services.meeting import create, open_meeting, reveal, start_deciding, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.seating import Ticket, hand_over, join
from ect.services.voting import vote
from ect.storage.database import Database
from ect.storage.repositories import audit
from ect.storage.repositories.audit import Event
from ect.storage.tables import Table

SUT, VAUX, CHATEL = "sut", "vaux-sur-poligny", "chatel"
STRANGER = Actor()
BLIND, OPENLY = Settings(), Settings(blind=False)


@contextmanager
def refused(code: str, **values: object) -> Iterator[None]:
    """Expect a refusal of that code, with those values among its own."""
    with pytest.raises(DomainError) as refusal:
        yield
    assert refusal.value.code == code
    assert {name: refusal.value.values.get(name) for name in values} == values


def level(criterion: str, value: int | Fraction) -> Rating:
    return Rating(criterion, Answer.LEVEL, Fraction(value))


def prepared(
    db: Database, settings: Settings = BLIND, chosen: Sequence[str] = (SUT, VAUX), *, demo: bool = False
) -> int:
    return create(db, ORGANISER, "Comité", chosen, settings, demo=demo)


def opened(
    db: Database, settings: Settings = BLIND, chosen: Sequence[str] = (SUT, VAUX), *, demo: bool = False
) -> int:
    key = prepared(db, settings, chosen, demo=demo)
    open_meeting(db, ORGANISER, key)
    return key


def seated(db: Database, key: int, name: str) -> Actor:
    """Sit somebody down on a device of their own."""
    return Actor(seat=join(db, Ticket(key, f"device of {name}"), name))


def leading(db: Database, key: int, name: str) -> Actor:
    """Sit somebody down to whom the organiser hands the meeting over."""
    actor = seated(db, key, name)
    hand_over(db, ORGANISER, key, seat_of(actor), facilitator=True)
    return actor


def seat_of(actor: Actor) -> int:
    assert actor.seat is not None
    return actor.seat


def again(db: Database, key: int, cells: Collection[tuple[str, str]]) -> None:
    """Reveal the round in hand and start another on these cells."""
    reveal(db, ORGANISER, key)
    start_round(db, ORGANISER, key, cells)


def decided(db: Database, key: int, verdict: Verdict = Verdict.CHOSEN) -> None:
    """Go from a rating to a verdict on both terrains."""
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    for terrain in (SUT, VAUX):
        decide(db, ORGANISER, key, terrain, verdict, "entendu")


def closed(db: Database, *, demo: bool = False) -> int:
    """Hold a meeting from one end to the other: one voice, one level on either terrain."""
    key = opened(db, demo=demo)
    alice = seated(db, key, "Alice Merle")
    start_round(db, ORGANISER, key)
    for terrain in (SUT, VAUX):
        vote(db, alice, key, terrain, level("need", 2))
    decided(db, key)
    close(db, ORGANISER, key)
    return key


def chained(db: Database, key: int) -> list[Event]:
    """Read what the audit holds of a meeting, even of one that is gone."""
    with db.read() as session:
        return audit.events(session, f"meeting/{key}")


def rows_of(db: Database) -> dict[str, int]:
    """Count the rows of every table."""
    with db.read() as session:
        run = session.connection().exec_driver_sql
        return {
            name: run(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608
            for name in Table.metadata.tables
        }
