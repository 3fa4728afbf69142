"""Exports 1,000 terrains x 20 participants x 29 criteria in every format; prints seconds and memory.

    python3 -m tests.benchmarks.exporting [--terrains N] [--participants N] [--only json,xlsx]

The store is made here, by bulk insert. Each format runs in a process of its own, so that the peak is its
own; the bar is 10 s and 500 MB.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert

from ect.services.opening import open_database
from ect.services.reference import grid_in_force
from ect.settings import Settings
from ect.storage.tables import RatingRow, TerrainRow

ROOT = Path(__file__).parents[2]
FORMATS = {
    "json": ("tout.json",),
    "xlsx": ("tables.xlsx",),
    "committee": ("comite.xlsx", "--committee"),
    "zip": ("tables.zip",),
    "csv": ("classement.csv",),
}
BAR_SECONDS, BAR_MEGABYTES = 10, 500
WORDS = ("entendu en réunion", "vu sur place ; à confirmer", "dossier « lu »", "")


def fill(address: str, terrains: int, participants: int) -> int:
    """Make the store; return how many ratings it holds."""
    db, draw, start = open_database(Settings(database_url=address)), Random(2023), datetime.now(UTC)
    with db.write() as session:
        key, grid = grid_in_force(db, session)
        run = session.connection().execute
        run(
            insert(TerrainRow),
            [
                {
                    "code": f"terrain-{i:04}",
                    "name": f"Terrain {i:04} de l'étude",
                    "kind": "candidate",
                    "origin": "demo",
                    "archived": False,
                    "record": {"territory": "Jura"},
                    "created_at": start,
                    "revision": 1,
                }
                for i in range(terrains)
            ],
        )
        codes = [row[0] for row in run(TerrainRow.__table__.select().where(TerrainRow.origin == "demo"))]
        for place, terrain in enumerate(codes):
            run(
                insert(RatingRow),
                [
                    {
                        "terrain_id": terrain,
                        "grid_id": key,
                        "voice": f"P{voice}",
                        "criterion": criterion.code,
                        "answer": "level",
                        "half_points": 2 * draw.randrange(3),
                        "basis": draw.choice(("declared", "observed", "documented", None)),
                        "comment": draw.choice(WORDS),
                        "saved_at": start + timedelta(milliseconds=place * 700 + voice * 31),
                        "revision": 1,
                    }
                    for voice in range(1, participants + 1)
                    for criterion in grid
                ],
            )
    db.close()
    return len(codes) * participants * len(list(grid))


def measure(address: str, folder: Path, name: str, *options: str) -> tuple[float, float, float, float]:
    """Run one export; return seconds, those of the processor, peak megabytes, megabytes of the file."""
    file = folder / name
    environment = {**os.environ, "ECT_DATABASE_URL": address, "ECT_NO_BOOTSTRAP": "1"}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "ect", "export", str(file), *options]
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{name}: exit {child.returncode}")
    processor = used.ru_utime + used.ru_stime
    return seconds, processor, used.ru_maxrss / 1024, file.stat().st_size / 2**20


def main() -> None:
    """Print one line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terrains", type=int, default=1000)
    parser.add_argument("--participants", type=int, default=20)
    parser.add_argument("--only", default=",".join(FORMATS))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{(Path(folder) / 'ect.db').as_posix()}"
        count = fill(address, wanted.terrains, wanted.participants)
        print(f"{count} ratings; bar: {BAR_SECONDS} s, {BAR_MEGABYTES} MB, start of Python included")
        for name in wanted.only.split(","):
            seconds, processor, memory, size = measure(address, Path(folder), *FORMATS[name])
            kept = "ok" if seconds < BAR_SECONDS and memory < BAR_MEGABYTES else "OVER"
            print(
                f"{name:10} {seconds:5.1f} s ({processor:4.1f} s of processor) {memory:4.0f} MB,"
                f" file {size:5.1f} MB  {kept}"
            )


if __name__ == "__main__":
    main()
