"""A meeting for one: simulated participants answer what they are asked, the same way each time."""

from __future__ import annotations

from fractions import Fraction

from ect.domain.meeting import Action, Stage
from ect.services.deliberation import results
from ect.services.meeting import find, list_meetings, reveal, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.reference import current_grid
from ect.services.seating import SeatKind, remove_seat, seats_of, set_recusals
from ect.services.simulation import add_players, create_demo, play_round
from ect.services.voting import progress, sheet, vote
from ect.storage.database import Database
from tests.services.meetings import (
    STRANGER,
    SUT,
    VAUX,
    again,
    leading,
    level,
    opened,
    refused,
    rows_of,
    seated,
)


def test_a_demonstration_is_made_in_one_go_of_the_candidates_and_labelled_players(db: Database) -> None:
    found = find(db, ORGANISER, create_demo(db, ORGANISER, "Essai", "Joueur {number}"))
    assert (found.demo, found.status.stage) == (True, Stage.OPEN)
    assert {SUT, VAUX} <= set(found.terrains)
    seats = seats_of(db, ORGANISER, found.key)
    assert [seat.name for seat in seats] == [f"Joueur {number}" for number in range(1, 9)]
    assert {seat.kind for seat in seats} == {SeatKind.SIMULATED}


def test_only_who_leads_makes_players_or_lets_them_answer(db: Database) -> None:
    with refused("meeting_not_allowed"):
        create_demo(db, STRANGER, "Essai", "Joueur {number}")
    assert list_meetings(db, ORGANISER) == []
    key = opened(db, demo=True)
    alice, bob = seated(db, key, "alice"), leading(db, key, "bob")
    with refused("meeting_not_allowed", action=Action.MANAGE_SEATS):
        add_players(db, alice, key, "Joueur {number}")
    add_players(db, bob, key, "Joueur {number}", 1)
    with refused("meeting_not_now", stage=Stage.OPEN):
        play_round(db, bob, key)
    start_round(db, ORGANISER, key)
    with refused("meeting_not_allowed"):
        play_round(db, alice, key)
    assert rows_of(db)["vote"] == 0


def test_players_answer_all_they_are_asked_once_and_leave_people_alone(db: Database) -> None:
    key = opened(db, demo=True)
    alice = seated(db, key, "alice")
    add_players(db, ORGANISER, key, "Joueur {number}", 2)
    add_players(db, ORGANISER, key, "Joueur {number}", 2)
    assert [seat.name for seat in seats_of(db, ORGANISER, key)[1:]] == [f"Joueur {n}" for n in (1, 2, 3, 4)]
    first, second = (seat.key for seat in seats_of(db, ORGANISER, key)[1:3])
    remove_seat(db, ORGANISER, key, first)
    set_recusals(db, ORGANISER, key, second, [VAUX])
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    assert play_round(db, ORGANISER, key) == 29 + 58 + 58
    assert play_round(db, ORGANISER, key) == 0
    assert [(one.answered, one.asked) for one in progress(db, ORGANISER, key)] == [
        (1, 58),
        (29, 29),
        (58, 58),
        (58, 58),
    ]
    assert sheet(db, alice, key).given == {(SUT, "need"): level("need", 2)}


def test_the_same_meeting_played_twice_gives_the_same_votes(db: Database) -> None:
    played = []
    for _ in range(2):
        key = opened(db, demo=True)
        add_players(db, ORGANISER, key, "Joueur {number}")
        start_round(db, ORGANISER, key)
        play_round(db, ORGANISER, key)
        reveal(db, ORGANISER, key)
        played.append(results(db, ORGANISER, key).votes)
    assert played[0] == played[1]
    assert {one.rating.answer.value for one in played[0]} == {"level", "unknown", "abstain"}


def test_players_come_closer_in_a_second_round(db: Database) -> None:
    key = opened(db, demo=True)
    add_players(db, ORGANISER, key, "Joueur {number}")
    start_round(db, ORGANISER, key)
    play_round(db, ORGANISER, key)
    asked = sheet(db, Actor(seat=seats_of(db, ORGANISER, key)[0].key), key).cells
    again(db, key, asked)
    play_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    found = results(db, ORGANISER, key)
    spread = [
        (one.before.spread or Fraction(), one.after.spread or Fraction()) for one in found.movements(SUT)
    ]
    assert sum(after for _before, after in spread) < sum(before for before, _after in spread)


def test_players_come_closer_on_what_was_last_asked_some_rounds_ago(db: Database) -> None:
    key = opened(db, demo=True)
    add_players(db, ORGANISER, key, "Joueur {number}")
    start_round(db, ORGANISER, key)
    cells = [(SUT, criterion.code) for criterion in current_grid(db)]
    for asked in ([(VAUX, "need")], cells):
        play_round(db, ORGANISER, key)
        again(db, key, asked)
    play_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    assert sum(one.moved for one in results(db, ORGANISER, key).movements(SUT)) > 0


def test_invented_votes_never_enter_a_real_meeting(db: Database) -> None:
    key = opened(db)
    with refused("players_in_demo_only"):
        add_players(db, ORGANISER, key, "Joueur {number}")
    start_round(db, ORGANISER, key)
    with refused("players_in_demo_only"):
        play_round(db, ORGANISER, key)
    assert rows_of(db)["seat"] == rows_of(db)["vote"] == 0
