"""How sure the ranking is, as plain values for programs and as a table for a terminal."""

from __future__ import annotations

from typing import Any

from ect.domain.uncertainty import Settings
from ect.i18n import Speaker
from ect.services.robustness import Examined, Ground

DECIMALS = 4


def robustness_document(on: Ground, examined: Examined) -> dict[str, Any]:
    """Return what the draws say as plain values; shares (0..1) are rounded to four decimals."""
    found = examined.found
    return {
        "settings": _settings(found.settings),
        "effective": sorted(doubt.value for doubt in found.effective),
        "grid": on.grid.version,
        "terrains": [
            {
                "terrain": on.names[one.terrain],
                "code": one.terrain,
                "acceptability": [round(share, DECIMALS) for share in one.ranks],
                "error": round(one.error, DECIMALS),
                "expected_rank": round(one.expected_rank, DECIMALS),
                "confidence": None if one.confidence is None else round(one.confidence, DECIMALS),
            }
            for one in found.terrains
        ],
        "tiers": [list(group) for group in examined.tiers],
        "movements": [
            {
                "source": one.doubt.value,
                "first_changes": round(one.unseated, DECIMALS),
                "shift": round(one.shift, DECIMALS),
            }
            for one in examined.movements
        ],
        "incomplete": list(found.incomplete),
    }


def robustness_text(on: Ground, examined: Examined, language: str) -> str:
    """Return how often each terrain is first and its mean rank, as an aligned table."""
    say, found = Speaker(language), examined.found
    rows = [(say.t("Terrain"), say.t("First"), say.t("Mean rank"), say.t("Error, at most"))]
    rows += [
        (
            on.names[one.terrain],
            say.percent(one.first, 1),
            say.number(one.expected_rank, 2),
            say.percent(one.error, 1),
        )
        for one in found.terrains
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = [
        "  ".join(
            text.rjust(width) if place else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    settings = found.settings
    drawn = say.t(
        "{draws} rankings drawn, seed {seed}.", draws=say.number(settings.draws, 0), seed=settings.seed
    )
    return "\n".join([*lines, "", f"* {drawn}"])


def _settings(settings: Settings) -> dict[str, Any]:
    return {
        "draws": settings.draws,
        "seed": settings.seed,
        "sources": sorted(doubt.value for doubt in settings.doubts),
        "spread": float(settings.spread),
        "middle": float(settings.middle),
    }
