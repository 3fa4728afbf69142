"""What holds of every page in hand: accessible, and no wider than its screen."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What axe finds serious in Streamlit's own menu, which we cannot change (docs/accessibility.md):
# it wraps the list items of a section in a div.
STREAMLITS_OWN = {"list", "listitem"}
IN_THE_MENU = "element => element.closest('[data-testid=stSidebarNav]') !== null"
WIDTHS = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"


def serious(page: Page) -> list[tuple[str, ...]]:
    """Return what axe finds serious or critical, and is ours."""
    return [
        (found["id"], str(node["target"]), node["html"][:160], node.get("failureSummary", "")[:200])
        for found in Axe().run(page).response["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
        if not (found["id"] in STREAMLITS_OWN and page.locator(node["target"][0]).first.evaluate(IN_THE_MENU))
    ]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether something is wider than the screen."""
    assert page.viewport_size
    return max(page.evaluate(WIDTHS)) > page.viewport_size["width"]
