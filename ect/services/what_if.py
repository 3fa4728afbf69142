"""What-if: the ranking under supposed weights and levels, beside the one that stands. Nothing is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ect.domain.grid import Grid
from ect.domain.ranking import Ranking, rank
from ect.domain.scenario import Scenario
from ect.domain.scoring import Profile, Score, score
from ect.domain.weights import published_weights
from ect.services.scores import Source, score_in, scored_profiles
from ect.storage.database import Database


@dataclass(frozen=True, slots=True)
class Basis:
    """What a supposition starts from: the grid, and the profile of each terrain that is ranked."""

    grid: Grid
    names: Mapping[str, str]
    profiles: Mapping[str, Profile]
    ranking: Ranking

    def supposed(self, scenario: Scenario) -> Ranking:
        """Rank the terrains as if."""
        return rank(self.scores(scenario))

    def scores(self, scenario: Scenario) -> dict[str, Score]:
        """Score the terrains as if."""
        profiles = scenario.profiles(self.profiles)
        found = {row.terrain: row.score for row in self.ranking.rows}
        if scenario.weights == published_weights(self.grid):
            # Only what is supposed is scored anew.
            moved = {terrain for terrain, _ in scenario.levels} & set(profiles)
        else:
            moved = set(profiles)
        found |= {code: score(self.grid, profiles[code], scenario.weights) for code in moved}
        return {code: found[code] for code in profiles}


def basis(db: Database, source: Source = Source.OFFICIAL) -> Basis:
    """Return what there is to suppose about: every terrain of the ranking, its unknowns too."""
    grid, known, profiles = scored_profiles(db, source)
    ranking = rank({code: score_in(db, grid, profile) for code, profile in profiles.items()})
    return Basis(grid, {code: terrain.name for code, terrain in known.items()}, profiles, ranking)
