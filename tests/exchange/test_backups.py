"""What a copy holds and what putting it back changed, in words."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ect.domain.rating import Answer
from ect.domain.terrain import Terrain
from ect.exchange.backups import change_sentences, examined_text, restored_text, size_words
from ect.i18n import Speaker
from ect.services.backups import backup, restore
from ect.services.catalogue import create_terrain
from ect.services.membership import ORGANISER
from ect.services.privacy import erase
from ect.services.rating import answer
from ect.storage.database import Database
from tests.services.meetings import SUT, opened, seat_of, seated


def plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("size", "said"), [(120, "1 ko"), (204_800, "204 ko"), (59_900_000, "59,9 Mo"), (2_000_000, "2,0 Mo")]
)
def test_a_size_is_written_as_people_read_it(size: int, said: str) -> None:
    assert size_words(Speaker("fr"), size) == said


def test_a_copy_tells_when_it_was_made_what_is_in_it_and_that_it_is_sound(
    db: Database, tmp_path: Path
) -> None:
    found = backup(db, tmp_path / "copie.db")
    lines = plain(examined_text(found, "fr")).splitlines()
    assert lines[0].startswith("copie.db, ")
    assert lines[1].startswith("Copie faite le ")
    assert "  Terrains : 15" in lines
    assert "Dernière réponse : aucune réponse." in lines
    assert lines[-1] == "Saine : pages, références, audit et documents sont contrôlés."


def test_a_restore_tells_what_came_and_went_and_who_was_erased_again(db: Database, tmp_path: Path) -> None:
    key = opened(db)
    alice = seat_of(seated(db, key, "Alice Merle"))
    copy = backup(db, tmp_path / "copie.db").path
    for number in range(10):
        create_terrain(db, Terrain(code="", name=f"Verger {number}"))
    answer(db, SUT, "need", Answer.LEVEL, Fraction(1))
    erase(db, ORGANISER, key, alice)
    done = restore(db, copy)
    said = plain(restored_text(done, "fr"))
    assert "  Terrains : 25 → 15" in said
    assert "Terrains qui disparaissent : Verger 0, Verger 1," in said
    assert "Verger 7 et 2 autres." in said
    assert "Dernière réponse : aucune réponse, au lieu de " in said
    assert "1 personne effacée depuis la copie a été effacée à nouveau." in said
    assert str(done.kept) in said
    assert "Séances" not in said


def test_nothing_that_differs_is_said_so(db: Database, tmp_path: Path) -> None:
    done = restore(db, backup(db, tmp_path / "copie.db").path)
    said = change_sentences(Speaker("en"), done.changes)
    assert said == ["Neither a terrain, a meeting nor an answer differs."]
