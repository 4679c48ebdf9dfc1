"""Every test of the ledger runs on SQLite and on a PostgreSQL server of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from parallax.ledger.ledger import Ledger
from parallax.ledger.narrow import metadata
from parallax.ledger.store import REVISION

NUMBERS = count(1)


def _programs() -> Path | None:
    """Debian's PostgreSQL programs, the newest version first."""
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


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of the socket of a PostgreSQL server that lives as long as the tests."""
    programs = _programs()
    if programs is None:
        pytest.skip("Debian's PostgreSQL is not installed (apt-get install postgresql)")
    folder = tempfile.mkdtemp(prefix="parallax-pg-")
    person = _person()
    if person:
        os.chown(folder, person["user"], person["group"])
    data = f"{folder}/data"
    quiet: dict[str, Any] = {"cwd": folder, "env": {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, **person}
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "parallax", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        capture_output=True,
        **quiet,
    )
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={folder}",
        "fsync=off",
        "full_page_writes=off",
        "max_connections=40",
    )
    command = [str(programs / "postgres"), "-D", data, *(part for one in settings for part in ("-c", one))]
    with Path(folder, "server.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **quiet)
    try:
        _wait(folder, process)
        yield folder
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            psycopg.connect(host=folder, user="parallax", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, Path(folder, "server.log").read_text()
            time.sleep(0.1)
    raise AssertionError("PostgreSQL did not start in 30 seconds")


@pytest.fixture(scope="session")
def fresh_database(server: str) -> Callable[[], str]:
    """Make the address of a new database with nothing in it."""

    def make(template: str = "template0") -> str:
        name = f"ledger_{next(NUMBERS)}"
        with psycopg.connect(host=server, user="parallax", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return f"postgresql+psycopg://parallax@/{name}?host={server}"

    return make


@pytest.fixture(scope="session")
def spare(fresh_database: Callable[..., str]) -> list[str]:
    """Addresses of databases that hold an empty ledger; the first is made here, the others copied from it."""
    first = fresh_database()
    Ledger.open(first, create=True).close()
    return [first]


@pytest.fixture
def migrated(spare: list[str], fresh_database: Callable[..., str]) -> Iterator[Callable[[], str]]:
    """Make the address of a PostgreSQL database that holds an empty ledger; emptied and kept for the next test."""
    template, used = spare[0], []

    def make() -> str:
        used.append(spare.pop() if len(spare) > 1 else fresh_database(_name(template)))
        return used[-1]

    yield make
    for address in used:
        _empty(address)
    spare.extend(used)


def _name(address: str) -> str:
    return address.split("@/")[1].split("?", maxsplit=1)[0]


def _empty(address: str) -> None:
    with psycopg.connect(
        host=address.split("host=")[1], user="parallax", dbname=_name(address), autocommit=True
    ) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("".join(f"DELETE FROM {table};" for table in metadata.tables).encode())
        connection.execute("INSERT INTO head (one, number, hash) VALUES (1, 0, repeat('0', 64))")
        connection.execute(f"UPDATE alembic_version SET version_num = '{REVISION}'".encode())
        connection.execute("ALTER TABLE log ENABLE TRIGGER log_refuses")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Make the address of a new, empty ledger on one database or the other."""
    if request.param == "postgresql":
        made: Callable[[], str] = request.getfixturevalue("migrated")
        return made

    def make() -> str:
        path = tmp_path / f"{next(NUMBERS)}.ledger"
        Ledger.open(path, create=True).close()
        return str(path)

    return make


@pytest.fixture
def ledger(new_address: Callable[[], str]) -> Iterator[Ledger]:
    with Ledger.open(new_address()) as opened:
        yield opened
