"""Scenarios: suppositions that were given a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from ect.domain.errors import DomainError
from ect.storage.tables import ScenarioRow


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A scenario in the store: ``source`` says of which scores it supposes, ``text`` what (as its link)."""

    key: int
    name: str
    note: str
    source: str
    text: str
    created_at: datetime


def scenarios(session: Session, grid: int) -> tuple[SavedScenario, ...]:
    """Return the scenarios of a version of the grid, in the order of their names."""
    kept = col(ScenarioRow.removed_at).is_(None)
    query = select(ScenarioRow).where(ScenarioRow.grid_id == grid, kept)
    found = [_saved(row) for row in session.exec(query)]
    return tuple(sorted(found, key=lambda scenario: (scenario.name.casefold(), scenario.key)))


def add_scenario(session: Session, grid: int, values: Mapping[str, str], now: datetime) -> int:
    """Put a scenario in (``name``, ``note``, ``source``, ``text``); return its key."""
    row = ScenarioRow(
        grid_id=grid,
        name=values["name"],
        note=values["note"],
        source=values["source"],
        text=values["text"],
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def scenario_name(session: Session, key: int) -> str:
    """Return the name of a scenario, thrown away or not; ``DomainError("scenario_unknown")`` if none."""
    name = session.exec(select(ScenarioRow.name).where(ScenarioRow.id == key)).first()
    if name is None:
        raise DomainError("scenario_unknown")
    return name


def set_removed(session: Session, key: int, removed_at: datetime | None) -> None:
    """Throw a scenario away, or bring it back."""
    session.exec(update(ScenarioRow).where(col(ScenarioRow.id) == key).values(removed_at=removed_at))


def _saved(row: ScenarioRow) -> SavedScenario:
    return SavedScenario(row.id or 0, row.name, row.note, row.source, row.text, row.created_at)
