"""Keys of this store, made once."""

from __future__ import annotations

from secrets import token_hex

from sqlmodel import Session

from ect.storage.tables import SecretRow


def find_or_make(session: Session, name: str) -> str:
    """Return a key of 256 bits, made the first time it is asked for."""
    row = session.get(SecretRow, name)
    if row is None:
        row = SecretRow(name=name, value=token_hex(32))
        session.add(row)
        session.flush()
    return row.value


def find(session: Session, name: str) -> str | None:
    """Return a key, or ``None`` if it was never asked for."""
    row = session.get(SecretRow, name)
    return row.value if row else None
