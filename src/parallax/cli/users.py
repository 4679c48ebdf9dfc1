"""The command `parallax users`: the accounts of a team's ledger, from the machine that serves it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from parallax import config
from parallax.workbench.roles import Role

if TYPE_CHECKING:
    from parallax.ledger.ledger import Ledger

app = typer.Typer(help="The accounts of a team, for `parallax serve --team`.", no_args_is_help=True)

LedgerAddress = Annotated[
    str | None,
    typer.Option("--ledger", metavar="LEDGER", help="The team's PostgreSQL address, in place of PARALLAX_LEDGER."),
]
Name = Annotated[str, typer.Argument(help="The name of the account, which signs what its person decides.")]
RoleOption = Annotated[Role, typer.Option(help="What its person may do; each may do what those before it may.")]
Ask = Annotated[bool, typer.Option("--password", help="Ask for a password here, in place of printing a link.")]


@app.command()
def add(name: Name, ledger: LedgerAddress = None, role: RoleOption = Role.READER, password: Ask = False) -> None:
    """Make an account, and print the one-time link by which its person sets a password."""
    from parallax.ledger import people

    with _open(ledger) as opened:
        hashed = _asked(name) if password else None
        with opened.write(config.load().who) as writer:
            user = people.add_user(writer, name, role.value)
            if hashed is not None:
                people.set_password(writer, user.name, hashed, "password set")
        print(f"{user.name} is a {user.role}")
        if hashed is None:
            print(link_words(invite(opened, user.name)))


@app.command("list")
def list_(ledger: LedgerAddress = None) -> None:
    """Print every account with its role, and whether it is locked or has no password yet."""
    with _open(ledger) as opened:
        for user in opened.users():
            state = "locked" if not user.active else "" if user.has_password else "no password yet"
            print("\t".join(filter(None, (user.name, user.role, state))))


@app.command()
def role(name: Name, to: Annotated[Role, typer.Argument(help="The new role.")], ledger: LedgerAddress = None) -> None:
    """Give an account another role."""
    from parallax.ledger import people

    with _open(ledger) as opened, opened.write(config.load().who) as writer:
        people.set_role(writer, name, to.value)


@app.command()
def lock(name: Name, ledger: LedgerAddress = None) -> None:
    """Lock an account: its sessions end, and nobody can log in to it."""
    from parallax.ledger import people

    with _open(ledger) as opened, opened.write(config.load().who) as writer:
        people.set_active(writer, name, False)


@app.command()
def unlock(name: Name, ledger: LedgerAddress = None) -> None:
    """Open a locked account again."""
    from parallax.ledger import people

    with _open(ledger) as opened, opened.write(config.load().who) as writer:
        people.set_active(writer, name, True)


@app.command()
def reset(name: Name, ledger: LedgerAddress = None, password: Ask = False) -> None:
    """Take an account's password away, and print the one-time link by which its person sets another."""
    from parallax.ledger import people

    with _open(ledger) as opened:
        hashed = _asked(name) if password else ""
        with opened.write(config.load().who) as writer:
            people.set_password(writer, name, hashed, "password reset")
        if not password:
            print(link_words(invite(opened, name)))


def invite(ledger: Ledger, name: str) -> str:
    """The path of a new one-time link for an account, in place of the one before."""
    from parallax.ledger import people

    secret = secrets.token_urlsafe(32)
    with ledger.passing() as connection:
        user = people.user(connection, name)
        if user is not None:
            people.invite(connection, user.name, people.secret_key(secret))
    return f"/welcome/{secret}"


def first_admin(ledger: Ledger) -> str | None:
    """The path of a one-time link for the first admin, where nobody can log in as one; else None."""
    from parallax.ledger import people

    admins = [user for user in ledger.users() if user.role == Role.ADMIN and user.active]
    if any(user.has_password for user in admins):
        return None
    if not admins:
        with ledger.write(config.load().who) as writer:
            admins = [people.add_user(writer, "admin", Role.ADMIN.value)]
    return invite(ledger, admins[0].name)


def link_words(path: str) -> str:
    """What to do with a one-time link."""
    return f"send this, after the workbench's address; it works once, for three days:\n{path}"


def _open(address: str | None) -> Ledger:
    from parallax.ledger.ledger import Ledger

    return Ledger.open(address or config.ledger())


def _asked(name: str) -> str:
    """The hash of a password typed twice."""
    from parallax.workbench.team import passwords

    while True:
        given: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        fault = passwords.fault(given, name)
        if fault is None:
            return passwords.hashed(given)
        print(fault)
