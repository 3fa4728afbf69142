"""What a meeting sees of its revealed rounds: results, agreement, movement; nothing to the recused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ect.domain.meeting import Abstentions, Action, Settings, Stage, Verdict
from ect.domain.rating import Answer, Rating
from ect.services.deciding import decide, settle
from ect.services.deliberation import Results, results
from ect.services.meeting import back, find, reveal, start_deciding, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.seating import set_recusals
from ect.services.voting import sheet, vote
from ect.storage.database import Database
from tests.services.meetings import (
    BLIND,
    OPENLY,
    STRANGER,
    SUT,
    VAUX,
    again,
    closed,
    leading,
    level,
    opened,
    refused,
    seat_of,
    seated,
)

NEED = (SUT, "need")
LEVELS = {"alice": 2, "bob": 1, "carol": 0}


def rated(db: Database, settings: Settings = BLIND) -> tuple[int, dict[str, Actor]]:
    """Hold a round in which each of three people gives one level to three criteria of both terrains."""
    key = opened(db, settings)
    people = {name: seated(db, key, name) for name in LEVELS}
    start_round(db, ORGANISER, key)
    for name, actor in people.items():
        for terrain in (SUT, VAUX):
            for code in ("need", "vision", "means"):
                vote(db, actor, key, terrain, level(code, LEVELS[name]))
    return key, people


def revealed(db: Database, settings: Settings = BLIND) -> tuple[int, dict[str, Actor]]:
    key, people = rated(db, settings)
    reveal(db, ORGANISER, key)
    return key, people


def levels_of(found: Results, terrain: str, criterion: str) -> list[Fraction | None]:
    return [rating.value for rating in found.ratings(terrain) if rating.criterion == criterion]


def test_a_criterion_s_value_is_the_mean_of_its_levels(db: Database) -> None:
    key, people = revealed(db)
    assert results(db, people["alice"], key).scores[SUT].part("need").measure.value == 1


def test_every_member_sees_the_same(db: Database) -> None:
    key, people = revealed(db)
    bob = leading(db, key, "merle")
    seen = [results(db, actor, key) for actor in (*people.values(), bob, ORGANISER)]
    assert all(found == seen[0] for found in seen)
    assert (seen[0].terrains, len(seen[0].votes), len(seen[0].rounds)) == ((SUT, VAUX), 18, 1)


@pytest.mark.parametrize("terrain", [SUT, VAUX])
def test_the_recused_see_nothing_of_their_terrain_in_any_field(db: Database, terrain: str) -> None:
    key, people = rated(db)
    bob = leading(db, key, "merle")
    for actor in (people["alice"], bob):
        set_recusals(db, actor, key, seat_of(actor), [terrain])
    again(db, key, [(terrain, "need")])
    vote(db, people["carol"], key, terrain, level("need", 2))
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    settle(db, ORGANISER, key, terrain, "need", Fraction(1, 3), "motif à taire")
    decide(db, ORGANISER, key, terrain, Verdict.CHOSEN, "verdict à taire")
    for actor in (people["alice"], bob):
        found = results(db, actor, key)
        (other,) = found.terrains
        assert other != terrain
        assert {one.terrain for one in found.votes} == {other}
        assert [{one.terrain for one in votes} for votes in found.rounds] == [{other}, set()]
        assert set(found.scores) == {row.terrain for row in found.ranking.rows} == {other}
        assert {code for code, _criterion in found.voices} == {other}
        assert (found.overrides, found.rulings) == ({}, {})
        assert found.ratings(terrain) == []
        assert not any(one.given for one in found.distributions(terrain).values())
        assert found.agenda(terrain) == ()
        assert not any(terrain in topic.crossed for topic in found.agenda(other))
        assert found.alpha(terrain) == (None, None)
        assert not any(one.before.given or one.after.given for one in found.movements(terrain))
        assert "à taire" not in repr(found)
    assert results(db, people["bob"], key).terrains == (SUT, VAUX)


def test_the_recused_count_in_no_result_of_their_terrain_for_anybody(db: Database) -> None:
    key, people = rated(db)
    set_recusals(db, people["alice"], key, seat_of(people["alice"]), [VAUX])
    reveal(db, ORGANISER, key)
    found = results(db, ORGANISER, key)
    assert levels_of(found, VAUX, "need") == [1, 0]
    assert levels_of(found, SUT, "need") == [2, 1, 0]


def test_who_is_recused_after_the_reveal_sees_no_more_and_counts_no_more(db: Database) -> None:
    key, people = revealed(db)
    alice = people["alice"]
    set_recusals(db, ORGANISER, key, seat_of(alice), [SUT, VAUX])
    found = results(db, alice, key)
    assert (found.terrains, found.votes, found.scores, found.voices) == ((), (), {}, {})
    assert {one.participant for one in results(db, ORGANISER, key).votes} == {"P2", "P3"}


def test_the_organiser_who_also_sits_is_recused_like_anybody(db: Database) -> None:
    key, people = revealed(db)
    both = Actor(organiser=True, seat=people["alice"].seat)
    set_recusals(db, both, key, seat_of(both), [SUT])
    assert results(db, both, key).terrains == (VAUX,)


@pytest.mark.parametrize(
    ("kind", "voters"),
    [(BLIND, ["P1", "P2", "P3"]), (Settings(names_shown=True), ["alice", "bob", "carol"])],
)
def test_voices_have_names_only_where_names_are_shown(
    db: Database, kind: Settings, voters: list[str]
) -> None:
    key, _people = revealed(db, kind)
    found = results(db, ORGANISER, key)
    assert [voice.voter for voice in found.voices[NEED]] == voters
    assert [one.participant for one in found.votes][::6] == ["P1", "P2", "P3"]
    assert ("alice" in repr(found)) is kind.names_shown


def test_a_person_without_a_name_is_shown_by_pseudonym(db: Database) -> None:
    key = opened(db, Settings(names_shown=True, names_required=False))
    nameless = seated(db, key, "")
    start_round(db, ORGANISER, key)
    vote(db, nameless, key, SUT, level("need", 1))
    reveal(db, ORGANISER, key)
    assert [voice.voter for voice in results(db, nameless, key).voices[NEED]] == ["P1"]


def test_a_second_round_keeps_what_is_not_rated_again_and_tells_who_moved(db: Database) -> None:
    key, people = revealed(db)
    assert results(db, ORGANISER, key).movements(SUT) == ()
    start_round(db, ORGANISER, key, [NEED])
    vote(db, people["carol"], key, SUT, level("need", 2))
    reveal(db, ORGANISER, key)
    found = results(db, ORGANISER, key)
    assert [len(votes) for votes in found.rounds] == [18, 1]
    assert levels_of(found, SUT, "need") == [2, 1, 2]
    assert levels_of(found, SUT, "vision") == [2, 1, 0]
    moved = {one.criterion: (one.raised, one.lowered, one.kept) for one in found.movements(SUT)}
    assert moved == {"need": (1, 0, 2), "vision": (0, 0, 3), "means": (0, 0, 3)}
    need = next(one for one in found.movements(SUT) if one.criterion == "need")
    assert (need.before.mean, need.after.mean) == (1, Fraction(5, 3))
    assert [voice.rating.value for voice in found.voices[NEED]] == [2, 1, 2]


def test_agreement_can_be_asked_of_every_terrain(db: Database) -> None:
    key, _people = revealed(db)
    found = results(db, ORGANISER, key)
    need = found.distributions(SUT)["need"]
    assert (need.given, need.mean, need.spread) == (3, 1, 2)
    assert [topic.criterion for topic in found.agenda(SUT)] == ["means", "need", "vision"]
    value, interval = found.alpha(SUT)
    assert value is not None
    assert interval is not None
    assert value == Fraction(-1, 3)
    assert interval == pytest.approx((-1 / 3, -1 / 3))


def test_agreement_is_the_same_each_time_it_is_asked(db: Database) -> None:
    key, _people = revealed(db)
    assert results(db, ORGANISER, key).alpha(SUT) == results(db, ORGANISER, key).alpha(SUT)


def test_who_rates_high_or_low_can_be_asked(db: Database) -> None:
    key, _people = revealed(db)
    found = results(db, ORGANISER, key)
    assert {one.participant: one.difference for one in found.severities()} == {
        "P1": Fraction(3, 2),
        "P2": Fraction(0),
        "P3": Fraction(-3, 2),
    }


def test_whose_absence_would_change_the_ranking_can_be_asked(db: Database) -> None:
    key = opened(db)
    people = {name: seated(db, key, name) for name in LEVELS}
    start_round(db, ORGANISER, key)
    half = Fraction(1, 2)
    proximity = {"alice": {SUT: 2, VAUX: 0}, "bob": {SUT: half, VAUX: 1}, "carol": {SUT: half, VAUX: 1}}
    for name, actor in people.items():
        for terrain, code in sheet(db, actor, key).cells:
            value = proximity[name][terrain] if code == "proximity" else 1
            vote(db, actor, key, terrain, level(code, value))
    reveal(db, ORGANISER, key)
    found = results(db, ORGANISER, key)
    assert [row.terrain for row in found.ranking.ranked] == [SUT, VAUX]
    assert [one.participant for one in found.leave_one_out()] == ["P1"]


def test_a_round_without_votes_has_nothing_to_say_and_says_so(db: Database) -> None:
    key = opened(db)
    start_round(db, ORGANISER, key)
    reveal(db, ORGANISER, key)
    found = results(db, ORGANISER, key)
    assert (found.votes, found.rounds, found.voices) == ((), ((),), {})
    assert found.alpha(SUT) == (None, None)
    assert found.agenda(SUT) == ()
    assert found.leave_one_out() == ()
    with refused("severity_too_few_ratings"):
        found.severities()
    assert not any(score.total.complete for score in found.scores.values())


def test_one_voice_alone_is_compared_with_nobody(db: Database) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    reveal(db, ORGANISER, key)
    found = results(db, alice, key)
    assert found.alpha(SUT)[0] is None
    with refused("severity_too_few_ratings"):
        found.severities()


@pytest.mark.parametrize(("rule", "value"), [(Abstentions.LEFT_OUT, 2), (Abstentions.HALF, None)])
def test_abstentions_count_as_the_meeting_settled(db: Database, rule: Abstentions, value: int | None) -> None:
    key = opened(db, Settings(abstentions=rule))
    people = [seated(db, key, name) for name in ("alice", "bob", "carol")]
    start_round(db, ORGANISER, key)
    vote(db, people[0], key, SUT, level("need", 2))
    vote(db, people[1], key, SUT, Rating("need", Answer.ABSTAIN))
    vote(db, people[2], key, SUT, Rating("need", Answer.UNKNOWN))
    reveal(db, ORGANISER, key)
    assert results(db, ORGANISER, key).scores[SUT].part("need").measure.value == value


def test_a_settled_value_stands_in_the_score_and_the_ranking(db: Database) -> None:
    key, _people = revealed(db)
    start_deciding(db, ORGANISER, key)
    before = results(db, ORGANISER, key)
    settle(db, ORGANISER, key, SUT, "means", Fraction(2), "vu au budget")
    after = results(db, ORGANISER, key)
    assert after.scores[SUT].part("means").measure.value == 2
    assert after.scores[SUT].total.low == before.scores[SUT].total.low + 1
    assert after.scores[VAUX] == before.scores[VAUX]
    assert after.votes == before.votes
    back(db, ORGANISER, key)
    assert results(db, ORGANISER, key).scores == after.scores


def test_results_are_for_members_before_and_after_the_end(db: Database) -> None:
    key = opened(db, OPENLY)
    other = opened(db)
    far = seated(db, other, "far")
    for actor in (ORGANISER, seated(db, key, "alice")):
        with refused("meeting_not_now", action=Action.SEE_RESULTS, stage=Stage.OPEN):
            results(db, actor, key)
    over = closed(db)
    for actor in (STRANGER, far):
        with refused("meeting_not_allowed", action=Action.SEE_RESULTS):
            results(db, actor, over)
    assert find(db, ORGANISER, over).status.stage is Stage.CLOSED
    assert len(results(db, ORGANISER, over).votes) == 2
