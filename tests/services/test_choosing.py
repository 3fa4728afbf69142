"""Choosing several terrains over the store: what can be chosen, what groups them, what a set covers."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction

import pytest

from ect.domain.choice import Constraint, Demand
from ect.domain.rating import Answer
from ect.domain.terrain import Lesson, Terrain, TerrainKind
from ect.services.catalogue import archive_terrain, get_terrain, list_terrains, update_terrain
from ect.services.choosing import GroupKind, choose_from, could_enter, coverage, eligible
from ect.services.opening import open_database
from ect.services.rating import answer
from ect.services.reference import current_grid, programme
from ect.services.scores import Source
from ect.settings import Settings
from ect.storage.database import Database
from tests.services.meetings import CHATEL, VAUX
from tests.services.portfolios import add, add_many, constant

EPICERIE, MAISON, SUT = "epicerie-solidaire", "maison-de-l-alimentation", "sut"


def at_least(count: int, group: str) -> Constraint:
    return Constraint(Demand.AT_LEAST, group, count)


def at_most(count: int, group: str) -> Constraint:
    return Constraint(Demand.AT_MOST, group, count)


def rate_everything(db: Database, terrain: str, level: int) -> None:
    for criterion in current_grid(db):
        answer(db, terrain, criterion.code, Answer.LEVEL, Fraction(level))


def test_the_report_worked_through(db: Database) -> None:
    found = eligible(db)
    choice = choose_from(found, 2, [at_least(1, "theme/entrepreneuriat")])
    assert choice.sets[0].members == (EPICERIE, SUT)
    assert (choice.sets[0].total, choice.free) == (Fraction(234, 5), Fraction(97, 2))
    assert choice.prices[0].points == Fraction(17, 10)
    assert [one.loss for one in choice.next_best] == [Fraction(21, 10)]


def test_what_is_wholly_known_can_be_chosen_and_the_others_are_named(db: Database) -> None:
    found = eligible(db)
    assert list(found.scores) == [EPICERIE, MAISON, SUT]
    assert list(found.incomplete) == [VAUX]
    assert set(found.followed) == {"chatel", "filiere-bois", "pat-pays-ledonien"}
    assert set(found.followed) <= set(found.names)


def test_groups_are_those_of_the_records_and_of_the_programme(db: Database) -> None:
    found = eligible(db)
    names = {kind: [group.code for group in found.groups if group.kind is kind] for kind in GroupKind}
    assert names[GroupKind.THEME] == ["alimentation", "bois", "entrepreneuriat", "lieu"]
    assert len(names[GroupKind.FRAMEWORK]) == 8
    assert names[GroupKind.AXIS] == [str(place) for place in range(1, len(programme().axes) + 1)]
    assert found.group("theme/alimentation").members == {EPICERIE, MAISON, "pat-pays-ledonien"}
    assert found.open_to_choice(found.group("theme/alimentation")) == 2
    assert found.group("theme/eau") is None


def test_new_is_what_no_followed_terrain_has(db: Database) -> None:
    found = eligible(db)
    assert found.group("new/theme").members == {SUT}
    assert found.group("new/framework").members == {EPICERIE, MAISON, SUT}


def test_a_lesson_puts_a_terrain_on_its_axis(db: Database) -> None:
    sut = get_terrain(db, SUT)
    update_terrain(db, replace(sut, lessons=(Lesson(2, "prendre le temps"), Lesson(0, "hors axe"))))
    found = eligible(db)
    assert found.group("axis/2").members == {CHATEL, "pat-pays-ledonien", SUT}
    choice = choose_from(found, 2, [at_least(1, "axis/2")])
    assert choice.prices[0].points == Fraction(17, 10)


def test_a_followed_terrain_that_is_scored_can_be_chosen_or_limited(db: Database) -> None:
    rate_everything(db, CHATEL, 2)
    found = eligible(db)
    assert found.open_to_choice(found.group("followed/")) == 1
    free = choose_from(found, 2, [])
    assert free.sets[0].members == (CHATEL, EPICERIE)
    without = choose_from(found, 2, [at_most(0, "followed/")])
    assert without.sets[0].members == (EPICERIE, MAISON)
    assert without.prices[0].points == Fraction(34) - Fraction(232, 10)


def test_published_pillars_and_criteria_rated_here_are_chosen_together(db: Database) -> None:
    rate_everything(db, VAUX, 1)
    assert choose_from(eligible(db), 4, []).sets[0].members == (EPICERIE, MAISON, SUT, VAUX)
    assert list(eligible(db, Source.RATED).scores) == [VAUX]


def test_an_unknown_terrain_could_matter_or_not(db: Database) -> None:
    found = eligible(db)
    assert could_enter(found, choose_from(found, 2, [])) == {VAUX: True}
    shut = choose_from(found, 2, [at_most(0, "theme/lieu")])
    assert could_enter(found, shut) == {VAUX: False}
    impossible = choose_from(found, 2, [at_least(1, "theme/lieu")])
    assert not impossible.sets
    assert could_enter(found, impossible) == {VAUX: True}


def test_a_set_covers_what_nobody_followed_does(db: Database) -> None:
    found = eligible(db)
    covers = {cover.group.name: cover for cover in coverage(found, (EPICERIE, SUT))}
    assert set(covers) == {group.name for group in found.groups if group.kind.value in "theme framework axis"}
    assert covers["theme/entrepreneuriat"].new
    assert covers["theme/alimentation"].followed == ("pat-pays-ledonien",)
    assert covers["theme/alimentation"].chosen == (EPICERIE,)
    assert not covers["theme/alimentation"].new
    assert not covers["framework/legal_change"].covered
    assert covers["axis/1"].covered


def test_a_followed_terrain_that_is_chosen_covers_nothing_new(db: Database) -> None:
    rate_everything(db, CHATEL, 2)
    covers = {cover.group.name: cover for cover in coverage(eligible(db), (CHATEL,))}
    assert covers["theme/lieu"].chosen == ()
    assert not covers["theme/lieu"].new


def test_an_empty_store_has_nothing_to_choose(settings: Settings, db: Database) -> None:
    for terrain in list_terrains(db):
        archive_terrain(db, terrain.code)
    found = eligible(open_database(settings))
    assert (found.scores, found.incomplete, found.followed) == ({}, {}, ())
    assert not any(group.members for group in found.groups)


def test_ties_are_many_where_every_column_is_the_same(db: Database) -> None:
    add_many(db, 60, same=True)
    found = eligible(db)
    choice = choose_from(found, 5, [Constraint(Demand.EXCLUDED, code) for code in (EPICERIE, MAISON, SUT)])
    assert len(choice.best) == 10
    assert not choice.every
    assert choice.sets[0].total == 5 * 17


def test_one_terrain_alone_is_the_choice(db: Database) -> None:
    for terrain in list_terrains(db):
        archive_terrain(db, terrain.code)
    lone = Terrain(code="lone", name="Seul", kind=TerrainKind.CANDIDATE, origin="user")
    add(db, lone, constant(current_grid(db), 1))
    choice = choose_from(eligible(db), 1, [])
    assert [one.members for one in choice.sets] == [("lone",)]
    assert choice.every


@pytest.mark.parametrize("size", [3, 12])
def test_a_thousand_terrains_under_many_constraints_are_chosen_in_seconds(db: Database, size: int) -> None:
    add_many(db, 1000)
    found = eligible(db)
    assert len(found.scores) > 900
    asked = [
        *(at_least(1, group.name) for group in found.groups if group.kind is GroupKind.AXIS),
        *(at_most(2, group.name) for group in found.groups if group.kind is GroupKind.THEME),
        *(at_most(1, group.name) for group in found.groups if group.kind is GroupKind.FRAMEWORK),
        at_least(1, "new/theme"),
        at_most(0, "followed/"),
    ]
    start = time.perf_counter()
    choice = choose_from(found, size, asked)
    assert time.perf_counter() - start < 10
    assert choice.proved
    assert len(choice.prices or choice.conflict)
    assert bool(choice.sets) != bool(choice.conflict)
