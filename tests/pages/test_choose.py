"""The page Choose several, run for real."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from ect.domain import portfolio
from ect.domain.portfolio_search import Found, search
from ect.domain.terrain import Terrain
from ect.services.catalogue import archive_terrain, list_terrains
from ect.services.opening import open_database
from ect.services.reference import current_grid
from ect.settings import Settings
from ect.storage.database import Database
from ect.ui import keys
from tests.domain.portfolio_oracle import tangled
from tests.pages.conftest import Open, texts
from tests.services.portfolios import add, add_many, constant

EPICERIE, MAISON, SUT = "epicerie-solidaire", "maison-de-l-alimentation", "sut"
BUSINESS = "min1=theme/entrepreneuriat"


def said(at: AppTest) -> str:
    assert not at.exception
    shown = " ".join([texts(at), *(e.value for e in (*at.warning, *at.error))])
    return shown.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def in_address(at: AppTest) -> str:
    kept = at.query_params[keys.QUERY_CHOICE]
    return kept[0] if isinstance(kept, list) else kept


def store(settings: Settings, change: Callable[[Database], object]) -> None:
    with contextlib.closing(open_database(settings)) as db:
        change(db)


def empty(db: Database) -> None:
    for terrain in list_terrains(db):
        archive_terrain(db, terrain.code)


def test_the_report_s_best_two_are_said_with_both_parts_of_their_total(open_page: Open) -> None:
    text = said(open_page("choisir"))
    assert "Le meilleur choix de 2 terrains : Épicerie solidaire, Maison de l'alimentation." in text
    assert "Total : 48,5 sur 68 (ECT 11 sur 16, critères de sélection 26,5 sur 36)." in text
    assert "L'ensemble suivant prend SuT à la place de Maison de l'alimentation, et perd 1,7 point." in text
    assert "Il n'y en a pas d'autre." in text
    assert "Ce que coûte chaque contrainte" not in text


def test_a_constraint_is_added_priced_taken_back_and_brought_back(open_page: Open) -> None:
    at = open_page("choisir")
    at.selectbox(key="choose:group").set_value("theme/entrepreneuriat")
    at.button(key="choose:add").click().run()
    text = said(at)
    assert (
        "Exiger au moins 1 terrain du thème « entrepreneuriat » coûte 1,7 point : sans cela, le meilleur "
        "ensemble totaliserait 48,5." in text
    )
    assert "Ensemble, les contraintes coûtent 1,7 point" in text
    assert in_address(at) == f"size=2,{BUSINESS}"
    at.button(key="choose:remove:at_least:theme/entrepreneuriat").click().run()
    assert "Aucune contrainte" in said(at)
    at.button(key="choose:undo").click().run()
    assert "coûte 1,7 point" in said(at)
    at.button(key="choose:reset").click().run()
    assert keys.QUERY_CHOICE not in at.query_params
    assert "Total : 48,5" in said(at)


def test_a_second_constraint_of_the_same_kind_replaces_the_first(open_page: Open) -> None:
    at = open_page("choisir", choix="size=2,max2=theme/alimentation")
    at.selectbox(key="choose:demand").set_value("at_most")
    at.number_input(key="choose:bound").set_value(0)
    at.selectbox(key="choose:group").set_value("theme/alimentation")
    at.button(key="choose:add").click().run()
    assert at.session_state[keys.CHOICE] == "size=2,max0=theme/alimentation"
    text = said(at)
    assert "Aucun ensemble de 2 terrains ne satisfait cette contrainte, même seule :" in text
    assert "Refuser tout terrain du thème « alimentation » : sans cela, le meilleur ensemble" in text


def test_nothing_to_undo_is_said(open_page: Open) -> None:
    at = open_page("choisir")
    at.button(key="choose:undo").click().run()
    assert "rien à annuler" in at.toast[0].value


def test_terrains_are_required_or_set_aside_for_a_price(open_page: Open) -> None:
    at = open_page("choisir")
    at.multiselect(key="choose:required").set_value([SUT]).run()
    at.multiselect(key="choose:excluded").set_value([EPICERIE]).run()
    assert at.session_state[keys.CHOICE] == f"size=2,with={SUT},without={EPICERIE}"
    text = said(at)
    assert "Le meilleur choix de 2 terrains : Maison de l'alimentation, SuT." in text
    assert "Écarter Épicerie solidaire coûte 2,1 points" in text
    assert "Imposer SuT ne coûte rien" in text


def test_how_many_and_which_sets_are_listed_is_the_reader_s(open_page: Open) -> None:
    at = open_page("choisir")
    at.selectbox(key="choose:gap").set_value("2").run()
    assert at.session_state[keys.CHOICE] == "size=2,gap=2"
    assert len(at.selectbox(key="choose:shown").options) == 2
    at.selectbox(key="choose:gap").set_value("").run()
    at.selectbox(key="choose:limit").set_value(5).run()
    at.number_input(key="choose:size").set_value(1).run()
    assert at.session_state[keys.CHOICE] == "size=1,sets=5"
    assert "Le meilleur choix de 1 terrain : Épicerie solidaire." in said(at)
    assert len(at.selectbox(key="choose:shown").options) == 3


def test_another_set_can_be_looked_at(open_page: Open) -> None:
    at = open_page("choisir")
    assert "Thèmes : 3 sur 4 couverts. Grâce à l'ensemble : rien de nouveau." in said(at)
    at.selectbox(key="choose:shown").set_value(2).run()
    text = said(at)
    assert "Thèmes : 4 sur 4 couverts. Grâce à l'ensemble : entrepreneuriat." in text
    at.number_input(key="choose:size").set_value(3).run()
    assert at.selectbox(key="choose:shown").value == 0
    assert "Aucun ensemble qui perde quelque chose n'est montré." in said(at)


def test_a_conflict_is_said_with_what_lifting_each_gives(open_page: Open) -> None:
    text = said(open_page("choisir", choix=f"size=2,with={SUT},without={SUT},min1=theme/alimentation"))
    assert "Aucun ensemble de 2 terrains ne satisfait ces contraintes à la fois :" in text
    assert "Imposer SuT : sans cela, le meilleur ensemble totaliserait 48,5." in text
    assert "Écarter SuT : sans cela, le meilleur ensemble totaliserait 46,8." in text
    assert "Chacune est nécessaire à ce conflit" in text


def test_where_two_conflicts_stand_lifting_one_leaves_the_other(open_page: Open) -> None:
    asked = f"size=2,with={SUT},without={SUT},with={EPICERIE},without={EPICERIE}"
    text = said(open_page("choisir", choix=asked))
    assert "Imposer Épicerie solidaire : sans cela, il reste un autre conflit." in text


def test_a_conflict_with_what_is_unknown_says_that_it_could_matter(open_page: Open) -> None:
    text = said(open_page("choisir", choix="size=2,min1=theme/lieu"))
    assert "Exiger au moins 1 terrain du thème « lieu » (0 peut être choisi)" in text
    assert "1 terrain ne peut pas être choisi, car on n'en connaît pas tout : Vaux-sur-Poligny." in text
    assert "Vaux-sur-Poligny pourrait changer ce choix : il peut encore atteindre 34" in text
    text = said(open_page("choisir", choix="size=2,max0=theme/lieu"))
    assert "1 ne change rien à ce choix, même au plus qu'il puisse atteindre : Vaux-sur-Poligny." in text


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("min1=framework/private_practice", "du cadre d'émergence « Changement de pratiques"),
        ("max1=axis/2", "avec des enseignements sur l'axe « 2. Un processus d'accompagnement »"),
        ("max1=followed/", "parmi ceux déjà suivis"),
        ("min1=new/theme", "d'un thème qu'aucun terrain suivi n'a"),
        ("min2=new/framework", "2 terrains d'un cadre d'émergence qu'aucun terrain suivi n'a"),
    ],
)
def test_each_kind_of_group_has_its_words(open_page: Open, part: str, words: str) -> None:
    assert words in said(open_page("choisir", choix=part))


def test_the_address_keeps_what_is_asked_and_of_which_scores(open_page: Open) -> None:
    at = open_page("choisir", choix=BUSINESS, scores="published")
    assert at.selectbox(key="choose:source").value == "published"
    assert "coûte 1,7 point" in said(at)
    assert in_address(at) == BUSINESS
    at.selectbox(key="choose:source").set_value("official").run()
    assert keys.QUERY_SOURCE not in at.query_params


def test_an_address_that_is_not_understood_or_no_longer_true_is_said(open_page: Open) -> None:
    at = open_page("choisir", choix="beaucoup")
    assert "« beaucoup », dans l'adresse de ce choix, n'est pas compris" in said(at)
    assert "Total : 48,5" in said(at)
    at = open_page("choisir", choix="min1=theme/eau,with=vaux-sur-poligny")
    assert "2 contraintes sont mises de côté" in said(at)


def test_it_is_all_said_in_english_too(open_page: Open) -> None:
    text = said(open_page("choisir", "en", choix=f"size=2,{BUSINESS},max1=theme/alimentation"))
    assert "The best choice of 2 terrains: Épicerie solidaire, SuT." in text
    assert "Together the constraints cost 1.7 points: without any, the best set would total 48.5." in text
    assert "costs nothing: without this, no set would total more." in text
    assert "The next set takes Maison de l'alimentation in the place of Épicerie solidaire" in text
    assert "Themes: 4 of 4 covered. Thanks to the set: entrepreneuriat." in text


def test_half_a_point_is_plural_in_english_and_less_than_a_hundredth_is_said_so(
    open_page: Open, settings: Settings
) -> None:
    def three(db: Database) -> None:
        empty(db)
        whole = constant(current_grid(db), 1)
        for code, change in (("a", "1"), ("b", "499/500"), ("c", "1/2")):
            add(db, Terrain(code=code, name=code.upper()), whole | {"mirror": Fraction(change)})

    store(settings, three)
    text = said(open_page("choisir", "en", choix="size=1,without=a"))
    assert "Setting A aside costs less than 0.01 point: without this" in text
    assert "loses 0.5 points" in text
    assert "&lt; 0.01" in text
    assert "perd 0,5 point." in said(open_page("choisir", choix="size=1,without=a"))


def test_without_a_terrain_there_is_a_way_to_make_one(open_page: Open, settings: Settings) -> None:
    store(settings, empty)
    at = open_page("choisir")
    assert "Aucun terrain n'est entièrement connu" in at.info[0].value
    assert not at.exception


def test_where_all_is_unknown_the_terrains_are_named_and_can_be_rated(open_page: Open) -> None:
    text = said(open_page("choisir", scores="rated"))
    assert "Aucun terrain n'est entièrement connu" in text
    assert "4 terrains ne peuvent pas être choisis" in text
    assert "Vaux-sur-Poligny" in text


def test_one_terrain_alone_is_the_only_choice(open_page: Open, settings: Settings) -> None:
    def one(db: Database) -> None:
        empty(db)
        add(db, Terrain(code="seul", name="*Seul* <b>"), constant(current_grid(db), 1))

    store(settings, one)
    text = said(open_page("choisir"))
    assert "Le meilleur choix de 1 terrain : *Seul* <b>. Total" not in text.replace("** ", "")
    assert "*Seul* <b>" in text
    assert "Il n'y en a pas d'autre." in text


def test_ties_are_counted_as_far_as_they_are_listed(open_page: Open, settings: Settings) -> None:
    def equals(db: Database) -> None:
        empty(db)
        add_many(db, 30, same=True)

    store(settings, equals)
    at = open_page("choisir", choix="size=3")
    assert "10 ensembles ou plus totalisent 51. Les totaux ne les départagent pas." in said(at)
    assert "chacun perd 0 point ou davantage" in said(at)
    at = open_page("choisir", choix="size=29,sets=50")
    assert "30 ensembles totalisent 493. Les totaux ne les départagent pas." in said(at)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_thousand_terrains_are_chosen_from(open_page: Open, settings: Settings, language: str) -> None:
    store(settings, lambda db: add_many(db, 1000, unknown=2))
    at = open_page("choisir", language, choix="size=12,min2=axis/1,max3=theme/eau,min1=new/theme")
    text = said(at)
    assert "12 terrains" in text
    assert len(at.selectbox(key="choose:shown").options) == 10
    assert "…" in text
    assert "n'ont pas été essayés" in text or "were not tried" in text


def test_a_thousand_terrains_are_chosen_from_again(open_page: Open, settings: Settings) -> None:
    store(settings, lambda db: add_many(db, 1000))
    at = open_page("choisir")
    at.number_input(key="choose:size").set_value(30).run()
    assert "Le meilleur choix de 30 terrains" in said(at)


def stopped_at(width: int) -> Callable[..., Found]:
    return lambda *asked, **options: search(*asked, **options | {"width": width, "step": 1})


def test_a_search_that_stopped_is_said_with_a_bound(
    open_page: Open, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores, rows = tangled()

    def tangle(db: Database) -> None:
        empty(db)
        whole = constant(current_grid(db), 1)
        for place, score in enumerate(scores):
            themes = tuple(f"g{at}" for at, row in enumerate(rows) if place in row.items)
            one = Terrain(code=f"t{place:02}", name=f"Terrain {place}", themes=themes)
            add(db, one, whole | {"mirror": Fraction(score, 150)})

    store(settings, tangle)
    asked = ",".join(["size=4", *(f"min1=theme/g{at}" for at in range(len(rows)))])
    monkeypatch.setattr(portfolio, "search", stopped_at(20))
    text = said(open_page("choisir", choix=asked))
    assert "il peut exister un meilleur ensemble, mais aucun ne totalise plus de" in text
    assert "il peut manquer des ensembles aussi bons que ceux-ci" in text
    assert "On ne sait pas ce que les contraintes coûtent ensemble" in text
    assert "la recherche a été arrêtée avant le prix exact" in text
    monkeypatch.setattr(portfolio, "search", stopped_at(1))
    text = said(open_page("choisir", choix=asked))
    assert "La recherche a été arrêtée avant de trouver un ensemble" in text
    text = said(open_page("choisir", choix=asked + ",with=t00,without=t00"))
    assert "Imposer Terrain 0" in text
