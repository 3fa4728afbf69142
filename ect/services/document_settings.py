"""The head and foot of documents: whose they are, how they are called, their logo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from ect.domain.errors import DomainError
from ect.services.logo import checked_logo
from ect.services.membership import Actor
from ect.storage.database import Database
from ect.storage.repositories import document_settings
from ect.storage.repositories.document_settings import DocumentSettings

__all__ = ["KINDS", "DocumentSettings", "letterhead", "save", "set_logo"]

KINDS = ("minutes", "comparison", "record", "blank")
TEXT_LIMIT = 160


def letterhead(db: Database) -> DocumentSettings:
    """Return what stands at the head and at the foot of every document."""
    with db.read() as session:
        return document_settings.read(session)


def save(db: Database, actor: Actor, organisation: str, footer: str, titles: Mapping[str, str]) -> None:
    """Settle the texts; an empty title is the usual one.

    Raises
    ------
    DomainError
        ``"organiser_only"``, ``"document_text_long"``. Nothing is written then.

    """
    _check(actor)
    organisation, footer = _text(organisation), _text(footer)
    kept = {kind: text for kind in KINDS if (text := _text(titles.get(kind, "")))}
    with db.write() as session:
        before = document_settings.read(session)
        after = replace(before, organisation=organisation, footer=footer, titles=kept)
        document_settings.write(session, after, datetime.now(UTC))


def set_logo(db: Database, actor: Actor, content: bytes | None) -> None:
    """Put a logo in, or take it away.

    Raises
    ------
    DomainError
        ``"organiser_only"``, or as :func:`ect.services.logo.checked_logo`. Nothing is written then.

    """
    _check(actor)
    logo = None if content is None else checked_logo(content)
    with db.write() as session:
        after = replace(document_settings.read(session), logo=logo)
        document_settings.write(session, after, datetime.now(UTC))


def _check(actor: Actor) -> None:
    if not actor.organiser:
        raise DomainError("organiser_only")


def _text(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > TEXT_LIMIT:
        raise DomainError("document_text_long", limit=TEXT_LIMIT, found=len(text))
    return text
