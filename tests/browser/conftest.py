"""A real server and a real browser. Where CI is set, a missing browser is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ect.runner import find_browser
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Server:
    """The app as ``run`` serves it, on a store of its own; it can be stopped and started again."""

    port: int
    database: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "ect", "run", "--port", str(self.port), "--no-browser"]
        environment = {**os.environ, "ECT_DATABASE_URL": self.database, "ECT_NO_BOOTSTRAP": "1"}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)
        for _attempt in range(240):
            try:
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1).close()
            except OSError:
                time.sleep(0.25)
            else:
                return
        raise TimeoutError(self.address)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    store = tmp_path_factory.mktemp("browser") / "ect.db"
    server = Server(free_port(), f"sqlite:///{store.as_posix()}")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium nor Chrome on this machine")
        pytest.skip("no Chromium nor Chrome on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Open a page as a new visitor, and wait until its title is there and nothing runs."""
    contexts: list[BrowserContext] = []

    def open_(path: str = "", *, width: int = 1440, scheme: str = "light") -> Page:
        page = open_page(browser, f"{server.address}/{path}", width=width, scheme=scheme)
        contexts.append(page.context)
        return page

    yield open_
    for context in contexts:
        context.close()


def open_page(browser: Browser, address: str, *, width: int, scheme: str = "light") -> Page:
    """Open an address in a context of its own, which is the caller's to close."""
    height = 900 if width > 640 else 740
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait for the title, for every script run to end, and for charts to be drawn."""
    page.locator("h1").first.wait_for(timeout=30_000)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=30_000)
    page.wait_for_timeout(600)
