"""Sources at risk in a team: who sees them, who marks them, and what a reader's pages hold."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from parallax.ledger import risk
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import VoiceType
from parallax.workbench.acting import Role

from .conftest import token
from .test_roles import routes

Somebody = Callable[[Role], TestClient]


def loudest(ledger: Ledger) -> tuple[str, str]:
    """Key and name of the outlet that says most."""
    row = next(row for row in ledger.voices() if row.voice.type is VoiceType.OUTLET)
    return row.voice.key, row.voice.name


@pytest.fixture(params=risk.KINDS)
def at_risk(request: pytest.FixtureRequest, team_ledger: Ledger) -> tuple[str, ...]:
    """Mark a source of each kind, and return what no reader may see."""
    key, name = loudest(team_ledger)
    said = team_ledger.voice(key)
    assert said is not None
    report = team_ledger.report(said[1][0].claim.report)
    assert report is not None
    marked = {"voice": key, "outlet": report.outlet or "", "report": report.key}[request.param]
    with team_ledger.write("CODER") as writer:
        risk.mark(writer, request.param, marked, "threatened", "CODER")
    secrets = [*team_ledger.at_risk().links]
    return tuple(secret for secret in (*secrets, *([name] if request.param != "report" else [])) if len(secret) > 7)


def pages(app: FastAPI, ledger: Ledger) -> Iterator[str]:
    """The address of every page that readers may open, with every incident, voice and report that there is."""
    incidents = [row.id for row in ledger.incidents(IncidentQuery(limit=500)).items]
    voices = [row.voice.key for row in ledger.voices()]
    reports = [row.report.key for row in ledger.reports(limit=500).items]
    reach = ledger.at_risk()
    held = [id for id in incidents if id in reach.incidents][:3] + incidents[:2]
    for method, path in routes(app):
        if method != "GET" or "{secret}" in path:
            continue
        if "{id}" in path:
            yield from (path.replace("{id}", id) for id in held)
        elif "{key" in path and path.startswith("/voices"):
            yield from (path.replace("{key:path}", key).replace("{key}", key) for key in voices[:6])
        elif "{key" in path and path.startswith("/reports"):
            leading = [key for key in reports if key in reach.reports][:3]
            yield from (path.replace("{key}", key) for key in (*leading, *reports[:3]))
        else:
            yield path
    yield from ("/?order=reports", "/?kind=killed", "/?order=killed&page=2", "/reports?page=2", "/voices?q=a")


def test_no_page_of_a_reader_names_a_source_at_risk(
    app: FastAPI, somebody: Somebody, team_ledger: Ledger, at_risk: tuple[str, ...]
) -> None:
    client = somebody(Role.READER)
    shown = 0
    for address in pages(app, team_ledger):
        answer = client.get(address)
        assert answer.status_code < 500, (address, answer.text[-800:])
        shown += answer.status_code == 200
        said = html.unescape(answer.text).casefold()
        if address.startswith("/voices/"):
            # What a reader asked for stands in the address of the page; what the ledger holds must not.
            asked = unquote(address.removeprefix("/voices/")).casefold()
            said = said.replace(address.casefold(), "").replace(f"no voice {asked} is", "")
        if answer.headers.get("content-type", "").startswith("application/json"):
            said += json.dumps(answer.json(), ensure_ascii=False).casefold()
        for secret in at_risk:
            assert secret.casefold() not in said, (
                address,
                secret,
                said[max(0, said.find(secret.casefold()) - 200) :][:500],
            )
    assert shown > 15


def test_coders_go_on_seeing_all_of_it(somebody: Somebody, team_ledger: Ledger) -> None:
    key, name = loudest(team_ledger)
    with team_ledger.write("CODER") as writer:
        risk.mark(writer, "voice", key, "threatened", "CODER")
    for role in (Role.CODER, Role.REVIEWER, Role.ADMIN):
        assert name in html.unescape(somebody(role).get("/voices").text)
    reader = somebody(Role.READER).get("/voices").text
    assert "a source at risk" in reader
    assert name not in html.unescape(reader)


def test_a_reader_is_told_that_a_report_is_withheld(somebody: Somebody, team_ledger: Ledger) -> None:
    key, _ = loudest(team_ledger)
    with team_ledger.write("CODER") as writer:
        risk.mark(writer, "voice", key, "threatened", "CODER")
    report = sorted(team_ledger.at_risk().reports)[0]
    answer = somebody(Role.READER).get(f"/reports/{report}")
    assert answer.status_code == 403
    assert "leads to a source at risk" in answer.text
    assert somebody(Role.CODER).get(f"/reports/{report}").status_code == 200
    assert somebody(Role.READER).get(f"/voices/{key}").status_code == 404


def test_marking_shows_first_what_it_hides_and_is_undone_by_a_reviewer(somebody: Somebody, team_ledger: Ledger) -> None:
    key, name = loudest(team_ledger)
    coder, reviewer = somebody(Role.CODER), somebody(Role.REVIEWER)
    page = coder.get("/settings/risks", params={"kind": "voice", "key": key})
    assert page.status_code == 200
    assert name in html.unescape(page.text)
    assert "What this hides" in page.text
    assert team_ledger.risks() == ()
    data = {"token": token(coder, "/account"), "kind": "voice", "key": key}
    assert coder.post("/settings/risks", data=data | {"reason": " "}).status_code == 422
    assert coder.post("/settings/risks", data=data | {"reason": "named in a threat"}).status_code == 303
    assert coder.post("/settings/risks", data=data | {"reason": "again"}).status_code == 422
    (marked,) = team_ledger.risks()
    assert (marked.kind, marked.key, marked.reason, marked.who) == ("voice", key, "named in a threat", "CODER")
    away = f"/settings/risks/{marked.number}/remove"
    assert coder.post(away, data={"token": token(coder, "/account"), "reason": "safe"}).status_code == 403
    assert reviewer.post(away, data={"token": token(reviewer, "/account"), "reason": "safe"}).status_code == 303
    assert team_ledger.risks() == ()
    actions = [(entry.action, entry.who) for entry in team_ledger.log(limit=4) if entry.action.startswith("source")]
    assert actions == [("source no longer at risk", "REVIEWER"), ("source at risk", "CODER")]


@pytest.mark.parametrize(("kind", "key"), [("voice", "nobody"), ("", ""), ("person", "x"), ("report", "\ud83d")])
def test_what_the_ledger_does_not_know_cannot_be_marked(somebody: Somebody, kind: str, key: str) -> None:
    coder = somebody(Role.CODER)
    key = key.encode("utf-8", "replace").decode()
    assert coder.get("/settings/risks", params={"kind": kind, "key": key}).status_code == 404
    data = {"token": token(coder, "/account"), "kind": kind, "key": key, "reason": "x"}
    assert coder.post("/settings/risks", data=data).status_code == 404


def test_an_incident_says_what_of_it_is_withheld(
    somebody: Somebody, team_ledger: Ledger, at_risk: tuple[str, ...]
) -> None:
    reach = team_ledger.at_risk()
    incidents = [row.id for row in team_ledger.incidents(IncidentQuery(limit=500)).items]
    held = next(id for id in incidents if id in reach.incidents)
    free = next(id for id in incidents if id not in reach.incidents)
    reader, coder = somebody(Role.READER), somebody(Role.CODER)
    assert "<dt>Withheld</dt><dd>the name and the reports" in reader.get(f"/incidents/{held}").text
    assert "holds a source at risk" in coder.get(f"/incidents/{held}").text
    for client in (reader, coder):
        assert "<dt>Withheld</dt>" not in client.get(f"/incidents/{free}").text
