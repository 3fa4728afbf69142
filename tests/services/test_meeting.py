"""A meeting's life: made, changed, opened, led, taken away; each step by whom it belongs to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ect.domain.meeting import TITLE_LIMIT, Abstentions, Action, Settings, Stage, Status
from ect.services.catalogue import list_terrains
from ect.services.meeting import (
    ALPHABET,
    CODE_LENGTH,
    back,
    change,
    counters,
    create,
    delete,
    find,
    list_meetings,
    new_code,
    open_meeting,
    point_at,
    reveal,
    start_deciding,
    start_round,
    start_timer,
)
from ect.services.membership import ORGANISER, Actor
from ect.services.seating import (
    set_recusals,
)
from ect.services.voting import sheet, vote
from ect.storage.database import Database
from tests.services.meetings import (
    BLIND,
    CHATEL,
    OPENLY,
    STRANGER,
    SUT,
    VAUX,
    again,
    chained,
    closed,
    leading,
    level,
    opened,
    prepared,
    refused,
    rows_of,
    seat_of,
    seated,
)

NEED = (SUT, "need")


def test_a_meeting_is_prepared_with_its_terrains_in_their_order(db: Database) -> None:
    settings = Settings(names_required=False, abstentions=Abstentions.HALF, free_joining=False)
    key = create(db, ORGANISER, "  Comité  de\tmars ", [VAUX, SUT], settings)
    found = find(db, ORGANISER, key)
    assert (found.title, found.terrains, found.settings) == ("Comité de mars", (VAUX, SUT), settings)
    assert found.status == Status(Stage.PREPARED, 0, blind=True)
    assert (found.demo, found.pointed_at, found.timer_ends_at, found.closed_at) == (False, None, None, None)
    assert found.created_at.tzinfo is not None


def test_meetings_are_listed_the_newest_first(db: Database) -> None:
    first, second = prepared(db), prepared(db)
    assert [meeting.key for meeting in list_meetings(db, ORGANISER)] == [second, first]


def test_meetings_are_read_by_who_leads_them(db: Database) -> None:
    key, other = opened(db), opened(db)
    alice, bob, far = seated(db, key, "alice"), leading(db, key, "bob"), leading(db, other, "far")
    assert find(db, bob, key) == find(db, ORGANISER, key)
    for actor in (alice, far, STRANGER):
        with refused("meeting_not_allowed"):
            find(db, actor, key)
    for actor in (bob, STRANGER):
        with refused("meeting_not_allowed"):
            list_meetings(db, actor)


def test_a_code_to_join_by_is_never_read_one_way_for_another() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("O0I18")
    assert len(ALPHABET) ** CODE_LENGTH >= 2**40


@pytest.mark.parametrize("actor", [STRANGER, Actor(seat=1)])
def test_only_the_organiser_prepares_a_meeting(db: Database, actor: Actor) -> None:
    with refused("meeting_not_allowed", action=Action.PREPARE):
        create(db, actor, "Comité", [SUT], BLIND)
    assert list_meetings(db, ORGANISER) == []


@pytest.mark.parametrize("title", ["", " \n", "x" * (TITLE_LIMIT + 1)])
def test_a_meeting_takes_a_title_that_can_be_shown(db: Database, title: str) -> None:
    with refused("meeting_title_wrong", limit=TITLE_LIMIT):
        create(db, ORGANISER, title, [SUT], BLIND)
    assert list_meetings(db, ORGANISER) == []
    create(db, ORGANISER, "x" * TITLE_LIMIT, [SUT], BLIND)


def test_a_meeting_takes_one_to_twelve_terrains_each_once(db: Database) -> None:
    codes = [terrain.code for terrain in list_terrains(db)]
    for wrong in ([], codes[:13], [SUT, SUT]):
        with refused("meeting_terrains_wrong", fewest=1, most=12, found=len(wrong)):
            create(db, ORGANISER, "Comité", wrong, BLIND)
    with refused("terrain_unknown", terrain="nowhere"):
        create(db, ORGANISER, "Comité", [SUT, "nowhere"], BLIND)
    assert rows_of(db)["meeting"] == rows_of(db)["audit"] == 0
    create(db, ORGANISER, "Comité", codes[:12], BLIND)


def test_what_was_prepared_can_be_changed_until_rating_starts(db: Database) -> None:
    key = opened(db)
    changed = Settings(free_joining=False, blind=False, names_shown=True)
    change(db, ORGANISER, key, "Comité d'avril", [VAUX, CHATEL], changed)
    found = find(db, ORGANISER, key)
    assert (found.title, found.terrains, found.settings) == ("Comité d'avril", (VAUX, CHATEL), changed)
    assert found.status == Status(Stage.OPEN, 0, blind=False)
    start_round(db, ORGANISER, key)
    with refused("meeting_not_now", action=Action.PREPARE, stage=Stage.RATING):
        change(db, ORGANISER, key, "Comité de mai", [SUT], BLIND)
    assert find(db, ORGANISER, key).title == "Comité d'avril"


def test_a_wrong_change_leaves_everything_as_it_was(db: Database) -> None:
    key = prepared(db)
    before = find(db, ORGANISER, key)
    with refused("meeting_title_wrong"):
        change(db, ORGANISER, key, " ", [CHATEL], OPENLY)
    with refused("terrain_unknown"):
        change(db, ORGANISER, key, "Autre", ["nowhere"], OPENLY)
    assert find(db, ORGANISER, key) == before


@pytest.mark.parametrize(
    "other", [Settings(blind=False), Settings(names_shown=True), Settings(names_required=False)]
)
def test_the_secrecy_under_which_somebody_rated_stays_after_a_step_back(
    db: Database, other: Settings
) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    back(db, ORGANISER, key)
    change(db, ORGANISER, key, "Personne n'a noté", [SUT, VAUX], other)
    change(db, ORGANISER, key, "Comité", [SUT, VAUX], BLIND)
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 1))
    back(db, ORGANISER, key)
    with refused("secrecy_settled"):
        change(db, ORGANISER, key, "Autre titre", [SUT, VAUX], other)
    change(db, ORGANISER, key, "Autre titre", [SUT, VAUX], Settings(abstentions=Abstentions.HALF))
    assert find(db, ORGANISER, key).title == "Autre titre"


def test_a_meeting_goes_through_its_stages_and_each_is_chained(db: Database) -> None:
    key = closed(db)
    found = find(db, ORGANISER, key)
    assert found.status == Status(Stage.CLOSED, 1, blind=True)
    assert found.closed_at is not None
    assert [event.event for event in chained(db, key)] == [
        "prepared",
        "open",
        "joined",
        "round_started",
        "revealed",
        "start_deciding",
        "decided",
        "decided",
        "closed",
    ]


def test_a_step_back_loses_no_vote(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 1))
    back(db, ORGANISER, key)
    assert find(db, ORGANISER, key).status == Status(Stage.OPEN, 0)
    assert sheet(db, alice, key).cells == ()
    start_round(db, ORGANISER, key)
    assert sheet(db, alice, key).given == {NEED: level("need", 1)}


def test_what_was_revealed_is_never_left_backwards(db: Database) -> None:
    key = opened(db)
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    with refused("meeting_not_now", action=Action.BACK, stage=Stage.REVEALED):
        back(db, ORGANISER, key)
    start_round(db, ORGANISER, key, [NEED])
    with refused("meeting_not_now", action=Action.BACK, stage=Stage.RATING):
        back(db, ORGANISER, key)
    with refused("meeting_not_now", action=Action.PREPARE):
        change(db, ORGANISER, key, "Comité", [SUT, VAUX], OPENLY)


def test_deciding_is_left_for_another_discussion(db: Database) -> None:
    key = opened(db)
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    back(db, ORGANISER, key)
    assert find(db, ORGANISER, key).status == Status(Stage.REVEALED, 1)


def test_another_round_says_what_it_asks_again(db: Database) -> None:
    key = opened(db)
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    for nothing in ([], [(CHATEL, "need")]):
        with refused("round_without_cells"):
            start_round(db, ORGANISER, key, nothing)
    with refused("criterion_unknown", criterion="beauty"):
        start_round(db, ORGANISER, key, [(SUT, "beauty")])
    assert find(db, ORGANISER, key).status == Status(Stage.REVEALED, 1)


def test_the_terrain_in_hand_is_the_first_until_somebody_points_at_another(db: Database) -> None:
    key = opened(db)
    start_round(db, ORGANISER, key)
    assert find(db, ORGANISER, key).pointed_at == SUT
    point_at(db, ORGANISER, key, VAUX)
    again(db, key, [NEED])
    assert find(db, ORGANISER, key).pointed_at == VAUX
    with refused("terrain_unknown", terrain=CHATEL):
        point_at(db, ORGANISER, key, CHATEL)


def test_a_terrain_taken_out_is_no_longer_pointed_at(db: Database) -> None:
    key = opened(db)
    point_at(db, ORGANISER, key, VAUX)
    change(db, ORGANISER, key, "Comité", [CHATEL, SUT], BLIND)
    assert find(db, ORGANISER, key).pointed_at is None
    start_round(db, ORGANISER, key)
    assert find(db, ORGANISER, key).pointed_at == CHATEL


def test_a_timer_runs_for_one_to_120_minutes_and_stops_with_the_round(db: Database) -> None:
    key = opened(db)
    for wrong in (0, 121, -5):
        with refused("timer_out_of_range", found=wrong):
            start_timer(db, ORGANISER, key, wrong)
    start_round(db, ORGANISER, key)
    before = datetime.now(UTC)
    start_timer(db, ORGANISER, key, 5)
    ends_at = find(db, ORGANISER, key).timer_ends_at
    assert ends_at is not None
    assert timedelta(minutes=5) <= ends_at - before < timedelta(minutes=6)
    start_timer(db, ORGANISER, key, None)
    assert find(db, ORGANISER, key).timer_ends_at is None
    start_timer(db, ORGANISER, key, 120)
    reveal(db, ORGANISER, key)
    assert find(db, ORGANISER, key).timer_ends_at is None


def test_screens_follow_steps_and_not_votes(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    before = counters(db, key)
    assert before is not None
    vote(db, alice, key, SUT, level("need", 1))
    assert counters(db, key) == (before[0] + 1, before[1])
    point_at(db, ORGANISER, key, VAUX)
    assert counters(db, key) == (before[0] + 2, before[1] + 1)
    assert counters(db, key + 1) is None


def test_a_meeting_that_does_not_exist_is_unknown(db: Database) -> None:
    with refused("meeting_unknown"):
        find(db, ORGANISER, 1)
    with refused("meeting_unknown"):
        open_meeting(db, ORGANISER, 1)
    with refused("meeting_unknown"):
        delete(db, ORGANISER, 1)


def test_a_meeting_is_deleted_before_it_is_rated_and_not_after(db: Database) -> None:
    key = opened(db)
    start_round(db, ORGANISER, key)
    with refused("meeting_not_now", action=Action.DELETE, stage=Stage.RATING):
        delete(db, ORGANISER, key)
    back(db, ORGANISER, key)
    delete(db, ORGANISER, key)
    with refused("meeting_unknown"):
        find(db, ORGANISER, key)


def test_nothing_of_a_deleted_meeting_is_left_but_the_audit(db: Database) -> None:
    before = rows_of(db)
    key = opened(db)
    alice = seated(db, key, "alice")
    set_recusals(db, alice, key, seat_of(alice), [VAUX])
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 1))
    back(db, ORGANISER, key)
    delete(db, ORGANISER, key)
    assert rows_of(db) == before | {"audit": len(chained(db, key))}
    assert chained(db, key)[-1].event == "deleted"


@pytest.mark.parametrize("stage", ["prepared", "open", "rating", "revealed", "deciding"])
def test_a_demonstration_is_deleted_at_any_time(db: Database, stage: str) -> None:
    key = prepared(db, demo=True)
    steps = [open_meeting, start_round, reveal, start_deciding]
    for step in steps[: ["prepared", "open", "rating", "revealed", "deciding"].index(stage)]:
        step(db, ORGANISER, key)
    assert find(db, ORGANISER, key).status.stage.value == stage
    delete(db, ORGANISER, key)
    assert list_meetings(db, ORGANISER) == []


def test_a_demonstration_is_deleted_by_who_leads_it_only(db: Database) -> None:
    key = opened(db, demo=True)
    alice, bob = seated(db, key, "alice"), leading(db, key, "bob")
    start_round(db, ORGANISER, key)
    for actor in (alice, STRANGER):
        with refused("meeting_not_allowed", action=Action.DELETE):
            delete(db, actor, key)
    delete(db, bob, key)
    assert (chained(db, key)[-1].event, chained(db, key)[-1].actor) == ("deleted", "P2")


def test_the_key_of_a_deleted_meeting_or_seat_is_never_used_again(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    delete(db, ORGANISER, key)
    other = opened(db)
    bob = seated(db, other, "bob")
    assert other > key
    assert seat_of(bob) > seat_of(alice)
    assert [event.event for event in chained(db, other)] == ["prepared", "open", "joined"]
