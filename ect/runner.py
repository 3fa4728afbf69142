"""What the commands ``run`` and ``test`` do, beyond the libraries they call."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_PORT, LAST_PORT = 8501, 8599
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def run_app(port: int | None, *, open_browser: bool, lan: bool = False) -> None:
    """Serve the app until it is stopped, to this machine or to its networks too, and say where."""
    os.chdir(ROOT)
    chosen = port or free_port()
    address = f"http://localhost:{chosen}"
    threading.Thread(target=_announce, args=(address, open_browser), daemon=True).start()

    from ect.ui.server import app

    served_on = "0.0.0.0" if lan else "127.0.0.1"  # noqa: S104 - asked for, to let phones in
    app.run(config={"server.port": chosen, "server.address": served_on, "logger.level": "warning"})


def free_port() -> int:
    """Return the first port that nothing listens on here."""
    for port in range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError(f"no free port from {FIRST_PORT} to {LAST_PORT}")


def run_tests(arguments: Sequence[str]) -> int:
    """Run every check there is, or only the tests the arguments name; return the exit code."""
    os.chdir(ROOT)
    if arguments:
        return _step([sys.executable, "-m", "pytest", *arguments])
    steps = [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy", "ect", "app.py"],
        ["pytest", "--cov=ect", "--cov-report=", "-n", "2", "-m", "not browser and not benchmark"],
    ]
    failed = [step for step in steps if _step([sys.executable, "-m", *step])]
    failed += [step for step in browser_steps() if _step([sys.executable, "-m", *step])]
    reports = [
        ["coverage", "report", "--skip-covered", "--fail-under=90"],
        ["coverage", "report", "--include=ect/domain/*", "--fail-under=100"],
    ]
    failed += [step for step in reports if _step([sys.executable, "-m", *step])]
    for step in failed:
        print("ÉCHEC :", " ".join(step), file=sys.stderr)
    return 1 if failed else 0


def browser_steps() -> list[list[str]]:
    """Return the browser tests to run; say so where there is no browser to run them with."""
    if find_browser() or os.environ.get("CI"):
        return [["pytest", "-m", "browser"]]
    print("Tests de navigateur sautés : ni Chromium ni Chrome sur cette machine.", file=sys.stderr)
    return []


def find_browser() -> Path | None:
    """Return the browser of ``ECT_BROWSER``, or the first one found on this machine."""
    for name in (os.environ.get("ECT_BROWSER", ""), *BROWSERS):
        found = shutil.which(name) if name else None
        if found:
            return Path(found)
    return None


def _step(command: Sequence[str]) -> int:
    print("›", " ".join(command[1:]), flush=True)
    return subprocess.call(command)


def _announce(address: str, open_browser: bool) -> None:
    for _attempt in range(240):
        time.sleep(0.25)
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
        except OSError:
            continue
        print(f"ECT est ouvert : {address} (Ctrl+C pour arrêter)", flush=True)
        if open_browser:
            webbrowser.open(address)
        return
