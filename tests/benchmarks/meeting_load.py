"""A meeting under load: participants rating every three seconds, two facilitators' screens.

Run from the root of the project::

    python3 -m tests.benchmarks.meeting_load [--people 100] [--seconds 30]

The phones speak Streamlit's protocol, from a process of their own. The clock runs from an answer to
the end of the run it caused. Afterwards every answer is looked for in the store.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.benchmarks.servers import our_app
from tests.live.meetings import Room, answer_in_store, read_option, room
from tests.live.phones import Phone, rate_for

THINK_S = 3.0
FACILITATORS = 2
JOINING_S = 5.0


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return the median, the 95th percentile and the worst, in milliseconds."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    named = {"median": statistics.median(ordered), "p95": p95, "worst": ordered[-1]}
    return {name: round(1000 * value, 1) for name, value in named.items()}


async def measure(address: str, meeting: Room, seconds: float) -> tuple[dict[str, object], list[str]]:
    """Let everybody join, then rate; return figures, and the last answer of each that was acknowledged."""
    phones = [
        Phone(address, "rejoindre", cookie, seed=number) for number, cookie in enumerate(meeting.cookies)
    ]
    screens = [Phone(address, "animer") for _ in range(FACILITATORS)]
    joined = await asyncio.gather(*(_join(p, i * JOINING_S / len(phones)) for i, p in enumerate(phones)))
    for screen in screens:
        await screen.open()
    answers = await asyncio.gather(*map(rate_for(seconds, THINK_S), phones))
    ticks = [tick for screen in screens for tick in screen.ticks]
    failures = [failure for phone in (*phones, *screens) for failure in phone.failures]
    given = sum(len(one) for one in answers)
    for phone in (*phones, *screens):
        await phone.close()
    figures = {
        "people": len(phones),
        "join_ms": spread(joined),
        "answers": given,
        "answer_ms": spread([took for one in answers for took in one]),
        "facilitator_tick_ms": spread(ticks),
        "failures": failures[:5],
    }
    return figures, [phone.acknowledged for phone in phones]


async def _join(phone: Phone, wait: float) -> float:
    await asyncio.sleep(wait)
    return await phone.open()


def run(people: int, seconds: float) -> dict[str, object]:
    """Serve, measure, and count what the store holds."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "ect.db"
        meeting = room(f"sqlite:///{store.as_posix()}", people)
        server = our_app(store)
        try:
            server.wait()
            asyncio.run(_warm(server.address, meeting))
            before = _cpu(server.process.pid)
            found, acknowledged = asyncio.run(measure(server.address, meeting, seconds))
            used = _cpu(server.process.pid) - before
        finally:
            server.stop()
        lost = [
            number
            for number, (seat, last) in enumerate(zip(meeting.seats, acknowledged, strict=True))
            if answer_in_store(meeting, seat) != read_option(last)
        ]
        meeting.db.close()
    return found | {"acknowledged_but_lost": len(lost), "server_cpu_s": round(used, 1)}


async def _warm(address: str, meeting: Room) -> None:
    phone = Phone(address, "rejoindre", meeting.cookies[0])
    await phone.open()
    await phone.close()


def _cpu(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Rate in a meeting, many at once.")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=30)
    asked = parser.parse_args()
    print(json.dumps(run(asked.people, asked.seconds), indent=2))
