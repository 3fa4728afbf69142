"""The minutes: everything that was decided, nothing that was not revealed, nobody that is not to be named."""

from __future__ import annotations

import pytest

from ect.i18n import Speaker
from ect.reports.content import Document, Facts, Heading, Radar, Table
from ect.reports.minutes import minutes_document
from ect.services.document_settings import DocumentSettings, save
from ect.services.meeting import open_meeting, reveal, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.minutes import Named, minutes
from ect.services.seating import hand_over
from ect.storage.database import Database
from tests.reports.conftest import MOTIVES, Held, hold, minutes_of, said
from tests.services.meetings import STRANGER, SUT, VAUX, chained, opened, prepared, refused, seat_of, seated

FRENCH = (
    "Retenu",
    "Ajourné",
    "Formule",
    "Sur 100 classements plausibles",
    "deux financeurs sur trois",
    "Lons",
)
ENGLISH = ("Chosen", "Adjourned", "Formula", "Of 100 plausible rankings", "deux financeurs sur trois", "Lons")


@pytest.mark.parametrize(("language", "words"), [("fr", FRENCH), ("en", ENGLISH)])
def test_minutes_say_every_decision_with_its_motive_in_both_languages(
    db: Database, held: Held, language: str, words: tuple[str, ...]
) -> None:
    told = said(minutes_of(db, held.key, language))
    assert [word for word in words if word not in told] == []
    for motive in MOTIVES.values():
        assert motive in told


def test_minutes_hold_grid_completeness_spread_seed_and_the_head_of_the_audit(
    db: Database, held: Held
) -> None:
    told = said(minutes_of(db, held.key))
    head = next(event.digest for event in chained(db, held.key) if event.event == "closed")
    groups = " ".join(head[i : i + 8] for i in range(0, 64, 8))
    assert groups in told
    for word in ("Grille ECT 2023", "29/29", "0–2", "0 × 1 · 2 × 1", "coupés en deux", "2023", "elle tient"):
        assert word in told, word


def test_every_criterion_of_every_terrain_has_its_line_with_the_value_that_was_settled(
    db: Database, held: Held
) -> None:
    tables = [b for b in minutes_of(db, held.key).blocks if isinstance(b, Table) and len(b.rows) == 29]
    assert len(tables) == 2
    need = next(row for row in tables[0].rows if row[0].startswith("2.2"))
    assert need[1:5] == ("1,5", "2", "2", "2")


def test_the_sections_stand_beside_the_total(db: Database, held: Held) -> None:
    ranking = next(b for b in minutes_of(db, held.key).blocks if isinstance(b, Table) and len(b.columns) == 6)
    assert [column.label for column in ranking.columns][2:5] == ["ECT /8", "Sélection /18", "Total /34"]
    assert len([b for b in minutes_of(db, held.key).blocks if isinstance(b, Radar)]) == 2


@pytest.mark.parametrize(
    ("named", "there", "absent"),
    [
        (Named.COUNT, ("2 participants", "1 personne"), ("Alice Merle", "Bob Pic", "P1")),
        (Named.PSEUDONYMS, ("P1, P2",), ("Alice Merle", "Bob Pic")),
        (Named.NAMES, ("Alice Merle, Bob Pic",), ("P1", "P2")),
    ],
)
def test_people_are_spoken_of_as_was_chosen(
    db: Database, held: Held, named: Named, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    told = said(minutes_of(db, held.key, named=named))
    assert [word for word in there if word not in told] == []
    assert [word for word in absent if word in told] == []


def test_who_leads_and_is_recused_makes_minutes_without_that_terrain(db: Database) -> None:
    held = hold(db, closing=False)
    hand_over(db, ORGANISER, held.key, seat_of(held.bob), facilitator=True)
    document = minutes_of(db, held.key, actor=held.bob)
    assert [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2] == ["SuT"]
    assert "Absents de cet exemplaire" in said(document)
    ranking = next(b for b in document.blocks if isinstance(b, Table) and len(b.columns) == 6)
    assert [row[1] for row in ranking.rows] == ["SuT"]


def test_minutes_before_the_end_say_that_they_are_a_draft(db: Database) -> None:
    held = hold(db, closing=False)
    told = said(minutes_of(db, held.key))
    assert "Brouillon" in told
    assert "Pas encore décidé" in told
    assert "Brouillon" not in said(minutes_of(db, hold(db).key))


def test_minutes_of_a_demonstration_say_so(db: Database) -> None:
    assert "Démonstration" in said(minutes_of(db, hold(db, demo=True).key))


def test_there_are_no_minutes_before_the_first_reveal(db: Database) -> None:
    key = prepared(db)
    with refused("minutes_too_early"):
        minutes(db, ORGANISER, key)
    open_meeting(db, ORGANISER, key)
    seated(db, key, "Alice")
    start_round(db, ORGANISER, key)
    with refused("minutes_too_early"):
        minutes(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    assert minutes(db, ORGANISER, key).draft


@pytest.mark.parametrize("who", ["alice", "stranger"])
def test_only_who_leads_may_make_minutes(db: Database, held: Held, who: str) -> None:
    actor: Actor = held.alice if who == "alice" else STRANGER
    with refused("meeting_not_allowed"):
        minutes(db, actor, held.key)


def test_minutes_of_a_closed_meeting_stay_the_same_while_other_meetings_go_on(
    db: Database, held: Held
) -> None:
    before = minutes_of(db, held.key)
    opened(db, chosen=(SUT, VAUX))
    assert minutes_of(db, held.key) == before


def test_title_organisation_and_foot_are_those_that_were_settled(db: Database, held: Held) -> None:
    save(db, ORGANISER, "Pôle coopératif", "Document de travail", {"minutes": "Relevé de décisions"})
    document = minutes_of(db, held.key)
    assert document.title == "Relevé de décisions"
    assert (document.letterhead.organisation, document.letterhead.footer) == (
        "Pôle coopératif",
        "Document de travail",
    )
    assert document.name.startswith("compte-rendu-comite-d-essai-")


def test_a_meeting_in_which_nobody_gave_a_level_still_has_minutes(db: Database) -> None:
    key = opened(db)
    seated(db, key, "Alice")
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    document: Document = minutes_document(
        minutes(db, ORGANISER, key), DocumentSettings(), Speaker("fr"), Named.COUNT
    )
    told = said(document)
    assert "0 à 34" in told
    assert "Personne ne s'est déporté." in told
    facts = next(block for block in document.blocks if isinstance(block, Facts))
    assert "Lieu" not in dict(facts.items)
