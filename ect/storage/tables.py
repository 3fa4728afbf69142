"""The tables. Their rows never leave this package."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC: SQLite forgets zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn an aware moment into UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Say that what was read is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """The base of our tables, in a registry of its own: Streamlit re-imports modules on reload."""


class GridRow(Table, table=True):
    """A version of the grid, as the document it was published as."""

    __tablename__ = "grid"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    version: str
    document: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)


class TerrainRow(Table, table=True):
    """A terrain: what is searched and joined as columns, the record's texts as one document."""

    __tablename__ = "terrain"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: str
    origin: str
    archived: bool = False
    record: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision: int = 1


class RatingRow(Table, table=True):
    """One voice's answer on one criterion of one terrain; ``half_points`` is twice the level."""

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("terrain_id", "grid_id", "voice", "criterion"),
        CheckConstraint("half_points BETWEEN 0 AND 4", name="level"),
        CheckConstraint("(answer = 'level') = (half_points IS NOT NULL)", name="answer"),
        # All that means are made of, in the order they are asked for.
        Index("ix_rating_grid_id", "grid_id", "terrain_id", "criterion", "half_points"),
    )

    id: int | None = Field(default=None, primary_key=True)
    terrain_id: int = Field(foreign_key="terrain.id")
    grid_id: int = Field(foreign_key="grid.id")
    voice: str
    criterion: str
    answer: str
    half_points: int | None = None
    basis: str | None = None
    comment: str = ""
    saved_at: datetime = Field(sa_type=UtcDateTime)
    revision: int = 1


class AssessmentRow(Table, table=True):
    """A terrain's dated, frozen score: exact values by code, as fractions in text."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("terrain_id", "grid_id", "source"),)

    id: int | None = Field(default=None, primary_key=True)
    terrain_id: int = Field(foreign_key="terrain.id")
    grid_id: int = Field(foreign_key="grid.id")
    source: str
    phase: str
    year: int
    profile: dict[str, str] = Field(sa_type=JSON)
    record: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class ReferenceRow(Table, table=True):
    """A piece of reference data that was put in once, and from which content."""

    __tablename__ = "reference_item"

    key: str = Field(primary_key=True)
    checksum: str
    loaded_at: datetime = Field(sa_type=UtcDateTime)


class MeetingRow(Table, table=True):
    """A meeting. ``revision`` counts every write, ``stage_revision`` those every screen must follow.

    Its key is never used again once it is deleted: the audit and screens left open still name it.
    """

    __tablename__ = "meeting"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    title: str
    code: str = Field(unique=True)
    stage: str
    round: int = 0
    settings: dict[str, Any] = Field(sa_type=JSON)
    pointed_at: int | None = Field(default=None, foreign_key="terrain.id")
    timer_ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    demo: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision: int = 0
    stage_revision: int = 0


class MeetingTerrainRow(Table, table=True):
    """A terrain of a meeting, in its place, and what was decided of it."""

    __tablename__ = "meeting_terrain"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    terrain_id: int = Field(foreign_key="terrain.id", primary_key=True)
    place: int
    verdict: str | None = None
    motive: str = ""


class SeatRow(Table, table=True):
    """Somebody's seat. The name is here and nowhere else; ``device`` is a digest of their cookie."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number", name="uq_seat_meeting_id_number"),
        UniqueConstraint("meeting_id", "device", name="uq_seat_meeting_id_device"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", ondelete="CASCADE")
    number: int
    name: str
    kind: str
    device: str | None = None
    facilitator: bool = False
    removed: bool = False
    sections: list[str] = Field(sa_type=JSON)
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RecusalRow(Table, table=True):
    """A terrain a participant neither rates nor sees the ratings of."""

    __tablename__ = "recusal"

    seat_id: int = Field(foreign_key="seat.id", primary_key=True, ondelete="CASCADE")
    terrain_id: int = Field(foreign_key="terrain.id", primary_key=True)
    declared_at: datetime = Field(sa_type=UtcDateTime)


class VoteRow(Table, table=True):
    """One seat's answer on one criterion of one terrain in one round of a meeting."""

    __tablename__ = "vote"
    __table_args__ = (
        UniqueConstraint("seat_id", "round", "terrain_id", "criterion"),
        CheckConstraint("half_points BETWEEN 0 AND 4", name="level"),
        CheckConstraint("(answer = 'level') = (half_points IS NOT NULL)", name="answer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    seat_id: int = Field(foreign_key="seat.id", ondelete="CASCADE")
    round: int
    terrain_id: int = Field(foreign_key="terrain.id")
    criterion: str
    answer: str
    half_points: int | None = None
    basis: str | None = None
    comment: str = ""
    on_paper: bool = False
    saved_at: datetime = Field(sa_type=UtcDateTime)
    revision: int = 1


class ReopenedRow(Table, table=True):
    """A criterion of a terrain that a later round asks for again."""

    __tablename__ = "reopened"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    round: int = Field(primary_key=True)
    terrain_id: int = Field(foreign_key="terrain.id", primary_key=True)
    criterion: str = Field(primary_key=True)


class OverrideRow(Table, table=True):
    """A value the committee settled on in place of the mean (a fraction in text), and why."""

    __tablename__ = "override"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    terrain_id: int = Field(foreign_key="terrain.id", primary_key=True)
    criterion: str = Field(primary_key=True)
    value: str
    reason: str


class AuditRow(Table, table=True):
    """An event of a meeting, chained to the one before; triggers refuse any change. No name in it."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    meeting: str = Field(index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str
    event: str
    details: dict[str, Any] = Field(sa_type=JSON)
    previous: str
    digest: str = Field(unique=True)


class SecretRow(Table, table=True):
    """A key of this store, made once: cookies signed with it outlive a restart."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True)
    value: str


class ScenarioRow(Table, table=True):
    """A supposition that was given a name; ``text`` is what its link holds.

    What is thrown away stays until it cannot be asked back, so that it can be.
    """

    __tablename__ = "scenario"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    name: str
    note: str = ""
    source: str
    text: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportRow(Table, table=True):
    """A table that came in, whole; undone, it stays listed. Its key is never used again.

    ``people`` ties keyed digests of names to pseudonyms: the names themselves are kept nowhere.
    """

    __tablename__ = "import_batch"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    file: str
    at: datetime = Field(sa_type=UtcDateTime)
    # No reference: the version a table brought in goes when the import is undone.
    grid_id: int
    counts: dict[str, int] = Field(sa_type=JSON)
    people: dict[str, str] = Field(sa_type=JSON)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportBeforeRow(Table, table=True):
    """What an import replaced or made at one terrain: undoing it needs nothing else."""

    __tablename__ = "import_before"

    import_id: int = Field(foreign_key="import_batch.id", primary_key=True, ondelete="CASCADE")
    terrain_id: int = Field(primary_key=True)
    document: dict[str, Any] = Field(sa_type=JSON)


class DocumentSettingsRow(Table, table=True):
    """What stands at the head and at the foot of every document: one row, or none yet."""

    __tablename__ = "document_settings"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: int = Field(default=1, primary_key=True)
    organisation: str = ""
    footer: str = ""
    titles: dict[str, str] = Field(sa_type=JSON)
    logo: bytes | None = Field(default=None, sa_type=LargeBinary)
    changed_at: datetime = Field(sa_type=UtcDateTime)
