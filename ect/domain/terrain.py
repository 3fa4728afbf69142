"""A terrain: the local project that is followed, a candidate, or a mirror of one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from ect.domain.errors import DomainError
from ect.domain.framework import FrameworkUse

NAME_LIMIT = 120


class TerrainKind(StrEnum):
    """The part a terrain plays in the programme."""

    FOLLOWED = "followed"
    CANDIDATE = "candidate"
    MIRROR = "mirror"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt on a terrain, for an axis of the programme, from 1; 0 when for none."""

    axis: int
    text: str


@dataclass(frozen=True, slots=True)
class Terrain:
    """A terrain's record. Every text may be empty: what is not known is left unsaid.

    ``origin`` tells where the record comes from: ``"report"``, ``"user"`` or ``"demo"`` (made up,
    and labelled so wherever it is shown).

    Raises
    ------
    DomainError
        ``"terrain_name_empty"`` for a blank name, ``"terrain_name_long"`` for one of more than 120
        characters, spaces around it not counted.

    """

    code: str
    name: str
    kind: TerrainKind = TerrainKind.CANDIDATE
    full_name: str = ""
    year: int | None = None
    status: str = ""
    status_text: str = ""
    mirrors_of: tuple[str, ...] = ()
    territory: str = ""
    themes: tuple[str, ...] = ()
    context: str = ""
    objective: str = ""
    genesis: str = ""
    actors: str = ""
    main_brake: str = ""
    main_lever: str = ""
    experiments: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    questions: tuple[str, ...] = ()
    situation: str = ""
    interest: str = ""
    follow_up: tuple[str, ...] = ()
    caveat: str = ""
    frameworks: tuple[FrameworkUse, ...] = ()
    source: str = ""
    origin: str = "user"
    archived: bool = False

    def __post_init__(self) -> None:
        name = self.name.strip()
        if not name:
            raise DomainError("terrain_name_empty")
        if len(name) > NAME_LIMIT:
            raise DomainError("terrain_name_long", limit=NAME_LIMIT, found=len(name))


TERRAIN_FIELDS = tuple(field.name for field in fields(Terrain))
