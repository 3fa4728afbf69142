"""The pages of a meeting, at every stage, for who leads and for who rates."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ect.domain.meeting import Settings as MeetingSettings
from ect.domain.meeting import Stage, Verdict
from ect.domain.rating import Answer, Rating
from ect.services.deciding import close, decide
from ect.services.meeting import (
    create,
    find,
    list_meetings,
    open_meeting,
    point_at,
    reveal,
    start_deciding,
    start_round,
    start_timer,
)
from ect.services.membership import ORGANISER, Actor
from ect.services.opening import open_database
from ect.services.seating import SeatKind, Ticket, add_seat, join, remove_seat, seats_of
from ect.services.simulation import create_demo, play_round
from ect.services.voting import sheet, vote
from ect.settings import Settings
from ect.storage.database import Database
from ect.ui import access
from tests.pages.conftest import Open, texts

SUT, VAUX = "sut", "vaux-sur-poligny"


@pytest.fixture
def store(settings: Settings) -> Database:
    return open_database(settings)


@pytest.fixture
def demo(store: Database) -> int:
    return create_demo(store, ORGANISER, "Essai", "Joueur {number}")


def revealed(store: Database, key: int) -> None:
    start_round(store, ORGANISER, key)
    play_round(store, ORGANISER, key)
    reveal(store, ORGANISER, key)


def participant(monkeypatch: pytest.MonkeyPatch, key: int, device: str) -> None:
    monkeypatch.setattr(access, "organiser", lambda: False)
    monkeypatch.setattr(access, "ticket", lambda: Ticket(key, device))


def test_a_meeting_is_prepared_opened_and_deleted(open_page: Open, store: Database) -> None:
    at = open_page("seance")
    at.button(key="meetings:new").click().run()
    at.text_input[0].set_value("Comité d'automne")
    at.button[1].click().run()
    (meeting,) = list_meetings(store, ORGANISER)
    assert (meeting.title, meeting.status.stage) == ("Comité d'automne", Stage.PREPARED)
    at.text_input[1].set_value("Camille")
    next(b for b in at.button if b.label == "Ajouter la place").click().run()
    assert [seat.name for seat in seats_of(store, ORGANISER, meeting.key)] == ["Camille"]
    at.button[0].click().run()
    next(b for b in at.button if b.label == "Supprimer").click().run()
    assert list_meetings(store, ORGANISER)
    next(b for b in at.button if b.label == "Supprimer la séance").click().run()
    assert list_meetings(store, ORGANISER) == []
    assert not at.exception


def test_a_meeting_without_a_title_is_refused_in_one_sentence(open_page: Open, store: Database) -> None:
    at = open_page("seance")
    at.button(key="meetings:new").click().run()
    at.button[1].click().run()
    assert "titre" in at.error[0].value
    assert list_meetings(store, ORGANISER) == []


def test_a_demonstration_goes_in_one_click(open_page: Open, store: Database, demo: int) -> None:
    at = open_page("seance")
    assert find(store, ORGANISER, demo).demo
    next(b for b in at.button if b.label == "Supprimer").click().run()
    assert list_meetings(store, ORGANISER) == []


def test_who_leads_goes_from_stage_to_stage(open_page: Open, store: Database, demo: int) -> None:
    at = open_page("animer")
    at.button(key="lead:step").click().run()
    assert find(store, ORGANISER, demo).status.stage is Stage.RATING
    assert "Ce que pense la salle" not in texts(at)
    at.button(key="lead:play").click().run()
    at.radio(key="lead:terrain").set_value(SUT).run()
    assert find(store, ORGANISER, demo).pointed_at == SUT
    next(b for b in at.button if b.label == "Lancer le minuteur").click().run()
    assert find(store, ORGANISER, demo).timer_ends_at
    next(b for b in at.button if b.label == "Arrêter le minuteur").click().run()
    at.button(key="lead:step").click().run()
    assert find(store, ORGANISER, demo).status.stage is Stage.REVEALED
    assert "Ce que pense la salle" in texts(at)
    at.button(key="lead:again").click().run()
    assert (find(store, ORGANISER, demo).status.stage, find(store, ORGANISER, demo).status.round) == (
        Stage.RATING,
        2,
    )
    at.button(key="lead:play").click().run()
    at.button(key="lead:step").click().run()
    assert "Depuis le premier tour" in texts(at)
    at.button(key="lead:step").click().run()
    assert find(store, ORGANISER, demo).status.stage is Stage.DECIDING
    at.button(key="lead:back").click().run()
    assert find(store, ORGANISER, demo).status.stage is Stage.REVEALED
    assert not at.exception
    assert not at.error


def test_seats_are_managed_from_the_desk(open_page: Open, store: Database) -> None:
    key = create(store, ORGANISER, "Comité", [SUT, VAUX], MeetingSettings())
    open_meeting(store, ORGANISER, key)
    seat = join(store, Ticket(key, "device"), "Camille")
    at = open_page("animer")
    for label in ("Confier l'animation", "Reprendre l'animation", "Retirer (ses votes ne comptent plus)"):
        next(b for b in at.button if b.label == label).click().run()
    assert [s.removed for s in seats_of(store, ORGANISER, key) if s.key == seat] == [True]
    next(b for b in at.button if b.label == "Faire revenir").click().run()
    assert [s.removed for s in seats_of(store, ORGANISER, key)] == [False]
    assert not at.exception


def test_a_paper_sheet_is_asked_for_who_has_a_seat_on_paper(open_page: Open, store: Database) -> None:
    key = create(store, ORGANISER, "Comité", [SUT], MeetingSettings())
    open_meeting(store, ORGANISER, key)
    start_round(store, ORGANISER, key)
    assert "sur papier" in texts(open_page("animer"))
    seat = add_seat(store, ORGANISER, key, "Camille", SeatKind.PAPER)
    at = open_page("animer")
    assert at.selectbox(key="paper:seat").value == seat
    next(b for b in at.button if b.label == "Enregistrer la feuille").click().run()
    assert sheet(store, Actor(seat=seat), key).given == {}
    assert not at.exception


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_wall_shows_the_way_in_then_how_far_the_room_is(
    open_page: Open, store: Database, demo: int, language: str
) -> None:
    at = open_page("animer", language, vue="projection", seance=str(demo))
    assert any("ect-qr" in element.proto.body for element in at.get("html"))
    start_round(store, ORGANISER, demo)
    start_timer(store, ORGANISER, demo, 5)
    at.run()
    assert [metric.value for metric in at.metric][:2] == ["8", "0 / 928"]
    play_round(store, ORGANISER, demo)
    reveal(store, ORGANISER, demo)
    at.run()
    assert not at.exception


def test_deciding_needs_motives_then_freezes(open_page: Open, store: Database, demo: int) -> None:
    at = open_page("decider")
    assert at.info
    revealed(store, demo)
    start_deciding(store, ORGANISER, demo)
    at = open_page("decider")
    assert at.button(key="decide:close").disabled
    next(b for b in at.button if b.label == "La mettre à la place de la moyenne").click().run()
    assert "raison" in at.error[0].value
    for terrain in find(store, ORGANISER, demo).terrains:
        decide(store, ORGANISER, demo, terrain, Verdict.CHOSEN, "Porté par un collectif")
    at = open_page("decider")
    at.button(key="decide:close").click().run()
    assert at.button(key="decide:close:yes")
    close(store, ORGANISER, demo)
    at = open_page("decider")
    assert "Retenu" in texts(at)
    assert not at.exception


def test_a_stranger_is_asked_for_the_code(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "organiser", lambda: False)
    at = open_page("accueil")
    assert at.title[0].value == "Rejoindre"
    for refused in ("code", "attente"):
        at.query_params["refus"] = refused
        at.run()
        assert at.error


def test_a_participant_sits_down_rates_and_sees_the_outcome(
    open_page: Open, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = create(store, ORGANISER, "Comité", [SUT, VAUX], MeetingSettings(names_shown=True))
    open_meeting(store, ORGANISER, key)
    participant(monkeypatch, key, "device")
    at = open_page("accueil")
    at.button[0].click().run()
    assert "nom" in at.error[0].value
    at.text_input[0].set_value("Camille")
    at.button[0].click().run()
    assert at.title[0].value == "Vous y êtes"
    (seat,) = seats_of(store, ORGANISER, key)
    start_round(store, ORGANISER, key)
    at.run()
    at.toggle(key="ballot:by-section").set_value(False).run()
    at.run()
    at.radio[0].set_value("2").run()
    at.run()
    assert sheet(store, Actor(seat=seat.key), key).given[SUT, "leadership"].value == 2
    at.button(key="ballot:next").click().run()
    at.run()
    at.radio[0].set_value("unknown").run()
    form = sheet(store, Actor(seat=seat.key), key)
    assert form.given[form.cells[1]].answer is Answer.UNKNOWN
    at.run()
    at.toggle(key="join:follow").set_value(False).run()
    at.selectbox(key="join:terrain").set_value(VAUX).run()
    assert at.title[0].value == "Vaux\\-sur\\-Poligny"
    reveal(store, ORGANISER, key)
    at.run()
    assert "Ce que pense la salle" in texts(at)
    start_deciding(store, ORGANISER, key)
    for terrain in (SUT, VAUX):
        decide(store, ORGANISER, key, terrain, Verdict.ADJOURNED, "Trop tôt")
    close(store, ORGANISER, key)
    at.run()
    assert "Trop tôt" in texts(at)
    assert not at.exception


def test_sliders_stand_for_buttons_on_a_wide_screen(
    open_page: Open, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = create(store, ORGANISER, "Comité", [SUT], MeetingSettings())
    open_meeting(store, ORGANISER, key)
    seat = join(store, Ticket(key, "device"), "Camille")
    start_round(store, ORGANISER, key)
    participant(monkeypatch, key, "device")
    at = open_page("accueil")
    assert [slider.value for slider in at.select_slider] == ["–"] * 5
    at.select_slider[0].set_value("1").run()
    assert sheet(store, Actor(seat=seat), key).given[SUT, "leadership"].value == 1
    assert not at.exception


def test_a_recused_person_neither_rates_nor_sees(
    open_page: Open, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = create(store, ORGANISER, "Comité", [SUT, VAUX], MeetingSettings())
    open_meeting(store, ORGANISER, key)
    seat, other = join(store, Ticket(key, "device"), "Camille"), join(store, Ticket(key, "other"), "Noor")
    start_round(store, ORGANISER, key)
    participant(monkeypatch, key, "device")
    at = open_page("accueil")
    at.multiselect[0].set_value([SUT]).run()
    at.button(key="join:recuse").click().run()
    assert [s.recused for s in seats_of(store, ORGANISER, key) if s.key == seat] == [frozenset({SUT})]
    assert "déporté" in texts(at)
    assert not at.radio
    vote(store, Actor(seat=other), key, SUT, Rating("leadership", Answer.LEVEL, Fraction(2)))
    reveal(store, ORGANISER, key)
    at.run()
    assert "SuT" not in texts(at)
    point_at(store, ORGANISER, key, VAUX)
    remove_seat(store, ORGANISER, key, seat)
    at.run()
    assert "retiré" in texts(at)


def test_two_prepared_seats_of_one_name_are_told_apart(
    open_page: Open, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = create(store, ORGANISER, "Comité", [SUT], MeetingSettings(free_joining=False))
    for name in ("Camille", "Noor", "Camille"):
        add_seat(store, ORGANISER, key, name)
    open_meeting(store, ORGANISER, key)
    participant(monkeypatch, key, "device")
    at = open_page("accueil")
    assert at.selectbox[0].options == ["Camille (P1)", "Noor", "Camille (P3)"]


def test_two_meetings_of_one_title_are_told_apart(open_page: Open, store: Database) -> None:
    keys = [create(store, ORGANISER, "Comité", [SUT], MeetingSettings()) for _ in range(2)]
    options = open_page("animer").selectbox[0].options
    assert len(set(options)) == 2
    assert [option.endswith(f"n° {key}") for option, key in zip(options, reversed(keys), strict=True)] == [
        True
    ] * 2
