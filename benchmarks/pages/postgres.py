"""A ledger in a PostgreSQL of its own: Debian's server in a folder that goes with it, filled from a file."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from parallax.ledger.ledger import Ledger
from parallax.ledger.narrow import metadata

DATABASE = "pages"
AT_ONCE = 5_000


@contextmanager
def holding(path: Path) -> Iterator[str]:
    """The address of a database that holds what the ledger in a file holds, for as long as the server runs."""
    with _server() as socket:
        with psycopg.connect(host=socket, user="parallax", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
        address = f"postgresql+psycopg://parallax@/{DATABASE}?host={socket}"
        Ledger.open(address, create=True).close()
        _fill(path, socket)
        yield address


def _fill(path: Path, socket: str) -> None:
    """Copy every table, in an order in which rows come after those that they name."""
    begun = time.perf_counter()
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with psycopg.connect(host=socket, user="parallax", dbname=DATABASE) as target:
        target.execute("DELETE FROM head")
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            quoted = ", ".join(f'"{name}"' for name in names)
            told = source.execute(f"SELECT {quoted} FROM {table.name}")
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
            )
            with target.cursor() as cursor, cursor.copy(into) as copy:
                while rows := told.fetchmany(AT_ONCE):
                    for row in rows:
                        copy.write_row(row)
    with psycopg.connect(host=socket, user="parallax", dbname=DATABASE, autocommit=True) as target:
        target.execute("VACUUM ANALYZE")
    source.close()
    print(f"in PostgreSQL after {time.perf_counter() - begun:.0f} s", flush=True)


@contextmanager
def _server() -> Iterator[str]:
    """The folder of the socket of a server, which PostgreSQL refuses to run as root."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    if not found:
        raise SystemExit("Debian's PostgreSQL is not installed (apt-get install postgresql)")
    programs, folder = found[-1].parent, tempfile.mkdtemp(prefix="parallax-pages-")
    person: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        person = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        os.chown(folder, account.pw_uid, account.pw_gid)
    quiet: dict[str, Any] = {"cwd": folder, "env": {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, **person}
    made = [
        str(programs / "initdb"),
        "-D",
        f"{folder}/data",
        "-U",
        "parallax",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run(made, check=True, capture_output=True, **quiet)
    # A server as it comes, but that what is copied need not be safe on the disk, nor found by other machines.
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off", "max_wal_size=8GB")
    command = [str(programs / "postgres"), "-D", f"{folder}/data", *(part for one in settings for part in ("-c", one))]
    with Path(folder, "server.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **quiet)
    try:
        _wait(folder, process)
        yield folder
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            psycopg.connect(host=folder, user="parallax", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise SystemExit(Path(folder, "server.log").read_text("utf-8")) from None
            time.sleep(0.1)
    raise SystemExit("PostgreSQL did not start in 30 seconds")
