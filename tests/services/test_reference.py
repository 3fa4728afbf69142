"""The grid in force, and what is read and never written."""

from __future__ import annotations

from ect.domain.framework import FrameworkKind
from ect.services.reference import (
    current_grid,
    framework_kinds,
    frameworks,
    programme,
    publication,
    questions,
)
from ect.storage.database import Database


def test_the_grid_in_force_is_the_published_one(db: Database) -> None:
    grid = current_grid(db)
    assert (grid.version, grid.maximum, len(grid.ect_criteria), len(grid.selection)) == ("2023", 34, 20, 9)
    assert current_grid(db) is grid


def test_each_kind_of_framework_has_a_name_and_entries() -> None:
    counts = {kind: sum(entry.kind is kind for entry in frameworks()) for kind in framework_kinds()}
    assert counts == {
        FrameworkKind.EMERGENCE: 8,
        FrameworkKind.SUPPORT: 4,
        FrameworkKind.PROJECT_FUNDING: 7,
        FrameworkKind.SUPPORT_FUNDING: 5,
    }
    assert all(kind.label.fr for kind in framework_kinds().values())


def test_the_seven_questions_come_in_their_order() -> None:
    assert [question.rank for question in questions()] == list(range(1, 8))


def test_what_is_only_read_is_read_once() -> None:
    assert programme() is programme()
    assert publication() is publication()
