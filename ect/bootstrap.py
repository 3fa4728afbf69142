"""Makes the environment a command needs, with nothing but the standard library.

The first start makes ``.venv`` and installs the locked requirements in it; a stamp remembers what was
installed, so that later starts do nothing and need no network.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "ect-stamp.json"
LOCK = ROOT / ".venv.lock"
RUN, TESTS = ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"
LOCK_PATIENCE_SECONDS = 900


class BootstrapError(Exception):
    """The environment could not be made; the message says why, in French then in English."""


def ensure_environment(*, with_tests: bool) -> None:
    """Make sure the command runs in an environment that has what it needs.

    Returns when this interpreter has it; otherwise runs the same command again in ``.venv`` and ends
    with its exit code. ``ECT_NO_BOOTSTRAP=1`` says that this interpreter is to be used as it is.
    """
    if os.environ.get("ECT_NO_BOOTSTRAP") == "1":
        return
    requirements = [RUN, TESTS] if with_tests else [RUN]
    try:
        with _one_at_a_time():
            if not is_ready(requirements):
                install(requirements)
    except BootstrapError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        run_again()


def is_ready(requirements: Sequence[Path]) -> bool:
    """Tell whether ``.venv`` holds these requirements, as the stamp of the last install says."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    wanted = {path.name_in_stamp: path.digest for path in map(_Locked, requirements)}
    return python().exists() and wanted.items() <= stamp.items()


def install(requirements: Sequence[Path]) -> None:
    """Make ``.venv`` anew and install the requirements, by uv where there is one, else by pip."""
    print("Première installation : une à deux minutes, une seule fois.", file=sys.stderr, flush=True)
    STAMP.unlink(missing_ok=True)
    uv = shutil.which("uv")
    listed = [part for path in requirements for part in ("-r", str(path))]
    if uv:
        _call([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(ENVIRONMENT)])
        target = ["--quiet", "--python", str(python()), "--require-hashes"]
        _call([uv, "pip", "install", *target, *listed])
    else:
        _call([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
        quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
        _call([str(python()), "-m", "pip", "install", *quiet, *listed])
    stamp = {path.name_in_stamp: path.digest for path in map(_Locked, requirements)}
    STAMP.write_text(json.dumps(stamp, indent=2), "utf-8")


def python() -> Path:
    """Return the interpreter of ``.venv``."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run_again() -> None:
    """Run the same command in ``.venv`` and end with its exit code."""
    command = [str(python()), "-m", "ect", *sys.argv[1:]]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(_python_path())}
    if os.name != "nt":
        os.execve(command[0], command, environment)
    try:
        sys.exit(subprocess.call(command, env=environment))
    except KeyboardInterrupt:
        sys.exit(130)


def explain(command: Sequence[str], output: str) -> str:
    """Say in one sentence why a step of the installation failed."""
    said = output.casefold()
    no_venv = (
        "il manque le module venv de Python (Debian, Ubuntu : apt install python3-venv)",
        "Python's venv module is missing (Debian, Ubuntu: apt install python3-venv)",
    )
    other_package = (
        "un paquet reçu n'est pas celui qui est attendu (empreinte différente)",
        "a package received is not the one expected (its hash differs)",
    )
    read_only = (
        f"le dossier {ENVIRONMENT.parent} ne peut pas être écrit",
        f"the folder {ENVIRONMENT.parent} cannot be written",
    )
    offline = (
        "les paquets n'ont pas pu être téléchargés : vérifiez la connexion",
        "the packages could not be downloaded: check the connection",
    )
    # The words of venv, then pip's and uv's, which differ.
    reasons = {
        "ensurepip": no_venv,
        "no module named venv": no_venv,
        "do not match the hashes": other_package,
        "hash mismatch": other_package,
        "no space left": ("le disque est plein", "the disk is full"),
        "permission denied": read_only,
        "read-only": read_only,
        "connection": offline,
        "error sending request": offline,
        "no matching distribution": offline,
    }
    last = output.strip().splitlines()[-1:] or [" ".join(command[:3])]
    french, english = next((both for word, both in reasons.items() if word in said), (last[0],) * 2)
    return f"L'installation a échoué : {french}.\nInstallation failed: {english}."


class _Locked:
    """A file of locked requirements, with this Python: what the stamp compares."""

    def __init__(self, path: Path) -> None:
        version = ".".join(map(str, sys.version_info[:2]))
        self.name_in_stamp = path.relative_to(ROOT).as_posix()
        content = path.read_bytes().replace(b"\r\n", b"\n") + version.encode()
        self.digest = hashlib.sha256(content).hexdigest()


def _call(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except OSError as error:
        raise BootstrapError(explain(command, error.strerror or str(error))) from None
    if done.returncode:
        raise BootstrapError(explain(command, done.stdout + done.stderr))


def _python_path() -> Iterator[str]:
    yield str(ROOT)
    if inherited := os.environ.get("PYTHONPATH"):
        yield inherited


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let two starts at once take turns: the second finds the work done."""
    started = time.monotonic()
    while True:
        try:
            handle = os.open(LOCK, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            if _age(LOCK) > LOCK_PATIENCE_SECONDS or not _is_alive(LOCK):
                LOCK.unlink(missing_ok=True)
            elif time.monotonic() - started > LOCK_PATIENCE_SECONDS:
                raise BootstrapError(explain([], f"{LOCK} is held by another start")) from None
            else:
                time.sleep(0.3)
        except OSError as error:
            if is_ready([RUN]):
                # A folder that cannot be written needs no lock when all is installed.
                yield
                return
            raise BootstrapError(explain([], error.strerror or str(error))) from None
    try:
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        yield
    finally:
        LOCK.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _is_alive(lock: Path) -> bool:
    """Tell whether the process that took the lock is still there; unsure counts as yes."""
    if os.name == "nt":
        return True
    try:
        os.kill(int(lock.read_text("utf-8")), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError):
        return True
    return True
