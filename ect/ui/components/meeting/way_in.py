"""The way into a meeting: the address phones join at, its QR code, and what the desk says of it."""

from __future__ import annotations

import segno
import streamlit as st
from streamlit import config

from ect.services.meeting import Meeting
from ect.ui import network
from ect.ui.context import t


def address_of(meeting: Meeting) -> str:
    """Return the short address phones join at."""
    host = st.session_state.get("lead:host") or (network.addresses() or ("localhost",))[0]
    if not network.open_to_phones():
        host = "localhost"
    return f"http://{host}:{config.get_option('server.port')}/r/{meeting.code}"


def show_way_in(meeting: Meeting) -> None:
    """Show the address phones use, and whether they can reach this computer."""
    st.subheader(t("Way in"))
    if not network.open_to_phones():
        st.warning(
            t(
                "Phones cannot reach this computer yet: stop the application, then start it with"
                " “python3 -m ect run --lan”."
            ),
            icon=":material/wifi_off:",
        )
    elif len(network.addresses()) > 1:
        st.selectbox(t("Address phones use"), network.addresses(), key="lead:host")
    st.code(address_of(meeting), language=None)


def show_qr(address: str) -> None:
    """Show the QR code of an address."""
    picture = segno.make(address, error="m").png_data_uri(scale=10, border=2)
    st.html(f'<img class="ect-qr" src="{picture}" alt="{t("QR code of the address to join")}">')
