"""What stands at the head and at the foot of every document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from ect.storage.tables import DocumentSettingsRow

ONLY = 1


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """The head and foot of documents; ``titles`` by kind of document, ``logo`` a PNG picture."""

    organisation: str = ""
    footer: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    logo: bytes | None = None


def read(session: Session) -> DocumentSettings:
    """Return what was settled, or nothing of anything."""
    row = session.get(DocumentSettingsRow, ONLY)
    if row is None:
        return DocumentSettings()
    return DocumentSettings(row.organisation, row.footer, dict(row.titles), row.logo)


def write(session: Session, settings: DocumentSettings, now: datetime) -> None:
    """Settle all of it anew."""
    row = session.get(DocumentSettingsRow, ONLY) or DocumentSettingsRow(titles={}, changed_at=now)
    row.organisation, row.footer = settings.organisation, settings.footer
    row.titles, row.logo, row.changed_at = dict(settings.titles), settings.logo, now
    session.add(row)
    session.flush()
