"""The queue's page and the routes that take decisions, with forms as a browser without scripts sends them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from parallax.config import Settings
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import Judgement, Kind, Verb
from parallax.workbench.app import create
from tests.workbench.conftest import BASE, OVERRIDE, SCRIPT

PART = {"HX-Request": "true"}
TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')


class Desk:
    """A person at the workbench over a ledger of their own."""

    def __init__(self, path: Path) -> None:
        self.ledger = Ledger.open(path)
        self.client = TestClient(create(self.ledger, Settings(who="A. Coder")), base_url=BASE)

    def get(self, address: str, *, part: bool = False) -> httpx2.Response:
        return self.client.get(address, headers=PART if part else {})

    def post(
        self,
        address: str,
        fields: Mapping[str, str] | None = None,
        *,
        part: bool = False,
        follow: bool = True,
        **more: str,
    ) -> httpx2.Response:
        token = TOKEN.search(self.get("/help").text)
        assert token is not None
        sent = {"token": token[1], **(fields or {}), **more}
        return self.client.post(address, data=sent, headers=PART if part else {}, follow_redirects=follow)

    def first(self) -> tuple[str, tuple[str, ...]]:
        """The key and the claims of what waits first."""
        (waiting,) = self.ledger.queue(limit=1)
        return waiting.item.key, waiting.item.claims

    def judgements(self) -> tuple[Judgement, ...]:
        return self.ledger.judgements()


@pytest.fixture
def desk(ledger_path: Path, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(Path(shutil.copy(ledger_path, tmp_path / "desk.ledger")))
    yield made
    made.ledger.close()


@pytest.fixture
def hostile_desk(hostile_path: Path, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(Path(shutil.copy(hostile_path, tmp_path / "hostile.ledger")))
    yield made
    made.ledger.close()


def killed(desk: Desk) -> str:
    """A claim that sets an end of a range of people killed."""
    for waiting in desk.ledger.queue(limit=500):
        if waiting.item.kind is Kind.KILLED and "without it, killed" in waiting.item.words:
            return waiting.item.claims[0]
    raise AssertionError("nothing of people killed waits")


def test_the_first_item_shows_its_sentence_its_slots_and_its_incident(desk: Desk) -> None:
    key, claims = desk.first()
    page = desk.get("/queue").text
    assert f'data-at="{key}"' in page
    for claim in claims:
        (statement,) = desk.ledger.statements(claims=[claim])
        report = desk.ledger.report(statement.claim.report)
        assert report is not None
        assert f"/reports/{report.key}#c-{claim}" in page
    assert "The spread of reports now" in page
    for pressed in "acsmdn?":
        assert f'data-key="{pressed}"' in page or f'data-key="{pressed} ' in page
    numbers = sum(number for *_, number in desk.ledger.queue_numbers())
    assert f"<b>0</b> of {numbers} looked at today; {numbers} wait" in page


def test_accepting_goes_on_to_the_next_and_undo_comes_back(desk: Desk) -> None:
    key, claims = desk.first()
    following = desk.ledger.queue(limit=2)[1].item.key
    answer = desk.post("/queue/decide", verb="accept", claims=" ".join(claims), at=key)
    assert f'data-at="{following}"' in answer.text
    (made,) = desk.judgements()
    assert (made.verb, made.claims, made.who, made.why) == (
        Verb.ACCEPT,
        claims,
        "A. Coder",
        "checked against the sentence",
    )
    assert "<b>1</b> of" in answer.text
    back = desk.post(f"/queue/undo/{made.key}", part=True)
    assert f'data-at="{key}"' in back.text
    assert back.headers["HX-Push-Url"] == f"/queue?at={key}"
    assert "<html" not in back.text
    assert [judgement.verb for judgement in desk.judgements()] == [Verb.ACCEPT, Verb.WITHDRAW]
    assert list(verify(desk.ledger)) == []


def test_a_correction_says_what_it_changed_in_the_ranges(desk: Desk) -> None:
    claim = killed(desk)
    fields = {"verb": "correct", "claims": claim, "slot": "count", "value": "4321", "why": "as the sentence says"}
    told = desk.post("/decide/preview", fields, part=True).text
    assert "Not written down yet" in told
    assert "4,321" in told
    assert desk.judgements() == ()
    done = desk.post("/queue/decide", fields, part=True, at=desk.first()[0]).text
    assert "4,321" in done
    assert "corrected how many" in done
    (made,) = desk.judgements()
    page = desk.get(f"/judgements/{made.key}").text
    assert "Without it" in page
    assert "4,321" in page


def test_a_form_without_scripts_leads_to_the_decision_and_back(desk: Desk) -> None:
    claim = killed(desk)
    answer = desk.post("/decide", follow=False, verb="discount", claims=claim, why="a copy", back="/reports?q=x")
    (made,) = desk.judgements()
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/judgements/{made.key}?back=%2Freports%3Fq%3Dx"
    assert 'href="/reports?q=x"' in desk.get(answer.headers["location"]).text
    away = desk.post("/decide", follow=False, verb="accept", claims=claim, back="//elsewhere.example/")
    assert away.headers["location"].endswith("?back=%2F")
    preview = desk.post(
        "/decide/preview", verb="correct", claims=claim, slot="stance", value="denied", why="said so"
    ).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview.split('action="/decide"')[1]))
    assert form | {"token": ""} == {
        "token": "",
        "verb": "correct",
        "why": "said so",
        "back": "/",
        "policy": "",
        "claims": claim,
        "slot": "stance",
        "value": "denied",
    }


def test_a_claim_is_added_by_a_form(desk: Desk) -> None:
    (statement,) = desk.ledger.statements(claims=[killed(desk)])
    report = statement.claim.report
    fields = {"report": report, "start": "0", "end": "20", "kind": "missing", "count": "17", "why": "in the headline"}
    page = desk.post("/decide", fields, verb="add").text
    assert "added" in page
    (made,) = desk.judgements()
    (added,) = desk.ledger.statements(claims=made.claims)
    assert (added.claim.kind, added.claim.count and added.claim.count.low) == (Kind.MISSING, 17)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"verb": "correct", "slot": "count", "value": "lots", "why": "x"}, "at least 4"),
        ({"verb": "correct", "slot": "colour", "value": "red", "why": "x"}, "no slot"),
        ({"verb": "discount"}, "and why"),
        ({"verb": "burn", "why": "x"}, "nothing that can be decided"),
        ({"verb": "withdraw", "why": "x"}, "nothing that can be decided"),
        ({"verb": "add", "why": "x", "start": "a"}, "where the claim stands"),
        ({"verb": "add", "why": "x", "start": "0", "end": "5", "kind": "killed", "report": "nowhere"}, "no report"),
    ],
)
@pytest.mark.parametrize("part", [True, False])
def test_what_cannot_be_applied_is_refused_in_words(desk: Desk, fields: dict[str, str], words: str, part: bool) -> None:
    answer = desk.post("/decide", fields, part=part, claims=killed(desk))
    assert answer.status_code == 422
    assert words in answer.text
    assert ("<html" in answer.text) is not part
    assert desk.judgements() == ()


def test_two_people_on_one_incident_are_told_of_each_other(desk: Desk) -> None:
    claim = killed(desk)
    seen = str(desk.ledger.head()[0])
    other = TestClient(create(desk.ledger, Settings(who="B. Reviewer")), base_url=BASE)
    token = TOKEN.search(other.get("/help").text)
    assert token is not None
    theirs = {"token": token[1], "verb": "discount", "claims": claim, "why": "a copy", "seen": seen}
    assert other.post("/decide", data=theirs).status_code == 200
    fields = {"verb": "correct", "claims": claim, "slot": "count", "value": "4321", "why": "as told", "seen": seen}
    answer = desk.post("/decide", fields)
    assert answer.status_code == 409
    assert "B. Reviewer" in answer.text
    assert "a copy" in answer.text
    assert "Decide it all the same" in answer.text
    # What the other's decision did to the incident is told by the decision, and what one's own would do can be seen.
    assert "gathered the incident anew" not in answer.text
    assert 'formaction="/decide/preview"' in answer.text
    assert len(desk.judgements()) == 1
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text.split("Decide it")[0]))
    again = desk.post("/decide", {name: value for name, value in form.items() if name != "token"})
    assert again.status_code == 200
    assert len(desk.judgements()) == 2


def test_an_incident_is_merged_with_one_that_a_search_finds(desk: Desk) -> None:
    (waiting,) = desk.ledger.queue(limit=1)
    page = desk.get(f"/decide/merge/{waiting.item.incident}?q=Alma", part=True).text
    form = re.findall(r'name="claims" value="([^"]+)"', page)
    assert form
    before = len(list(desk.ledger.walk()))
    desk.post("/decide", verb="merge", claims=form[0], why="one battle")
    held = {id for claim in form[0].split() for id in desk.ledger.incidents_of(claim=claim)}
    assert len(held) == 1
    (made,) = desk.judgements()
    desk.post(f"/undo/{made.key}")
    assert len(list(desk.ledger.walk())) == before
    assert desk.get("/decide/merge/nowhere").status_code == 404


def test_parts_of_the_queue_are_asked_for(desk: Desk) -> None:
    page = desk.get("/queue?reason=thin").text
    assert 'value="thin" selected' in page
    assert "thin link" in page
    assert "Nothing of this sort waits" in desk.get("/queue?place=Atlantis").text
    assert 'data-at="' in desk.get("/queue?reason=%3Cscript%3E&kind=nothing&grade=none").text
    assert "waits no longer" in desk.get("/queue?at=nowhere").text


def test_words_of_a_slot_are_suggested(desk: Desk) -> None:
    assert "geonames" in desk.get("/decide/suggest?slot=where&value=Sevastopol").text
    assert 'value="France [france]"' in desk.get("/decide/suggest?slot=who&value=the French").text
    assert "combatant" in desk.get("/decide/suggest?slot=whom_class").text
    assert "<option" not in desk.get("/decide/suggest?slot=count&value=12").text


def test_the_log_undoes_what_counts(desk: Desk) -> None:
    claim = killed(desk)
    desk.post("/decide", verb="discount", claims=claim, why="a copy")
    (made,) = desk.judgements()
    assert f'action="/undo/{made.key}"' in desk.get("/log").text
    desk.post(f"/undo/{made.key}", back="/log")
    page = desk.get("/log").text
    assert f'action="/undo/{made.key}"' not in page
    assert f"/judgements/{made.key}" in page
    assert "It was withdrawn" in desk.get(f"/judgements/{made.key}").text
    assert desk.get("/judgements/nowhere").status_code == 404


def test_the_log_has_what_people_decided_by_itself(desk: Desk) -> None:
    assert "Nobody has decided anything yet" in desk.get("/log?of=decisions").text
    desk.post("/decide", verb="discount", claims=killed(desk), why="a copy of the wire")
    (made,) = desk.judgements()
    page = desk.get("/log?of=decisions").text
    assert "1 decision," in page
    assert "a copy of the wire" in page
    assert f'action="/undo/{made.key}"' in page
    desk.post(f"/undo/{made.key}", back="/log")
    page = desk.get("/log?of=decisions").text
    assert "2 decisions," in page
    assert page.index("withdrew") < page.index("discounted") < page.index('<span class="tag">withdrawn</span>')
    assert f'action="/undo/{made.key}"' not in page


def test_nothing_waits_in_an_empty_ledger(empty: TestClient) -> None:
    assert "no incident is known yet" in empty.get("/queue").text


def test_hostile_reports_and_reasons_are_shown_harmlessly(hostile_desk: Desk) -> None:
    seen, place = 0, None
    while waiting := hostile_desk.ledger.queue(after=place, limit=1):
        key, place = waiting[0].item.key, (waiting[0].item.priority, waiting[0].item.key)
        page = hostile_desk.get(f"/queue?at={key}")
        assert page.status_code == 200
        assert SCRIPT not in page.text
        assert len(page.text) < 400_000
        seen += 1
    assert seen >= 3
    claim = hostile_desk.first()[1][0]
    why = f"{SCRIPT} {OVERRIDE} " + "x" * 5_000
    for slot in ("where", "voice", "whom"):
        answer = hostile_desk.post("/decide", verb="correct", claims=claim, slot=slot, value=SCRIPT, why=why)
        assert answer.status_code == 200
        assert SCRIPT not in answer.text
    assert all(len(judgement.why) <= 1000 for judgement in hostile_desk.judgements())
    for address in ("/queue", "/log"):
        assert SCRIPT not in hostile_desk.get(address).text
    refused = hostile_desk.post("/decide", verb="correct", claims=claim, slot="voice", value="a\x00b", why="x")
    assert refused.status_code == 422
    assert list(verify(hostile_desk.ledger)) == []
