"""Hostile and broken files: each is refused with a sentence, quickly, and nothing falls over."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ect.domain.grid import Grid
from tests.exchange.hostile import FILES, refusal, report_grid
from tests.exchange.tables import report_rows, text_of

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 1.0, 200.0


@pytest.fixture(scope="module")
def grid() -> Grid:
    return report_grid()


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_there_are_fifty_and_more() -> None:
    assert len(FILES) >= 50


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_with_its_sentence(name: str, grid: Grid) -> None:
    hostile = FILES[name]
    said = plain(refusal(hostile.name, hostile.make(), grid))
    assert hostile.said in said
    assert said.startswith(hostile.name)
    assert said.endswith(".")
    assert refusal("a.csv", text_of(report_rows()).encode(), grid) == ""


def offered_in_one_process() -> dict:
    """Offer every file to one process; return what it said, how long each took, and its peak of memory."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.exchange.hostile"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        for hostile in FILES.values():
            content = hostile.make()
            process.stdin.write(b"%d\n" % len(content) + content)
            process.stdin.flush()
        process.stdin.close()
        found = json.loads(process.stdout.read())
    assert process.returncode == 0
    return found


def test_one_process_refuses_them_all_and_stays_small() -> None:
    found = offered_in_one_process()
    assert list(found["files"]) == list(FILES)
    assert all(FILES[name].said in plain(one["said"]) for name, one in found["files"].items())
    assert found["peak_mb"] < MEGABYTES


@pytest.mark.benchmark
def test_each_is_refused_within_a_second() -> None:
    found = offered_in_one_process()
    slow = {name: one["processor"] for name, one in found["files"].items() if one["processor"] > SECONDS}
    assert slow == {}
