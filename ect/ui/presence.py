"""Who is connected: each participant's page says so every few seconds. In memory: a restart forgets."""

from __future__ import annotations

from time import monotonic

BEAT_S = 5
GONE_AFTER_S = 3 * BEAT_S

_seen: dict[int, float] = {}


def beat(seat: int) -> None:
    """Say that a seat's page is open."""
    _seen[seat] = monotonic()


def present(seat: int) -> bool:
    """Tell whether a seat's page was open a moment ago."""
    return monotonic() - _seen.get(seat, -GONE_AFTER_S) < GONE_AFTER_S
