"""Copies of a large store: how long they take, in how much memory, and how long people wait meanwhile.

Run as ``python3 -m tests.benchmarks.backups [--json]``. 1,000 terrains are rated by 20 people on 29 criteria
(580,000 ratings, each with what it rests on, one in ten with a comment). Each piece of work is run in a
process of its own, whose memory beyond what the imports take is measured; during a copy and during a
restore, another process writes one rating after the other, and its waits are told. The exit code is 1 if a
bar is broken.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from ect.domain.terrain import Terrain
from ect.services.catalogue import create_terrain
from ect.services.opening import open_database
from ect.services.reference import current_grid
from ect.settings import Settings

ROOT = Path(__file__).parents[2]
TERRAINS, PEOPLE = 1_000, 20
# Seconds, megabytes beyond the imports, and the milliseconds nineteen in twenty writes may take.
BARS = {"backup_s": 5.0, "verify_s": 5.0, "restore_s": 12.0, "memory_mb": 50.0, "backup_p95_ms": 100.0}

WORK = """
import resource, sys, time
from pathlib import Path
from ect.services import backups
from ect.services.opening import open_database
from ect.settings import Settings
import ect.storage.inspection

db = open_database(Settings(database_url=f"sqlite:///{sys.argv[2]}"))
work = {
    "backup": lambda: backups.backup(db, Path(sys.argv[3]), force=True),
    "verify": lambda: backups.verify(Path(sys.argv[2])),
    "restore": lambda: backups.restore(db, Path(sys.argv[3])),
}[sys.argv[1]]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
found = work()
took = time.perf_counter() - began
print(took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
assert not getattr(found, "problems", ())
"""

WRITER = """
import sys, time
from fractions import Fraction
from ect.domain.rating import Answer
from ect.services.rating import answer
from ect.storage.database import Database

db = Database.open(f"sqlite:///{sys.argv[1]}")
turn = 0
while True:
    began = time.perf_counter()
    answer(db, "sut", "need", Answer.LEVEL, Fraction(turn % 3), voice=f"writer-{turn % 50}")
    print(time.perf_counter() - began, flush=True)
    turn += 1
    time.sleep(0.01)
"""


def fill(path: Path) -> None:
    """Make the store."""
    db = open_database(Settings(database_url=f"sqlite:///{path}"))
    for number in range(TERRAINS):
        create_terrain(db, Terrain(code="", name=f"Terrain {number}", context="Des mots. " * 30))
    codes = [criterion.code for criterion in current_grid(db)]
    db.close()
    with closing(sqlite3.connect(path)) as raw:
        keys = [key for (key,) in raw.execute("SELECT id FROM terrain WHERE origin = 'user'")]
        raw.executemany(
            "INSERT INTO rating (terrain_id, grid_id, voice, criterion, answer, half_points, basis, comment,"
            " saved_at, revision)"
            " VALUES (?, 1, ?, ?, 'level', ?, 'observed', ?, '2026-11-27 09:00:00.000000', 1)",
            (
                (
                    key,
                    f"P{person}",
                    code,
                    2 * ((key + person + place) % 3),
                    "vu sur place" * (place % 10 == 0),
                )
                for key in keys
                for person in range(PEOPLE)
                for place, code in enumerate(codes)
            ),
        )
        raw.commit()


def run(work: str, store: Path, copy: Path) -> tuple[float, float]:
    """Do a piece of work in a process of its own; return its seconds, and its megabytes."""
    words = [sys.executable, "-c", WORK, work, str(store), str(copy)]
    ended = subprocess.run(words, cwd=ROOT, env=_environment(), check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, ended.stdout.split())
    return seconds, megabytes


def run_under_load(work: str, store: Path, copy: Path) -> tuple[list[float], float]:
    """Do a piece of work while somebody writes; return how long each write took, and the work."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(store)],
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout
    for _warm in range(20):
        writer.stdout.readline()
    began = time.perf_counter()
    seconds, _megabytes = run(work, store, copy)
    whole = time.perf_counter() - began
    writer.kill()
    waits, spent = [], 0.0
    for line in writer.stdout:
        wait = float(line) if line.endswith("\n") else 0.0
        spent += wait + 0.01
        if spent > whole - seconds - 0.5:  # Before, the process was only starting.
            waits.append(wait)
    writer.stdout.close()
    writer.wait(20)
    return waits, seconds


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def p95(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1] * 1e3


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="ect-bench-") as folder:
        store, copy = Path(folder) / "ect.db", Path(folder) / "copie.db"
        fill(store)
        found: dict[str, float] = {"store_mb": store.stat().st_size / 1e6}
        memory = []
        for work in ("backup", "verify", "restore"):
            found[f"{work}_s"], used = run(work, store, copy)
            found[f"{work}_mb"] = used
            memory.append(used)
        for work in ("backup", "restore"):
            waits, found[f"{work}_loaded_s"] = run_under_load(work, store, copy)
            found[f"{work}_writes"] = len(waits)
            found[f"{work}_p95_ms"], found[f"{work}_longest_ms"] = p95(waits), max(waits) * 1e3
        found["memory_mb"] = max(memory)
    if "--json" in sys.argv:
        print(json.dumps(found, indent=2))
    else:
        for name, value in found.items():
            bar = f"  (bar {BARS[name]:g})" if name in BARS else ""
            print(f"{name:20} {value:10.1f}{bar}")
    return 1 if any(found[name] > bar for name, bar in BARS.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
