"""The copy of the day: made alone a while after a start, and by nobody's leave."""

from __future__ import annotations

import asyncio
import time

import pytest
import streamlit as st

from ect.services.backups import Why, kept_copies
from ect.services.opening import open_database
from ect.settings import Settings
from ect.ui import server


@pytest.fixture(autouse=True)
def store(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECT_DATABASE_URL", settings.database)
    st.cache_resource.clear()


def test_a_server_makes_the_copy_of_the_day_a_while_after_it_started(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "DAILY_COPY_AFTER_S", 0.1)
    db = open_database(settings)

    async def serve() -> None:
        async with server.lifespan(server.app):
            deadline = time.monotonic() + 20
            while not kept_copies(db):
                assert time.monotonic() < deadline
                await asyncio.sleep(0.05)

    asyncio.run(serve())
    assert [kept.why for kept in kept_copies(db)] == [Why.DAILY]


def test_a_store_that_cannot_be_copied_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECT_DATABASE_URL", "sqlite:///:memory:")
    server._copy_of_the_day()
