"""The pages that analyse: the printed table, comparisons, frameworks, the grid."""

from __future__ import annotations

from fractions import Fraction

from streamlit.testing.v1 import AppTest

from ect.domain.rating import Answer
from ect.services.opening import open_database
from ect.services.rating import answer
from ect.services.reference import current_grid, publication
from ect.settings import Settings
from tests.pages.conftest import Open


def tables(at: AppTest) -> list[str]:
    return [element.proto.body for element in at.get("html") if "<table>" in element.proto.body]


def test_the_reports_table_is_on_the_page_with_its_17_columns(open_page: Open) -> None:
    table = tables(open_page("classement"))[0]
    for row in publication().rows:
        for printed in row.printed.values():
            assert printed in table
    assert table.count('<th scope="col"') == 18
    for header in publication().headers.values():
        if header not in {"Colonne1", "SCORE TOTAL (sur 85)"}:
            assert header.replace("'", "&#x27;") in table


def test_the_unit_changes_the_total_and_nothing_else(open_page: Open) -> None:
    at = open_page("classement")
    at.button_group(key="ranking:unit").set_value("85").run()
    assert "63,25" in tables(at)[0]
    assert "1,80" in tables(at)[0]
    at.button_group(key="ranking:unit").set_value("percent").run()
    assert "74,41" in tables(at)[0]


def test_sorting_by_a_column_changes_the_order(open_page: Open) -> None:
    at = open_page("classement")
    at.selectbox(key="ranking:order").set_value("ect").run()
    table = tables(at)[0]
    assert table.index("Maison") < table.index("Épicerie")


def test_contributions_add_up_to_the_total(open_page: Open) -> None:
    at = open_page("classement")
    at.toggle(key="ranking:contributions").set_value(True).run()
    assert "10,80" in tables(at)[0]
    assert not at.exception


def test_no_number_stands_alone(open_page: Open) -> None:
    at = open_page("classement")
    line = next(m.value for m in at.markdown if m.value.startswith("**ECT seul"))
    assert "Maison" in line
    assert "Épicerie" in line


def test_the_anomalies_are_said(open_page: Open) -> None:
    said = " ".join(info.value for info in open_page("classement").info)
    assert "85 vaut 2,5 fois 34" in said
    assert "2,00" in said
    assert "Score bas SuT" in said


def test_a_ranking_of_what_was_rated_here_may_be_empty(open_page: Open) -> None:
    at = open_page("classement")
    at.selectbox(key="ranking:source").set_value("rated").run()
    assert "Aucun terrain n'a encore de score complet" in at.info[0].value


def test_comparing_one_terrain_is_refused_in_one_sentence(open_page: Open) -> None:
    at = open_page("comparer")
    at.multiselect(key="compare:terrains").set_value(["sut"]).run()
    assert "de 2 à 6" in at.error[0].value
    assert not at.exception


def test_a_terrain_is_compared_with_the_mean(open_page: Open) -> None:
    at = open_page("comparer")
    at.multiselect(key="compare:terrains").set_value(["sut"]).run()
    at.toggle(key="compare:mean").set_value(True).run()
    assert [e.value for e in at.error] == []
    assert "Moyenne" in tables(at)[0]


def test_a_terrain_is_compared_with_its_mirror_by_their_records(open_page: Open) -> None:
    at = open_page("comparer")
    at.multiselect(key="compare:terrains").set_value(["chatel", "val-de-consolation"]).run()
    assert not at.exception
    assert "France Active" in tables(at)[-1]
    assert "Pas de score" in at.info[0].value


def test_a_difference_of_criteria_is_explained_by_its_descriptors(
    open_page: Open, settings: Settings
) -> None:
    db = open_database(settings)
    for terrain, level in (("chatel", 0), ("filiere-bois", 2)):
        for criterion in current_grid(db):
            answer(db, terrain, criterion.code, Answer.LEVEL, Fraction(level))
    at = open_page("comparer")
    at.multiselect(key="compare:terrains").set_value(["chatel", "filiere-bois"]).run()
    said = "\n".join(m.value for m in at.markdown)
    assert "Porteur de projet individuel" in said
    assert "Plusieurs porteurs de projet constitué en collectif" in said


def test_frameworks_draw_no_conclusion_from_one_terrain(open_page: Open) -> None:
    at = open_page("cadres")
    assert any("ne dit rien du cadre" in caption.value for caption in at.caption)
    assert any("Changement légal" in m.value for m in at.markdown)


def test_every_kind_of_framework_has_its_matrix(open_page: Open) -> None:
    at = open_page("cadres")
    for kind in ("support", "project_funding", "support_funding"):
        at.button_group(key="frameworks:kind").set_value(kind).run()
        assert not at.exception
        assert len(tables(at)) == 2


def test_the_seven_questions_stand_beside_a_framework_of_emergence(open_page: Open) -> None:
    at = open_page("cadres")
    questions = [m.value for m in at.expander[0].markdown if m.value.startswith(tuple("1234567"))]
    assert len(questions) == 7


def test_the_grid_shows_all_its_descriptors_and_can_be_searched(open_page: Open) -> None:
    at = open_page("grille")
    grid_words = " ".join(tables(at))
    assert grid_words.count("<tr>") == 24
    assert "Vend sur le territoire et ailleurs" in grid_words
    at.text_input(key="grid:find").set_value("reciprocite").run()
    assert len(tables(at)) == 1
    at.text_input(key="grid:find").set_value("zzz").run()
    assert "zzz" in at.info[0].value


def test_the_method_works_the_reports_numbers_through(open_page: Open) -> None:
    said = "\n".join(m.value for m in open_page("methode").markdown).replace("\\", "")
    assert "1,80 + 1,20 + 1,20 + 1,40 = 5,60" in said
    assert "2 × 5,60 + 12,00 = 23,2" in said
