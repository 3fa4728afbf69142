"""A terrain's record: a name is all it needs."""

from __future__ import annotations

import pytest

from ect.domain.errors import DomainError
from ect.domain.terrain import NAME_LIMIT, TERRAIN_FIELDS, Lesson, Terrain, TerrainKind


def test_a_new_terrain_is_a_candidate_that_says_nothing_it_does_not_know() -> None:
    terrain = Terrain("vaux", "Vaux-sur-Poligny")
    assert terrain.kind is TerrainKind.CANDIDATE
    assert (terrain.origin, terrain.archived) == ("user", False)
    assert (terrain.context, terrain.year, terrain.lessons, terrain.frameworks) == (
        "",
        None,
        (),
        (),
    )


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_a_terrain_needs_a_name(name: str) -> None:
    with pytest.raises(DomainError, match="terrain_name_empty"):
        Terrain("vaux", name)


def test_a_name_has_a_limit_which_spaces_around_it_do_not_count_in() -> None:
    Terrain("vaux", f"  {'x' * NAME_LIMIT}  ")
    with pytest.raises(DomainError) as refusal:
        Terrain("vaux", "x" * (NAME_LIMIT + 1))
    assert refusal.value.code == "terrain_name_long"
    assert refusal.value.values == {"limit": NAME_LIMIT, "found": NAME_LIMIT + 1}


def test_the_fields_of_a_record_are_those_of_a_terrain() -> None:
    assert TERRAIN_FIELDS[:3] == ("code", "name", "kind")
    values = {"code": "vaux", "name": "Vaux", "lessons": (Lesson(1, "Coopérer"),)}
    assert set(values) <= set(TERRAIN_FIELDS)
