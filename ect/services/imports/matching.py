"""Names of a table and terrains of the store: the same whatever the case, the accents, the spaces."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from ect.domain.terrain import Terrain
from ect.domain.text import folded
from ect.services.catalogue import free_code
from ect.storage.repositories import terrains

# Beyond, looking for what resembles takes longer than the import.
LOOKALIKES = 60


class Names:
    """Finds a terrain by its code, its name or its full name."""

    def __init__(self, everyone: Iterable[Terrain]) -> None:
        self.by_code: dict[str, Terrain] = {}
        self._by_name: dict[str, Terrain] = {}
        # Those in use come before those that are archived.
        for terrain in sorted(everyone, key=lambda one: one.archived):
            self.by_code[terrain.code] = terrain
            self._by_name.setdefault(folded(terrain.name), terrain)
        for terrain in self.by_code.values():
            if terrain.full_name:
                self._by_name.setdefault(folded(terrain.full_name), terrain)

    def find(self, name: str) -> Terrain | None:
        """Return the terrain a table means, or ``None``."""
        return self.by_code.get(name) or self._by_name.get(folded(name))

    def sort(self, names: Iterable[str]) -> tuple[dict[str, Terrain], list[str]]:
        """Return the known terrain of each name, and the names that are new, once each."""
        known: dict[str, Terrain] = {}
        new: dict[str, str] = {}
        for name in dict.fromkeys(names):
            if found := self.find(name):
                known[name] = found
            else:
                new.setdefault(folded(name), name.strip())
        return known, list(new.values())

    def lookalikes(self, new: Sequence[str]) -> dict[str, str]:
        """Return, of names that are new, the known name each resembles."""
        if len(new) > LOOKALIKES:
            return {}
        found = {}
        for name in new:
            close = difflib.get_close_matches(folded(name), self._by_name, n=1, cutoff=0.8)
            if close:
                found[name] = self._by_name[close[0]].name
        return found

    def make(self, new: Iterable[str]) -> list[Terrain]:
        """Return a terrain of each new name, under a code nobody has, and know it from now on."""
        made = []
        for name in new:
            terrain = Terrain(code=free_code(name, self.by_code), name=name, origin="user")
            self.by_code[terrain.code] = terrain
            self._by_name[folded(name)] = terrain
            made.append(terrain)
        return made


def read_names(session: Session) -> Names:
    """Return the names of the store, archived terrains too."""
    return Names(terrains.terrains(session, archived=True))


def create(session: Session, names: Names, new: Iterable[str], now: datetime) -> dict[int, dict[str, object]]:
    """Put new terrains in; return what undoing it needs."""
    made = names.make(new)
    terrains.add_terrains(session, made, now)
    keys = terrains.keys_by_code(session)
    return {keys[terrain.code]: {"created": True, "revision": 1} for terrain in made}
