"""Kill the server many times while people rate, and look for what was lost.

Run from the root of the project::

    python3 -m tests.benchmarks.kills [--times 200]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from tests.live.killing import kill_often

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Kill the server while people rate.")
    parser.add_argument("--times", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wrong = kill_often(Path(folder) / "ect.db", asked.times)
    print(json.dumps({"kills": asked.times, "wrong": wrong}, indent=2))
