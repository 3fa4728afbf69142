from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

from ect.domain.frontier import Scale, frontier, taken
from ect.domain.ladders import Ladder

Options = list[list[tuple[int, int]]]


def random_options(rng: random.Random) -> Options:
    """Return up to 5 parts of up to 3 steps, dear or free, the first gain small or not."""
    options: Options = []
    for _ in range(rng.randint(0, 5)):
        price, gain, ladder = 0, 0, []
        for _ in range(rng.randint(0, 3)):
            price, gain = price + rng.randint(0, 3), gain + rng.randint(1, 5)
            ladder.append((price, gain))
        options.append(ladder)
    return options


def every_choice(options: Options) -> list[tuple[int, int]]:
    """Return the price and the gain of every number of steps of every part."""
    return [
        (sum(price for price, _ in chosen), sum(gain for _, gain in chosen))
        for chosen in product(*([(0, 0), *ladder] for ladder in options))
    ]


def test_a_frontier_is_what_no_choice_beats() -> None:
    rng, shortened = random.Random(1969), 0
    for _ in range(500):
        options, most = random_options(rng), rng.choice((None, rng.randint(0, 12)))
        enough = rng.randint(0, 30)
        choices = [x for x in every_choice(options) if most is None or x[0] <= most]
        kept = {
            (p, g) for p, g in choices if not any(x != (p, g) and x[0] <= p and x[1] >= g for x in choices)
        }
        reached = min((p for p, g in kept if g >= enough), default=None)
        expected = sorted((p, g) for p, g in kept if reached is None or p <= reached)
        found = frontier(options, enough, most)
        assert [(choice.price, choice.gain) for choice in found] == expected
        shortened += len(expected) < len(kept)
    assert shortened > 100


def test_what_is_taken_costs_the_price_and_brings_the_gain() -> None:
    rng = random.Random(3)
    for _ in range(200):
        options = random_options(rng)
        for choice in frontier(options, 10**6):
            counts = taken(choice)
            assert len(counts) == len(options)
            spent = [ladder[count - 1] for ladder, count in zip(options, counts, strict=True) if count]
            assert (choice.price, choice.gain) == (sum(p for p, _ in spent), sum(g for _, g in spent))


def test_prices_rank_by_cost_then_by_the_number_of_steps() -> None:
    third, half = Fraction(1, 3), Fraction(1, 2)
    dear = Ladder("t", "a", (Fraction(), Fraction(1)), half, Fraction(1))
    cheap = Ladder("t", "b", (Fraction(), half, Fraction(1)), third, half)
    scale = Scale.of((dear, cheap), [Fraction(1, 7)], Fraction(5, 4))
    (one,), (_, two) = scale.options((dear, cheap))
    assert one[0] < two[0] < one[0] + scale.many
    assert (one[1], two[1]) == (21, 14)
    assert scale.budget is not None
    assert two[0] <= scale.budget < 2 * one[0]
    assert Scale.of((), [], None) == Scale(1, 1, 1, None)
