"""How pages say that something was done, may be undone, or was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from ect.domain.errors import DomainError
from ect.sentences import sentence
from ect.ui import keys
from ect.ui.context import language


def plain(text: str) -> str:
    """Escape a text for Streamlit's markdown, where a user's words are words and nothing more."""
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]()#+-!|>~$:<" else c for c in text)
    return escaped.replace("\n", "  \n")


@contextmanager
def refusals() -> Iterator[None]:
    """Show a refusal of the domain or of the store as one sentence, where it happened."""
    try:
        yield
    except DomainError as error:
        st.error(plain(sentence(error, language())), icon=":material/error:")


def notify(text: str) -> None:
    """Keep a message for the next run: what a callback did, said on the page that follows."""
    st.session_state[keys.NOTICE] = text


def show_notice() -> None:
    """Say, once, what the last action did."""
    if text := st.session_state.pop(keys.NOTICE, None):
        st.toast(plain(text), icon=":material/check:")


def attempt(action: Callable[[], object], done: str = "") -> bool:
    """Run an action from a callback; keep its refusal, or ``done``, for the page that follows."""
    try:
        action()
    except DomainError as error:
        notify(sentence(error, language()))
        return False
    if done:
        notify(done)
    return True
