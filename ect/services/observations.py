"""What the store holds, one observation a row: what the laboratory's frames and the tables are made of.

No name of a person, and no vote of a round that is not revealed, is ever in a row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import Any

from sqlmodel import Session

from ect.domain.grid import Criterion, Grid
from ect.domain.meeting import SELECTION
from ect.domain.scoring import Measure, Score
from ect.services.reference import frameworks, grid_of_key
from ect.services.scores import PRECEDENCE, Source, board_of, profiles_in, score_in, sourced_in
from ect.storage.database import Database
from ect.storage.repositories import meetings as meeting_rows
from ect.storage.repositories import observations, terrains
from ect.storage.repositories.assessments import assessments as assessment_rows

# A transaction that reads, as rooms above know it.
Reading = Session
Rows = Iterator[tuple[Any, ...]]
JOIN = " | "
ORIGINS = {"meeting": "decided", "demo": "demo", "import": "imported"}
# The kinds of scores, the one that stands before all others first.
SOURCES = (*map(Source, reversed(PRECEDENCE)), Source.RATED)


def ratings(db: Database, session: Session) -> Rows:
    """Yield every answer: given for the room, then in meetings, in revealed rounds."""
    names = observations.grid_names(session)
    parts = {key: _part_of(grid_of_key(db, session, key)) for key in names}
    given = observations.room_ratings(session)
    for voice, terrain, grid, criterion, answer, halves, basis, comment, saved in given:
        # fmt: off
        yield (
            "room", None, None, voice, terrain, names[grid], parts[grid].get(criterion), criterion, answer,
            None if halves is None else halves / 2, basis, comment, None, True, False, saved,
        )
        # fmt: on
    for row in observations.revealed_votes(session):
        meeting, number, seat, counts, paper, demo, terrain, grid, criterion, answer, halves = row[:11]
        level = None if halves is None else halves / 2
        yield (
            *("meeting", meeting, number, f"P{seat}", terrain, names[grid], parts[grid].get(criterion)),
            *(criterion, answer, level, row[11], row[12], bool(paper), bool(counts), bool(demo), row[13]),
        )


def scores(db: Database, session: Session) -> Rows:
    """Yield every computed value: by terrain, by source of scores, by pillar, criterion and sum."""
    everyone = {terrain.code: terrain for terrain in terrains.terrains(session)}
    board = board_of(db, sourced_in(db, session))
    ranked = {row.terrain: row for row in board.ranking.rows}
    name, kinds, seen = f"{board.grid.code}/{board.grid.version}", _kinds(board.grid), set[str]()
    for source in SOURCES:
        profiles = profiles_in(db, session, source)[1]
        for code, terrain in everyone.items():
            if code not in profiles:
                continue
            # In the order of precedence: the first there is of a terrain is the official one.
            official, row = code not in seen, ranked.get(code)
            result = score_in(db, board.grid, profiles[code])
            seen.add(code)
            for part, weight, measure in _measures(board.grid, result):
                place = row.rank if row and official and part == "total" else None
                yield (
                    *(code, terrain.name, terrain.kind.value, terrain.origin, name, source.value, official),
                    *(part, kinds[part], *_figures(measure), float(weight), place),
                )


def assessments(db: Database, session: Session) -> Rows:
    """Yield every value of every dated, frozen score."""
    names, everyone = observations.grid_names(session), _names(session)
    kinds = {key: _kinds(grid_of_key(db, session, key)) for key in names}
    for one in assessment_rows(session):
        before, slash, number = one.source.partition("/")
        origin = ORIGINS.get(before, before) if slash else "published"
        meeting = int(number) if before in {"meeting", "demo"} else None
        for part, value in one.profile.items():
            yield (
                *(one.key, one.terrain, everyone[one.terrain], names[one.grid], one.source, origin),
                *(meeting, one.phase, one.year),
                *(part, kinds[one.grid][part], float(value), str(value)),
            )


def framework_uses(_db: Database, session: Session) -> Rows:
    """Yield each framework of each terrain, as worded for it."""
    known = {(entry.kind, entry.code): entry for entry in frameworks()}
    for terrain in terrains.terrains(session, archived=True):
        for use in terrain.frameworks:
            entry = known.get((use.kind, use.code or ""))
            yield (
                *(terrain.code, terrain.name, terrain.kind.value, use.kind.value, use.code),
                *(entry and entry.label.fr, entry and JOIN.join(c.value for c in entry.categories)),
                *(use.wording, use.interpreted),
            )


def framework_catalogue(_db: Database, _session: Session) -> Rows:
    """Yield the catalogue of frameworks, used or not."""
    for entry in frameworks():
        yield (
            *(entry.kind.value, entry.code, entry.rank, entry.label.fr, entry.label.en),
            *(JOIN.join(c.value for c in entry.categories), entry.description.fr, JOIN.join(entry.examples)),
        )


def terrain_records(_db: Database, session: Session) -> Rows:
    """Yield every terrain's record, archived ones too."""
    for terrain in terrains.terrains(session, archived=True):
        lists = (terrain.experiments, (f"{x.axis}: {x.text}" for x in terrain.lessons), terrain.questions)
        yield (
            *(terrain.code, terrain.name, terrain.kind.value, terrain.origin, terrain.archived),
            *(terrain.full_name, terrain.year, terrain.status, terrain.status_text, terrain.territory),
            *(JOIN.join(terrain.themes), JOIN.join(terrain.mirrors_of), terrain.context, terrain.objective),
            *(terrain.genesis, terrain.actors, terrain.main_brake, terrain.main_lever),
            *(JOIN.join(texts) for texts in lists),
            *(terrain.situation, terrain.interest, JOIN.join(terrain.follow_up), terrain.caveat),
            terrain.source,
        )


def grid_entries(db: Database, session: Session) -> Rows:
    """Yield every criterion of every version of the grid, with its descriptors."""
    for key, name in observations.grid_names(session).items():
        grid = grid_of_key(db, session, key)
        for pillar in grid.pillars:
            for place, criterion in enumerate(pillar.criteria, 1):
                weight = Fraction(grid.ect_factor, len(pillar.criteria))
                label = (pillar.code, pillar.label.fr, pillar.label.en)
                yield (name, "ect", *label, place, *_criterion(criterion), float(weight))
        for place, criterion in enumerate(grid.selection, 1):
            yield (name, SELECTION, None, "", "", place, *_criterion(criterion), 1.0)


def meetings(_db: Database, session: Session) -> Rows:
    """Yield every meeting; its code, by which people come in, stays here."""
    names = observations.grid_names(session)
    for meeting in reversed(meeting_rows.meetings(session)):
        settings = meeting.settings
        seats = [seat for seat in meeting_rows.seats(session, meeting.key) if not seat.removed]
        yield (
            *(meeting.key, meeting.title, names[meeting.grid], meeting.status.stage.value),
            *(meeting.status.round, meeting.status.visible_rounds, settings.blind, settings.names_shown),
            *(settings.abstentions.value, len(meeting.terrains), len(seats), meeting.demo),
            *(meeting.created_at, meeting.closed_at),
        )


def participants(_db: Database, session: Session) -> Rows:
    """Yield every seat, by pseudonym."""
    for meeting in reversed(meeting_rows.meetings(session)):
        for seat in meeting_rows.seats(session, meeting.key):
            yield (
                *(meeting.key, seat.pseudonym, seat.kind.value, seat.facilitator, seat.removed, seat.joined),
                JOIN.join(seat.sections),
            )


def decisions(_db: Database, session: Session) -> Rows:
    """Yield the terrains of each meeting, with what was decided of them."""
    for meeting, terrain, place, verdict, motive, demo in observations.meeting_terrains(session):
        yield meeting, terrain, place, verdict, motive, bool(demo)


def settled_values(_db: Database, session: Session) -> Rows:
    """Yield the values a committee settled on in place of the mean."""
    for meeting, terrain, criterion, value, reason in observations.overrides(session):
        yield meeting, terrain, criterion, float(Fraction(value)), value, reason


def recusals(_db: Database, session: Session) -> Rows:
    """Yield who neither rated a terrain nor saw its ratings."""
    for meeting, number, terrain, declared in observations.recusals(session):
        yield meeting, f"P{number}", terrain, declared


def reopened(_db: Database, session: Session) -> Rows:
    """Yield the criteria that later rounds asked for again."""
    for meeting in reversed(meeting_rows.meetings(session)):
        for number in range(2, meeting.status.round + 1):
            for terrain, criterion in sorted(meeting_rows.reopened(session, meeting.key, number)):
                yield meeting.key, number, terrain, criterion


def scenarios(_db: Database, session: Session) -> Rows:
    """Yield the scenarios that are kept."""
    names = observations.grid_names(session)
    for name, note, grid, source, text, created in observations.scenarios(session):
        yield name, note, names[grid], source, text, created


def events(_db: Database, session: Session) -> Rows:
    """Yield the audit: what happened, in order, each event chained to the one before."""
    for number, meeting, at, actor, event, details, digest in observations.events(session):
        written = json.dumps(details, ensure_ascii=False, sort_keys=True)
        yield number, meeting, at, actor, event, written, digest


def untold() -> dict[str, tuple[tuple[str, ...], Any]]:
    """Return, of each table no function here tells, its columns and what yields its rows."""
    return {
        name: (columns, partial(_untold_rows, name)) for name, columns in observations.untold_tables().items()
    }


def _untold_rows(table: str, _db: Database, session: Session) -> Rows:
    for row in observations.untold_rows(session, table):
        yield tuple(
            json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
            for value in row
        )


def _names(session: Session) -> dict[str, str]:
    return {terrain.code: terrain.name for terrain in terrains.terrains(session, archived=True)}


def _part_of(grid: Grid) -> dict[str, str]:
    parts = {c.code: pillar.code for pillar in grid.pillars for c in pillar.criteria}
    return parts | {c.code: SELECTION for c in grid.selection}


def _kinds(grid: Grid) -> dict[str, str]:
    kinds = dict.fromkeys(("ect", "selection", "total"), "sum")
    kinds |= {pillar.code: "pillar" for pillar in grid.pillars}
    return (
        kinds
        | {c.code: "ect_criterion" for c in grid.ect_criteria}
        | {c.code: "selection_criterion" for c in grid.selection}
    )


def _measures(grid: Grid, found: Score) -> Iterable[tuple[str, Fraction, Measure]]:
    for part in (*found.pillars, *found.criteria):
        yield part.code, part.weight, part.measure
    yield "ect", Fraction(grid.ect_factor), found.ect
    yield "selection", Fraction(1), found.selection_total
    yield "total", Fraction(1), found.total


def _figures(measure: Measure) -> tuple[Any, ...]:
    known = measure.low if measure.complete else None
    return (
        *(None if known is None else float(known), None if known is None else str(known)),
        *(float(measure.low), float(measure.high), measure.known, measure.count),
    )


def _criterion(criterion: Criterion) -> tuple[Any, ...]:
    levels = [level.descriptor.fr for level in criterion.levels] or ["", "", ""]
    return (criterion.code, criterion.label.fr, criterion.label.en, *levels, float(criterion.step))
