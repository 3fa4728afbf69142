"""What a table would do, told before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ect.domain.incoming import Kind, Problem
from ect.domain.publication import Note

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen.

    Attributes
    ----------
    created, changed
        Names of the terrains that would be made, and of those something would change of.
    unchanged
        How many lines say what the store already says.
    counts
        Figures of the kind: ``new``, ``changed`` and ``same`` ratings; ``kept``, ``reworded``,
        ``added`` and ``gone`` criteria, and ``scored`` terrains, of a grid.
    lookalikes
        Of a name that would be made, the known one it resembles.
    people
        The pseudonym each name of a participant is given: names are not kept.
    covered
        Names of the terrains whose official score stays another than the imported one.
    version
        The version of the grid that would come into force.

    """

    kind: Kind
    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    lookalikes: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    covered: tuple[str, ...] = ()
    version: str = ""
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the store already says all of it."""
        return not (self.created or self.changed or self.version)


@dataclass(frozen=True, slots=True)
class Written:
    """What was done, as undoing it needs it: the documents by terrain, and figures to check.

    ``people`` holds the pseudonym given to each name, by the name's digest; ``grid`` the key of a version
    that came into force.
    """

    before: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    grid: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """An import that is being written: its key, its file, the year of its scores, its moment."""

    key: int
    file: str
    year: int
    at: datetime
