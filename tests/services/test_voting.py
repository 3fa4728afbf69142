"""Rating in a meeting: what is asked, what is saved, and what nobody else sees of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from threading import Barrier

import pytest

from ect.domain.grid import Grid
from ect.domain.meeting import Action, Stage
from ect.domain.rating import Answer, Basis, Rating
from ect.services.deciding import audit_head
from ect.services.deliberation import results
from ect.services.meeting import counters, reveal, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.reference import current_grid
from ect.services.seating import (
    SeatKind,
    Ticket,
    add_seat,
    free_seat,
    join,
    remove_seat,
    seats_of,
    set_recusals,
    set_sections,
)
from ect.services.voting import Progress, paper_sheets, progress, sheet, vote
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
    refused,
    rows_of,
    seat_of,
    seated,
)

NEED, VISION = (SUT, "need"), (SUT, "vision")


def codes(grid: Grid) -> tuple[str, ...]:
    return tuple(criterion.code for criterion in grid)


def of_seat(found: list[Progress], actor: Actor) -> Progress:
    return next(one for one in found if one.seat.key == actor.seat)


def test_the_first_round_asks_everything_of_everybody_in_the_grid_s_order(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    assert sheet(db, alice, key).cells == ()
    start_round(db, ORGANISER, key)
    mine = sheet(db, alice, key)
    every = codes(current_grid(db))
    assert len(every) == 29
    assert mine.cells == tuple((terrain, code) for terrain in (SUT, VAUX) for code in every)
    assert mine.cells_of(VAUX) == every
    assert (mine.given, mine.earlier, mine.saved_at) == ({}, {}, {})


def test_a_vote_is_on_its_seat_s_sheet_and_on_no_other(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), seated(db, key, "bob")
    start_round(db, ORGANISER, key)
    given = Rating("need", Answer.LEVEL, Fraction(2), Basis.OBSERVED, "vu sur place")
    saved_at = vote(db, alice, key, SUT, given)
    mine = sheet(db, alice, key)
    assert (mine.given, mine.saved_at) == ({NEED: given}, {NEED: saved_at})
    assert sheet(db, bob, key).given == {}


def test_another_answer_replaces_the_first(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    for rating in (
        level("need", 2),
        Rating("need", Answer.UNKNOWN),
        Rating("need", Answer.ABSTAIN, comment="trop proche"),
    ):
        vote(db, alice, key, SUT, rating)
        assert sheet(db, alice, key).given == {NEED: rating}
    assert rows_of(db)["vote"] == 1


def test_a_selection_criterion_takes_halves(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("means", Fraction(3, 2)))
    assert sheet(db, alice, key).given[SUT, "means"].value == Fraction(3, 2)


@pytest.mark.parametrize(
    ("terrain", "rating", "code"),
    [
        (SUT, level("need", 3), "level_out_of_range"),
        (SUT, level("need", Fraction(1, 2)), "level_out_of_range"),
        (SUT, level("means", Fraction(1, 4)), "level_out_of_range"),
        (SUT, level("beauty", 1), "criterion_unknown"),
        (CHATEL, level("need", 1), "cell_not_asked"),
        ("nowhere", level("need", 1), "cell_not_asked"),
    ],
)
def test_a_wrong_vote_is_refused_and_nothing_is_written(
    db: Database, terrain: str, rating: Rating, code: str
) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    before = counters(db, key)
    with refused(code):
        vote(db, alice, key, terrain, rating)
    assert (rows_of(db)["vote"], counters(db, key)) == (0, before)


def test_nobody_votes_outside_a_round(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    with refused("meeting_not_now", action=Action.RATE, stage=Stage.OPEN):
        vote(db, alice, key, SUT, level("need", 1))
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    with refused("meeting_not_now", action=Action.RATE, stage=Stage.REVEALED):
        vote(db, alice, key, SUT, level("need", 1))
    over = closed(db)
    with refused("meeting_not_now", stage=Stage.CLOSED):
        vote(db, Actor(seat=seats_of(db, ORGANISER, over)[0].key), over, SUT, level("need", 1))


def test_only_who_sits_in_the_meeting_votes(db: Database) -> None:
    key, other = opened(db), opened(db)
    bob, carol = seated(db, other, "bob"), seated(db, key, "carol")
    remove_seat(db, ORGANISER, key, seat_of(carol))
    start_round(db, ORGANISER, key)
    for actor in (STRANGER, ORGANISER, bob, carol, Actor(seat=99)):
        with refused("meeting_not_allowed", action=Action.RATE):
            vote(db, actor, key, SUT, level("need", 1))
    assert rows_of(db)["vote"] == 0


def test_a_sheet_of_another_meeting_is_out_of_reach(db: Database) -> None:
    key, other = opened(db), opened(db)
    bob = seated(db, other, "bob")
    for seat in (seat_of(bob), 99):
        with refused("seat_unknown"):
            sheet(db, Actor(seat=seat), key)


def test_the_recused_are_not_asked_and_do_not_rate(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    set_recusals(db, alice, key, seat_of(alice), [VAUX])
    start_round(db, ORGANISER, key)
    assert {terrain for terrain, _criterion in sheet(db, alice, key).cells} == {SUT}
    with refused("recused"):
        vote(db, alice, key, VAUX, level("need", 1))
    vote(db, alice, key, SUT, level("need", 1))


def test_what_somebody_rated_before_being_recused_does_not_count(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), seated(db, key, "bob")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, VAUX, level("need", 2))
    vote(db, bob, key, VAUX, level("need", 0))
    set_recusals(db, alice, key, seat_of(alice), [VAUX])
    assert of_seat(progress(db, ORGANISER, key), alice).by_terrain == {SUT: (0, 29), VAUX: (0, 0)}
    assert sheet(db, alice, key).given == {}
    set_recusals(db, alice, key, seat_of(alice), [])
    assert sheet(db, alice, key).given == {(VAUX, "need"): level("need", 2)}
    set_recusals(db, alice, key, seat_of(alice), [VAUX])
    reveal(db, ORGANISER, key)
    found = results(db, ORGANISER, key)
    assert [(one.participant, one.rating.value) for one in found.votes] == [("P2", 0)]
    assert chained(db, key)[-1].details["votes"] == [["P2", VAUX, "need", "level", "0"]]


def test_progress_says_how_many_of_how_many_and_never_what(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), seated(db, key, "bob")
    assert [one.asked for one in progress(db, ORGANISER, key)] == [0, 0]
    start_round(db, ORGANISER, key)
    set_sections(db, ORGANISER, key, seat_of(bob), ["hybrid"])
    vote(db, alice, key, SUT, Rating("need", Answer.LEVEL, Fraction(2), comment="mot de passe"))
    vote(db, alice, key, VAUX, Rating("need", Answer.UNKNOWN))
    vote(db, alice, key, VAUX, level("vision", 1))
    found = progress(db, ORGANISER, key)
    assert of_seat(found, alice).by_terrain == {SUT: (1, 29), VAUX: (2, 29)}
    assert (of_seat(found, alice).answered, of_seat(found, alice).asked) == (3, 58)
    assert of_seat(found, bob).by_terrain == {SUT: (0, 5), VAUX: (0, 5)}
    assert not any(word in repr(found) for word in ("mot de passe", "Fraction", "Rating", "Answer"))


@pytest.mark.parametrize("value", [0, 1, 2])
def test_progress_is_the_same_whatever_was_answered(db: Database, value: int) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    before = progress(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", value))
    after = progress(db, ORGANISER, key)
    assert [one.seat for one in after] == [one.seat for one in before]
    assert after[0].by_terrain == {SUT: (1, 29), VAUX: (0, 29)}


def test_progress_counts_what_is_asked_only(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), seated(db, key, "bob")
    start_round(db, ORGANISER, key)
    for code in ("need", "vision", "means"):
        vote(db, alice, key, SUT, level(code, 1))
    set_sections(db, ORGANISER, key, seat_of(alice), ["selection"])
    remove_seat(db, ORGANISER, key, seat_of(bob))
    found = progress(db, ORGANISER, key)
    assert [(one.seat.key, one.by_terrain[SUT]) for one in found] == [(seat_of(alice), (1, 9))]


@pytest.mark.parametrize("blind", [True, False])
def test_progress_is_for_who_leads(db: Database, blind: bool) -> None:
    key = opened(db, BLIND if blind else OPENLY)
    alice, bob = seated(db, key, "alice"), leading(db, key, "bob")
    start_round(db, ORGANISER, key)
    for actor in (alice, STRANGER):
        with refused("meeting_not_allowed", action=Action.SEE_PROGRESS):
            progress(db, actor, key)
    assert len(progress(db, bob, key)) == len(progress(db, ORGANISER, key)) == 2


def test_before_the_reveal_of_a_blind_round_nobody_sees_results_even_who_leads(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), leading(db, key, "bob")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    for actor in (alice, bob, ORGANISER):
        with refused("meeting_not_now", action=Action.SEE_RESULTS):
            results(db, actor, key)
    with refused("meeting_not_allowed"):
        results(db, STRANGER, key)
    assert not any("votes" in event.details for event in chained(db, key))
    reveal(db, ORGANISER, key)
    for actor in (alice, bob, ORGANISER):
        assert [one.rating.value for one in results(db, actor, key).votes] == [2]
    with refused("meeting_not_allowed"):
        results(db, STRANGER, key)


def test_a_second_blind_round_shows_the_first_and_nothing_of_itself(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), leading(db, key, "bob")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    again(db, key, [NEED])
    before = {actor: repr(results(db, actor, key)) for actor in (bob, ORGANISER)}
    revision = counters(db, key)
    vote(db, alice, key, SUT, Rating("need", Answer.LEVEL, Fraction(0), comment="j'ai changé d'avis"))
    assert revision is not None
    for actor, seen in before.items():
        now = repr(results(db, actor, key)).replace(f"revision={revision[0] + 1}", f"revision={revision[0]}")
        assert now == seen
    assert "d'avis" not in repr(chained(db, key))


def test_an_open_meeting_shows_its_votes_while_they_are_given(db: Database) -> None:
    key = opened(db, OPENLY)
    alice, bob = seated(db, key, "alice"), seated(db, key, "bob")
    start_round(db, ORGANISER, key)
    assert results(db, bob, key).votes == ()
    vote(db, alice, key, SUT, level("need", 2))
    assert [one.rating.value for one in results(db, bob, key).votes] == [2]


def test_a_paper_sheet_is_entered_by_who_leads_and_marked(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), leading(db, key, "bob")
    pic = add_seat(db, ORGANISER, key, "Pic", SeatKind.PAPER)
    start_round(db, ORGANISER, key)
    with refused("meeting_not_allowed", action=Action.ENTER_PAPER):
        vote(db, alice, key, SUT, level("need", 1), on_paper_for=pic)
    vote(db, alice, key, SUT, level("need", 2))
    vote(db, bob, key, SUT, level("need", 0), on_paper_for=pic)
    vote(db, ORGANISER, key, SUT, level("vision", 1), on_paper_for=pic)
    reveal(db, ORGANISER, key)
    voices = results(db, ORGANISER, key).voices
    assert [(one.voter, one.on_paper) for one in voices[NEED]] == [("P1", False), ("P3", True)]
    assert [(one.voter, one.on_paper) for one in voices[VISION]] == [("P3", True)]


def test_a_paper_sheet_never_replaces_what_a_device_answers(db: Database) -> None:
    key, other = opened(db), opened(db)
    alice, far = seated(db, key, "alice"), seated(db, other, "far")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    with refused("paper_not_for_seat", name="alice"):
        vote(db, ORGANISER, key, SUT, level("need", 0), on_paper_for=seat_of(alice))
    remove_seat(db, ORGANISER, key, seat_of(alice))
    for seat in (seat_of(alice), seat_of(far), 99):
        with refused("seat_unknown"):
            vote(db, ORGANISER, key, SUT, level("need", 0), on_paper_for=seat)
    free_seat(db, ORGANISER, key, seat_of(alice))
    # Nobody sits there now, but what a device gave stays the person's own.
    with refused("paper_not_for_seat", name="alice"):
        vote(db, ORGANISER, key, SUT, level("need", 0), on_paper_for=seat_of(alice))
    join(db, Ticket(key, "another device"), "", alice.seat)
    assert sheet(db, alice, key).given == {NEED: level("need", 2)}


def test_paper_sheets_say_what_is_asked_of_whom_and_to_who_leads_only(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    pic = add_seat(db, ORGANISER, key, "Pic", SeatKind.PAPER)
    expected = add_seat(db, ORGANISER, key, "Expected")
    gone = add_seat(db, ORGANISER, key, "Gone", SeatKind.PAPER)
    remove_seat(db, ORGANISER, key, gone)
    set_recusals(db, ORGANISER, key, pic, [SUT])
    with refused("meeting_not_now", action=Action.ENTER_PAPER):
        paper_sheets(db, ORGANISER, key)
    start_round(db, ORGANISER, key)
    found = {seat.key: cells for seat, cells in paper_sheets(db, ORGANISER, key).items()}
    assert set(found) == {pic, expected}
    assert {terrain for terrain, _criterion in found[pic]} == {VAUX}
    assert len(found[expected]) == 58
    with refused("meeting_not_allowed", action=Action.ENTER_PAPER):
        paper_sheets(db, alice, key)


def test_a_paper_sheet_obeys_recusals_and_the_round(db: Database) -> None:
    key = opened(db)
    pic = add_seat(db, ORGANISER, key, "Pic", SeatKind.PAPER)
    with refused("meeting_not_now", action=Action.ENTER_PAPER):
        vote(db, ORGANISER, key, SUT, level("need", 1), on_paper_for=pic)
    set_recusals(db, ORGANISER, key, pic, [SUT])
    start_round(db, ORGANISER, key)
    with refused("recused"):
        vote(db, ORGANISER, key, SUT, level("need", 1), on_paper_for=pic)


def test_somebody_late_is_asked_the_round_in_hand(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    late = seated(db, key, "late")
    assert len(sheet(db, late, key).cells) == 58
    vote(db, late, key, SUT, level("need", 0))
    again(db, key, [NEED])
    later = seated(db, key, "later")
    assert sheet(db, later, key).cells == (NEED,)
    vote(db, later, key, SUT, level("need", 1))
    reveal(db, ORGANISER, key)
    found = results(db, later, key)
    assert [[one.participant for one in votes] for votes in found.rounds] == [["P1", "P2"], ["P3"]]
    assert found.distributions(SUT)["need"].given == 3


def test_who_is_removed_counts_no_longer_and_counts_again_once_freed(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), seated(db, key, "bob")
    start_round(db, ORGANISER, key)
    for actor, value in ((alice, 2), (bob, 1)):
        vote(db, actor, key, SUT, level("need", value))
    reveal(db, ORGANISER, key)
    remove_seat(db, ORGANISER, key, seat_of(bob))
    alone = results(db, ORGANISER, key)
    assert [one.participant for one in alone.votes] == ["P1"]
    assert [voice.voter for voice in alone.voices[NEED]] == ["P1"]
    assert alone.scores[SUT].part("need").measure.value == 2
    with refused("meeting_not_allowed"):
        results(db, bob, key)
    free_seat(db, ORGANISER, key, seat_of(bob))
    assert results(db, ORGANISER, key).scores[SUT].part("need").measure.value == Fraction(3, 2)
    join(db, Ticket(key, "another device"), "", bob.seat)
    assert len(results(db, bob, key).votes) == 2


def test_a_second_round_asks_the_chosen_cells_only_and_keeps_the_first(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    for code, value in (("need", 2), ("vision", 1)):
        vote(db, alice, key, SUT, level(code, value))
    again(db, key, [NEED, (VAUX, "means"), (CHATEL, "need")])
    mine = sheet(db, alice, key)
    assert mine.cells == (NEED, (VAUX, "means"))
    assert mine.given == {}
    assert mine.earlier == {NEED: level("need", 2), VISION: level("vision", 1)}
    for terrain, code in (VISION, (VAUX, "need")):
        with refused("cell_not_asked", criterion=code):
            vote(db, alice, key, terrain, level(code, 0))
    vote(db, alice, key, SUT, level("need", 0))
    assert of_seat(progress(db, ORGANISER, key), alice).by_terrain == {SUT: (1, 1), VAUX: (0, 1)}
    again(db, key, [NEED])
    assert sheet(db, alice, key).earlier[NEED].value == 0


def test_a_second_round_asks_nothing_of_who_is_recused_or_has_other_sections(db: Database) -> None:
    key = opened(db)
    alice, bob = seated(db, key, "alice"), seated(db, key, "bob")
    set_recusals(db, alice, key, seat_of(alice), [SUT])
    set_sections(db, ORGANISER, key, seat_of(bob), ["selection"])
    start_round(db, ORGANISER, key)
    again(db, key, [NEED])
    assert sheet(db, alice, key).cells == sheet(db, bob, key).cells == ()


def test_eight_people_voting_at_once_lose_nothing(db: Database) -> None:
    key = opened(db)
    people = [seated(db, key, f"voice {number}") for number in range(8)]
    start_round(db, ORGANISER, key)
    before = counters(db, key)
    every = codes(current_grid(db))[:20]
    ready = Barrier(len(people))

    def rate(actor: Actor) -> None:
        ready.wait()
        for code in every:
            vote(db, actor, key, SUT, level(code, seat_of(actor) % 3))

    with ThreadPoolExecutor(len(people)) as pool:
        for done in [pool.submit(rate, actor) for actor in people]:
            done.result()
    assert before is not None
    assert counters(db, key) == (before[0] + 8 * 20, before[1])
    assert rows_of(db)["vote"] == 8 * 20
    for actor in people:
        given = sheet(db, actor, key).given
        assert {rating.value for rating in given.values()} == {seat_of(actor) % 3}
        assert len(given) == 20


def test_one_cell_written_by_eight_at_once_counts_every_write(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    ready = Barrier(8)

    def rate(value: int) -> None:
        ready.wait()
        for _ in range(5):
            vote(db, alice, key, SUT, level("need", value % 3))

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(rate, value) for value in range(8)]:
            done.result()
    with db.read() as session:
        revisions = session.connection().exec_driver_sql("SELECT revision FROM vote").scalars().all()
    assert revisions == [40]


def test_eight_people_joining_at_once_have_eight_numbers_and_one_chain(db: Database) -> None:
    key = opened(db)
    ready = Barrier(8)

    def sit(number: int) -> int:
        ready.wait()
        return join(db, Ticket(key, f"device {number}"), "Alice")

    with ThreadPoolExecutor(8) as pool:
        seats = set(pool.map(sit, range(8)))
    assert len(seats) == 8
    assert [seat.number for seat in seats_of(db, ORGANISER, key)] == list(range(1, 9))
    assert len(chained(db, key)) == 2 + 8
    assert audit_head(db)[1] is None
