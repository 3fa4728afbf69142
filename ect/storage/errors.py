"""What can go wrong with the store itself, as codes of the domain's one exception."""

from __future__ import annotations

from ect.domain.errors import DomainError


class StorageError(DomainError):
    """The database could not be opened, read or written; nothing was half-written."""
