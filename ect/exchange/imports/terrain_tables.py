"""Records of terrains: one row each; a list is written one item a line inside its cell."""

from __future__ import annotations

from typing import Any

from ect.domain.framework import FrameworkKind
from ect.domain.incoming import Incoming, Kind, TerrainLine
from ect.domain.terrain import NAME_LIMIT, TerrainKind
from ect.domain.text import folded
from ect.exchange.imports.cells import DASHES, Reader
from ect.exchange.sheets import Cells, words

TEXTS = (
    "full_name",
    "status_text",
    "territory",
    "context",
    "objective",
    "genesis",
    "actors",
    "main_brake",
    "main_lever",
    "situation",
    "interest",
    "caveat",
    "source",
)
LISTS = ("themes", "experiments", "questions", "follow_up", "mirrors_of")
KINDS = {
    "candidat": TerrainKind.CANDIDATE,
    "candidate": TerrainKind.CANDIDATE,
    "suivi": TerrainKind.FOLLOWED,
    "accompagne": TerrainKind.FOLLOWED,
    "followed": TerrainKind.FOLLOWED,
    "miroir": TerrainKind.MIRROR,
    "terrain miroir": TerrainKind.MIRROR,
    "mirror": TerrainKind.MIRROR,
}
FIRST_YEAR, LAST_YEAR = 1900, 2100


def read_terrains(reader: Reader) -> Incoming:
    """Return the records of a table; every mistake is left with the reader."""
    lines = []
    first: dict[str, int] = {}
    for row, cells in reader.table.rows:
        name = reader.text(row, cells, "name", NAME_LIMIT)
        values = _values(reader, row, cells)
        code = reader.text(row, cells, "code", NAME_LIMIT)
        if not name:
            if values or code:
                reader.refuse(row, "name", "", "name")
            continue
        if folded(name) in first:
            reader.refuse(row, "name", name, "once", first=first[folded(name)])
        first.setdefault(folded(name), row)
        lines.append(TerrainLine(reader.place(row), name, code, values))
    if not lines and not reader.problems:
        reader.refuse(reader.table.header_row, "name", "", "lines")
    return Incoming(Kind.TERRAINS, terrains=tuple(lines))


def _values(reader: Reader, row: int, cells: Cells) -> dict[str, Any]:
    """Return the fields of a record that are not blank."""
    lessons = {axis: _items(reader, row, cells, f"lessons_{axis}") for axis in (1, 2, 3, 0)}
    uses = {kind: _items(reader, row, cells, f"framework_{kind.value}") for kind in FrameworkKind}
    values: dict[str, Any] = {
        **{name: reader.text(row, cells, name) for name in TEXTS},
        **{name: _items(reader, row, cells, name) for name in LISTS},
        "status": reader.text(row, cells, "status", NAME_LIMIT),
        "kind": _kind(reader, row, cells),
        "year": _year(reader, row, cells),
        "lessons": {axis: items for axis, items in lessons.items() if items},
        "frameworks": {kind: items for kind, items in uses.items() if items},
    }
    return {name: value for name, value in values.items() if value}


def _items(reader: Reader, row: int, cells: Cells, target: str) -> tuple[str, ...]:
    """Return the items of a list, one a line; short ones may be parted by semicolons."""
    text = reader.text(row, cells, target, limit=20_000)
    if target in {"themes", "mirrors_of"}:
        text = text.replace(";", "\n")
    return tuple(dict.fromkeys(item for line in text.splitlines() if (item := line.strip("\t •"))))


def _kind(reader: Reader, row: int, cells: Cells) -> TerrainKind | None:
    said = reader.text(row, cells, "kind", NAME_LIMIT)
    if said and folded(said) not in KINDS:
        reader.refuse(row, "kind", said, "kind")
    return KINDS.get(folded(said))


def _year(reader: Reader, row: int, cells: Cells) -> int | None:
    found = reader.figure(row, cells, "year", "year")
    if found is None or words(reader.cell(cells, "year")).casefold() in DASHES:
        return None
    if found.value.denominator == 1 and FIRST_YEAR <= found.value <= LAST_YEAR:
        return int(found.value)
    reader.refuse(row, "year", words(reader.cell(cells, "year")), "year")
    return None
