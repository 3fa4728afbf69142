"""Words that a page and a document share: terrains, decisions, answers, agreement, how sure a ranking is."""

from __future__ import annotations

from fractions import Fraction

from ect.domain.agreement import Distribution
from ect.domain.grid import Grid
from ect.domain.meeting import Verdict
from ect.domain.rating import Answer, Rating
from ect.domain.robustness import Acceptance
from ect.domain.scoring import Unit
from ect.domain.terrain import TerrainKind
from ect.domain.uncertainty import Settings
from ect.i18n import Speaker, half_up
from ect.i18n import marked as _

VERDICTS = {
    Verdict.CHOSEN: _("Chosen"),
    Verdict.SHORTLISTED: _("Shortlisted"),
    Verdict.ADJOURNED: _("Adjourned"),
    Verdict.SET_ASIDE: _("Set aside"),
}
# What a record says of a terrain, field by field.
TERRAIN_TEXTS = {
    "context": _("Context"),
    "objective": _("Objective"),
    "genesis": _("Genesis"),
    "actors": _("Actors"),
    "main_brake": _("Main brake"),
    "main_lever": _("Main lever"),
    "situation": _("Current situation"),
    "interest": _("Interest for the programme"),
}
TERRAIN_LISTS = {
    "experiments": _("Experiments"),
    "questions": _("Questions"),
    "follow_up": _("Follow-up committee"),
}
TERRAIN_KINDS = {
    TerrainKind.CANDIDATE: _("Candidate"),
    TerrainKind.FOLLOWED: _("Followed"),
    TerrainKind.MIRROR: _("Mirror"),
}
TERRAIN_ORIGINS = {
    "report": _("From the 2023 report"),
    "user": _("Entered here"),
    "demo": _("Demonstration: made up"),
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
    if not one.first:
        return say.t("{terrain} is never first.", terrain=name)
    if one.first < Fraction(1, 100):
        return say.t("Of 100 plausible rankings, {terrain} is first less than once.", terrain=name)
    if Fraction(99, 100) < one.first < 1:
        return say.t("Of 100 plausible rankings, {terrain} is first more than 99 times.", terrain=name)
    return say.n(
        "Of 100 plausible rankings, {terrain} is first {count} time.",
        "Of 100 plausible rankings, {terrain} is first {count} times.",
        int(half_up(100 * one.first, 0)),
        terrain=name,
    )


def settings_words(say: Speaker, settings: Settings, error: float, grid: str) -> str:
    """Say what was drawn, so that anyone can draw it again; ``error`` (0..1) is that of a share."""
    return say.t(
        "{draws} rankings drawn, seed {seed}, weights within {spread}, level 1 within {middle} of 1; "
        "standard error of a share: {error} at most. Grid {grid}.",
        draws=say.number(settings.draws, 0),
        seed=settings.seed,
        spread=say.percent(settings.spread),
        middle=say.short(settings.middle),
        error=say.percent(error, 1),
        grid=grid,
    )


def total_words(say: Speaker, grid: Grid) -> str:
    """Say how a total is computed."""
    return say.t(
        "Total = {factor} x ECT score (sum of the means of the pillars, on {ect}) + total of the"
        " selection criteria (on {selection}); on {total}. Computed exactly: nothing is rounded"
        " on the way.",
        factor=grid.ect_factor,
        ect=grid.ect_maximum,
        selection=grid.selection_maximum,
        total=grid.maximum,
    )


def unit_label(unit: Unit, grid: Grid) -> str:
    """Return how the unit of a total is written after it: ``/34``, ``/85``, ``%``."""
    return {Unit.POINTS: f"/{grid.maximum}", Unit.EIGHTY_FIVE: "/85", Unit.PERCENT: "%"}[unit]


def pillar_labels(grid: Grid, language: str) -> dict[str, str]:
    """Return the label of each pillar."""
    return {pillar.code: pillar.label.read(language) for pillar in grid.pillars}


def criterion_numbers(grid: Grid) -> dict[str, str]:
    """Return the number of each ECT criterion (``1.1`` to ``4.5``), as its heading shows it."""
    return {
        criterion.code: f"{place}.{number}"
        for place, pillar in enumerate(grid.pillars, 1)
        for number, criterion in enumerate(pillar.criteria, 1)
    }


def numbered_labels(grid: Grid, language: str) -> dict[str, str]:
    """Return the number and the label of every criterion, those of the selection as S1 to S9."""
    numbers = criterion_numbers(grid) | {c.code: f"S{i}" for i, c in enumerate(grid.selection, 1)}
    return {c.code: f"{numbers[c.code]} {c.label.read(language)}" for c in grid}


def _low(level: Fraction) -> bool:
    return level < 1


def _high(level: Fraction) -> bool:
    return level > 1
