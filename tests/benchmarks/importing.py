"""A large import, and what the pages' services take after it; hostile files, in one process.

1,000 terrains x 20 participants x 29 criteria, one row a terrain and a participant, as XLSX: reading,
checking, writing in one transaction to a real SQLite. Then the rankings that pages ask for.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

from ect.domain.grid import Grid
from ect.exchange.imports.reading import only_table, read_table
from ect.exchange.reading import read_tables
from ect.services.importing import apply, plan, undo
from ect.services.opening import open_database
from ect.services.reference import current_grid
from ect.services.scores import all_scores, scoreboard
from ect.services.what_if import basis
from ect.settings import Settings
from tests.exchange.hostile import peak_mb
from tests.exchange.test_hostile_files import offered_in_one_process

TERRAINS, PEOPLE = 1_000, 20
BAR_SECONDS, BAR_MB = 10.0, 500.0
BAR_REFUSAL_SECONDS, BAR_REFUSAL_MB = 1.0, 200.0


def wide(grid: Grid) -> bytes:
    """Return the workbook, levels at random."""
    rng, stream = random.Random(2023), io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Notes")
        sheet.write_row(0, 0, ["Terrain", "Participant", *(c.label.fr for c in grid)])
        row = 0
        for terrain in range(TERRAINS):
            for person in range(PEOPLE):
                row += 1
                levels = [float(rng.choice(c.answers)) for c in grid]
                sheet.write_row(row, 0, [f"Terrain {terrain:04}", f"P{person + 1:02}", *levels])
    return stream.getvalue()


def measure_import(store: Path) -> dict[str, float]:
    """Return the seconds each step takes, and the peak of memory of this process."""
    db = open_database(Settings(database_url=f"sqlite:///{store.as_posix()}"))
    grid = current_grid(db)
    content = wide(grid)
    told = 0

    def tell(_done: int, _wanted: int) -> None:
        nonlocal told
        told += 1

    found, clock, start = {"mb_of_file": len(content) / 1e6}, _Clock(), time.process_time()
    read = read_table(only_table("wide.xlsx", read_tables("wide.xlsx", content), grid), grid)
    assert not read.problems
    found["read"] = clock.lap()
    done = apply(db, read.incoming, "wide.xlsx", progress=tell)
    found["write"] = clock.lap()
    found["import"] = found["read"] + found["write"]
    found["of which on the processor"] = time.process_time() - start
    found["ratings"], found["told"] = done.plan.counts["new"], told
    found["peak_mb"] = peak_mb()
    for name, work in {
        "ranking, first": lambda: scoreboard(db),
        "ranking, again": lambda: scoreboard(db),
        "compare": lambda: (scoreboard(db), all_scores(db)),
        "what if": lambda: basis(db),
        "the same table again, planned": lambda: plan(db, read.incoming),
        "undo": lambda: undo(db, done.key or 0),
    }.items():
        clock.lap()
        work()
        found[name] = clock.lap()
    db.close()
    return found


def measure_refusals() -> dict[str, float]:
    """Return how many hostile files were refused, the slowest's seconds and the peak of memory."""
    found = offered_in_one_process()
    files = found["files"].values()
    return {
        "files": len(files),
        "slowest": max(one["seconds"] for one in files),
        "slowest on the processor": max(one["processor"] for one in files),
        "peak_mb": found["peak_mb"],
    }


class _Clock:
    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        now = time.perf_counter()
        took, self._last = now - self._last, now
        return took


def report_imports() -> bool:
    """Print the figures; tell whether every bar holds, refusals by the processor's own time."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure_import(Path(folder) / "ect.db")
    print(f"import: {TERRAINS} terrains x {PEOPLE} participants x 29 criteria, XLSX")
    for name, value in found.items():
        print(f"  {name:32} {value:10.2f}")
    refused = measure_refusals()
    print("hostile and broken files, one process")
    for name, value in refused.items():
        print(f"  {name:32} {value:10.2f}")
    return (
        found["import"] <= BAR_SECONDS
        and found["peak_mb"] <= BAR_MB
        and refused["slowest on the processor"] <= BAR_REFUSAL_SECONDS
        and refused["peak_mb"] <= BAR_REFUSAL_MB
    )


if __name__ == "__main__":
    sys.exit(0 if report_imports() else 1)
