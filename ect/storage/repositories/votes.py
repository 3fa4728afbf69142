"""The votes of meetings, one cell each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlmodel import Session, col, select

from ect.domain.rating import Rating
from ect.domain.votes import Cell, Vote
from ect.storage.repositories.upsert import answer_columns, rating_of, upsert
from ect.storage.tables import RecusalRow, SeatRow, TerrainRow, VoteRow

KEY = ("seat_id", "round", "terrain_id", "criterion")


@dataclass(frozen=True, slots=True)
class Ballot:
    """Where a vote goes: the keys of its meeting, seat and terrain, and its round."""

    meeting: int
    seat: int
    round: int
    terrain: int


@dataclass(frozen=True, slots=True)
class CastVote:
    """A vote as the store holds it: of which round, when it was saved, whether from a paper sheet."""

    vote: Vote
    round: int
    saved_at: datetime
    on_paper: bool


def cast_vote(session: Session, ballot: Ballot, rating: Rating, now: datetime, *, on_paper: bool) -> None:
    """Write one vote, whether it was there or not, and count its revision."""
    values = {
        "meeting_id": ballot.meeting,
        "seat_id": ballot.seat,
        "round": ballot.round,
        "terrain_id": ballot.terrain,
        "on_paper": on_paper,
        "saved_at": now,
        **answer_columns(rating),
    }
    upsert(session, VoteRow, KEY, values)


def votes(session: Session, meeting: int, rounds: int, seat: int | None = None) -> list[CastVote]:
    """Return the votes that count of rounds 1 to ``rounds``, of every seat or of one.

    Those of a seat that was removed, or on a terrain it is recused from, do not.
    """
    recused = exists().where(
        col(RecusalRow.seat_id) == VoteRow.seat_id, col(RecusalRow.terrain_id) == VoteRow.terrain_id
    )
    query = (
        select(SeatRow.number, TerrainRow.code, VoteRow)
        .join(SeatRow, col(SeatRow.id) == VoteRow.seat_id)
        .join(TerrainRow, col(TerrainRow.id) == VoteRow.terrain_id)
        .where(VoteRow.meeting_id == meeting, VoteRow.round <= rounds)
        .where(col(SeatRow.removed).is_(False), ~recused)
        .order_by(col(VoteRow.round), col(SeatRow.number), col(VoteRow.id))
    )
    if seat is not None:
        query = query.where(VoteRow.seat_id == seat)
    return [_cast(number, code, row) for number, code, row in session.exec(query)]


def votes_held(session: Session, meeting: int, seat: int) -> list[CastVote]:
    """Return every vote of a seat, those that do not count too, in the order they were last saved."""
    query = (
        select(SeatRow.number, TerrainRow.code, VoteRow)
        .join(SeatRow, col(SeatRow.id) == VoteRow.seat_id)
        .join(TerrainRow, col(TerrainRow.id) == VoteRow.terrain_id)
        .where(VoteRow.meeting_id == meeting, VoteRow.seat_id == seat)
        .order_by(col(VoteRow.saved_at), col(VoteRow.id))
    )
    return [_cast(number, code, row) for number, code, row in session.exec(query)]


def any_cast(session: Session, meeting: int, after: int = 0) -> bool:
    """Tell whether anybody voted in a meeting, in a round after that one."""
    query = select(VoteRow.id).where(VoteRow.meeting_id == meeting, VoteRow.round > after).limit(1)
    return session.exec(query).first() is not None


def answered(session: Session, meeting: int, number: int) -> dict[int, set[Cell]]:
    """Return the cells each seat answered in a round: which, never what."""
    query = (
        select(VoteRow.seat_id, TerrainRow.code, VoteRow.criterion)
        .join(TerrainRow, col(TerrainRow.id) == VoteRow.terrain_id)
        .where(VoteRow.meeting_id == meeting, VoteRow.round == number)
    )
    cells: dict[int, set[Cell]] = {}
    for seat, terrain, criterion in session.exec(query):
        cells.setdefault(seat, set()).add((terrain, criterion))
    return cells


def by_round(cast: Iterable[CastVote], last: int) -> list[list[Vote]]:
    """Group votes by round, from the first to ``last``."""
    rounds: list[list[Vote]] = [[] for _ in range(last)]
    for one in cast:
        rounds[one.round - 1].append(one.vote)
    return rounds


def _cast(number: int, terrain: str, row: VoteRow) -> CastVote:
    return CastVote(Vote(f"P{number}", terrain, rating_of(row)), row.round, row.saved_at, row.on_paper)
