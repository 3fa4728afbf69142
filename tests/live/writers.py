"""People who never stop: processes that rate through the services, and say what was acknowledged."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from fractions import Fraction
from threading import Thread
from ect.domain.rating import Answer
from ect.services.rating import answer
from ect.storage.database import Database

db = Database.open(sys.argv[1])

def rate(thread):
    turn = 0
    while True:
        voice = f"{sys.argv[2]}-{thread}-{turn}"
        answer(db, "sut", "need", Answer.LEVEL, Fraction(turn % 3), voice=voice)
        sys.stdout.write(voice + chr(10))
        sys.stdout.flush()
        turn += 1

for thread in range(int(sys.argv[3])):
    Thread(target=rate, args=(thread,), daemon=True).start()
sys.stdin.read()
"""


class Writers:
    """What the processes said was saved, so far."""

    def __init__(self) -> None:
        self.acknowledged: list[str] = []
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, address: str, number: int, threads: int) -> None:
        """Start a process with so many people in it."""
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, address, str(number), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.processes.append(process)
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            if line.endswith("\n"):
                self.acknowledged.append(line.strip())

    def stop(self) -> None:
        """Stop them all."""
        for process in self.processes:
            process.kill()
            process.wait(20)
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()


@contextmanager
def writing(address: str, processes: int = 2, threads: int = 2) -> Iterator[Writers]:
    """Let people write for as long as this lasts."""
    writers = Writers()
    try:
        for number in range(processes):
            writers.start(address, number, threads)
        yield writers
    finally:
        writers.stop()
