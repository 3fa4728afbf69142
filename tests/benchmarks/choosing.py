"""How long choosing among 1,000 terrains takes: 22 constraints, the ten best sets, the price of each.

Run as ``python3 -m tests.benchmarks.choosing``. Medians for each size of the set; the exit code is 1 if one
takes more than a second, or is not proved.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from ect.domain.choice import Constraint, Demand
from ect.services.choosing import Eligible, GroupKind, choose_from, could_enter, eligible
from ect.services.opening import open_database
from ect.settings import Settings
from tests.services.portfolios import add_many

TERRAINS, TIMES, BAR_S = 1_000, 5, 1.0
SIZES = (2, 3, 5, 8, 12, 20)
ASKED = {
    GroupKind.AXIS: (Demand.AT_LEAST, 1),
    GroupKind.THEME: (Demand.AT_MOST, 2),
    GroupKind.FRAMEWORK: (Demand.AT_MOST, 1),
    GroupKind.FOLLOWED: (Demand.AT_MOST, 0),
}


def main() -> int:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Settings(database_url=f"sqlite:///{Path(folder) / 'ect.db'}"))
        add_many(db, TERRAINS)
        found = eligible(db)
        db.close()
    asked = [
        Constraint(ASKED[group.kind][0], group.name, ASKED[group.kind][1])
        for group in found.groups
        if group.kind in ASKED
    ]
    asked.append(Constraint(Demand.AT_LEAST, "new/theme"))
    return max([_measure(found, asked, size) for size in SIZES])


def _measure(found: Eligible, asked: list[Constraint], size: int) -> int:
    choices, seconds, unknown = [], [], []
    for _ in range(TIMES):
        start = time.perf_counter()
        choices.append(choose_from(found, size, asked))
        middle = time.perf_counter()
        could_enter(found, choices[-1])
        seconds.append(middle - start)
        unknown.append(time.perf_counter() - middle)
    proved = all(choice.proved and choice.whole for choice in choices)
    print(
        f"k = {size:>2}: {len(found.scores)} terrains, {len(asked)} constraints, "
        f"{len(choices[0].sets)} sets: "
        f"{1000 * statistics.median(seconds):.0f} ms, then {1000 * statistics.median(unknown):.0f} ms for "
        f"the unknown ones, {'proved' if proved else 'NOT PROVED'}"
    )
    return int(statistics.median(seconds) > BAR_S or not proved)


if __name__ == "__main__":
    sys.exit(main())
