"""Exports on the page Data, and charts saved as pictures, run for real."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from streamlit.testing.v1 import AppTest

from ect.exchange.files import EXPORTS
from ect.services.opening import open_database
from ect.services.whole import everything
from ect.settings import Settings
from ect.ui import downloads, keys
from ect.ui.downloads import File, Shelf
from tests.exchange.read_books import sheets
from tests.pages.conftest import Open


@pytest.fixture(autouse=True)
def own_shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf of this test's own."""
    shelf = Shelf()
    monkeypatch.setattr(downloads, "shelf", shelf)
    return shelf


def saved(shelf: Shelf, address: str) -> File:
    found = shelf.find(address.split("/")[2])
    assert found
    return found.file


def links(at: AppTest) -> dict[str, str]:
    return {element.proto.label: element.proto.url for element in at.get("link_button")}


@pytest.mark.parametrize("name", ["committee", "tables", "csv", "whole"])
def test_a_file_is_made_when_it_is_asked_for(open_page: Open, own_shelf: Shelf, name: str) -> None:
    at = open_page("donnees")
    assert links(at) == {}
    at.button(key=f"exports:{name}").click().run()
    assert not at.exception
    file = EXPORTS[name].name
    made = saved(own_shelf, links(at)[f"Enregistrer {file}"])
    assert (made.name, made.media_type) == (file, EXPORTS[name].media_type)
    assert any(caption.value.startswith("Données telles qu'elles étaient à") for caption in at.caption)


def test_the_whole_is_that_of_the_store(open_page: Open, own_shelf: Shelf, settings: Settings) -> None:
    at = open_page("donnees")
    at.button(key="exports:whole").click().run()
    (address,) = links(at).values()
    db = open_database(settings)
    assert json.loads(saved(own_shelf, address).content)["digest"] == everything(db)["digest"]


def test_the_other_version_is_another_file(open_page: Open, own_shelf: Shelf) -> None:
    at = open_page("donnees")
    at.checkbox(key="exports:csv:other").check().run()
    at.button(key="exports:csv").click().run()
    made = saved(own_shelf, links(at)["Enregistrer ect-tables-programmes.zip"])
    with zipfile.ZipFile(BytesIO(made.content)) as found:
        assert found.read("scores.csv").startswith(b"terrain,terrain_name")
    at.checkbox(key="exports:csv:other").uncheck().run()
    assert links(at) == {}


def test_files_are_in_the_readers_language(open_page: Open, own_shelf: Shelf) -> None:
    at = open_page("donnees", "en")
    at.button(key="exports:committee").click().run()
    (address,) = links(at).values()
    assert list(sheets(saved(own_shelf, address).content)) == ["Ranking", "Radars", "Contributions", "Grid"]


def test_a_chart_is_drawn_when_it_is_asked_for(open_page: Open, own_shelf: Shelf) -> None:
    at = open_page("classement")
    assert links(at) == {}
    at.button(key="ranking:bars:picture").click().run()
    assert not at.exception
    found = links(at)
    assert set(found) == {"Contributions en SVG", "Contributions en PNG"}
    assert b"<title>Contributions</title>" in saved(own_shelf, found["Contributions en SVG"]).content
    assert saved(own_shelf, found["Contributions en PNG"]).content.startswith(b"\x89PNG")


def test_a_picture_of_other_data_is_not_offered(open_page: Open) -> None:
    at = open_page("classement")
    at.button(key="ranking:bars:picture").click().run()
    at.session_state[keys.PICTURE] = {**at.session_state[keys.PICTURE], "data": "avant"}
    at.run()
    assert links(at) == {}


def test_the_radar_of_noter_is_saved_as_it_stands_at_the_click(open_page: Open, own_shelf: Shelf) -> None:
    at = open_page("noter", terrain="vaux-sur-poligny")
    at.button(key="rate:radar:picture").click().run()
    made = saved(own_shelf, links(at)["Radar des piliers en SVG"])
    assert isinstance(made.content, bytes)
    assert "Radar des niveaux donnés" in made.content.decode()


@pytest.mark.parametrize("page", ["animer", "decider", "rejoindre"])
def test_no_picture_is_offered_where_people_join_or_nothing_is_revealed(open_page: Open, page: str) -> None:
    at = open_page(page)
    assert [button.key for button in at.button if str(button.key).endswith(":picture")] == []
