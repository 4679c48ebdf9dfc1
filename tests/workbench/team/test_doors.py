"""Logging in and out: sessions, cookies, tokens, and what a guesser meets."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from parallax.config import Settings
from parallax.errors import LedgerError
from parallax.ledger import people
from parallax.ledger.ledger import Ledger
from parallax.workbench.acting import Role
from parallax.workbench.app import create
from parallax.workbench.team import pace
from parallax.workbench.team.sessions import Team

from .conftest import BASE, PASSWORD, kept_password, log_in, token

SESSION = Team().session_cookie

Anyone = Callable[[], TestClient]
Somebody = Callable[[Role], TestClient]


def test_nobody_sees_anything_without_logging_in(anyone: Anyone) -> None:
    client = anyone()
    answer = client.get("/reports?q=x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?back=%2Freports%3Fq%3Dx")
    partial = client.get("/reports", headers={"HX-Request": "true"})
    assert (partial.status_code, partial.headers["hx-redirect"]) == (401, "/login?back=%2Freports")
    assert client.post("/logout").status_code == 401
    assert client.get("/nowhere").status_code == 303
    assert "Incidents" not in client.get("/login").text


def test_a_login_leads_back_to_the_page_asked_for_and_never_elsewhere(anyone: Anyone) -> None:
    assert log_in(anyone(), "coder", back="/reports?q=x").headers["location"] == "/reports?q=x"
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        assert log_in(anyone(), "coder", back=elsewhere).headers["location"] == "/"


def test_a_name_may_be_written_in_any_case(anyone: Anyone) -> None:
    assert log_in(anyone(), "CoDeR").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [("coder", "wrong " + PASSWORD), ("nobody", PASSWORD), ("", ""), ("coder", ""), ("coder\x00", PASSWORD)],
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_words(anyone: Anyone, name: str, password: str) -> None:
    answer = log_in(anyone(), name, password)
    assert answer.status_code == 401
    assert "The name or the password is not right" in answer.text
    assert SESSION not in answer.cookies


def test_an_account_without_a_password_lets_nobody_in(anyone: Anyone, team_ledger: Ledger) -> None:
    with team_ledger.write("test") as writer:
        people.add_user(writer, "Newcomer", "coder")
    for password in ("", "nobody has this password"):
        assert log_in(anyone(), "Newcomer", password).status_code == 401


def cookie_of(app: FastAPI, base: str) -> dict[str, SimpleCookie]:
    client = TestClient(app, base_url=base, follow_redirects=False)
    visit = client.get("/login").headers["set-cookie"]
    session = log_in(client, "coder").headers.get_list("set-cookie")
    return {"visit": SimpleCookie(visit), "session": SimpleCookie(next(one for one in session if "session=" in one))}


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(app: FastAPI) -> None:
    for kind, cookie in cookie_of(app, BASE).items():
        (morsel,) = cookie.values()
        assert morsel["httponly"], kind
        assert morsel["samesite"] == "lax", kind
        assert morsel["path"] == "/", kind
        assert not morsel["domain"], kind
        assert len(morsel.value) >= 43, kind


def test_behind_tls_cookies_are_bound_to_it(team_ledger: Ledger) -> None:
    secure = create(team_ledger, Settings(), Team(("ledger.example.org",), secure=True))
    for kind, cookie in cookie_of(secure, "https://ledger.example.org").items():
        (morsel,) = cookie.values()
        assert morsel.key.startswith("__Host-"), kind
        assert morsel["secure"], kind
    client = TestClient(secure, base_url="https://ledger.example.org")
    assert "max-age" in client.get("/login").headers["strict-transport-security"]


def test_a_login_gives_a_new_session_whatever_was_brought(anyone: Anyone) -> None:
    client = anyone()
    client.cookies.set(SESSION, "a-session-that-somebody-else-chose-beforehand")
    visit = token(client)
    log_in(client, "coder")
    given = client.cookies.get(SESSION, domain="localhost.local") or client.cookies.get(SESSION)
    assert given != "a-session-that-somebody-else-chose-beforehand"
    assert token(client, "/account") != visit
    fixed = anyone()
    fixed.cookies.set(SESSION, "a-session-that-somebody-else-chose-beforehand")
    assert fixed.get("/help").status_code == 303


def test_a_second_login_ends_the_session_before_it(somebody: Somebody, anyone: Anyone) -> None:
    client = somebody(Role.CODER)
    before = session_of(client)
    assert client.post("/login", data={"token": token(client, "/account"), "name": "coder", "password": PASSWORD})
    assert session_of(client) != before
    thief = anyone()
    thief.cookies.set(SESSION, before)
    assert thief.get("/help").status_code == 303


def session_of(client: TestClient) -> str:
    return next(cookie.value or "" for cookie in client.cookies.jar if cookie.name == SESSION)


def test_the_ledger_keeps_no_cookie(somebody: Somebody, team_ledger: Ledger) -> None:
    given = session_of(somebody(Role.CODER))
    with team_ledger.reading_connection() as connection:
        kept = connection.exec_driver_sql("SELECT key FROM sessions").scalars().all()
    assert people.secret_key(given) in kept
    assert given not in kept


def test_logging_out_ends_the_session_for_whoever_holds_it(somebody: Somebody, anyone: Anyone) -> None:
    client = somebody(Role.READER)
    copied = session_of(client)
    assert client.post("/logout", data={"token": token(client, "/account")}).status_code == 303
    thief = anyone()
    thief.cookies.set(SESSION, copied)
    assert thief.get("/help").status_code == 303


def test_logging_out_everywhere(somebody: Somebody) -> None:
    here, there, other = somebody(Role.CODER), somebody(Role.CODER), somebody(Role.READER)
    here.post("/logout/everywhere", data={"token": token(here, "/account")})
    assert there.get("/help").status_code == 303
    assert other.get("/help").status_code == 200


def test_sessions_end_with_time(somebody: Somebody, team_ledger: Ledger) -> None:
    somebody(Role.CODER)
    with team_ledger.reading_connection() as connection:
        key, made = connection.exec_driver_sql("SELECT key, made FROM sessions").one()
        assert people.session(connection, key, made + people.IDLE_SECONDS - 1) is not None
        assert people.session(connection, key, made + people.IDLE_SECONDS + 1) is None
    with team_ledger.passing() as connection:
        connection.exec_driver_sql(f"UPDATE sessions SET used = made + {people.SESSION_SECONDS}")
    with team_ledger.reading_connection() as connection:
        assert people.session(connection, key, made + people.SESSION_SECONDS - 1) is not None
        assert people.session(connection, key, made + people.SESSION_SECONDS + 1) is None


def test_a_locked_account_is_out_at_once(somebody: Somebody, anyone: Anyone, team_ledger: Ledger) -> None:
    client = somebody(Role.CODER)
    with team_ledger.write("test") as writer:
        people.set_active(writer, "coder", False)
    assert client.get("/help").status_code == 303
    assert log_in(anyone(), "coder").status_code == 401


def test_a_role_taken_away_holds_at_once(somebody: Somebody, team_ledger: Ledger) -> None:
    client = somebody(Role.CODER)
    assert client.get("/log").status_code == 200
    with team_ledger.write("test") as writer:
        people.set_role(writer, "coder", "reader")
    assert client.get("/log").status_code == 403


def test_a_form_without_its_token_changes_nothing(somebody: Somebody) -> None:
    client, other = somebody(Role.CODER), somebody(Role.CODER)
    for fields in ({}, {"token": ""}, {"token": token(other, "/account")}):
        assert client.post("/logout/everywhere", data=fields).status_code == 403
    assert client.get("/help").status_code == 200


def test_the_token_of_a_visit_is_no_token_of_the_session(anyone: Anyone) -> None:
    client = anyone()
    before = token(client)
    log_in(client, "coder")
    assert client.post("/logout", data={"token": before}).status_code == 403


def test_a_login_form_is_guarded_as_well(anyone: Anyone) -> None:
    answer = anyone().post("/login", data={"name": "coder", "password": PASSWORD, "token": token(anyone())})
    assert answer.status_code == 403
    assert SESSION not in answer.cookies


def test_guessing_at_one_account_is_slowed_from_any_address(app: FastAPI, team_ledger: Ledger) -> None:
    free, _ = pace.LOGIN_OF_ACCOUNT
    answers = []
    for number in range(free + 2):
        client = TestClient(app, base_url=BASE, client=(f"203.0.113.{number}", 1), follow_redirects=False)
        answers.append(log_in(client, "coder", f"wrong password number {number}").status_code)
    assert answers == [401] * free + [429] * 2
    # Even the right password must wait now, so that a guesser learns nothing by it.
    late = log_in(client, "coder")
    assert late.status_code == 429
    assert int(late.headers["retry-after"]) > 0
    assert log_in(client, "reader").status_code == 303


def test_one_address_cannot_try_every_account(anyone: Anyone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "LOGIN_FROM_ADDRESS", (4, 60.0))
    client = anyone()
    answers = [log_in(client, f"name {number}", "a guess").status_code for number in range(6)]
    assert answers == [401] * 4 + [429] * 2


def test_tries_are_forgotten_after_a_login(anyone: Anyone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "LOGIN_OF_ACCOUNT", (3, 60.0))
    for _ in range(3):
        assert log_in(anyone(), "coder", "a guess").status_code == 401
        assert log_in(anyone(), "coder").status_code == 303


def test_writing_without_end_is_slowed(somebody: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "WRITE_OF_PERSON", (3, 60.0))
    client = somebody(Role.READER)
    given = token(client, "/account")
    answers = [client.post("/look", data={"token": given, "look": "dark"}).status_code for _ in range(5)]
    assert answers == [303] * 3 + [429] * 2


def change(client: TestClient, password: str, new: str, again: str | None = None) -> int:
    data = {"token": token(client, "/account"), "password": password, "new": new, "again": again or new}
    return client.post("/account/password", data=data).status_code


def test_changing_a_password_ends_every_other_session(somebody: Somebody, anyone: Anyone) -> None:
    here, there = somebody(Role.CODER), somebody(Role.CODER)
    new = "Eleven lanterns in Sinope"
    assert change(here, "not the password", new) == 422
    assert change(here, PASSWORD, "too short") == 422
    assert change(here, PASSWORD, new, "another one altogether") == 422
    assert there.get("/help").status_code == 200
    assert change(here, PASSWORD, new) == 303
    assert here.get("/help").status_code == 200
    assert there.get("/help").status_code == 303
    assert log_in(anyone(), "coder").status_code == 401
    assert log_in(anyone(), "coder", new).status_code == 303


def test_a_one_time_link_works_once(anyone: Anyone, team_ledger: Ledger) -> None:
    with team_ledger.write("test") as writer:
        people.add_user(writer, "Newcomer", "coder")
    with team_ledger.passing() as connection:
        people.invite(connection, "Newcomer", people.secret_key("the-secret-of-a-link"))
    client = anyone()
    page = client.get("/welcome/the-secret-of-a-link")
    assert page.status_code == 200
    assert "Newcomer" in page.text
    assert client.get("/welcome/another-secret").status_code == 404
    data = {"token": token(client), "new": "Seven bridges at Galatz", "again": "Seven bridges at Galatz"}
    assert (
        client.post("/welcome/the-secret-of-a-link", data=data | {"new": "short", "again": "short"}).status_code == 422
    )
    assert client.post("/welcome/the-secret-of-a-link", data=data).status_code == 303
    assert client.get("/account").status_code == 200
    assert anyone().get("/welcome/the-secret-of-a-link").status_code == 404
    assert log_in(anyone(), "newcomer", "Seven bridges at Galatz").status_code == 303


def test_a_link_ends_with_time(team_ledger: Ledger) -> None:
    with team_ledger.passing() as connection:
        people.invite(connection, "CODER", "key")
        assert people.invited(connection, "key") is not None
        connection.exec_driver_sql(f"UPDATE invitations SET ends = ends - {people.INVITATION_SECONDS + 1}")
        assert people.invited(connection, "key") is None


def test_the_log_tells_of_accounts_and_logins_without_any_secret(somebody: Somebody, team_ledger: Ledger) -> None:
    client = somebody(Role.CODER)
    change(client, PASSWORD, "Eleven lanterns in Sinope")
    entries = team_ledger.log(limit=30)
    assert [entry.action for entry in entries[:2]] == ["password changed", "login"]
    assert entries[0].who == entries[1].who == "CODER"
    whole = " ".join(f"{entry.action} {entry.subject} {entry.details}" for entry in entries)
    for secret in (PASSWORD, "Eleven lanterns", kept_password(), "argon2", session_of(client)):
        assert secret not in whole


def test_no_page_of_a_team_is_kept_by_a_browser(somebody: Somebody) -> None:
    assert somebody(Role.READER).get("/help").headers["cache-control"] == "no-store"


def test_a_team_answers_to_its_own_names_alone(app: FastAPI) -> None:
    assert TestClient(app, base_url="http://ledger.example.org").get("/login").status_code == 200
    refused = TestClient(app, base_url="http://evil.example").get("/login")
    assert refused.status_code == 421
    assert "PARALLAX_HOSTS" in refused.text


def test_whoever_reads_while_somebody_else_writes_is_let_in(
    somebody: Somebody, team_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = somebody(Role.READER)
    with team_ledger.passing() as connection:
        connection.exec_driver_sql(f"UPDATE sessions SET used = used - {people.TOUCH_SECONDS + 1}")

    def held(connection: Connection, key: str) -> None:
        raise LedgerError("team.ledger: held by another writer")

    monkeypatch.setattr(people, "touch_session", held)
    assert reader.get("/").status_code == 200


def test_a_ledger_that_does_not_answer_at_the_door_is_told_on_a_page(
    somebody: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = somebody(Role.READER)

    def gone(connection: Connection, key: str, now: float | None = None) -> None:
        raise LedgerError("team.ledger: the server closed the connection")

    monkeypatch.setattr(people, "session", gone)
    answer = reader.get("/")
    assert answer.status_code == 503
    assert "the server closed the connection" in answer.text
    assert answer.headers["content-security-policy"]
    assert "READER" not in answer.text
