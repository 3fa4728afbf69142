"""A chart ready to be sent: a Vega-Lite spec built once by Altair, and the data of the moment.

Building a chart with Altair costs 80 to 160 ms of CPU; a page that does so at every rerun is felt to
be slow. Specs are therefore built once (each builder caches by its labels) and refer to their data by
name; a rerun sends only the data, and the browser moves the marks without drawing the chart anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pyarrow as pa

# Rows that never change stay in the spec: Altair would move them to its "datasets", which is where the
# data of the moment goes.
alt.data_transformers.consolidate_datasets = False

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ReadyChart:
    """A spec without data, and its named datasets as Arrow streams."""

    spec: Mapping[str, Any]
    datasets: Mapping[str, bytes]

    @property
    def payload(self) -> dict[str, Any]:
        """What Streamlit is given: the same spec at every rerun, with the data of this one."""
        return {**self.spec, "datasets": dict(self.datasets)}


def arrow(rows: Rows, columns: Mapping[str, pa.DataType]) -> bytes:
    """Write rows as an Arrow stream with fixed column types, so that no rows is still a table."""
    fields = {name: [row.get(name) for row in rows] for name in columns}
    table = pa.table(fields, schema=pa.schema(list(columns.items())))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())
