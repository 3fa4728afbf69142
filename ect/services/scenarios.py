"""Scenarios: suppositions that are given a name, kept, and laid beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.ranking import Ranking
from ect.domain.scenario import read_link, write_link
from ect.services.reference import grid_in_force
from ect.services.scores import Source
from ect.services.what_if import Basis, basis
from ect.storage.database import Database
from ect.storage.repositories import scenarios
from ect.storage.repositories.scenarios import SavedScenario

__all__ = ["Outcome", "SavedScenario", "bring_back", "outcomes", "remove", "save", "saved"]

NAME_LIMIT, NOTE_LIMIT = 80, 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes out under a scenario: its ranking, or why there is none any more.

    A scenario supposes a level of a terrain that may since have been archived.
    """

    scenario: SavedScenario
    ranking: Ranking | None
    refusal: DomainError | None = None


def saved(db: Database) -> tuple[SavedScenario, ...]:
    """Return the scenarios that are kept, in the order of their names."""
    with db.read() as session:
        key, _grid = grid_in_force(db, session)
        return scenarios.scenarios(session, key)


def save(db: Database, found: Basis, source: Source, text: str, name: str, note: str = "") -> SavedScenario:
    """Keep what is supposed under a name.

    Parameters
    ----------
    db, found, source
        The store, and what the supposition starts from.
    text
        What is supposed, as its link holds it.
    name, note
        1 to 80 characters, of no other scenario; at most 500.

    Raises
    ------
    DomainError
        ``"scenario_empty"``, ``"scenario_unreadable"``, ``"scenario_name_empty"``,
        ``"scenario_name_long"``, ``"scenario_note_long"`` or ``"scenario_name_taken"``.

    """
    name, note = name.strip(), note.strip()
    _check_words(name, note)
    text = write_link(found.grid, read_link(found.grid, found.profiles, text))
    if not text:
        raise DomainError("scenario_empty")
    values = {"name": name, "note": note, "source": source.value, "text": text}
    now = datetime.now(UTC)
    with db.write() as session:
        grid, _ = grid_in_force(db, session)
        _check_free(session, grid, name)
        key = scenarios.add_scenario(session, grid, values, now)
    return SavedScenario(key=key, created_at=now, **values)


def remove(db: Database, key: int) -> None:
    """Throw a scenario away; it can be brought back.

    Raises
    ------
    DomainError
        ``"scenario_unknown"``.

    """
    with db.write() as session:
        scenarios.scenario_name(session, key)
        scenarios.set_removed(session, key, datetime.now(UTC))


def bring_back(db: Database, key: int) -> None:
    """Bring back a scenario that was thrown away.

    Raises
    ------
    DomainError
        ``"scenario_unknown"``; ``"scenario_name_taken"`` if another has its name by now.

    """
    with db.write() as session:
        grid, _ = grid_in_force(db, session)
        _check_free(session, grid, scenarios.scenario_name(session, key))
        scenarios.set_removed(session, key, None)


def outcomes(db: Database, kept: tuple[SavedScenario, ...]) -> tuple[Outcome, ...]:
    """Rank the terrains under each scenario, each on the scores it supposes about."""
    bases = {source: basis(db, Source(source)) for source in {scenario.source for scenario in kept}}
    return tuple(_outcome(scenario, bases) for scenario in kept)


def _outcome(scenario: SavedScenario, bases: Mapping[str, Basis]) -> Outcome:
    found = bases[scenario.source]
    try:
        ranking = found.supposed(read_link(found.grid, found.profiles, scenario.text))
    except DomainError as refusal:
        return Outcome(scenario, None, refusal)
    return Outcome(scenario, ranking)


def _check_free(session: Session, grid: int, name: str) -> None:
    if name.casefold() in {other.name.casefold() for other in scenarios.scenarios(session, grid)}:
        raise DomainError("scenario_name_taken", name=name)


def _check_words(name: str, note: str) -> None:
    if not name:
        raise DomainError("scenario_name_empty")
    if len(name) > NAME_LIMIT:
        raise DomainError("scenario_name_long", limit=NAME_LIMIT, found=len(name))
    if len(note) > NOTE_LIMIT:
        raise DomainError("scenario_note_long", limit=NOTE_LIMIT, found=len(note))
