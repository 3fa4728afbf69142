"""Killing the server while people rate: what was acknowledged is there, and everybody is back in place."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from random import Random

import websockets
from sqlalchemy import text

from tests.benchmarks.servers import our_app
from tests.live.meetings import Room, answer_in_store, read_option, room
from tests.live.phones import Phone

PEOPLE = 8


def kill_often(store: Path, times: int, seed: int = 1) -> list[str]:
    """Kill the server so many times at random instants; return what went wrong, nothing if all is well."""
    meeting = room(f"sqlite:///{store.as_posix()}", PEOPLE)
    random, wrong = Random(seed), []
    for time in range(times):
        wrong += [f"kill {time}: {what}" for what in _one_kill(store, meeting, random)]
    meeting.db.close()
    return wrong


def _one_kill(store: Path, meeting: Room, random: Random) -> list[str]:
    before = [answer_in_store(meeting, seat) for seat in meeting.seats]
    server = our_app(store)
    try:
        server.wait()
        phones = asyncio.run(_rate_until(server.process.kill, server.address, meeting, random))
    finally:
        server.process.kill()
        server.process.wait(20)
    return _check(meeting, before, phones)


async def _rate_until(kill: object, address: str, meeting: Room, random: Random) -> list[Phone]:
    phones = [
        Phone(address, "rejoindre", cookie, seed=random.randrange(1 << 30)) for cookie in meeting.cookies
    ]
    await asyncio.gather(*(phone.open() for phone in phones))
    for phone in phones:
        phone.came_back_to = read_option(phone.shown())
    rating = [asyncio.create_task(_keep_rating(phone)) for phone in phones]
    await asyncio.sleep(random.uniform(0.02, 0.6))
    kill()  # type: ignore[operator]
    for task in rating:
        task.cancel()
    await asyncio.gather(*rating, return_exceptions=True)
    for phone in phones:
        await phone.close()
    return phones


async def _keep_rating(phone: Phone) -> None:
    with contextlib.suppress(ConnectionError, websockets.ConnectionClosed):
        while True:
            await phone.choose()


def _check(meeting: Room, before: list[str], phones: list[Phone]) -> list[str]:
    wrong = []
    for number, (seat, phone) in enumerate(zip(meeting.seats, phones, strict=True)):
        if phone.came_back_to != before[number]:
            wrong.append(f"seat {seat} came back to {phone.came_back_to!r}, not to {before[number]!r}")
        last = read_option(phone.acknowledged) if phone.acknowledged else before[number]
        kept = answer_in_store(meeting, seat)
        if kept not in {last, read_option(phone.pending) if phone.pending else last}:
            wrong.append(f"seat {seat} holds {kept!r}: {last!r} was acknowledged")
    with meeting.db.read() as session:
        sound = session.connection().execute(text("PRAGMA integrity_check")).scalar_one()
        lost = session.connection().execute(text("PRAGMA foreign_key_check")).first()
    if sound != "ok" or lost is not None:
        wrong.append(f"the store is not sound: {sound}, {lost}")
    return wrong
