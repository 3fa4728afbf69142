"""Page Data, tab Import: a table is recognised, corrected, brought in and taken back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from ect.services.importing import last_imports
from ect.services.opening import open_database
from ect.services.reference import current_grid
from ect.services.scores import Source, scoreboard
from ect.settings import Settings
from ect.ui import downloads
from tests.exchange.books import book
from tests.exchange.tables import report_rows, text_of
from tests.pages.conftest import Open, texts

WAY, TEXT, APPLY = "import:way", "import:text:0", "import:apply"
RATINGS = "Terrain\tParticipant\t1.1\tS1\n"


def said(at: AppTest) -> str:
    assert not at.exception
    shown = texts(at) + " ".join(e.value for kind in (at.error, at.warning, at.success) for e in kind)
    return shown.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def paste(at: AppTest, text: str, round_: int = 0) -> AppTest:
    at.segmented_control(key=WAY).set_value("paste").run()
    return at.text_area(key=f"import:text:{round_}").set_value(text).run()


def choice(at: AppTest, what: str, of: str) -> Selectbox:
    """Return a choice made for the table in hand, whichever table that is."""
    start, end = f"import:{what}:", f":{of}"
    return next(box for box in at.selectbox if str(box.key).startswith(start) and str(box.key).endswith(end))


def changed() -> str:
    return text_of(report_rows(), "\t").replace("1,80\t1,20\t1,20", "2,00\t2,00\t2,00")


def test_the_reports_table_pasted_has_nothing_to_change_and_its_anomalies_are_told(open_page: Open) -> None:
    at = paste(open_page("donnees"), text_of(report_rows(), "\t"))
    text = said(at)
    assert "Il n'y a rien à changer : tout est déjà connu." in text
    assert "1,33 = 4/3" in text
    assert "« Existence terrain miroir » est 1,33" in text
    assert not [button for button in at.button if button.key == APPLY]


def test_a_table_is_brought_in_and_taken_back(open_page: Open, settings: Settings) -> None:
    at = paste(open_page("donnees"), changed())
    assert "1 terrain reçoit un score importé : Maison de l'alimentation." in said(at)
    at.number_input(key="import:year").set_value(2024).run()
    at.button(key=APPLY).click().run()
    text = said(at)
    assert "cases collées · Tableau de scores" in text
    assert "1 score" in text
    db = open_database(settings)
    assert scoreboard(db, Source.IMPORTED).ranking.rows[0].terrain == "maison-de-l-alimentation"
    at.button(key="import:undo:1").click().run()
    assert "annulé le" in said(at)
    assert last_imports(db)[0].undone_at
    db.close()


def test_ratings_come_in_with_their_progress(open_page: Open, settings: Settings) -> None:
    at = paste(open_page("donnees"), RATINGS + "SuT\tMerle\t1\t0,5\nSuT\tLoriot\t?\t2\n")
    assert "Merle → P01, Loriot → P02" in said(at)
    at.button(key=APPLY).click().run()
    assert "4 notes" in said(at)
    db = open_database(settings)
    assert last_imports(db)[0].counts == {"ratings": 4}
    db.close()


def test_a_misspelt_column_is_settled_by_the_reader(open_page: Open) -> None:
    at = paste(open_page("donnees"), changed().replace("Portage collectif", "Portge colectif"))
    text = said(at)
    assert "Ces colonnes ressemblent à une colonne connue" in text
    assert "est-ce « 1. Portage collectif »" in text
    column = choice(at, "column", "scores:1")
    column.set_value("grid:collective").run()
    assert "1 terrain reçoit un score importé" in said(at)
    column = choice(at, "column", "scores:1")
    column.set_value("").run()
    assert "reçoivent un score importé" in said(at)


def test_what_was_chosen_for_one_table_is_not_the_next_ones(open_page: Open) -> None:
    at = paste(open_page("donnees"), changed())
    assert "reçoit un score importé" in said(at)
    at.text_area(key=TEXT).set_value(RATINGS + "SuT\tP1\t1\t0,5\n").run()
    assert "Notes : 2 ajoutées" in said(at)


def test_mistakes_are_listed_and_nothing_can_be_brought_in(open_page: Open, settings: Settings) -> None:
    at = paste(open_page("donnees"), RATINGS + "SuT\tP1\t3\t0\n" * 60)
    text = said(at)
    assert "erreurs empêchent l'import" in text
    assert "Les 50 premières sur" in text
    assert "colonne C (« 1.1 »)" in text
    assert not [button for button in at.button if button.key == APPLY]
    db = open_database(settings)
    assert last_imports(db) == []
    db.close()


def test_a_table_without_known_headers_is_said_to_be_something(open_page: Open) -> None:
    at = paste(open_page("donnees"), "Lieu\tQuoi\nPoligny\tun verger\n")
    assert "Les en-têtes ne disent pas" in said(at)
    from ect.domain.incoming import Kind

    choice(at, "kind", "").set_value(Kind.TERRAINS).run()
    choice(at, "column", "terrains:0").set_value("name").run()
    choice(at, "column", "terrains:1").set_value("context").run()
    assert "1 terrain est créé : Poligny." in said(at)


def test_a_new_grid_needs_a_tick_and_pages_live_with_it(open_page: Open, settings: Settings) -> None:
    grid = "Partie\tPilier\tCritère\tNiveau 0\tNiveau 1\tNiveau 2\nECT\tP\tC\ta\tb\tc\nSélection\t\tS\t\t\t\n"
    at = paste(open_page("donnees"), grid)
    assert "La version « 2023-2 » de la grille entre en vigueur" in said(at)
    assert at.button(key=APPLY).disabled
    at.checkbox(key="import:sure").check().run()
    at.button(key=APPLY).click().run()
    assert "2 critères" in said(at)
    for address in ("classement", "comparer", "et-si", "robustesse", "bascules", "cadres", "grille", "noter"):
        assert not open_page(address).exception
    assert "Aucun terrain n'a encore de score complet" in open_page("classement").info[0].value
    at.button(key="import:undo:1").click().run()
    db = open_database(settings)
    assert current_grid(db).version == "2023"
    db.close()


@pytest.mark.parametrize("text", ["\x00", "pas un tableau"])
def test_what_is_no_table_is_refused_in_a_sentence(open_page: Open, text: str) -> None:
    at = paste(open_page("donnees"), text)
    assert "ce n'est pas du texte" in said(at) or "Les en-têtes ne disent pas" in said(at)


@pytest.mark.parametrize(("suffix", "filled"), [("xlsx", True), ("csv", False)])
def test_a_template_is_prepared_and_offered(open_page: Open, suffix: str, filled: bool) -> None:
    from ect.domain.incoming import Kind

    at = open_page("donnees")
    at.selectbox(key="import:template").set_value(Kind.RATINGS).run()
    at.radio(key="import:shape").set_value(True).run()
    if filled:
        at.toggle(key="import:filled").set_value(True).run()
    at.segmented_control(key="import:format").set_value(suffix).run()
    at.button(key="import:prepare").click().run()
    assert not at.exception
    token = at.session_state["ect_import_template"].split("/fichier/")[1].split("/")[0]
    kept = downloads.shelf.find(token)
    assert kept
    assert kept.file.name == f"ect-notes-des-participants.{suffix}"


def test_a_file_is_read_as_it_is_given(open_page: Open) -> None:
    at = open_page("donnees")
    uploaders = at.get("file_uploader")
    assert uploaders
    at.file_uploader(key="import:file:0").set_value(("scores.xlsx", book(report_rows()), "")).run()
    assert "Il n'y a rien à changer" in said(at)
