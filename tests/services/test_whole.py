"""The whole store as a document: what goes in elsewhere is what came out of here."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ect.domain.meeting import Stage
from ect.domain.rating import Answer, Basis
from ect.services.catalogue import create_terrain
from ect.services.deciding import audit_head, settle
from ect.services.meeting import back, create, delete, find, reveal, start_deciding, start_round
from ect.services.membership import ORGANISER
from ect.services.opening import open_database, signing_key
from ect.services.rating import answer, describe
from ect.services.seating import set_recusals
from ect.services.voting import vote
from ect.services.whole import LEFT_OUT, digest_of, everything, load_everything
from ect.settings import Settings
from ect.storage.database import Database
from ect.storage.repositories import scenarios, whole
from ect.storage.tables import Table
from tests.services.meetings import (
    CHATEL,
    OPENLY,
    SUT,
    VAUX,
    closed,
    level,
    opened,
    refused,
    rows_of,
    seat_of,
    seated,
)

# A column so named may hold a way in: whoever adds one says here whether it goes out.
SUSPICIOUS = ("secret", "token", "device", "key", "password", "cookie", "code", "digest", "name")
JUDGED = {
    "grid.code",
    "terrain.code",
    "terrain.name",
    "reference_item.key",
    "scenario.name",
    "audit.digest",
    "seat.name",
}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Database:
    """Another install, just started."""
    return open_database(Settings(database_url=f"sqlite:///{(tmp_path / 'elsewhere.db').as_posix()}"))


@pytest.fixture
def full(db: Database) -> Database:
    """A store with some of everything: two meetings, one of them going on, ratings, a scenario."""
    signing_key(db)
    closed(db)
    key = opened(db)
    alice, bob = seated(db, key, "Alice Merle"), seated(db, key, "Bob Tarin")
    set_recusals(db, ORGANISER, key, seat_of(bob), [VAUX])
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    vote(db, bob, key, SUT, level("need", 0))
    reveal(db, ORGANISER, key)
    start_round(db, ORGANISER, key, [(SUT, "need")])
    vote(db, alice, key, SUT, level("need", 1))
    answer(db, CHATEL, "need", Answer.LEVEL, Fraction(1))
    describe(db, CHATEL, "need", Basis.OBSERVED, "=1+1 « vu » \N{SNOWMAN}")
    answer(db, CHATEL, "proximity", Answer.LEVEL, Fraction(3, 2))
    with db.write() as session:
        values = {"name": "Autre", "note": "", "source": "official", "text": "p.anchoring=2"}
        scenarios.add_scenario(session, 1, values, datetime.now(UTC))
    return db


def shaken(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a document is after a trip through a file, with a digest that agrees."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    return copy


def resealed(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "digest": digest_of(document["content"])}


def table(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["content"]["tables"][name]
    return found


def put(name: str, column: str, value: object, row: int = 0) -> Callable[[dict[str, Any]], None]:
    """Return what puts a value in a cell of a document."""

    def change(document: dict[str, Any]) -> None:
        found = table(document, name)
        found["rows"][row][found["columns"].index(column)] = value

    return change


def test_what_comes_in_elsewhere_is_what_went_out(full: Database, elsewhere: Database) -> None:
    document = shaken(everything(full))
    loaded = load_everything(elsewhere, document)
    assert everything(elsewhere)["digest"] == document["digest"] == loaded.digest
    assert loaded.rows["vote"] == 4
    assert shaken(everything(elsewhere)) == document


def test_with_names_too(full: Database, elsewhere: Database) -> None:
    document = shaken(everything(full, names=True))
    assert "Alice Merle" in json.dumps(document)
    load_everything(elsewhere, document)
    assert everything(elsewhere, names=True)["digest"] == document["digest"]


def test_an_empty_install_gives_itself(db: Database, elsewhere: Database) -> None:
    load_everything(elsewhere, everything(db))
    assert everything(elsewhere)["digest"] == everything(db)["digest"]


def test_exports_of_the_same_store_are_the_same(full: Database) -> None:
    assert everything(full) == everything(full)


def test_ways_in_and_names_stay_here(full: Database) -> None:
    written = json.dumps(everything(full), ensure_ascii=False)
    with full.read() as session:
        codes = whole.distinct(session, "meeting", "code")
        devices = [device for device in whole.distinct(session, "seat", "device") if device]
    assert len(devices) == 2
    for kept in (*codes, *devices, signing_key(full), "Alice", "Bob Tarin"):
        assert kept not in written


def test_what_is_left_out_is_said_in_the_file(db: Database) -> None:
    assert everything(db)["left_out"] == [*LEFT_OUT, "seat.name"]
    assert everything(db, names=True)["left_out"] == list(LEFT_OUT)


def test_votes_not_revealed_stay_here(full: Database) -> None:
    rounds = [row[3] for row in table(everything(full), "vote")["rows"]]
    assert rows_of(full)["vote"] == 5
    assert rounds == [1, 1, 1, 1]


def test_a_round_taken_back_stays_here(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "Alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    assert table(everything(db), "vote")["rows"] == []
    back(db, ORGANISER, key)
    assert find(db, ORGANISER, key).status.stage is Stage.OPEN
    assert table(everything(db), "vote")["rows"] == []


def test_votes_of_an_open_meeting_go_out(db: Database) -> None:
    key = opened(db, OPENLY)
    alice = seated(db, key, "Alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    assert len(table(everything(db), "vote")["rows"]) == 1


def test_a_meeting_goes_on_elsewhere_under_another_code(full: Database, elsewhere: Database) -> None:
    load_everything(elsewhere, everything(full))
    key = max(row[0] for row in table(everything(full), "meeting")["rows"])
    assert find(elsewhere, ORGANISER, key).code != find(full, ORGANISER, key).code
    newcomer = seated(elsewhere, key, "Carole")
    vote(elsewhere, newcomer, key, SUT, level("need", 2))
    reveal(elsewhere, ORGANISER, key)
    assert audit_head(elsewhere)[1] is None


def test_a_key_given_once_is_not_given_again_elsewhere(db: Database, elsewhere: Database) -> None:
    gone = opened(db)
    delete(db, ORGANISER, gone)
    load_everything(elsewhere, everything(db))
    assert create(elsewhere, ORGANISER, "Suivante", [SUT], OPENLY) > gone


def test_a_store_with_work_in_it_is_not_written_over(full: Database, elsewhere: Database) -> None:
    answer(elsewhere, SUT, "need", Answer.LEVEL, Fraction(2))
    before = everything(elsewhere)
    with refused("whole_store_not_empty", tables="rating"):
        load_everything(elsewhere, everything(full))
    assert everything(elsewhere) == before


def test_an_edited_terrain_is_work(full: Database, elsewhere: Database) -> None:
    from ect.domain.terrain import Terrain

    create_terrain(elsewhere, Terrain("", "Le mien"))
    with refused("whole_store_not_empty", tables="terrain"):
        load_everything(elsewhere, everything(full))


def test_replacing_takes_the_place_of_work(full: Database, elsewhere: Database) -> None:
    answer(elsewhere, SUT, "need", Answer.LEVEL, Fraction(2))
    document = everything(full)
    load_everything(elsewhere, document, replace=True)
    assert everything(elsewhere)["digest"] == document["digest"]


def test_a_store_catches_up_with_a_later_export_of_itself(full: Database, elsewhere: Database) -> None:
    load_everything(elsewhere, everything(full))
    key = max(row[0] for row in table(everything(full), "meeting")["rows"])
    reveal(full, ORGANISER, key)
    later = everything(full)
    load_everything(elsewhere, later, replace=True)
    assert everything(elsewhere)["digest"] == later["digest"]
    with refused("whole_history_differs"):
        load_everything(elsewhere, shaken(document_before(later)), replace=True)


def document_before(later: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose history is shorter."""
    shorter = shaken(later)
    del table(shorter, "audit")["rows"][-1]
    return resealed(shorter)


def test_another_history_is_not_written_over(full: Database, elsewhere: Database) -> None:
    opened(elsewhere)
    before = everything(elsewhere)
    with refused("whole_history_differs"):
        load_everything(elsewhere, everything(full), replace=True)
    assert everything(elsewhere) == before


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("format", "autre", "whole_not_ours"),
        ("version", 2, "whole_version"),
        ("schema", "0001", "whole_schema"),
        ("digest", "0" * 64, "whole_digest"),
        ("content", [], "whole_not_ours"),
    ],
)
def test_a_document_that_is_not_ours_is_refused(
    full: Database, elsewhere: Database, field: str, value: object, code: str
) -> None:
    with refused(code):
        load_everything(elsewhere, {**everything(full), field: value})


def drop_table(document: dict[str, Any]) -> None:
    del document["content"]["tables"]["scenario"]


def add_table(document: dict[str, Any]) -> None:
    document["content"]["tables"]["secret"] = {"columns": ["name"], "rows": [["x"]]}


def add_column(document: dict[str, Any]) -> None:
    table(document, "meeting")["columns"].append("code")


def cut_row(document: dict[str, Any]) -> None:
    table(document, "vote")["rows"][0].pop()


def wrong_key(document: dict[str, Any]) -> None:
    document["content"]["last_keys"]["meeting"] = -1


def repeat_row(document: dict[str, Any]) -> None:
    rows = table(document, "rating")["rows"]
    rows.append([99, *rows[0][1:]])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (drop_table, "whole_table_wrong"),
        (add_table, "whole_table_wrong"),
        (add_column, "whole_table_wrong"),
        (wrong_key, "whole_table_wrong"),
        (cut_row, "whole_value_wrong"),
        (put("vote", "round", "un"), "whole_value_wrong"),
        (put("vote", "round", True), "whole_value_wrong"),
        (put("vote", "on_paper", 1), "whole_value_wrong"),
        (put("vote", "saved_at", "2026-11-23T14:32:00"), "whole_value_wrong"),
        (put("vote", "saved_at", "hier"), "whole_value_wrong"),
        (put("terrain", "record", "texte"), "whole_value_wrong"),
        (put("vote", "comment", None), "whole_value_wrong"),
        (put("vote", "seat_id", 2**70), "whole_value_wrong"),
        (put("vote", "seat_id", 999), "whole_rows_refused"),
        (put("vote", "half_points", 9), "whole_rows_refused"),
        (repeat_row, "whole_rows_refused"),
        (put("vote", "answer", "peut-être"), "whole_rows_refused"),
        (put("vote", "basis", "rumeur"), "whole_entry_wrong"),
        (put("rating", "criterion", "chance"), "whole_entry_wrong"),
        (put("terrain", "kind", "lune"), "whole_entry_wrong"),
        (put("grid", "document", {"code": "ect"}), "whole_entry_wrong"),
        (put("meeting", "stage", "rêvée"), "whole_entry_wrong"),
        (put("seat", "kind", "chat"), "whole_entry_wrong"),
        (put("assessment", "profile", {"need": "1/0"}), "whole_entry_wrong"),
        (put("assessment", "profile", {"need": "7"}), "whole_entry_wrong"),
        (put("meeting_terrain", "verdict", "gagné"), "whole_entry_wrong"),
        (put("audit", "actor", "P9"), "whole_chain_broken"),
    ],
)
def test_a_changed_document_is_refused_whole(
    full: Database, elsewhere: Database, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    document, before = shaken(everything(full)), everything(elsewhere)
    change(document)
    with refused(code):
        load_everything(elsewhere, resealed(document))
    assert everything(elsewhere) == before


def test_half_a_sign_is_refused(full: Database, elsewhere: Database) -> None:
    document = shaken(everything(full))
    put("vote", "comment", "\ud800")(document)
    with refused("whole_digest"):
        load_everything(elsewhere, document)


def test_values_settled_on_come_back_exact(db: Database, elsewhere: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "Alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    settle(db, ORGANISER, key, SUT, "need", Fraction(4, 3), "entendu")
    load_everything(elsewhere, everything(db))
    assert table(everything(elsewhere), "override")["rows"][0][3] == "4/3"


def test_progress_is_told(full: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from ect.services.whole import reading

    monkeypatch.setattr(whole, "BATCH", 2)
    told: list[tuple[int, int]] = []
    with reading(full, progress=lambda done, wanted: told.append((done, wanted))) as found:
        rows = sum(len(list(part.rows)) for part in found.parts)
    assert told
    assert all(done <= wanted == rows for done, wanted in told)


def test_whoever_adds_a_column_that_may_be_a_way_in_says_whether_it_goes_out() -> None:
    open_questions = [
        f"{name}.{column.name}"
        for name, found in Table.metadata.tables.items()
        if name not in whole.WITHHELD_TABLES
        for column in found.columns
        if any(word in column.name for word in SUSPICIOUS)
        and column.name not in whole.WITHHELD_COLUMNS.get(name, ())
        and f"{name}.{column.name}" not in JUDGED
    ]
    assert open_questions == []
