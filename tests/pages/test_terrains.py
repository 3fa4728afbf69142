"""The catalogue on the page: finding, reading, making, changing, archiving."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ect.services.catalogue import get_terrain, list_terrains
from ect.services.opening import open_database
from ect.settings import Settings
from ect.storage.database import Database
from tests.pages.conftest import Open


@pytest.fixture
def store(settings: Settings) -> Database:
    return open_database(settings)


def names(at: AppTest) -> list[str]:
    return [button.key.rsplit(":", 1)[-1] for button in at.button if button.key.startswith("terrains:open")]


def field(at: AppTest, label: str):
    return next(x for x in [*at.text_input, *at.text_area, *at.selectbox] if x.label == label)


def test_candidates_come_first_then_followed_ones_then_mirrors(open_page: Open, store: Database) -> None:
    kinds = [get_terrain(store, code).kind.value for code in names(open_page("terrains"))]
    assert kinds == sorted(kinds, key=["candidate", "followed", "mirror"].index)
    assert len(kinds) == 15


def test_searching_takes_no_heed_of_accents_nor_case(open_page: Open) -> None:
    at = open_page("terrains")
    at.text_input(key="terrains:find").set_value("CHATEL").run()
    assert names(at) == ["chatel"]
    at.text_input(key="terrains:find").set_value("zzz").run()
    assert at.info[0].value.startswith("Aucun terrain ne répond")


def test_a_kind_narrows_the_list(open_page: Open) -> None:
    at = open_page("terrains")
    at.button_group(key="terrains:kind").set_value("followed").run()
    assert names(at) == ["filiere-bois", "pat-pays-ledonien", "chatel"]


def test_a_record_shows_what_the_report_says(open_page: Open) -> None:
    at = open_page("terrains", terrain="chatel")
    text = "\n".join(element.value for element in at.markdown)
    assert "achat d'un ancien couvent" in text
    assert "sélectionner les projets seulement à partir des critères ECT" in text
    assert at.button(key="record:mirror:val-de-consolation").label == "Val de Consolation"


def test_a_link_to_a_terrain_that_is_gone_shows_the_catalogue(open_page: Open) -> None:
    at = open_page("terrains", terrain="nowhere")
    assert len(names(at)) == 15
    assert "nowhere" in at.info[0].value


def test_a_new_terrain_is_made_and_shown(open_page: Open, store: Database) -> None:
    at = open_page("terrains")
    at.button(key="terrains:new").click().run()
    field(at, "Nom").set_value("Vergers *oubliés*")
    field(at, "Contexte").set_value("![](https://example.org/x.png)")
    submit(at)
    made = get_terrain(store, "vergers-oublies")
    assert (made.name, made.context) == ("Vergers *oubliés*", "![](https://example.org/x.png)")
    assert at.title[0].value == "Vergers \\*oubliés\\*"
    assert all("![](" not in element.value for element in at.markdown)


def test_a_terrain_without_a_name_is_refused_and_the_form_keeps_what_was_typed(
    open_page: Open, store: Database
) -> None:
    at = open_page("terrains")
    at.button(key="terrains:new").click().run()
    field(at, "Contexte").set_value("un long texte")
    submit(at)
    assert "besoin d'un nom" in at.error[0].value
    assert field(at, "Contexte").value == "un long texte"
    assert len(list_terrains(store)) == 15


def test_a_record_is_changed(open_page: Open, store: Database) -> None:
    at = open_page("terrains", terrain="sut")
    at.button(key="record:edit").click().run()
    assert field(at, "Nom").value == "SuT"
    field(at, "Genèse").set_value("une soirée")
    submit(at)
    changed = get_terrain(store, "sut")
    assert changed.genesis == "une soirée"
    assert len(changed.frameworks) == 2


def test_leaving_the_form_changes_nothing(open_page: Open, store: Database) -> None:
    at = open_page("terrains", terrain="sut")
    at.button(key="record:edit").click().run()
    field(at, "Nom").set_value("Autre")
    next(b for b in at.button if b.label == "Quitter sans enregistrer").click().run()
    assert get_terrain(store, "sut").name == "SuT"
    assert at.title[0].value == "SuT"


def test_archiving_is_undone_where_it_was_done(open_page: Open, store: Database) -> None:
    at = open_page("terrains", terrain="sut")
    at.button(key="record:archive").click().run()
    assert get_terrain(store, "sut").archived
    at.button(key="record:restore").click().run()
    assert not get_terrain(store, "sut").archived


def test_an_archived_terrain_is_found_among_the_archived(open_page: Open, store: Database) -> None:
    at = open_page("terrains", terrain="sut")
    at.button(key="record:archive").click().run()
    at = open_page("terrains")
    assert "sut" not in names(at)
    at.toggle(key="terrains:archived").set_value(True).run()
    at.button(key="terrains:restore:sut").click().run()
    assert not get_terrain(store, "sut").archived


def submit(at: AppTest) -> None:
    next(button for button in at.button if button.label == "Enregistrer").click().run()
    assert not at.exception
