"""Two people in two browsers, at one ledger in a real PostgreSQL, served by the real program."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from parallax.ledger.ledger import Ledger
from tests.ledger.conftest import fresh_database, server

from .walking import Served, add_someone, browsing, log_in, settle_in, team

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
__all__ = ["fresh_database", "server"]

AXE = Path(__file__).parent.parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
ADMIN, CODER = "Nine umbrellas near Varna", "Seven bridges at Galatz"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
REPORTS = [
    {
        "id": "one",
        "title": "Shelling of Aleppo",
        "source": "Gazette",
        "date": "2017-04-05",
        "url": "https://gazette.example/1",
        "text": "Shelling killed 12 civilians in Aleppo on Monday, the governor said.",
    },
    {
        "id": "two",
        "title": "Fourteen dead",
        "source": "Evening Post",
        "date": "2017-04-06",
        "url": "https://post.example/2",
        "text": "Fourteen civilians were killed in shelling of Aleppo on Monday, the mayor said.",
    },
]


@pytest.fixture(scope="module")
def served(
    program: str, fresh_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A team's workbench over two reports of one shelling."""
    address = fresh_database()
    lines = tmp_path_factory.mktemp("team") / "lines.jsonl"
    lines.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), "utf-8")
    done = subprocess.run([program, "read", str(lines), "--into", address], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with team(program, address) as found:
        yield found


def open_incident(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("table.list tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("Aleppo")


def discount(page: Page, why: str) -> None:
    """Discount all that the last account of an incident says now."""
    page.locator(".matrix").get_by_role("link", name="Decide").last.click()
    row = page.locator(".deciding .actions").first
    row.locator("summary", has_text="Discount").click()
    row.get_by_label("Why").first.fill(why)
    row.get_by_role("button", name="Discount").first.click()


def test_two_people_meet_at_one_incident(browser: Browser, served: Served) -> None:
    with browsing(browser) as admin, browsing(browser) as coder:
        # The first admin comes by the link that the program printed, and makes an account for a coder.
        settle_in(admin, served.welcome, ADMIN)
        settle_in(coder, add_someone(admin, served, "Salma", "coder"), CODER)
        expect(coder.locator("a.who")).to_have_text("Salma")

        # Both look at the same incident; the coder discounts an account of it.
        open_incident(admin, served.address)
        open_incident(coder, served.address)
        address = admin.url
        assert address == coder.url
        expect(coder.get_by_role("button", name="Sign off")).to_have_count(0)
        discount(coder, "the page was taken down")
        with Ledger.open(served.ledger) as ledger:
            expect(coder.locator("body")).to_contain_text("the page was taken down")
            assert [(one.who, one.verb) for one in ledger.judgements()] == [("Salma", "discount")]

        # The admin, who saw it as it was, is shown what happened before the signature is written down.
        admin.get_by_role("button", name="Sign off").click()
        alert = admin.get_by_role("alert")
        expect(alert).to_contain_text("Somebody else decided about this incident since you looked")
        expect(alert).to_contain_text("Salma")
        with Ledger.open(served.ledger) as ledger:
            assert len(ledger.judgements()) == 1
        with admin.expect_navigation():
            alert.get_by_role("button", name="Decide it all the same").click()
        admin.goto(address)
        expect(admin.locator(".facts")).to_contain_text("signed off by admin")

        # A decision after the signature takes it away for both.
        coder.goto(admin.url)
        discount(coder, "it counts the same people")
        expect(coder.locator("body")).to_contain_text("it counts the same people")
        admin.reload()
        expect(admin.locator(".facts")).to_contain_text("changed since it was signed off")

        # Locked, the coder is out with the next click.
        admin.goto(f"{served.address}/settings/users")
        admin.get_by_role("button", name="Lock Salma").click()
        coder.goto(f"{served.address}/reports")
        expect(coder.get_by_role("heading", name="Log in")).to_be_visible()
        log_in(coder, served, "Salma", CODER)
        expect(coder.get_by_role("alert")).to_contain_text("not right, or the account is locked")


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


def test_a_team_needs_postgresql_and_tls(program: str, tmp_path: Path) -> None:
    ledger = tmp_path / "a.ledger"
    Ledger.open(ledger, create=True).close()
    plain = {key: value for key, value in os.environ.items() if key != "PARALLAX_HOSTS"}
    for arguments, words in (
        ([str(ledger), "--team"], "PostgreSQL"),
        (["postgresql://nobody@/x", "--team", "--host", "0.0.0.0"], "--behind-tls-proxy"),
        (["postgresql://nobody@/x", "--team", "--behind-tls-proxy"], "PARALLAX_HOSTS"),
        ([str(ledger), "--host", "0.0.0.0"], "--team"),
    ):
        done = subprocess.run(
            [program, "serve", *arguments], capture_output=True, text=True, timeout=60, check=False, env=plain
        )
        assert done.returncode == 2, done.stderr
        assert words in done.stderr


def test_accounts_from_the_command_line(program: str, fresh_database: Callable[[], str]) -> None:
    address = fresh_database()
    Ledger.open(address, create=True).close()

    def users(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PARALLAX_LEDGER": address}
        return subprocess.run(
            [program, "users", *arguments], capture_output=True, text=True, timeout=60, check=False, env=environment
        )

    added = users("add", "Amal", "--role", "admin")
    assert added.returncode == 0, added.stderr
    assert "\n/welcome/" in added.stdout
    assert users("list").stdout == "Amal\tadmin\tno password yet\n"
    assert users("add", "AMAL").returncode == 1
    assert users("role", "amal", "coder").returncode == 0
    assert users("lock", "Amal").returncode == 0
    assert users("list").stdout == "Amal\tcoder\tlocked\n"
    assert "nobody is called" in users("unlock", "Someone").stderr
    done = subprocess.run(
        [program, "users", "list"],
        capture_output=True,
        text=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key != "PARALLAX_LEDGER"},
    )
    assert (done.returncode, "PARALLAX_LEDGER" in done.stderr) == (2, True)
