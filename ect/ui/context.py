"""What every page asks for: the language being read, the words in it, the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ect.charts.theme import INK_ON_DARK, INK_ON_LIGHT
from ect.i18n import DEFAULT_LANGUAGE, LANGUAGES, Speaker
from ect.storage.database import Database
from ect.ui import boot, keys


def language() -> str:
    """Return the language this reader chose, French if none."""
    chosen: str = st.session_state.get(keys.LANGUAGE, DEFAULT_LANGUAGE)
    return chosen


def read_language() -> None:
    """Take the language from the address on the first run, and keep it there on the others."""
    asked = st.query_params.get(keys.QUERY_LANGUAGE)
    if keys.LANGUAGE not in st.session_state:
        default = boot.settings().language
        st.session_state[keys.LANGUAGE] = asked if asked in LANGUAGES else default
    if language() != boot.settings().language:
        st.query_params[keys.QUERY_LANGUAGE] = language()
    elif asked is not None:
        del st.query_params[keys.QUERY_LANGUAGE]


def speaker() -> Speaker:
    """Return the speaker of the reader's language."""
    return Speaker(language(), boot.settings().timezone)


def t(message: str, /, **values: object) -> str:
    """Translate a message into the reader's language."""
    return speaker().t(message, **values)


def said(messages: Mapping[Any, str]) -> Callable[[Any], str]:
    """Return what a choice is called by, translated now: a widget may ask for it outside of a run."""
    return {choice: t(message) for choice, message in messages.items()}.__getitem__


def n(one: str, many: str, count: int, /, **values: object) -> str:
    """Translate a message that counts."""
    return speaker().n(one, many, count, **values)


def db() -> Database:
    """Return the database."""
    return boot.database()


def narrow() -> bool:
    """Tell whether the reader's screen was narrow when the page was loaded.

    ``boot.js`` writes the cookie before the first run; without it, a phone's user agent tells.
    """
    told = st.context.cookies.get(keys.COOKIE_NARROW)
    if told is not None:
        return bool(told == "1")
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def ink() -> str:
    """Return the colour of words in charts: dark on the light theme, light on the dark one."""
    return INK_ON_DARK if st.context.theme.type == "dark" else INK_ON_LIGHT
