"""What one server process does once: import what is heavy, open the database, settle the memory."""

from __future__ import annotations

import gc

import streamlit as st

from ect.services.opening import open_database
from ect.settings import Settings, read_settings
from ect.storage.database import Database


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Read the settings once."""
    return read_settings()


@st.cache_resource(show_spinner=False)
def database() -> Database:
    """Open, migrate and fill the database, then freeze the heap.

    Streamlit collects garbage after every script run, over every loaded module: about 40 ms of CPU.
    Freezing moves what is loaded for good out of the collector's sight.
    """
    import altair  # noqa: F401
    import pyarrow  # noqa: F401

    db = open_database(settings())
    gc.collect()
    gc.freeze()
    return db
