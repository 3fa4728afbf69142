"""Severity: published mean squares, NumPy's least squares, and the refusals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ect.domain.errors import DomainError
from ect.domain.severity import Severity, severities
from ect.domain.votes import Vote, levels_by_cell
from tests.domain.builders import HALF, small_grid, vote
from tests.domain.strategies import votes

SMALL = small_grid()
meetings = votes(SMALL, participants="abcd", terrains=("home", "away"))

# Shrout & Fleiss 1979, table 2: six targets, four judges; table 3: the mean squares.
JUDGES = {"1": "9 6 8 7 10 6", "2": "2 1 4 1 5 2", "3": "5 3 6 2 6 4", "4": "8 2 8 6 9 7"}
BETWEEN_JUDGES, RESIDUAL = 32.49, 1.02


def test_in_a_complete_design_the_difference_is_one_of_means() -> None:
    given_ = _table(alice="0 1 1", bob="1 1 2", carol="2 2 2")
    assert _differences(given_) == {
        "alice": Fraction(2, 3) - (Fraction(4, 3) + 2) / 2,
        "bob": Fraction(4, 3) - (Fraction(2, 3) + 2) / 2,
        "carol": 2 - (Fraction(2, 3) + Fraction(4, 3)) / 2,
    }


def test_shrinkage_follows_from_the_mean_squares_shrout_and_fleiss_published() -> None:
    found = severities(_table(**JUDGES))
    assert len(found) == 4
    for judge in found:
        assert judge.shrunk / float(judge.difference) == pytest.approx(
            1 - RESIDUAL / BETWEEN_JUDGES, abs=2e-4
        )


def test_who_rates_weak_terrains_only_is_not_called_severe() -> None:
    given_ = _table(alice="0 0 1 .", bob="0 0 . 2", carol=". . 1 2")
    assert set(_differences(given_).values()) == {0}


def test_a_constant_difference_is_found_whatever_is_missing_and_not_shrunk() -> None:
    given_ = _table(alice="0 . 1 0", bob="1 1 2 .", carol=". 1 2 1")
    assert _differences(given_) == {"alice": -1, "bob": HALF, "carol": HALF}
    for found in severities(given_):
        assert found.shrunk == pytest.approx(float(found.difference))


def test_differences_chance_explains_are_shrunk_to_0() -> None:
    found = severities(_table(alice="0 2 0", bob="2 0 1"))
    assert [one.difference for one in found] == [-Fraction(1, 3), Fraction(1, 3)]
    assert [one.shrunk for one in found] == [0, 0]


def test_participants_who_rate_alike_are_neither_lower_nor_higher() -> None:
    found = severities(_table(alice="0 2 1", bob="0 2 1"))
    assert found == (Severity("alice", Fraction(), 0.0, 3), Severity("bob", Fraction(), 0.0, 3))


def test_a_cell_one_participant_rates_alone_tells_nothing() -> None:
    given_ = _table(alice="0 1 1 2", bob="1 1 2 .")
    assert severities(given_) == severities(_table(alice="0 1 1", bob="1 1 2"))


def test_who_gave_no_level_is_absent() -> None:
    given_ = [*_table(alice="0 1 1", bob="1 1 2"), vote("carol", "c0", None)]
    assert [found.participant for found in severities(given_)] == ["alice", "bob"]


def test_groups_that_share_no_cell_are_refused_and_named() -> None:
    with pytest.raises(DomainError, match="severity_groups_apart") as caught:
        severities(_table(alice="0 1 . .", bob="1 1 . .", carol=". . 2 2", dave=". . 1 .", erin=". . . 1"))
    assert caught.value.values["groups"] == (("alice", "bob"), ("carol", "dave", "erin"))


def test_the_same_criterion_of_two_terrains_is_two_cells() -> None:
    apart = [vote("alice", "axes", 1, terrain="home"), vote("bob", "axes", 1, terrain="away")]
    with pytest.raises(DomainError, match="severity_groups_apart"):
        severities(apart)


@pytest.mark.parametrize("rows", [{}, {"alice": "0 1"}, {"alice": "0", "bob": "1"}])
def test_too_few_shared_ratings_are_refused(rows: dict[str, str]) -> None:
    with pytest.raises(DomainError, match="severity_too_few_ratings"):
        severities(_table(**rows))


@given(meetings)
def test_differences_are_those_of_least_squares(given_: list[Vote]) -> None:
    found = _severities(given_)
    expected = _least_squares(given_)
    assert [float(one.difference) for one in found] == pytest.approx(expected, abs=1e-9)


@given(meetings)
def test_shrunk_effects_solve_the_mixed_model_of_their_variances(given_: list[Vote]) -> None:
    found = _severities(given_)
    noise, between = _variances(given_)
    assume(between > 1e-9)
    expected = _mixed_model(given_, noise / between)
    assert [one.shrunk for one in found] == pytest.approx(expected, abs=1e-7)


@given(meetings, st.data())
def test_the_order_of_votes_changes_nothing(given_: list[Vote], data: st.DataObject) -> None:
    assert _severities(data.draw(st.permutations(given_))) == _severities(given_)


@given(meetings)
def test_differences_sum_to_0_and_shrinking_draws_them_together(given_: list[Vote]) -> None:
    found = _severities(given_)
    assert sum(one.difference for one in found) == 0
    assert sum(one.shrunk for one in found) == pytest.approx(0, abs=1e-9)
    spread = sum(float(one.difference) ** 2 for one in found)
    assert sum(one.shrunk**2 for one in found) <= spread + 1e-9


def _severities(given_: list[Vote]) -> tuple[Severity, ...]:
    try:
        return severities(given_)
    except DomainError:
        assume(False)
        raise


def _table(**rows: str) -> list[Vote]:
    return [
        vote(participant, f"c{i}", Fraction(cell))
        for participant, row in rows.items()
        for i, cell in enumerate(row.split())
        if cell != "."
    ]


def _differences(given_: list[Vote]) -> dict[str, Fraction]:
    return {found.participant: found.difference for found in severities(given_)}


def _design(given_: list[Vote]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the indicator columns of cells and of participants, and the levels."""
    rated = [
        (cell, participant, float(level))
        for cell, levels in levels_by_cell(given_).items()
        for participant, level in levels.items()
        if len(levels) > 1
    ]
    cells, people = (sorted({row[k] for row in rated}) for k in (0, 1))
    of_cells = np.array([[float(row[0] == cell) for cell in cells] for row in rated])
    of_people = np.array([[float(row[1] == one) for one in people] for row in rated])
    return of_cells, of_people, np.array([row[2] for row in rated])


def _against_the_others(effects: np.ndarray) -> list[float]:
    return [effect - np.delete(effects, i).mean() for i, effect in enumerate(effects)]


def _fit(columns: np.ndarray, levels: np.ndarray) -> tuple[np.ndarray, float]:
    solution = np.linalg.lstsq(columns, levels, rcond=None)[0]
    return solution, float(((levels - columns @ solution) ** 2).sum())


def _least_squares(given_: list[Vote]) -> list[float]:
    of_cells, of_people, levels = _design(given_)
    solution, _residual = _fit(np.hstack([of_cells, of_people]), levels)
    return _against_the_others(solution[of_cells.shape[1] :])


def _variances(given_: list[Vote]) -> tuple[float, float]:
    """Return Henderson's method 3 from two fits: with and without the participants."""
    of_cells, of_people, levels = _design(given_)
    both = np.hstack([of_cells, of_people])
    rank = np.linalg.matrix_rank
    residual, without = _fit(both, levels)[1], _fit(of_cells, levels)[1]
    noise = residual / (len(levels) - rank(both))
    annihilator = np.eye(len(levels)) - of_cells @ np.linalg.pinv(of_cells)
    trace = np.trace(of_people.T @ annihilator @ of_people)
    return noise, (without - residual - (rank(both) - rank(of_cells)) * noise) / trace


def _mixed_model(given_: list[Vote], ridge: float) -> list[float]:
    """Solve Henderson's mixed model equations, cells included."""
    of_cells, of_people, levels = _design(given_)
    both = np.hstack([of_cells, of_people])
    penalty = np.diag([0.0] * of_cells.shape[1] + [ridge] * of_people.shape[1])
    solution = np.linalg.lstsq(both.T @ both + penalty, both.T @ levels, rcond=None)[0]
    return _against_the_others(solution[of_cells.shape[1] :])
