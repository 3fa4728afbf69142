"""CSV in two dialects: one that French Excel opens with a double click, one for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from ect.exchange.cells import Clock, joined
from ect.exchange.safe_text import inert

SPECIAL = set('",;\n\t ')


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written; moments are in ``zone``, or in UTC as ISO 8601 where there is none."""

    name: str
    delimiter: str
    encoding: str
    line: str
    decimal: str
    quote_all: bool
    yes_no: tuple[str, str]
    zone: str = ""


FRENCH = Dialect("excel-fr", ";", "utf-8-sig", "\r\n", ",", True, ("oui", "non"), "Europe/Paris")
MACHINE = Dialect("machine", ",", "utf-8", "\n", ".", False, ("true", "false"))


def csv_lines(dialect: Dialect, headers: Sequence[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield headers and rows as lines, each with its end.

    A text that a spreadsheet could compute gets an apostrophe before it; numbers stay numbers.
    """
    for line in joined(chain([headers], rows), _writers(dialect), dialect.delimiter):
        yield line + dialect.line


def csv_bytes(dialect: Dialect, headers: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Return a whole CSV as the content of a file."""
    return "".join(csv_lines(dialect, headers, rows)).encode(dialect.encoding)


def _writers(dialect: Dialect) -> dict[type, tuple[Callable[[Any], str], bool]]:
    moment = _moments(dialect)
    yes, no = dialect.yes_no

    def quoted(text: str) -> str:
        if dialect.quote_all or not SPECIAL.isdisjoint(text):
            return '"' + text.replace('"', '""') + '"'
        return text

    return {
        str: (lambda value: quoted(inert(value)), True),
        type(None): (lambda _nothing: quoted(""), True),
        bool: (lambda value: quoted(yes if value else no), True),
        int: (lambda value: quoted(str(value)), True),
        float: (lambda value: quoted(_number(value).replace(".", dialect.decimal)), True),
        datetime: (lambda value: quoted(moment(value)), False),
    }


def _number(value: float) -> str:
    return repr(int(value)) if value == int(value) else repr(value)


def _moments(dialect: Dialect) -> Callable[[datetime], str]:
    if not dialect.zone:
        return lambda moment: moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
    clock = Clock(ZoneInfo(dialect.zone))
    days: dict[datetime, str] = {}

    def write(moment: datetime) -> str:
        quarter, seconds = clock.local(moment)
        day = days.get(quarter) or days.setdefault(quarter, f"{quarter:%d/%m/%Y %H:}")
        minutes, rest = divmod(int(seconds), 60)
        return f"{day}{quarter.minute + minutes:02}:{rest:02}"

    return write
