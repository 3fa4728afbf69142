"""What happens in meetings all the same: two tabs, wrong clocks, late people, laptops that close."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visit, settle
from tests.browser.meetings import FOLLOWS_MS, SUT, choose, prepare, press, sit

pytestmark = pytest.mark.browser

ZONE = ZoneInfo("Europe/Paris")


@pytest.fixture
def lead(visit: Visit) -> Iterator[Page]:
    """The page of who prepares and leads."""
    expect.set_options(timeout=FOLLOWS_MS)
    yield visit("seance")
    expect.set_options(timeout=5_000)


def start(lead: Page) -> None:
    lead.get_by_role("button", name="Lancer la notation").click()
    expect(lead.get_by_role("button", name="Dévoiler")).to_be_visible()


def row_of(lead: Page, name: str) -> str:
    """Read what the desk says of somebody."""
    return lead.get_by_role("row").filter(has_text=name).inner_text()


def chosen(page: Page) -> str:
    return page.locator("[data-testid=stRadio] label:has(input:checked)").inner_text()[0]


def test_two_tabs_of_one_person_are_one_seat_and_the_last_answer_counts(
    lead: Page, visit: Visit, server: Server
) -> None:
    code = prepare(lead)
    one = visit("rejoindre", width=360)
    sit(one, server.address, code, "Ada")
    two = one.context.new_page()
    two.goto(f"{server.address}/r/{code}")
    expect(two.get_by_role("heading", name="Vous y êtes")).to_be_visible()
    start(lead)
    expect(lead.get_by_role("row").filter(has_text="Ada")).to_have_count(1)
    for page in (one, two):
        expect(page.get_by_role("heading", name=SUT)).to_be_visible()
    choose(one, "0")
    choose(two, "2")
    expect(lead.get_by_text("1/58")).to_have_count(1)
    one.reload()
    settle(one)
    assert chosen(one) == "2"


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_phone_whose_clock_is_wrong_is_told_the_right_time(
    lead: Page, visit: Visit, server: Server, hours: int
) -> None:
    code = prepare(lead)
    phone = visit("rejoindre", width=360)
    phone.context.clock.install(time=datetime.now(ZONE) + timedelta(hours=hours))
    sit(phone, server.address, code, "Ada")
    expect(phone.get_by_role("heading", name="Vous y êtes")).to_be_visible()
    start(lead)
    choose(phone, "1")
    found = re.search(r"Enregistré à (\d\d):(\d\d)", phone.inner_text("body"))
    assert found
    said, now = int(found[1]) * 60 + int(found[2]), datetime.now(ZONE)
    assert (now.hour * 60 + now.minute - said) % (24 * 60) <= 1
    phone.goto(f"{server.address}/rejoindre")
    settle(phone)
    assert chosen(phone) == "1"


def test_a_late_one_rates_and_one_who_left_counts_no_longer(lead: Page, visit: Visit, server: Server) -> None:
    code = prepare(lead)
    early = visit("rejoindre", width=360)
    sit(early, server.address, code, "Ada")
    start(lead)
    expect(early.get_by_role("heading", name=SUT)).to_be_visible()
    choose(early, "2")
    late = visit("rejoindre", width=360)
    sit(late, server.address, code, "Noor")
    expect(late.get_by_role("heading", name=SUT)).to_be_visible()
    choose(late, "0")
    expect(lead.get_by_text("1/58")).to_have_count(2)

    late.context.close()
    expect(lead.get_by_role("row").filter(has_text="Noor")).to_contain_text("absent", timeout=30_000)
    lead.get_by_text("Places : ajouter").click()
    lead.set_viewport_size({"width": 1440, "height": 1800})  # A list closes when its page scrolls.
    place, noor = (
        lead.get_by_role("combobox", name="Place", exact=True),
        lead.get_by_role("option", name="Noor"),
    )
    settle(lead)
    place.press("ArrowDown")
    noor.click()
    lead.get_by_role("button", name="Retirer").click()
    expect(lead.get_by_role("row").filter(has_text="Noor")).to_have_count(0)
    lead.get_by_role("button", name="Dévoiler").click()
    expect(lead.get_by_role("heading", name="Ce que pense la salle")).to_be_visible()
    expect(early.get_by_role("heading", name="Ce que pense la salle")).to_be_visible()


def test_a_facilitator_who_closes_the_page_finds_the_meeting_where_it_was(
    lead: Page, visit: Visit, server: Server
) -> None:
    code = prepare(lead)
    ada = visit("rejoindre", width=360)
    sit(ada, server.address, code, "Ada")
    start(lead)
    expect(ada.get_by_role("heading", name=SUT)).to_be_visible()
    lead.close()
    choose(ada, "2")
    back = visit("animer")
    expect(back.get_by_role("button", name="Dévoiler")).to_be_visible()
    assert "1/58" in row_of(back, "Ada")


def test_a_laptop_that_closes_stops_the_room_and_loses_nothing(
    lead: Page, visit: Visit, server: Server
) -> None:
    assert server.process
    code = prepare(lead)
    ada = visit("rejoindre", width=360)
    sit(ada, server.address, code, "Ada")
    start(lead)
    expect(ada.get_by_role("heading", name=SUT)).to_be_visible()
    choose(ada, "2")
    server.process.send_signal(signal.SIGSTOP)
    try:
        press(ada, "1")
        ada.wait_for_timeout(5_000)
    finally:
        server.process.send_signal(signal.SIGCONT)
    expect(ada.get_by_text("1 réponse sur 29")).to_be_visible()
    ada.goto(f"{server.address}/rejoindre")
    settle(ada)
    assert chosen(ada) == "1"
    expect(lead.get_by_role("button", name="Dévoiler")).to_be_visible()
