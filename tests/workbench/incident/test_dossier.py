"""The dossier of an incident: everything in it, on paper as on the screen, and nothing of a source at risk."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from pypdf import PdfReader

from parallax import pipeline
from parallax.accounts.policies import POLICIES
from parallax.ledger import risk
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Incident, Judgement, Verb
from tests.workbench.conftest import client_of, serving
from tests.workbench.markup import elements, parsed, values, words
from tests.workbench.test_answers import assert_harmless


def largest(path: Path) -> Incident:
    with Ledger.open(path) as ledger:
        found = ledger.incident(ledger.incidents(IncidentQuery(order="reports", limit=1)).items[0].id)
    assert found is not None
    return found


@pytest.fixture
def copy(ledger_path: Path, tmp_path: Path) -> Path:
    """The demo's ledger, to be changed."""
    return Path(shutil.copy(ledger_path, tmp_path / "copy.ledger"))


def plain(text: str) -> str:
    """Words without the white space that lines on paper put between and into them."""
    return re.sub(r"\s+", "", text)


def test_every_claim_stands_with_its_sentence_outlet_day_and_hash(client: TestClient, ledger_path: Path) -> None:
    incident = largest(ledger_path)
    page = parsed(client.get(f"/incidents/{incident.id}/dossier"))
    entries = elements(page, "//ol[@class='claims-on-paper']/li")
    assert len(entries) == len(incident.claims) > 20
    said = [" ".join("".join(str(part) for part in entry.itertext()).split()) for entry in entries]
    with Ledger.open(ledger_path) as ledger:
        for statement in ledger.statements(claims=incident.claims):
            report = ledger.report(statement.claim.report)
            assert report is not None
            (own,) = [entry for entry in said if statement.claim.key in entry]
            sentence = " ".join(report.text[statement.claim.start : statement.claim.end].split())
            for part in (sentence, report.outlet or "not known", report.capture or "no capture"):
                assert part in own
    for number in values(page, "//section[@aria-labelledby='ranges']//a/@href"):
        assert elements(page, f"//li[@id='{number[1:]}']")


@pytest.mark.parametrize("policy", list(POLICIES))
def test_its_ranges_are_those_of_the_policy_named(client: TestClient, ledger_path: Path, policy: str) -> None:
    incident = largest(ledger_path)
    page = parsed(client.get(f"/incidents/{incident.id}/dossier?policy={policy}"))
    assert POLICIES[policy].label in words(page, "//dl[contains(@class, 'facts')]")
    with Ledger.open(ledger_path) as ledger:
        tally = ledger.tally(incident.id, POLICIES[policy].label)
    assert tally is not None
    shown = words(page, "//section[@aria-labelledby='ranges']")
    for one in tally.ranges:
        if one.kind == "killed" and one.whom == "all" and one.high.value is not None:
            assert f"{one.high.value:,}" in shown
    assert client.get(f"/incidents/none/dossier?policy={policy}").status_code == 404


def test_it_says_plainly_whether_it_is_signed_off(copy: Path) -> None:
    incident = largest(copy)
    with client_of(copy) as client:
        before = client.get(f"/incidents/{incident.id}/dossier").text
        assert "Not signed off: not for publication." in before
        with Ledger.open(copy) as ledger:
            made = Judgement(Verb.SIGN_OFF, incident.claims, "R. Reviewer", "two of us checked it", datetime.now(UTC))
            pipeline.decide(ledger, made)
        signed = parsed(client.get(f"/incidents/{incident.id}/dossier"))
        assert "Signed off by R. Reviewer" in words(signed, "//p[@class='stand']")
        assert "Not signed off" not in words(signed, "//article")
        with Ledger.open(copy) as ledger:
            discounted = Judgement(Verb.DISCOUNT, incident.claims[:1], "Ann", "a rumour", datetime.now(UTC))
            pipeline.decide(ledger, discounted)
            now = ledger.incidents_of(claim=incident.claims[1])[0]
        after = parsed(client.get(f"/incidents/{now}/dossier"))
        assert "Not signed off: not for publication." in words(after, "//p[@class='stand']")
        assert "changed since" in words(after, "//p[@class='stand']")
        assert "a rumour" in words(after, "//section[@aria-labelledby='decided']")


def test_a_source_at_risk_is_in_no_dossier_and_no_citation(copy: Path) -> None:
    incident = largest(copy)
    with Ledger.open(copy) as ledger:
        statement = next(s for s in ledger.statements(claims=incident.claims) if s.outlet)
        report = ledger.report(statement.claim.report)
        assert report is not None
        outlet = report.outlet or ""
        assert outlet
        with ledger.write("Ann") as writer:
            risk.mark(writer, "report", report.key, "threatened", "Ann")
    sentence = " ".join(report.text[statement.claim.start : statement.claim.end].split())
    with client_of(copy) as client:
        dossier = client.get(f"/incidents/{incident.id}/dossier")
        assert dossier.status_code == 200
        assert plain(sentence) not in plain(words(parsed(dossier), "//article"))
        for secret in (report.key, report.capture or "none", report.title or "none"):
            assert secret not in dossier.text
        # The person of this machine still sees the report, and takes no citation of it away.
        page = parsed(client.get(f"/reports/{report.key}"))
        assert sentence in " ".join(words(page, "//article").split())
        assert elements(page, "//div[@class='citation']") == []
        for format in ("txt", "ris", "bib"):
            answer = client.get(f"/reports/{report.key}/claims/{statement.claim.key}/citation.{format}")
            assert answer.status_code == 403
            assert sentence not in answer.text


def test_hostile_reports_are_harmless_in_a_dossier(hostile: TestClient, hostile_path: Path) -> None:
    with Ledger.open(hostile_path) as ledger:
        rows = ledger.incidents(IncidentQuery(limit=50)).items
    assert rows
    for row in rows:
        answer = hostile.get(f"/incidents/{row.id}/dossier")
        assert answer.status_code == 200
        assert_harmless(answer)


@pytest.mark.browser
def test_it_prints_black_on_white_with_numbered_pages(browser: Browser, program: str, ledger_path: Path) -> None:
    incident = largest(ledger_path)
    with serving(program, ledger_path) as workbench, browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{workbench}/incidents/{incident.id}/dossier")
        colours = "it => [getComputedStyle(it).color, getComputedStyle(it).backgroundColor]"
        assert page.locator("article.dossier").evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [sheet.extract_text() for sheet in printed.pages]
    assert len(texts) >= 3
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "Not signed off: not for publication" in text
    whole = plain("".join(texts))
    with Ledger.open(ledger_path) as ledger:
        for statement in ledger.statements(claims=incident.claims):
            assert statement.claim.key in whole
            report = ledger.report(statement.claim.report)
            assert report is not None
            assert (report.capture or "no capture") in whole
            # A sentence may run over the foot of a page, where the page's own lines stand; its first words do not.
            start = " ".join(report.text[statement.claim.start : statement.claim.end].split()[:4])
            assert plain(start) in whole
    assert "Menu" not in whole
    assert "Backtotheincident" not in whole
    assert round(float(printed.pages[0].mediabox.width)) == 595
