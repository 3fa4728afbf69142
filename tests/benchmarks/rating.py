"""How long one moved slider takes on Noter and on Et si, against a bare Streamlit page, in one run.

Run from the root of the project::

    python3 -m tests.benchmarks.rating [--times 40]

On each page a key moves a slider; the clock runs from the key's own timestamp to the change of the
page: the text under the slider of the bare page, the redrawn radar (20 criteria) on Noter and its totals,
which only the saved answer changes, and on Et si the radar, which the page draws after the ranking. Read
the ratios of the medians: milliseconds are the machine's.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from ect.runner import find_browser
from tests.benchmarks.servers import Served, our_app, shipped

BLOCK = 5
WARM_UP = 4
PAUSE_S = 0.35
TIMEOUT_S = 8.0
PROBE = Path(__file__).with_name("browser_probe.js")
BARE = Path(__file__).with_name("bare_slider.py")


@dataclass
class Target:
    """A page with a slider, what is watched on it, and what was measured."""

    name: str
    address: str
    watched: str
    svg: bool
    behind: str = ""
    milliseconds: list[float] = field(default_factory=list)
    moves: int = 0

    def open(self, browser: Browser) -> None:
        """Open the page and take hold of its first slider."""
        self.page: Page = browser.new_page(viewport={"width": 1280, "height": 1600})
        self.page.add_init_script(path=PROBE)
        self.page.goto(self.address)
        if self.behind:
            self.page.locator("summary", has_text=self.behind).first.click()
        inside = self.page.locator("details", has_text=self.behind) if self.behind else self.page
        self.slider: Locator = (
            inside.get_by_role("slider").last if self.behind else inside.get_by_role("slider").first
        )
        self.slider.wait_for(timeout=60_000)
        self.page.locator(self.watched).first.wait_for(timeout=60_000)
        self.page.wait_for_timeout(2_000)

    def move(self) -> float:
        """Move the slider one step, there and back in turn, and wait for the change."""
        key = "ArrowRight" if self.moves % 2 == 0 else "ArrowLeft"
        self.moves += 1
        self.slider.focus()
        self.page.evaluate("([s, svg]) => __probe.start(s, svg)", [self.watched, self.svg])
        self.page.keyboard.press(key)
        deadline = time.monotonic() + TIMEOUT_S
        while (took := self.page.evaluate("__probe.took()")) is None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name}: nothing changed within {TIMEOUT_S} s")
            self.page.wait_for_timeout(20)
        self.page.wait_for_timeout(1_000 * PAUSE_S)
        return float(took)


def measure(targets: list[Target], times: int) -> None:
    """Measure the pages in turn, a few moves at a time."""
    for target in targets:
        target.page.bring_to_front()
        for _ in range(WARM_UP):
            target.move()
    for _ in range(0, times, BLOCK):
        for target in targets:
            target.page.bring_to_front()
            target.page.wait_for_timeout(100)
            target.milliseconds += [target.move() for _ in range(BLOCK)]


def run(times: int) -> dict[str, object]:
    """Serve both pages, measure, and say what was found."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        servers: list[Served] = [shipped("run", str(BARE)), our_app(Path(folder) / "ect.db")]
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            for server in servers:
                server.wait()
            bare, ours = servers
            targets = [
                Target("bare", bare.address, ".stMarkdown", svg=False),
                Target("noter", f"{ours.address}/noter?terrain=vaux-sur-poligny", ".ect-radar", svg=True),
                Target(
                    "totals", f"{ours.address}/noter?terrain=chatel", ".st-key-ect-sight-rate td", svg=False
                ),
                Target("et-si", f"{ours.address}/et-si", ".ect-radar", svg=True, behind="Portage collectif"),
            ]
            for target in targets:
                target.open(browser)
            for target in targets[1:3]:
                # From "not rated" to a level: from then on each move changes the totals.
                target.slider.press("ArrowRight")
            measure(targets, times)
        finally:
            browser.close()
            for server in servers:
                server.stop()
    medians = {t.name: statistics.median(t.milliseconds) for t in targets}
    return {
        "times": times,
        "median_ms": {name: round(value, 1) for name, value in medians.items()},
        "worst_ms": {t.name: round(max(t.milliseconds), 1) for t in targets},
        "ratio": {name: round(medians[name] / medians["bare"], 2) for name in ("noter", "totals", "et-si")},
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time one moved slider on Noter and on Et si.")
    parser.add_argument("--times", type=int, default=40)
    print(json.dumps(run(parser.parse_args().times), indent=2))
