"""The ASGI application: Streamlit behind our headers, routes and refusals."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App

from ect.domain.errors import DomainError
from ect.ui.pages import PAGES

ROOT = Path(__file__).parents[2]
STATIC = Path(__file__).parent / "static"
BOOT_TAG = b'<script src="/ect/boot.js"></script>'
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


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
    """Refuses foreign hosts and origins, and puts our headers on every answer.

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
        elif not is_local(Headers(scope=scope)):
            await self._refuse(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, self._with_headers(send))

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


def is_local(headers: Headers) -> bool:
    """Tell whether a request was made to this machine's own name, by a page of its own."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    return _name_of(host) in LOCAL_HOSTS and (origin is None or origin.partition("://")[2] == host)


def _name_of(host: str) -> str:
    return re.sub(r":\d+$", "", host)


class BootScript:
    """Adds our boot script to Streamlit's page, and says that its language is French."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, rewriting a page on its way out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def rewrite(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                if not _is_page(message):
                    await send(message)
            elif not _is_page(start):
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _send_page(start, bytes(body), send)

        await self.app(_uncompressed(scope), receive, rewrite)


def _uncompressed(scope: Scope) -> Scope:
    """Ask for a page as it is: a compressed one cannot be rewritten."""
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return scope
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}


def _is_page(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


async def _send_page(start: Message, body: bytes, send: Send) -> None:
    body = body.replace(b'<html lang="en"', b'<html lang="fr"', 1)
    body = body.replace(b"<head>", b"<head>" + BOOT_TAG, 1)
    headers = MutableHeaders(raw=start["headers"])
    headers["content-length"] = str(len(body))
    for stale in ("etag", "last-modified"):
        if stale in headers:
            del headers[stale]
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})


async def boot_script(_request: Request) -> FileResponse:
    """Serve the boot script."""
    return FileResponse(STATIC / "boot.js", headers={"Cache-Control": "no-cache"})


async def home(request: Request) -> RedirectResponse:
    """Send who typed the first page's address to where Streamlit serves it."""
    return RedirectResponse(request.url.replace(path="/"))


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    """Boot beside the first answers: a browser loads its scripts while the heavy modules come in."""
    booting = asyncio.create_task(run_in_threadpool(_boot))
    yield
    await booting


def _boot() -> None:
    from ect.ui import boot

    # What cannot be opened is said on the page, to who can do something about it.
    with suppress(DomainError):
        boot.database()


# Until app.py has run once, Streamlit takes pages/ for its old multipage layout, in which a first
# visit to /classement is "Page not found".
PagesManager.uses_pages_directory = False

app = App(
    ROOT / "app.py",
    lifespan=lifespan,
    routes=[Route("/ect/boot.js", boot_script), Route(f"/{PAGES[0].address}", home)],
    middleware=[Middleware(Guard), Middleware(BootScript)],
)
