"""Rating on the page: saved at once, undone, kept across visits."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ect.domain.rating import Answer, Basis, Rating
from ect.services.opening import open_database
from ect.services.rating import ratings_of
from ect.settings import Settings
from ect.storage.database import Database
from tests.pages.conftest import Open

VAUX = "vaux-sur-poligny"


@pytest.fixture
def store(settings: Settings) -> Database:
    return open_database(settings)


@pytest.fixture
def at(open_page: Open) -> AppTest:
    at = open_page("noter")
    at.selectbox(key="rate:terrain").set_value(VAUX).run()
    return at


def slider(at: AppTest, criterion: str):
    return at.select_slider(key=f"rate:{VAUX}:{criterion}:level")


def move(at: AppTest, criterion: str, stop: str) -> None:
    """Move a slider; AppTest then keeps only the fragments that were drawn, so draw the page."""
    slider(at, criterion).set_value(stop).run()
    assert not at.exception
    at.run()


def known(store: Database) -> dict[str, Rating]:
    return {code: saved.rating for code, saved in ratings_of(store, VAUX).items()}


def test_nothing_is_chosen_before_a_person_chooses(at: AppTest, store: Database) -> None:
    assert {control.value for control in at.select_slider} == {"–"}
    assert len(at.select_slider) == 5
    assert known(store) == {}


def test_a_moved_slider_is_saved_at_once_and_says_so(at: AppTest, store: Database) -> None:
    move(at, "leadership", "2")
    assert known(store) == {"leadership": Rating("leadership", Answer.LEVEL, Fraction(2))}
    assert not at.exception
    assert any("Enregistré à" in caption.value for caption in at.caption)


def test_the_slider_put_back_on_its_first_stop_takes_the_answer_back(at: AppTest, store: Database) -> None:
    move(at, "leadership", "2")
    move(at, "leadership", "–")
    assert known(store) == {}


def test_i_do_not_know_is_an_answer(at: AppTest, store: Database) -> None:
    move(at, "leadership", "2")
    at.checkbox(key=f"rate:{VAUX}:leadership:unknown").check().run()
    assert known(store)["leadership"].answer is Answer.UNKNOWN
    assert slider(at, "leadership").value == "–"
    at.checkbox(key=f"rate:{VAUX}:leadership:unknown").uncheck().run()
    assert known(store) == {}


def test_undo_puts_back_what_the_last_change_replaced(at: AppTest, store: Database) -> None:
    move(at, "leadership", "1")
    move(at, "leadership", "2")
    at.button(key="rate:undo").click().run()
    assert known(store)["leadership"].value == 1
    at.button(key="rate:undo").click().run()
    assert known(store) == {}
    assert slider(at, "leadership").value == "–"
    at.button(key="rate:undo").click().run()
    assert [toast.value for toast in at.toast] == ["Il n'y a rien à annuler dans cette visite."]


def test_starting_again_asks_first_and_can_be_undone(at: AppTest, store: Database) -> None:
    move(at, "leadership", "1")
    at.button(key="rate:clear").click().run()
    assert known(store)
    at.button(key="rate:clear:yes").click().run()
    assert known(store) == {}
    at.button(key="rate:undo").click().run()
    assert known(store)["leadership"].value == 1


def test_starting_again_can_be_declined(at: AppTest, store: Database) -> None:
    move(at, "leadership", "1")
    at.button(key="rate:clear").click().run()
    at.button(key="rate:clear:no").click().run()
    assert known(store)["leadership"].value == 1


def test_buttons_do_what_sliders_do(at: AppTest, store: Database) -> None:
    at.toggle(key="rate:buttons").set_value(True).run()
    assert not at.select_slider
    at.radio(key=f"rate:{VAUX}:sharing:level").set_value("1").run()
    assert known(store)["sharing"].value == 1


def test_a_selection_criterion_is_rated_by_halves(at: AppTest, store: Database) -> None:
    at.button_group(key="ect_section").set_value("selection").run()
    move(at, "means", "3/2")
    assert known(store)["means"].value == Fraction(3, 2)
    assert len(at.select_slider) == 9


def test_the_next_section_is_one_press_away(at: AppTest) -> None:
    at.button(key="rate:next").click().run()
    assert at.session_state["ect_section"] == "anchoring"


def test_another_visit_finds_every_rating(open_page: Open, at: AppTest) -> None:
    move(at, "leadership", "2")
    other = open_page("noter", terrain=VAUX)
    assert other.selectbox(key="rate:terrain").value == VAUX
    assert slider(other, "leadership").value == "2"


def test_what_a_rating_rests_on_is_kept(at: AppTest, store: Database) -> None:
    move(at, "leadership", "2")
    at.session_state[f"rate:{VAUX}:leadership:details"] = True
    at.run()
    if not at.text_area:
        pytest.skip("this Streamlit's AppTest cannot open a popover")
    at.text_area(key=f"rate:{VAUX}:leadership:comment").set_value("vu sur place").run()
    assert known(store)["leadership"].comment == "vu sur place"
    assert known(store)["leadership"].basis in {None, *Basis}


def test_the_board_keeps_the_two_sections_apart(at: AppTest) -> None:
    move(at, "leadership", "2")
    board = next(e.proto.body for e in at.get("html") if "<table>" in e.proto.body)
    for words in ("ECT /8", "Sélection /18", "Total /34", "0,4 à 8"):
        assert words in board


def told(at: AppTest) -> dict[str, Any]:
    element = at.get("bidi_component")[0].proto
    return json.loads(element.json or element.mixed.json)["told"]


def test_the_radar_gets_the_new_level_and_keeps_its_look(at: AppTest) -> None:
    before = told(at)
    assert "leadership" not in before["levels"]
    move(at, "leadership", "2")
    after = told(at)
    assert after["levels"] == {**before["levels"], "leadership": 2.0}
    assert {**after, "levels": {}} == {**before, "levels": {}}


def test_the_radar_follows_each_slider_of_the_grid(at: AppTest) -> None:
    sliders = told(at)["sliders"]
    assert len(sliders) == 20
    for slider in at.select_slider:
        stops = sliders["st-key-" + slider.key.replace(":", "-")]["stops"]
        assert slider.options == ["Non noté" if stop is None else f"{stop:g}" for stop in stops]


def test_by_pillar_an_axis_is_the_mean_of_its_criteria(at: AppTest) -> None:
    assert [axis["criteria"] for axis in told(at)["axes"]][:1] == [["leadership"]]
    at.toggle(key="rate:detail").set_value(False).run()
    axes = told(at)["axes"]
    assert [len(axis["criteria"]) for axis in axes] == [5, 5, 5, 5]
    assert axes[0]["label"] == "Portage collectif"
