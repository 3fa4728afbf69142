"""What differs from the other tests: the address of the store. On CI a missing PostgreSQL is a failure."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.browser.conftest import browser  # noqa: F401
from tests.postgresql.cluster import Cluster, find_server, running


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    commands = find_server()
    if commands is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL on this machine")
        pytest.skip("no PostgreSQL on this machine")
    with running(commands) as found:
        yield found


@pytest.fixture
def address(cluster: Cluster) -> str:
    return cluster.address()
