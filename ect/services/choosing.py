"""Choosing several terrains together: those that can be chosen, what groups them, what a set would cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ect.domain.choice import Choice, Constraint
from ect.domain.framework import FrameworkKind
from ect.domain.grid import Grid
from ect.domain.portfolio import LIMIT, choose
from ect.domain.scoring import Score
from ect.domain.terrain import Terrain, TerrainKind
from ect.services.catalogue import list_terrains
from ect.services.reference import frameworks, programme
from ect.services.scores import Source, scoreboard
from ect.storage.database import Database

# The unknown terrains that are tried at their best, one after the other.
TRIED = 12


class GroupKind(StrEnum):
    """What a group of terrains has in common."""

    THEME = "theme"
    FRAMEWORK = "framework"
    AXIS = "axis"
    FOLLOWED = "followed"
    NEW = "new"


# What the portfolio may cover or not.
COVERED = (GroupKind.THEME, GroupKind.FRAMEWORK, GroupKind.AXIS)


@dataclass(frozen=True, slots=True)
class Group:
    """Terrains that have something in common.

    ``code`` is a theme; the code of a framework of emergence; the number of an axis of the programme a
    terrain has taught something about; empty for the terrains that are followed already; and, for the new
    ones, the kind (``"theme"`` or ``"framework"``) of which they bring what no followed terrain has.
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
    grid
        The grid the scores are on.
    names
        Of every ranked or followed terrain, by code.
    scores
        Of every terrain that can be chosen: all is known of it. Best first.
    incomplete
        Of those that cannot be chosen yet, something being unknown of them; what they could still
        reach first.
    followed
        The terrains that are followed, scored or not.
    groups
        Every group that has a ranked or a followed terrain, or that the programme asks to cover, kind by
        kind.

    """

    grid: Grid
    names: Mapping[str, str]
    scores: Mapping[str, Score]
    incomplete: Mapping[str, Score]
    followed: tuple[str, ...]
    groups: tuple[Group, ...]

    def group(self, name: str) -> Group | None:
        """Return the group of that name, ``None`` if there is none (any more)."""
        return next((group for group in self.groups if group.name == name), None)

    def open_to_choice(self, group: Group) -> int:
        """Return how many terrains of a group can be chosen."""
        return len(group.members & set(self.scores))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who covers a group: terrains that are followed already, and terrains of a set that are not."""

    group: Group
    followed: tuple[str, ...]
    chosen: tuple[str, ...]

    @property
    def new(self) -> bool:
        """Whether it is covered thanks to the set only."""
        return bool(self.chosen) and not self.followed

    @property
    def covered(self) -> bool:
        """Whether it is covered at all."""
        return bool(self.chosen or self.followed)


def eligible(db: Database, source: Source = Source.OFFICIAL) -> Eligible:
    """Return what can be chosen from, by the scores of a source."""
    board = scoreboard(db, source)
    followed = [one for one in list_terrains(db) if one.kind is TerrainKind.FOLLOWED]
    everyone = {**board.terrains, **{one.code: one for one in followed}}
    return Eligible(
        grid=board.grid,
        names={code: terrain.name for code, terrain in everyone.items()},
        scores={row.terrain: row.score for row in board.ranking.ranked},
        incomplete={row.terrain: row.score for row in board.ranking.incomplete},
        followed=tuple(one.code for one in followed),
        groups=_groups(tuple(everyone.values())),
    )


def choose_from(
    found: Eligible,
    size: int,
    constraints: Sequence[Constraint],
    *,
    gap: Fraction | None = None,
    limit: int = LIMIT,
) -> Choice:
    """Choose by the totals; refuses as :func:`ect.domain.portfolio.choose`."""
    totals = {code: score.total.low for code, score in found.scores.items()}
    return choose(totals, _members(found), size, constraints, gap=gap, limit=limit)


def could_enter(found: Eligible, choice: Choice) -> dict[str, bool]:
    """Tell of the unknown terrains whether one that turned out as good as it can would enter the best set.

    Each is tried alone, everything unknown of it at 2, against the same constraints; it enters if that
    beats the best set, or gives one where there is none. At most ``TRIED`` are, those that could reach
    the most first.
    """
    totals = {code: score.total.low for code, score in found.scores.items()}
    beaten = choice.sets[0].total if choice.sets else None
    told = {}
    for code, score in list(found.incomplete.items())[:TRIED]:
        tried = choose(
            {**totals, code: score.total.high},
            _members(found),
            choice.size,
            choice.constraints,
            limit=1,
            explained=False,
        )
        told[code] = bool(tried.sets) and (beaten is None or tried.sets[0].total > beaten)
    return told


def coverage(found: Eligible, members: Iterable[str]) -> tuple[Coverage, ...]:
    """Tell of each theme, framework of emergence and axis who covers it, followed or of a set."""
    followed = set(found.followed)
    chosen = [code for code in members if code not in followed]
    return tuple(
        Coverage(
            group=group,
            followed=tuple(code for code in found.followed if code in group.members),
            chosen=tuple(code for code in chosen if code in group.members),
        )
        for group in found.groups
        if group.kind in COVERED
    )


def _members(found: Eligible) -> dict[str, frozenset[str]]:
    return {group.name: group.members for group in found.groups}


def _groups(everyone: Sequence[Terrain]) -> tuple[Group, ...]:
    followed = [terrain for terrain in everyone if terrain.kind is TerrainKind.FOLLOWED]
    themes = {terrain.code: set(terrain.themes) for terrain in everyone}
    emergence = {terrain.code: _emergence(terrain) for terrain in everyone}
    axes = {terrain.code: {str(lesson.axis) for lesson in terrain.lessons} for terrain in everyone}
    asked = [entry.code for entry in frameworks() if entry.kind is FrameworkKind.EMERGENCE]
    return (
        *_by(GroupKind.THEME, sorted(set().union(*themes.values())), themes),
        *_by(GroupKind.FRAMEWORK, asked, emergence),
        *_by(GroupKind.AXIS, [str(number + 1) for number in range(len(programme().axes))], axes),
        Group(GroupKind.FOLLOWED, "", frozenset(terrain.code for terrain in followed)),
        _new(GroupKind.THEME, themes, followed),
        _new(GroupKind.FRAMEWORK, emergence, followed),
    )


def _by(kind: GroupKind, codes: Iterable[str], has: Mapping[str, set[str]]) -> list[Group]:
    return [Group(kind, code, frozenset(who for who, its in has.items() if code in its)) for code in codes]


def _new(kind: GroupKind, has: Mapping[str, set[str]], followed: Iterable[Terrain]) -> Group:
    known = set().union(*(has[terrain.code] for terrain in followed))
    return Group(GroupKind.NEW, kind.value, frozenset(who for who, its in has.items() if its - known))


def _emergence(terrain: Terrain) -> set[str]:
    return {use.code for use in terrain.frameworks if use.kind is FrameworkKind.EMERGENCE and use.code}
