"""Who does what in a meeting: the organiser, who leads from a seat, who votes, and everybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ect.domain.meeting import Action, Stage
from ect.services.deciding import close, decide, settle
from ect.services.deliberation import results
from ect.services.meeting import (
    back,
    change,
    delete,
    find,
    open_meeting,
    point_at,
    reveal,
    start_deciding,
    start_round,
    start_timer,
)
from ect.services.membership import ORGANISER, Actor
from ect.services.seating import (
    add_seat,
    free_seat,
    hand_over,
    remove_seat,
    seats_of,
    set_recusals,
    set_sections,
)
from ect.services.voting import progress, sheet, vote
from ect.storage.database import Database
from tests.services.meetings import (
    BLIND,
    STRANGER,
    SUT,
    VAUX,
    chained,
    leading,
    level,
    opened,
    refused,
    rows_of,
    seat_of,
    seated,
)

# What each may do in a first round; the rest of the table is the domain's to test.
ACTIONS: dict[str, Callable[[Database, Actor, int], object]] = {
    "change": lambda db, actor, key: change(db, actor, key, "Comité", [SUT], BLIND),
    "delete": delete,
    "open": open_meeting,
    "back": back,
    "start_round": start_round,
    "reveal": reveal,
    "start_deciding": start_deciding,
    "point_at": lambda db, actor, key: point_at(db, actor, key, VAUX),
    "start_timer": lambda db, actor, key: start_timer(db, actor, key, 5),
    "add_seat": lambda db, actor, key: add_seat(db, actor, key, "Pic"),
    "remove_seat": lambda db, actor, key: remove_seat(db, actor, key, first_seat(db, key)),
    "free_seat": lambda db, actor, key: free_seat(db, actor, key, first_seat(db, key)),
    "hand_over": lambda db, actor, key: hand_over(db, actor, key, first_seat(db, key), facilitator=True),
    "set_sections": lambda db, actor, key: set_sections(db, actor, key, first_seat(db, key), ["hybrid"]),
    "set_recusals": lambda db, actor, key: set_recusals(db, actor, key, first_seat(db, key), [VAUX]),
    "progress": progress,
    "results": results,
    "settle": lambda db, actor, key: settle(db, actor, key, SUT, "need", None),
    "decide": lambda db, actor, key: decide(db, actor, key, SUT, None),
    "close": close,
}
LEADS_A_ROUND = {
    "back",
    "reveal",
    "point_at",
    "start_timer",
    "add_seat",
    "remove_seat",
    "free_seat",
    "hand_over",
    "set_sections",
    "set_recusals",
    "progress",
}


def first_seat(db: Database, key: int) -> int:
    return seats_of(db, ORGANISER, key)[0].key


def in_a_round(db: Database, kind: str) -> tuple[int, Actor]:
    """Return a meeting in its first round, and somebody of that kind who acts in it."""
    key, other = opened(db), opened(db)
    seated(db, key, "alice")
    actor = {
        "organiser": lambda: ORGANISER,
        "facilitating seat": lambda: leading(db, key, "bob"),
        "participant": lambda: seated(db, key, "bob"),
        "stranger": lambda: STRANGER,
        "leader of another meeting": lambda: leading(db, other, "bob"),
        "seat that does not exist": lambda: Actor(seat=99),
        "removed leader": lambda: leading(db, key, "bob"),
        "leader no longer": lambda: leading(db, key, "bob"),
        "freed leader": lambda: leading(db, key, "bob"),
    }[kind]()
    if kind == "removed leader":
        remove_seat(db, ORGANISER, key, seat_of(actor))
    if kind == "freed leader":
        free_seat(db, ORGANISER, key, seat_of(actor))
    if kind == "leader no longer":
        hand_over(db, ORGANISER, key, seat_of(actor), facilitator=False)
    start_round(db, ORGANISER, key)
    return key, actor


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("kind", ["organiser", "facilitating seat"])
def test_who_leads_does_in_a_round_what_the_round_allows(db: Database, kind: str, action: str) -> None:
    key, actor = in_a_round(db, kind)
    if action in LEADS_A_ROUND:
        ACTIONS[action](db, actor, key)
        return
    before = rows_of(db), find(db, ORGANISER, key)
    with refused("meeting_not_now", stage=Stage.RATING):
        ACTIONS[action](db, actor, key)
    assert (rows_of(db), find(db, ORGANISER, key)) == before


@pytest.mark.parametrize(
    "kind",
    [
        "participant",
        "stranger",
        "leader of another meeting",
        "seat that does not exist",
        "removed leader",
        "leader no longer",
        "freed leader",
    ],
)
def test_who_does_not_lead_leads_nothing(db: Database, kind: str) -> None:
    key, actor = in_a_round(db, kind)
    before = rows_of(db), find(db, ORGANISER, key), seats_of(db, ORGANISER, key)
    seat = kind in {"participant", "leader no longer"}
    for name, act in ACTIONS.items():
        code = "meeting_not_now" if seat and name == "results" else "meeting_not_allowed"
        with refused(code):
            act(db, actor, key)
    assert (rows_of(db), find(db, ORGANISER, key), seats_of(db, ORGANISER, key)) == before


def test_who_leads_from_a_seat_may_rate_and_the_organiser_without_one_may_not(db: Database) -> None:
    key = opened(db)
    bob = leading(db, key, "bob")
    start_round(db, ORGANISER, key)
    vote(db, bob, key, SUT, level("need", 1))
    vote(db, replace(bob, organiser=True), key, SUT, level("vision", 1))
    assert len(sheet(db, bob, key).given) == 2
    with refused("meeting_not_allowed", action=Action.RATE):
        vote(db, ORGANISER, key, SUT, level("need", 1))


def test_who_acts_is_chained_by_pseudonym(db: Database) -> None:
    key = opened(db)
    bob = leading(db, key, "bob")
    start_round(db, bob, key)
    reveal(db, ORGANISER, key)
    found = [(event.actor, event.event) for event in chained(db, key)]
    assert found[-3:] == [("organiser", "handed_over"), ("P1", "round_started"), ("organiser", "revealed")]
