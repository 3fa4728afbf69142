"""What the page's own scripts may do: draw. They ask nobody anything, and import only each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "ect" / "ui" / "static"
LIVE = sorted((STATIC / "live").glob("*.js"))
# What sends something, runs a text as code, or reads a text as markup.
REFUSED = r"\b(fetch|XMLHttpRequest|sendBeacon|EventSource|eval|Function|innerHTML|insertAdjacentHTML)\b"
NAMESPACE = "http://www.w3.org/2000/svg"


def read(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("script", LIVE, ids=lambda path: path.name)
def test_a_script_imports_only_what_is_beside_it_and_uses_it(script: Path) -> None:
    text = read(script)
    for names, source in re.findall(r'import \{([^}]*)\} from "([^"]+)"', text):
        assert source.startswith("./")
        beside = read(script.parent / source)
        for name in filter(None, (name.strip() for name in names.split(","))):
            assert re.search(rf"export (const|class|function) {name}\b", beside), (source, name)
            assert len(re.findall(rf"\b{name}\b", text)) > 1, (source, name)
    assert len(re.findall(r"\bimport\b", text)) == len(re.findall(r"import \{", text))


@pytest.mark.parametrize("script", LIVE, ids=lambda path: path.name)
def test_a_script_draws_and_asks_nobody(script: Path) -> None:
    text = read(script).replace(NAMESPACE, "")
    assert re.findall(REFUSED, text) == []
    assert "://" not in text


@pytest.mark.parametrize("script", LIVE, ids=lambda path: path.name)
def test_what_a_script_exports_is_imported_by_another(script: Path) -> None:
    others = "".join(read(other) for other in LIVE if other != script)
    for name in re.findall(r"export (?:const|class|function) (\w+)", read(script)):
        assert re.search(rf"\b{name}\b", others), name


def test_lines_are_no_longer_than_elsewhere() -> None:
    long = [(p.name, n) for p in LIVE for n, line in enumerate(read(p).splitlines(), 1) if len(line) > 110]
    assert long == []
