"""Terrains: making, changing, archiving."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ect.domain.errors import DomainError
from ect.domain.framework import FrameworkKind, FrameworkUse
from ect.domain.terrain import Lesson, Terrain
from ect.services.catalogue import (
    archive_terrain,
    create_terrain,
    get_terrain,
    list_terrains,
    restore_terrain,
    update_terrain,
)
from ect.storage.database import Database

ORCHARD = Terrain(
    code="",
    name="  Vergers oubliés ",
    lessons=(Lesson(1, "prendre le temps"),),
    frameworks=(FrameworkUse(FrameworkKind.PROJECT_FUNDING, "Fonds d'impulsion", "funds"),),
    mirrors_of=("sut",),
)


def test_the_report_gives_three_followed_terrains_their_mirrors_and_the_candidates(db: Database) -> None:
    kinds = [terrain.kind.value for terrain in list_terrains(db)]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"followed": 3, "mirror": 8, "candidate": 4}


def test_a_new_terrain_is_kept_whole_under_a_code_of_its_name(db: Database) -> None:
    made = create_terrain(db, ORCHARD)
    assert (made.code, made.name, made.origin) == ("vergers-oublies", "Vergers oubliés", "user")
    assert get_terrain(db, "vergers-oublies") == made


def test_two_terrains_may_not_share_a_name(db: Database) -> None:
    create_terrain(db, ORCHARD)
    with pytest.raises(DomainError) as refusal:
        create_terrain(db, replace(ORCHARD, name="VERGERS OUBLIÉS"))
    assert refusal.value.code == "terrain_name_taken"


def test_names_that_read_alike_get_codes_of_their_own(db: Database) -> None:
    create_terrain(db, replace(ORCHARD, name="Le bois"))
    assert create_terrain(db, replace(ORCHARD, name="Le bois !")).code == "le-bois-2"


def test_a_framework_the_catalogue_has_not_is_refused(db: Database) -> None:
    use = FrameworkUse(FrameworkKind.SUPPORT, "Magie", "magic")
    with pytest.raises(DomainError) as refusal:
        create_terrain(db, replace(ORCHARD, frameworks=(use,)))
    assert (refusal.value.code, refusal.value.values) == ("framework_unknown", {"code": "magic"})


def test_a_mirror_of_nothing_is_refused(db: Database) -> None:
    with pytest.raises(DomainError, match="terrain_unknown"):
        create_terrain(db, replace(ORCHARD, mirrors_of=("nowhere",)))


def test_a_change_keeps_the_code(db: Database) -> None:
    changed = update_terrain(db, replace(get_terrain(db, "sut"), name="Start-up de Territoire"))
    assert get_terrain(db, "sut").name == changed.name == "Start-up de Territoire"


def test_a_terrain_that_is_not_there_cannot_be_changed(db: Database) -> None:
    ghost = replace(ORCHARD, code="ghost", name="Fantôme")
    for act in (
        lambda: update_terrain(db, ghost),
        lambda: archive_terrain(db, "ghost"),
        lambda: get_terrain(db, "ghost"),
    ):
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.code == "terrain_unknown"


def test_an_archived_terrain_leaves_the_lists_and_comes_back_whole(db: Database) -> None:
    before = get_terrain(db, "chatel")
    archive_terrain(db, "chatel")
    assert "chatel" not in {terrain.code for terrain in list_terrains(db)}
    restore_terrain(db, "chatel")
    assert get_terrain(db, "chatel") == before
