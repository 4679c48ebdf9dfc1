"""A team's own pages in a real Chromium, and how a team is served and its accounts are made from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner, Result

from parallax.cli.main import app
from parallax.ledger.ledger import Ledger
from tests.ledger.conftest import fresh_database, server

from .walking import settle_in, team

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
__all__ = ["fresh_database", "server"]

AXE = Path(__file__).parent.parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
ADMIN = "Nine umbrellas near Varna"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def test_pages_of_a_team_have_no_serious_barrier(
    browser: Browser, program: str, fresh_database: Callable[[], str]
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not fetched: run `make setup`")
    axe, found = AXE.read_text("utf-8"), []
    address = fresh_database()
    Ledger.open(address, create=True).close()
    with team(program, address) as served, browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)

        def check(where: str) -> None:
            page.evaluate(axe)
            run = "axe.run(document, {resultTypes: ['violations']}).then(told => told.violations)"
            for each in page.evaluate(run):
                if each["impact"] in ("serious", "critical"):
                    found.append((where, each["id"], [node["html"][:120] for node in each["nodes"][:3]]))

        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.goto(f"{served.address}/login")
            check(f"login, {scheme}")
            page.goto(served.welcome)
            check(f"welcome, {scheme}")
        settle_in(page, served.welcome, ADMIN)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for path in ("/settings", "/settings/users", "/account", "/settings/nowhere"):
                page.goto(served.address + path)
                check(f"{path}, {scheme}")
    assert found == []


def test_a_team_needs_postgresql_and_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = tmp_path / "a.ledger"
    Ledger.open(ledger, create=True).close()
    monkeypatch.delenv("PARALLAX_HOSTS", raising=False)
    for arguments, words in (
        ([str(ledger), "--team"], "PostgreSQL"),
        (["postgresql://nobody@/x", "--team", "--host", "0.0.0.0"], "--behind-tls-proxy"),
        (["postgresql://nobody@/x", "--team", "--behind-tls-proxy"], "PARALLAX_HOSTS"),
        ([str(ledger), "--host", "0.0.0.0"], "--team"),
    ):
        done = CliRunner().invoke(app, ["serve", *arguments], env={"COLUMNS": "400"})
        assert done.exit_code != 0
        assert words in (done.output if isinstance(done.exception, SystemExit) else str(done.exception))


def test_accounts_from_the_command_line(fresh_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    address = fresh_database()
    Ledger.open(address, create=True).close()
    monkeypatch.setenv("PARALLAX_LEDGER", address)

    def users(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["users", *arguments])

    added = users("add", "Amal", "--role", "admin")
    assert added.exit_code == 0, added.output
    assert "\n/welcome/" in added.stdout
    assert users("list").stdout == "Amal\tadmin\tno password yet\n"
    assert "in use" in str(users("add", "AMAL").exception)
    assert users("role", "amal", "coder").exit_code == 0
    assert users("lock", "Amal").exit_code == 0
    assert users("list").stdout == "Amal\tcoder\tlocked\n"
    assert "nobody is called" in str(users("unlock", "Someone").exception)
    monkeypatch.delenv("PARALLAX_LEDGER")
    assert "PARALLAX_LEDGER" in str(users("list").exception)
