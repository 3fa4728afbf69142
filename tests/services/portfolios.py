"""A store of many terrains: scored pillar by pillar, criterion by criterion, in part, or not at all."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from fractions import Fraction

from ect.domain.framework import FrameworkKind, FrameworkUse
from ect.domain.grid import Grid
from ect.domain.terrain import Lesson, Terrain, TerrainKind
from ect.services.reference import frameworks, grid_in_force
from ect.storage.database import Database
from ect.storage.repositories import ratings, terrains

NOW = datetime(2024, 1, 1, tzinfo=UTC)
THEMES = ("eau", "bois", "énergie", "habitat", "mobilité", "lieu ; « autre », etc.")


def add(db: Database, terrain: Terrain, profile: dict[str, Fraction]) -> None:
    """Put a terrain in, with a published score unless it is empty."""
    add_all(db, [(terrain, profile)])


def add_all(db: Database, scored: list[tuple[Terrain, dict[str, Fraction]]]) -> None:
    with db.write() as session:
        key, _grid = grid_in_force(db, session)
        for terrain, profile in scored:
            terrains.add_terrain(session, terrain, NOW)
            if profile:
                own = terrains.terrain_key(session, terrain.code)
                ratings.add_assessment(session, own, key, "import", 2024, profile)


def add_many(db: Database, count: int, *, same: bool = False, unknown: float = 0.05) -> None:
    """Put many terrains in, of every kind of score; with ``same``, all with the same one."""
    rng = random.Random(count)
    with db.read() as session:
        grid = grid_in_force(db, session)[1]
    scored = [
        (_terrain(rng, place), constant(grid, 1) if same else _profile(rng, grid, unknown))
        for place in range(count)
    ]
    add_all(db, scored)


def constant(grid: Grid, level: int | Fraction) -> dict[str, Fraction]:
    """Return a profile with one level everywhere."""
    return {criterion.code: Fraction(level) for criterion in grid}


def _terrain(rng: random.Random, place: int) -> Terrain:
    emergence = [entry.code for entry in frameworks() if entry.kind is FrameworkKind.EMERGENCE]
    kind = TerrainKind.FOLLOWED if rng.random() < 0.1 else TerrainKind.CANDIDATE
    return Terrain(
        code=f"t-{place:04}",
        name=f"Terrain {place:04}",
        kind=kind,
        themes=tuple(rng.sample(THEMES, rng.choice((0, 1, 1, 2)))),
        lessons=tuple(Lesson(axis, "…") for axis in (0, 1, 2, 3) if rng.random() < 0.3),
        frameworks=tuple(
            FrameworkUse(FrameworkKind.EMERGENCE, code, code)
            for code in rng.sample(emergence, rng.choice((0, 1, 1, 2)))
        ),
    )


def _profile(rng: random.Random, grid: Grid, unknown: float) -> dict[str, Fraction]:
    by_pillar = rng.random() < 0.5
    if by_pillar:
        profile = {pillar.code: Fraction(rng.randint(0, 10), 5) for pillar in grid.pillars}
    else:
        profile = {criterion.code: Fraction(rng.randint(0, 2)) for criterion in grid.ect_criteria}
    profile |= {criterion.code: Fraction(rng.randint(0, 12), 6) for criterion in grid.selection}
    return {code: value for code, value in profile.items() if rng.random() >= unknown / len(profile)}
