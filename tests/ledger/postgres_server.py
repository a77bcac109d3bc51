"""A PostgreSQL server of the tests' own: real, on this machine alone, gone when they are done."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

_NUMBERS = count()


@dataclass
class Server:
    """A running server; ``database`` gives the address of a fresh database."""

    port: int
    binaries: Path
    folder: Path
    made: list[str] = field(default_factory=list)

    def database(self) -> str:
        """Make an empty database and return its address."""
        name = f"ledger{os.getpid()}_{next(_NUMBERS)}"
        self.sql(f"CREATE DATABASE {name}", "postgres")
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def sql(self, statement: str, database: str) -> str:
        """Run a statement as a database's owner could, past harmledger."""
        url = f"postgresql://postgres@127.0.0.1:{self.port}/{database}"
        done = subprocess.run(
            [str(self.binaries / "psql"), "-Atq", "-v", "ON_ERROR_STOP=1", "-c", statement, url],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()


def binaries() -> Path | None:
    """Return where the server's programs are; None where PostgreSQL 15 or newer is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found and int(found[-1].parts[-3]) >= 15:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


@contextmanager
def server(settings: str = "") -> Iterator[Server]:
    """Run a server while the block runs. As root it runs as the user postgres, since it refuses root."""
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="harmledger-postgres-"))
    who = "postgres" if os.geteuid() == 0 else None
    if who:
        shutil.chown(folder, who, who)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])

    def run(*command: str) -> None:
        subprocess.run(
            command, check=True, capture_output=True, user=who, group=who, extra_groups=[] if who else None, cwd=folder
        )

    data = folder / "data"
    run(str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-k")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {settings}"
    control = str(programs / "pg_ctl")
    try:
        run(control, "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield Server(port, programs, folder)
        finally:
            run(control, "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
