"""The words of a meeting: stages, verdicts, how far people agree."""

from __future__ import annotations

from fractions import Fraction

from ect.domain.agreement import Distribution
from ect.domain.meeting import Stage, Verdict
from ect.domain.rating import Answer, Rating
from ect.ui.context import speaker, t


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


STAGES = {
    Stage.PREPARED: _("Prepared"),
    Stage.OPEN: _("People are joining"),
    Stage.RATING: _("Rating"),
    Stage.REVEALED: _("Discussion"),
    Stage.DECIDING: _("Decision"),
    Stage.CLOSED: _("Closed"),
}
VERDICTS = {
    Verdict.CHOSEN: _("Chosen"),
    Verdict.SHORTLISTED: _("Shortlisted"),
    Verdict.ADJOURNED: _("Adjourned"),
    Verdict.SET_ASIDE: _("Set aside"),
}
ANSWERS = {Answer.UNKNOWN: _("I do not know"), Answer.ABSTAIN: _("I abstain")}
# From which share of each end a criterion is said to be split in two.
END = Fraction(2, 5)
GROUPED, SHARED = 0.7, 0.4


def stage_words(stage: Stage, number: int) -> str:
    """Say where a meeting stands."""
    if stage is Stage.RATING:
        return t("Rating, round {number}", number=number)
    return t(STAGES[stage])


def answer_words(rating: Rating) -> str:
    """Say an answer: its level, or that there is none."""
    if rating.value is not None:
        return speaker().short(rating.value, 1)
    return t(ANSWERS[rating.answer])


def consensus_words(found: Distribution) -> str:
    """Say how far people agree on a criterion, in words that can be repeated."""
    consensus, given = found.consensus, found.given
    if consensus is None:
        return t("Nobody gave a level.")
    if given == 1:
        return t("One person only gave a level.")
    if consensus == 1:
        return t("Everybody gave the same level.")
    low, high = (sum(n for level, n in found.counts.items() if side(level)) for side in (_low, _high))
    if min(Fraction(low, given), Fraction(high, given)) >= END:
        return t("Opinions are split in two.")
    if consensus >= GROUPED:
        return t("Opinions are grouped.")
    return t("Opinions are divided.") if consensus >= SHARED else t("Opinions are scattered.")


def _low(level: Fraction) -> bool:
    return level < 1


def _high(level: Fraction) -> bool:
    return level > 1
