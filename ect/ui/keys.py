"""The names of everything kept in the session or in an address: one list, so that none collide."""

from __future__ import annotations

LANGUAGE = "ect_language"
TERRAIN = "ect_terrain"
SECTION = "ect_section"
UNDO = "ect_undo"
RATINGS = "ect_ratings"
NOTICE = "ect_notice"
REFUSAL = "ect_refusal"
MEETING = "ect_meeting"
SCENARIO = "ect_scenario"
SCENARIO_UNDO = "ect_scenario_undo"
SCENARIO_REMOVED = "ect_scenario_removed"
ROBUSTNESS = "ect_robustness"
PICTURE = "ect_picture"
EXPORTS = "ect_exports"

QUERY_LANGUAGE = "lang"
QUERY_TERRAIN = "terrain"
QUERY_MEETING = "seance"
QUERY_VIEW = "vue"
QUERY_SCENARIO = "si"
QUERY_SOURCE = "scores"
QUERY_REFUSED = "refus"

COOKIE_NARROW = "ect_narrow"


def widget(page: str, *names: str) -> str:
    """Return the key of a widget: the page it is on, then what it is about."""
    return ":".join((page, *names))
