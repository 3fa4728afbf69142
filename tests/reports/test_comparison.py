"""The comparison: the published figures, what decides nothing, and what is left out."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from ect.domain.rating import Answer, Rating
from ect.domain.terrain import Terrain
from ect.i18n import Speaker
from ect.reports.comparison import SHOWN, comparison_document
from ect.reports.content import Bars, Document, Radar, Table
from ect.services.catalogue import create_terrain
from ect.services.comparing import compare
from ect.services.document_settings import DocumentSettings
from ect.services.membership import ORGANISER, Actor
from ect.services.reference import current_grid
from ect.services.scores import Source
from ect.storage.database import Database
from ect.storage.repositories.ratings import Cell, upsert_rating
from ect.storage.repositories.terrains import keys_by_code
from tests.reports.conftest import said
from tests.services.meetings import refused

FIRST, SECOND = "epicerie-solidaire", "maison-de-l-alimentation"


def comparison_of(
    db: Database, chosen: tuple[str, ...] = (), language: str = "fr", *, everything: bool = False
) -> Document:
    told = compare(db, ORGANISER, chosen)
    return comparison_document(told, DocumentSettings(), Speaker(language), everything=everything)


def many(db: Database, count: int) -> None:
    criteria = [criterion.code for criterion in current_grid(db)]
    codes = [
        create_terrain(db, Terrain(code="", name=f"Terrain n° {number}")).code for number in range(count)
    ]
    with db.write() as session:
        keys = keys_by_code(session)
        for number, code in enumerate(codes):
            for criterion in criteria:
                level = Rating(criterion, Answer.LEVEL, Fraction(number % 3))
                upsert_rating(session, Cell(keys[code], 1, "room", criterion), level, datetime.now(UTC))


def test_the_comparison_says_what_the_report_prints(db: Database) -> None:
    document = comparison_of(db)
    ranking = next(b for b in document.blocks if isinstance(b, Table))
    assert [row[1:5] for row in ranking.rows] == [
        ("Épicerie solidaire", "5,4", "14,5", "25,3"),
        ("Maison de l'alimentation", "5,6", "12", "23,2"),
        ("SuT", "4", "13,5", "21,5"),
    ]
    told = said(document)
    assert "ECT seul\N{NO-BREAK SPACE}: Maison de l'alimentation." in told
    for word in ("sur 85", "1,33", "Proximité territoriale, Sur la thématique des transitions", "0 à 34"):
        assert word in told, word


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Ce classement est-il sûr", "Sur 100 classements plausibles", "Formule")),
        ("en", ("How sure is this ranking?", "Of 100 plausible rankings", "Formula")),
    ],
)
def test_the_comparison_says_how_sure_it_is_in_both_languages(
    db: Database, language: str, words: tuple[str, ...]
) -> None:
    told = said(comparison_of(db, language=language))
    assert [word for word in words if word not in told] == []


def test_only_the_chosen_terrains_are_compared_at_the_rank_they_have_among_all(db: Database) -> None:
    document = comparison_of(db, (SECOND, "sut"))
    ranking = next(b for b in document.blocks if isinstance(b, Table))
    assert [row[:2] for row in ranking.rows] == [("2", "Maison de l'alimentation"), ("3", "SuT")]
    radar = next(b for b in document.blocks if isinstance(b, Radar))
    assert [line.label for line in radar.lines] == ["Maison de l'alimentation", "SuT"]
    assert "Vaux" not in said(document).replace("Sur 100", "").split("Remarques")[0].split("Ce classement")[0]


def test_the_bars_of_a_terrain_add_up_to_its_total(db: Database) -> None:
    bars = next(b for b in comparison_of(db).blocks if isinstance(b, Bars))
    assert [round(sum(v or 0 for v in line.values), 9) for line in bars.lines] == [25.3, 23.2, 21.5]
    assert "25" not in bars.parts


def test_a_picture_says_its_figures_in_words(db: Database) -> None:
    radar = next(b for b in comparison_of(db).blocks if isinstance(b, Radar))
    assert "Épicerie solidaire" in radar.alt
    assert "1,6" in radar.alt


def test_of_many_terrains_the_first_are_listed_and_the_others_are_counted(db: Database) -> None:
    many(db, SHOWN + 4)
    told = comparison_of(db)
    ranking = next(b for b in told.blocks if isinstance(b, Table))
    assert len(ranking.rows) == SHOWN
    assert f"Les {SHOWN} premiers des {SHOWN + 7} terrains classés" in said(told)
    assert "Sur tous les terrains classés" in said(told)
    assert "Le radar ne montre que les 6 premiers" in said(told)
    whole = next(b for b in comparison_of(db, everything=True).blocks if isinstance(b, Table))
    assert len(whole.rows) == SHOWN + 7


def test_what_was_made_up_for_a_demonstration_is_named(db: Database) -> None:
    create_terrain(db, Terrain(code="", name="Inventé"))
    with db.write() as session:
        session.connection().exec_driver_sql("UPDATE terrain SET origin = 'demo' WHERE name = 'Inventé'")
    assert "Inventé pour une démonstration\N{NO-BREAK SPACE}: Inventé." in said(comparison_of(db))


def test_with_nothing_known_the_comparison_says_so(db: Database) -> None:
    told = compare(db, ORGANISER, source=Source.DECIDED)
    words = said(comparison_document(told, DocumentSettings(), Speaker("fr")))
    assert "Aucun terrain n'est entièrement connu" in words
    assert "Rien de connu ne distingue" in words


def test_the_comparison_is_the_organisers(db: Database) -> None:
    with refused("organiser_only"):
        compare(db, Actor(seat=1))


def test_a_terrain_that_is_in_no_ranking_is_refused(db: Database) -> None:
    with refused("terrain_unknown", terrain="chatel"):
        compare(db, ORGANISER, ("chatel",))
