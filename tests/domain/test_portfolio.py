from __future__ import annotations

import random
from fractions import Fraction
from functools import partial

import pytest

from ect.domain import portfolio
from ect.domain.choice import Choice, Constraint, Demand, Price
from ect.domain.errors import DomainError
from ect.domain.portfolio import LIMIT, choose
from ect.domain.portfolio_search import search
from tests.domain.builders import EPICERIE, MAISON, SUT, report_scores
from tests.domain.portfolio_oracle import (
    Instance,
    every_set,
    milp_total,
    random_instance,
    satisfies,
    tangled,
)

REPORT = {code: score.total.low for code, score in report_scores().items()}
GROUPS = {
    "food": frozenset([MAISON, EPICERIE, "vaux"]),
    "business": frozenset([SUT]),
    "place": frozenset(["vaux"]),
}
FEW = {code: Fraction(total) for code, total in {"a": 9, "b": 8, "c": 8, "d": 5, "e": 1}.items()}


def at_least(count: int, group: str) -> Constraint:
    return Constraint(Demand.AT_LEAST, group, count)


def at_most(count: int, group: str) -> Constraint:
    return Constraint(Demand.AT_MOST, group, count)


def required(terrain: str) -> Constraint:
    return Constraint(Demand.REQUIRED, terrain)


def excluded(terrain: str) -> Constraint:
    return Constraint(Demand.EXCLUDED, terrain)


def answer(instance: Instance, **options: object) -> Choice:
    return choose(instance.scores, instance.groups, instance.size, instance.constraints, **options)


def told(choice: Choice) -> list[tuple[Fraction, tuple[str, ...]]]:
    return [(found.total, found.members) for found in choice.sets]


# The report, worked: 25.3 for the grocery, 23.2 for the house, 21.5 for SuT.


def test_the_report_s_best_two_are_both_about_food() -> None:
    choice = choose(REPORT, GROUPS, 2)
    assert told(choice) == [
        (Fraction(97, 2), (EPICERIE, MAISON)),
        (Fraction(234, 5), (EPICERIE, SUT)),
        (Fraction(447, 10), (MAISON, SUT)),
    ]
    assert [found.loss for found in choice.sets] == [0, Fraction(17, 10), Fraction(19, 5)]
    assert choice.best == choice.sets[:1]
    assert choice.next_best == choice.sets[1:]
    assert choice.sets[1].beside(choice.sets[0]) == ((SUT,), (MAISON,))
    assert (choice.proved, choice.whole, choice.every) == (True, True, True)
    assert choice.price == 0


def test_asking_for_another_theme_costs_1_7_points_on_the_report() -> None:
    business = at_least(1, "business")
    choice = choose(REPORT, GROUPS, 2, [business])
    assert choice.sets[0].members == (EPICERIE, SUT)
    assert choice.prices == (Price(business, choice.free, Fraction(17, 10), Fraction(17, 10)),)
    assert choice.price == Fraction(17, 10)


def test_a_group_none_of_which_can_be_chosen_is_the_whole_conflict() -> None:
    choice = choose(REPORT, GROUPS, 2, [at_most(1, "food"), at_least(1, "place")])
    assert choice.sets == ()
    assert choice.conflict == (at_least(1, "place"),)
    assert choice.minimal
    assert choice.prices == (Price(at_least(1, "place"), Fraction(234, 5), None, None),)
    assert choice.price is None
    assert choice.bound is None


# What is promised, one rule a test.


def test_ties_are_shown_as_ties_in_the_order_of_the_terrains() -> None:
    choice = choose(FEW, {}, 2)
    assert [found.members for found in choice.best] == [("a", "b"), ("a", "c")]
    assert choice.next_best[0].members == ("b", "c")
    assert choice.next_best[0].loss == 1


def test_a_terrain_asked_for_or_refused_has_its_price_too() -> None:
    choice = choose(FEW, {}, 2, [required("e"), excluded("a")])
    assert choice.sets[0].members == ("b", "e")
    assert [price.points for price in choice.prices] == [7, 1]
    assert choice.price == 8


def test_prices_do_not_add_up_where_constraints_ask_for_the_same() -> None:
    groups = {"x": frozenset("e"), "y": frozenset("e")}
    choice = choose(FEW, groups, 2, [at_least(1, "x"), at_least(1, "y")])
    assert [price.points for price in choice.prices] == [0, 0]
    assert choice.price == 7


def test_a_constraint_given_twice_counts_once() -> None:
    choice = choose(FEW, {}, 1, [required("e"), required("e")])
    assert choice.constraints == (required("e"),)
    assert choice.prices[0].points == 8


def test_a_terrain_asked_for_and_refused_is_a_conflict_of_two() -> None:
    choice = choose(FEW, {"x": frozenset("ab")}, 2, [at_least(1, "x"), required("e"), excluded("e")])
    assert choice.conflict == (required("e"), excluded("e"))
    assert [price.without for price in choice.prices] == [Fraction(17), Fraction(10)]


def test_a_conflict_may_be_of_three_any_of_which_ends_it() -> None:
    groups = {"x": frozenset("a"), "y": frozenset("b"), "z": frozenset("c")}
    asked = [at_least(1, group) for group in groups]
    choice = choose(FEW, groups, 2, asked)
    assert choice.conflict == tuple(asked)
    assert [price.without for price in choice.prices] == [16, 17, 17]


def test_of_two_conflicts_lifting_one_constraint_of_one_leaves_the_other() -> None:
    choice = choose(FEW, {}, 2, [required("a"), excluded("a"), required("b"), excluded("b")])
    assert choice.conflict == (required("b"), excluded("b"))
    assert [price.without for price in choice.prices] == [None, None]


def test_a_gap_bounds_the_loss_and_says_that_nothing_else_is_within() -> None:
    near = choose(FEW, {}, 2, gap=Fraction(1))
    assert [found.loss for found in near.sets] == [0, 0, 1]
    assert near.every
    assert [found.loss for found in choose(FEW, {}, 2, gap=Fraction(0)).sets] == [0, 0]


def test_more_sets_than_the_limit_are_said_to_be_left_out() -> None:
    choice = choose(FEW, {}, 2, limit=1)
    assert len(choice.sets) == 1
    assert (choice.proved, choice.whole, choice.every) == (True, True, False)


def test_a_single_terrain_is_chosen_and_all_of_them_may_be() -> None:
    only = {"a": Fraction(3, 2)}
    assert told(choose(only, {}, 1)) == [(Fraction(3, 2), ("a",))]
    assert told(choose(FEW, {}, 5)) == [(Fraction(31), tuple("abcde"))]
    assert choose(FEW, {}, 5).every


def test_a_thousand_equal_terrains_are_ten_ties_and_more() -> None:
    same = {f"t{place:03}": Fraction(12) for place in range(1000)}
    choice = choose(same, {"odd": frozenset(list(same)[1::2])}, 10, [at_least(5, "odd"), at_most(6, "odd")])
    assert len(choice.best) == LIMIT
    assert (choice.proved, choice.every, choice.price) == (True, False, 0)


@pytest.mark.parametrize(
    ("code", "size", "constraints", "options"),
    [
        ("choice_size", 0, [], {}),
        ("choice_too_large", 6, [], {}),
        ("choice_limit", 2, [], {"limit": 0}),
        ("choice_gap", 2, [], {"gap": Fraction(-1)}),
        ("choice_bound", 2, [at_least(-1, "x")], {}),
        ("group_unknown", 2, [at_most(1, "z")], {}),
        ("terrain_not_ranked", 2, [required("z")], {}),
        ("terrain_not_ranked", 2, [excluded("z")], {}),
    ],
)
def test_what_cannot_be_asked_is_refused(
    code: str, size: int, constraints: list[Constraint], options: dict[str, object]
) -> None:
    with pytest.raises(DomainError) as refusal:
        choose(FEW, {"x": frozenset("ab")}, size, constraints, **options)
    assert refusal.value.code == code


def test_a_score_in_floating_point_is_refused() -> None:
    with pytest.raises(DomainError, match="total_not_exact"):
        choose({"a": 0.1}, {}, 1)


def test_nothing_to_choose_from_is_refused() -> None:
    with pytest.raises(DomainError, match="choice_too_large"):
        choose({}, {}, 1)


# Against every set there is, and against a solver.


@pytest.mark.parametrize("block", range(10))
def test_a_choice_is_what_listing_every_set_gives(block: int) -> None:
    for seed in range(100 * block, 100 * block + 100):
        rng = random.Random(seed)
        terrains = rng.randint(1, 9)
        instance = random_instance(rng, terrains, rng.randint(1, terrains))
        gap = rng.choice((None, None, Fraction(), Fraction(1, 3), Fraction(5)))
        limit = rng.choice((1, 3, 10, 40))
        choice, listed = answer(instance, gap=gap, limit=limit), every_set(instance)
        near = [one for one in listed if gap is None or one[0] >= listed[0][0] - gap]
        assert told(choice) == near[:limit], seed
        assert [found.loss for found in choice.sets] == [listed[0][0] - total for total, _ in near[:limit]]
        assert choice.proved
        assert choice.whole
        assert choice.every == (len(near) <= limit), seed
        check_prices(instance, choice, seed)
        check_conflict(instance, choice, seed)


def check_prices(instance: Instance, choice: Choice, seed: int) -> None:
    free = every_set(instance.of())[0][0]
    assert choice.free == free
    assert choice.price == (free - choice.sets[0].total if choice.sets else None)
    for price in choice.prices:
        listed = every_set(instance.without(price.constraint))
        assert price.without == (listed[0][0] if listed else None), seed
        if choice.sets:
            assert price.points == price.highest == listed[0][0] - choice.sets[0].total
    assert [price.constraint for price in choice.prices] == list(choice.constraints or ()) or not choice.sets


def check_conflict(instance: Instance, choice: Choice, seed: int) -> None:
    assert bool(choice.conflict) == (not choice.sets)
    assert choice.minimal
    if choice.conflict:
        assert not every_set(instance.of(*choice.conflict)), seed
        for one in choice.conflict:
            assert every_set(instance.of(*choice.conflict).without(one)), seed


@pytest.mark.parametrize("block", range(10))
def test_a_best_set_is_as_good_as_a_solver_s(block: int) -> None:
    for seed in range(1000 + 100 * block, 1100 + 100 * block):
        rng = random.Random(seed)
        terrains = rng.choice((2, 15, 30, 60))
        size = rng.randint(1, min(terrains, 12))
        instance = random_instance(rng, terrains, size, constraints=9)
        choice = answer(instance, limit=3)
        total = milp_total(instance)
        assert (choice.sets[0].total if choice.sets else None) == total, seed
        assert choice.proved
        for found in choice.sets:
            assert satisfies(instance, found.members)
            assert sum(instance.scores[code] for code in found.members) == found.total


@pytest.mark.parametrize("seed", range(12))
def test_prices_among_1000_terrains_are_a_solver_s(seed: int) -> None:
    rng = random.Random(seed)
    instance = random_instance(rng, 1000, rng.randint(3, 20), constraints=15)
    choice = answer(instance)
    assert choice.proved
    for price in choice.prices[:4]:
        assert price.without == milp_total(instance.without(price.constraint))


# Where the search grows too large.


def test_a_search_that_stops_says_so_and_keeps_a_bound_that_holds() -> None:
    scores, rows = tangled()
    sure, cut = search(scores, 4, rows, 3), search(scores, 4, rows, 3, width=2)
    assert (sure.proved, sure.whole) == (True, True)
    assert (cut.proved, cut.whole, cut.every) == (False, False, False)
    assert cut.bound is not None
    assert cut.bound >= sure.sets[0][0]
    assert all(total <= sure.sets[0][0] for total, _ in cut.sets)


def test_a_search_is_over_once_as_many_sets_as_wanted_reach_the_bound() -> None:
    _, rows = tangled()
    found = search([7] * 60, 8, rows, 3, width=5)
    assert [total for total, _ in found.sets] == [56, 56, 56]
    assert (found.proved, found.whole, found.every) == (True, True, False)


def test_a_choice_that_was_not_proved_prices_nothing_but_bounds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    scores, rows = tangled()
    named = {f"t{place:02}": Fraction(score) for place, score in enumerate(scores)}
    groups = {str(at): frozenset(f"t{item:02}" for item in row.items) for at, row in enumerate(rows)}
    asked = [at_least(1, group) for group in groups]
    sure = choose(named, groups, 4, asked)
    monkeypatch.setattr(portfolio, "search", partial(search, width=40))
    cut = choose(named, groups, 4, asked)
    assert sure.proved
    assert sure.conflict == cut.conflict == ()
    assert not cut.proved
    assert cut.price is None
    assert cut.bound > sure.bound
    for price, exact in zip(cut.prices, sure.prices, strict=True):
        assert price.points is None
        assert price.highest is None or price.highest >= exact.points


def test_a_conflict_found_by_a_search_that_stopped_may_not_be_the_smallest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scores, rows = tangled()
    named = {f"t{place:02}": Fraction(score) for place, score in enumerate(scores)}
    groups = {str(at): frozenset(f"t{item:02}" for item in row.items) for at, row in enumerate(rows)}
    asked = [at_least(1, group) for group in groups]
    monkeypatch.setattr(portfolio, "search", partial(search, width=1))
    cut = choose(named, groups, 4, [required("t00"), excluded("t00"), *asked])
    assert {required("t00"), excluded("t00")} <= set(cut.conflict)
    assert not cut.minimal


def test_where_the_search_stopped_before_a_set_nothing_is_said_to_conflict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scores, rows = tangled()
    named = {f"t{place:02}": Fraction(score) for place, score in enumerate(scores)}
    groups = {str(at): frozenset(f"t{item:02}" for item in row.items) for at, row in enumerate(rows)}
    monkeypatch.setattr(portfolio, "search", partial(search, width=1))
    cut = choose(named, groups, 4, [at_least(1, group) for group in groups])
    assert (cut.sets, cut.conflict, cut.prices, cut.proved) == ((), (), (), False)
    assert cut.bound is not None
