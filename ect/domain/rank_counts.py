"""Counts of who comes where over many draws: acceptabilities, mean ranks, who beats whom."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ect.domain.uncertainty import Floats

# Totals nearer than this are level: what is left of a tie after floating-point sums is far smaller.
GRAIN = 1e-9
BLOCK_BYTES = 16_000_000
INDEX_BITS, INDEX = np.uint64(32), np.uint64(0xFFFFFFFF)

Places = NDArray[np.int64]


class RankCounts:
    """What is counted of n rows over the draws given so far.

    Rank 1 is one more than the number of rows strictly ahead: rows that are level share the better
    rank. Rows that stand for several identical terrains count as many.

    Attributes
    ----------
    acceptability
        n x (r + 1) counts: how often each row had rank 1, ..., r, and a later one.
    ranks
        n: the sum of the ranks.
    first_weights
        n x m: the sum of the weights of the draws in which the row was first.
    beats
        k x k: how often one of the first k rows was ahead of another, a tie counting as half.

    """

    def __init__(self, multiplicity: Places, ranks: int, duels: int, criteria: int) -> None:
        count = len(multiplicity)
        self.multiplicity = multiplicity
        self.shown = ranks
        self.acceptability = np.zeros((count, ranks + 1), np.int64)
        self.ranks = np.zeros(count, np.float64)
        self.first_weights = np.zeros((count, criteria))
        self.beats = np.zeros((duels, duels))
        self.single = bool((multiplicity == 1).all())
        self.draws = 0

    def add(self, totals: Floats | NDArray[np.float32], weights: Floats) -> None:
        """Count a block of c draws: totals c x n (0 or more), weights c x m.

        Totals in single precision are those of rows that are never level.
        """
        self.draws += len(totals)
        apart = totals.dtype == np.float32
        if apart:
            order = _fast_order(np.asarray(totals, np.float32))
            ranks = self._ranks(order, None)
            # Who stands further down than the last rank shown has a later one.
            self._count(order[:, : self.shown], ranks[:, : self.shown])
            self._first(order[:, :1], ranks[:, :1], weights)
        else:
            order, level = _order(np.asarray(totals, np.float64))
            ranks = self._ranks(order, level)
            self._count(order, ranks)
            self._first(order, ranks, weights)
        self._sum(order, ranks)
        self._duel(totals[:, : len(self.beats)].T.copy(), apart=apart)

    def _ranks(self, order: Places, level: Places | None) -> Places:
        """Return c x n ranks from 0, place by place; ``level`` is where the tie at a place begins."""
        if self.single:
            return np.broadcast_to(np.arange(order.shape[1]), order.shape) if level is None else level
        own = self.multiplicity[order]
        ahead = np.cumsum(own, axis=1) - own
        return ahead if level is None else np.take_along_axis(ahead, level, axis=1)

    def _count(self, order: Places, ranks: Places) -> None:
        count, columns = self.acceptability.shape
        cells = order * columns + np.minimum(ranks, self.shown)
        self.acceptability += np.bincount(cells.ravel(), minlength=count * columns).reshape(count, columns)
        self.acceptability[:, -1] = self.draws - self.acceptability[:, :-1].sum(axis=1)

    def _sum(self, order: Places, ranks: Places) -> None:
        summed = np.bincount(order.ravel(), weights=ranks.ravel(), minlength=len(self.ranks))
        self.ranks += summed + len(order)

    def _duel(self, totals: Floats | NDArray[np.float32], *, apart: bool) -> None:
        """Count k x c totals against each other."""
        for row, own in enumerate(totals):
            gaps = own - totals[row + 1 :]
            won = (gaps > 0 if apart else gaps > GRAIN).sum(axis=1, dtype=np.int32).astype(np.float64)
            if not apart:
                won += (abs(gaps) <= GRAIN).sum(axis=1) / 2
            self.beats[row, row + 1 :] += won
            self.beats[row + 1 :, row] += len(own) - won
            self.beats[row, row] += len(own) / 2

    def _first(self, order: Places, ranks: Places, weights: Floats) -> None:
        draw, place = np.nonzero(ranks == 0)
        rows = order[draw, place]
        by_row = np.argsort(rows, kind="stable")
        begins = np.flatnonzero(np.diff(rows[by_row], prepend=-1))
        self.first_weights[rows[by_row[begins]]] += np.add.reduceat(weights[draw[by_row]], begins, axis=0)


def block_size(rows: int) -> int:
    """Return how many draws of that many rows are ranked at a time."""
    return max(1, BLOCK_BYTES // (8 * max(1, rows)))


def _fast_order(totals: NDArray[np.float32]) -> Places:
    """Order rows that are never level, the highest first.

    The bits of a float of 0 or more are in the order of its value: one integer holds the total and
    whose it is, and is sorted far faster than places are.
    """
    bits = (~totals.view(np.uint32)).astype(np.uint64) << INDEX_BITS
    bits |= np.arange(totals.shape[1], dtype=np.uint64)
    bits.sort(axis=1)
    bits &= INDEX
    return bits.view(np.int64)


def _order(totals: Floats) -> tuple[Places, Places]:
    """Order rows the highest first; return too, place by place, where the tie it is in begins."""
    grains = np.rint(totals / GRAIN).astype(np.int64)
    order = np.argsort(-grains, axis=1, kind="stable")
    ordered = np.take_along_axis(grains, order, axis=1)
    places = np.arange(totals.shape[1], dtype=np.int64)
    begins = np.ones(ordered.shape, bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    return order, np.maximum.accumulate(np.where(begins, places, 0), axis=1)
