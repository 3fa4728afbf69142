"""Phones without a browser: they speak Streamlit's own protocol to a server of ours.

A phone connects with a ticket, keeps the widgets the server sends, answers as the browser does (every
widget's state, the fragment of the one that moved), lets the page's timers tick, and keeps every
message it received.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

CHOICES = "radio"


class Phone:
    """One connection to one page."""

    def __init__(
        self, address: str, page: str, cookie: str = "", *, keep: bool = False, seed: int = 0
    ) -> None:
        self.address, self.page, self.cookie = address, page, cookie
        self.random = Random(seed)
        self.widgets: dict[str, tuple[str, Any, str]] = {}
        self.states: dict[str, tuple[str, Any]] = {}
        self.cached: dict[str, ForwardMsg] = {}
        self.received: list[bytes] = []
        self.keep = keep
        self.failures: list[str] = []
        self.page_hash = ""
        self.finished = asyncio.Event()
        self.busy = asyncio.Lock()
        self.timers: dict[str, asyncio.Task[None]] = {}
        self.ticks: list[float] = []
        self.acknowledged = self.pending = self.came_back_to = ""

    async def open(self) -> float:
        """Connect and wait for the first page; return the seconds it took."""
        began = time.perf_counter()
        headers = {"Cookie": f"ect_narrow=1; {self.cookie}"} if self.cookie else None
        self.socket = await websockets.connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers=headers,
            max_size=None,
            compression=None,
            ping_interval=None,
        )
        self.reader = asyncio.create_task(self._read())
        await self._run()
        if self.failures:
            raise ConnectionError(self.failures[-1])
        return time.perf_counter() - began

    async def close(self) -> None:
        """Hang up."""
        for timer in self.timers.values():
            timer.cancel()
        with contextlib.suppress(Exception):
            await self.socket.close()
        self.reader.cancel()

    async def choose(self, stop: int | None = None) -> tuple[str, float]:
        """Choose another option of a set of choices, as a thumb does; return which, and the seconds."""
        key, (_kind, radio, fragment) = next(
            (key, found) for key, found in self.widgets.items() if found[0] == CHOICES
        )
        options, now = list(radio.options), self.states.get(key, ("string_value", ""))[1]
        chosen = options[stop] if stop is not None else self.random.choice([o for o in options if o != now])
        self.states[key] = ("string_value", chosen)
        self.pending = chosen
        began = time.perf_counter()
        await self._run(fragment)
        if self.failures:
            raise ConnectionError(self.failures[-1])
        self.acknowledged, self.pending = chosen, ""
        return chosen, time.perf_counter() - began

    def shown(self) -> str:
        """Return the option that is chosen on the screen, or nothing."""
        for kind, radio, _fragment in self.widgets.values():
            if kind == CHOICES:
                if radio.set_value:
                    return str(radio.raw_value)
                return str(radio.options[radio.default]) if radio.HasField("default") else ""
        raise LookupError("no choices on this screen")

    async def press(self, label: str) -> None:
        """Press the button of that label."""
        key, (_kind, _button, fragment) = next(
            (key, found)
            for key, found in self.widgets.items()
            if found[0] == "button" and found[1].label == label
        )
        await self._run(fragment, pressed=key)

    async def _run(self, fragment: str = "", *, pressed: str = "", timer: bool = False) -> None:
        async with self.busy:
            self.finished.clear()
            await self.socket.send(self._request(fragment, pressed, timer=timer))
            await asyncio.wait_for(self.finished.wait(), 60)

    def _request(self, fragment: str, pressed: str, *, timer: bool) -> bytes:
        message = BackMsg()
        asked = message.rerun_script
        asked.page_script_hash, asked.page_name = self.page_hash, "" if self.page_hash else self.page
        asked.fragment_id, asked.is_auto_rerun = fragment, timer
        asked.context_info.timezone, asked.context_info.locale = "Europe/Paris", "fr-FR"
        asked.context_info.url = f"{self.address}/{self.page}"
        asked.cached_message_hashes.extend(self.cached)
        for key, (field, value) in self.states.items():
            state = asked.widget_states.widgets.add(id=key)
            if field == "string_array_value":
                state.string_array_value.data.extend(value)
            else:
                setattr(state, field, value)
        if pressed:
            asked.widget_states.widgets.add(id=pressed).trigger_value = True
        return message.SerializeToString()

    async def _read(self) -> None:
        try:
            async for data in self.socket:
                if isinstance(data, bytes):
                    if self.keep:
                        self.received.append(data)
                    message = ForwardMsg()
                    message.ParseFromString(data)
                    self._take(message)
        except websockets.ConnectionClosed as error:
            self.failures.append(repr(error))
        self.finished.set()

    def _take(self, message: ForwardMsg) -> None:
        message = self._resolved(message)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._element(message.delta)
        elif kind == "new_session":
            self.page_hash = message.new_session.page_script_hash or self.page_hash
        elif kind == "auto_rerun":
            self._time(message.auto_rerun)
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.finished.set()

    def _resolved(self, message: ForwardMsg) -> ForwardMsg:
        if message.WhichOneof("type") == "ref_hash":
            return self.cached[message.ref_hash]
        if message.metadata.cacheable:
            self.cached[message.hash] = message
        return message

    def _time(self, timer: Any) -> None:
        if timer.fragment_id not in self.timers:
            tick = asyncio.create_task(self._tick(timer.fragment_id, timer.interval))
            self.timers[timer.fragment_id] = tick

    def _element(self, delta: Any) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        if kind == "exception":
            self.failures.append(element.message)
        if kind in {CHOICES, "button", "checkbox"}:
            if kind == CHOICES:  # One screen at a time: the choices before are gone.
                for key in [k for k, found in self.widgets.items() if found[0] == CHOICES]:
                    if key != element.id:
                        del self.widgets[key]
            self.widgets[element.id] = (kind, element, delta.fragment_id)
            if kind == "checkbox":
                self.states.setdefault(element.id, ("bool_value", element.default))

    async def _tick(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            began = time.perf_counter()
            with contextlib.suppress(TimeoutError, websockets.ConnectionClosed):
                await self._run(fragment, timer=True)
                self.ticks.append(time.perf_counter() - began)


def rate_for(seconds: float, think: float) -> Callable[[Phone], Awaitable[list[float]]]:
    """Return what one participant does: answer, think, go on; it returns how long each answer took."""

    async def play(phone: Phone) -> list[float]:
        took: list[float] = []
        end = time.monotonic() + seconds
        await asyncio.sleep(phone.random.random() * think)
        while time.monotonic() < end:
            _chosen, answer = await phone.choose()
            took.append(answer)
            await asyncio.sleep(max(0.0, think * phone.random.uniform(0.7, 1.3) - answer))
        return took

    return play
