from __future__ import annotations

import random
from fractions import Fraction

from ect.domain.matrix_game import solve_game


def test_rock_paper_scissors_is_played_evenly() -> None:
    payoffs = [[Fraction(x) for x in row] for row in ([0, -1, 1], [1, 0, -1], [-1, 1, 0])]
    assert solve_game(payoffs) == ((Fraction(1, 3),) * 3, (Fraction(1, 3),) * 3)


def test_what_the_one_side_is_sure_of_is_what_the_other_concedes() -> None:
    """Von Neumann 1928: this certifies both strategies."""
    rng = random.Random(1928)
    for _ in range(1000):
        rows, columns = rng.randint(1, 7), rng.randint(1, 7)
        spread = rng.choice((0, 1, 9))
        payoffs = [
            [Fraction(rng.randint(-spread, spread), rng.randint(1, 4)) for _ in range(columns)]
            for _ in range(rows)
        ]
        ours, theirs = solve_game(payoffs)
        assert sum(ours) == 1 == sum(theirs)
        assert min(*ours, *theirs) >= 0
        sure = min(sum(p * row[j] for p, row in zip(ours, payoffs, strict=True)) for j in range(columns))
        conceded = max(sum(p * x for p, x in zip(theirs, row, strict=True)) for row in payoffs)
        assert sure == conceded
