"""Keys of the store: made once, kept, one a purpose."""

from __future__ import annotations

from ect.storage.database import Database
from ect.storage.repositories.secrets import find_or_make


def test_a_key_of_the_store_is_made_once_and_is_not_another_s(db: Database, address: str) -> None:
    with db.write() as session:
        made, other = find_or_make(session, "cookies"), find_or_make(session, "links")
    assert (len(made), made == other) == (64, False)
    with Database.open(address).write() as session:
        assert find_or_make(session, "cookies") == made
