"""Votes by cell: whose level stands where."""

from __future__ import annotations

from ect.domain.votes import levels_by_cell
from tests.domain.builders import HALF, vote


def test_levels_are_grouped_by_terrain_and_criterion() -> None:
    votes = [vote("alice", "axes", 2), vote("bob", "axes", HALF), vote("alice", "axes", 1, terrain="away")]
    assert levels_by_cell(votes) == {
        ("home", "axes"): {"alice": 2, "bob": HALF},
        ("away", "axes"): {"alice": 1},
    }


def test_a_cell_nobody_gave_a_level_to_is_absent() -> None:
    assert levels_by_cell([vote("alice", "axes", None)]) == {}
