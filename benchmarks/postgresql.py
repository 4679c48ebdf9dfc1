"""Debian's PostgreSQL in a folder that goes with it: for benchmarks, and for the tests of the ledger."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg


@contextmanager
def running(*settings: str) -> Iterator[str]:
    """The folder of the socket of a server, good until the block ends; `settings` are lines of its configuration.

    What it keeps need not be safe on the disk, and no other machine finds it. Raises SystemExit, in
    words, where the server is not installed or does not start.
    """
    programs = installed()
    if programs is None:
        raise SystemExit("Debian's PostgreSQL is not installed (apt-get install postgresql)")
    folder, person = tempfile.mkdtemp(prefix="parallax-pg-"), _person()
    if person:
        os.chown(folder, person["user"], person["group"])
    quiet: dict[str, Any] = {"cwd": folder, "env": {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, **person}
    made = [f"{programs}/initdb", "-D", f"{folder}/data", "-U", "parallax", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(made, check=True, capture_output=True, **quiet)
    lines = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off", *settings)
    command = [f"{programs}/postgres", "-D", f"{folder}/data", *(part for one in lines for part in ("-c", one))]
    with Path(folder, "server.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **quiet)
    try:
        _wait(folder, process)
        yield folder
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def installed() -> Path | None:
    """The folder of the programs of the newest version; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _person() -> dict[str, Any]:
    """Whom to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    return {}


def _wait(folder: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            psycopg.connect(host=folder, user="parallax", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise SystemExit(Path(folder, "server.log").read_text("utf-8", "replace")) from None
            time.sleep(0.1)
    raise SystemExit("PostgreSQL did not start in 30 seconds")
