"""How often something may be tried: logging in, by account and by address, and writing, by person."""

from __future__ import annotations

from parallax.ledger import people
from parallax.ledger.ledger import Ledger

# So many at once, and then one in so many seconds.
LOGIN_OF_ACCOUNT = (10, 90.0)
LOGIN_FROM_ADDRESS = (30, 30.0)
WRITE_OF_PERSON = (200, 0.5)


def login(ledger: Ledger, name: str, address: str) -> float:
    """Count a try to log in; returns the seconds to wait where there were too many, else 0."""
    with ledger.passing() as connection:
        by_address = people.wait(connection, _from(address), *LOGIN_FROM_ADDRESS)
        return by_address or people.wait(connection, _of(name), *LOGIN_OF_ACCOUNT)


def logged_in(ledger: Ledger, name: str) -> None:
    """Let earlier tries at an account be forgotten; those from its address stay counted."""
    with ledger.passing() as connection:
        people.forget(connection, _of(name))


def write(ledger: Ledger, name: str) -> float:
    """Count a change by someone who is logged in; returns the seconds to wait, else 0."""
    with ledger.passing() as connection:
        return people.wait(connection, f"write {people.secret_key(name)}", *WRITE_OF_PERSON)


def _of(name: str) -> str:
    return f"login of {people.secret_key(people.folded(name[:200]))}"


def _from(address: str) -> str:
    return f"login from {people.secret_key(address)}"
