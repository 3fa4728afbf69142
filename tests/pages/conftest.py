"""Pages run for real, without a browser: a store of their own, one language or the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ect.ui import access
from ect.ui.pages import BY_ADDRESS

ROOT = Path(__file__).parents[2]

Open = Callable[..., AppTest]


def texts(at: AppTest) -> str:
    shown = [e.value for kind in (at.markdown, at.caption, at.info, at.title, at.header) for e in kind]
    shown += [e.value for e in at.subheader]
    return " ".join([*shown, *(element.proto.body for element in at.get("html"))])


@pytest.fixture(autouse=True)
def own_store(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ECT_DATABASE_URL", address)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def at_the_machine_that_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A simulated page has no connection, and so no mark of the organiser: it stands at the machine."""
    monkeypatch.setattr(access, "organiser", lambda: True)


@pytest.fixture
def open_page() -> Open:
    """Open the app at a page, in a language, as a first visitor does."""

    def open_(address: str, language: str = "fr", **query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        if language != "fr":
            at.query_params["lang"] = language
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if address != "accueil":
            at.switch_page(f"pages/{BY_ADDRESS[address].file}").run()
        return at

    return open_
