"""Opening the store: migrated, filled with the reference data, ready."""

from __future__ import annotations

from ect.settings import Settings
from ect.storage.database import Database
from ect.storage.loading import ensure_reference
from ect.storage.repositories.secrets import find_or_make


def open_database(settings: Settings) -> Database:
    """Open the database and load the reference data that is not in it yet.

    Raises
    ------
    DomainError
        If the database cannot be opened or a file of reference data is wrong; nothing is half-written.

    """
    db = Database.open(settings.database)
    with db.write() as session:
        ensure_reference(session, settings.data_dir)
    return db


def signing_key(db: Database) -> str:
    """Return the key cookies are signed with, made once a store and read once a process."""
    if db.signing_key is None:
        with db.write() as session:
            db.signing_key = find_or_make(session, "cookies")
    return db.signing_key
