"""The words of a meeting: stages, verdicts, how far people agree."""

from __future__ import annotations

from ect import wording
from ect.domain.agreement import Distribution
from ect.domain.meeting import Stage
from ect.domain.rating import Rating
from ect.i18n import marked as _
from ect.ui.context import speaker, t
from ect.wording import ANSWERS, VERDICTS

__all__ = ["ANSWERS", "STAGES", "VERDICTS", "answer_words", "consensus_words", "stage_words"]

STAGES = {
    Stage.PREPARED: _("Prepared"),
    Stage.OPEN: _("People are joining"),
    Stage.RATING: _("Rating"),
    Stage.REVEALED: _("Discussion"),
    Stage.DECIDING: _("Decision"),
    Stage.CLOSED: _("Closed"),
}


def stage_words(stage: Stage, number: int) -> str:
    """Say where a meeting stands."""
    if stage is Stage.RATING:
        return t("Rating, round {number}", number=number)
    return t(STAGES[stage])


def answer_words(rating: Rating) -> str:
    """Say an answer: its level, or that there is none."""
    return wording.answer_words(speaker(), rating)


def consensus_words(found: Distribution) -> str:
    """Say how far people agree on a criterion, in words that can be repeated."""
    return wording.consensus_words(speaker(), found)
