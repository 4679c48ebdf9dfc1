"""Accounts, sessions, one-time links and paces, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.errors import LedgerError
from parallax.ledger import people
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.ledger.writer import Writer


def enrol(ledger: Ledger, name: str, role: str = "coder", password: str = "a hash") -> None:
    with ledger.write("test") as writer:
        people.add_user(writer, name, role)
        if password:
            people.set_password(writer, name, password)


def test_an_account_is_kept_sealed_and_logged(ledger: Ledger) -> None:
    enrol(ledger, "Amal Haddad", "admin", "a very secret hash")
    (user,) = ledger.users()
    assert (user.name, user.role, user.active, user.has_password) == ("Amal Haddad", "admin", True, True)
    entries = ledger.log()
    assert [(entry.action, entry.subject) for entry in entries] == [
        ("password changed", "Amal Haddad"),
        ("user added", "Amal Haddad"),
    ]
    assert "a very secret hash" not in "".join(str(entry) for entry in entries)
    assert list(verify(ledger)) == []


def test_a_role_changed_behind_the_log_is_found(ledger: Ledger) -> None:
    enrol(ledger, "Amal")
    with ledger.passing() as connection:
        connection.exec_driver_sql("UPDATE users SET role = 'admin'")
    assert [(flaw.table, flaw.key) for flaw in verify(ledger)] == [("users", "Amal")]


@pytest.mark.parametrize("name", ["amal", "AMAL", "Ámal", " Ａｍａｌ "])
def test_a_name_that_looks_like_another_is_refused(ledger: Ledger, name: str) -> None:
    enrol(ledger, "Amal")
    with pytest.raises(LedgerError, match="looks like"), ledger.write("test") as writer:
        people.add_user(writer, name, "coder")
    with ledger.reading_connection() as connection:
        found = people.user(connection, name)
    assert found is not None
    assert found.name == "Amal"


def test_the_last_admin_stays(ledger: Ledger) -> None:
    enrol(ledger, "One", "admin")
    enrol(ledger, "No password", "admin", "")
    with pytest.raises(LedgerError, match="only admin"), ledger.write("test") as writer:
        people.set_role(writer, "one", "coder")
    with pytest.raises(LedgerError, match="only admin"), ledger.write("test") as writer:
        people.set_active(writer, "one", False)
    enrol(ledger, "Two", "admin")
    with ledger.write("test") as writer:
        people.set_active(writer, "One", False)
    with pytest.raises(LedgerError, match="only admin"), ledger.write("test") as writer:
        people.set_role(writer, "Two", "coder")


def test_what_ends_a_session(ledger: Ledger) -> None:
    enrol(ledger, "Amal")
    ends: dict[str, Callable[[Writer], None]] = {
        "password": lambda writer: people.set_password(writer, "Amal", "another hash"),
        "lock": lambda writer: people.set_active(writer, "Amal", False),
    }
    for end in ends.values():
        with ledger.passing() as connection:
            people.begin_session(connection, "Amal", "key")
            assert people.session(connection, "key") is not None
        with ledger.write("test") as writer:
            end(writer)
        with ledger.passing() as connection:
            assert people.session(connection, "key") is None


def test_sessions_that_ended_are_cleared_away(ledger: Ledger) -> None:
    enrol(ledger, "Amal")
    with ledger.passing() as connection:
        people.begin_session(connection, "Amal", "old", now=1_000_000)
        people.begin_session(connection, "Amal", "new", now=1_000_000 + people.SESSION_SECONDS + 1)
        assert connection.exec_driver_sql("SELECT key FROM sessions").scalars().all() == ["new"]


def test_a_second_link_takes_the_first_ones_place(ledger: Ledger) -> None:
    enrol(ledger, "Amal", password="")
    with ledger.passing() as connection:
        people.invite(connection, "Amal", "one")
        people.invite(connection, "Amal", "two")
        assert people.invited(connection, "one") is None
        assert people.invited(connection, "two") is not None
    with ledger.write("test") as writer:
        people.set_password(writer, "Amal", "a hash")
    with ledger.passing() as connection:
        assert people.invited(connection, "two") is None


def test_nothing_that_passes_moves_the_log(ledger: Ledger) -> None:
    enrol(ledger, "Amal")
    before = ledger.head()
    with ledger.passing() as connection:
        people.begin_session(connection, "Amal", "key")
        people.touch_session(connection, "key")
        people.wait(connection, "login", 3, 60)
        people.invite(connection, "Amal", "link")
    assert ledger.head() == before
    assert list(verify(ledger)) == []


def test_a_setting_is_sealed_and_said_twice_logged_once(ledger: Ledger) -> None:
    for value in ("on", "on", "off"):
        with ledger.write("Amal") as writer:
            people.set_option(writer, "four eyes", value)
    assert ledger.option("four eyes") == "off"
    assert [entry.details["value"] for entry in ledger.log()] == ["off", "on"]
    assert list(verify(ledger)) == []


def test_tries_side_by_side_are_all_counted(ledger: Ledger) -> None:
    waits: list[float] = []

    def attempt() -> None:
        with ledger.passing() as connection:
            waits.append(people.wait(connection, "login of one", 5, 3600))

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(wait == 0 for wait in waits) == 5
    assert len(waits) == 12


@given(st.lists(st.floats(0, 50), min_size=1, max_size=60), st.integers(1, 8), st.floats(0.5, 40))
def test_no_stretch_of_time_holds_more_tries_than_its_pace(
    pace_ledger: Ledger, gaps: list[float], free: int, seconds: float
) -> None:
    at, let_through = 1_000_000.0, []
    with pace_ledger.passing() as connection:
        people.forget(connection, "one")
        for gap in gaps:
            at += gap
            if people.wait(connection, "one", free, seconds, now=at) == 0:
                let_through.append(at)
    for start, first in enumerate(let_through):
        for end in range(start, len(let_through)):
            assert end - start + 1 <= free + (let_through[end] - first) / seconds + 1e-3


@pytest.fixture(scope="module")
def pace_ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    path: Path = tmp_path_factory.mktemp("pace") / "pace.ledger"
    return Ledger.open(path, create=True)


@given(st.text(max_size=80))
def test_a_name_is_kept_as_seen_or_refused(name: str) -> None:
    try:
        kept = people.proper_name(name)
    except LedgerError:
        return
    assert people.proper_name(kept) == kept
    assert 0 < len(kept) <= people.LONGEST_NAME
    assert kept.isprintable()
    assert people.folded(kept) == people.folded(name)
