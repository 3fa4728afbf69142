"""Prices of rows: what one more, or one less, of a group is worth at the margin.

They are the multipliers of the linear relaxation, where items may be taken in part and a row may be
broken at a high price. Any prices give a bound that holds: floats do no harm here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ect.domain.portfolio_rows import Problem

FINE = 4096  # prices are integers: this many to a unit of score
# Breaking a row costs this many times what the best set has over the worst.
PENALTY = 1_000


def row_prices(scores: Sequence[int], problem: Problem) -> tuple[int, ...]:
    """Return the price of each row, ``FINE`` times.

    Positive (0 or more) for one more item that a row allows, negative (0 or less) for one more that a
    row asks for.
    """
    if not problem.rows or not problem.left:
        return (0,) * len(problem.rows)
    from scipy.optimize import linprog  # type: ignore[import-untyped]

    worth = np.array([float(scores[item]) for item in problem.pool])
    spread = float(worth.max() - worth.min()) or 1.0
    signs = np.array([-1.0 if row.least else 1.0 for row in problem.rows])
    inside = np.array([[item in row.items for item in problem.pool] for row in problem.rows], float)
    count, rows = len(problem.pool), len(problem.rows)
    found = linprog(
        np.concatenate([-worth / spread, np.full(rows, PENALTY * problem.left)]),
        A_ub=np.hstack([signs[:, None] * inside, -np.eye(rows)]),
        b_ub=signs * [row.bound for row in problem.rows],
        A_eq=np.concatenate([np.ones(count), np.zeros(rows)])[None, :],
        b_eq=[problem.left],
        bounds=[(0, 1)] * count + [(0, None)] * rows,
        method="highs",
    )
    # Of a row that asks, the sign turns: a price is put on what is taken of it.
    prices = np.clip(-found.ineqlin.marginals, 0, None) * spread * signs
    return tuple(round(FINE * price) for price in prices.tolist())
