"""Records of terrains: what a table says is written, what it leaves blank stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ect.domain.framework import FrameworkKind, FrameworkUse
from ect.domain.incoming import Incoming, Kind, Place, Problem, TerrainLine
from ect.domain.terrain import Lesson, Terrain
from ect.domain.text import folded
from ect.services.imports.matching import Names, read_names
from ect.services.imports.plans import Plan, Written
from ect.services.reference import frameworks
from ect.storage.repositories import imports, terrains


@dataclass(frozen=True, slots=True)
class Draft:
    """The records a table would leave, new ones and changed ones, and what keeps it out."""

    made: tuple[Terrain, ...]
    changed: tuple[Terrain, ...]
    unchanged: int
    lookalikes: Mapping[str, str]
    problems: tuple[Problem, ...]


def plan_terrains(session: Session, incoming: Incoming) -> Plan:
    """Say which records would be made, and which would change."""
    draft = _draft(session, incoming.terrains)
    return Plan(
        Kind.TERRAINS,
        created=tuple(terrain.name for terrain in draft.made),
        changed=tuple(terrain.name for terrain in draft.changed),
        unchanged=draft.unchanged,
        lookalikes=draft.lookalikes,
        notes=incoming.notes,
        problems=draft.problems,
    )


def write_terrains(session: Session, incoming: Incoming, now: datetime) -> Written:
    """Write the records."""
    draft = _draft(session, incoming.terrains)
    terrains.add_terrains(session, draft.made, now)
    keys = terrains.keys_by_code(session)
    before: dict[int, dict[str, Any]] = {
        keys[terrain.code]: {"created": True, "revision": 1} for terrain in draft.made
    }
    for terrain in draft.changed:
        state = imports.terrain_state(session, terrain.code)
        terrains.replace_terrain(session, terrain, now)
        before[keys[terrain.code]] = {"state": state, "revision": state["revision"] + 1}
    return Written(before, {"terrains": len(before)})


def _draft(session: Session, lines: tuple[TerrainLine, ...]) -> Draft:
    names = read_names(session)
    _known, new = names.sort(line.name for line in lines if not _found(names, line))
    lookalikes = names.lookalikes(new)
    fresh = {terrain.code: terrain for terrain in names.make(new)}
    made, changed, problems = [], [], _twice(lines, names)
    unchanged = 0
    for line in lines:
        own = _found(names, line)
        if own is None:
            continue
        after, unknown = _merged(own, line, names)
        problems += unknown
        if own.code in fresh:
            made.append(after)
        elif after != own:
            changed.append(after)
        else:
            unchanged += 1
    problems += _taken([*made, *changed], names, lines)
    return Draft(tuple(made), tuple(changed), unchanged, lookalikes, tuple(problems))


def _found(names: Names, line: TerrainLine) -> Terrain | None:
    return names.by_code.get(line.code) if line.code in names.by_code else names.find(line.name)


def _merged(own: Terrain, line: TerrainLine, names: Names) -> tuple[Terrain, list[Problem]]:
    values, problems = dict(line.values), []
    if line.code == own.code:  # Named by its code, it may be given another name.
        values["name"] = line.name
    if "mirrors_of" in values:
        mirrored = {name: names.find(name) for name in values["mirrors_of"]}
        problems = [
            Problem(line.place, name, "terrain_known") for name, found in mirrored.items() if not found
        ]
        values["mirrors_of"] = tuple(found.code for found in mirrored.values() if found)
    if "lessons" in values:
        values["lessons"] = _lessons(own, values["lessons"])
    if "frameworks" in values:
        values["frameworks"] = _uses(own, values["frameworks"])
    # Spaces around a text are no change of it.
    return replace(own, **{n: v for n, v in values.items() if not _same(getattr(own, n), v)}), problems


def _same(held: object, given: object) -> bool:
    return held == given or (isinstance(held, str) and held.strip() == given)


def _lessons(own: Terrain, given: Mapping[int, tuple[str, ...]]) -> tuple[Lesson, ...]:
    held = {axis: tuple(x.text for x in own.lessons if x.axis == axis) for axis in (1, 2, 3, 0)}
    if all(held[axis] == texts for axis, texts in given.items()):
        return own.lessons
    return tuple(Lesson(axis, text) for axis, texts in {**held, **given}.items() for text in texts)


def _uses(own: Terrain, given: Mapping[FrameworkKind, tuple[str, ...]]) -> tuple[FrameworkUse, ...]:
    """Return the uses of frameworks by their wordings: those that are known keep what they are tied to."""
    held = {kind: tuple(use for use in own.frameworks if use.kind is kind) for kind in FrameworkKind}
    worded = {kind: tuple(dict.fromkeys(use.wording for use in held[kind])) for kind in held}
    if all(worded[kind] == wordings for kind, wordings in given.items()):
        return own.frameworks
    entries = {(entry.kind, folded(entry.label.fr)): entry for entry in frameworks()}
    for kind, wordings in given.items():
        kept = {use.wording for use in held[kind]}
        new = [use for use in held[kind] if use.wording in wordings]
        for wording in wordings:
            entry = entries.get((kind, folded(wording)))
            if wording not in kept:
                new.append(FrameworkUse(kind, wording, entry.code if entry else None))
        held[kind] = tuple(new)
    return tuple(use for uses in held.values() for use in uses)


def _twice(lines: Iterable[TerrainLine], names: Names) -> list[Problem]:
    first: dict[str, Place] = {}
    problems = []
    for line in lines:
        found = _found(names, line)
        code = found.code if found else ""
        if code in first:
            problems.append(Problem(line.place, line.name, "once", {"first": first[code].row}))
        first.setdefault(code, line.place)
    return problems


def _taken(after: Iterable[Terrain], names: Names, lines: Iterable[TerrainLine]) -> list[Problem]:
    """Return the lines that would give a terrain a name another one keeps."""
    final = {**names.by_code, **{terrain.code: terrain for terrain in after}}
    owners: dict[str, list[str]] = {}
    for terrain in final.values():
        owners.setdefault(terrain.name.casefold(), []).append(terrain.code)
    problems = []
    for line in lines:
        found = _found(names, line)
        held = owners.get(line.name.strip().casefold(), [])
        if found and len(held) > 1:
            problems.append(Problem(line.place, line.name, "name_free"))
    return problems
