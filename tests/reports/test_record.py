"""The record of a terrain, and the sheets to print."""

from __future__ import annotations

import pytest

from ect.domain.terrain import Terrain
from ect.i18n import Speaker
from ect.reports.blank import BOX, blank_document
from ect.reports.content import Blanks, Document, Heading, PageBreak, Radar, Table
from ect.reports.pdf import write_pdf
from ect.reports.record import record_document
from ect.services.catalogue import archive_terrain, create_terrain, get_terrain
from ect.services.document_settings import DocumentSettings
from ect.services.membership import ORGANISER, Actor
from ect.services.records import dated_grid, record
from ect.services.reference import current_grid
from ect.storage.database import Database
from tests.reports.conftest import hold, pdf_text, said, squeezed
from tests.services.meetings import SUT, refused


def record_of(db: Database, code: str, language: str = "fr") -> Document:
    return record_document(record(db, ORGANISER, code), DocumentSettings(), Speaker(language))


def test_a_record_says_all_that_is_known_of_a_terrain(db: Database) -> None:
    terrain, told = get_terrain(db, "chatel"), said(record_of(db, "chatel"))
    texts = [terrain.context, terrain.genesis, terrain.actors, terrain.main_brake, terrain.main_lever]
    texts += [*terrain.experiments, *terrain.questions, *(lesson.text for lesson in terrain.lessons)]
    texts += [use.wording for use in terrain.frameworks]
    assert sum(map(bool, texts)) > 8
    assert [text for text in texts if text and text not in told] == []


def test_a_record_names_mirrors_both_ways(db: Database) -> None:
    codes = {
        t: m
        for t in ("hadecot-bois", "filiere-bois", "val-de-consolation")
        for m in get_terrain(db, t).mirrors_of
    }
    assert codes
    for mirror, original in codes.items():
        assert get_terrain(db, mirror).name in said(record_of(db, original))
        assert get_terrain(db, original).name in said(record_of(db, mirror))


@pytest.mark.parametrize(("language", "words"), [("fr", "Scores dans le temps"), ("en", "Scores in time")])
def test_scores_stand_with_their_date_and_what_they_come_from(
    db: Database, language: str, words: str
) -> None:
    document = record_of(db, "epicerie-solidaire", language)
    dated = next(b for b in document.blocks if isinstance(b, Table) and b.caption == words)
    assert dated.rows[0][0] == "2023"
    assert dated.rows[0][4:] == (("5,4", "14,5", "25,3") if language == "fr" else ("5.4", "14.5", "25.3"))
    assert any(isinstance(block, Radar) for block in document.blocks)


def test_what_a_meeting_decided_is_in_the_record_and_a_demonstration_is_not(db: Database) -> None:
    hold(db, demo=True)
    assert "Arrêté dans la séance" not in said(record_of(db, SUT))
    key = hold(db).key
    assert f"Arrêté dans la séance n° {key}" in said(record_of(db, SUT))


def test_a_record_that_is_empty_archived_or_made_up_says_so(db: Database) -> None:
    code = create_terrain(db, Terrain(code="", name="Neuf")).code
    archive_terrain(db, code)
    with db.write() as session:
        session.connection().exec_driver_sql(f"UPDATE terrain SET origin = 'demo' WHERE code = '{code}'")  # noqa: S608
    told = said(record_of(db, code))
    for words in (
        "encore vide",
        "Archivé",
        "Inventé pour une démonstration",
        "Non noté",
        "Aucun n'est connu",
    ):
        assert words in told, words


def test_a_record_is_the_organisers_and_of_a_terrain_there_is(db: Database) -> None:
    with refused("organiser_only"):
        record(db, Actor(), SUT)
    with refused("terrain_unknown", terrain="rien"):
        record(db, ORGANISER, "rien")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_sheet_prints_every_descriptor_as_the_grid_words_it(db: Database, language: str) -> None:
    grid = current_grid(db)
    content = write_pdf(blank_document(*dated_grid(db), (), DocumentSettings(), Speaker(language)))
    told = pdf_text(content)
    descriptors = [level.descriptor.read(language) for c in grid.ect_criteria for level in c.levels]
    labels = [criterion.label.read(language) for criterion in grid]
    assert len(descriptors) == 60
    assert len(labels) == 29
    assert [text for text in descriptors + labels if squeezed(text) not in told] == []


def test_a_sheet_has_a_box_for_every_answer_on_two_pages_that_name_the_terrain(db: Database) -> None:
    document = blank_document(*dated_grid(db), ("Verger", "Moulin"), DocumentSettings(), Speaker("fr"))
    boxes = [b for b in document.blocks if isinstance(b, Table) and b.rows[0][1] == BOX]
    assert sum(len(table.rows) for table in boxes) == 2 * 29
    ect, selection = boxes[0].rows[0], boxes[4].rows[0]
    assert ect.count(BOX) == 3 + 2 + 3
    assert selection.count(BOX) == 5 + 2 + 3
    headings = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1][1:]
    assert [text.split(": ")[1] for text in headings] == ["Verger", "Verger", "Moulin", "Moulin"]
    assert len([b for b in document.blocks if isinstance(b, PageBreak)]) == 4


def test_a_sheet_without_a_terrain_leaves_room_for_its_name(db: Database) -> None:
    document = blank_document(*dated_grid(db), (), DocumentSettings(), Speaker("fr"))
    assert "Terrain" in next(b for b in document.blocks if isinstance(b, Blanks)).labels
