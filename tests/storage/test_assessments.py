"""Scores the store adds up: the same as adding ratings one by one, exactly."""

from __future__ import annotations

from fractions import Fraction

from ect.domain.aggregation import values_of
from ect.domain.rating import Answer
from ect.services.rating import answer, ratings_of
from ect.services.reference import grid_in_force
from ect.storage.database import Database
from ect.storage.repositories.assessments import grid_date, last_change, rated_profiles


def test_the_store_adds_up_what_would_be_added_up_one_by_one(db: Database) -> None:
    given = {"need": (0, 1, 1), "means": (Fraction(1, 2), Fraction(3, 2), 2), "vision": (2,)}
    for criterion, values in given.items():
        for number, value in enumerate(values):
            answer(db, "sut", criterion, Answer.LEVEL, Fraction(value), f"voix {number}")
    answer(db, "sut", "need", Answer.UNKNOWN, voice="voix 4")
    answer(db, "chatel", "need", Answer.ABSTAIN)
    with db.read() as session:
        found = rated_profiles(session, grid_in_force(db, session)[0])
    voices = [f"voix {number}" for number in range(5)]
    one_by_one = values_of(
        saved.rating for voice in voices for saved in ratings_of(db, "sut", voice).values()
    )
    assert found == {"sut": one_by_one}
    assert found["sut"] == {"need": Fraction(2, 3), "means": Fraction(4, 3), "vision": Fraction(2)}


def test_a_rating_moves_the_date_of_what_is_said(db: Database) -> None:
    with db.read() as session:
        before = last_change(session)
        assert grid_date(session) <= before
    answer(db, "sut", "need", Answer.LEVEL, Fraction(1))
    with db.read() as session:
        assert last_change(session) > before
