"""Files that were made: given to who may read them, for a while, and to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ect.domain.meeting import Settings as MeetingSettings
from ect.services.meeting import create, find, open_meeting
from ect.services.membership import ORGANISER
from ect.services.opening import open_database
from ect.services.seating import hand_over, join
from ect.settings import Settings
from ect.storage.database import Database
from ect.ui import downloads, joining
from ect.ui.downloads import File, Shelf
from ect.ui.guard import Guard
from ect.ui.joining import Failures, read_ticket

PDF = File("Compte rendu.pdf", "application/pdf", b"%PDF")


@pytest.fixture(autouse=True)
def store(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("ECT_DATABASE_URL", settings.database)
    st.cache_resource.clear()
    monkeypatch.setattr(joining, "failures", Failures())
    return open_database(settings)


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(downloads, "shelf", Shelf())
    return downloads.shelf


def visitor(host: str) -> TestClient:
    app = Guard(Starlette(routes=[*downloads.ROUTES, *joining.ROUTES]))
    return TestClient(app, base_url="http://localhost", client=(host, 1))


def test_a_file_is_saved_under_its_name_at_the_machine_that_serves() -> None:
    answer = visitor("127.0.0.1").get(downloads.shelf.put(PDF))
    assert (answer.status_code, answer.content) == (200, b"%PDF")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Compte%20rendu.pdf"
    assert answer.headers["cache-control"] == "no-store"


def test_a_stranger_who_has_the_address_gets_nothing() -> None:
    address = downloads.shelf.put(PDF)
    assert visitor("192.168.1.20").get(address).status_code == 404


def test_who_leads_a_meeting_reads_its_files_and_a_participant_does_not(store: Database) -> None:
    key = create(store, ORGANISER, "Comité", ["sut"], MeetingSettings())
    open_meeting(store, ORGANISER, key)
    alice = visitor("192.168.1.20")
    alice.get(f"/r/{find(store, ORGANISER, key).code}", follow_redirects=False)
    held = read_ticket(store, alice.cookies[joining.SEAT_COOKIE])
    assert held
    seat = join(store, held, "Alice")
    own, other = downloads.shelf.put(PDF, meeting=key), downloads.shelf.put(PDF)
    assert alice.get(own).status_code == 404
    hand_over(store, ORGANISER, key, seat, facilitator=True)
    assert alice.get(own).status_code == 200
    assert alice.get(other).status_code == 404


def test_the_oldest_files_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "KEPT_FILES", 2)
    addresses = [downloads.shelf.put(PDF) for _ in range(3)]
    assert [visitor("127.0.0.1").get(one).status_code for one in addresses] == [404, 200, 200]


def test_a_file_is_gone_after_its_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    address = downloads.shelf.put(PDF)
    monkeypatch.setattr(downloads, "monotonic", lambda: 1e12)
    assert visitor("127.0.0.1").get(address).status_code == 404


def test_a_file_kept_for_this_machine_is_given_to_no_organiser_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(downloads, "is_organiser", lambda _db, _cookie: True)
    (tmp_path / "copie.db").write_bytes(b"SQLite")
    lying = File("copie.db", "application/vnd.sqlite3", tmp_path / "copie.db")
    anywhere, here = downloads.shelf.put(lying), downloads.shelf.put(lying, here=True)
    assert visitor("192.168.1.20").get(anywhere).content == b"SQLite"
    assert visitor("192.168.1.20").get(here).status_code == 404
    answer = visitor("127.0.0.1").get(here)
    assert (answer.status_code, answer.content) == (200, b"SQLite")
    assert answer.headers["cache-control"] == "no-store"
    (tmp_path / "copie.db").unlink()
    assert visitor("127.0.0.1").get(here).status_code == 404
