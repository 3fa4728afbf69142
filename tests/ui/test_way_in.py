"""The way in: foreign names refused, the organiser known, codes that become cookies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from ect.domain.meeting import Settings as MeetingSettings
from ect.services.meeting import create, find, open_meeting
from ect.services.membership import ORGANISER
from ect.services.opening import open_database
from ect.services.seating import Ticket
from ect.settings import Settings
from ect.storage.database import Database
from ect.ui import guard, joining, network
from ect.ui.guard import Guard, from_this_machine
from ect.ui.joining import FROM_ONE, ROUTES, SEAT_COOKIE, Failures, is_organiser, read_ticket, sign_ticket
from ect.ui.static_files import CompressedOnce


@pytest.fixture
def store(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("ECT_DATABASE_URL", settings.database)
    st.cache_resource.clear()
    monkeypatch.setattr(joining, "failures", Failures())
    return open_database(settings)


@pytest.fixture
def code(store: Database) -> str:
    key = create(store, ORGANISER, "Comité", ["sut"], MeetingSettings())
    open_meeting(store, ORGANISER, key)
    return find(store, ORGANISER, key).code


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES), follow_redirects=False)


def test_a_code_leaves_the_address_and_becomes_a_cookie_no_script_reads(
    client: TestClient, store: Database, code: str
) -> None:
    answer = client.get(f"/r/{code}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/rejoindre")
    assert {"httponly", "samesite=strict"} <= set(answer.headers["set-cookie"].lower().split("; "))
    ticket = read_ticket(store, client.cookies[SEAT_COOKIE])
    assert ticket
    again = client.get("/r", params={"code": code.lower()})
    assert read_ticket(store, again.cookies[SEAT_COOKIE]) == ticket


def test_wrong_codes_are_counted_and_soon_refused(client: TestClient, code: str) -> None:
    places = [client.get(f"/r/WRONG{n}").headers["location"] for n in range(FROM_ONE)]
    assert places == ["/rejoindre?refus=code"] * FROM_ONE
    assert client.get(f"/r/{code}").headers["location"] == "/rejoindre?refus=attente"
    assert client.get("/organiser/x").headers["location"] == "/rejoindre?refus=attente"


def test_a_cookie_nobody_signed_is_nothing(store: Database) -> None:
    signed = sign_ticket(store, Ticket(1, "device"))
    assert read_ticket(store, signed)
    assert read_ticket(store, signed[:-2]) is None
    assert read_ticket(store, None) is None
    assert not is_organiser(store, signed)


def test_the_organisers_key_opens_what_no_key_opens_without_one(
    client: TestClient, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/organiser/").status_code == 404
    assert client.get("/organiser/x").headers["location"] == "/rejoindre?refus=code"
    monkeypatch.setenv("ECT_ORGANISER_KEY", "a-key-of-sixteen-characters")
    st.cache_resource.clear()
    answer = client.get("/organiser/a-key-of-sixteen-characters")
    assert answer.headers["location"] == "/"
    assert is_organiser(store, client.cookies[joining.ORGANISER_COOKIE])


async def echo(request: Request) -> Response:
    return JSONResponse({"organiser": request.headers.get(guard.ORGANISER)})


@pytest.fixture
def guarded() -> Callable[[str], TestClient]:
    def make(host: str) -> TestClient:
        app = Guard(Starlette(routes=[Route("/", echo)]))
        return TestClient(app, base_url="http://localhost", client=(host, 1))

    return make


def test_only_this_machine_is_the_organiser_and_nobody_says_so_themselves(
    guarded: Callable[[str], TestClient],
) -> None:
    claim = {guard.ORGANISER: "1"}
    assert guarded("127.0.0.1").get("/").json() == {"organiser": "1"}
    assert guarded("192.168.1.20").get("/", headers=claim).json() == {"organiser": None}
    proxied = {"x-forwarded-for": "192.168.1.20", **claim}
    assert guarded("127.0.0.1").get("/", headers=proxied).json() == {"organiser": None}
    assert not from_this_machine({"type": "http", "headers": [], "client": None})


def test_foreign_names_and_pages_are_refused(
    guarded: Callable[[str], TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = guarded("127.0.0.1")
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"origin": "http://evil.example"}).status_code == 421
    assert "default-src 'self'" in client.get("/").headers["content-security-policy"]
    phone = {"host": "192.168.1.5:8501"}
    monkeypatch.setattr(network, "addresses", lambda: ("192.168.1.5",))
    assert client.get("/", headers=phone).status_code == 421
    monkeypatch.setattr(network, "open_to_phones", lambda: True)
    assert client.get("/", headers=phone).status_code == 200


def test_this_machines_addresses_are_not_loopback() -> None:
    assert all(not address.startswith(("127.", "169.254.")) for address in network.addresses())
    assert network.open_to_phones() in {True, False}


def test_a_script_is_compressed_once_and_others_pass() -> None:
    asked: list[str] = []

    async def script(request: Request) -> Response:
        asked.append(request.url.path)
        status = 404 if "missing" in request.url.path else 200
        return PlainTextResponse("x" * 5_000, status)

    client = TestClient(CompressedOnce(Starlette(routes=[Route("/{path:path}", script)])))
    for _ in range(2):
        answer = client.get("/static/a.js")
        assert (answer.headers["content-encoding"], answer.text) == ("gzip", "x" * 5_000)
    assert asked == ["/static/a.js"]
    assert client.get("/static/missing.js").status_code == 404
    assert "content-encoding" not in client.get("/other").headers
    assert "content-encoding" not in client.get("/static/a.js", headers={"accept-encoding": ""}).headers


def test_who_leaves_early_spoils_a_script_for_nobody() -> None:
    async def script(_request: Request) -> Response:
        return StreamingResponse(iter(["x" * 5_000] * 3))

    kept = CompressedOnce(Starlette(routes=[Route("/{path:path}", script)]))

    async def leaves() -> Message:
        return {"type": "http.disconnect"}

    async def hears(_message: Message) -> None:
        pass

    headers = [(b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": "/static/a.js", "headers": headers, "query_string": b""}
    asyncio.run(kept(scope, leaves, hears))
    assert TestClient(kept).get("/static/a.js").text == "x" * 15_000
