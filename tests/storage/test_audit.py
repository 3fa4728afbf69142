"""The audit: chained, append-only, without a name, and telling where it was tampered with."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from sqlmodel import Session

from ect.domain.meeting import Settings, Verdict
from ect.services.deciding import audit_head, close, decide, settle
from ect.services.meeting import back, change, delete, open_meeting, reveal, start_deciding, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.seating import (
    SeatKind,
    Ticket,
    add_seat,
    free_seat,
    hand_over,
    join,
    remove_seat,
    set_recusals,
    set_sections,
)
from ect.services.voting import vote
from ect.storage.database import Database
from ect.storage.errors import StorageError
from ect.storage.repositories import audit
from tests.services.meetings import (
    SUT,
    VAUX,
    chained,
    closed,
    level,
    opened,
    prepared,
    refused,
    seat_of,
    seated,
)

NOW = datetime(2024, 3, 14, 9, 0, tzinfo=UTC)


def run(session: Session, statement: str) -> None:
    session.connection().exec_driver_sql(statement)


def tamper(db: Database, statement: str) -> None:
    """Change the store by hand: the triggers are taken away first."""
    with db.write() as session:
        run(session, "DROP TRIGGER audit_no_update")
        run(session, "DROP TRIGGER audit_no_delete")
        run(session, statement)


def test_an_empty_chain_starts_from_zeros_and_is_whole(db: Database) -> None:
    assert audit_head(db) == ("0" * 64, None)


def test_each_event_follows_from_the_one_before(db: Database) -> None:
    with db.write() as session:
        first = audit.append(session, "meeting/1", NOW, "organiser", "prepared", {"terrains": [SUT]})
        second = audit.append(session, "meeting/2", NOW, "P1", "joined", {})
    assert len({first, second, audit.ORIGIN}) == 3
    assert audit_head(db) == (second, None)
    with db.read() as session:
        query = "SELECT previous, digest FROM audit ORDER BY id"
        links = [tuple(row) for row in session.connection().exec_driver_sql(query)]
    assert links == [(audit.ORIGIN, first), (first, second)]


def test_a_meeting_s_history_holds_its_own_events_only_as_they_were_written(db: Database) -> None:
    with db.write() as session:
        audit.append(session, "meeting/1", NOW, "P1", "settled", {"value": None, "terrain": "forêt"})
        audit.append(session, "meeting/12", NOW, "P1", "joined", {})
    (event,) = chained(db, 1)
    assert (event.meeting, event.at, event.actor, event.event) == ("meeting/1", NOW, "P1", "settled")
    assert event.details == {"value": None, "terrain": "forêt"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'P9' WHERE id = 1",
        "UPDATE audit SET digest = digest",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
    ],
)
def test_no_event_is_changed_or_taken_away(db: Database, statement: str) -> None:
    key = closed(db)
    before = chained(db, key)
    with pytest.raises(StorageError) as refusal, db.write() as session:
        run(session, statement)
    assert "append-only" in str(refusal.value.values["reason"])
    assert chained(db, key) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'P9' WHERE id = 3",
        "UPDATE audit SET event = 'deleted' WHERE id = 3",
        "UPDATE audit SET details = '{\"a\": 1}' WHERE id = 3",
        "UPDATE audit SET meeting = 'meeting/2' WHERE id = 3",
        "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE id = 3",
        "UPDATE audit SET digest = 'f' || substr(digest, 2) || 'x' WHERE id = 3",
        "UPDATE audit SET previous = 'x' WHERE id = 3",
    ],
)
def test_the_first_event_that_was_changed_by_hand_is_found(db: Database, statement: str) -> None:
    closed(db)
    assert audit_head(db)[1] is None
    tamper(db, statement)
    assert audit_head(db)[1] == 3


def test_an_event_taken_out_of_the_chain_breaks_it_at_the_next(db: Database) -> None:
    closed(db)
    tamper(db, "DELETE FROM audit WHERE id = 1")
    assert audit_head(db)[1] == 2


def test_an_event_put_in_by_hand_breaks_the_chain(db: Database) -> None:
    key = closed(db)
    tamper(
        db,
        "INSERT INTO audit (meeting, at, actor, event, details, previous, digest)"
        " SELECT meeting, at, actor, event, details, digest, 'made up' FROM audit"
        " ORDER BY id DESC LIMIT 1",
    )
    assert audit_head(db) == ("made up", len(chained(db, key)))


def test_the_head_tells_that_the_last_events_were_cut_off(db: Database) -> None:
    key = closed(db)
    printed = audit_head(db)[0]
    tamper(db, "DELETE FROM audit WHERE event = 'closed'")
    assert audit_head(db)[0] != printed
    assert chained(db, key)[-1].event == "decided"


def test_what_was_refused_is_not_chained(db: Database) -> None:
    key = opened(db)
    before = audit_head(db)
    with refused("meeting_not_now"):
        reveal(db, ORGANISER, key)
    with refused("name_needed"):
        join(db, Ticket(key, "phone"), "")
    assert audit_head(db) == before


def test_every_event_is_chained_and_no_name_title_or_text_of_a_person_is_in_it(db: Database) -> None:
    names = ("Merle", "Loriot", "Pic", "Geai", "Bruant")
    key = prepared(db, Settings(names_shown=True))
    change(db, ORGANISER, key, "Comité de Bruant", [SUT, VAUX], Settings(names_shown=True))
    named = add_seat(db, ORGANISER, key, "Alice Merle")
    paper = add_seat(db, ORGANISER, key, "Bob Loriot", SeatKind.PAPER)
    open_meeting(db, ORGANISER, key)
    alice = Actor(seat=join(db, Ticket(key, "phone"), "", named))
    carol, dan = seated(db, key, "Carol Pic"), seated(db, key, "Dan Geai")
    hand_over(db, ORGANISER, key, seat_of(carol), facilitator=True)
    hand_over(db, ORGANISER, key, seat_of(carol), facilitator=False)
    set_sections(db, ORGANISER, key, seat_of(dan), ["hybrid"])
    set_recusals(db, dan, key, seat_of(dan), [SUT])
    remove_seat(db, ORGANISER, key, seat_of(dan))
    free_seat(db, ORGANISER, key, seat_of(dan))
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    vote(db, ORGANISER, key, SUT, level("need", 0), on_paper_for=paper)
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    settle(db, ORGANISER, key, SUT, "need", Fraction(1), "Merle et Loriot d'accord")
    for terrain in (SUT, VAUX):
        decide(db, ORGANISER, key, terrain, Verdict.CHOSEN, "proposé par Pic")
    close(db, ORGANISER, key)
    gone = opened(db)
    seated(db, gone, "Dan Geai")
    delete(db, ORGANISER, gone)
    with db.read() as session:
        found = session.connection().exec_driver_sql("SELECT * FROM audit ORDER BY id").all()
    written = [" ".join(map(str, row)) for row in found]
    assert [line for line in written if any(name in line for name in names)] == []
    assert {row.event for row in found} == {
        "prepared",
        "changed",
        "seat_added",
        "open",
        "joined",
        "handed_over",
        "taken_back",
        "sections_set",
        "recused",
        "seat_removed",
        "seat_freed",
        "round_started",
        "revealed",
        "start_deciding",
        "settled",
        "decided",
        "closed",
        "deleted",
    }
    assert audit_head(db) == (found[-1].digest, None)


def test_the_reveal_chains_every_vote_by_pseudonym(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("means", Fraction(3, 2)))
    reveal(db, ORGANISER, key)
    assert chained(db, key)[-1].details == {"round": 1, "votes": [["P1", SUT, "means", "level", "3/2"]]}


def test_a_vote_on_a_terrain_that_was_taken_out_is_not_revealed(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, VAUX, level("need", 2))
    back(db, ORGANISER, key)
    change(db, ORGANISER, key, "Comité", [SUT], Settings())
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    assert chained(db, key)[-1].details == {"round": 1, "votes": []}


def test_erasing_a_name_keeps_the_chain_whole(db: Database) -> None:
    closed(db)
    head = audit_head(db)
    with db.write() as session:
        run(session, "UPDATE seat SET name = ''")
    assert audit_head(db) == head
