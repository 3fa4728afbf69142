"""Meetings, their seats, their terrains and what was decided of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from ect.domain.errors import DomainError
from ect.domain.meeting import Abstentions, Settings, Stage, Status, Verdict
from ect.storage.tables import (
    MeetingRow,
    MeetingTerrainRow,
    OverrideRow,
    RecusalRow,
    ReopenedRow,
    SeatRow,
    TerrainRow,
    VoteRow,
)


class SeatKind(StrEnum):
    """Who sits there: a person with a device, a person whose sheet is of paper, or the application."""

    PERSON = "person"
    PAPER = "paper"
    SIMULATED = "simulated"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as every screen needs it; ``terrains`` holds codes, in their order."""

    key: int
    grid: int
    title: str
    code: str
    status: Status
    settings: Settings
    terrains: tuple[str, ...]
    pointed_at: str | None
    timer_ends_at: datetime | None
    demo: bool
    created_at: datetime
    closed_at: datetime | None
    revision: int
    stage_revision: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a meeting; ``recused`` holds codes of terrains, ``sections`` parts of the grid or none."""

    key: int
    meeting: int
    number: int
    name: str
    kind: SeatKind
    facilitator: bool
    removed: bool
    joined: bool
    sections: tuple[str, ...]
    recused: frozenset[str]

    @property
    def pseudonym(self) -> str:
        """What stands for the person where no name may: in votes, in the audit."""
        return f"P{self.number}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided of a terrain, and why."""

    verdict: Verdict
    motive: str


@dataclass(frozen=True, slots=True)
class Override:
    """A value settled on in place of the mean, and why."""

    value: Fraction
    reason: str


def add_meeting(
    session: Session, grid: int, title: str, code: str, settings: Settings, now: datetime, *, demo: bool
) -> int:
    """Put a meeting in, prepared; return its key."""
    row = MeetingRow(
        grid_id=grid,
        title=title,
        code=code,
        stage=Stage.PREPARED.value,
        settings=asdict(settings),
        demo=demo,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return _present(row.id)


def meeting(session: Session, key: int) -> Meeting:
    """Return a meeting; ``DomainError("meeting_unknown")`` if there is none."""
    row = session.get(MeetingRow, key)
    if row is None:
        raise DomainError("meeting_unknown")
    return _meeting(session, row)


def meetings(session: Session) -> list[Meeting]:
    """Return every meeting, the newest first."""
    rows = session.exec(select(MeetingRow).order_by(col(MeetingRow.id).desc()))
    return [_meeting(session, row) for row in rows]


def find_by_code(session: Session, code: str) -> Meeting | None:
    """Return the meeting a code leads to, unless it is closed: a code dies with its meeting."""
    query = select(MeetingRow).where(MeetingRow.code == code, MeetingRow.stage != Stage.CLOSED.value)
    row = session.exec(query).first()
    return _meeting(session, row) if row else None


def revisions(session: Session, key: int) -> tuple[int, int] | None:
    """Return the two counters of a meeting, cheaply: of every write, and of what screens follow."""
    query = select(MeetingRow.revision, MeetingRow.stage_revision).where(MeetingRow.id == key)
    found = session.exec(query).first()
    return (found[0], found[1]) if found else None


def set_status(session: Session, key: int, status: Status, closed_at: datetime | None = None) -> None:
    """Move a meeting to another stage."""
    _set(session, key, stage=status.stage.value, round=status.round, closed_at=closed_at)


def set_details(session: Session, key: int, title: str, settings: Settings) -> None:
    """Change a meeting's title and settings."""
    _set(session, key, title=title, settings=asdict(settings))


def set_pointer(session: Session, key: int, terrain: int | None) -> None:
    """Say which terrain is in hand."""
    _set(session, key, pointed_at=terrain)


def set_timer(session: Session, key: int, ends_at: datetime | None) -> None:
    """Start a timer, or stop it."""
    _set(session, key, timer_ends_at=ends_at)


def touch(session: Session, key: int, *, screens: bool = False) -> None:
    """Count a write; with ``screens``, one that every screen must follow."""
    changed: dict[str, Any] = {"revision": MeetingRow.revision + 1}
    if screens:
        changed["stage_revision"] = MeetingRow.stage_revision + 1
    session.exec(update(MeetingRow).where(col(MeetingRow.id) == key).values(**changed))


def set_terrains(session: Session, key: int, terrains: Iterable[int]) -> None:
    """Choose the terrains of a meeting, in their order; what was decided of those kept stays."""
    wanted = list(terrains)
    rows = {
        row.terrain_id: row
        for row in session.exec(select(MeetingTerrainRow).where(MeetingTerrainRow.meeting_id == key))
    }
    for terrain in rows.keys() - set(wanted):
        session.delete(rows[terrain])
    for place, terrain in enumerate(wanted):
        row = rows.get(terrain) or MeetingTerrainRow(meeting_id=key, terrain_id=terrain, place=place)
        row.place = place
        session.add(row)
    session.flush()


def delete_meeting(session: Session, key: int) -> None:
    """Take a meeting away with all that hangs on it; what happened in it stays in the audit."""
    seats = select(SeatRow.id).where(SeatRow.meeting_id == key)
    session.exec(delete(VoteRow).where(col(VoteRow.meeting_id) == key))
    session.exec(delete(RecusalRow).where(col(RecusalRow.seat_id).in_(seats)))
    for table in (SeatRow, ReopenedRow, OverrideRow, MeetingTerrainRow):
        session.exec(delete(table).where(col(table.meeting_id) == key))
    session.exec(delete(MeetingRow).where(col(MeetingRow.id) == key))


def seats(session: Session, key: int) -> list[Seat]:
    """Return every seat of a meeting in the order of their numbers, removed ones too."""
    recused = _recusals(session, SeatRow.meeting_id == key)
    rows = session.exec(select(SeatRow).where(SeatRow.meeting_id == key).order_by(col(SeatRow.number)))
    return [_seat(row, recused.get(_present(row.id), frozenset())) for row in rows]


def seat(session: Session, key: int) -> Seat:
    """Return a seat; ``DomainError("seat_unknown")`` if there is none."""
    found = find_seat(session, key)
    if found is None:
        raise DomainError("seat_unknown")
    return found


def find_seat(session: Session, key: int) -> Seat | None:
    """Return a seat, or ``None``."""
    row = session.get(SeatRow, key)
    return _seat(row, _recusals(session, SeatRow.id == key).get(key, frozenset())) if row else None


def seat_of_device(session: Session, key: int, device: str) -> Seat | None:
    """Return the seat a device sits in, even if it was removed from it."""
    row = session.exec(select(SeatRow).where(SeatRow.meeting_id == key, SeatRow.device == device)).first()
    return seat(session, _present(row.id)) if row else None


def add_seat(
    session: Session,
    key: int,
    name: str,
    kind: SeatKind,
    device: str | None = None,
    joined_at: datetime | None = None,
) -> int:
    """Add a seat with the next number; return its key."""
    last = session.exec(select(func.max(SeatRow.number)).where(SeatRow.meeting_id == key)).one()
    row = SeatRow(
        meeting_id=key,
        number=(last or 0) + 1,
        name=name,
        kind=kind.value,
        device=device,
        joined_at=joined_at,
        sections=[],
    )
    session.add(row)
    session.flush()
    return _present(row.id)


def change_seat(session: Session, key: int, **changed: Any) -> None:
    """Change columns of a seat."""
    session.exec(update(SeatRow).where(col(SeatRow.id) == key).values(**changed))


def add_recusal(session: Session, seat: int, terrain: int, now: datetime) -> None:
    """Recuse somebody from a terrain."""
    if session.get(RecusalRow, (seat, terrain)) is None:
        session.add(RecusalRow(seat_id=seat, terrain_id=terrain, declared_at=now))
        session.flush()


def delete_recusal(session: Session, seat: int, terrain: int) -> None:
    """Take a recusal back."""
    session.exec(
        delete(RecusalRow).where(col(RecusalRow.seat_id) == seat, col(RecusalRow.terrain_id) == terrain)
    )


def reopen(session: Session, key: int, number: int, cells: Iterable[tuple[int, str]]) -> None:
    """Say which cells a round asks for again."""
    for terrain, criterion in cells:
        session.add(ReopenedRow(meeting_id=key, round=number, terrain_id=terrain, criterion=criterion))
    session.flush()


def reopened(session: Session, key: int, number: int) -> set[tuple[str, str]]:
    """Return the cells, as codes of a terrain and a criterion, that a later round asks for."""
    query = (
        select(TerrainRow.code, ReopenedRow.criterion)
        .join(TerrainRow, col(TerrainRow.id) == ReopenedRow.terrain_id)
        .where(ReopenedRow.meeting_id == key, ReopenedRow.round == number)
    )
    return {(terrain, criterion) for terrain, criterion in session.exec(query)}


def set_ruling(session: Session, key: int, terrain: int, ruling: Ruling | None) -> None:
    """Write what was decided of a terrain, or take it back."""
    session.exec(
        update(MeetingTerrainRow)
        .where(col(MeetingTerrainRow.meeting_id) == key, col(MeetingTerrainRow.terrain_id) == terrain)
        .values(verdict=ruling and ruling.verdict.value, motive=ruling.motive if ruling else "")
    )


def rulings(session: Session, key: int) -> dict[str, Ruling]:
    """Return what was decided, by code of terrain; one that is not decided is absent."""
    query = (
        select(TerrainRow.code, MeetingTerrainRow.verdict, MeetingTerrainRow.motive)
        .join(TerrainRow, col(TerrainRow.id) == MeetingTerrainRow.terrain_id)
        .where(MeetingTerrainRow.meeting_id == key)
    )
    return {
        code: Ruling(Verdict(verdict), motive) for code, verdict, motive in session.exec(query) if verdict
    }


def set_override(session: Session, key: int, terrain: int, criterion: str, override: Override | None) -> None:
    """Write a value in place of a mean, or take it back."""
    session.exec(
        delete(OverrideRow).where(
            col(OverrideRow.meeting_id) == key,
            col(OverrideRow.terrain_id) == terrain,
            col(OverrideRow.criterion) == criterion,
        )
    )
    if override:
        session.add(
            OverrideRow(
                meeting_id=key,
                terrain_id=terrain,
                criterion=criterion,
                value=str(override.value),
                reason=override.reason,
            )
        )
        session.flush()


def overrides(session: Session, key: int) -> dict[tuple[str, str], Override]:
    """Return the values that stand in place of means, by codes of terrain and criterion."""
    query = (
        select(TerrainRow.code, OverrideRow)
        .join(TerrainRow, col(TerrainRow.id) == OverrideRow.terrain_id)
        .where(OverrideRow.meeting_id == key)
    )
    return {
        (code, row.criterion): Override(Fraction(row.value), row.reason) for code, row in session.exec(query)
    }


def _set(session: Session, key: int, **values: Any) -> None:
    session.exec(update(MeetingRow).where(col(MeetingRow.id) == key).values(**values))
    touch(session, key, screens=True)


def _meeting(session: Session, row: MeetingRow) -> Meeting:
    query = (
        select(TerrainRow.id, TerrainRow.code)
        .join(MeetingTerrainRow, col(TerrainRow.id) == MeetingTerrainRow.terrain_id)
        .where(MeetingTerrainRow.meeting_id == row.id)
        .order_by(col(MeetingTerrainRow.place))
    )
    codes = dict(session.exec(query).all())
    settings = _settings(row.settings)
    return Meeting(
        key=_present(row.id),
        grid=row.grid_id,
        title=row.title,
        code=row.code,
        status=Status(Stage(row.stage), row.round, settings.blind),
        settings=settings,
        terrains=tuple(codes.values()),
        pointed_at=codes.get(row.pointed_at),
        timer_ends_at=row.timer_ends_at,
        demo=row.demo,
        created_at=row.created_at,
        closed_at=row.closed_at,
        revision=row.revision,
        stage_revision=row.stage_revision,
    )


def _settings(document: Mapping[str, Any]) -> Settings:
    return Settings(**{**document, "abstentions": Abstentions(document["abstentions"])})


def _seat(row: SeatRow, recused: frozenset[str]) -> Seat:
    return Seat(
        key=_present(row.id),
        meeting=row.meeting_id,
        number=row.number,
        name=row.name,
        kind=SeatKind(row.kind),
        facilitator=row.facilitator,
        removed=row.removed,
        joined=row.joined_at is not None,
        sections=tuple(row.sections),
        recused=recused,
    )


def _recusals(session: Session, where: Any) -> dict[int, frozenset[str]]:
    query = (
        select(RecusalRow.seat_id, TerrainRow.code)
        .join(SeatRow, col(SeatRow.id) == RecusalRow.seat_id)
        .join(TerrainRow, col(TerrainRow.id) == RecusalRow.terrain_id)
        .where(where)
    )
    found: dict[int, set[str]] = {}
    for key, code in session.exec(query):
        found.setdefault(key, set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def _present(key: int | None) -> int:
    if key is None:
        raise AssertionError("a row that was read or flushed has a key")
    return key
