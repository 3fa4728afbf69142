"""Two servers on one PostgreSQL: a meeting led through one, and joined through the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import meetings
from tests.browser.conftest import Server, open_page
from tests.browser.meetings import FOLLOWS_MS, SUT
from tests.ports import free_port
from tests.postgresql.cluster import Cluster

pytestmark = pytest.mark.browser


@pytest.fixture
def servers(cluster: Cluster) -> Iterator[tuple[Server, Server]]:
    address = cluster.address()
    with ExitStack() as stack:
        both = Server(free_port(), address), Server(free_port(), address)
        for server in both:
            stack.callback(server.stop)
            server.start()
        yield both


def test_a_meeting_led_through_one_server_is_joined_through_the_other(
    browser: Browser, servers: tuple[Server, Server]
) -> None:
    expect.set_options(timeout=FOLLOWS_MS)
    one, other = servers
    lead = open_page(browser, f"{one.address}/seance", width=1440)
    ada = open_page(browser, f"{other.address}/rejoindre", width=360)
    code = meetings.prepare(lead)
    meetings.sit(ada, other.address, code, "Ada")
    expect(ada.get_by_role("heading", name="Vous y êtes")).to_be_visible()
    lead.get_by_role("button", name="Lancer la notation").click()
    expect(ada.get_by_role("heading", name=SUT)).to_be_visible()
    meetings.choose(ada, "0")
    expect(lead.get_by_text("1/58")).to_have_count(1)
    lead.get_by_role("button", name="Dévoiler").click()
    expect(lead.get_by_role("heading", name="Ce que pense la salle")).to_be_visible()
    expect(ada.get_by_role("heading", name="Ce que pense la salle")).to_be_visible()
    for page in (lead, ada):
        page.context.close()
