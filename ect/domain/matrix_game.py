"""The exact solution of a two-person zero-sum game."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def solve_game(payoffs: Sequence[Sequence[Fraction]]) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Return optimal mixed strategies of the row player, who maximises, and of the column player.

    Simplex on the column player's programme, Bland's rule, integer pivoting (each division is exact).
    The row player's strategy earns the value of the game or more on every column, the column
    player's concedes no more on any row.

    Parameters
    ----------
    payoffs
        r rows (1 or more) of c exact payoffs (1 or more).

    Returns
    -------
    tuple
        r and c exact probabilities, each summing to 1. Sources: Dantzig 1951; Bland 1977.

    """
    scale = lcm(*(payoff.denominator for row in payoffs for payoff in row))
    whole = [[int(payoff * scale) for payoff in row] for row in payoffs]
    shift = 1 - min(map(min, whole))
    rows, columns = len(whole), len(whole[0])
    # Maximise sum z subject to (payoffs + shift) z <= 1, z >= 0: payoffs above 0 bound it.
    tableau = [
        [payoff + shift for payoff in row] + [int(i == j) for j in range(rows)] + [1]
        for i, row in enumerate(whole)
    ]
    tableau.append([-1] * columns + [0] * (rows + 1))
    basis = list(range(columns, columns + rows))
    pivot = 1
    while (entering := next((j for j, cost in enumerate(tableau[-1][:-1]) if cost < 0), None)) is not None:
        leaving = _leaving(tableau, basis, entering)
        pivot = _pivoted(tableau, leaving, entering, pivot)
        basis[leaving] = entering
    total = tableau[-1][-1]
    levels = dict(zip(basis, (row[-1] for row in tableau), strict=False))
    return (
        tuple(Fraction(cost, total) for cost in tableau[-1][columns:-1]),
        tuple(Fraction(levels.get(j, 0), total) for j in range(columns)),
    )


def _leaving(tableau: Sequence[Sequence[int]], basis: Sequence[int], entering: int) -> int:
    candidates = [i for i in range(len(basis)) if tableau[i][entering] > 0]
    return min(candidates, key=lambda i: (Fraction(tableau[i][-1], tableau[i][entering]), basis[i]))


def _pivoted(tableau: list[list[int]], leaving: int, entering: int, previous: int) -> int:
    """Pivot in place and return the new common denominator of the tableau."""
    top = tableau[leaving]
    pivot = top[entering]
    for i, row in enumerate(tableau):
        if i != leaving:
            factor = row[entering]
            tableau[i] = [(pivot * x - factor * y) // previous for x, y in zip(row, top, strict=True)]
    return pivot
