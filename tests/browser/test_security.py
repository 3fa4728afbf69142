"""What the server refuses, and the headers every answer carries."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from tests.browser.conftest import Server

pytestmark = pytest.mark.browser


def ask(server: Server, path: str = "/", **headers: str) -> tuple[int, dict[str, str]]:
    request = urllib.request.Request(f"{server.address}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, dict(answer.headers.items())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, dict(refused.headers.items())


@pytest.mark.parametrize("path", ["/", "/classement", "/ect/boot.js", "/_stcore/health"])
def test_every_answer_forbids_what_is_foreign(server: Server, path: str) -> None:
    status, headers = ask(server, path, Accept="text/html")
    headers = {name.lower(): value for name, value in headers.items()}
    assert status == 200
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe-eval'" not in headers["content-security-policy"].replace("wasm-unsafe-eval", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Host": "localhost.evil.example:80"}],
)
def test_a_foreign_host_or_origin_gets_no_answer(server: Server, headers: dict[str, str]) -> None:
    assert ask(server, "/", **headers)[0] == 421


def test_a_websocket_of_another_site_is_closed(server: Server, browser) -> None:
    page = browser.new_context().new_page()
    page.goto("data:text/html,<title>evil</title>")
    outcome = page.evaluate(
        """address => new Promise(done => {
            const socket = new WebSocket(address);
            socket.onopen = () => done("open");
            socket.onerror = () => done("refused");
        })""",
        f"ws://localhost:{server.port}/_stcore/stream",
    )
    assert outcome == "refused"
