"""How sure the ranking is, over the store: ballots of meetings, and what is published."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ect.domain.meeting import Verdict
from ect.domain.rating import Answer
from ect.domain.uncertainty import Doubt, Settings
from ect.services import robustness
from ect.services.deciding import close, decide
from ect.services.meeting import reveal, start_deciding, start_round
from ect.services.membership import ORGANISER
from ect.services.rating import answer
from ect.services.robustness import examine, ground
from ect.services.scores import Source
from ect.services.voting import vote
from ect.storage.database import Database
from tests.services.meetings import CHATEL, VAUX, level, opened, seated

SETTINGS = Settings(draws=2000)


def decided(db: Database) -> None:
    """Two terrains rated by two people who disagree on the first criterion, and decided of."""
    key = opened(db, chosen=(VAUX, CHATEL))
    people = [seated(db, key, name) for name in ("Ada", "Noor")]
    start_round(db, ORGANISER, key)
    for place, person in enumerate(people):
        for terrain in (VAUX, CHATEL):
            for criterion in ground(db).grid:
                given = 2 * place if (terrain, criterion.code) == (VAUX, "need") else 1
                vote(db, person, key, terrain, level(criterion.code, given))
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    for terrain in (VAUX, CHATEL):
        decide(db, ORGANISER, key, terrain, Verdict.CHOSEN, "prêt")
    close(db, ORGANISER, key)


def test_the_report_s_ranking_is_sure_to_a_point(db: Database) -> None:
    found = examine(ground(db), SETTINGS)
    assert found.found.effective == {Doubt.WEIGHTS, Doubt.MIDDLE, Doubt.UNKNOWN}
    assert found.found.incomplete == ()
    assert found.absences == ()
    told = []
    published = examine(ground(db, Source.PUBLISHED), SETTINGS, lambda *at: told.append(at))
    assert told[-1] == (2000, 2000)
    assert published.found.of("epicerie-solidaire").first > 0.5


def test_the_ballots_of_a_meeting_are_drawn_from_where_it_decided(db: Database) -> None:
    assert ground(db, Source.DECIDED).votes == ()
    decided(db)
    on = ground(db, Source.DECIDED)
    assert {vote.participant for vote in on.votes} == {"1/P1", "1/P2"}
    assert {vote.terrain for vote in on.votes} == {VAUX, CHATEL}
    found = examine(on, SETTINGS)
    assert Doubt.PARTICIPANTS in found.found.effective
    people = examine(on, Settings(draws=4000, doubts=frozenset({Doubt.PARTICIPANTS})))
    # The first criterion of Vaux is uniform on 0..2, against a 1: ahead half of the time.
    assert people.found.of(VAUX).first == pytest.approx(0.5, abs=0.03)
    assert {absence.participant for absence in people.absences} == {"1/P1", "1/P2"}


def test_published_scores_rest_on_no_ballot_though_a_meeting_decided_too(db: Database) -> None:
    decided(db)
    assert ground(db, Source.PUBLISHED).votes == ()
    assert ground(db).key == ground(db).key
    assert ground(db).key != ground(db, Source.PUBLISHED).key


def rated_by_two(db: Database, *terrains: str) -> None:
    """Two people who disagree on the first criterion of each terrain, and on nothing else."""
    for terrain in terrains:
        for place, voice in enumerate(("P01", "P02")):
            for criterion in ground(db).grid:
                given = 2 * place if criterion.code == "need" else 1
                answer(db, terrain, criterion.code, Answer.LEVEL, Fraction(given), voice)


def test_people_who_rated_without_a_meeting_are_drawn_from_too(db: Database) -> None:
    answer(db, CHATEL, "need", Answer.LEVEL, Fraction(1))
    assert ground(db, Source.RATED).votes == ()  # one voice disagrees with nobody
    rated_by_two(db, VAUX, "sut")
    on = ground(db, Source.RATED)
    assert {(vote.participant, vote.terrain) for vote in on.votes} == {
        (voice, terrain) for voice in ("P01", "P02") for terrain in (VAUX, "sut")
    }
    assert Doubt.PARTICIPANTS in examine(on, SETTINGS).found.effective
    # What is published of SuT stands before what is rated of it: nobody's disagreement is behind it.
    assert {vote.terrain for vote in ground(db).votes} == {VAUX}


def test_beyond_what_can_be_drawn_the_last_terrains_are_left_out_and_counted(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rated_by_two(db, VAUX, CHATEL, "sut")
    answer(db, CHATEL, "mirror", Answer.LEVEL, Fraction(2), "P01")
    monkeypatch.setattr(robustness, "MOST_BALLOTS", 2 * 29)
    on = ground(db, Source.RATED)
    assert ({vote.terrain for vote in on.votes}, on.unheard) == ({CHATEL}, 2)
