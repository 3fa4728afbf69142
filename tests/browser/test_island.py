"""A meeting in a hall without internet: the laptop is one host, the phones another, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from ect.runner import find_browser
from ect.ui import keys
from ect.ui.components.meeting.wall import PROJECTION
from tests.browser.conftest import FLAGS, ROOT, settle
from tests.browser.island import HALL, Host, allowed, tools_missing, two_hosts
from tests.browser.meetings import FOLLOWS_MS, SUT, choose, prepare, sit

pytestmark = pytest.mark.browser

PORT = 8600


@pytest.fixture(scope="module")
def hosts() -> Iterator[tuple[Host, Host]]:
    if missing := tools_missing():
        if os.environ.get("CI"):
            pytest.fail(f"not on this machine: {missing}")
        pytest.skip(f"not on this machine: {missing}")
    if not allowed():
        pytest.skip("this system lets nobody make a network")
    with two_hosts() as pair:
        yield pair


@pytest.fixture(scope="module")
def address(hosts: tuple[Host, Host], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve on the hall's laptop, to its network."""
    hall, _phones = hosts
    store = tmp_path_factory.mktemp("island") / "ect.db"
    command = [sys.executable, "-m", "ect", "run", "--lan", "--port", str(PORT), "--no-browser"]
    environment = {**os.environ, "ECT_DATABASE_URL": f"sqlite:///{store.as_posix()}", "ECT_NO_BOOTSTRAP": "1"}
    process = subprocess.Popen(hall.command(*command), cwd=ROOT, env=environment)
    probe = f"import urllib.request as r; r.urlopen('http://localhost:{PORT}/_stcore/health', timeout=1)"
    for _attempt in range(120):
        answer = subprocess.run(hall.command(sys.executable, "-c", probe), check=False, capture_output=True)
        if answer.returncode == 0:
            break
        time.sleep(0.25)
    else:
        pytest.fail("the server does not answer")
    yield f"http://localhost:{PORT}"
    process.terminate()
    process.wait(20)


def browser_on(playwright: Playwright, host: Host, folder: Path) -> Browser:
    found = find_browser()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium nor Chrome on this machine")
        pytest.skip("no Chromium nor Chrome on this machine")
    return playwright.chromium.launch(executable_path=host.wrapped(found, folder), args=list(FLAGS))


def test_nothing_but_the_two_hosts_can_be_reached(hosts: tuple[Host, Host]) -> None:
    for host in hosts:
        assert "default" not in host.run("ip", "route")
        assert host.run("ip", "route").count("\n") == 1


def test_a_meeting_is_held_without_a_way_out(hosts: tuple[Host, Host], address: str, tmp_path: Path) -> None:
    expect.set_options(timeout=FOLLOWS_MS)
    asked: list[str] = []
    with sync_playwright() as playwright:
        hall, phones = (browser_on(playwright, host, tmp_path) for host in hosts)
        lead = watched(hall, asked)
        lead.goto(f"{address}/seance")
        settle(lead)
        code = prepare(lead)
        # The address on the wall is the one the phones can reach, without choosing.
        assert f"http://{HALL}:{PORT}/r/{code}" in lead.locator("[data-testid=stCode]").first.inner_text()
        wall = watched(hall, asked)
        wall.goto(f"{lead.url}&{keys.QUERY_VIEW}={PROJECTION}")
        expect(wall.locator("img.ect-qr")).to_be_visible()
        people = [watched(phones, asked, width=360) for _ in range(2)]
        for name, phone in zip(("Ada", "Noor"), people, strict=True):
            sit(phone, f"http://{HALL}:{PORT}", code, name)
            expect(phone.get_by_role("heading", name="Vous y êtes")).to_be_visible()
        lead.get_by_role("button", name="Lancer la notation").click()
        for phone, stop in zip(people, ("0", "2"), strict=True):
            expect(phone.get_by_role("heading", name=SUT)).to_be_visible()
            choose(phone, stop)
        expect(lead.get_by_text("1/58")).to_have_count(2)
        lead.get_by_role("button", name="Dévoiler").click()
        for page in (lead, *people):
            expect(page.get_by_role("heading", name="Ce que pense la salle")).to_be_visible()
        # Who comes by the network does not organise, whatever page they type: it is their seat.
        for typed in ("", "seance", "noter", "animer"):
            people[0].goto(f"http://{HALL}:{PORT}/{typed}")
            expect(people[0].get_by_role("heading", name="Ce que pense la salle")).to_be_visible()
            expect(people[0].get_by_role("dialog")).to_have_count(0)
        hall.close()
        phones.close()
    ours = (address, f"http://{HALL}:{PORT}", "data:", "blob:")
    foreign = [url for url in asked if not url.startswith(ours)]
    assert foreign == []
    assert len(asked) > 50


def watched(browser: Browser, asked: list[str], width: int = 1440) -> Page:
    """Open a page that notes every address it asks for."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.on("request", lambda request: asked.append(request.url))
    return page
