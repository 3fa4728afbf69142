"""Cells written once: a value that was met before is looked up, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

# Beyond these, texts are written each time they come: memory stays bounded.
REMEMBERED, LONG = 100_000, 200


class _Written(dict[Any, str]):
    """The values of one type with what they are written as."""

    def __init__(self, write: Callable[[Any], str], kept: int) -> None:
        super().__init__()
        self.write, self.kept = write, kept

    def __missing__(self, value: Any) -> str:
        written = self.write(value)
        if len(self) < self.kept and len(written) < LONG:
            self[value] = written
        return written


def joined(
    rows: Iterable[Iterable[Any]], writers: Mapping[type, tuple[Callable[[Any], str], bool]], separator: str
) -> Iterator[str]:
    """Yield each row as one text, its cells written by type.

    ``writers`` maps a type to what writes it, and whether its values come back often enough to be kept.
    """
    known = {kind: _Written(write, REMEMBERED if kept else 0) for kind, (write, kept) in writers.items()}
    for row in rows:
        yield separator.join([known[value.__class__][value] for value in row])


class Clock(dict[int, datetime]):
    """Local hours, worked out once a quarter of an hour: where zones shift, they shift on a quarter."""

    QUARTER = 900

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone

    def __missing__(self, quarter: int) -> datetime:
        local = datetime.fromtimestamp(quarter * self.QUARTER, self.zone)
        self[quarter] = local
        return local

    def local(self, moment: datetime) -> tuple[datetime, float]:
        """Return when the quarter of an hour a moment is in began, in the zone, and the seconds since."""
        quarter, seconds = divmod(moment.timestamp(), self.QUARTER)
        return self[int(quarter)], seconds
