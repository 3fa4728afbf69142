"""The ASGI application: Streamlit behind our headers, routes and refusals."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App

from ect.domain.errors import DomainError
from ect.ui import downloads, joining
from ect.ui.guard import Guard
from ect.ui.pages import PAGES
from ect.ui.static_files import CompressedOnce

ROOT = Path(__file__).parents[2]
STATIC = Path(__file__).parent / "static"
# Once the first pages are there: nobody waits for it.
DAILY_COPY_AFTER_S = 30.0
BOOT_TAG = b'<script src="/ect/boot.js"></script>'


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


class AfterBoot:
    """Lets no page run before the boot is over: two threads importing one tree may meet half of it."""

    boot: asyncio.Task[None] | None = None

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a page's connection waits."""
        if scope["type"] == "websocket" and self.boot is not None:
            await asyncio.shield(self.boot)
        await self.app(scope, receive, send)


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    """Boot beside the first answers: a browser loads its scripts while the heavy modules come in."""
    AfterBoot.boot = asyncio.create_task(run_in_threadpool(_boot))
    daily = threading.Timer(DAILY_COPY_AFTER_S, _copy_of_the_day)
    daily.daemon = True
    daily.start()
    yield
    daily.cancel()
    await AfterBoot.boot


def _boot() -> None:
    from ect.ui import boot, frame  # noqa: F401 - so that no two visitors import it at the same time

    # What cannot be opened is said on the page, to who can do something about it.
    with suppress(DomainError):
        boot.database()


def _copy_of_the_day() -> None:
    from ect.services.backups import keep_daily
    from ect.ui import boot

    # A disk that is full, or a store on a server, stops nobody: the page tells which copies there are.
    with suppress(DomainError):
        keep_daily(boot.database())


# Until app.py has run once, Streamlit takes pages/ for its old multipage layout, in which a first
# visit to /classement is "Page not found".
PagesManager.uses_pages_directory = False

app = App(
    ROOT / "app.py",
    lifespan=lifespan,
    routes=[
        Route("/ect/boot.js", boot_script),
        Route(f"/{PAGES[0].address}", home),
        *joining.ROUTES,
        *downloads.ROUTES,
    ],
    middleware=[Middleware(Guard), Middleware(AfterBoot), Middleware(CompressedOnce), Middleware(BootScript)],
)
