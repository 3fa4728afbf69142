"""Rating: one answer at a time, and what it replaced."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ect.domain.errors import DomainError
from ect.domain.rating import Answer, Basis, Rating
from ect.services.overview import overview
from ect.services.rating import answer, clear_all, describe, put_back, ratings_of
from ect.storage.database import Database

VAUX = "vaux-sur-poligny"


def test_an_answer_is_there_for_whoever_reads_next(db: Database) -> None:
    change = answer(db, VAUX, "need", Answer.LEVEL, Fraction(2))
    assert change.before is None
    saved = ratings_of(db, VAUX)["need"]
    assert saved == change.after
    assert (saved.rating.value, saved.revision, saved.saved_at.tzinfo is not None) == (2, 1, True)


def test_another_answer_keeps_what_it_rests_on_and_its_comment(db: Database) -> None:
    answer(db, VAUX, "need", Answer.LEVEL, Fraction(1))
    describe(db, VAUX, "need", Basis.OBSERVED, "vu sur place")
    change = answer(db, VAUX, "need", Answer.UNKNOWN)
    assert change.before == Rating("need", Answer.LEVEL, Fraction(1), Basis.OBSERVED, "vu sur place")
    assert change.after
    assert change.after.rating == Rating("need", Answer.UNKNOWN, None, Basis.OBSERVED, "vu sur place")
    assert change.after.revision == 3


def test_a_criterion_that_is_not_rated_has_nothing_to_describe(db: Database) -> None:
    assert describe(db, VAUX, "need", Basis.DECLARED, "?").after is None
    assert ratings_of(db, VAUX) == {}


@pytest.mark.parametrize(
    ("terrain", "criterion", "value", "code"),
    [
        (VAUX, "need", Fraction(3), "level_out_of_range"),
        (VAUX, "need", Fraction(1, 2), "level_out_of_range"),
        (VAUX, "beauty", Fraction(1), "criterion_unknown"),
        ("nowhere", "need", Fraction(1), "terrain_unknown"),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_written(
    db: Database, terrain: str, criterion: str, value: Fraction, code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        answer(db, terrain, criterion, Answer.LEVEL, value)
    assert refusal.value.code == code
    assert ratings_of(db, VAUX) == {}


def test_a_selection_criterion_takes_halves(db: Database) -> None:
    answer(db, VAUX, "means", Answer.LEVEL, Fraction(3, 2))
    assert ratings_of(db, VAUX)["means"].rating.value == Fraction(3, 2)


def test_an_answer_taken_back_can_be_put_back(db: Database) -> None:
    answer(db, VAUX, "need", Answer.LEVEL, Fraction(2))
    change = answer(db, VAUX, "need", None)
    assert ratings_of(db, VAUX) == {}
    put_back(db, VAUX, {"need": change.before})
    assert ratings_of(db, VAUX)["need"].rating.value == 2


def test_clearing_a_terrain_is_undone_in_one_go(db: Database) -> None:
    answer(db, VAUX, "need", Answer.LEVEL, Fraction(2))
    answer(db, VAUX, "vision", Answer.UNKNOWN)
    before = {code: saved.rating for code, saved in ratings_of(db, VAUX).items()}
    removed = clear_all(db, VAUX)
    assert ratings_of(db, VAUX) == {}
    put_back(db, VAUX, removed)
    assert {code: saved.rating for code, saved in ratings_of(db, VAUX).items()} == before


def test_the_overview_tells_the_last_rating(db: Database) -> None:
    assert overview(db).last_saved_at is None
    saved = answer(db, VAUX, "need", Answer.LEVEL, Fraction(2)).after
    assert saved
    seen = overview(db)
    assert (seen.last_saved_terrain, seen.last_saved_at) == ("Vaux-sur-Poligny", saved.saved_at)
    assert (seen.terrains, seen.frameworks) == (15, 24)
