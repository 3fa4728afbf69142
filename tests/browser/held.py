"""A page whose words to the server can be held back: what it does by itself is then seen."""

from __future__ import annotations

from playwright.sync_api import Browser, WebSocketRoute

from tests.browser.conftest import settle


class Held:
    """A page whose words to the server wait until they are let go."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        self.waiting: list[str | bytes] = []
        self.holds = False
        self.page.route_web_socket("**/_stcore/stream", self._between)
        self.page.goto(address)
        settle(self.page)

    def _between(self, ours: WebSocketRoute) -> None:
        self.server = ours.connect_to_server()
        ours.on_message(
            lambda message: self.waiting.append(message) if self.holds else self.server.send(message)
        )

    def let_go(self) -> None:
        """Send what waited, one after the other, as a hand would have."""
        self.holds = False
        for message in self.waiting:
            self.server.send(message)
            self.page.wait_for_timeout(100)
        self.waiting.clear()
