"""Words that a page and a document share: decisions, answers, agreement, how sure a first place is."""

from __future__ import annotations

from fractions import Fraction

from ect.domain.agreement import Distribution
from ect.domain.meeting import Verdict
from ect.domain.rating import Answer, Rating
from ect.domain.robustness import Acceptance
from ect.i18n import Speaker, half_up


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is said."""
    return message


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


def answer_words(say: Speaker, rating: Rating) -> str:
    """Say an answer: its level, or that there is none."""
    if rating.value is not None:
        return say.short(rating.value, 1)
    return say.t(ANSWERS[rating.answer])


def consensus_words(say: Speaker, found: Distribution) -> str:
    """Say how far people agree on a criterion, in words that can be repeated."""
    consensus, given = found.consensus, found.given
    if consensus is None:
        return say.t("Nobody gave a level.")
    if given == 1:
        return say.t("One person only gave a level.")
    if consensus == 1:
        return say.t("Everybody gave the same level.")
    low, high = (sum(n for level, n in found.counts.items() if side(level)) for side in (_low, _high))
    if min(Fraction(low, given), Fraction(high, given)) >= END:
        return say.t("Opinions are split in two.")
    if consensus >= GROUPED:
        return say.t("Opinions are grouped.")
    return say.t("Opinions are divided.") if consensus >= SHARED else say.t("Opinions are scattered.")


def first_words(say: Speaker, name: str, one: Acceptance) -> str:
    """Say how often a terrain is first, of 100 plausible rankings."""
    times = half_up(100 * one.first, 0)
    if not one.first:
        return say.t("{terrain} is never first.", terrain=name)
    if not times:
        return say.t("Of 100 plausible rankings, {terrain} is first less than once.", terrain=name)
    return say.n(
        "Of 100 plausible rankings, {terrain} is first {count} time.",
        "Of 100 plausible rankings, {terrain} is first {count} times.",
        int(times),
        terrain=name,
    )


def _low(level: Fraction) -> bool:
    return level < 1


def _high(level: Fraction) -> bool:
    return level > 1
