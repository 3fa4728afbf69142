"""The answer of What if as finished texts, and the model from which the page works out its own.

A slider's answer is drawn twice: by the page while it moves (``static/live/answer.js``), then by the
server, whose figures are these. Both say the same; tests/browser/test_what_if_live.py compares them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ect.charts.radar import RadarLook, Series
from ect.domain.ranking import Ranking, Row
from ect.domain.scenario import Scenario, write_link
from ect.domain.scoring import Score
from ect.domain.weights import ECT, SELECTION, published_weights
from ect.i18n import Speaker
from ect.services.what_if import Basis
from ect.ui.components.live import radar_model
from ect.ui.components.profile import pillar_labels, series_of

SHOWN_ON_RADAR = 4
# Above this many, the table holds the first ones and those something is supposed of.
SHOWN_IN_TABLE = 30
UNRANKED = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: the code of its terrain, and its cells as texts."""

    terrain: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the board shows: who is first and by how much, the ranking, the radar of the first ones."""

    sentence: str
    rows: tuple[Line, ...]
    radar: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Slid:
    """What a slider supposes: the key of a link (``ect``, ``sut/mirror``), and its stops in order.

    A stop that supposes nothing, a level being unknown, is ``None``.
    """

    target: str
    stops: tuple[Fraction | None, ...]


def answer_to(basis: Basis, scenario: Scenario, say: Speaker, *, whole: bool = False) -> Answer:
    """Return the answer to what is supposed; ``whole`` tells every terrain, however many there are."""
    supposed = basis.supposed(scenario)
    official = {row.terrain: row for row in basis.ranking.rows}
    rows = _shown(supposed, {terrain for terrain, _part in scenario.levels}, whole=whole)
    return Answer(
        _sentence(basis, supposed.ranked, say, supposing=bool(write_link(basis.grid, scenario))),
        tuple(_line(basis, row, official[row.terrain], say) for row in rows),
        tuple(_drawn(basis, supposed, say)),
    )


def model_of(basis: Basis, sliders: Mapping[str, Slid], look: RadarLook, say: Speaker) -> dict[str, Any]:
    """Return all the page needs to answer by itself; ``sliders`` by the class of what holds them."""
    grid, usual = basis.grid, published_weights(basis.grid)
    return {
        "grid": {
            "pillars": [{"code": p.code, "criteria": [c.code for c in p.criteria]} for p in grid.pillars],
            "selection": [criterion.code for criterion in grid.selection],
            "maximum": grid.maximum,
        },
        "weights": {code: str(usual.of(code)) for code in (ECT, SELECTION)},
        "terrains": [_terrain(basis, row, say) for row in basis.ranking.rows],
        "sliders": {
            holder: {"target": slid.target, "stops": [None if s is None else str(s) for s in slid.stops]}
            for holder, slid in sliders.items()
        },
        "first": SHOWN_IN_TABLE,
        "words": _words(basis, say),
        "labels": list(pillar_labels(grid, say.language).values()),
        "leading": SHOWN_ON_RADAR,
        "radar": radar_model(look, SHOWN_ON_RADAR),
    }


def _terrain(basis: Basis, row: Row, say: Speaker) -> dict[str, Any]:
    return {
        "code": row.terrain,
        "name": basis.names[row.terrain],
        "profile": {code: str(value) for code, value in basis.profiles[row.terrain].items()},
        "official": {"rank": _place(row), "total": _said(row.score, "total", say)},
    }


def _headers(basis: Basis, say: Speaker) -> list[str]:
    return [
        say.t("Rank"),
        say.t("Terrain"),
        say.t("ECT /{maximum}", maximum=basis.grid.ect_maximum),
        say.t("Total as supposed /{maximum}", maximum=basis.grid.maximum),
        say.t("Official rank"),
        say.t("Official total"),
    ]


def _words(basis: Basis, say: Speaker) -> dict[str, Any]:
    """Return the sentences with their fields left open."""
    return {
        "language": say.language,
        "headers": _headers(basis, say),
        "none": _nobody(say),
        "tied": _tied("{terrains}", say),
        "first": _first("{first}", "{gap}", "{second}", say),
        "only": _only("{first}", say),
        "same": _order(say, same=True),
        "other": _order(say, same=False),
        "range": _range("{low}", "{high}", say),
    }


def _drawn(basis: Basis, supposed: Ranking, say: Speaker) -> list[Series]:
    """Return the first ones in the official order, whatever the supposed one: each keeps its colour."""
    first = {row.terrain: row.score for row in supposed.ranked[:SHOWN_ON_RADAR]}
    axes = pillar_labels(basis.grid, say.language)
    return [
        one
        for row in basis.ranking.rows
        if row.terrain in first
        for one in series_of({basis.names[row.terrain]: first[row.terrain]}, axes, say)
    ]


def _shown(supposed: Ranking, moved: Collection[str], *, whole: bool) -> list[Row]:
    return [
        row
        for place, row in enumerate(supposed.rows)
        if whole or place < SHOWN_IN_TABLE or row.terrain in moved
    ]


def _sentence(basis: Basis, ranked: Sequence[Row], say: Speaker, *, supposing: bool) -> str:
    official = basis.ranking.ranked
    if not ranked:
        return _nobody(say)
    first = [basis.names[row.terrain] for row in ranked if row.rank == 1]
    before = [basis.names[row.terrain] for row in official if row.rank == 1]
    if len(first) > 1:
        words = _tied(", ".join(first), say)
    elif len(ranked) > 1:
        gap = ranked[0].score.total.low - ranked[1].score.total.low
        words = _first(first[0], say.short(gap), basis.names[ranked[1].terrain], say)
    else:
        words = _only(first[0], say)
    if not supposing:
        return words
    same = [row.terrain for row in ranked] == [row.terrain for row in official] and first == before
    return f"{words} {_order(say, same=same)}"


def _nobody(say: Speaker) -> str:
    return say.t("No terrain is wholly known: none can be ranked.")


def _tied(terrains: str, say: Speaker) -> str:
    return say.t("{terrains} are first together.", terrains=terrains)


def _first(first: str, gap: str, second: str, say: Speaker) -> str:
    return say.t("{first} is first, {gap} points ahead of {second}.", first=first, gap=gap, second=second)


def _only(first: str, say: Speaker) -> str:
    return say.t("{first} is the only terrain that is wholly known.", first=first)


def _order(say: Speaker, *, same: bool) -> str:
    return (
        say.t("The order is the official one.") if same else say.t("The order is no longer the official one.")
    )


def _range(low: str, high: str, say: Speaker) -> str:
    return say.t("{low} to {high}", low=low, high=high)


def _line(basis: Basis, row: Row, official: Row, say: Speaker) -> Line:
    cells = (
        _place(row),
        basis.names[row.terrain],
        _said(row.score, "ect", say),
        _said(row.score, "total", say),
        _place(official),
        _said(official.score, "total", say),
    )
    return Line(row.terrain, cells)


def _place(row: Row) -> str:
    return str(row.rank) if row.rank else UNRANKED


def _said(score: Score, part: str, say: Speaker) -> str:
    measure = score.ect if part == "ect" else score.total
    if measure.complete:
        return say.short(measure.low)
    return _range(say.short(measure.low), say.short(measure.high), say)
