"""Who is reading: the organiser, somebody in a seat, or nobody we know. Closed by default."""

from __future__ import annotations

import streamlit as st

from ect.services.membership import Actor
from ect.services.seating import Seat, Ticket, seat_held
from ect.ui import guard
from ect.ui.context import db
from ect.ui.joining import ORGANISER_COOKIE, SEAT_COOKIE, is_organiser, read_ticket
from ect.ui.pages import Reader


def organiser() -> bool:
    """Tell whether the reader is at the machine that serves, or has the organiser's cookie."""
    if st.context.headers.get(guard.ORGANISER) == "1":
        return True
    return is_organiser(db(), st.context.cookies.get(ORGANISER_COOKIE))


def reader() -> Reader:
    """Return which pages are open to the reader."""
    if organiser():
        return Reader.ORGANISER
    held = ticket()
    seat = seat_in(held.meeting) if held else None
    return Reader.FACILITATOR if seat and seat.facilitator and not seat.removed else Reader.ANYONE


def ticket() -> Ticket | None:
    """Return the reader's ticket to a meeting."""
    return read_ticket(db(), st.context.cookies.get(SEAT_COOKIE))


def seat_in(meeting: int) -> Seat | None:
    """Return the reader's seat in a meeting."""
    held = ticket()
    return seat_held(db(), held) if held and held.meeting == meeting else None


def actor_in(meeting: int) -> Actor:
    """Return who the reader is when acting in a meeting."""
    seat = seat_in(meeting)
    return Actor(organiser=organiser(), seat=seat.key if seat else None)
