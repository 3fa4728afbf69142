"""What comes in and goes out: times and memory against their bars.

Run as ``python3 -m tests.benchmarks.exchange``; the exit code is 1 if a bar is broken.
"""

from __future__ import annotations

import sys

from tests.benchmarks.importing import report_imports


def main() -> int:
    return 0 if all([report_imports()]) else 1


if __name__ == "__main__":
    sys.exit(main())
