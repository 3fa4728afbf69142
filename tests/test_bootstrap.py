"""The environment is made once, repaired when broken, and its failures are sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ect import bootstrap
from ect.bootstrap import BootstrapError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tests").mkdir()
    for name in ("requirements.txt", "tests/requirements.txt"):
        (tmp_path / name).write_text("streamlit==1\n", "utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "ect-stamp.json")
    monkeypatch.setattr(bootstrap, "LOCK", tmp_path / ".venv.lock")
    monkeypatch.setattr(bootstrap, "RUN", tmp_path / "requirements.txt")
    monkeypatch.setattr(bootstrap, "TESTS", tmp_path / "tests" / "requirements.txt")
    monkeypatch.delenv("ECT_NO_BOOTSTRAP", raising=False)
    return tmp_path


@pytest.fixture
def commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record what would be installed, and make the environment look made."""
    called: list[list[str]] = []

    def call(command: list[str]) -> None:
        called.append([part.replace(str(project), "") for part in command])
        bootstrap.python().parent.mkdir(parents=True, exist_ok=True)
        bootstrap.python().touch()

    monkeypatch.setattr(bootstrap, "_call", call)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    monkeypatch.setattr(bootstrap, "run_again", lambda: called.append(["again"]))
    return called


def test_a_first_start_installs_the_locked_requirements_and_runs_again(commands: list[list[str]]) -> None:
    bootstrap.ensure_environment(with_tests=False)
    assert commands[0][1:4] == ["-m", "venv", "--clear"]
    assert commands[1][-3:] == ["--require-hashes", "-r", "/requirements.txt"]
    assert commands[2] == ["again"]


def test_a_later_start_installs_nothing(commands: list[list[str]]) -> None:
    bootstrap.ensure_environment(with_tests=False)
    commands.clear()
    bootstrap.ensure_environment(with_tests=False)
    assert commands == [["again"]]


def test_the_tests_need_their_own_requirements_too(commands: list[list[str]]) -> None:
    bootstrap.ensure_environment(with_tests=False)
    commands.clear()
    bootstrap.ensure_environment(with_tests=True)
    assert commands[1][-2:] == ["-r", "/tests/requirements.txt"]
    commands.clear()
    bootstrap.ensure_environment(with_tests=False)
    assert commands == [["again"]]


def test_a_changed_lock_installs_again(commands: list[list[str]], project: Path) -> None:
    bootstrap.ensure_environment(with_tests=False)
    commands.clear()
    (project / "requirements.txt").write_text("streamlit==2\n", "utf-8")
    bootstrap.ensure_environment(with_tests=False)
    assert len(commands) == 3


def test_an_interrupted_install_is_done_again(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_command: list[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(bootstrap, "_call", interrupted)
        with pytest.raises(SystemExit) as ended:
            bootstrap.ensure_environment(with_tests=False)
    assert ended.value.code == 130
    assert not bootstrap.LOCK.exists()
    bootstrap.ensure_environment(with_tests=False)
    assert len(commands) == 3


def test_uv_is_used_where_there_is_one(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: "/bin/uv")
    bootstrap.ensure_environment(with_tests=False)
    assert commands[0][:2] == ["/bin/uv", "venv"]
    assert "--require-hashes" in commands[1]


def test_an_interpreter_that_is_declared_ready_is_used_as_it_is(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECT_NO_BOOTSTRAP", "1")
    bootstrap.ensure_environment(with_tests=True)
    assert commands == []


def test_the_lock_of_a_process_that_died_is_taken_over(commands: list[list[str]]) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    bootstrap.LOCK.write_text(str(dead.pid), "utf-8")
    bootstrap.ensure_environment(with_tests=False)
    assert commands[-1] == ["again"]


def test_a_stamp_that_cannot_be_read_is_no_stamp(commands: list[list[str]]) -> None:
    bootstrap.ensure_environment(with_tests=False)
    bootstrap.STAMP.write_text("{", "utf-8")
    assert not bootstrap.is_ready([bootstrap.RUN])
    assert commands


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("ensurepip is not available", "python3-venv"),
        ("/usr/bin/python3: No module named venv", "python3-venv"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "empreinte"),
        ("cause: Hash mismatch for `babel==2.18.0`\n\n  Computed:\n    sha256:e2b4", "empreinte"),
        ("[Errno 28] No space left on device", "disque est plein"),
        ("Permission denied: '.venv'", "ne peut pas être écrit"),
        ("Failed to establish a new connection", "connexion"),
        ("cause: error sending request for url\ncause: dns error\ncause: failed to lookup", "connexion"),
        ("error: something else\nlast words", "last words"),
    ],
)
def test_a_failure_is_explained_in_one_sentence(output: str, said: str) -> None:
    explained = bootstrap.explain(["pip"], output)
    assert said in explained
    assert len(explained.splitlines()) == 2


def test_a_failed_install_ends_the_command_without_a_trace(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "", "Read-only file system")

    monkeypatch.setattr(bootstrap.subprocess, "run", fails)
    with pytest.raises(SystemExit) as ended:
        bootstrap.ensure_environment(with_tests=False)
    assert str(project) in str(ended.value.code)
    assert not bootstrap.STAMP.exists()


def test_a_program_that_cannot_be_started_is_explained(project: Path) -> None:
    with pytest.raises(BootstrapError):
        bootstrap._call([str(project / "nothing")])


def test_the_stamp_says_what_was_installed(commands: list[list[str]]) -> None:
    bootstrap.ensure_environment(with_tests=True)
    assert sorted(json.loads(bootstrap.STAMP.read_text("utf-8"))) == [
        "requirements.txt",
        "tests/requirements.txt",
    ]
    assert commands


def test_an_older_python_gets_one_sentence() -> None:
    source = (Path(__file__).parents[1] / "ect" / "__main__.py").read_text("utf-8")
    guard = source.split("from ect.bootstrap")[0].replace("sys.version_info", "(3, 10, 1)")
    with pytest.raises(SystemExit) as ended:
        exec(compile(guard, "__main__", "exec"), {})  # noqa: S102 - our own lines, with another version
    assert "celui-ci est Python 3.10" in str(ended.value.code)
