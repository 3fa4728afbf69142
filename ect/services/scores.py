"""Scores and rankings over the store: published profiles, ratings given here, or the one else the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from ect.domain.grid import Grid
from ect.domain.publication import Note, anomalies
from ect.domain.ranking import Column, Means, Ranking, columns, means, rank
from ect.domain.scoring import Profile, Score, score
from ect.domain.terrain import Terrain, TerrainKind
from ect.domain.text import Text
from ect.services.reference import grid_in_force, publication
from ect.storage.database import Database
from ect.storage.repositories import ratings, terrains

REMEMBERED = 10_000


class Source(StrEnum):
    """Which scores are meant: one kind only, or the first there is.

    ``OFFICIAL`` takes the published one where there is one, else what a meeting decided, else the last
    score that was imported, else the ratings given at the projector or imported.
    """

    OFFICIAL = "official"
    PUBLISHED = "published"
    DECIDED = "decided"
    IMPORTED = "imported"
    RATED = "rated"


# The grid, the terrains that are ranked, what is known of each, where its score comes from.
Sourced = tuple[Grid, dict[str, Terrain], dict[str, Profile], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The ranking with all that is shown beside it.

    ``origins`` says of each terrain whether its score is ``"published"``, ``"decided"``,
    ``"imported"`` or ``"rated"``; a terrain without a score is absent from it. ``caveats`` holds what
    the report says against a score.
    """

    grid: Grid
    terrains: Mapping[str, Terrain]
    ranking: Ranking
    columns: tuple[Column, ...]
    means: Means | None
    notes: tuple[Note, ...]
    origins: Mapping[str, str]
    caveats: Mapping[str, Text]


def scoreboard(db: Database, source: Source = Source.OFFICIAL) -> Scoreboard:
    """Rank the candidates, and every other terrain but mirrors that has a score in this source."""
    return board_of(db, sourced_profiles(db, source))


def board_of(db: Database, sourced: Sourced) -> Scoreboard:
    """Return the scoreboard of profiles that are read already."""
    grid, ranked, profiles, origins = sourced
    ranking = rank({code: score_in(db, grid, profiles[code]) for code in ranked})
    shown = {code: origin for code, origin in origins.items() if code in ranked}
    published = "published" in shown.values()
    return Scoreboard(
        grid=grid,
        terrains=ranked,
        ranking=ranking,
        columns=columns(ranking),
        means=means(ranking),
        notes=anomalies(publication(), grid) if published else (),
        origins=shown,
        caveats=_caveats(shown),
    )


def scored_profiles(
    db: Database, source: Source = Source.OFFICIAL
) -> tuple[Grid, dict[str, Terrain], dict[str, Profile]]:
    """Return the terrains that are ranked, and what is known of each: nothing of some."""
    return sourced_profiles(db, source)[:3]


def sourced_profiles(db: Database, source: Source = Source.OFFICIAL) -> Sourced:
    """Return what a ranking starts from: the terrains, what is known of each, where it comes from."""
    with db.read() as session:
        return sourced_in(db, session, source)


def sourced_in(db: Database, session: Session, source: Source = Source.OFFICIAL) -> Sourced:
    """Return what a ranking starts from, inside a transaction that is open."""
    grid, profiles, known_by = profiles_in(db, session, source)
    ranked = _ranked(terrains.terrains(session), profiles)
    return grid, ranked, {code: profiles.get(code, {}) for code in ranked}, known_by


def all_scores(db: Database, source: Source = Source.OFFICIAL) -> dict[str, Score]:
    """Return the score of every terrain that is not archived and has one, mirrors too."""
    with db.read() as session:
        grid, profiles, _origins = profiles_in(db, session, source)
        codes = [terrain.code for terrain in terrains.terrains(session)]
    return {code: score_in(db, grid, profiles[code]) for code in codes if code in profiles}


def score_of(db: Database, terrain: str, source: Source = Source.OFFICIAL) -> Score:
    """Return a terrain's score; all unknown if it has none."""
    with db.read() as session:
        grid, profiles, _origins = profiles_in(db, session, source)
    return score_in(db, grid, profiles.get(terrain, {}))


def score_in(db: Database, grid: Grid, profile: Profile) -> Score:
    """Return the score of a profile by the published weights, computed once while it is remembered.

    A page asks for every score each time it is drawn: of a thousand terrains, that is a second.
    """
    # Versions of the grid are read once and kept as long as their scores: each is one object.
    key = (id(grid), *profile.items())
    found = db.scores.get(key)
    if found is None:
        if len(db.scores) >= REMEMBERED:
            db.scores.clear()
        found = db.scores[key] = score(grid, profile)
    return found


def _ranked(everyone: Iterable[Terrain], profiles: Mapping[str, Profile]) -> dict[str, Terrain]:
    return {
        terrain.code: terrain
        for terrain in everyone
        if terrain.kind is TerrainKind.CANDIDATE
        or (terrain.code in profiles and terrain.kind is not TerrainKind.MIRROR)
    }


# From the one that gives way to the one that stands before all others.
PRECEDENCE: tuple[ratings.Origin, ...] = ("imported", "decided", "published")


def profiles_in(
    db: Database, session: Session, source: Source
) -> tuple[Grid, dict[str, Profile], dict[str, str]]:
    """Return the profiles of a source with their origins, inside a transaction that is open."""
    key, grid = grid_in_force(db, session)
    profiles: dict[str, Profile] = {}
    origins: dict[str, str] = {}
    if source in {Source.OFFICIAL, Source.RATED}:
        profiles |= ratings.rated_profiles(session, key)
        origins |= dict.fromkeys(profiles, "rated")
    for origin in PRECEDENCE:
        if source in {Source.OFFICIAL, Source(origin)}:
            found = ratings.profiles(session, key, origin)
            profiles |= found
            origins |= dict.fromkeys(found, origin)
    return grid, profiles, origins


def _caveats(origins: Mapping[str, str]) -> dict[str, Text]:
    return {
        row.terrain: row.caveat
        for row in publication().rows
        if row.caveat and origins.get(row.terrain) == "published"
    }
