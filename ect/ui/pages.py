"""One table of pages: its file, its address, its title, its icon, the section of the menu it is in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from ect.i18n import marked as _

ROOT = Path(__file__).parents[2]


class Reader(IntEnum):
    """Who may open a page; each may open what those before may."""

    ANYONE = 0
    FACILITATOR = 1
    ORGANISER = 2


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: ``address`` never changes with the language, ``title`` and ``section`` do."""

    file: str
    address: str
    section: str
    title: str
    icon: str
    reader: Reader = Reader.ORGANISER

    @property
    def path(self) -> Path:
        """Where the script is."""
        return ROOT / "pages" / self.file


PREPARE, MEETING, ANALYSE = _("Prepare"), _("In a meeting"), _("Analyse")
SHARE, ABOUT = _("Share"), _("About")

PAGES = (
    PageSpec("home/home.py", "accueil", "", _("Home"), ":material/home:"),
    PageSpec("prepare/terrains.py", "terrains", PREPARE, _("Terrains"), ":material/landscape:"),
    PageSpec("prepare/grid.py", "grille", PREPARE, _("Grid"), ":material/grid_on:"),
    PageSpec("prepare/meeting.py", "seance", PREPARE, _("Meetings"), ":material/groups:"),
    PageSpec("meeting/join.py", "rejoindre", MEETING, _("Join"), ":material/login:", Reader.ANYONE),
    PageSpec("meeting/lead.py", "animer", MEETING, _("Lead"), ":material/co_present:", Reader.FACILITATOR),
    PageSpec("meeting/decide.py", "decider", MEETING, _("Decide"), ":material/gavel:", Reader.FACILITATOR),
    PageSpec("meeting/rate.py", "noter", MEETING, _("Rate"), ":material/tune:"),
    PageSpec("analyse/ranking.py", "classement", ANALYSE, _("Ranking"), ":material/format_list_numbered:"),
    PageSpec("analyse/compare.py", "comparer", ANALYSE, _("Compare"), ":material/compare_arrows:"),
    PageSpec("analyse/what_if.py", "et-si", ANALYSE, _("What if"), ":material/question_exchange:"),
    PageSpec("analyse/robustness.py", "robustesse", ANALYSE, _("Robustness"), ":material/casino:"),
    PageSpec("analyse/flips.py", "bascules", ANALYSE, _("Flips"), ":material/swap_vert:"),
    PageSpec("analyse/choose.py", "choisir", ANALYSE, _("Choose several"), ":material/checklist:"),
    PageSpec("analyse/frameworks.py", "cadres", ANALYSE, _("Frameworks"), ":material/schema:"),
    PageSpec("share/reports.py", "rapports", SHARE, _("Reports"), ":material/description:"),
    PageSpec("share/data.py", "donnees", SHARE, _("Data"), ":material/database:"),
    PageSpec("about/programme.py", "programme", ABOUT, _("Programme"), ":material/flag:"),
    PageSpec("about/method.py", "methode", ABOUT, _("Method"), ":material/functions:"),
)
BY_ADDRESS = {page.address: page for page in PAGES}
