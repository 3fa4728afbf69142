"""Two hosts on a network of their own, without a way out: network namespaces joined by one cable."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HALL, PHONES = "10.77.0.1", "10.77.0.2"


@dataclass
class Host:
    """A machine of that network: commands run there as if on it."""

    address: str
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        # It says so once it is in its own network, and ends with whoever started it.
        script = "import sys; print('up', flush=True); sys.stdin.read()"
        self.process = subprocess.Popen(
            ["unshare", "--net", sys.executable, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout
        assert self.process.stdout.readline() == b"up\n"

    def command(self, *words: str) -> list[str]:
        """Return a command as it is run on this host."""
        return ["nsenter", f"--net=/proc/{self.process.pid}/ns/net", *words]

    def run(self, *words: str) -> str:
        """Run a command on this host; return what it wrote."""
        return subprocess.run(self.command(*words), check=True, capture_output=True, text=True).stdout

    def wrapped(self, program: Path, folder: Path) -> Path:
        """Return a program that starts another on this host."""
        script = folder / f"on-{self.address}"
        script.write_text(f'#!/bin/sh\nexec {" ".join(self.command(str(program)))} "$@"\n')
        script.chmod(0o755)
        return script

    def stop(self) -> None:
        """Take the host down."""
        self.process.communicate(timeout=20)


def tools_missing() -> list[str]:
    """Return which of the programs that make networks are not on this machine."""
    return [tool for tool in ("ip", "unshare", "nsenter") if not shutil.which(tool)]


def allowed() -> bool:
    """Tell whether the system lets us make a network: it takes root, and some containers refuse."""
    cable = ("ip", "link", "add", "cable", "type", "veth", "peer", "name", "other")
    return subprocess.run(["unshare", "--net", *cable], check=False, capture_output=True).returncode == 0


@contextmanager
def two_hosts() -> Iterator[tuple[Host, Host]]:
    """Give the host of the hall and the host of the phones, each on the other's network only."""
    hall, phones = Host(HALL), Host(PHONES)
    try:
        hall.run(
            *("ip", "link", "add", "cable", "type", "veth"),
            *("peer", "name", "cable", "netns", str(phones.process.pid)),
        )
        for host in (hall, phones):
            host.run("ip", "address", "add", f"{host.address}/24", "dev", "cable")
            # No second address a second later: a browser drops what it is loading when it gets one.
            host.run("ip", "link", "set", "cable", "addrgenmode", "none")
            host.run("ip", "link", "set", "cable", "up")
            host.run("ip", "link", "set", "lo", "up")
        yield hall, phones
    finally:
        hall.stop()
        phones.stop()
