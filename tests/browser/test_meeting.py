"""A whole meeting: a facilitator, a wall and four phones, one of them recused from a terrain."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import meetings
from tests.browser.checks import scrolls_sideways, serious
from tests.browser.conftest import Server, Visit, settle
from tests.browser.meetings import FOLLOWS_MS, SUT, choose, prepare

pytestmark = pytest.mark.browser

Sit = Callable[..., Page]


@pytest.fixture
def sit(visit: Visit, server: Server) -> Sit:
    """Join by the link as a new visitor, and wait to be in."""

    def sit_(code: str, name: str, width: int = 360, recused: str = "") -> Page:
        page = visit("rejoindre", width=width)
        meetings.sit(page, server.address, code, name, recused)
        expect(page.get_by_role("heading", name="Vous y êtes")).to_be_visible()
        return page

    return sit_


def test_a_whole_meeting(visit: Visit, server: Server, sit: Sit) -> None:
    expect.set_options(timeout=FOLLOWS_MS)
    lead = visit("seance")
    code = prepare(lead)
    ada = sit(code, "Ada")
    twins = [sit(code, "Noor"), sit(code, "Noor", width=1280)]
    recused = sit(code, "Iris", recused=SUT)
    everybody = [ada, *twins, recused]

    lead.get_by_role("button", name="Lancer la notation").click()
    expect(lead.get_by_role("button", name="Dévoiler")).to_be_visible()
    for page in (ada, twins[0]):
        expect(page.get_by_role("heading", name=SUT)).to_be_visible()
        expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(recused.get_by_text("Vous êtes déporté de ce terrain")).to_be_visible()
    choose(ada, "0")
    choose(twins[0], "2")
    expect(lead.get_by_text("1/58")).to_have_count(2)
    fits(*everybody, lead)
    assert "Ce que pense la salle" not in lead.inner_text("body")

    sleep_and_return(ada, server)
    server.stop()
    server.start()
    ada.goto(f"{server.address}/rejoindre")
    expect(ada.locator("input[type=radio]:checked")).to_have_count(1)

    lead.goto(f"{server.address}/animer")
    settle(lead)
    lead.get_by_role("button", name="Dévoiler").click()
    expect(lead.get_by_role("heading", name="Ce que pense la salle")).to_be_visible()
    expect(lead.get_by_text("Les avis sont coupés en deux.").first).to_be_visible()
    for page in everybody:
        page.goto(f"{server.address}/rejoindre")
        expect(page.get_by_role("heading", name="Ce que pense la salle")).to_be_visible()
    assert "1.1 Portage du projet" in ada.inner_text("body")
    assert SUT not in recused.inner_text("[data-testid=stMain]")
    fits(ada, lead)

    lead.get_by_role("button", name="Lancer un nouveau tour").click()
    expect(lead.get_by_text("Notation, tour 2").first).to_be_visible()
    expect(ada.get_by_text("0 réponse sur 1")).to_be_visible()
    expect(ada.get_by_text("Au tour précédent, vous avez répondu : 0.")).to_be_visible()
    choose(ada, "2")
    lead.get_by_role("button", name="Dévoiler").click()
    expect(lead.get_by_text("1 → 2 (1)").or_(lead.get_by_text("Tout le monde a donné")).first).to_be_visible()

    lead.get_by_role("button", name="Passer à la décision").click()
    expect(lead.get_by_role("button", name="Revenir à la discussion")).to_be_visible()
    lead.goto(f"{server.address}/decider")
    settle(lead)
    expect(lead.get_by_role("button", name="Clore la séance")).to_be_disabled()
    fits(lead)
    for place in range(2):
        lead.get_by_role("radio", name="Retenu").nth(place).click()
        lead.get_by_label("Motif").nth(place).fill("Porté par un collectif")
        lead.get_by_role("button", name="Enregistrer la décision").nth(place).click()
        settle(lead)
    lead.get_by_role("button", name="Clore la séance").click()
    lead.get_by_role("button", name="Clore pour de bon").click()
    expect(lead.get_by_role("button", name="Clore la séance")).to_have_count(0)
    ada.goto(f"{server.address}/rejoindre")
    expect(ada.get_by_text("Porté par un collectif").first).to_be_visible()
    stranger = visit("rejoindre", width=360)
    stranger.goto(f"{server.address}/r/{code}")
    expect(stranger.get_by_text("Ce code ne mène à aucune séance")).to_be_visible()


def fits(*pages: Page) -> None:
    """Check that what is on these screens can be read by anybody, and on any screen."""
    for page in pages:
        assert serious(page) == []
        assert not scrolls_sideways(page)


def sleep_and_return(page: Page, server: Server) -> None:
    """Lose the connection, see it said, and find the same seat again."""
    context: BrowserContext = page.context
    context.set_offline(True)
    expect(page.locator(".ect-outage")).to_be_visible()
    context.set_offline(False)
    page.goto(f"{server.address}/rejoindre")
    expect(page.locator("input[type=radio]:checked")).to_have_count(1)
