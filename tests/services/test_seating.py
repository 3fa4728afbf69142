"""Joining, seats and recusals: who sits where, once, and what a conflict of interest closes."""

from __future__ import annotations

import pytest

from ect.domain.meeting import NAME_LIMIT, SELECTION, Action, Settings, Stage
from ect.services import seating
from ect.services.meeting import (
    change,
    counters,
    find,
    open_meeting,
    reveal,
    start_deciding,
    start_round,
)
from ect.services.membership import ORGANISER, Actor
from ect.services.seating import (
    SeatKind,
    Ticket,
    add_seat,
    admit,
    free_seat,
    hand_over,
    join,
    remove_seat,
    seat_held,
    seats_of,
    set_recusals,
    set_sections,
    waiting_seats,
)
from ect.services.voting import sheet, vote
from ect.storage.database import Database
from ect.storage.repositories.meetings import Seat
from tests.services.meetings import (
    BLIND,
    CHATEL,
    OPENLY,
    STRANGER,
    SUT,
    VAUX,
    chained,
    closed,
    leading,
    level,
    opened,
    prepared,
    refused,
    seat_of,
    seated,
)

SEATS_ONLY = Settings(free_joining=False)


def seat(db: Database, key: int, number: int) -> Seat:
    return seats_of(db, ORGANISER, key)[number - 1]


@pytest.mark.parametrize(
    "typed", ["{code}", "{lower}", " {code}\n", "{a} {b} {c}", "{a}-{b}-{c}", "{a}\u00a0{b}\t{c}"]
)
def test_a_code_is_read_however_it_is_typed(db: Database, typed: str) -> None:
    key = opened(db)
    code = find(db, ORGANISER, key).code
    words = typed.format(code=code, lower=code.lower(), a=code[:3], b=code[3:6], c=code[6:])
    assert admit(db, words, "phone") == Ticket(key, "phone")


@pytest.mark.parametrize("typed", ["", " ", "AAAAAAAAA", "%", "_________"])
def test_another_code_leads_nowhere(db: Database, typed: str) -> None:
    opened(db)
    assert admit(db, typed, "phone") is None


def test_a_code_lives_from_the_opening_to_the_end(db: Database) -> None:
    key = prepared(db)
    code = find(db, ORGANISER, key).code
    assert admit(db, code, "phone") is None
    for step in (open_meeting, start_round, reveal, start_deciding):
        step(db, ORGANISER, key)
        assert admit(db, code, "phone") is not None
    over = closed(db)
    assert admit(db, find(db, ORGANISER, over).code, "phone") is None


def test_nobody_joins_a_meeting_that_is_not_open_or_is_over(db: Database) -> None:
    early, over = prepared(db), closed(db)
    for key, stage in ((early, Stage.PREPARED), (over, Stage.CLOSED)):
        with refused("meeting_not_now", action=Action.JOIN, stage=stage):
            join(db, Ticket(key, "phone"), "Alice")
    with refused("meeting_unknown"):
        join(db, Ticket(over + 1, "phone"), "Alice")
    assert seats_of(db, ORGANISER, early) == []


def test_who_joins_sits_down_under_a_number(db: Database) -> None:
    key = opened(db)
    alice = join(db, Ticket(key, "phone"), "  Alice \t Merle ")
    found = seat(db, key, 1)
    assert (found.key, found.number, found.pseudonym, found.name) == (alice, 1, "P1", "Alice Merle")
    assert (found.kind, found.joined, found.facilitator, found.removed) == (
        SeatKind.PERSON,
        True,
        False,
        False,
    )
    assert (found.sections, found.recused) == ((), frozenset())
    assert seat_held(db, Ticket(key, "phone")) == found
    assert seat_held(db, Ticket(key, "tablet")) is None


def test_a_device_keeps_its_seat_whatever_it_says(db: Database) -> None:
    key = opened(db)
    named = add_seat(db, ORGANISER, key, "Bob")
    alice = join(db, Ticket(key, "phone"), "Alice")
    before = counters(db, key), len(chained(db, key))
    assert join(db, Ticket(key, "phone"), "Somebody else") == alice
    assert join(db, Ticket(key, "phone"), "Bob", named) == alice
    assert (counters(db, key), len(chained(db, key))) == before
    assert [found.name for found in seats_of(db, ORGANISER, key)] == ["Bob", "Alice"]


def test_the_cookie_of_a_device_is_not_in_the_store(db: Database) -> None:
    key = opened(db)
    join(db, Ticket(key, "a secret cookie"), "Alice")
    with db.read() as session:
        devices = session.connection().exec_driver_sql("SELECT device FROM seat").scalars().all()
    assert [len(str(device)) for device in devices] == [64]
    assert "cookie" not in str(devices)


def test_two_people_of_one_name_have_two_seats(db: Database) -> None:
    key = opened(db)
    assert join(db, Ticket(key, "phone"), "Alice") != join(db, Ticket(key, "tablet"), "Alice")
    assert [(found.pseudonym, found.name) for found in seats_of(db, ORGANISER, key)] == [
        ("P1", "Alice"),
        ("P2", "Alice"),
    ]


def test_one_device_sits_in_two_meetings(db: Database) -> None:
    first, second = opened(db), opened(db)
    assert join(db, Ticket(first, "phone"), "Alice") != join(db, Ticket(second, "phone"), "Alice")
    assert [seat(db, key, 1).number for key in (first, second)] == [1, 1]


def test_a_name_is_asked_where_names_are_required_only(db: Database) -> None:
    named, unnamed = opened(db), opened(db, Settings(names_required=False))
    with refused("name_needed"):
        join(db, Ticket(named, "phone"), " \n ")
    with refused("name_long", limit=NAME_LIMIT):
        join(db, Ticket(unnamed, "phone"), "x" * (NAME_LIMIT + 1))
    assert seats_of(db, ORGANISER, named) == seats_of(db, ORGANISER, unnamed) == []
    join(db, Ticket(unnamed, "phone"), "")
    join(db, Ticket(unnamed, "tablet"), "x" * NAME_LIMIT)
    assert [len(found.name) for found in seats_of(db, ORGANISER, unnamed)] == [0, NAME_LIMIT]


def test_where_seats_are_prepared_only_those_are_taken(db: Database) -> None:
    key = opened(db, SEATS_ONLY)
    bob = add_seat(db, ORGANISER, key, "Bob")
    with refused("seats_only"):
        join(db, Ticket(key, "phone"), "Alice")
    assert seat_held(db, Ticket(key, "phone")) is None
    assert not seat(db, key, 1).joined
    assert join(db, Ticket(key, "phone"), "", bob) == bob
    assert (seat(db, key, 1).name, seat(db, key, 1).joined) == ("Bob", True)


def test_a_seat_is_taken_once(db: Database) -> None:
    key = opened(db, SEATS_ONLY)
    bob = add_seat(db, ORGANISER, key, "Bob")
    join(db, Ticket(key, "phone"), "", bob)
    with refused("seat_taken", name="Bob"):
        join(db, Ticket(key, "tablet"), "", bob)
    assert seat_held(db, Ticket(key, "tablet")) is None


def test_a_seat_that_is_not_for_a_device_is_not_taken(db: Database) -> None:
    key, other = opened(db), opened(db)
    paper = add_seat(db, ORGANISER, key, "Pic", SeatKind.PAPER)
    played = add_seat(db, ORGANISER, key, "Geai", SeatKind.SIMULATED)
    gone = add_seat(db, ORGANISER, key, "Loriot")
    remove_seat(db, ORGANISER, key, gone)
    for taken in (paper, played, gone):
        with refused("seat_taken"):
            join(db, Ticket(key, "phone"), "", taken)
    elsewhere = add_seat(db, ORGANISER, other, "Merle")
    for unknown in (elsewhere, 99):
        with refused("seat_unknown"):
            join(db, Ticket(key, "phone"), "", unknown)


def test_a_full_meeting_takes_nobody_more(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seating, "SEATS", 2)
    key = opened(db)
    alice = join(db, Ticket(key, "phone"), "Alice")
    join(db, Ticket(key, "tablet"), "Bob")
    with refused("meeting_full", limit=2):
        join(db, Ticket(key, "laptop"), "Carol")
    with refused("meeting_full", limit=2):
        add_seat(db, ORGANISER, key, "Dominique")
    assert join(db, Ticket(key, "phone"), "Alice") == alice


def test_a_seat_is_prepared_with_a_name(db: Database) -> None:
    key = prepared(db, Settings(names_required=False))
    with refused("name_needed"):
        add_seat(db, ORGANISER, key, " ")
    add_seat(db, ORGANISER, key, "Merle")
    add_seat(db, ORGANISER, key, "Pic", SeatKind.PAPER)
    assert [(found.name, found.kind.value, found.joined) for found in seats_of(db, ORGANISER, key)] == [
        ("Merle", "person", False),
        ("Pic", "paper", True),
    ]


def test_a_removed_device_is_refused_until_its_seat_is_freed(db: Database) -> None:
    key = opened(db)
    alice = join(db, Ticket(key, "phone"), "Alice")
    remove_seat(db, ORGANISER, key, alice)
    with refused("seat_removed"):
        join(db, Ticket(key, "phone"), "Alice")
    with refused("seat_removed"):
        join(db, Ticket(key, "phone"), "Alice", add_seat(db, ORGANISER, key, "Bob"))
    assert seat(db, key, 1).removed
    free_seat(db, ORGANISER, key, alice)
    assert join(db, Ticket(key, "phone"), "", alice) == alice
    assert not seat(db, key, 1).removed


def test_a_freed_seat_is_taken_up_on_another_device_and_the_old_one_is_out(db: Database) -> None:
    key = opened(db)
    alice = join(db, Ticket(key, "phone"), "Alice")
    start_round(db, ORGANISER, key)
    vote(db, Actor(seat=alice), key, SUT, level("need", 2))
    free_seat(db, ORGANISER, key, alice)
    assert seat_held(db, Ticket(key, "phone")) is None
    with refused("meeting_not_allowed", action=Action.RATE):
        vote(db, Actor(seat=alice), key, SUT, level("need", 0))
    assert join(db, Ticket(key, "tablet"), "", alice) == alice
    assert sheet(db, Actor(seat=alice), key).given == {(SUT, "need"): level("need", 2)}


def test_whoever_takes_up_the_freed_seat_of_a_leader_does_not_lead(db: Database) -> None:
    key = opened(db)
    bob = leading(db, key, "bob")
    free_seat(db, ORGANISER, key, seat_of(bob))
    join(db, Ticket(key, "a stranger's device"), "", bob.seat)
    with refused("meeting_not_allowed"):
        start_round(db, bob, key)


def test_a_seat_nobody_sits_in_is_not_handed_the_meeting(db: Database) -> None:
    key, other = opened(db), opened(db)
    empty = add_seat(db, ORGANISER, key, "Bob")
    paper = add_seat(db, ORGANISER, key, "Pic", SeatKind.PAPER)
    gone = seat_of(seated(db, key, "Carol"))
    remove_seat(db, ORGANISER, key, gone)
    for number in (empty, paper, gone):
        with refused("seat_empty"):
            hand_over(db, ORGANISER, key, number, facilitator=True)
        hand_over(db, ORGANISER, key, number, facilitator=False)
    with refused("seat_unknown"):
        hand_over(db, ORGANISER, key, seat_of(seated(db, other, "Dan")), facilitator=True)
    assert not any(found.facilitator for found in seats_of(db, ORGANISER, key))


def test_who_leads_from_a_seat_hands_over_and_is_taken_back(db: Database) -> None:
    key = opened(db)
    bob, carol = leading(db, key, "bob"), seated(db, key, "carol")
    hand_over(db, bob, key, seat_of(carol), facilitator=True)
    hand_over(db, carol, key, seat_of(bob), facilitator=False)
    assert [found.facilitator for found in seats_of(db, ORGANISER, key)] == [False, True]
    with refused("meeting_not_allowed"):
        hand_over(db, bob, key, seat_of(bob), facilitator=True)


def test_seats_of_another_meeting_are_out_of_reach(db: Database) -> None:
    key, other = opened(db), opened(db)
    bob, alice = leading(db, key, "bob"), seated(db, other, "alice")
    before = seats_of(db, ORGANISER, other)
    for seat_key in (seat_of(alice), 99):
        for act in (remove_seat, free_seat):
            with refused("seat_unknown"):
                act(db, bob, key, seat_key)
        with refused("seat_unknown"):
            set_sections(db, bob, key, seat_key, ["hybrid"])
        with refused("seat_unknown"):
            set_recusals(db, bob, key, seat_key, [SUT])
    assert seats_of(db, ORGANISER, other) == before


def test_a_seat_may_be_asked_a_part_of_the_grid(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    assert len(sheet(db, alice, key).cells) == 2 * 29
    set_sections(db, ORGANISER, key, seat_of(alice), ["anchoring", "selection"])
    assert seat(db, key, 1).sections == ("anchoring", "selection")
    assert len(sheet(db, alice, key).cells_of(SUT)) == 5 + 9
    with refused("cell_not_asked", criterion="vision"):
        vote(db, alice, key, SUT, level("vision", 1))


def test_a_section_the_grid_has_not_is_assigned_to_nobody(db: Database) -> None:
    key = opened(db)
    alice = seat_of(seated(db, key, "Alice"))
    set_sections(db, ORGANISER, key, alice, ["anchoring", SELECTION])
    with refused("section_unknown", section="ancrage"):
        set_sections(db, ORGANISER, key, alice, ["hybrid", "ancrage"])
    assert seats_of(db, ORGANISER, key)[0].sections == ("anchoring", SELECTION)


def test_seats_are_listed_to_who_leads_and_the_waiting_ones_to_who_was_let_in(db: Database) -> None:
    key, other = opened(db), opened(db)
    alice, far = seated(db, key, "Alice"), leading(db, other, "Far")
    waiting = add_seat(db, ORGANISER, key, "Bob")
    for actor in (alice, far, STRANGER):
        with refused("meeting_not_allowed", action=Action.MANAGE_SEATS):
            seats_of(db, actor, key)
    assert [seat.key for seat in waiting_seats(db, Ticket(key, "phone"))] == [waiting]
    join(db, Ticket(key, "phone"), "", waiting)
    assert waiting_seats(db, Ticket(key, "phone")) == []


def test_anybody_recuses_themselves_and_takes_it_back_before_a_reveal(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    set_recusals(db, alice, key, seat_of(alice), [SUT, VAUX])
    assert seat(db, key, 1).recused == {SUT, VAUX}
    start_round(db, ORGANISER, key)
    set_recusals(db, alice, key, seat_of(alice), [VAUX])
    assert seat(db, key, 1).recused == {VAUX}
    events = [dict(event.details) for event in chained(db, key) if event.event == "recused"]
    assert events == [{"seat": "P1", "terrains": [SUT, VAUX]}, {"seat": "P1", "terrains": [VAUX]}]


def test_a_terrain_of_no_concern_to_the_meeting_is_nobody_s_recusal(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    set_recusals(db, alice, key, seat_of(alice), [CHATEL, "nowhere", VAUX])
    assert seat(db, key, 1).recused == {VAUX}


def test_who_leads_recuses_anybody_even_before_the_opening(db: Database) -> None:
    key = prepared(db)
    bob = add_seat(db, ORGANISER, key, "Bob")
    set_recusals(db, ORGANISER, key, bob, [SUT])
    open_meeting(db, ORGANISER, key)
    carol = leading(db, key, "carol")
    set_recusals(db, carol, key, bob, [SUT, VAUX])
    assert seat(db, key, 1).recused == {SUT, VAUX}


def test_nobody_recuses_somebody_else_from_a_plain_seat(db: Database) -> None:
    key, other = opened(db), opened(db)
    alice, bob = seated(db, key, "alice"), seated(db, key, "bob")
    stranger = seated(db, other, "stranger")
    for actor in (bob, stranger, STRANGER):
        with refused("meeting_not_allowed", action=Action.RECUSE):
            set_recusals(db, actor, key, seat_of(alice), [SUT])
    assert seat(db, key, 1).recused == frozenset()


@pytest.mark.parametrize("stage", ["revealed", "second round", "deciding"])
def test_a_recusal_is_not_taken_back_after_a_reveal_even_by_who_leads(db: Database, stage: str) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    set_recusals(db, alice, key, seat_of(alice), [VAUX])
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    if stage == "second round":
        start_round(db, ORGANISER, key, [(VAUX, "need")])
    if stage == "deciding":
        start_deciding(db, ORGANISER, key)
    for actor in (alice, ORGANISER):
        for fewer in ([], [SUT]):
            with refused("recusal_stays"):
                set_recusals(db, actor, key, seat_of(alice), fewer)
    set_recusals(db, alice, key, seat_of(alice), [SUT, VAUX])
    assert seat(db, key, 1).recused == {SUT, VAUX}


def test_a_recusal_stays_once_an_open_meeting_shows_its_ratings(db: Database) -> None:
    key = opened(db, OPENLY)
    alice = seated(db, key, "alice")
    set_recusals(db, alice, key, seat_of(alice), [VAUX])
    start_round(db, ORGANISER, key)
    with refused("recusal_stays"):
        set_recusals(db, alice, key, seat_of(alice), [])


def test_a_recusal_from_a_terrain_that_was_taken_out_bars_no_other(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    set_recusals(db, alice, key, seat_of(alice), [VAUX])
    change(db, ORGANISER, key, "Comité", [SUT, CHATEL], BLIND)
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    set_recusals(db, alice, key, seat_of(alice), [CHATEL])
    assert seat(db, key, 1).recused == {VAUX, CHATEL}


def test_nobody_is_recused_once_a_meeting_is_closed(db: Database) -> None:
    key = closed(db)
    with refused("meeting_not_now", action=Action.RECUSE, stage=Stage.CLOSED):
        set_recusals(db, ORGANISER, key, seat(db, key, 1).key, [SUT])
