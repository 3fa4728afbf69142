"""The page Robustness, run for real."""

from __future__ import annotations

import pytest
import streamlit as st

from ect.domain.robustness import Progress
from ect.domain.uncertainty import Settings as Drawn
from ect.services.catalogue import archive_terrain, list_terrains
from ect.services.opening import open_database
from ect.services.robustness import Examined, Ground
from ect.settings import Settings
from ect.ui.components.robustness import draws
from tests.pages.conftest import Open, texts


def test_the_ranking_is_said_in_words_a_committee_repeats(open_page: Open) -> None:
    at = open_page("robustesse")
    said = texts(at).replace("\\", "")
    assert "Sur 100 classements plausibles, Épicerie solidaire arrive premier 92 fois." in said
    assert "Vaux-sur-Poligny arrive premier moins d'une fois." in said
    assert "L'ordre n'est pas sûr entre" in said
    assert "Aucune pondération à 50\N{NO-BREAK SPACE}% près de celle du comité ne met SuT en tête." in said
    assert "4 méthodes sur 4 mettent Épicerie solidaire en tête." in said
    assert "Qu'est-ce qui fait bouger le classement" in said
    assert "10\N{NARROW NO-BREAK SPACE}000 classements tirés, graine 2023" in said
    assert "Rien à tirer\N{NO-BREAK SPACE}: Désaccord des participants." in said
    assert len(at.get("vega_lite_chart")) == 1
    assert not at.exception


def test_less_than_once_in_100_is_said_so_whatever_the_seed(open_page: Open) -> None:
    at = open_page("robustesse")
    at.number_input(key="robustness:seed").set_value(6).run()
    assert "Vaux-sur-Poligny arrive premier moins d'une fois" in texts(at).replace("\\", "")


def test_each_source_is_put_off_and_what_is_unknown_is_then_set_aside(open_page: Open) -> None:
    at = open_page("robustesse")
    at.button_group(key="robustness:doubts").set_value(["weights", "middle"]).run()
    said = texts(at).replace("\\", "")
    assert "Mis de côté, quelque chose y étant inconnu\N{NO-BREAK SPACE}: Vaux-sur-Poligny." in said
    at.button_group(key="robustness:doubts").set_value([]).run()
    assert "Rien n'est tiré" in texts(at)
    assert "Épicerie solidaire arrive premier 100 fois" in texts(at)
    assert "SuT n'arrive jamais premier" in texts(at)
    assert not at.exception


def test_what_was_drawn_is_kept_until_something_changes(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_page("robustesse")
    drawn = []
    examine = draws.examine
    monkeypatch.setattr(draws, "examine", lambda *given: drawn.append(1) or examine(*given))
    at.run()
    assert drawn == []
    at.number_input(key="robustness:seed").set_value(5).run()
    assert drawn == [1]
    assert "graine 5" in texts(at)


def test_long_work_shows_how_far_it_is(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "CELLS_WITHOUT_BAR", 0)
    drawn = draws.examine

    def half_way(_on: Ground, settings: Drawn, progress: Progress) -> Examined:
        progress(settings.draws // 2, settings.draws)
        st.stop()

    monkeypatch.setattr(draws, "examine", half_way)
    at = open_page("robustesse")
    bar = at.get("progress")[0].proto
    assert (bar.value, bar.text) == (
        50,
        "5\N{NARROW NO-BREAK SPACE}000 classements tirés sur 10\N{NARROW NO-BREAK SPACE}000",
    )
    monkeypatch.setattr(draws, "examine", drawn)
    at.button(key="robustness:stop").click().run()
    assert "1\N{NARROW NO-BREAK SPACE}000 classements tirés" in texts(at)
    assert [button.key for button in at.button if button.key == "robustness:stop"] == []
    assert not at.exception


def test_without_a_terrain_there_is_a_way_to_make_one(open_page: Open, settings: Settings) -> None:
    db = open_database(settings)
    for terrain in list_terrains(db):
        archive_terrain(db, terrain.code)
    db.close()
    at = open_page("robustesse")
    assert "aucun terrain à classer" in at.info[0].value
    assert not at.exception


def test_in_english(open_page: Open) -> None:
    assert "Of 100 plausible rankings" in texts(open_page("robustesse", "en"))
