"""Participants' ratings: one cell each, by pseudonym, terrain after terrain."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ect.domain.incoming import Incoming, Kind, Problem, RatingLine, typed_pseudonym
from ect.domain.rating import check_rating
from ect.domain.terrain import Terrain
from ect.domain.text import folded
from ect.services.imports.matching import Names, create, read_names
from ect.services.imports.plans import Plan, Progress, Written
from ect.services.rating import ROOM
from ect.services.reference import grid_in_force
from ect.storage.database import Database
from ect.storage.repositories import imports, secrets, terrains
from ect.storage.repositories.imports import Stored
from ect.storage.repositories.upsert import answer_columns

ROOM_NAMES = {"salle", "room"}
# The key names are digested with: without it, a digest says nothing of a name.
KEY = "people"


@dataclass(frozen=True, slots=True)
class People:
    """The voice of each participant of a table; ``digests`` is what is kept of names that are new."""

    voices: Mapping[str, str]
    digests: Mapping[str, str]

    @property
    def named(self) -> dict[str, str]:
        """The pseudonym of each participant who was not given by one."""
        return {
            name: voice
            for name, voice in self.voices.items()
            if voice != ROOM and typed_pseudonym(name) is None
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What would be written at one terrain: rows that are new, rows that replace, cells left alone."""

    terrain: Terrain
    new: Sequence[Mapping[str, Any]]
    changed: Sequence[Mapping[str, Any]]
    same: int

    @property
    def cells(self) -> int:
        """How many cells the table gives at this terrain."""
        return len(self.new) + len(self.changed) + self.same


def plan_ratings(db: Database, session: Session, incoming: Incoming, progress: Progress | None) -> Plan:
    """Say how many ratings would come in, and under which pseudonyms."""
    names = read_names(session)
    people = _people(session, incoming, secrets.find(session, KEY) or "")
    plan = _plan(incoming, names, people)
    names.make(plan.created)
    return _counted(plan, _changes(db, session, incoming, names, people, progress))


def write_ratings(
    db: Database, session: Session, incoming: Incoming, now: datetime, progress: Progress | None
) -> tuple[Plan, Written]:
    """Put the ratings in, unless something keeps them out; return what was done."""
    names = read_names(session)
    people = _people(session, incoming, secrets.find_or_make(session, KEY))
    plan = _plan(incoming, names, people)
    if plan.problems:
        return plan, Written()
    before: dict[int, dict[str, Any]] = create(session, names, plan.created, now)
    changes = _changes(db, session, incoming, names, people, progress)
    plan = _counted(plan, _written(db, session, changes, before, now))
    count = plan.counts["new"] + plan.counts["changed"]
    return plan, Written(before, {"ratings": count}, people.digests)


def _plan(incoming: Incoming, names: Names, people: People) -> Plan:
    _known, new = names.sort(line.terrain for line in incoming.ratings)
    return Plan(
        Kind.RATINGS,
        created=tuple(new),
        lookalikes=names.lookalikes(new),
        people=people.named,
        notes=incoming.notes,
        problems=_twice(incoming.ratings, names),
    )


def _counted(plan: Plan, changes: Iterable[Change]) -> Plan:
    counts = dict.fromkeys(("new", "changed", "same"), 0)
    touched, unchanged, created = [], 0, set(plan.created)
    for change in changes:
        counts["new"] += len(change.new)
        counts["changed"] += len(change.changed)
        counts["same"] += change.same
        if not (change.new or change.changed):
            unchanged += 1
        elif change.terrain.name not in created:
            touched.append(change.terrain.name)
    return replace(plan, changed=tuple(touched), unchanged=unchanged, counts=counts)


def _written(
    db: Database,
    session: Session,
    changes: Iterable[Change],
    before: dict[int, dict[str, Any]],
    now: datetime,
) -> Iterator[Change]:
    """Write each change as it comes, keep what it replaces in ``before``, and hand it on."""
    keys = terrains.keys_by_code(session)
    grid, _version = grid_in_force(db, session)
    writer = imports.RatingWriter(session, grid, now)
    for change in changes:
        place = keys[change.terrain.code]
        replaced = [(row["voice"], row["criterion"]) for row in change.changed]
        if rows := imports.rows_before(session, place, grid, replaced):
            before.setdefault(place, {})["ratings"] = rows
        writer.write(place, [*change.new, *change.changed])
        yield change


def _changes(
    db: Database,
    session: Session,
    incoming: Incoming,
    names: Names,
    people: People,
    progress: Progress | None,
) -> Iterator[Change]:
    by_terrain: dict[str, list[RatingLine]] = defaultdict(list)
    for line in incoming.ratings:
        found = names.find(line.terrain)
        if found:
            by_terrain[found.code].append(line)
    wanted = sum(len(line.ratings) for line in incoming.ratings)
    keys = terrains.keys_by_code(session)
    grid, version = grid_in_force(db, session)
    columns: dict[int, dict[str, Any]] = {}
    for rating in (rating for line in incoming.ratings for rating in line.ratings):
        # Lines share their ratings: each is checked, and written out, once.
        if id(rating) not in columns:
            check_rating(version, rating)
            columns[id(rating)] = answer_columns(rating)
    done = 0
    for code, lines in by_terrain.items():
        place = keys.get(code)
        stored = {} if place is None else imports.stored_ratings(session, place, grid)
        change = _change(names.by_code[code], lines, people, columns, stored, incoming.described)
        yield change
        done += change.cells
        if progress:
            progress(done, wanted)


def _change(
    terrain: Terrain,
    lines: Sequence[RatingLine],
    people: People,
    columns: Mapping[int, Mapping[str, Any]],
    stored: Mapping[tuple[str, str], Stored],
    described: bool,
) -> Change:
    new, changed, same = [], [], 0
    for line in lines:
        voice = people.voices[line.participant]
        for rating in line.ratings:
            row = {**columns[id(rating)], "voice": voice}
            held = stored.get((voice, rating.criterion))
            if held is None:
                new.append(row)
                continue
            if not described:
                row["basis"], row["comment"] = held[2], held[3]
            if (row["answer"], row["half_points"], row["basis"], row["comment"]) == held:
                same += 1
            else:
                changed.append(row)
    return Change(terrain, new, changed, same)


def _people(session: Session, incoming: Incoming, key: str) -> People:
    """Give each participant a voice: the one typed, the one they had, or the next that is free."""
    participants = dict.fromkeys(line.participant for line in incoming.ratings)
    typed = {name: typed_pseudonym(name) for name in participants}
    known = imports.known_people(session)
    taken = {*imports.voices(session), *known.values(), *(v for v in typed.values() if v)}
    last = max((int(voice[1:]) for voice in taken if voice[:1] == "P" and voice[1:].isdecimal()), default=0)
    voices: dict[str, str] = {}
    digests: dict[str, str] = {}
    for name in participants:
        if folded(name) in ROOM_NAMES:
            voices[name] = ROOM
            continue
        digest = _digest(key, name)
        voice = typed[name] or known.get(digest) or digests.get(digest)
        if voice is None:
            last += 1
            voice = digests[digest] = f"P{last:02}"
        voices[name] = voice
    return People(voices, digests)


def _digest(key: str, name: str) -> str:
    return hmac.new(key.encode(), folded(name).encode(), hashlib.sha256).hexdigest()[:32]


def _twice(lines: Iterable[RatingLine], names: Names) -> tuple[Problem, ...]:
    """Return the lines whose terrain and participant another line has, under another of its names."""
    first: dict[tuple[str, str], tuple[str, int]] = {}
    problems = []
    for line in lines:
        found = names.find(line.terrain)
        if found:
            own = (found.code, typed_pseudonym(line.participant) or folded(line.participant))
            name, row = first.setdefault(own, (folded(line.terrain), line.place.row))
            if name != folded(line.terrain):
                problems.append(Problem(line.place, line.terrain, "once", {"first": row}))
    return tuple(problems)
