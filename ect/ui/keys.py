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
IMPORT_ROUND = "ect_import_round"
IMPORT_TEMPLATE = "ect_import_template"
CHOICE = "ect_choice"
CHOICE_UNDO = "ect_choice_undo"
BACKUP_ASKED = "ect_backup_asked"
RESTORE_UNDO = "ect_restore_undo"
RESTORE_SAID = "ect_restore_said"
ERASE_ASKED = "ect_erase_asked"
PICTURE = "ect_picture"
EXPORTS = "ect_exports"

QUERY_LANGUAGE = "lang"
QUERY_TERRAIN = "terrain"
QUERY_MEETING = "seance"
QUERY_VIEW = "vue"
QUERY_SCENARIO = "si"
QUERY_CHOICE = "choix"
QUERY_SOURCE = "scores"
QUERY_REFUSED = "refus"

COOKIE_NARROW = "ect_narrow"


def widget(page: str, *names: str) -> str:
    """Return the key of a widget: the page it is on, then what it is about."""
    return ":".join((page, *names))
