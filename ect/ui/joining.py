"""The way into a meeting: a short address with a code, which becomes a signed cookie and disappears.

Streamlit's own session is lost two minutes after a phone went to sleep; the cookie brings its owner back
to the same seat, days later and after a restart of the server.
"""

from __future__ import annotations

from collections import deque
from secrets import compare_digest, token_urlsafe
from time import monotonic
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from ect.services.seating import Ticket
    from ect.storage.database import Database

SEAT_COOKIE, ORGANISER_COOKIE = "ect_seat", "ect_organiser"
MONTH_S = 30 * 24 * 3600
# Wrong codes allowed in a minute: to one address, and to all of them together.
MINUTE_S, FROM_ONE, FROM_ALL = 60.0, 10, 300


class Failures:
    """Counts the wrong codes of the last minute, by address."""

    def __init__(self) -> None:
        self.moments: deque[tuple[float, str]] = deque()

    def too_many(self, address: str) -> bool:
        """Tell whether an address, or all of them together, must wait."""
        while self.moments and self.moments[0][0] < monotonic() - MINUTE_S:
            self.moments.popleft()
        own = sum(found == address for _moment, found in self.moments)
        return own >= FROM_ONE or len(self.moments) >= FROM_ALL

    def add(self, address: str) -> None:
        """Count one."""
        self.moments.append((monotonic(), address))


failures = Failures()


def read_ticket(db: Database, cookie: str | None) -> Ticket | None:
    """Return the ticket a cookie holds, if it is ours."""
    from ect.services.seating import Ticket

    found = _read(db, "seat", cookie)
    if not isinstance(found, list) or len(found) != 2:
        return None
    return Ticket(int(found[0]), str(found[1]))


def sign_ticket(db: Database, ticket: Ticket) -> str:
    """Return the cookie that holds a ticket."""
    return _sign(db, "seat", [ticket.meeting, ticket.device])


def is_organiser(db: Database, cookie: str | None) -> bool:
    """Tell whether a cookie was given to who knew the organiser's key."""
    return _read(db, "organiser", cookie) == "organiser"


async def join(request: Request) -> Response:
    """Let a device in: the code leaves the address, the ticket comes into a cookie."""
    address = request.client.host if request.client else ""
    if failures.too_many(address):
        return RedirectResponse("/rejoindre?refus=attente", 303)
    code = request.path_params.get("code") or request.query_params.get("code", "")
    ticket = await run_in_threadpool(_ticket, code, request.cookies.get(SEAT_COOKIE))
    if ticket is None:
        failures.add(address)
        return RedirectResponse("/rejoindre?refus=code", 303)
    return _with_cookie(request, SEAT_COOKIE, ticket)


async def organise(request: Request) -> Response:
    """Give the organiser's cookie to who knows the key of the settings."""
    address = request.client.host if request.client else ""
    if failures.too_many(address):
        return RedirectResponse("/rejoindre?refus=attente", 303)
    cookie = await run_in_threadpool(_organiser_cookie, request.path_params["key"])
    if cookie is None:
        failures.add(address)
        return RedirectResponse("/rejoindre?refus=code", 303)
    return _with_cookie(request, ORGANISER_COOKIE, cookie, to="/")


ROUTES = [Route("/r", join), Route("/r/{code}", join), Route("/organiser/{key}", organise)]


def _ticket(code: str, cookie: str | None) -> str | None:
    from ect.services.seating import admit
    from ect.ui.boot import database

    db = database()
    known = read_ticket(db, cookie)
    ticket = admit(db, code, known.device if known else token_urlsafe(24))
    return sign_ticket(db, ticket) if ticket else None


def _organiser_cookie(key: str) -> str | None:
    from ect.ui.boot import database, settings

    expected = settings().organiser_key
    if not expected or not compare_digest(key.encode(), expected.encode()):
        return None
    return _sign(database(), "organiser", "organiser")


def _with_cookie(request: Request, name: str, value: str, to: str = "/rejoindre") -> Response:
    answer = RedirectResponse(to, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=MONTH_S, httponly=True, samesite="strict", secure=secure)
    return answer


def _serializer(db: Database, salt: str) -> URLSafeSerializer:
    from ect.services.opening import signing_key

    return URLSafeSerializer(signing_key(db), salt=salt)


def _sign(db: Database, salt: str, value: object) -> str:
    signed = _serializer(db, salt).dumps(value)
    return signed if isinstance(signed, str) else signed.decode()


def _read(db: Database, salt: str, cookie: str | None) -> object:
    if not cookie:
        return None
    try:
        found: object = _serializer(db, salt).loads(cookie)
    except BadSignature:
        return None
    return found
