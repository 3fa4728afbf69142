"""What differs from the other tests: the address of the store."""

from __future__ import annotations

import pytest

from tests.postgresql.cluster import Cluster


@pytest.fixture
def address(cluster: Cluster) -> str:
    return cluster.address()
