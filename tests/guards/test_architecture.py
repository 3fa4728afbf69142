"""Imports go down only, and each library stays in its room."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from ect.ui.pages import PAGES

ROOT = Path(__file__).parents[2]
# From the top down: a layer may import itself and what is below it.
LAYERS = ["pages", "ui", "reports", "charts", "exchange", "services", "storage", "domain"]
# Beside the layers: the edge (command line), and what any layer above storage may use.
EDGE = {
    "cli",
    "runner",
    "bootstrap",
    "__main__",
    "sentences",
    "wording",
    "i18n",
    "settings",
    "laboratory",
    "__init__",
}
LIBRARIES = {
    "streamlit": {"ui", "pages", "app"},
    "starlette": {"ui"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "sqlmodel": {"storage", "services"},
    "altair": {"charts", "ui/boot.py"},
    "pandas": {"ui/boot.py", "exchange", "laboratory"},
    "pydantic": {"storage", "settings"},
    "typer": {"cli"},
    "xlsxwriter": {"exchange", "reports"},
    "openpyxl": {"exchange"},
    "typst": {"reports"},
    "docx": {"reports"},
    "pptx": {"reports"},
    "vl_convert": {"reports"},
}


def modules() -> Iterator[tuple[str, Path]]:
    """Yield each of our files with the layer (or the edge module) it belongs to."""
    yield "app", ROOT / "app.py"
    for path in sorted((ROOT / "pages").rglob("*.py")):
        yield "pages", path
    for path in sorted((ROOT / "ect").rglob("*.py")):
        first = path.relative_to(ROOT / "ect").parts[0]
        yield first.removesuffix(".py"), path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_layers_import_downwards() -> None:
    upwards = []
    for layer, path in modules():
        if layer not in LAYERS:
            continue
        for name in imports(path):
            parts = name.split(".")
            target = parts[1] if parts[0] == "ect" and len(parts) > 1 else ""
            if target in LAYERS and LAYERS.index(target) < LAYERS.index(layer):
                upwards.append(f"{path.relative_to(ROOT)} imports {name}")
            if layer in {"domain", "storage", "charts"} and target in EDGE:
                upwards.append(f"{path.relative_to(ROOT)} imports {name}")
    assert upwards == []


def test_the_domain_imports_the_standard_library_numerics_and_itself() -> None:
    foreign = [
        f"{path.name}: {name}"
        for layer, path in modules()
        if layer == "domain"
        for name in imports(path)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "numpy", "scipy"}
        and not name.startswith("ect.domain")
    ]
    assert foreign == []


def test_each_library_stays_in_its_room() -> None:
    astray = []
    for layer, path in modules():
        for name in imports(path):
            rooms = LIBRARIES.get(name.split(".")[0])
            inside = path.relative_to(ROOT).as_posix().removeprefix("ect/")
            if rooms is not None and layer not in rooms and inside not in rooms:
                astray.append(f"{path.relative_to(ROOT)} imports {name}")
    assert astray == []


def test_services_use_of_sqlmodel_its_session_and_nothing_else() -> None:
    for layer, path in modules():
        if layer == "services":
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module == "sqlmodel":
                    assert [alias.name for alias in node.names] == ["Session"], path


def test_the_bootstrap_needs_nothing_installed() -> None:
    for name in ("__main__", "bootstrap", "runner"):
        path = ROOT / "ect" / f"{name}.py"
        top = [
            node
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        names = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module for node in top if isinstance(node, ast.ImportFrom) and node.module}
        ours = {"ect.bootstrap", "ect.cli"} if name == "__main__" else set()
        assert {n for n in names if n.split(".")[0] not in sys.stdlib_module_names} <= ours


def test_no_page_stands_directly_in_pages() -> None:
    assert list((ROOT / "pages").glob("*.py")) == []
    assert sorted(page.path for page in PAGES) == sorted((ROOT / "pages").rglob("*.py"))


def test_pages_are_short_scripts() -> None:
    long = {
        page.file: lines for page in PAGES if (lines := len(page.path.read_text("utf-8").splitlines())) > 70
    }
    assert long == {}


def test_no_data_goes_into_unsafe_html() -> None:
    for _layer, path in modules():
        words = path.read_text("utf-8")
        assert "unsafe_allow_html" not in words, path
        assert "unsafe_allow_javascript" not in words, path
