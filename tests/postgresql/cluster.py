"""A PostgreSQL of the tests' own, on a port of the loopback that is free, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.ports import free_port

USER = "ect"
# PostgreSQL refuses to run as root: its package brings a user of its own.
OWNER = "postgres"


def find_server() -> Path | None:
    """Return the folder of PostgreSQL's commands, or ``None``: Debian puts them outside of the path."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


class Cluster:
    """A server that is running; each call gives another, empty database."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.numbers = count()

    def address(self) -> str:
        import psycopg

        name = f"t{next(self.numbers)}"
        where = f"host=127.0.0.1 port={self.port} user={USER} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{name}"


@contextmanager
def running(commands: Path) -> Iterator[Cluster]:
    """Make a cluster, start it, and take it away."""
    # Not pytest's folder: the server's user may not look into that of somebody else.
    with tempfile.TemporaryDirectory(prefix="ect-pg-", ignore_cleanup_errors=True) as folder:
        as_root = sys.platform != "win32" and os.geteuid() == 0
        if as_root:
            shutil.chown(folder, OWNER)

        def run(command: str, *arguments: str) -> None:
            owner = OWNER if as_root else None
            said = subprocess.run(
                [commands / command, *arguments],
                user=owner,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
            assert said.returncode == 0, said.stderr

        data, log, port = f"{folder}/data", f"{folder}/log", free_port()
        run("initdb", "-D", data, "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")
        try:
            yield Cluster(port)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
