"""Streamlit's scripts, compressed once: a first visit is 1.4 MB instead of 4, for each phone of the room.

Starlette's own compression would do the work again for every visitor; these files never change while
the server runs, so the compressed answer is kept.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = "/static/"


class CompressedOnce:
    """Answers what is under ``/static/`` from memory, compressed, after the first time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.compressing = GZipMiddleware(app, minimum_size=1_000, compresslevel=6)
        self.answers: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where it can be."""
        if not _may_be_kept(scope):
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path not in self.answers:
            messages: list[Message] = []

            async def keep(message: Message) -> None:
                messages.append(message)

            await self.compressing(scope, _stays, keep)
            if messages[0].get("status") != 200:
                await _replay(messages, send)
                return
            self.answers[path] = messages
        await _replay(self.answers[path], send)


def _may_be_kept(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(FOLDER):
        return False
    headers = Headers(scope=scope)
    conditional = any(name in headers for name in ("range", "if-none-match", "if-modified-since"))
    return not conditional and "gzip" in headers.get("accept-encoding", "")


async def _stays() -> Message:
    """Who asked may leave before the end: the answer is kept for the others, so it is made whole."""
    never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await never


async def _replay(messages: list[Message], send: Send) -> None:
    for message in messages:
        if message["type"] == "http.response.start":
            # A copy: what stands before us adds its headers to the message itself.
            message = {**message, "headers": list(message["headers"])}
        await send(message)
