"""Rating in a real browser: kept through a reload, a second browser, a restart, a narrow screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, Visit, settle
from tests.browser.held import Held

pytestmark = pytest.mark.browser

PATH = "noter?terrain=vaux-sur-poligny"


def slider(page: Page, place: int = 0):
    return page.get_by_role("slider").nth(place)


def points(page: Page):
    return page.locator(".ect-radar g path[visibility=visible]")


def test_a_rating_is_there_after_a_reload_in_a_second_browser_and_after_a_restart(
    visit: Visit, server: Server
) -> None:
    page = visit(PATH)
    expect(points(page)).to_have_count(0)
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    chosen = page.locator(".ect-levels li").nth(2)
    expect(chosen).to_contain_text("constitué en collectif")
    expect(chosen).to_have_css("border-top-width", "2px")
    expect(page.locator(".ect-levels li").nth(1)).to_have_css("border-top-width", "1px")
    expect(page.get_by_text("Enregistré à")).to_be_visible()
    expect(page.get_by_text("1 critère noté sur 29")).to_be_visible()
    expect(points(page)).to_have_count(1)
    expect(page.locator(".ect-radar text", has_text="4.5")).to_be_visible()
    page.reload()
    settle(page)
    expect(slider(page)).to_have_attribute("aria-valuetext", "2")
    expect(slider(visit(PATH))).to_have_attribute("aria-valuetext", "2")
    server.stop()
    server.start()
    expect(slider(visit(PATH))).to_have_attribute("aria-valuetext", "2")


def test_the_radar_follows_the_slider_before_the_server_has_heard_of_it(
    browser: Browser, server: Server
) -> None:
    held = Held(browser, f"{server.address}/noter?terrain=pat-pays-ledonien")
    page, line = held.page, held.page.locator(".ect-radar g path").first
    held.holds = True
    slider(page, 0).focus()
    page.keyboard.press("End")
    expect(points(page)).to_have_count(1)
    slider(page, 1).focus()
    page.keyboard.press("End")
    expect(points(page)).to_have_count(2)
    told = page.locator(".ect-radar title")
    expect(told.nth(1)).to_have_text("Projet alimentaire territorial · 1.2 : 2")
    assert line.get_attribute("d").count("M") == 1
    expect(page.get_by_text("0 critère noté sur 29")).to_be_visible()
    held.let_go()
    expect(page.get_by_text("2 critères notés sur 29")).to_be_visible()
    settle(page)
    expect(points(page)).to_have_count(2)
    page.get_by_text("Radar par critère").click()
    settle(page)
    expect(points(page)).to_have_count(1)
    slider(page, 2).focus()
    page.keyboard.press("ArrowRight")
    expect(told.first).to_have_text("Projet alimentaire territorial · Portage collectif : 1,33")
    page.context.close()


def test_on_a_narrow_screen_levels_are_buttons_and_scrolling_rates_nothing(visit: Visit) -> None:
    page = visit("noter?terrain=chatel", width=360)
    expect(page.get_by_role("slider")).to_have_count(0)
    page.mouse.move(180, 400)
    for _ in range(20):
        page.mouse.wheel(0, 300)
    settle(page)
    expect(page.get_by_text("0 critère noté sur 29")).to_be_visible()
    page.get_by_text("Plusieurs porteurs de projet", exact=False).first.click()
    expect(page.get_by_text("1 critère noté sur 29")).to_be_visible()


def test_what_a_rating_rests_on_is_one_tap_away(visit: Visit) -> None:
    page = visit("noter?terrain=filiere-bois")
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Enregistré à")).to_be_visible()
    page.get_by_role("button", name="Repose sur…").first.click()
    page.get_by_text("Observé", exact=True).click()
    settle(page)
    box = page.get_by_label("Commentaire", exact=True)
    box.fill("vu sur place ![](https://example.org/x.png)")
    box.blur()
    settle(page)
    page.reload()
    settle(page)
    expect(page.get_by_text("· observé · commenté")).to_be_visible()
