"""Every route of the workbench with every role, and with nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.workbench.acting import Role, needed

from .conftest import token

Somebody = Callable[[Role], TestClient]
OPEN = {("GET", "/login"), ("POST", "/login"), ("GET", "/welcome/{secret}"), ("POST", "/welcome/{secret}")}
OPEN |= {("POST", "/look")}
# What is not "readers read, coders change"; a route that is new falls under the rule, and is walked all the same.
ROLES = {
    ("GET", "/log"): Role.CODER,
    ("GET", "/unread"): Role.CODER,
    ("GET", "/settings"): Role.CODER,
    ("GET", "/settings/risks"): Role.CODER,
    ("GET", "/settings/users"): Role.ADMIN,
    ("GET", "/reports/{key}/capture"): Role.CODER,
    ("POST", "/settings/risks"): Role.CODER,
    ("POST", "/settings/risks/{number}/remove"): Role.REVIEWER,
    ("POST", "/settings/four-eyes"): Role.ADMIN,
    ("POST", "/settings/users"): Role.ADMIN,
    ("POST", "/settings/users/role"): Role.ADMIN,
    ("POST", "/settings/users/lock"): Role.ADMIN,
    ("POST", "/settings/users/unlock"): Role.ADMIN,
    ("POST", "/settings/users/reset"): Role.ADMIN,
    ("POST", "/account/password"): Role.READER,
    ("POST", "/logout"): Role.READER,
    ("POST", "/logout/everywhere"): Role.READER,
}
FOR_CODERS = ("/queue", "/decide", "/import", "/sign-off")


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path that the app answers to, the ways out last."""
    made = {(method, route.path) for route in every(app.routes) for method in route.methods or ()}
    yield from sorted(made, key=lambda one: (one[1].startswith("/logout"), one))


def every(some: Iterable[object]) -> Iterator[APIRoute]:
    for route in some:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from every(list(getattr(getattr(route, "original_router", None), "routes", [])))


def expected(method: str, path: str) -> Role:
    default = Role.READER if method == "GET" and not path.startswith(FOR_CODERS) else Role.CODER
    return ROLES.get((method, path), default)


@pytest.fixture
def filled(team_ledger: Ledger) -> Callable[[str], str]:
    """Make an address of a route's path, with names of things that are in the ledger."""
    incident = team_ledger.incidents(IncidentQuery(limit=1)).items[0].id
    report, voice = team_ledger.reports(limit=1).items[0].report.key, team_ledger.voices()[0].voice.key

    def fill(path: str) -> str:
        key = voice if path.startswith("/voices") else report
        for name, value in {"id": incident, "key": key, "key:path": key, "secret": "none", "number": "1"}.items():
            path = path.replace(f"{{{name}}}", value)
        return path.replace("{", "").replace("}", "")

    return fill


def test_there_are_routes_to_walk(app: FastAPI) -> None:
    found = set(routes(app))
    assert len(found) > 20
    assert found >= ROLES.keys() | OPEN
    assert {"GET", "POST"} == {method for method, _ in found}


def test_what_a_route_needs_is_what_this_test_says(app: FastAPI) -> None:
    for method, path in routes(app):
        if (method, path) not in OPEN:
            assert needed(method, path) is expected(method, path), (method, path)


def test_nobody_gets_in_anywhere(app: FastAPI, filled: Callable[[str], str]) -> None:
    client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False)
    for method, path in routes(app):
        if (method, path) in OPEN:
            continue
        answer = client.request(method, filled(path), data={"token": token(client)} if method == "POST" else None)
        if method == "GET":
            assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login"), path
        else:
            assert answer.status_code == 401, path


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_it_covers_and_nothing_else(
    app: FastAPI, somebody: Somebody, filled: Callable[[str], str], role: Role
) -> None:
    client = somebody(role)
    for method, path in routes(app):
        if (method, path) in OPEN:
            continue
        given = {"token": token(client, "/account")} if method == "POST" else None
        answer = client.request(method, filled(path), data=given)
        if role.covers(expected(method, path)):
            assert answer.status_code not in (401, 403), (method, path, answer.text[-600:])
        else:
            assert answer.status_code == 403, (method, path)
            assert f"needs the role {expected(method, path)}" in answer.text
        if path.startswith("/logout"):
            client = somebody(role)


@pytest.mark.parametrize("role", list(Role))
def test_no_change_goes_through_without_a_token(
    app: FastAPI, somebody: Somebody, filled: Callable[[str], str], role: Role
) -> None:
    client = somebody(role)
    for method, path in routes(app):
        if method != "GET":
            assert client.request(method, filled(path), data={}).status_code == 403, path


def test_the_menu_names_what_a_role_may_open(somebody: Somebody) -> None:
    reader, coder = (somebody(role).get("/help").text.split("<main")[0] for role in (Role.READER, Role.CODER))
    assert 'href="/log"' not in reader
    assert 'href="/log"' in coder
    assert "<bdi>READER</bdi>" in reader
