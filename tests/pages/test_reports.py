"""The Reports page: one click makes a document, which then waits for who may read it."""

from __future__ import annotations

import io
import re

import docx
import pptx
import pypdf
import pytest
from streamlit.testing.v1 import AppTest

from ect.services.document_settings import letterhead, set_logo
from ect.services.membership import ORGANISER
from ect.services.opening import open_database
from ect.services.seating import Ticket, hand_over
from ect.settings import Settings
from ect.storage.database import Database
from ect.ui import access, downloads
from ect.ui.downloads import File
from tests.pages.conftest import Open, texts
from tests.reports.conftest import Held, hold
from tests.services.meetings import seat_of
from tests.services.test_document_settings import picture


@pytest.fixture
def store(settings: Settings) -> Database:
    return open_database(settings)


@pytest.fixture
def held(store: Database) -> Held:
    return hold(store)


def choose(at: AppTest, kind: str) -> AppTest:
    at.button_group(key="reports:document").set_value(kind).run()
    assert not at.exception
    return at


def made(at: AppTest, kind: str, ending: str) -> tuple[File, int | None]:
    """Press the button of a format, and take the file from the shelf."""
    at.button(key=f"reports:{kind}:{ending}").click().run()
    assert not at.exception
    assert not at.error
    address = at.session_state[f"reports:{kind}:made"][1][1]
    kept = downloads.shelf.find(re.split("/", address)[2])
    assert kept is not None
    return kept.file, kept.meeting


def test_with_no_meeting_revealed_minutes_say_where_to_go(open_page: Open) -> None:
    assert "compte rendu vient après" in texts(open_page("rapports"))


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_minutes_are_made_in_one_click_for_the_organiser_only(open_page: Open, language: str) -> None:
    file, meeting = made(open_page("rapports", language), "minutes", "pdf")
    assert meeting is None
    start = "compte-rendu" if language == "fr" else "minutes"
    assert re.fullmatch(start + r"-comite-d-essai-\d{4}-\d\d-\d\d\.pdf", file.name)
    assert len(pypdf.PdfReader(io.BytesIO(file.content)).pages) > 2


@pytest.mark.usefixtures("held")
def test_names_are_in_minutes_only_where_they_are_asked_for(open_page: Open) -> None:
    at = open_page("rapports")
    first, _ = made(at, "minutes", "docx")
    at.button_group(key="reports:minutes:named").set_value("names").run()
    assert "donnée personnelle" in texts(at)
    second, _ = made(at, "minutes", "docx")
    said = [
        "\n".join(p.text for p in docx.Document(io.BytesIO(f.content)).paragraphs) for f in (first, second)
    ]
    assert ["Alice Merle" in words for words in said] == [False, True]


@pytest.mark.usefixtures("held")
def test_a_file_that_no_longer_says_what_is_chosen_is_no_longer_offered(open_page: Open) -> None:
    at = open_page("rapports")
    made(at, "minutes", "pdf")
    assert at.success
    at.text_input(key="reports:minutes:place").set_value("Lons").run()
    assert not at.success


def test_the_comparison_is_made_as_pdf_and_as_slides(open_page: Open) -> None:
    at = choose(open_page("rapports"), "comparison")
    assert made(at, "comparison", "pdf")[0].content.startswith(b"%PDF")
    file, _ = made(at, "comparison", "pptx")
    assert len(pptx.Presentation(io.BytesIO(file.content)).slides) > 4


def test_a_record_and_blank_sheets_are_made(open_page: Open) -> None:
    at = choose(open_page("rapports"), "record")
    at.selectbox(key="reports:record:terrain").set_value("chatel").run()
    assert made(at, "record", "docx")[0].name.startswith("fiche-projet-commun-de-chatel-")
    at = choose(at, "blank")
    at.multiselect(key="reports:blank:terrains").set_value(["sut"]).run()
    assert made(at, "blank", "pdf")[0].name == "grille-et-feuille-de-notation-ect-2023.pdf"


@pytest.mark.usefixtures("held")
def test_the_heading_is_settled_and_stands_on_documents(open_page: Open, store: Database) -> None:
    at = choose(open_page("rapports"), "heading")
    at.text_input(key="reports:heading:organisation").set_value("Pôle coopératif")
    at.text_input(key="reports:heading:minutes").set_value("Relevé de décisions")
    at.button(key="FormSubmitter:reports:heading:texts-Enregistrer l'en-tête").click().run()
    assert letterhead(store).titles == {"minutes": "Relevé de décisions"}
    file, _ = made(choose(at, "minutes"), "minutes", "pdf")
    reader = pypdf.PdfReader(io.BytesIO(file.content))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Relevé de décisions", "Pôle coopératif")


def test_a_logo_is_shown_and_taken_away_after_a_second_click(open_page: Open, store: Database) -> None:
    set_logo(store, ORGANISER, picture())
    at = choose(open_page("rapports"), "heading")
    at.button(key="reports:heading:no-logo").click().run()
    assert letterhead(store).logo is None
    assert not [button for button in at.button if button.key == "reports:heading:no-logo"]


def test_who_leads_a_closed_meeting_makes_its_minutes_where_it_was_decided(
    open_page: Open, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold(store, closing=False)
    hand_over(store, ORGANISER, held.key, seat_of(held.alice), facilitator=True)
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE meeting SET stage = 'closed'")
    monkeypatch.setattr(access, "organiser", lambda: False)
    monkeypatch.setattr(access, "ticket", lambda: Ticket(held.key, "device of Alice Merle"))
    file, meeting = made(open_page("decider"), "minutes", "pdf")
    assert meeting == held.key
    assert file.content.startswith(b"%PDF")
