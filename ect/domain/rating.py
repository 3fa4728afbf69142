"""What a person answers on one criterion of one terrain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ect.domain.errors import DomainError
from ect.domain.grid import Grid

COMMENT_LIMIT = 2_000


class Answer(StrEnum):
    """The kinds of answer: a level, "I do not know", "I abstain"."""

    LEVEL = "level"
    UNKNOWN = "unknown"
    ABSTAIN = "abstain"


class Basis(StrEnum):
    """What a rating rests on: words heard, facts seen, or documents read."""

    DECLARED = "declared"
    OBSERVED = "observed"
    DOCUMENTED = "documented"


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer to one criterion.

    ``value`` (exact; which ones are allowed is the grid's to say: :func:`check_rating`) is present
    when, and only when, the answer is a level.

    Raises
    ------
    DomainError
        ``"rating_value_mismatch"`` for a level without a value or a value without a level,
        ``"comment_too_long"`` for a comment of more than 2,000 characters.

    """

    criterion: str
    answer: Answer
    value: Fraction | None = None
    basis: Basis | None = None
    comment: str = ""

    def __post_init__(self) -> None:
        if (self.answer is Answer.LEVEL) != (self.value is not None):
            raise DomainError("rating_value_mismatch", criterion=self.criterion)
        if len(self.comment) > COMMENT_LIMIT:
            raise DomainError("comment_too_long", criterion=self.criterion, limit=COMMENT_LIMIT)


def check_rating(grid: Grid, rating: Rating) -> None:
    """Refuse a rating the grid does not allow.

    Raises
    ------
    DomainError
        ``"criterion_unknown"`` if the grid has no such criterion, ``"level_out_of_range"`` if the
        value is not one of the criterion's answers (0, 1, 2; halves for selection criteria).

    """
    criterion = grid.criterion(rating.criterion)
    if rating.value is not None and rating.value not in criterion.answers:
        raise DomainError("level_out_of_range", criterion=criterion.code, value=rating.value)
