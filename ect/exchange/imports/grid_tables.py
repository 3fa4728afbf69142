"""A version of the grid: one row a criterion, in the order of the grid."""

from __future__ import annotations

import re
from typing import Any

from ect.domain.grid import LEVELS, SUMS, Grid
from ect.domain.incoming import Incoming, Kind
from ect.domain.text import folded
from ect.exchange.imports.cells import Reader
from ect.exchange.imports.vocabulary import GRID, vocabulary
from ect.exchange.sheets import Cells

SELECTION = {"selection", "selection criteria", "criteres de selection", "terrain", "criteres terrain"}
ECT = {"ect", "grille ect", "score ect", ""}
LIMIT, MOST = 300, 200
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


def read_grid(reader: Reader, grid: Grid) -> Incoming:
    """Return the version of the grid a table holds; every mistake is left with the reader."""
    pillars: dict[str, dict[str, Any]] = {}
    selection: list[dict[str, Any]] = []
    versions: dict[str, int] = {}
    coder = _Coder(reader, grid)
    for row, cells in reader.table.rows:
        if not any(cells):
            continue
        if version := reader.text(row, cells, "version", 40):
            versions.setdefault(version, row)
        criterion = _criterion(reader, row, cells, coder)
        if _in_selection(reader, row, cells):
            selection.append(criterion)
        else:
            _pillar(reader, row, cells, coder, pillars)["criteria"].append(criterion)
    _check(reader, pillars, selection, versions)
    document = {
        "pillars": list(pillars.values()),
        "selection": selection,
        "version": next(iter(versions), ""),
    }
    return Incoming(Kind.GRID, grid=document)


class _Coder:
    """Gives each entry its code: the one typed, that of the entry of this name, or one made from it."""

    def __init__(self, reader: Reader, grid: Grid) -> None:
        self._reader, self._used = reader, dict.fromkeys(SUMS, 0)
        known = vocabulary(Kind.SCORES, grid)
        self._known = {n: t.removeprefix(GRID) for n, t in known.items() if t.startswith(GRID)}

    def code(self, row: int, target: str, typed: str, label: str) -> str:
        """Return the code of an entry; one that is used twice, or that is none, is refused."""
        if not (typed or label):
            # Refused already, for its name; its code says nothing.
            return f"row_{row}_{target}"
        code = typed or self._known.get(folded(label)) or "_".join(folded(label).split())[:40]
        if not CODE.fullmatch(code):
            if typed:
                self._reader.refuse(row, target, code, "grid_code")
            code = re.sub(r"[^a-z0-9]+", "_", "c_" + folded(code))[:40]
        if code in self._used:
            self._reader.refuse(row, target, code, "once", first=self._used[code])
        self._used.setdefault(code, row)
        return code


def _in_selection(reader: Reader, row: int, cells: Cells) -> bool:
    section = reader.text(row, cells, "section", LIMIT)
    if folded(section) in SELECTION:
        return True
    if folded(section) not in ECT:
        reader.refuse(row, "section", section, "section")
    return not section and not reader.text(row, cells, "pillar", LIMIT)


def _pillar(
    reader: Reader, row: int, cells: Cells, coder: _Coder, pillars: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    label = reader.text(row, cells, "pillar", LIMIT)
    if not label:
        reader.refuse(row, "pillar", "", "pillar")
    name = folded(re.sub(r"^\d+\. *", "", label))
    if name not in pillars:
        typed = reader.text(row, cells, "pillar_code", LIMIT)
        pillars[name] = {
            "code": coder.code(row, "pillar_code", typed, label),
            "label": label,
            **_more(reader, row, cells, "label_en", "pillar_en"),
            **_more(reader, row, cells, "table_label", "pillar_table"),
            "criteria": [],
        }
    return pillars[name]


def _criterion(reader: Reader, row: int, cells: Cells, coder: _Coder) -> dict[str, Any]:
    label = reader.text(row, cells, "label", LIMIT)
    if not label:
        reader.refuse(row, "label", "", "name")
    code = coder.code(row, "code", reader.text(row, cells, "code", LIMIT), label)
    return {
        "code": code,
        "label": label,
        **_more(reader, row, cells, "label_en", "label_en"),
        **_more(reader, row, cells, "table_label", "label_table"),
        **_levels(reader, row, cells),
        **_more(reader, row, cells, "note", "note"),
        **_more(reader, row, cells, "note_en", "note_en"),
    }


def _more(reader: Reader, row: int, cells: Cells, entry: str, target: str) -> dict[str, str]:
    text = reader.text(row, cells, target)
    return {entry: text} if text else {}


def _levels(reader: Reader, row: int, cells: Cells) -> dict[str, Any]:
    """Return the levels with their descriptors: all three, or, in the selection, none."""
    texts = {value: reader.text(row, cells, f"level_{value}") for value in LEVELS}
    if not any(texts.values()) and _in_selection_quietly(reader, cells):
        return {}
    levels = []
    for value, text in texts.items():
        if not text:
            reader.refuse(row, f"level_{value}", "", "descriptor")
        english = reader.text(row, cells, f"level_{value}_en")
        levels.append({"value": value, "descriptor": text, **({"descriptor_en": english} if english else {})})
    return {"levels": levels}


def _in_selection_quietly(reader: Reader, cells: Cells) -> bool:
    section, pillar = (folded(str(reader.cell(cells, name) or "")) for name in ("section", "pillar"))
    return section in SELECTION or not (section or pillar)


def _check(
    reader: Reader,
    pillars: dict[str, dict[str, Any]],
    selection: list[dict[str, Any]],
    versions: dict[str, int],
) -> None:
    row = reader.table.header_row
    if not pillars:
        reader.refuse(row, "pillar", "", "some_pillar")
    if not selection:
        reader.refuse(row, "section", "", "some_selection")
    if sum(len(pillar["criteria"]) for pillar in pillars.values()) + len(selection) > MOST:
        reader.refuse(row, "label", "", "fewer_criteria", limit=MOST)
    for version, place in list(versions.items())[1:]:
        reader.refuse(place, "version", version, "one_version", version=next(iter(versions)))
