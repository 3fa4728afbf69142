"""Finds every message of the interface in the source: the first words of t(), n() and _()."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SINGLE, PLURAL = {"t", "_"}, {"n"}

Message = str | tuple[str, str]


def messages() -> dict[Message, str]:
    """Return each message with the file it was last seen in."""
    found: dict[Message, str] = {}
    for folder in ("ect", "pages"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            where = path.relative_to(ROOT).as_posix()
            found.update(dict.fromkeys(_in_tree(tree), where))
    return found


def _in_tree(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [arg.value for arg in node.args[:2] if _is_text(arg)]
        if name in SINGLE and words:
            yield words[0]
        elif name in PLURAL and len(words) == 2:
            yield words[0], words[1]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
