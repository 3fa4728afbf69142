"""What is installed is locked, with hashes, and says nothing of the machine that locked it."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_is_pinned_with_hashes(file: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / file).read_text("utf-8"))
    requirements = [block for block in blocks if re.match(r"[a-zA-Z0-9]", block)]
    assert len(requirements) > 5
    assert [b.splitlines()[0] for b in requirements if "==" not in b or "--hash=sha256:" not in b] == []


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_a_lock_names_no_host_and_no_path(file: str) -> None:
    assert not re.search(r"https?://|index-url|find-links|file:|/home|/tmp", (ROOT / file).read_text("utf-8"))


def test_the_packages_of_the_project_are_in_the_lock() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    for name in ("streamlit", "pandas", "altair", "sqlmodel", "alembic"):
        assert re.search(rf"^{name}==", lock, re.MULTILINE)


def test_what_is_needed_with_extras_is_locked_with_them() -> None:
    """Older versions of pip take a package with extras at its newest version, which no hash allows."""
    locked: dict[str, set[str]] = {}
    for file in ("requirements.txt", "tests/requirements.txt"):
        for line in re.findall(r"^[a-zA-Z0-9].*?(?= \\)", (ROOT / file).read_text("utf-8"), re.MULTILINE):
            pinned = Requirement(line)
            locked.setdefault(canonicalize_name(pinned.name), set()).update(pinned.extras)
    asked = [
        requirement
        for name in locked
        for requirement in map(Requirement, _requires(name))
        if requirement.extras and (not requirement.marker or requirement.marker.evaluate({"extra": ""}))
    ]
    assert asked
    short = [str(wanted) for wanted in asked if not wanted.extras <= locked[canonicalize_name(wanted.name)]]
    assert short == []


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []  # for another system
