"""The menu in the reader's language, and links to pages by their address."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ect.ui.context import t
from ect.ui.pages import BY_ADDRESS, PAGES, Reader


def streamlit_pages(reader: Reader) -> dict[str, list[Any]]:
    """Return what the reader may open, in the reader's language, ready for ``st.navigation``."""
    menu: dict[str, list[Any]] = {}
    shown = [page for page in PAGES if page.reader <= reader]
    for page in shown:
        section = t(page.section) if page.section else ""
        entry = st.Page(
            page.path,
            title=t(page.title),
            icon=page.icon,
            url_path=page.address,
            default=page is shown[0],
        )
        menu.setdefault(section, []).append(entry)
    return menu


def link(address: str, label: str = "", **options: Any) -> None:
    """Draw a link to a page, by its address; the page's own title unless ``label`` is given."""
    page = BY_ADDRESS[address]
    st.page_link(page.path, label=label or t(page.title), icon=page.icon, **options)
