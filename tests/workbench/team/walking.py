"""A team's workbench as people meet it: the real program over a PostgreSQL of its own, and browsers that walk it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect


@dataclass(frozen=True)
class Served:
    """A team's workbench: its address, the link for the first admin, and the ledger's own address."""

    address: str
    welcome: str
    ledger: str


@contextmanager
def team(program: str, ledger: str) -> Iterator[Served]:
    """The program serving a team, as a person starts it; stopped by its process."""
    command = [program, "serve", ledger, "--team", "--port", "0"]
    # What is read here is little, and a process more would load the reader once more.
    alone = os.environ | {"PARALLAX_WORKERS": "1"}
    served = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=alone)
    try:
        assert served.stdout is not None
        first, second = served.stdout.readline(), served.stdout.readline()
        assert " at http://127.0.0.1:" in first, first
        assert "makes the first: http://127.0.0.1:" in second, second
        yield Served(first.split(" at ")[1].split("/ ")[0], second.split("first: ")[1].strip(), ledger)
    finally:
        served.terminate()
        served.wait(30)


@contextmanager
def browsing(browser: Browser) -> Iterator[Page]:
    """A browser of its own, with its own cookies, that does not fetch the library of the maps.

    Drawn in software, a map takes longer than all else of its page; other tests look at maps.
    """
    with browser.new_context(viewport={"width": 1360, "height": 900}) as context:
        context.set_default_timeout(15_000)
        context.route("**/vendor/maplibre-gl*.js", lambda asked: asked.abort())
        yield context.new_page()


def settle_in(page: Page, link: str, password: str) -> None:
    """Follow a one-time link and set a password."""
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("The same again").fill(password)
    page.get_by_role("button", name="Set the password and log in").click()
    expect(page.locator("a.who")).to_be_visible()


def add_someone(admin: Page, served: Served, name: str, role: str) -> str:
    """Make an account as an admin does, and return the link by which its person sets a password."""
    admin.goto(f"{served.address}/settings")
    admin.get_by_role("link", name="Accounts and their roles").click()
    admin.get_by_label("Name").fill(name)
    admin.locator("form.plain-form select[name=role]").select_option(role)
    admin.get_by_role("button", name="Add, and make a link").click()
    return admin.locator(".once").inner_text()


def log_in(page: Page, served: Served, name: str, password: str) -> None:
    """Log in by the form."""
    page.goto(f"{served.address}/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
