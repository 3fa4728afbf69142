"""Servers to measure: ours as ``run`` serves it, and Streamlit as it is shipped."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).parents[2]


@dataclass
class Served:
    """A server process of ours, to be waited for and stopped."""

    process: subprocess.Popen[bytes]
    address: str

    def wait(self, seconds: float = 60) -> None:
        """Wait until the server says it is well."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError(self.address)

    def stop(self) -> None:
        """Stop the server."""
        self.process.terminate()
        self.process.wait(20)


def shipped(*script: str) -> Served:
    """Serve a page as Streamlit ships it, away from our settings: ``run FILE`` or ``hello``."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", *script]
    options = ["--server.headless=true", f"--server.port={port}", "--browser.gatherUsageStats=false"]
    return _serve([*command, *options], port, Path(tempfile.gettempdir()), {})


def our_app(store: Path) -> Served:
    """Serve the application on a store."""
    port = free_port()
    command = [sys.executable, "-m", "ect", "run", "--port", str(port), "--no-browser"]
    settings = {"ECT_DATABASE_URL": f"sqlite:///{store.as_posix()}", "ECT_NO_BOOTSTRAP": "1"}
    return _serve(command, port, ROOT, settings)


def _serve(command: list[str], port: int, folder: Path, settings: dict[str, str]) -> Served:
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return Served(process, f"http://localhost:{port}")
