"""A meeting's life: who may do what in each stage, what comes next, what may be seen, what counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from ect.domain.errors import DomainError
from ect.domain.meeting import (
    Abstentions,
    Action,
    Role,
    Settings,
    Stage,
    Status,
    agreed_values,
    criteria_of,
    merged,
)
from ect.domain.rating import Answer, Rating
from tests.domain.builders import ECT_CODES, GRID, SELECTION, ratings, small_grid, vote

# One column a stage, one letter a role: F who leads, P who has a seat, O who has none. A letter allows,
# a dot refuses. The table is that of a first round, in a blind meeting.
TABLE = """
                 prepared  open  rating  revealed  deciding  closed
prepare          F..       F..   ...     ...       ...       ...
set_secrecy      F..       F..   ...     ...       ...       ...
delete           F..       F..   ...     ...       ...       ...
open             F..       ...   ...     ...       ...       ...
back             ...       F..   F..     ...       F..       ...
join             ...       FPO   FPO     FPO       FPO       ...
recuse           F..       FP.   FP.     FP.       FP.       ...
manage_seats     F..       F..   F..     F..       F..       ...
hand_over        ...       F..   F..     F..       F..       ...
point            ...       F..   F..     F..       F..       ...
start_round      ...       F..   ...     F..       ...       ...
rate             ...       ...   .P.     ...       ...       ...
enter_paper      ...       ...   F..     ...       ...       ...
reveal           ...       ...   F..     ...       ...       ...
see_progress     ...       F..   F..     F..       F..       F..
see_results      ...       ...   ...     FP.       FP.       FP.
start_deciding   ...       ...   ...     F..       ...       ...
decide           ...       ...   ...     ...       F..       ...
close            ...       ...   ...     ...       F..       ...
"""
ROLES = {"F": Role.FACILITATOR, "P": Role.PARTICIPANT, "O": Role.OUTSIDER}
# What a first blind round refuses and another kind of rating allows, or the other way round.
SEES = {(Role.FACILITATOR, Action.SEE_RESULTS), (Role.PARTICIPANT, Action.SEE_RESULTS)}
GOES_BACK = {(Role.FACILITATOR, Action.BACK)}

NEXT = {
    ("prepared", "open"): "open",
    ("open", "back"): "prepared",
    ("open", "start_round"): "rating",
    ("rating", "back"): "open",
    ("rating", "reveal"): "revealed",
    ("revealed", "start_round"): "rating",
    ("revealed", "start_deciding"): "deciding",
    ("deciding", "back"): "revealed",
    ("deciding", "close"): "closed",
}
BEFORE_A_ROUND = {Stage.PREPARED, Stage.OPEN}


def expected() -> dict[tuple[Stage, Role, Action], bool]:
    lines = TABLE.strip().splitlines()
    stages = [Stage(name) for name in lines[0].split()]
    return {
        (stage, ROLES[letter], Action(name)): letter in cell
        for name, *cells in (line.split() for line in lines[1:])
        for stage, cell in zip(stages, cells, strict=True)
        for letter in ROLES
    }


def status_in(stage: Stage) -> Status:
    """Return a status of that stage, of the first round where there is one."""
    return Status(stage, 0 if stage in BEFORE_A_ROUND else 1)


def allowed_by(status: Status) -> set[tuple[Role, Action]]:
    return {(role, action) for role in Role for action in Action if status.may(role, action)}


def test_the_table_says_something_of_every_stage_role_and_action() -> None:
    assert set(expected()) == set(product(Stage, Role, Action))


@pytest.mark.parametrize("stage", Stage)
def test_what_the_table_allows_may_be_done_and_nothing_else(stage: Stage) -> None:
    wrong = {
        (role, action): allowed
        for (where, role, action), allowed in expected().items()
        if where is stage and status_in(stage).may(role, action) is not allowed
    }
    assert wrong == {}


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.RATING])
def test_outside_a_rating_neither_the_round_nor_secrecy_changes_what_may_be_done(stage: Stage) -> None:
    usual = allowed_by(status_in(stage))
    assert all(allowed_by(Status(stage, number, blind)) == usual for number in (1, 2) for blind in (0, 1))


def test_a_rating_in_an_open_meeting_shows_its_results_to_its_members() -> None:
    first_blind = allowed_by(Status(Stage.RATING, 1, blind=True))
    assert allowed_by(Status(Stage.RATING, 1, blind=False)) == first_blind | SEES


def test_a_later_blind_rating_shows_the_earlier_rounds_and_cannot_be_left_backwards() -> None:
    first_blind = allowed_by(Status(Stage.RATING, 1, blind=True))
    later = (first_blind | SEES) - GOES_BACK
    assert allowed_by(Status(Stage.RATING, 2, blind=True)) == later
    assert allowed_by(Status(Stage.RATING, 2, blind=False)) == later
    assert allowed_by(Status(Stage.RATING, 3, blind=True)) == later


@pytest.mark.parametrize("stage", Stage)
def test_what_is_refused_is_refused_by_name(stage: Stage) -> None:
    for (where, role, action), allowed in expected().items():
        if where is not stage:
            continue
        if allowed:
            status_in(stage).check(role, action)
            continue
        with pytest.raises(DomainError) as refusal:
            status_in(stage).check(role, action)
        assert refusal.value.code == "meeting_not_now"
        assert refusal.value.values == {"action": action, "stage": stage, "role": role}


@pytest.mark.parametrize("stage", Stage)
def test_every_step_leads_where_it_should_and_every_other_action_leads_nowhere(stage: Stage) -> None:
    for action in Action:
        if not expected()[stage, Role.FACILITATOR, action]:
            with pytest.raises(DomainError):
                status_in(stage).after(action)
            continue
        assert status_in(stage).after(action).stage == NEXT.get((stage, action), stage)


def test_a_meeting_goes_from_prepared_to_closed_counting_its_rounds() -> None:
    steps = [
        (Action.OPEN, 0),
        (Action.START_ROUND, 1),
        (Action.REVEAL, 1),
        (Action.START_ROUND, 2),
        (Action.REVEAL, 2),
        (Action.START_DECIDING, 2),
        (Action.CLOSE, 2),
    ]
    status = Status()
    for action, number in steps:
        status = status.after(action)
        assert (action, status.round) == (action, number)
    assert status == Status(Stage.CLOSED, 2, blind=True)


def test_a_first_round_that_is_left_backwards_is_counted_again() -> None:
    rating = Status(Stage.OPEN).after(Action.START_ROUND)
    assert rating.after(Action.BACK) == Status(Stage.OPEN, 0)
    assert rating.after(Action.BACK).after(Action.START_ROUND) == rating


def test_going_back_from_deciding_keeps_the_round_revealed() -> None:
    back = Status(Stage.DECIDING, 2).after(Action.BACK)
    assert back == Status(Stage.REVEALED, 2)
    assert back.visible_rounds == 2


@pytest.mark.parametrize("blind", [True, False])
def test_going_back_never_crosses_a_reveal(blind: bool) -> None:
    reached = {Status(Stage.REVEALED, 1, blind)}
    while True:
        more = {after for status in reached for action in Action for after in _after(status, action)}
        more = {status for status in more if status.round < 4} - reached
        if not more:
            break
        reached |= more
    assert not [status for status in reached if status.stage in BEFORE_A_ROUND]
    assert min(status.visible_rounds for status in reached) == 1
    assert not [status for status in reached if status.may(Role.FACILITATOR, Action.SET_SECRECY)]


@pytest.mark.parametrize("blind", [True, False])
def test_no_step_changes_secrecy(blind: bool) -> None:
    for stage, number, action in product(Stage, (1, 2), Action):
        assert all(after.blind is blind for after in _after(Status(stage, number, blind), action))


def test_secrecy_is_settled_before_a_round_and_by_who_leads_only() -> None:
    allowed = {
        (stage, role)
        for stage, role in product(Stage, Role)
        if status_in(stage).may(role, Action.SET_SECRECY)
    }
    assert allowed == {(Stage.PREPARED, Role.FACILITATOR), (Stage.OPEN, Role.FACILITATOR)}


@pytest.mark.parametrize(
    ("status", "visible"),
    [
        (Status(), 0),
        (Status(Stage.OPEN), 0),
        (Status(Stage.RATING, 1, blind=True), 0),
        (Status(Stage.RATING, 1, blind=False), 1),
        (Status(Stage.REVEALED, 1), 1),
        (Status(Stage.RATING, 2, blind=True), 1),
        (Status(Stage.RATING, 2, blind=False), 2),
        (Status(Stage.REVEALED, 2), 2),
        (Status(Stage.DECIDING, 2), 2),
        (Status(Stage.CLOSED, 2), 2),
    ],
)
def test_the_round_that_is_rated_blind_is_never_visible(status: Status, visible: int) -> None:
    assert status.visible_rounds == visible


def test_a_meeting_is_blind_with_names_asked_and_not_shown_unless_it_is_settled_otherwise() -> None:
    settings = Settings()
    assert (settings.blind, settings.names_required, settings.names_shown) == (True, True, False)
    assert (settings.free_joining, settings.abstentions) == (True, Abstentions.LEFT_OUT)
    assert Status().blind


def test_a_later_vote_on_a_cell_replaces_the_earlier_one() -> None:
    again = vote("alice", "s", 2)
    assert merged([[vote("alice", "s", 0)], [again]]) == [again]


def test_a_vote_given_in_one_round_only_is_kept() -> None:
    first = [vote("alice", "s", 0), vote("bob", "s", 1), vote("alice", "p_1", 2)]
    second = [vote("alice", "s", 1), vote("alice", "s", 1, terrain="away"), vote("carol", "s", 2)]
    assert merged([first, second]) == [second[0], first[1], first[2], second[1], second[2]]


def test_not_knowing_any_more_replaces_a_level() -> None:
    assert [v.rating.value for v in merged([[vote("alice", "s", 2)], [vote("alice", "s", None)]])] == [None]


def test_without_rounds_there_are_no_votes() -> None:
    assert merged([]) == []
    assert merged([[], []]) == []


def test_a_value_is_the_exact_mean_of_the_levels_given() -> None:
    given = ratings("p_1", 0, 1, 1) + ratings("s", Fraction(3, 2), 2)
    assert agreed_values(small_grid(), given, Abstentions.LEFT_OUT) == {
        "p_1": Fraction(2, 3),
        "s": Fraction(7, 4),
    }


@pytest.mark.parametrize(
    ("levels", "unknown", "abstained", "left_out", "half"),
    [
        (2, 0, 0, True, True),
        (2, 1, 0, True, True),
        (2, 2, 0, True, True),
        (2, 1, 1, True, True),
        (2, 3, 0, True, False),
        (2, 0, 3, True, False),
        (1, 1, 1, True, False),
        (0, 2, 0, False, False),
        (0, 0, 1, False, False),
        (0, 0, 0, False, False),
    ],
)
def test_abstentions_leave_a_value_as_it_is_or_unknown_below_half(
    levels: int, unknown: int, abstained: int, left_out: bool, half: bool
) -> None:
    given = ratings("s", *[1] * levels, *[None] * unknown) + [Rating("s", Answer.ABSTAIN)] * abstained
    known = {"s": Fraction(1)}
    assert agreed_values(small_grid(), given, Abstentions.LEFT_OUT) == (known if left_out else {})
    assert agreed_values(small_grid(), given, Abstentions.HALF) == (known if half else {})


@pytest.mark.parametrize("rule", Abstentions)
def test_what_was_settled_stands_in_place_of_the_mean_whatever_was_abstained(rule: Abstentions) -> None:
    given = ratings("s", 2, None, None, None) + ratings("p_1", 1)
    settled = {"s": Fraction(1, 3), "p_2": Fraction(0)}
    assert agreed_values(small_grid(), given, rule, settled) == {"p_1": 1, "s": Fraction(1, 3), "p_2": 0}


@pytest.mark.parametrize("value", [Fraction(0), Fraction(2)])
def test_both_ends_of_the_scale_may_be_settled_on(value: Fraction) -> None:
    assert agreed_values(small_grid(), [], Abstentions.HALF, {"s": value}) == {"s": value}


@pytest.mark.parametrize(
    ("settled", "code"),
    [
        ({"s": Fraction(-1, 10)}, "override_out_of_range"),
        ({"s": Fraction(21, 10)}, "override_out_of_range"),
        ({"beauty": Fraction(1)}, "criterion_unknown"),
        ({"p": Fraction(1)}, "criterion_unknown"),
    ],
)
def test_a_value_off_the_scale_or_off_the_grid_is_refused(settled: dict[str, Fraction], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        agreed_values(small_grid(), [], Abstentions.LEFT_OUT, settled)
    assert refusal.value.code == code


def test_a_rating_the_grid_does_not_allow_makes_no_value() -> None:
    with pytest.raises(DomainError):
        agreed_values(small_grid(), ratings("s", Fraction(1, 3)), Abstentions.LEFT_OUT)


@pytest.mark.parametrize(
    ("sections", "asked"),
    [
        ((), (*ECT_CODES, *SELECTION)),
        (("anchoring",), ECT_CODES[5:10]),
        (("selection",), SELECTION),
        (("selection", "collective"), (*ECT_CODES[:5], *SELECTION)),
        (("nothing",), ()),
    ],
)
def test_a_seat_rates_its_parts_of_the_grid_in_the_grid_s_order_or_all_of_it(
    sections: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    assert criteria_of(GRID, sections) == asked


def _after(status: Status, action: Action) -> set[Status]:
    try:
        return {status.after(action)}
    except DomainError:
        return set()
