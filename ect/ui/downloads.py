"""Files that were made for somebody: kept in memory for a while, given only to who may read them.

Streamlit's own downloads lie at an address that asks for nothing; these ask who comes, each time.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Lock
from time import monotonic
from urllib.parse import quote

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ect.ui import guard
from ect.ui.joining import ORGANISER_COOKIE, SEAT_COOKIE, is_organiser, read_ticket

GONE = "Ce fichier n'est plus là : préparez-le à nouveau.\nThis file is not here any more: prepare it again."
KEPT_S, KEPT_FILES, KEPT_BYTES = 3600.0, 64, 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made: its name, its media type and what is in it."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    file: File
    meeting: int | None
    until: float


class Shelf:
    """The files of the last hour, by a token nobody guesses; the oldest make room."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def put(self, file: File, meeting: int | None = None) -> str:
        """Keep a file; return its address. ``meeting``: who leads it may read it, beside the organiser."""
        token = token_urlsafe(18)
        with self._lock:
            self._files[token] = _Kept(file, meeting, monotonic() + KEPT_S)
            while len(self._files) > 1 and self._too_much():
                self._files.popitem(last=False)
        return f"/fichier/{token}/{quote(file.name)}"

    def find(self, token: str) -> _Kept | None:
        """Return what a token stands for, unless its hour is over."""
        with self._lock:
            found = self._files.get(token)
            if found and found.until < monotonic():
                found = self._files.pop(token) and None
        return found

    def _too_much(self) -> bool:
        held = sum(len(kept.file.content) for kept in self._files.values())
        return len(self._files) > KEPT_FILES or held > KEPT_BYTES


shelf = Shelf()


def offer(label: str, address: str, *, primary: bool = False) -> None:
    """Draw the button that saves a file, kept on the shelf at ``address``, on the reader's device."""
    st.link_button(
        label,
        address,
        icon=":material/download:",
        type="primary" if primary else "secondary",
    )


async def download(request: Request) -> Response:
    """Give a file to who may read it; everybody else is told the same as when there is none."""
    kept = shelf.find(request.path_params["token"])
    if kept is None or not await run_in_threadpool(_may_read, request, kept.meeting):
        return PlainTextResponse(GONE, 404)
    return Response(
        kept.file.content,
        media_type=kept.file.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(kept.file.name)}",
            "Cache-Control": "no-store",
        },
    )


def _may_read(request: Request, meeting: int | None) -> bool:
    from ect.services.seating import seat_held
    from ect.ui.boot import database

    if request.headers.get(guard.ORGANISER) == "1":
        return True
    db = database()
    if is_organiser(db, request.cookies.get(ORGANISER_COOKIE)):
        return True
    held = read_ticket(db, request.cookies.get(SEAT_COOKIE))
    if meeting is None or held is None or held.meeting != meeting:
        return False
    seat = seat_held(db, held)
    return seat is not None and seat.facilitator and not seat.removed


ROUTES = [Route("/fichier/{token}/{name}", download)]
