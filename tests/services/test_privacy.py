"""One person's data: given whole, erased for good, and not brought back by a copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ect.domain.rating import Answer, Basis, Rating
from ect.services import backups
from ect.services.backups import backup, keep, restore, verify
from ect.services.deciding import audit_head
from ect.services.deliberation import results
from ect.services.meeting import delete, reveal, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.privacy import erase, person_data
from ect.services.seating import hand_over, seats_of, set_recusals
from ect.services.voting import vote
from ect.storage.database import Database
from ect.storage.repositories.people import Erasure, erase_in_file
from tests.services.meetings import (
    STRANGER,
    SUT,
    VAUX,
    chained,
    leading,
    opened,
    refused,
    seat_of,
    seated,
)

NAME, COMMENT, DEVICE = "Alice Merle", "vu avec ma sœur Zoé", "device of Alice Merle"


def rated(db: Database) -> tuple[int, int]:
    """Hold a meeting where Alice and Bob rate and comment; return its key and Alice's seat."""
    key = opened(db)
    alice, bob = seated(db, key, NAME), seated(db, key, "Bob Loriot")
    set_recusals(db, bob, key, seat_of(bob), [VAUX])
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, Rating("need", Answer.UNKNOWN, None, Basis.OBSERVED, COMMENT))
    vote(db, bob, key, SUT, Rating("need", Answer.UNKNOWN, comment="à Bob"))
    return key, seat_of(alice)


def bytes_of(db: Database) -> bytes:
    """Read every byte of the store and of the copies kept beside it."""
    folder = backups.store_file(db).parent
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_everything_held_on_a_person_is_given_as_one_document(db: Database) -> None:
    key, alice = rated(db)
    reveal(db, ORGANISER, key)
    document = json.loads(json.dumps(person_data(db, ORGANISER, key, alice)))
    assert document["seat"] | {"pseudonym": "P1", "name": NAME, "kind": "person"} == document["seat"]
    assert [(a["terrain"], a["answer"], a["rests_on"], a["comment"]) for a in document["answers"]] == [
        (SUT, "unknown", "observed", COMMENT)
    ]
    assert [event["event"] for event in document["events"]] == ["joined"]
    assert document["answers_hidden_until_the_reveal"] == 0
    assert "Loriot" not in json.dumps(document)


def test_what_others_did_to_a_seat_is_held_on_it_too(db: Database) -> None:
    key = opened(db)
    carol = leading(db, key, "Carol Pic")
    set_recusals(db, carol, key, seat_of(carol), [VAUX])
    document = person_data(db, ORGANISER, key, seat_of(carol))
    assert [(event["by"], event["event"]) for event in document["events"]] == [
        ("P1", "joined"),
        ("organiser", "handed_over"),
        ("P1", "recused"),
    ]
    assert document["seat"]["recused_from"] == [VAUX]


def test_answers_of_a_blind_round_are_counted_and_not_shown(db: Database) -> None:
    key, alice = rated(db)
    document = person_data(db, ORGANISER, key, alice)
    assert (document["answers"], document["answers_hidden_until_the_reveal"]) == ([], 1)


@pytest.mark.parametrize("service", [person_data, erase])
def test_a_person_s_data_are_the_organiser_s_to_handle(db: Database, service: object) -> None:
    key, alice = rated(db)
    other = opened(db)
    for actor in (STRANGER, Actor(seat=alice)):
        with refused("meeting_not_allowed"):
            service(db, actor, key, alice)  # type: ignore[operator]
    with refused("seat_unknown"):
        service(db, ORGANISER, other, alice)  # type: ignore[operator]
    with refused("meeting_unknown"):
        service(db, ORGANISER, 99, alice)  # type: ignore[operator]


def test_an_erased_person_is_in_no_byte_of_the_store_nor_of_the_copies_kept_beside_it(db: Database) -> None:
    key, alice = rated(db)
    keep(db)
    assert NAME.encode() in bytes_of(db)
    done = erase(db, ORGANISER, key, alice)
    assert (done.pseudonym, done.copies) == ("P1", 1)
    left = bytes_of(db)
    assert NAME.encode() not in left
    assert COMMENT.encode() not in left
    assert b"Bob Loriot" in left
    assert [one.path for one in backups.kept_copies(db) if backups.examine(one.path).problems] == []


def test_erasing_changes_no_result_and_keeps_the_chain_whole(db: Database) -> None:
    key, alice = rated(db)
    before = [(v.participant, v.rating.answer) for v in results_after_reveal(db, key)]
    erase(db, ORGANISER, key, alice)
    found = results(db, ORGANISER, key).votes
    assert [(v.participant, v.rating.answer) for v in found] == before
    assert [v.rating.comment for v in found] == ["", "à Bob"]
    assert audit_head(db)[1] is None
    assert verify(backups.store_file(db)).problems == ()
    event = chained(db, key)[-1]
    assert (event.event, event.details["seat"]) == ("erased", "P1")
    assert NAME not in json.dumps(dict(event.details))


def results_after_reveal(db: Database, key: int) -> tuple[object, ...]:
    reveal(db, ORGANISER, key)
    return tuple(results(db, ORGANISER, key).votes)


def test_the_device_of_an_erased_person_no_longer_opens_anything(db: Database) -> None:
    key, alice = rated(db)
    hand_over(db, ORGANISER, key, alice, facilitator=True)
    erase(db, ORGANISER, key, alice)
    found = next(seat for seat in seats_of(db, ORGANISER, key) if seat.key == alice)
    assert (found.name, found.facilitator, found.joined) == ("", False, True)
    again = seated(db, key, NAME)
    assert seat_of(again) != alice


def test_a_copy_made_before_gets_the_erasure_again_when_it_is_put_back(db: Database, tmp_path: Path) -> None:
    key, alice = rated(db)
    copy = backup(db, tmp_path / "copie.db")
    erase(db, ORGANISER, key, alice)
    done = restore(db, copy.path)
    assert done.erased == 1
    assert NAME.encode() not in bytes_of(db)
    assert {seat.number: seat.name for seat in seats_of(db, ORGANISER, key)} == {1: "", 2: "Bob Loriot"}
    assert audit_head(db)[1] is None
    assert restore(db, copy.path).erased == 1


def test_an_erasure_outlives_copies_that_do_not_know_the_person(db: Database, tmp_path: Path) -> None:
    empty = backup(db, tmp_path / "empty.db")
    key, alice = rated(db)
    full = backup(db, tmp_path / "full.db")
    erase(db, ORGANISER, key, alice)
    assert restore(db, empty.path).erased == 0
    assert restore(db, full.path).erased == 1
    assert NAME.encode() not in bytes_of(db)


def test_an_erasure_outlives_its_meeting(db: Database, tmp_path: Path) -> None:
    key = opened(db, demo=True)
    alice = seat_of(seated(db, key, NAME))
    full = backup(db, tmp_path / "full.db")
    erase(db, ORGANISER, key, alice)
    delete(db, ORGANISER, key)
    assert restore(db, full.path).erased == 1
    assert [seat.name for seat in seats_of(db, ORGANISER, key)] == [""]


def test_the_same_seat_of_another_store_is_somebody_else(db: Database, tmp_path: Path) -> None:
    from ect.services.opening import open_database
    from ect.settings import Settings

    elsewhere = open_database(Settings(database_url=f"sqlite:///{tmp_path / 'other' / 'ect.db'}"))
    rated(elsewhere)
    copy = backup(elsewhere, tmp_path / "copie.db")
    key, alice = rated(db)
    erase(db, ORGANISER, key, alice)
    assert restore(db, copy.path).erased == 0
    assert [seat.name for seat in seats_of(db, ORGANISER, key)] == [NAME, "Bob Loriot"]
    elsewhere.close()


def test_a_copy_of_before_there_were_meetings_holds_nobody(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    first = Path(__file__).parents[1] / "storage" / "released" / "0001.sql"
    with closing(sqlite3.connect(tmp_path / "old.db")) as raw:
        raw.executescript(first.read_text("utf-8"))
    assert erase_in_file(tmp_path / "old.db", [Erasure(1, "2024-03-14T09:00:00+00:00", 1)]) == 0


def test_a_store_in_memory_keeps_no_copy_and_erases_all_the_same() -> None:
    from ect.settings import DATA
    from ect.storage.loading import ensure_reference

    db = Database.open("sqlite:///:memory:")
    with db.write() as session:
        ensure_reference(session, DATA)
    key = opened(db)
    alice = seated(db, key, NAME)
    assert erase(db, ORGANISER, key, seat_of(alice)).copies == 0
    assert [seat.name for seat in seats_of(db, ORGANISER, key)] == [""]


def test_a_kept_copy_that_cannot_be_read_is_named_and_the_others_are_erased(db: Database) -> None:
    key, alice = rated(db)
    keep(db)
    damaged = backups.store_file(db).parent / "backups" / "ect-abimee-20261127T090000Z.db"
    damaged.write_bytes(b"SQLite format 3" + bytes(5000))
    done = erase(db, ORGANISER, key, alice)
    assert (done.copies, done.unread) == (1, (damaged.name,))
    assert NAME.encode() not in bytes_of(db)
    backups.delete_kept(db, damaged.name)
    assert len(backups.kept_copies(db)) == 1
