"""The people of a team: their accounts, who is logged in, one-time links, and how often something was tried.

Accounts are sealed in the log like everything that is kept, without their passwords' words.
Sessions, links and paces come and go by themselves and are not.
"""

from __future__ import annotations

import hashlib
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from parallax.errors import LedgerError
from parallax.ledger import tables
from parallax.ledger.rows import seal
from parallax.ledger.writer import Writer

users, sessions, invitations, paces = tables.users, tables.sessions, tables.invitations, tables.paces

LONGEST_NAME = 60
# Scripts with letters that cannot be told apart by eye (Unicode's UTS 39).
ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})
# A session ends after so many seconds, and earlier if it is not used for so many.
SESSION_SECONDS = 12 * 3600
IDLE_SECONDS = 2 * 3600
# How often it is written down that a session is in use.
TOUCH_SECONDS = 60
INVITATION_SECONDS = 72 * 3600


@dataclass(frozen=True, slots=True)
class User:
    """One account. `role` is a word of `workbench.acting.Role`; without a password nobody can log in to it."""

    name: str
    role: str
    active: bool
    since: datetime
    has_password: bool


def folded(name: str) -> str:
    """A name as others may not look like it: no case, no accents, no width, no spaces."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign) and not sign.isspace())


def proper_name(name: str) -> str:
    """The name as it is kept. Raises LedgerError that says what a name may be."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    strange = [sign for sign in kept if unicodedata.category(sign)[0] in "CZ" and sign != " "]
    if not folded(kept) or len(kept) > LONGEST_NAME or strange or not any(map(str.isalnum, kept)):
        raise LedgerError(
            f"a name has 1 to {LONGEST_NAME} characters, a letter or digit among them, and none that cannot be seen"
        )
    scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in kept if sign.isalpha()}
    if len(scripts & ALIKE) > 1:
        raise LedgerError("a name mixes no scripts whose letters look alike, such as Latin and Cyrillic")
    return kept


def secret_key(secret: str) -> str:
    """What is kept of a cookie's or a link's secret: its SHA-256."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def user(connection: Connection, name: str) -> User | None:
    """The account of a name, however it is written."""
    row = connection.execute(select(users).where(users.c.folded == folded(name))).mappings().first()
    return _user(row) if row else None


def everyone(connection: Connection) -> tuple[User, ...]:
    """Every account, by name."""
    return tuple(map(_user, connection.execute(select(users).order_by(users.c.folded)).mappings()))


def password(connection: Connection, name: str) -> str:
    """The hash of an account's password; empty where there is none."""
    return connection.execute(select(users.c.password).where(users.c.folded == folded(name))).scalar() or ""


def add_user(writer: Writer, name: str, role: str) -> User:
    """Make an account that nobody can log in to before a password is set. Raises LedgerError for a name in use."""
    kept = proper_name(name)
    if user(writer._connection, kept) is not None:
        raise LedgerError(f"the name {kept!r} is in use, or looks like one that is")
    row = {
        "name": kept,
        "folded": folded(kept),
        "role": role,
        "password": "",
        "active": 1,
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    writer._put("users", row)
    writer.note("user added", kept, {"role": role})
    return User(kept, role, True, datetime.fromisoformat(str(row["since"])), False)


def set_role(writer: Writer, name: str, role: str) -> None:
    """Give an account another role. Raises LedgerError where it is the last admin that can log in."""
    if role != "admin":
        _keep_an_admin(writer._connection, name)
    _change(writer, name, "role changed", {"role": role}, role=role)


def set_active(writer: Writer, name: str, active: bool) -> None:
    """Lock an account, which ends its sessions, or open it again. Raises LedgerError for the last admin."""
    if not active:
        _keep_an_admin(writer._connection, name)
        end_sessions(writer._connection, name)
    _change(writer, name, "user unlocked" if active else "user locked", {}, active=int(active))


def set_password(writer: Writer, name: str, hashed: str, action: str = "password changed") -> None:
    """Keep the hash of a new password; every session of the account ends, and every link to set one."""
    found = _change(writer, name, action, {}, password=hashed)
    end_sessions(writer._connection, found)
    writer._connection.execute(delete(invitations).where(invitations.c.user == found))


def _change(writer: Writer, name: str, action: str, details: Mapping[str, Any], **columns: Any) -> str:
    changed = update(users).where(users.c.folded == folded(name)).values(**columns).returning(*users.columns)
    row = writer._connection.execute(changed).mappings().first()
    if row is None:
        raise LedgerError(f"nobody is called {name!r} here; `parallax users list` names everyone")
    writer._seals["users"][row["name"]] = seal(row)
    writer.note(action, row["name"], details)
    return str(row["name"])


def _keep_an_admin(connection: Connection, name: str) -> None:
    others = [one for one in everyone(connection) if one.role == "admin" and one.active and one.has_password]
    if [one.name for one in others if folded(one.name) != folded(name)]:
        return
    if any(folded(one.name) == folded(name) for one in others):
        raise LedgerError(f"{name} is the only admin who can log in; make another first")


def begin_session(connection: Connection, name: str, key: str, now: float | None = None) -> None:
    """Let someone in; sessions that have ended are cleared away."""
    at = int(time.time() if now is None else now)
    over = (sessions.c.made < at - SESSION_SECONDS) | (sessions.c.used < at - IDLE_SECONDS)
    connection.execute(delete(sessions).where(over))
    connection.execute(insert(sessions), {"key": key, "user": name, "made": at, "used": at})


def session(connection: Connection, key: str, now: float | None = None) -> tuple[User, bool] | None:
    """Whose session this is, and whether its use should be written down; None where it has ended."""
    at = int(time.time() if now is None else now)
    question = select(users, sessions.c.made, sessions.c.used).join(sessions, sessions.c.user == users.c.name)
    row = connection.execute(question.where(sessions.c.key == key)).mappings().first()
    if row is None or not row["active"]:
        return None
    if row["made"] < at - SESSION_SECONDS or row["used"] < at - IDLE_SECONDS:
        return None
    return _user(row), row["used"] < at - TOUCH_SECONDS


def touch_session(connection: Connection, key: str) -> None:
    """Write down that a session is in use."""
    connection.execute(update(sessions).where(sessions.c.key == key).values(used=int(time.time())))


def end_session(connection: Connection, key: str) -> None:
    """Let one session end."""
    connection.execute(delete(sessions).where(sessions.c.key == key))


def end_sessions(connection: Connection, name: str) -> int:
    """Let every session of an account end, and say how many there were."""
    return connection.execute(delete(sessions).where(sessions.c.user == name)).rowcount


def invite(connection: Connection, name: str, key: str) -> None:
    """Keep a one-time link for an account in place of the one before."""
    connection.execute(delete(invitations).where(invitations.c.user == name))
    row = {"key": key, "user": name, "ends": int(time.time()) + INVITATION_SECONDS}
    connection.execute(insert(invitations), row)


def invited(connection: Connection, key: str) -> User | None:
    """Whom a one-time link is for; None where it was used, has ended or never was."""
    question = select(users).join(invitations, invitations.c.user == users.c.name)
    alive = question.where(invitations.c.key == key, invitations.c.ends >= int(time.time()), users.c.active == 1)
    row = connection.execute(alive).mappings().first()
    return _user(row) if row else None


def wait(connection: Connection, what: str, free: int, seconds: float, now: float | None = None) -> float:
    """Count one try of something, of which `free` may come at once and then one in so many seconds.

    Returns how many seconds to wait before it may be tried again, 0 where it may be tried now; a
    try that must wait is not counted. (The generic cell rate algorithm, ITU-T I.371: one number a thing.)
    """
    at = time.time() if now is None else now
    connection.execute(delete(paces).where(paces.c.until < at))
    row = {"what": what, "until": at}
    made: Any = {"postgresql": postgresql, "sqlite": sqlite}[connection.dialect.name]
    connection.execute(made.insert(paces).values(row).on_conflict_do_nothing())
    until = connection.execute(select(paces.c.until).where(paces.c.what == what).with_for_update()).scalar_one()
    late = max(until, at) + seconds - at - free * seconds
    if late > 1e-6:
        return float(late)
    connection.execute(update(paces).where(paces.c.what == what).values(until=max(until, at) + seconds))
    return 0.0


def forget(connection: Connection, what: str) -> None:
    """Let a thing be tried as if it never had been."""
    connection.execute(delete(paces).where(paces.c.what == what))


def option(connection: Connection, name: str) -> str | None:
    """What was set for this ledger under a name."""
    return connection.execute(select(tables.options.c.value).where(tables.options.c.name == name)).scalar()


def set_option(writer: Writer, name: str, value: str) -> None:
    """Set something for this ledger; what stands so already is left alone."""
    before = option(writer._connection, name)
    if before == value:
        return
    if before is not None:
        writer._remove("options", "name", name)
    writer._put("options", {"name": name, "value": value})
    writer.note("setting", name, {"value": value, "before": before})


def _user(row: RowMapping) -> User:
    since = datetime.fromisoformat(row["since"])
    return User(row["name"], row["role"], bool(row["active"]), since, bool(row["password"]))
