"""What stands before every answer: refused hosts and origins, our headers, the mark of the organiser."""

from __future__ import annotations

import base64
import hashlib
import re
from ipaddress import ip_address
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ect.ui import network

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
# Set here and taken from nobody: the request came from the machine that serves.
ORGANISER = "x-ect-organiser"
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def inline_script_hashes() -> list[str]:
    """Return the CSP hashes of the inline scripts of Streamlit's own page."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def security_headers() -> dict[str, str]:
    """Return the headers every answer carries: nothing foreign is loaded, nobody may frame us."""
    policy = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *inline_script_hashes()]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }


class Guard:
    """Refuses foreign hosts and origins, marks the organiser, and puts our headers on every answer.

    Streamlit accepts a websocket without looking at who opened it; here a page of another site, or
    a name that was made to point at this machine, gets no answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif not is_ours(Headers(scope=scope)):
            await self._refuse(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(marked(scope), receive, send)
        else:
            await self.app(marked(scope), receive, self._with_headers(send))

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        return send_with_headers

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("Adresse refusée.", 421)(scope, receive, send)


def is_ours(headers: Headers) -> bool:
    """Tell whether a request was made to a name of this machine, by a page served under that name."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    named = _name_of(host) in LOCAL_HOSTS or (
        network.open_to_phones() and _name_of(host) in network.addresses()
    )
    return named and (origin is None or origin.partition("://")[2] == host)


def marked(scope: Scope) -> Scope:
    """Return the request with the organiser's mark if it comes from this machine, else without any."""
    headers = [(name, value) for name, value in scope["headers"] if name != ORGANISER.encode()]
    if from_this_machine(scope):
        headers.append((ORGANISER.encode(), b"1"))
    return {**scope, "headers": headers}


def from_this_machine(scope: Scope) -> bool:
    """Tell whether a request comes from this very machine, and not through a proxy on it."""
    client = (scope.get("client") or ("",))[0]
    headers = Headers(scope=scope)
    if client == "testclient":
        return True
    try:
        return ip_address(client).is_loopback and not any(name in headers for name in FORWARDED)
    except ValueError:
        return False


def _name_of(host: str) -> str:
    return re.sub(r":\d+$", "", host)
