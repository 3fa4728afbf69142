"""What the commands run and test do around the libraries they call."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from ect import runner


def test_a_port_that_is_taken_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(runner, "FIRST_PORT", port)
        monkeypatch.setattr(runner, "LAST_PORT", port + 20)
        assert runner.free_port() > port
        monkeypatch.setattr(runner, "LAST_PORT", port)
        with pytest.raises(OSError, match="no free port"):
            runner.free_port()


def test_the_browser_that_is_set_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    browser = tmp_path / "my-browser"
    browser.write_text("#!/bin/sh\n", "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("ECT_BROWSER", str(browser))
    assert runner.find_browser() == browser


def test_without_a_browser_its_tests_are_skipped_in_the_open(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "find_browser", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    assert runner.browser_steps() == []
    assert "sautés" in capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    assert runner.browser_steps() == [["pytest", "-m", "browser"]]


def test_a_check_that_fails_fails_the_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "_step", lambda command: int("mypy" in command))
    assert runner.run_tests([]) == 1
    assert "mypy" in capsys.readouterr().err
    monkeypatch.setattr(runner, "_step", lambda _command: 0)
    assert runner.run_tests([]) == 0


def test_named_tests_are_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[list[str]] = []
    monkeypatch.setattr(runner, "_step", lambda command: run.append(list(command[1:])) or 0)
    assert runner.run_tests(["tests/domain"]) == 0
    assert run == [["-m", "pytest", "tests/domain"]]
