"""Documents at full size: 1,000 terrains rated by 20 people each, a meeting of 12 terrains, 100 seats.

Run as ``python3 -m tests.benchmarks.reports``. Each document is made in a process of its own: seconds from
the store to the bytes, and the most memory that process ever held. The exit code is 1 if one takes more
than 10 s or 500 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import insert

from ect.domain.grid import Grid
from ect.domain.meeting import Settings as MeetingSettings
from ect.domain.meeting import Verdict
from ect.i18n import Speaker
from ect.services.deciding import close, decide
from ect.services.meeting import create, open_meeting, reveal, start_deciding, start_round
from ect.services.membership import ORGANISER
from ect.services.opening import open_database
from ect.services.reference import current_grid
from ect.settings import Settings
from ect.storage.database import Database
from ect.storage.repositories.terrains import keys_by_code
from ect.storage.tables import RatingRow, SeatRow, TerrainRow, VoteRow

TERRAINS, PEOPLE, SEATS, IN_MEETING = 1_000, 20, 100, 12
SECONDS, MEGABYTES = 10.0, 500.0
SAY = Speaker("fr")


def minutes(db: Database) -> dict[str, Callable[[], bytes]]:
    from ect.reports.docx import write_docx
    from ect.reports.minutes import minutes_document
    from ect.reports.pdf import write_pdf
    from ect.services.document_settings import letterhead
    from ect.services.minutes import Named
    from ect.services.minutes import minutes as told

    def document():
        return minutes_document(
            told(db, ORGANISER, 1, Named.PSEUDONYMS), letterhead(db), SAY, Named.PSEUDONYMS
        )

    return {"pdf": lambda: write_pdf(document()), "docx": lambda: write_docx(document())}


def comparison(db: Database, *, everything: bool = False) -> dict[str, Callable[[], bytes]]:
    from ect.reports.comparison import comparison_document
    from ect.reports.pdf import write_pdf
    from ect.reports.pptx import write_pptx
    from ect.services.comparing import compare
    from ect.services.document_settings import letterhead

    def document():
        return comparison_document(compare(db, ORGANISER), letterhead(db), SAY, everything=everything)

    return {"pdf": lambda: write_pdf(document()), "pptx": lambda: write_pptx(document())}


KINDS = {
    "minutes": minutes,
    "comparison": comparison,
    "comparison, every terrain": lambda db: comparison(db, everything=True),
}


def fill(db: Database) -> None:
    """Put the terrains, their ratings and a closed meeting in."""
    rng, grid, now = Random(2023), current_grid(db), datetime.now(UTC)
    codes = [f"banc-{number}" for number in range(TERRAINS)]
    with db.write() as session:
        rows = [
            {
                "code": code,
                "name": f"Terrain du banc n° {number}",
                "kind": "candidate",
                "origin": "user",
                "archived": False,
                "record": {},
                "created_at": now,
                "revision": 1,
            }
            for number, code in enumerate(codes)
        ]
        session.execute(insert(TerrainRow), rows)
        keys = keys_by_code(session)
    for code in codes:
        with db.write() as session:
            cells = [answer(rng, c.code, c.step == 1) for c in grid]
            session.execute(
                insert(RatingRow),
                [
                    {
                        "terrain_id": keys[code],
                        "grid_id": 1,
                        "voice": f"v{person}",
                        "saved_at": now,
                        "revision": 1,
                    }
                    | {**cell, "half_points": shifted(rng, cell)}
                    for person in range(PEOPLE)
                    for cell in cells
                ],
            )
    hold(db, rng, grid, codes[:IN_MEETING], keys, now)


def answer(rng: Random, criterion: str, whole: bool) -> dict[str, object]:
    half = 2 * rng.randint(0, 2) if whole else rng.randint(0, 4)
    return {"criterion": criterion, "answer": "level", "half_points": half, "basis": None, "comment": ""}


def shifted(rng: Random, cell: dict[str, object]) -> int:
    return min(4, max(0, int(str(cell["half_points"])) + 2 * rng.choice((-1, 0, 0, 1))))


def hold(
    db: Database, rng: Random, grid: Grid, chosen: list[str], keys: dict[str, int], now: datetime
) -> None:
    """Hold a meeting from one end to the other."""
    key = create(db, ORGANISER, "Comité du banc d'essai", chosen, MeetingSettings())
    open_meeting(db, ORGANISER, key)
    start_round(db, ORGANISER, key)
    with db.write() as session:
        session.execute(
            insert(SeatRow),
            [
                {
                    "meeting_id": key,
                    "number": number,
                    "name": f"Personne {number}",
                    "kind": "person",
                    "facilitator": False,
                    "removed": False,
                    "sections": [],
                    "joined_at": now,
                }
                for number in range(1, SEATS + 1)
            ],
        )
        for code in chosen:
            cells = [answer(rng, c.code, c.step == 1) for c in grid]
            session.execute(
                insert(VoteRow),
                [
                    {"meeting_id": key, "seat_id": seat, "round": 1, "terrain_id": keys[code]}
                    | {"on_paper": False, "saved_at": now, "revision": 1}
                    | {**cell, "half_points": shifted(rng, cell)}
                    for seat in range(1, SEATS + 1)
                    for cell in cells
                ],
            )
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    for code in chosen:
        decide(
            db, ORGANISER, key, code, Verdict.SHORTLISTED, "Un motif de longueur ordinaire, dit en séance."
        )
    close(db, ORGANISER, key)


def child(address: str, kind: str, ending: str) -> None:
    """Make one document, and print what it took."""
    import resource

    db = open_database(Settings(database_url=address))
    make = KINDS[kind](db)[ending]
    start, busy = time.perf_counter(), time.process_time()
    content = make()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    db.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "busy": busy, "megabytes": peak, "bytes": len(content)}))


def main() -> int:
    """Print a line a document; return 1 if a bar is broken."""
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{(Path(folder) / 'bench.db').as_posix()}"
        db = open_database(Settings(database_url=address))
        fill(db)
        db.close()
        for kind, endings in {
            "minutes": ("pdf", "docx"),
            "comparison": ("pdf", "pptx"),
            "comparison, every terrain": ("pdf", "pptx"),
        }.items():
            for ending in endings:
                command = [sys.executable, "-m", "tests.benchmarks.reports", address, kind, ending]
                told = subprocess.run(command, capture_output=True, text=True, check=True)
                took = json.loads(told.stdout)
                over = took["seconds"] > SECONDS or took["megabytes"] > MEGABYTES
                broken += over
                print(
                    f"{kind} {ending}: {took['seconds']:.2f} s ({took['busy']:.2f} s of processor),"
                    f" {took['megabytes']:.0f} MB at most, {took['bytes'] / 1024:.0f} kB"
                    f"{'  OVER' if over else ''}",
                    flush=True,
                )
    return 1 if broken else 0


if __name__ == "__main__":
    if len(sys.argv) == 4:
        child(*sys.argv[1:])
    else:
        sys.exit(main())
