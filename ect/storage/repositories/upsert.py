"""One cell written by one statement, whether it was there or not, on either database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from ect.domain.rating import Answer, Basis, Rating
from ect.storage.tables import RatingRow, VoteRow

INSERTS: dict[str, Callable[[type[Any]], sqlite.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": cast(Any, postgresql.insert),
}


def upsert(
    session: Session, table: type[RatingRow | VoteRow], key: Sequence[str], values: Mapping[str, Any]
) -> int:
    """Write a row identified by ``key``; return how often it was written."""
    insert = INSERTS[session.get_bind().dialect.name](table)
    changed = {name: value for name, value in values.items() if name not in key}
    statement = (
        insert.values(**values, revision=1)
        .on_conflict_do_update(index_elements=key, set_={**changed, "revision": table.revision + 1})
        .returning(col(table.revision))
    )
    revision: int = session.exec(statement).one()[0]
    return revision


def answer_columns(rating: Rating) -> dict[str, Any]:
    """Return a rating as columns."""
    return {
        "criterion": rating.criterion,
        "answer": rating.answer.value,
        "half_points": None if rating.value is None else int(rating.value * 2),
        "basis": rating.basis.value if rating.basis else None,
        "comment": rating.comment,
    }


def rating_of(row: RatingRow | VoteRow) -> Rating:
    """Return the rating a row holds."""
    return Rating(
        criterion=row.criterion,
        answer=Answer(row.answer),
        value=None if row.half_points is None else Fraction(row.half_points, 2),
        basis=Basis(row.basis) if row.basis else None,
        comment=row.comment,
    )
