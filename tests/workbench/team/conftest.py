"""A team's workbench: one account of each role over a copy of the demo's ledger."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from parallax.config import Settings
from parallax.ledger import people
from parallax.ledger.ledger import Ledger
from parallax.workbench.acting import Role
from parallax.workbench.app import create
from parallax.workbench.team.passwords import hashed
from parallax.workbench.team.sessions import Team

# What the walks of the story assert is told as a test tells it.
pytest.register_assert_rewrite("tests.workbench.team.story")

BASE = "http://localhost"
PASSWORD = "Nine umbrellas near Varna"


@cache
def kept_password() -> str:
    """What is kept of the password that every account here has."""
    return hashed(PASSWORD)


def enrol(ledger: Ledger) -> None:
    """One account of each role, called after its role in capitals."""
    with ledger.write("test") as writer:
        for role in Role:
            people.add_user(writer, role.value.upper(), role.value)
            people.set_password(writer, role.value, kept_password())


@pytest.fixture
def team_ledger(ledger_path: Path, tmp_path: Path) -> Iterator[Ledger]:
    """The demo's ledger with a team."""
    path = tmp_path / "team.ledger"
    with closing(sqlite3.connect(ledger_path)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    with Ledger.open(path) as ledger:
        enrol(ledger)
        yield ledger


@pytest.fixture
def app(team_ledger: Ledger) -> FastAPI:
    """The workbench of the team."""
    return create(team_ledger, Settings(hosts=("ledger.example.org",)), Team(("ledger.example.org",)))


@pytest.fixture
def anyone(app: FastAPI) -> Callable[[], TestClient]:
    """Make a browser that has never been here."""
    return lambda: TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def somebody(anyone: Callable[[], TestClient]) -> Callable[[Role], TestClient]:
    """Make a browser in which someone of a role is logged in."""

    def make(role: Role) -> TestClient:
        client = anyone()
        assert log_in(client, role.value).status_code == 303
        return client

    return make


def token(client: TestClient, page: str = "/login") -> str:
    """The token of this client's forms, from a page."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', client.get(page, follow_redirects=True).text)
    assert found is not None
    return found[1]


def log_in(client: TestClient, name: str, password: str = PASSWORD, **fields: str) -> Response:
    """Log in by the form; the answer is a redirect where it went well."""
    data = {"token": token(client), "name": name, "password": password} | fields
    return client.post("/login", data=data)
