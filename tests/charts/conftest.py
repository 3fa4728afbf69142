"""Two terrains' series, and what a test reads out of a ready chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from ect.charts.radar import Series
from ect.charts.ready import ReadyChart


@pytest.fixture
def pair() -> list[Series]:
    return [
        Series("Épicerie", (2.0, 1.0, 0.5, 0.0), ("a", "b", "c", "d")),
        Series("Maison", (1.0, None, 2.0, 1.5), ("e", "", "g", "h")),
    ]


def rows(chart: ReadyChart, name: str) -> list[dict[str, Any]]:
    """Read a dataset back from its Arrow stream."""
    return pa.ipc.open_stream(chart.datasets[name]).read_all().to_pylist()


def data_sources(spec: Any) -> Iterator[dict[str, Any]]:
    """Walk every ``data`` of a spec, at any depth."""
    if isinstance(spec, dict):
        if isinstance(spec.get("data"), dict):
            yield spec["data"]
        for value in spec.values():
            yield from data_sources(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from data_sources(value)
