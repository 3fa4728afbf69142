"""What is asked, kept in the visit and in the address as the text of its link, with what was asked before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from ect.domain.errors import DomainError
from ect.sentences import sentence
from ect.services.choosing import Eligible
from ect.services.choosing_link import Asked, read_choice, within, write_choice
from ect.ui import keys
from ect.ui.components.link_in_hand import LinkInHand
from ect.ui.context import language, n
from ect.ui.feedback import plain

PAGE = "choose"
LINK = LinkInHand(keys.CHOICE, keys.CHOICE_UNDO, keys.QUERY_CHOICE)


def asked_in_hand(found: Eligible) -> Asked:
    """Return what is asked: in this visit, else by the address; what is gone, or unreadable, is said."""
    try:
        asked = read_choice(LINK.arrived())
    except DomainError as error:
        st.error(plain(sentence(error, language())), icon=":material/error:")
        asked = Asked()
    kept, lost = within(found, asked)
    if lost:
        st.warning(
            n(
                "{count} constraint is set aside: what it is about is not there with these scores.",
                "{count} constraints are set aside: what they are about is not there with these scores.",
                len(lost),
            ),
            icon=":material/warning:",
        )
    LINK.keep(write_choice(asked))
    return kept


def ask(asked: Asked, **changes: Any) -> None:
    """Ask something else; what was asked before can be asked back."""
    LINK.change(write_choice(replace(asked, **changes)))
