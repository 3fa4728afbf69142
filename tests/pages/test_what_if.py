from __future__ import annotations

import contextlib
import json
from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from ect.domain.meeting import Settings as MeetingSettings
from ect.i18n import Speaker
from ect.services.meeting import create
from ect.services.membership import ORGANISER
from ect.services.opening import open_database
from ect.settings import Settings
from ect.ui import keys
from ect.ui.components.what_if import answer, board
from tests.pages.conftest import Open, texts


def shown(at: AppTest) -> dict[str, dict[str, object]]:
    """Return what the board is given: the model it answers from, and the server's answer."""
    found: dict[str, dict[str, object]] = {}
    for element in at.get("bidi_component"):
        found |= json.loads(element.proto.json or element.proto.mixed.json)
    return found


def sentence(at: AppTest) -> str:
    return shown(at)["told"]["answer"]["sentence"]


def names(at: AppTest) -> list[str]:
    return [line["cells"][1] for line in shown(at)["told"]["answer"]["rows"]]


def test_the_official_ranking_is_where_a_supposition_starts(open_page: Open) -> None:
    at = open_page("et-si")
    assert sentence(at) == "Épicerie solidaire est premier, 2,1 points devant Maison de l'alimentation."
    said = texts(at)
    for fact in (
        "multiplié par plus de 12,5",
        "ECT dépasse 4,85",
        "ECT dépasse 5,9",
        "Aucun critère de sélection",
    ):
        assert fact in said
    assert not at.exception


@pytest.mark.parametrize(
    ("factor", "first"), [("12", "Épicerie solidaire"), ("13", "Maison de l'alimentation")]
)
def test_the_leaders_swap_above_an_ect_of_12_and_a_half(open_page: Open, factor: str, first: str) -> None:
    at = open_page("et-si")
    at.select_slider(key="what-if:weight:ect").set_value(factor).run().run()
    assert f"{first} est premier" in sentence(at)
    assert at.session_state[keys.SCENARIO] == f"ect={factor}"
    assert not at.exception


def test_a_level_moves_the_ranking_is_undone_and_reset(open_page: Open) -> None:
    at = open_page("et-si")
    at.selectbox(key="what-if:terrain").set_value("maison-de-l-alimentation").run().run()
    at.select_slider(key="what-if:level:maison-de-l-alimentation:hybrid").set_value("2").run().run()
    at.select_slider(key="what-if:level:maison-de-l-alimentation:mirror").set_value("0").run().run()
    assert at.session_state[keys.SCENARIO].count("=") == 2
    at.button(key="what-if:undo").click().run()
    assert at.session_state[keys.SCENARIO].count("=") == 1
    at.button(key="what-if:reset").click().run()
    assert at.session_state[keys.SCENARIO] == ""
    at.button(key="what-if:undo").click().run()
    assert at.session_state[keys.SCENARIO].count("=") == 1
    assert not at.exception


def test_the_address_keeps_what_is_supposed_and_says_what_it_does_not_understand(open_page: Open) -> None:
    assert "L'ordre n'est plus" in sentence(open_page("et-si", si="ect=13"))
    at = open_page("et-si", si="ect=beaucoup")
    assert "n'est pas compris" in at.error[0].value
    assert "Épicerie solidaire est premier, 2,1" in sentence(at)


def test_a_group_in_which_nothing_would_count_is_refused(open_page: Open) -> None:
    at = open_page("et-si")
    at.select_slider(key="what-if:weight:ect").set_value("0").run().run()
    at.select_slider(key="what-if:weight:selection").set_value("0").run()
    assert "ce changement n'a pas été fait" in at.toast[0].value
    assert not at.exception
    at.run()
    assert at.session_state[keys.SCENARIO] == "ect=0"
    assert at.select_slider(key="what-if:weight:selection").value == "1"


def test_nothing_is_saved(open_page: Open, settings: Settings) -> None:
    with contextlib.closing(open_database(settings)) as db, db.engine.connect() as connection:

        def version() -> int:
            """Tell one state of the file from another: it moves when another connection commits."""
            found = int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
            connection.rollback()
            return found

        at, before = open_page("et-si"), version()
        at.select_slider(key="what-if:weight:ect").set_value("7/2").run().run()
        assert at.session_state[keys.SCENARIO] == "ect=7/2"
        assert version() == before
        create(open_database(settings), ORGANISER, "Comité", ["sut"], MeetingSettings())
        assert version() != before


def look(at: AppTest, what: str) -> None:
    at.button_group(key="what-if:look").set_value(what).run()


def test_how_far_each_weight_may_move_is_told_when_asked(open_page: Open) -> None:
    at = open_page("et-si")
    assert "Part dans son groupe" not in texts(at)
    look(at, "stability")
    said = texts(at)
    # 12.5 x 8 points against 18: the ECT may weigh up to 100 / 118.
    assert "au plus 84,7" in said
    assert not at.exception


def test_what_makes_the_gap_is_told_in_one_sentence_and_drawn(open_page: Open) -> None:
    at = open_page("et-si")
    look(at, "gap")
    said = texts(at)
    assert "Aucun niveau" in said
    assert "ne change l'ordre de Épicerie solidaire et Maison de l'alimentation" in said
    at.selectbox(key="what-if:other").set_value("sut").run()
    assert "l'ordre de Épicerie solidaire et Solidarités urgentes" not in texts(at)
    assert len(at.get("vega_lite_chart")) == 1
    assert not at.exception


def test_one_weight_is_walked_from_nothing_to_everything(open_page: Open) -> None:
    at = open_page("et-si")
    look(at, "walk")
    said = texts(at).replace("\\", "")
    assert "de 0,0\xa0% à 84,7\xa0%\xa0: Épicerie solidaire" in said
    assert "de 84,7\xa0% à 100,0\xa0%\xa0: Maison de l'alimentation" in said
    assert not at.exception


def test_what_each_part_does_stands_beside_what_it_weighs(open_page: Open) -> None:
    at = open_page("et-si")
    look(at, "influence")
    said = texts(at)
    assert "départage le plus les terrains" in said
    assert "Part des écarts" in said
    assert not at.exception


def test_a_scenario_is_named_laid_beside_opened_deleted_and_brought_back(open_page: Open) -> None:
    at = open_page("et-si", si="ect=13")
    at.text_input(key="what-if:name").set_value("ECT fois 13")
    at.text_area(key="what-if:note").set_value("demandé en comité")
    at.button(key="what-if:save").click().run()
    said = texts(at)
    assert "Qui est premier selon quel scénario" in said
    assert "demandé en comité" in said
    at.button(key="what-if:reset").click().run()
    assert "Épicerie solidaire est premier" in sentence(at)
    at.button(key="what-if:open:1").click().run()
    assert "Maison de l'alimentation est premier" in sentence(at)
    at.button(key="what-if:remove:1").click().run()
    assert "demandé en comité" not in texts(at)
    at.button(key="what-if:bring-back").click().run()
    assert "demandé en comité" in texts(at)
    assert not at.exception


def test_a_scenario_without_a_name_or_without_anything_supposed_is_not_kept(open_page: Open) -> None:
    at = open_page("et-si")
    at.text_input(key="what-if:name").set_value("Rien")
    at.button(key="what-if:save").click().run()
    assert "Rien n'est supposé" in at.toast[0].value
    assert at.text_input(key="what-if:name").value == "Rien"
    assert "Qui est premier selon quel scénario" not in texts(at)


def test_a_link_keeps_which_scores_are_meant(open_page: Open) -> None:
    at = open_page("et-si", scores="published")
    assert at.selectbox(key="what-if:source").value == "published"
    at.selectbox(key="what-if:source").set_value("official").run()
    assert "scores" not in at.query_params


def test_a_long_ranking_is_cut_to_its_first_and_what_is_supposed_and_can_be_shown_whole(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (answer, board):
        monkeypatch.setattr(module, "SHOWN_IN_TABLE", 1)
    at = open_page("et-si")
    assert shown(at)["model"]["first"] == 1
    assert "1 terrains sur 4\N{NO-BREAK SPACE}: les premiers" in texts(at)
    assert names(at) == ["Épicerie solidaire"]
    at = open_page("et-si", si="sut/mirror=0")
    assert "2 terrains sur 4" in texts(at)
    assert names(at) == ["Épicerie solidaire", "SuT"]
    at.toggle(key="what-if:all").set_value(True).run()
    assert "terrains sur 4" not in texts(at)
    assert names(at)[-1] == "Vaux-sur-Poligny"
    assert not at.exception


def test_the_page_is_told_what_each_slider_supposes(open_page: Open) -> None:
    at = open_page("et-si")
    sliders = shown(at)["model"]["sliders"]
    assert sliders["st-key-what-if-weight-ect"]["target"] == "ect"
    assert sliders["st-key-what-if-level-epicerie-solidaire-mirror"]["target"] == "epicerie-solidaire/mirror"
    say = Speaker("fr")
    for slider in at.select_slider:
        stops = sliders["st-key-" + slider.key.replace(":", "-")]["stops"]
        assert slider.options == ["–" if stop is None else say.short(Fraction(stop)) for stop in stops]
    assert len(sliders) == len(at.select_slider)
