"""How long the first page takes from a cold start, against ``streamlit hello``, in turn.

Run from the root of the project::

    python3 -m tests.benchmarks.cold_start [--times 5]

The clock runs from the launch of the server's process to the first page's title, with nothing left to
run (and on ours the radar drawn): the store is there already, as on every start but the first.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from ect.runner import find_browser
from tests.benchmarks.servers import Served, our_app, shipped

DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def first_page(browser: Browser, serve: Callable[[], Served], drawn: str) -> float:
    """Start a server, open its first page, and return the seconds until it is complete."""
    began = time.perf_counter()
    server = serve()
    try:
        server.wait()
        page = browser.new_page()
        page.goto(server.address)
        for part in (DONE, drawn):
            page.locator(part).first.wait_for(timeout=60_000)
        took = time.perf_counter() - began
        page.close()
    finally:
        server.stop()
    return took


def run(times: int) -> dict[str, object]:
    """Start both servers in turn, and say what was found."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "ect.db"
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        pages: dict[str, tuple[Callable[[], Served], str]] = {
            "hello": (lambda: shipped("hello"), "h1"),
            "ect": (lambda: our_app(store), "svg.marks"),
        }
        seconds: dict[str, list[float]] = {name: [] for name in pages}
        for attempt in range(times + 1):
            for name, (serve, drawn) in pages.items():
                took = first_page(browser, serve, drawn)
                if attempt:  # the first makes the store and fills the disk's cache
                    seconds[name].append(took)
        browser.close()
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    return {
        "times": times,
        "median_s": {name: round(value, 2) for name, value in medians.items()},
        "ratio": round(medians["ect"] / medians["hello"], 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time the first page from a cold start.")
    parser.add_argument("--times", type=int, default=5)
    print(json.dumps(run(parser.parse_args().times), indent=2))
