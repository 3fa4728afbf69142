from __future__ import annotations

import contextlib

import pytest

from ect.domain.meeting import Settings as MeetingSettings
from ect.services.meeting import create
from ect.services.membership import ORGANISER
from ect.services.opening import open_database
from ect.settings import Settings
from ect.ui import keys
from tests.pages.conftest import Open, texts


def test_the_official_ranking_is_where_a_supposition_starts(open_page: Open) -> None:
    at = open_page("et-si")
    said = texts(at)
    assert "Épicerie solidaire est premier, 2,1 points devant Maison de l'alimentation." in said
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
    assert f"{first} est premier" in texts(at)
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
    assert "L'ordre n'est plus" in texts(open_page("et-si", si="ect=13"))
    at = open_page("et-si", si="ect=beaucoup")
    assert "n'est pas compris" in at.error[0].value
    assert "Épicerie solidaire est premier, 2,1" in texts(at)


def test_a_group_in_which_nothing_would_count_is_refused(open_page: Open) -> None:
    at = open_page("et-si")
    at.select_slider(key="what-if:weight:ect").set_value("0").run().run()
    at.select_slider(key="what-if:weight:selection").set_value("0").run().run()
    assert at.session_state[keys.SCENARIO] == "ect=0"
    assert not at.exception


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


def test_how_far_each_weight_may_move_is_told_when_asked(open_page: Open) -> None:
    at = open_page("et-si")
    assert "Part dans son groupe" not in texts(at)
    at.toggle(key="what-if:stability").set_value(True).run()
    said = texts(at)
    # 12.5 x 8 points against 18: the ECT may weigh up to 100 / 118.
    assert "au plus 84,7" in said
    assert not at.exception
