"""The menu in the reader's language, and links to pages by their address."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ect.ui.context import t
from ect.ui.pages import BY_ADDRESS, PAGES, Reader

WAY_IN = "rejoindre"


def streamlit_pages(reader: Reader) -> dict[str, list[Any]]:
    """Return every page in the reader's language, ready for ``st.navigation``.

    An address the reader may not open leads to the way in, and is not in the menu: Streamlit would
    say in English that there is no such page.
    """
    menu: dict[str, list[Any]] = {}
    for page in PAGES:
        open_ = page.reader <= reader
        told = page if open_ else BY_ADDRESS[WAY_IN]
        section = t(page.section) if page.section else ""
        entry = st.Page(
            told.path,
            title=t(told.title),
            icon=told.icon,
            url_path=page.address,
            default=page is PAGES[0],
            visibility="visible" if open_ else "hidden",
        )
        menu.setdefault(section, []).append(entry)
    return menu


def link(address: str, label: str = "", **options: Any) -> None:
    """Draw a link to a page, by its address; the page's own title unless ``label`` is given."""
    page = BY_ADDRESS[address]
    st.page_link(page.path, label=label or t(page.title), icon=page.icon, **options)
