"""Krippendorff's alpha: his published example, the package of that name, and the bootstrap."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import krippendorff
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ect.domain.reliability import alpha, alpha_interval
from tests.domain.builders import HALF

Units = dict[str, list[Fraction | None]]
LEVELS = tuple(Fraction(level) for level in (0, 1, 2))
HALVES = tuple(HALF * step for step in range(5))
WIDE = {str(level): [level, level] for level in LEVELS}

# Krippendorff 2011, "Any metric data, any number of observers, missing data": observers A to D.
OBSERVERS = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]


def unit_sets(levels: tuple[Fraction, ...]) -> st.SearchStrategy[Units]:
    """Draw what up to 6 participants give to up to 8 units, missing ratings among it."""
    values = st.lists(st.sampled_from((*levels, None)), max_size=6)
    return st.dictionaries(st.sampled_from("stuvwxyz"), values, min_size=1)


def test_krippendorff_s_ordinal_example_is_reproduced() -> None:
    found = alpha(_units(OBSERVERS))
    assert found is not None
    assert round(float(found), 3) == 0.815


@settings(max_examples=1000)
@given(
    st.sampled_from([LEVELS, HALVES]).flatmap(lambda levels: st.tuples(st.just(levels), unit_sets(levels)))
)
def test_alpha_is_that_of_the_krippendorff_package(case: tuple[tuple[Fraction, ...], Units]) -> None:
    levels, units = case
    found = alpha(units)
    assume(found is not None)
    assert float(found) == pytest.approx(_by_the_package(levels, units), abs=1e-9)


def test_full_agreement_on_units_that_differ_is_1() -> None:
    assert alpha(WIDE) == 1


def test_systematic_disagreement_is_below_0() -> None:
    opposed = {unit: [Fraction(0), Fraction(2)] for unit in "tuv"}
    assert alpha(opposed) == Fraction(-2, 3)


@pytest.mark.parametrize("level", LEVELS)
def test_alpha_is_undefined_when_all_the_values_are_equal(level: Fraction) -> None:
    assert alpha({"t": [level] * 3, "u": [level] * 2}) is None


@pytest.mark.parametrize("units", [{}, {"t": []}, {"t": [Fraction(1), None], "u": [Fraction(2)]}])
def test_alpha_is_undefined_without_two_values_on_a_unit(units: Units) -> None:
    assert alpha(units) is None


def test_99_equal_votes_in_a_hundred_have_an_alpha_of_about_0() -> None:
    units = {str(i): [Fraction(2)] * 10 for i in range(10)}
    units["0"] = [Fraction(1), *[Fraction(2)] * 9]
    assert alpha(units) == 0


@given(unit_sets(HALVES))
def test_alpha_never_exceeds_1_and_reaches_it_only_where_no_unit_is_split(units: Units) -> None:
    found = alpha(units)
    assume(found is not None)
    split = any(len({value for value in values if value is not None}) > 1 for values in units.values())
    assert found <= 1
    assert (found == 1) == (not split)


@given(unit_sets(HALVES), st.data())
def test_the_order_of_participants_and_units_changes_nothing(units: Units, data: st.DataObject) -> None:
    shuffled = _shuffled(units, data)
    assert alpha(shuffled) == alpha(units)
    assert alpha_interval(shuffled, seed=1, resamples=20) == alpha_interval(units, seed=1, resamples=20)


@given(unit_sets(HALVES))
def test_a_unit_with_fewer_than_two_values_counts_for_nothing(units: Units) -> None:
    assert alpha({**units, "alone": [Fraction(2), None], "empty": []}) == alpha(units)


@given(unit_sets(LEVELS))
def test_only_the_order_of_the_levels_counts(units: Units) -> None:
    stretched = {u: [v if v is None else 10**v - 5 for v in values] for u, values in units.items()}
    assert alpha(stretched) == alpha(units)


def test_the_interval_surrounds_alpha_and_widens_with_its_level() -> None:
    units = _units(OBSERVERS)
    found = alpha(units)
    wide, narrow = (alpha_interval(units, seed=3, level=Fraction(p, 100)) for p in (95, 50))
    assert found is not None
    assert wide is not None
    assert narrow is not None
    assert wide[0] < narrow[0] < found < narrow[1] < wide[1] <= 1


def test_a_seed_gives_one_interval_and_another_seed_another() -> None:
    first, again, other = (alpha_interval(_units(OBSERVERS), seed=seed) for seed in (1, 1, 2))
    assert first == again != other


def test_the_interval_of_full_agreement_is_1_to_1() -> None:
    assert alpha_interval({f"{unit}{i}": WIDE[unit] for unit in WIDE for i in range(5)}, seed=1) == (1, 1)


def test_units_are_resampled_whole() -> None:
    units = {unit: _levels(row) for unit, row in {"t": "001", "u": "122", "v": "222", "w": "011"}.items()}
    alphas = [alpha(dict(enumerate(drawn))) for drawn in product(units.values(), repeat=4)]
    possible = [float(found) for found in alphas if found is not None]
    for bound in alpha_interval(units, seed=5) or ():
        assert bound in possible or bound == pytest.approx(min(possible, key=lambda a: abs(a - bound)))


def test_one_unit_is_too_few_for_an_interval() -> None:
    assert alpha_interval({"t": [Fraction(0), Fraction(1)], "u": [Fraction(1)]}, seed=1) is None


def test_there_is_no_interval_where_alpha_is_undefined() -> None:
    assert alpha_interval({unit: [Fraction(1)] * 3 for unit in "tuv"}, seed=1) is None


def test_there_is_no_interval_where_too_many_resamples_have_no_alpha() -> None:
    units = {str(i): [Fraction(2)] * 3 for i in range(9)} | {"odd": [Fraction(1)] * 3}
    assert alpha(units) == 1
    assert alpha_interval(units, seed=1) is None


def _units(observers: list[str]) -> Units:
    return {str(i): _levels("".join(cells)) for i, cells in enumerate(zip(*observers, strict=True))}


def _levels(row: str) -> list[Fraction | None]:
    return [None if cell == "." else Fraction(cell) for cell in row]


def _shuffled(units: Units, data: st.DataObject) -> Units:
    order = data.draw(st.permutations(list(units)))
    return {unit: data.draw(st.permutations(units[unit])) for unit in order}


def _by_the_package(levels: tuple[Fraction, ...], units: Units) -> float:
    counts = [[values.count(level) for level in levels] for values in units.values()]
    domain = [float(level) for level in levels]
    return krippendorff.alpha(value_counts=counts, value_domain=domain, level_of_measurement="ordinal")
