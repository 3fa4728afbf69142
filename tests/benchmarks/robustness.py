"""SMAA-2 against the least that could be done: random weights, a float32 product, a float32 sort.

Run as ``python3 -m tests.benchmarks.robustness``. Both are measured in turn in the same run; medians
and their ratio are printed, with the memory the first call takes and, at 100 terrains, the ratio to a
loop of pymcdm's weighted sum. Then every source is drawn, first of terrains that are known, then where
one cell in ten is unknown and ten people rated the first terrains: there only memory has a bar. The exit
code is 1 if a bar is broken.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
from pymcdm.methods import WSM

from ect.domain.alternatives import Alternatives
from ect.domain.grid import Grid
from ect.domain.rating import Answer, Rating
from ect.domain.robustness import robustness
from ect.domain.uncertainty import Doubt, Settings
from ect.domain.votes import Vote
from ect.domain.weights import published_weights
from tests.domain.builders import GRID

DRAWS = 10_000
# Terrains, and how many times as long as the least it may take.
BARS = {10: 6.0, 100: 6.0, 1_000: 4.0, 10_000: 4.0}
MEMORY_MB, PYMCDM_TIMES, PYMCDM_DRAWS = 150.0, 30.0, 200


# Terrains, and draws: what is unknown takes long, but no more memory for more draws.
DOUBTED = {100: 10_000, 1_000: 3_000, 10_000: 500}
PEOPLE, RATED = 10, 12


def terrains(count: int, grid: Grid = GRID, unknown: float = 0.0) -> Alternatives:
    """Return terrains with levels at random, this share of them unknown."""
    rng = np.random.default_rng(count)
    halves = rng.integers(0, 5, (count, len(list(grid))))
    hidden = rng.random(halves.shape) < unknown
    rows = tuple(
        tuple(None if gone else Fraction(int(x), 2) for x, gone in zip(row, own, strict=True))
        for row, own in zip(halves, hidden, strict=True)
    )
    return Alternatives(tuple(f"t{i}" for i in range(count)), tuple(c.code for c in grid), rows)


def least(values: np.ndarray, rng: np.random.Generator) -> None:
    """Draw weights, make totals and sort them, in blocks of 16 MB."""
    block = max(1, 16_000_000 // (4 * len(values)))
    for start in range(0, DRAWS, block):
        weights = rng.standard_exponential((min(block, DRAWS - start), values.shape[1]), dtype=np.float32)
        weights /= weights.sum(axis=1, keepdims=True)
        np.sort(weights @ values.T, axis=1)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(count: int) -> dict[str, float]:
    """Return medians of both, taken in turn, and the peak of memory beside the table itself."""
    table, settings = terrains(count), Settings(draws=DRAWS, doubts=frozenset({Doubt.WEIGHTS}))
    values = np.array([[float(x) for x in row if x is not None] for row in table.values], dtype=np.float32)
    rng = np.random.default_rng(0)

    def ours() -> object:
        return robustness(GRID, table, published_weights(GRID), settings)

    tracemalloc.start()
    ours()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    rounds = 15 if count <= 1_000 else 3
    both = [(seconds(ours), seconds(lambda: least(values, rng))) for _ in range(rounds)]
    own, bare = (statistics.median(column) for column in zip(*both, strict=True))
    found = {"terrains": count, "ours_ms": own * 1e3, "least_ms": bare * 1e3, "ratio": own / bare, "mb": peak}
    if count == 100:
        found["pymcdm_times"] = pymcdm_seconds(values) / own
    return found


def _as_it_is(column: np.ndarray, **_kind: bool) -> np.ndarray:
    return column


def pymcdm_seconds(values: np.ndarray) -> float:
    """Return the time of pymcdm's weighted sum in a loop, from some of the draws."""
    rng, method = np.random.default_rng(0), WSM(_as_it_is)
    kinds = np.ones(values.shape[1])

    def loop() -> None:
        for _ in range(PYMCDM_DRAWS):
            weights = rng.dirichlet(kinds)
            method.rank(method(values, weights, kinds))

    return seconds(loop) * DRAWS / PYMCDM_DRAWS


def measure_doubted(count: int, draws: int) -> dict[str, float]:
    """Return the time and the peak of memory with every source, nothing unknown and then much of it."""
    known, settings = terrains(count), Settings(draws=draws)
    table, votes = rated(terrains(count, unknown=0.1))
    weights = published_weights(GRID)
    default = seconds(lambda: robustness(GRID, known, weights, settings))
    took = seconds(lambda: robustness(GRID, table, weights, settings, votes))
    tracemalloc.start()
    robustness(GRID, table, weights, settings, votes)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return {"terrains": count, "draws": draws, "known_ms": default * 1e3, "ours_ms": took * 1e3, "mb": peak}


def rated(table: Alternatives) -> tuple[Alternatives, list[Vote]]:
    """Let ten people rate the known cells of the first terrains, whose values become the means."""
    rng = np.random.default_rng(1)
    votes, rows = [], list(table.values)
    for place, terrain in enumerate(table.terrains[:RATED]):
        row = list(rows[place])
        for column, code in enumerate(table.criteria):
            if row[column] is not None:
                levels = [Fraction(int(level)) for level in rng.integers(0, 3, PEOPLE)]
                row[column] = sum(levels, Fraction()) / PEOPLE
                votes += [
                    Vote(f"P{person}", terrain, Rating(code, Answer.LEVEL, level))
                    for person, level in enumerate(levels)
                ]
        rows[place] = tuple(row)
    return replace(table, values=tuple(rows)), votes


def main() -> int:
    results = [measure(count) for count in BARS]
    doubted = [measure_doubted(count, draws) for count, draws in DOUBTED.items()]
    if "--json" in sys.argv:
        print(json.dumps({"weights": results, "every_source": doubted}, indent=2))
    else:
        print(f"{DRAWS} draws x {len(list(GRID))} criteria, medians taken in turn")
        for one in results:
            more = f"  pymcdm's loop {one['pymcdm_times']:.0f} times" if "pymcdm_times" in one else ""
            print(
                f"n = {one['terrains']:>6}: {one['ours_ms']:8.1f} ms against {one['least_ms']:8.1f} ms, "
                f"ratio {one['ratio']:.2f} (bar {BARS[int(one['terrains'])]}), {one['mb']:.0f} MB{more}"
            )
        print("every source: all known, then one cell in ten unknown and ten people's ratings")
        for one in doubted:
            print(
                f"n = {one['terrains']:>6}: {one['draws']:>6} draws, {one['known_ms']:8.1f} ms, then "
                f"{one['ours_ms']:8.1f} ms, {one['mb']:.0f} MB"
            )
    broken = [
        one
        for one in results
        if one["ratio"] > BARS[int(one["terrains"])]
        or one["mb"] > MEMORY_MB
        or one.get("pymcdm_times", PYMCDM_TIMES) < PYMCDM_TIMES
    ]
    return 1 if broken or any(one["mb"] > MEMORY_MB for one in doubted) else 0


if __name__ == "__main__":
    sys.exit(main())
