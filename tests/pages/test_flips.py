"""The page Flips, run for real."""

from __future__ import annotations

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from ect.domain.rating import Answer
from ect.domain.terrain import Terrain
from ect.services.catalogue import archive_terrain, create_terrain, list_terrains
from ect.services.opening import open_database
from ect.services.rating import answer
from ect.services.reference import current_grid
from ect.settings import Settings
from tests.pages.conftest import Open, texts

MAISON, SUT, VAUX = "maison-de-l-alimentation", "sut", "vaux-sur-poligny"


def said(at: AppTest) -> str:
    assert not at.exception
    return texts(at).replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def test_what_the_second_lacks_to_be_first_is_said_and_listed(open_page: Open) -> None:
    at = open_page("bascules")
    assert at.selectbox(key="flips:terrain").value == MAISON
    assert "Il manque 5 pas à Maison de l'alimentation pour être premier." in said(at)
    at.selectbox(key="flips:terrain").set_value(SUT).run()
    assert "Il manque 8 pas à SuT pour être premier." in said(at)
    at.selectbox(key="flips:rank").set_value(2).run()
    assert "pour être parmi les 2 premiers." in said(at)


def test_what_moves_is_a_line_a_criterion_and_steps_of_half_a_level_are_told_from_levels(
    open_page: Open, settings: Settings
) -> None:
    text = said(open_page("bascules"))
    assert "<td>0,5</td><td>2</td><td>3</td><td><b>1,5</b></td>" in text
    assert "Un pas : un niveau d'un critère ECT, un demi-niveau d'un critère de sélection" in text
    db = open_database(settings)
    for terrain in list_terrains(db):
        archive_terrain(db, terrain.code)
    for name, level in (("Haut", 1), ("Bas", 1)):
        code = create_terrain(db, Terrain(code="", name=name)).code
        for criterion in current_grid(db):
            # Nothing is left to gain on the selection: what is missing are levels.
            of_selection = criterion in current_grid(db).selection
            answer(db, code, criterion.code, Answer.LEVEL, Fraction(2 if of_selection else level))
    db.close()
    text = said(open_page("bascules"))
    assert "Il manque 1 niveau à Haut pour être seul premier." in text
    assert "Un pas :" not in text


def test_rivals_may_be_lowered_to_a_floor(open_page: Open) -> None:
    at = open_page("bascules")
    at.toggle(key="flips:rivals").set_value(True).run()
    assert "Il manque 5 pas à Maison" in said(at)
    at.toggle(key="flips:floors").set_value(True).run()
    assert "pas à Maison de l'alimentation" in said(at)


@pytest.mark.parametrize(
    ("terrain", "words"),
    [("epicerie-solidaire", "est déjà premier"), (VAUX, "Quelque chose est inconnu de Vaux-sur-Poligny")],
)
def test_where_there_is_nothing_to_change_the_reason_is_said(
    open_page: Open, terrain: str, words: str
) -> None:
    at = open_page("bascules")
    at.selectbox(key="flips:terrain").set_value(terrain).run()
    assert words in said(at)


def test_what_may_not_change_or_be_spent_is_said_to_be_in_the_way(open_page: Open) -> None:
    at = open_page("bascules")
    at.toggle(key="flips:bounded").set_value(True).run()
    at.number_input(key="flips:budget").set_value(2).run()
    assert "Ce qu'on peut dépenser ne suffit pas" in said(at)
    at.toggle(key="flips:bounded").set_value(False).run()
    frozen = at.multiselect(key="flips:forbidden")
    frozen.set_value([option for option in frozen.options if option]).run()
    assert "ce qui ne dépasse pas" in said(at)


def test_dearer_criteria_are_left_aside_where_others_do(open_page: Open) -> None:
    at = open_page("bascules")
    at.multiselect(key="flips:dear").set_value(["mobilisation"]).run()
    at.select_slider(key="flips:cost").set_value("5").run()
    assert "S2" not in said(at).split("Points")[1]


def test_weights_within_bounds_are_not_enough_and_beyond_are(open_page: Open) -> None:
    at = open_page("bascules")
    assert "Aucun poids à 25 % près ne met Maison de l'alimentation en tête" in said(at)
    at.select_slider(key="flips:bound").set_value("1/2").run()
    text = said(at)
    assert "Maison de l'alimentation serait premier" in text
    assert "Points alors" in text


def test_the_way_to_a_target_is_written_as_actions(open_page: Open) -> None:
    at = open_page("bascules")
    text = said(at)
    assert "Maison de l'alimentation est à 2 niveaux d'un score ECT de 6" in text
    assert "un niveau de plus sur l'un de ses critères" in text
    at.select_slider(key="flips:target").set_value("5").run()
    assert "a déjà 5,6" in said(at)


def test_the_way_of_a_terrain_rated_here_has_its_descriptors(open_page: Open, settings: Settings) -> None:
    db = open_database(settings)
    for criterion in current_grid(db):
        answer(db, VAUX, criterion.code, Answer.LEVEL, Fraction(1))
    need = current_grid(db).ect_criteria[0]
    answer(db, VAUX, need.code, Answer.LEVEL, Fraction(0))
    db.close()
    at = open_page("bascules")
    at.selectbox(key="flips:terrain").set_value(VAUX).run()
    at.select_slider(key="flips:target").set_value("4").run()
    text = said(at)
    assert need.level(0).descriptor.read("fr") in text.replace("\N{NO-BREAK SPACE}", " ")
    assert need.level(1).descriptor.read("fr") in text.replace("\N{NO-BREAK SPACE}", " ")


def test_without_a_terrain_there_is_a_way_to_make_one(open_page: Open, settings: Settings) -> None:
    db = open_database(settings)
    for terrain in list_terrains(db):
        archive_terrain(db, terrain.code)
    db.close()
    at = open_page("bascules")
    assert "aucun terrain à classer" in at.info[0].value
    assert not at.exception
