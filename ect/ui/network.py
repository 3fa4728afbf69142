"""Where phones can reach this machine."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from time import monotonic

import ifaddr
from streamlit import config

REFRESH_S = 10


def open_to_phones() -> bool:
    """Tell whether the server listens to more than this machine."""
    address = config.get_option("server.address")
    return address is None or not (address == "localhost" or ip_address(address).is_loopback)


def addresses() -> tuple[str, ...]:
    """Return this machine's addresses on its networks, those of local networks first."""
    return _addresses(int(monotonic() / REFRESH_S))


@lru_cache(maxsize=1)
def _addresses(_now: int) -> tuple[str, ...]:
    found = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)]
    usable = [ip for ip in map(ip_address, found) if not (ip.is_loopback or ip.is_link_local)]
    return tuple(str(ip) for ip in sorted(usable, key=lambda ip: (not ip.is_private, str(ip))))
