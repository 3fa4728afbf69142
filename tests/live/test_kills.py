"""A server that is killed while people rate loses nothing it acknowledged."""

from __future__ import annotations

from pathlib import Path

from tests.live.killing import kill_often


def test_nothing_acknowledged_is_lost_and_everybody_comes_back_to_their_place(tmp_path: Path) -> None:
    assert kill_often(tmp_path / "ect.db", times=3) == []
