"""What tests of imports share: the grid of the report, and one way to read a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ect.domain.grid import Grid
from ect.exchange.imports.reading import Read, only_table, read_table
from ect.exchange.reading import read_tables
from tests.exchange.hostile import report_grid

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
