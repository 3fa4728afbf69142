"""A score table: dated scores of its own, beside the published ones and never in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from sqlmodel import Session

from ect.domain.grid import Grid
from ect.domain.incoming import Incoming, Kind, Place, Problem, ScoreLine
from ect.domain.scoring import Profile, score
from ect.services.imports.matching import Names, create, read_names
from ect.services.imports.plans import Origin, Plan, Written
from ect.services.reference import grid_in_force
from ect.services.scores import Source, profiles_in
from ect.storage.database import Database
from ect.storage.repositories import ratings, terrains


def plan_scores(db: Database, session: Session, incoming: Incoming) -> Plan:
    """Say which scores would come in, and which of them the ranking would not show."""
    names = read_names(session)
    fresh, plan = _sorted(db, session, incoming, names)
    _grid, _official, origins = profiles_in(db, session, Source.OFFICIAL)
    covered = [
        found.name
        for line in fresh
        if (found := names.find(line.terrain)) and origins.get(found.code) in {"published", "decided"}
    ]
    return replace(plan, covered=tuple(covered), problems=_twice(incoming, names))


def write_scores(db: Database, session: Session, incoming: Incoming, origin: Origin) -> Written:
    """Put the scores in."""
    names = read_names(session)
    fresh, plan = _sorted(db, session, incoming, names)
    grid, _version = grid_in_force(db, session)
    before = create(session, names, plan.created, origin.at)
    keys = terrains.keys_by_code(session)
    found = [(line, terrain) for line in fresh if (terrain := names.find(line.terrain))]
    for line, terrain in found:
        ratings.add_assessment(
            session,
            keys[terrain.code],
            grid,
            source_of(origin.key),
            origin.year,
            line.profile,
            record={"file": origin.file, "sheet": line.place.sheet, "row": line.place.row},
        )
    return Written(before, {"scores": len(found)})


def source_of(key: int) -> str:
    """Return how the source of an imported score is called."""
    return f"import/{key}"


def _sorted(db: Database, session: Session, incoming: Incoming, names: Names) -> tuple[list[ScoreLine], Plan]:
    key, grid = grid_in_force(db, session)
    official = profiles_in(db, session, Source.OFFICIAL)[1]
    imported = ratings.profiles(session, key, "imported")
    known, new = names.sort(line.terrain for line in incoming.scores)
    fresh, changed = [], []
    for line in incoming.scores:
        found = known.get(line.terrain)
        if found and any(
            _says_no_more(grid, line.profile, held.get(found.code)) for held in (official, imported)
        ):
            continue
        fresh.append(line)
        if found:
            changed.append(found.name)
    plan = Plan(
        Kind.SCORES,
        created=tuple(new),
        changed=tuple(changed),
        unchanged=len(incoming.scores) - len(fresh),
        lookalikes=names.lookalikes(new),
        notes=incoming.notes,
    )
    return fresh, plan


def _says_no_more(grid: Grid, given: Profile, held: Profile | None) -> bool:
    """Tell whether a profile says what another does, column by column, and nothing finer."""
    if held is None or _columns(grid, given) != _columns(grid, held):
        return False
    ect = {criterion.code for criterion in grid.ect_criteria}
    return {code for code in given if code in ect} <= set(held)


def _columns(grid: Grid, profile: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the columns of a score table of which nothing is unknown."""
    return {part.code: part.measure.low for part in score(grid, profile).columns if part.measure.complete}


def _twice(incoming: Incoming, names: Names) -> tuple[Problem, ...]:
    """Return the lines of a terrain another line is of already, under another of its names."""
    first: dict[str, Place] = {}
    problems = []
    for line in incoming.scores:
        found = names.find(line.terrain)
        if found and found.code in first:
            problems.append(Problem(line.place, line.terrain, "once", {"first": first[found.code].row}))
        elif found:
            first[found.code] = line.place
    return tuple(problems)
