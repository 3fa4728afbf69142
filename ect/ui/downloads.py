"""Files that were made for somebody: kept in memory for a while, given only to who may read them.

Streamlit's own downloads lie at an address that asks for nothing; these ask who comes, each time.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from time import monotonic
from urllib.parse import quote

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from ect.ui import guard
from ect.ui.joining import ORGANISER_COOKIE, SEAT_COOKIE, is_organiser, read_ticket

GONE = "Ce fichier n'est plus là : préparez-le à nouveau.\nThis file is not here any more: prepare it again."
KEPT_S, KEPT_FILES, KEPT_BYTES = 3600.0, 64, 256 * 1024 * 1024
KEPT = timedelta(seconds=KEPT_S)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made: its name, its media type and what is in it, or where that lies."""

    name: str
    media_type: str
    content: bytes | Path


@dataclass(frozen=True, slots=True)
class _Kept:
    file: File
    meeting: int | None
    until: float
    here: bool = False


class Shelf:
    """The files of the last hour, by a token nobody guesses; the oldest make room."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def put(self, file: File, meeting: int | None = None, *, here: bool = False) -> str:
        """Keep a file; return its address. ``meeting``: who leads it may read it, beside the organiser.

        ``here``: nobody but who is at the machine that serves, who has the file already.
        """
        token = token_urlsafe(18)
        with self._lock:
            self._files[token] = _Kept(file, meeting, monotonic() + KEPT_S, here)
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
        contents = (kept.file.content for kept in self._files.values())
        held = sum(len(content) for content in contents if isinstance(content, bytes))
        return len(self._files) > KEPT_FILES or held > KEPT_BYTES


shelf = Shelf()


def keep(file: File, meeting: int | None = None, *, here: bool = False) -> str:
    """Put a file on the shelf of this process; return its address, as :meth:`Shelf.put`."""
    return shelf.put(file, meeting, here=here)


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
    if kept is None or not await run_in_threadpool(_may_read, request, kept):
        return PlainTextResponse(GONE, 404)
    content, headers = (
        kept.file.content,
        {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(kept.file.name)}",
            "Cache-Control": "no-store",
        },
    )
    if isinstance(content, bytes):
        return Response(content, media_type=kept.file.media_type, headers=headers)
    if not content.is_file():  # It was thrown away since.
        return PlainTextResponse(GONE, 404)
    return FileResponse(content, media_type=kept.file.media_type, headers=headers)


def _may_read(request: Request, kept: _Kept) -> bool:
    from ect.services.seating import seat_held
    from ect.ui.boot import database

    if request.headers.get(guard.ORGANISER) == "1":
        return True
    if kept.here:
        return False
    db, meeting = database(), kept.meeting
    if is_organiser(db, request.cookies.get(ORGANISER_COOKIE)):
        return True
    held = read_ticket(db, request.cookies.get(SEAT_COOKIE))
    if meeting is None or held is None or held.meeting != meeting:
        return False
    seat = seat_held(db, held)
    return seat is not None and seat.facilitator and not seat.removed


ROUTES = [Route("/fichier/{token}/{name}", download)]
