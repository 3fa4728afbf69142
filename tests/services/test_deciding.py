"""Deciding: values settled on with a reason, verdicts with a motive, and the freeze that ends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from sqlmodel import col, select

from ect.domain.meeting import REASON_LIMIT, Abstentions, Action, Settings, Stage, Verdict
from ect.domain.rating import Answer, Rating
from ect.services.catalogue import archive_terrain
from ect.services.deciding import FORMULA, audit_head, close, decide, history, settle
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
from ect.services.scores import Source, score_of, scoreboard
from ect.services.seating import (
    SeatKind,
    Ticket,
    add_seat,
    free_seat,
    hand_over,
    join,
    remove_seat,
    seats_of,
    set_recusals,
    set_sections,
)
from ect.services.voting import sheet, vote
from ect.storage.database import Database
from ect.storage.repositories import grids
from ect.storage.repositories.meetings import Override, Ruling
from ect.storage.tables import AssessmentRow, GridRow, TerrainRow
from tests.services.meetings import (
    BLIND,
    CHATEL,
    STRANGER,
    SUT,
    VAUX,
    again,
    chained,
    closed,
    decided,
    leading,
    level,
    opened,
    refused,
    rows_of,
    seat_of,
    seated,
)

NEED = (SUT, "need")
ONE = Fraction(1)


def deciding(db: Database, *, demo: bool = False) -> int:
    """Bring a meeting that one person rated to its decisions."""
    key = opened(db, demo=demo)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    return key


def assessments(db: Database, source: str) -> dict[str, AssessmentRow]:
    """Return the frozen scores of a source by code of terrain."""
    query = (
        select(TerrainRow.code, AssessmentRow)
        .join(TerrainRow, col(TerrainRow.id) == AssessmentRow.terrain_id)
        .where(AssessmentRow.source == source)
    )
    with db.read() as session:
        return {code: row for code, row in session.exec(query)}  # noqa: C416


def test_a_value_is_settled_on_with_its_reason_changed_and_taken_back(db: Database) -> None:
    key = deciding(db)
    settle(db, ORGANISER, key, SUT, "need", Fraction(5, 3), "  deux sur trois  ")
    assert results(db, ORGANISER, key).overrides == {NEED: Override(Fraction(5, 3), "deux sur trois")}
    settle(db, ORGANISER, key, SUT, "need", ONE, "revu")
    assert results(db, ORGANISER, key).overrides == {NEED: Override(ONE, "revu")}
    settle(db, ORGANISER, key, SUT, "need", None)
    assert results(db, ORGANISER, key).overrides == {}


@pytest.mark.parametrize(
    ("terrain", "criterion", "value", "reason", "code"),
    [
        (SUT, "need", ONE, "", "override_needs_reason"),
        (SUT, "need", ONE, " \n", "override_needs_reason"),
        (SUT, "need", ONE, "x" * (REASON_LIMIT + 1), "reason_long"),
        (SUT, "need", Fraction(21, 10), "vu", "override_out_of_range"),
        (SUT, "need", Fraction(-1), "vu", "override_out_of_range"),
        (SUT, "beauty", ONE, "vu", "criterion_unknown"),
        (SUT, "beauty", None, "", "criterion_unknown"),
        (CHATEL, "need", ONE, "vu", "terrain_unknown"),
        ("nowhere", "need", ONE, "vu", "terrain_unknown"),
    ],
)
def test_a_value_without_a_reason_or_out_of_place_is_refused(
    db: Database, terrain: str, criterion: str, value: Fraction | None, reason: str, code: str
) -> None:
    key = deciding(db)
    before = rows_of(db), find(db, ORGANISER, key)
    with refused(code):
        settle(db, ORGANISER, key, terrain, criterion, value, reason)
    assert (rows_of(db), find(db, ORGANISER, key)) == before


def test_a_verdict_has_its_motive_is_changed_and_taken_back(db: Database) -> None:
    key = deciding(db)
    for verdict in Verdict:
        decide(db, ORGANISER, key, SUT, verdict, f" motif : {verdict} ")
        assert results(db, ORGANISER, key).rulings == {SUT: Ruling(verdict, f"motif : {verdict}")}
    decide(db, ORGANISER, key, SUT, None)
    assert results(db, ORGANISER, key).rulings == {}


@pytest.mark.parametrize(
    ("terrain", "motive", "code"),
    [
        (SUT, "", "verdict_needs_motive"),
        (SUT, " ", "verdict_needs_motive"),
        (SUT, "x" * (REASON_LIMIT + 1), "reason_long"),
        (CHATEL, "entendu", "terrain_unknown"),
    ],
)
def test_a_verdict_without_a_motive_or_out_of_place_is_refused(
    db: Database, terrain: str, motive: str, code: str
) -> None:
    key = deciding(db)
    before = rows_of(db), find(db, ORGANISER, key)
    with refused(code):
        decide(db, ORGANISER, key, terrain, Verdict.CHOSEN, motive)
    assert (rows_of(db), find(db, ORGANISER, key)) == before


def test_nothing_is_decided_before_its_time_or_by_who_does_not_lead(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    with refused("meeting_not_now", action=Action.DECIDE, stage=Stage.REVEALED):
        decide(db, ORGANISER, key, SUT, Verdict.CHOSEN, "entendu")
    start_deciding(db, ORGANISER, key)
    for actor in (alice, STRANGER):
        with refused("meeting_not_allowed", action=Action.DECIDE):
            decide(db, actor, key, SUT, Verdict.CHOSEN, "entendu")
        with refused("meeting_not_allowed", action=Action.DECIDE):
            settle(db, actor, key, SUT, "need", ONE, "vu")
        with refused("meeting_not_allowed", action=Action.CLOSE):
            close(db, actor, key)


def test_who_leads_from_a_seat_decides_and_closes(db: Database) -> None:
    key = opened(db)
    bob = leading(db, key, "bob")
    start_round(db, bob, key)
    reveal(db, bob, key)
    start_deciding(db, bob, key)
    for terrain in (SUT, VAUX):
        decide(db, bob, key, terrain, Verdict.SET_ASIDE, "trop tôt")
    close(db, bob, key)
    assert find(db, ORGANISER, key).status.stage is Stage.CLOSED
    assert {event.actor for event in chained(db, key)[-4:]} == {"P1"}


def test_who_leads_and_is_recused_from_a_terrain_decides_nothing_of_it(db: Database) -> None:
    key = opened(db)
    alice = leading(db, key, "alice")
    set_recusals(db, alice, key, seat_of(alice), [SUT])
    organiser = replace(ORGANISER, seat=alice.seat)
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    for actor in (alice, organiser):
        with refused("recused"):
            decide(db, actor, key, SUT, Verdict.CHOSEN, "le mien")
        with refused("recused"):
            settle(db, actor, key, SUT, "need", Fraction(2), "le mien")
        decide(db, actor, key, VAUX, Verdict.CHOSEN, "entendu")
        settle(db, actor, key, VAUX, "need", Fraction(1), "entendu")
    found = results(db, ORGANISER, key)
    assert (set(found.rulings), set(found.overrides)) == ({VAUX}, {(VAUX, "need")})


def test_what_happened_is_told_to_who_leads_without_any_vote(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    reveal(db, ORGANISER, key)
    told = history(db, ORGANISER, key)
    assert [event.event for event in told] == ["prepared", "open", "joined", "round_started", "revealed"]
    assert "votes" in chained(db, key)[-1].details
    assert told[-1].details == {"round": 1}
    for actor in (alice, STRANGER):
        with refused("meeting_not_allowed"):
            history(db, actor, key)


def test_a_meeting_with_a_terrain_nothing_was_decided_of_does_not_close(db: Database) -> None:
    key = deciding(db)
    decide(db, ORGANISER, key, SUT, Verdict.CHOSEN, "entendu")
    archive_terrain(db, VAUX)
    before = rows_of(db), find(db, ORGANISER, key)
    with refused("verdicts_missing", terrains="Vaux-sur-Poligny"):
        close(db, ORGANISER, key)
    assert (rows_of(db), find(db, ORGANISER, key)) == before


def test_a_settled_value_and_a_verdict_outlive_another_discussion(db: Database) -> None:
    key = deciding(db)
    settle(db, ORGANISER, key, SUT, "need", ONE, "vu")
    decide(db, ORGANISER, key, SUT, Verdict.ADJOURNED, "à revoir")
    back(db, ORGANISER, key)
    found = results(db, ORGANISER, key)
    assert (set(found.overrides), set(found.rulings)) == ({NEED}, {SUT})


def test_closing_freezes_dated_assessments_with_their_whole_record(db: Database) -> None:
    kept = Settings(names_shown=True, abstentions=Abstentions.HALF)
    key = opened(db, kept)
    alice, bob, carol = (seated(db, key, name) for name in ("Alice Merle", "Bob Loriot", "Carol Pic"))
    paper = add_seat(db, ORGANISER, key, "Dan Geai", SeatKind.PAPER)
    set_recusals(db, bob, key, seat_of(bob), [SUT])
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    vote(db, carol, key, SUT, level("need", 1))
    vote(db, ORGANISER, key, SUT, Rating("need", Answer.UNKNOWN), on_paper_for=paper)
    vote(db, bob, key, VAUX, level("means", Fraction(3, 2)))
    again(db, key, [NEED])
    vote(db, carol, key, SUT, level("need", 2))
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    settle(db, ORGANISER, key, SUT, "vision", Fraction(4, 3), "dossier complet")
    decide(db, ORGANISER, key, SUT, Verdict.CHOSEN, "le plus mûr")
    decide(db, ORGANISER, key, VAUX, Verdict.ADJOURNED, "à revoir")
    head = close(db, ORGANISER, key)
    assert head == audit_head(db)[0] == chained(db, key)[-1].digest
    found, meeting = assessments(db, f"meeting/{key}"), find(db, ORGANISER, key)
    assert meeting.closed_at is not None
    assert found[SUT].year == meeting.closed_at.year == datetime.now(UTC).year
    assert found[SUT].grid_id == meeting.grid
    assert found[SUT].profile == {"need": "2", "vision": "4/3"}
    assert found[VAUX].profile == {"means": "3/2"}
    assert found[SUT].record == {
        "grid": "ect/2023",
        "formula": FORMULA,
        "settings": {
            "names_required": True,
            "names_shown": True,
            "blind": True,
            "free_joining": True,
            "abstentions": "half",
        },
        "rounds": 2,
        "verdict": "chosen",
        "motive": "le plus mûr",
        "overrides": {"vision": ["4/3", "dossier complet"]},
        "votes": [
            ["P1", SUT, "need", "level", "2", 1, False],
            ["P3", SUT, "need", "level", "1", 1, False],
            ["P4", SUT, "need", "unknown", None, 1, True],
            ["P3", SUT, "need", "level", "2", 2, False],
        ],
        "recused": ["P2"],
        "closed_at": meeting.closed_at.isoformat(),
    }
    assert found[VAUX].record["recused"] == []
    assert "Merle" not in repr(found)


def test_what_a_meeting_decided_is_a_terrain_s_score_where_none_is_published(db: Database) -> None:
    closed(db)
    assert score_of(db, VAUX, Source.DECIDED).part("need").measure.value == 2
    assert scoreboard(db).origins[VAUX] == "decided"
    assert scoreboard(db).origins[SUT] == "published"


def test_a_later_meeting_decides_anew_and_the_earlier_one_stays(db: Database) -> None:
    first = closed(db)
    second = opened(db)
    alice = seated(db, second, "alice")
    start_round(db, ORGANISER, second)
    vote(db, alice, second, VAUX, level("need", 0))
    decided(db, second, Verdict.SET_ASIDE)
    close(db, ORGANISER, second)
    assert score_of(db, VAUX, Source.DECIDED).part("need").measure.value == 0
    assert assessments(db, f"meeting/{first}")[VAUX].profile == {"need": "2"}


def test_a_meeting_ends_on_the_grid_it_was_prepared_on(db: Database) -> None:
    key = deciding(db)
    with db.write() as session:
        row = session.get_one(GridRow, find(db, ORGANISER, key).grid)
        grids.add_grid(session, {**row.document, "version": "2031"}, datetime.now(UTC))
    for terrain in (SUT, VAUX):
        decide(db, ORGANISER, key, terrain, Verdict.CHOSEN, "entendu")
    close(db, ORGANISER, key)
    found = assessments(db, f"meeting/{key}")[SUT]
    assert (found.grid_id, found.record["grid"]) == (find(db, ORGANISER, key).grid, "ect/2023")


# Everything that can be done in a meeting, once it is over.
AFTERWARDS: dict[str, Callable[[Database, int, int], object]] = {
    "change": lambda db, key, _: change(db, ORGANISER, key, "Autre", [SUT], BLIND),
    "delete": lambda db, key, _: delete(db, ORGANISER, key),
    "open": lambda db, key, _: open_meeting(db, ORGANISER, key),
    "back": lambda db, key, _: back(db, ORGANISER, key),
    "join": lambda db, key, _: join(db, Ticket(key, "a new device"), "Bob"),
    "join again": lambda db, key, _: join(db, Ticket(key, "device of Alice Merle"), ""),
    "set_recusals": lambda db, key, seat: set_recusals(db, Actor(True, seat), key, seat, [SUT]),
    "add_seat": lambda db, key, _: add_seat(db, ORGANISER, key, "Bob"),
    "remove_seat": lambda db, key, seat: remove_seat(db, ORGANISER, key, seat),
    "free_seat": lambda db, key, seat: free_seat(db, ORGANISER, key, seat),
    "set_sections": lambda db, key, seat: set_sections(db, ORGANISER, key, seat, ["hybrid"]),
    "hand_over": lambda db, key, seat: hand_over(db, ORGANISER, key, seat, facilitator=True),
    "point_at": lambda db, key, _: point_at(db, ORGANISER, key, VAUX),
    "start_timer": lambda db, key, _: start_timer(db, ORGANISER, key, 5),
    "start_round": lambda db, key, _: start_round(db, ORGANISER, key, [NEED]),
    "vote": lambda db, key, seat: vote(db, Actor(seat=seat), key, SUT, level("need", 0)),
    "paper": lambda db, key, seat: vote(db, ORGANISER, key, SUT, level("need", 0), on_paper_for=seat),
    "reveal": lambda db, key, _: reveal(db, ORGANISER, key),
    "start_deciding": lambda db, key, _: start_deciding(db, ORGANISER, key),
    "settle": lambda db, key, _: settle(db, ORGANISER, key, SUT, "need", ONE, "vu"),
    "decide": lambda db, key, _: decide(db, ORGANISER, key, SUT, Verdict.CHOSEN, "entendu"),
    "close": lambda db, key, _: close(db, ORGANISER, key),
}


def test_a_closed_meeting_refuses_everything_and_is_still_read(db: Database) -> None:
    key = closed(db)
    seat = seats_of(db, ORGANISER, key)[0].key
    before = (
        rows_of(db),
        find(db, ORGANISER, key),
        seats_of(db, ORGANISER, key),
        assessments(db, f"meeting/{key}"),
    )
    for name, act in AFTERWARDS.items():
        with refused("meeting_not_now", stage=Stage.CLOSED):
            act(db, key, seat)
        assert rows_of(db) == before[0], name
    assert (
        find(db, ORGANISER, key),
        seats_of(db, ORGANISER, key),
        assessments(db, f"meeting/{key}"),
    ) == before[1:]
    assert results(db, Actor(seat=seat), key).rulings == results(db, ORGANISER, key).rulings
    assert len(sheet(db, Actor(seat=seat), key).given) == 2


def test_closing_a_demonstration_changes_no_score(db: Database) -> None:
    before = {source: scoreboard(db, source) for source in Source}
    key = closed(db, demo=True)
    assert {source: scoreboard(db, source) for source in Source} == before
    assert set(assessments(db, f"demo/{key}")) == {SUT, VAUX}
    assert assessments(db, f"meeting/{key}") == {}


def test_nothing_of_a_deleted_demonstration_is_left_but_the_audit(db: Database) -> None:
    kept = closed(db)
    before = rows_of(db)
    key = closed(db, demo=True)
    delete(db, ORGANISER, key)
    after = rows_of(db)
    assert after == before | {"audit": before["audit"] + len(chained(db, key))}
    assert chained(db, key)[-1].event == "deleted"
    assert audit_head(db)[1] is None
    assert set(assessments(db, f"meeting/{kept}")) == {SUT, VAUX}
