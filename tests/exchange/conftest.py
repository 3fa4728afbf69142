"""What tests of files share: a way to read a table, and a store with words that would do harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from ect.domain.grid import Grid
from ect.domain.rating import Answer, Basis
from ect.domain.terrain import Terrain
from ect.exchange.imports.reading import Read, only_table, read_table
from ect.exchange.reading import read_tables
from ect.services.catalogue import create_terrain, get_terrain, update_terrain
from ect.services.meeting import reveal, start_round
from ect.services.membership import ORGANISER
from ect.services.rating import answer, describe
from ect.services.voting import vote
from ect.storage.database import Database
from tests.exchange.hostile import report_grid
from tests.services.meetings import CHATEL, SUT, VAUX, closed, level, opened, seated

ReadFile = Callable[..., Read]


@pytest.fixture(scope="session")
def grid() -> Grid:
    return report_grid()


@pytest.fixture
def read(grid: Grid) -> ReadFile:
    """Read the one table of a file, given as bytes or as text."""

    def read_(content: bytes | str, name: str = "a.csv") -> Read:
        data = content.encode() if isinstance(content, str) else content
        return read_table(only_table(name, read_tables(name, data), grid), grid)

    return read_


LIVE = '=HYPERLINK("http://ailleurs";"cliquez")'
# What a participant wrote beside an answer that was not revealed.
UNREVEALED = "pas encore devoile 4242"


@pytest.fixture
def full(db: Database) -> Database:
    closed(db)
    key = opened(db)
    alice, bob = seated(db, key, "Alice Merle"), seated(db, key, "Bob Tarin")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    vote(db, bob, key, VAUX, replace(level("proximity", Fraction(3, 2)), comment="-1+cmd|' /C calc'!A0"))
    reveal(db, ORGANISER, key)
    start_round(db, ORGANISER, key, [(SUT, "need")])
    vote(db, alice, key, SUT, replace(level("need", 1), comment=UNREVEALED))
    answer(db, CHATEL, "need", Answer.LEVEL, Fraction(1))
    describe(db, CHATEL, "need", Basis.OBSERVED, LIVE)
    made = create_terrain(db, Terrain("", "+33 vergers"))
    update_terrain(db, replace(get_terrain(db, made.code), context="@SUM(A1)\n\x07fin"))
    return db
