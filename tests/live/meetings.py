"""A meeting in a store, with people in it and the tickets of their phones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ect.domain.meeting import Settings
from ect.services.meeting import create, open_meeting, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.opening import open_database
from ect.services.seating import Ticket, join
from ect.services.voting import sheet
from ect.settings import Settings as StoreSettings
from ect.storage.database import Database
from ect.ui.joining import SEAT_COOKIE, sign_ticket

TERRAINS = ("epicerie-solidaire", "sut", "vaux-sur-poligny")


@dataclass(frozen=True)
class Room:
    """The meeting, the seats and, for each, the cookie that leads back to it."""

    db: Database
    meeting: int
    seats: tuple[int, ...]
    cookies: tuple[str, ...]


def room(address: str, people: int, settings: Settings | None = None, *, rating: bool = True) -> Room:
    """Prepare a meeting, sit people down, and start rating."""
    db = open_database(StoreSettings(database_url=address))
    meeting = create(db, ORGANISER, "Comité", TERRAINS, settings or Settings())
    open_meeting(db, ORGANISER, meeting)
    devices = [f"device-{number}" for number in range(people)]
    seats = tuple(join(db, Ticket(meeting, device), f"Personne {n}") for n, device in enumerate(devices, 1))
    if rating:
        start_round(db, ORGANISER, meeting)
    cookies = tuple(f"{SEAT_COOKIE}={sign_ticket(db, Ticket(meeting, device))}" for device in devices)
    return Room(db, meeting, seats, cookies)


def answer_in_store(meeting: Room, seat: int) -> str:
    """Return a seat's answer to the first thing it is asked: a level, or the name of another answer."""
    form = sheet(meeting.db, Actor(seat=seat), meeting.meeting)
    given = form.given.get(form.cells[0])
    return "" if given is None else str(given.value) if given.value is not None else given.answer.value


def read_option(option: str) -> str:
    """Return the answer an option of the screen stands for, as :func:`answer_in_store` writes it."""
    words = {"Ne sait pas": "unknown", "Je m'abstiens": "abstain", "": ""}
    level = re.match(r"\*\*(\d)\*\*", option)
    return level[1] if level else words[option]
