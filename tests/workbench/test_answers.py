"""What the workbench answers: to hostile reports, hostile addresses, other hosts and empty ledgers."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from fastapi.testclient import TestClient

from parallax import pipeline
from parallax.config import Settings
from parallax.errors import LedgerError
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Judgement, Report, Verb
from parallax.workbench.app import POLICY, create

from .conftest import ARABIC, BASE, OVERRIDE, SCRIPT, addresses_of
from .markup import elements, parsed, values, words

STATIC = Path(str(resources.files("parallax.workbench") / "static"))
VENDOR = ("htmx.min.js", "maplibre-gl-csp.js", "vega.min.js", "vega-lite.min.js", "vega-interpreter.js")
OWN_SCRIPTS = {"/static/vendor/" + name for name in VENDOR} | {
    f"/static/{script.name}" for script in STATIC.glob("*.js")
}
LINKS = ("/", "?", "#", "http://", "https://")


def assert_harmless(page: httpx2.Response) -> None:
    """No script, style, handler or address that a report brought stands in the page."""
    assert SCRIPT not in page.text
    for element in elements(parsed(page), "//*"):
        assert not [name for name in element.attrib if str(name).startswith("on") or name == "style"]
        assert element.tag not in ("iframe", "object", "embed", "img", "style", "base")
        if element.tag == "script":
            assert element.get("src") in OWN_SCRIPTS
            assert not element.text
        for name in ("href", "src", "action"):
            assert (element.get(name) or "/").startswith(LINKS)


def test_hostile_reports_are_shown_harmlessly(hostile: TestClient, hostile_path: Path) -> None:
    with Ledger.open(hostile_path) as ledger:
        reports = [row.report.key for row in ledger.reports(limit=100).items]
        incidents = {id for key in reports for id in ledger.incidents_of(report=key)}
        voices = [row.voice.key for row in ledger.voices()]
    assert len(reports) >= 6
    asked = [*addresses_of(hostile_path)[:-1], *(f"/reports/{key}" for key in reports)]
    asked += [f"/incidents/{id}?policy={policy}" for id in incidents for policy in ("airwars", "ucdp", "ibc", "acled")]
    for address in asked:
        page = hostile.get(address)
        assert page.status_code == 200, address
        assert_harmless(page)
    for key in voices:
        page = hostile.get("/voices/" + quote(key))
        assert page.status_code == 200, key[:60]
        assert_harmless(page)


def test_what_a_report_says_is_all_there(hostile: TestClient, hostile_path: Path) -> None:
    with Ledger.open(hostile_path) as ledger:
        for row in ledger.reports(limit=100).items:
            page = parsed(hostile.get(f"/reports/{row.report.key}"))
            for notes in elements(page, "//article//*[@class='notes']"):
                notes.drop_tree()
            # A page ends its lines in one way only, and an empty page would say nothing.
            assert words(page, "//article") == row.report.text.replace("\r\n", "\n").replace("\r", "\n") != ""
            assert words(page, "//h1") == (row.report.title or row.report.id)


def test_a_javascript_address_is_words_and_no_link(hostile: TestClient) -> None:
    key = link_of(hostile, "/reports?q=Council")
    assert "javascript:window.broken=1" in values(parsed(hostile.get(key)), "//dd//bdi/text()")


def test_an_override_is_kept_inside_its_own_words(tmp_path: Path) -> None:
    # Taking reports in strips such signs; the pages must hold even for a ledger that has them.
    report = Report.of(f"text {OVERRIDE}", id=f"id {OVERRIDE}", title=f"t {OVERRIDE}", outlet=f"o {OVERRIDE}")
    with Ledger.open(tmp_path / "override.ledger", create=True) as ledger:
        with ledger.write() as writer:
            writer.add_report(report, None)
            writer.fault(f"file {OVERRIDE}", OVERRIDE, f"broken {OVERRIDE}")
        client = TestClient(create(ledger, Settings()), base_url=BASE)
        for address, tags in (
            ("/reports", {"bdi"}),
            ("/unread", {"bdi"}),
            (f"/reports/{report.key}", {"bdi", "h1", "span", "code"}),
        ):
            holding = elements(parsed(client.get(address)), f"//body//*[contains(text(), '{OVERRIDE}')]")
            assert {element.tag for element in holding} == tags, address


def test_arabic_has_its_direction(hostile: TestClient) -> None:
    page = parsed(hostile.get(link_of(hostile, "/reports?q=حلب")))
    assert values(page, "//article/@dir") == ["rtl"]
    assert ARABIC in words(page, "//article")
    assert "no reader for the language" in words(page, "//main")


def link_of(client: TestClient, address: str) -> str:
    """Where the first row of a list leads."""
    return values(parsed(client.get(address)), "//table//a/@href")[0]


@pytest.mark.parametrize(
    "address",
    [
        "/?page=-1",
        "/?page=9e99",
        "/?page=99999999",
        "/?page=%D9%A3",
        "/?from=xx&to=9999-99-99",
        "/?from=0001-01-01&to=9999-12-31",
        "/?kind=<script>alert(1)</script>",
        "/?grade=none&order=DROP",
        '/?q="',
        '/?q="a" NEAR "b" OR * AND NOT -',
        "/?q=*",
        "/?q=' OR 1=1 --",
        "/?q=\u202e",
        "/?q=%FF%FE%ED%A0%80",
        "/?q=" + "word " * 4_000,
        "/?place=%25_%5C&actor='",
        "/?actor=nobody",
        "/reports?q=" + "x" * 20_000,
        '/reports?q=NEAR("a" "b", 3)&page=0',
        "/reports?page=77777777",
        "/voices?q=%F0%9F%8F%B4&page=-0",
        "/voices?page=12345678",
        "/map?page=99999&kind=1",
        "/map.json?from=2017-13-01&q=*",
        "/log?page=00000000001",
        "/log?page=54321",
        "/incidents/x?policy=<b>",
        "/incidents/" + "i" * 5_000,
        "/incidents/..%2F..%2Fetc",
        "/incidents/x/map.json",
        "/reports/%E2%80%AE",
        "/reports/1' OR '1'='1",
        "/voices/a/b/../c",
        "/voices/%FF",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/openapi.json",
        "//example.org/",
    ],
)
def test_a_hostile_address_gets_a_plain_answer(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (200, 404)
    assert answer.headers["content-security-policy"] == POLICY
    assert "<script>alert" not in answer.text
    if answer.headers["content-type"].startswith("text/html"):
        assert_harmless(answer)


@pytest.mark.parametrize("address", ["/?q=%00", "/?place=a%00b", "/reports/%00", "/voices/a%00", "/%00"])
def test_a_nul_is_refused(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", "[::2]", "[", "", "testserver"]
)
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-security-policy"] == POLICY
    assert "Incidents" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost", "LOCALHOST:1", "[::1]:8642"])
def test_this_machines_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/help", headers={"host": host}).status_code == 200


def test_every_answer_has_the_policy(client: TestClient, addresses: tuple[str, ...]) -> None:
    others = ("/map.json", "/static/style.css", "/static/map.js", "/static/icon.svg", "/static/none")
    for address in (*addresses, *others):
        answer = client.get(address)
        assert answer.headers["content-security-policy"] == POLICY, address
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert client.post("/").status_code == 405
    assert client.post("/").headers["content-security-policy"] == POLICY
    for forbidden in ("unsafe-inline", "unsafe-eval", "*", "http:"):
        assert forbidden not in POLICY


def test_a_fault_of_ours_is_a_plain_page_with_the_policy(ledger_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(self: Ledger, query: object) -> None:
        raise RuntimeError("<b>inside</b>")

    with Ledger.open(ledger_path) as ledger:
        client = TestClient(create(ledger, Settings()), base_url=BASE, raise_server_exceptions=False)
        monkeypatch.setattr(Ledger, "find_voices", break_down)
        answer = client.get("/voices")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "RuntimeError" in answer.text
    assert "inside" not in answer.text


def test_a_ledger_that_fails_is_named_with_the_policy(ledger_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Ledger, query: object) -> None:
        raise LedgerError("demo.ledger: the disk <i>is</i> full")

    with Ledger.open(ledger_path) as ledger:
        client = TestClient(create(ledger, Settings()), base_url=BASE, raise_server_exceptions=False)
        monkeypatch.setattr(Ledger, "find_voices", fail)
        answer = client.get("/voices")
    assert answer.status_code == 503
    assert answer.headers["content-security-policy"] == POLICY
    assert "the disk &lt;i&gt;is&lt;/i&gt; full" in answer.text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/", "holds no incident yet"),
        ("/reports", "holds no report yet"),
        ("/voices", "No claim has been read yet"),
        ("/map", "No incident that fits"),
        ("/log", "Nothing is logged"),
        ("/unread", "no file has been given"),
        ("/help", "0 reports"),
    ],
)
def test_an_empty_ledger_says_what_to_do(empty: TestClient, address: str, told: str) -> None:
    answer = empty.get(address)
    assert answer.status_code == 200
    assert told in answer.text


def test_a_page_beyond_the_end_says_where_the_list_ends(client: TestClient) -> None:
    page = parsed(client.get("/reports?page=500"))
    assert "This list ends at page" in words(page, "//main")
    assert values(page, "//p[@class='empty']/a/@href")[0].startswith("?page=")


def test_what_people_decided_stands_on_the_incident(ledger_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "judged.ledger"
    shutil.copy(ledger_path, path)
    with Ledger.open(path) as ledger:
        incident = ledger.incidents(IncidentQuery(order="reports", limit=1)).items[0].id
        found = ledger.incident(incident)
        assert found is not None
        claim = found.claims[0]
        at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
        pipeline.decide(ledger, Judgement(Verb.DISCOUNT, (claim,), f"Ann {SCRIPT}", "a rumour & no more", at))
        client = TestClient(create(ledger, Settings()), base_url=BASE)
        page = client.get(f"/incidents/{ledger.incidents_of(claim=claim)[0]}")
    assert_harmless(page)
    said = words(parsed(page), "//section[@aria-labelledby='judgements']")
    assert "discount" in said
    assert f"Ann {SCRIPT}" in said
    assert "a rumour & no more" in said
    assert "2026-11-21 12:00" in said


def test_the_captured_bytes_are_given_back_as_a_file(hostile: TestClient, hostile_path: Path) -> None:
    with Ledger.open(hostile_path) as ledger:
        report = ledger.reports(limit=1).items[0].report
        kept = ledger.capture(report.capture or "")
    assert kept is not None
    answer = hostile.get(f"/reports/{report.key}/capture")
    assert answer.content == kept.data
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert hostile.get("/reports/none/capture").status_code == 404
