"""What the workbench's tests share: ledgers that are served, the program that serves them, and a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect, sync_playwright

from parallax import pipeline
from parallax.config import Settings
from parallax.engine.local import Local
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.workbench.app import create

# A busy machine is no fault of a page: what is looked for has as long as any step of a walk.
expect.set_options(timeout=15_000)

BASE = "http://localhost"
SCRIPT = "<script>window.broken=1</script>"
QUOTED = '"><img src=x onerror="window.broken=1">'
OVERRIDE = "\u202eoverride"
ARABIC = "قتل ثلاثة مدنيين في قصف على حلب يوم الاثنين، بحسب المرصد."
CHROMIUM = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

HOSTILE: list[dict[str, object]] = [
    {
        "id": f"scripts {SCRIPT}",
        "title": f"{SCRIPT} Shelling kills 12 in Aleppo {QUOTED}",
        "source": f"{QUOTED} Gazette",
        "author": SCRIPT,
        "date": "2017-04-05",
        "url": "javascript:window.broken=1",
        "text": f"Shelling killed 12 civilians in {SCRIPT} Aleppo on Monday, {QUOTED} said. "
        f"The Council of {SCRIPT} said that 14 people were killed in Aleppo on Monday.",
    },
    {
        "id": "second",
        "title": "{{ 7 * 7 }} {% raw %} Shelling kills 14 in Aleppo",
        "source": "Evening Post",
        "date": "2017-04-06",
        "url": "http://[broken/",
        "text": "Fourteen civilians were killed in shelling of Aleppo on Monday, the governor said.",
    },
    {
        "id": "giant",
        "title": "A" * 60_000,
        "source": "B" * 20_000,
        "author": "C" * 20_000,
        "date": "2017-04-07",
        "url": "https://example.org/" + "d" * 20_000,
        "text": f"Shelling killed {'9' * 5_000} civilians in Aleppo on Monday. {'E' * 50_000} said that "
        "shelling killed 99999999999999999999 civilians in Homs on Monday.",
    },
    {
        "id": "override",
        "title": f"Shelling {OVERRIDE}",
        "source": f"Post {OVERRIDE}",
        "date": "2017-04-08",
        "text": f"Shelling killed 3 civilians in Aleppo {OVERRIDE} on Monday, the mayor said.",
    },
    {"id": "arabic", "title": "قصف على حلب", "source": "الصحيفة", "date": "2017-04-04", "lang": "ar", "text": ARABIC},
    {
        "id": "halves",
        "title": "Half a character \ud83d",
        "text": "Shelling killed 4 civilians in Homs \udc00 on Monday.",
    },
    {"id": "no date", "text": "Shelling killed 6 civilians in Homs."},
]
HOSTILE_PAGE = f"""<html><head><title>Shelling of Homs</title></head><body>
<nav><a href="/a">Home</a> <a href="/b">Most read: 40 killed in Raqqa</a></nav>
<article><h1>Shelling of Homs</h1><p>Shelling killed 7 civilians in Homs on Monday, the mayor said.</p>
<figure><figcaption>Rubble in Homs {SCRIPT.replace("<", "&lt;")}</figcaption></figure>
<p>The mayor said that 9 people were hurt.</p></article></body></html>"""


@pytest.fixture(scope="session")
def ledger_path(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo's ledger, for this room alone."""
    path = tmp_path_factory.mktemp("workbench") / "demo.ledger"
    with closing(sqlite3.connect(demo_ledger)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    return path


@pytest.fixture(scope="session")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of reports that try to break the pages, read by the pipeline."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in HOSTILE) + "no JSON\n", "utf-8")
    (folder / f"{OVERRIDE} page.html").write_text(HOSTILE_PAGE, "utf-8")
    with Ledger.open(folder / "hostile.ledger", create=True) as ledger:
        paths = [str(folder / "lines.jsonl"), str(folder / f"{OVERRIDE} page.html")]
        for _ in pipeline.read(paths, ledger, Local(1)):
            pass
        assert ledger.counts().incidents >= 3
    return folder / "hostile.ledger"


@contextmanager
def client_of(path: Path) -> Iterator[TestClient]:
    with Ledger.open(path) as ledger:
        yield TestClient(create(ledger, Settings()), base_url=BASE, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def client(ledger_path: Path) -> Iterator[TestClient]:
    """Asks the workbench over the demo's ledger, without a network."""
    with client_of(ledger_path) as client:
        yield client


@pytest.fixture(scope="session")
def hostile(hostile_path: Path) -> Iterator[TestClient]:
    """Asks the workbench over the hostile ledger."""
    with client_of(hostile_path) as client:
        yield client


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    """Asks the workbench over a ledger that holds nothing."""
    with Ledger.open(tmp_path / "empty.ledger", create=True):
        pass
    with client_of(tmp_path / "empty.ledger") as client:
        yield client


def token_of(client: TestClient) -> str:
    """The token that this client's forms carry (`acting.hidden_field`), read from a page."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', client.get("/help").text)
    assert found is not None
    return found[1]


def addresses_of(path: Path) -> tuple[str, ...]:
    """Every kind of page of a ledger, its largest incident, longest report and busiest voice among them."""
    with Ledger.open(path) as ledger:
        incident = ledger.incidents(IncidentQuery(order="reports", limit=1)).items[0].id
        report = max(ledger.reports(limit=500).items, key=lambda row: row.claims).report.key
        voice = ledger.voices()[0].voice.key
    lists = ("/", "/?kind=killed&order=killed&q=the", "/reports", "/voices", "/map", "/log", "/unread", "/help")
    return (
        *lists,
        "/tallies",
        "/tallies?by=actor",
        f"/incidents/{incident}",
        f"/reports/{report}",
        f"/voices/{voice}",
        "/nowhere",
    )


@pytest.fixture(scope="session")
def addresses(ledger_path: Path) -> tuple[str, ...]:
    """Every kind of page over the demo's ledger."""
    return addresses_of(ledger_path)


@contextmanager
def serving(program: str, path: Path) -> Iterator[str]:
    """The program serving a ledger, as a person runs it; yields its address, stops it by its process."""
    with (path.parent / "serve.log").open("w") as log:
        served = subprocess.Popen(
            [program, "serve", str(path), "--port", "0"], stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert served.stdout is not None
            line = served.stdout.readline()
            assert " at http://127.0.0.1:" in line, (line, (path.parent / "serve.log").read_text())
            yield line.split(" at ")[1].split(" ")[0].rstrip("/")
        finally:
            served.terminate()
            served.wait(30)


@pytest.fixture(scope="session")
def workbench(program: str, ledger_path: Path) -> Iterator[str]:
    """The address of the real program serving the demo's ledger."""
    with serving(program, ledger_path) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_workbench(program: str, hostile_path: Path) -> Iterator[str]:
    """The address of the real program serving the hostile ledger."""
    with serving(program, hostile_path) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of Debian's."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium here: `make test` installs it, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own context, as wide as a desk's screen."""
    context = browser.new_context(viewport={"width": 1360, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
