"""Choosing several terrains together: those that can be chosen, and the groups a committee can ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ect.domain.framework import FrameworkKind
from ect.domain.terrain import Terrain, TerrainKind
from ect.services.reference import frameworks
from ect.services.scores import Source, scoreboard
from ect.storage.database import Database


class GroupKind(StrEnum):
    """What a group of terrains has in common."""

    THEME = "theme"
    FRAMEWORK = "framework"
    AXIS = "axis"
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Group:
    """Terrains that have something in common.

    ``code`` is a theme, the code of a framework of emergence, the number of an axis of the programme,
    or empty for the terrains that are followed already.
    """

    kind: GroupKind
    code: str
    members: frozenset[str]

    @property
    def name(self) -> str:
        """What tells the group from any other."""
        return f"{self.kind.value}/{self.code}"


@dataclass(frozen=True, slots=True)
class Eligible:
    """What can be chosen from.

    Attributes
    ----------
    names, scores
        By code, the name of every ranked terrain, and the exact total of the complete ones, best first.
    incomplete
        Those that cannot be chosen yet, something being unknown of them.
    groups
        The groups with a terrain that can be chosen, by kind.

    """

    names: Mapping[str, str]
    scores: Mapping[str, Fraction]
    incomplete: tuple[str, ...]
    groups: tuple[Group, ...]


def eligible(db: Database, source: Source = Source.OFFICIAL) -> Eligible:
    """Return what can be chosen from, by the scores of a source."""
    board = scoreboard(db, source)
    scores = {row.terrain: row.score.total.low for row in board.ranking.ranked}
    return Eligible(
        names={code: terrain.name for code, terrain in board.terrains.items()},
        scores=scores,
        incomplete=tuple(row.terrain for row in board.ranking.incomplete),
        groups=_groups([board.terrains[code] for code in scores]),
    )


def _groups(terrains: Iterable[Terrain]) -> tuple[Group, ...]:
    everyone = tuple(terrains)
    emergence = [entry.code for entry in frameworks() if entry.kind is FrameworkKind.EMERGENCE]
    ways: list[tuple[GroupKind, Iterable[str], Callable[[Terrain], Iterable[str]]]] = [
        (GroupKind.THEME, sorted({x for one in everyone for x in one.themes}), lambda one: one.themes),
        (GroupKind.FRAMEWORK, emergence, _emergence),
        (GroupKind.AXIS, ["1", "2", "3", "4"], lambda one: [str(lesson.axis) for lesson in one.lessons]),
        (GroupKind.FOLLOWED, [""], lambda one: [""] if one.kind is TerrainKind.FOLLOWED else []),
    ]
    groups = [
        Group(kind, code, frozenset(one.code for one in everyone if code in belongs(one)))
        for kind, codes, belongs in ways
        for code in codes
    ]
    return tuple(group for group in groups if group.members)


def _emergence(terrain: Terrain) -> list[str]:
    return [use.code for use in terrain.frameworks if use.kind is FrameworkKind.EMERGENCE and use.code]
