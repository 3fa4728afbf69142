"""What a page supposes or asks, as the text of its link: in the visit, in the address, and undone."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ect.ui.context import t
from ect.ui.keys import NOTICE

UNDO_DEPTH = 50


@dataclass(frozen=True, slots=True)
class LinkInHand:
    """Where a link is kept: by ``key`` in the visit, by ``query`` in the address; ``undo_key``: what was."""

    key: str
    undo_key: str
    query: str

    def arrived(self) -> str:
        """Return the link of this visit, else that of the address; nothing of it was checked."""
        text: str | None = st.session_state.get(self.key)
        return st.query_params.get(self.query, "") if text is None else text

    def keep(self, text: str) -> None:
        """Keep a link that was read; it replaces nothing that could be asked back."""
        st.session_state[self.key] = text

    def now(self) -> str:
        """Return the link that was kept."""
        text: str = st.session_state[self.key]
        return text

    def change(self, text: str) -> None:
        """Take another link; what was before can be asked back."""
        before = st.session_state.setdefault(self.undo_key, [])
        before.append(self.now())
        del before[:-UNDO_DEPTH]
        self.keep(text)

    def undo(self) -> None:
        """Go back to what was before the last change."""
        before = st.session_state.get(self.undo_key)
        if before:
            self.keep(before.pop())
        else:
            st.session_state[NOTICE] = t("There is nothing to undo.")

    def write_address(self) -> None:
        """Write the link in the address, so that a reload, or whoever is given it, sees the same."""
        if text := self.now():
            st.query_params[self.query] = text
        else:
            st.query_params.pop(self.query, None)
