"""Every page in a real browser: accessible, narrow, dark, and speaking to nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route

from ect.ui.pages import PAGES
from tests.browser.checks import scrolls_sideways, serious
from tests.browser.conftest import Server, Visit, settle

pytestmark = pytest.mark.browser

PATHS = ["" if page.address == "accueil" else page.address for page in PAGES]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_serious(visit: Visit, path: str, scheme: str) -> None:
    assert serious(visit(path, scheme=scheme)) == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_scrolls_sideways_at_360_pixels(visit: Visit, path: str) -> None:
    assert not scrolls_sideways(visit(path, width=360))


@pytest.mark.parametrize("path", PATHS)
def test_no_request_leaves_the_machine(visit: Visit, server: Server, path: str) -> None:
    page = visit()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda message: refused.append(message.text) if "Content Security" in message.text else None,
    )
    page.goto(f"{server.address}/{path}")
    page.locator("h1").first.wait_for()
    page.wait_for_timeout(1500)
    ours = (server.address, "data:", "blob:")
    assert asked
    assert [url for url in asked if not url.startswith(ours)] == []
    assert refused == []


@pytest.mark.parametrize("path", PATHS)
def test_both_languages_say_which_they_are(visit: Visit, path: str) -> None:
    assert visit(path).locator("html").get_attribute("lang") == "fr"
    assert visit(f"{path}?lang=en").locator("html").get_attribute("lang") == "en"


def test_the_language_stays_across_pages_and_reloads(visit: Visit) -> None:
    page = visit("classement")
    page.get_by_role("radio", name="English").click()
    page.get_by_role("heading", name="Ranking", level=1).wait_for()
    page.reload()
    page.get_by_role("heading", name="Ranking", level=1).wait_for()
    page.get_by_role("link", name="Compare").first.click()
    page.get_by_role("heading", name="Compare", level=1).wait_for()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_page_address_typed_by_hand_opens_that_page(visit: Visit) -> None:
    page = visit("cadres")
    assert page.locator("h1").inner_text() == "Cadres"
    assert page.get_by_text("Page not found").count() == 0
    home = visit("accueil?lang=en")
    assert home.locator("html").get_attribute("lang") == "en"
    assert home.get_by_text("Page not found").count() == 0


def test_a_page_that_lost_scripts_on_the_way_loads_again(browser: Browser, server: Server) -> None:
    dropped: list[str] = []

    def on_the_way(route: Route) -> None:
        if len(dropped) < 3:
            dropped.append(route.request.url)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/static/js/*.js", on_the_way)
        page.goto(f"{server.address}/grille")
        settle(page)
        assert len(dropped) == 3
