"""Frameworks ("cadres"): what a terrain emerges in, is supported by and is funded through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ect.domain.scoring import Score
from ect.domain.text import EMPTY, Text


class FrameworkKind(StrEnum):
    """The four kinds of framework of the report."""

    EMERGENCE = "emergence"
    SUPPORT = "support"
    PROJECT_FUNDING = "project_funding"
    SUPPORT_FUNDING = "support_funding"


class Category(StrEnum):
    """What a framework does for a project, as printed: starts it, boosts it, or both."""

    STARTER = "starter"
    BOOSTER = "booster"


@dataclass(frozen=True, slots=True)
class Framework:
    """An entry of the catalogue; ``categories`` is empty where the report prints none."""

    kind: FrameworkKind
    code: str
    rank: int
    label: Text
    categories: tuple[Category, ...] = ()
    description: Text = EMPTY
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven questions the report asks of a framework of emergence."""

    rank: int
    text: Text


@dataclass(frozen=True, slots=True)
class FrameworkUse:
    """A terrain's framework, as worded for that terrain.

    ``code`` is ``None`` where the wording is in no entry of the catalogue; ``interpreted`` tells
    that tying the wording to the entry is this product's reading, not the report's.
    """

    kind: FrameworkKind
    wording: str
    code: str | None = None
    interpreted: bool = False


@dataclass(frozen=True, slots=True)
class FrameworkResult:
    """The terrains of one framework and the mean of those that have a complete score.

    ``n`` counts the scored terrains; ``mean_ect`` (0..8) and ``mean_total`` (0..34) are ``None``
    when it is 0. One terrain is a fact about that terrain, not about the framework: see
    ``conclusive``.
    """

    framework: Framework
    terrains: tuple[str, ...]
    n: int
    mean_ect: Fraction | None
    mean_total: Fraction | None

    @property
    def conclusive(self) -> bool:
        """Whether there is more than one scored terrain, without which nothing may be concluded."""
        return self.n > 1


def breakdown(
    frameworks: Iterable[Framework],
    uses: Mapping[str, Sequence[FrameworkUse]],
    scores: Mapping[str, Score],
) -> tuple[FrameworkResult, ...]:
    """Break terrains down by framework, in the order of the catalogue.

    Parameters
    ----------
    frameworks
        The entries to report on, of one kind or of several.
    uses
        The frameworks of each terrain, by terrain code; a terrain counts once in a framework,
        however often it names it.
    scores
        The score of each terrain that has one; a score whose total is incomplete counts in no
        mean, not even that of the ECT.

    Returns
    -------
    tuple of FrameworkResult
        One per framework, used or not; its terrains in the order of ``uses``.

    """
    results = []
    for framework in frameworks:
        terrains = tuple(
            terrain
            for terrain, its in uses.items()
            if any(u.kind is framework.kind and u.code == framework.code for u in its)
        )
        complete = [scores[t] for t in terrains if t in scores and scores[t].total.complete]
        results.append(
            FrameworkResult(
                framework=framework,
                terrains=terrains,
                n=len(complete),
                mean_ect=_mean([s.ect.low for s in complete]),
                mean_total=_mean([s.total.low for s in complete]),
            )
        )
    return tuple(results)


def unused(results: Iterable[FrameworkResult]) -> tuple[Framework, ...]:
    """Return the frameworks no terrain uses: what the portfolio does not cover."""
    return tuple(result.framework for result in results if not result.terrains)


def category_counts(results: Iterable[FrameworkResult]) -> dict[Category | None, int]:
    """Count uses by category; a framework of both counts in both, one without under ``None``."""
    counts: dict[Category | None, int] = {Category.STARTER: 0, Category.BOOSTER: 0, None: 0}
    for result in results:
        for category in result.framework.categories or (None,):
            counts[category] += len(result.terrains)
    return counts


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction()) / len(values) if values else None
