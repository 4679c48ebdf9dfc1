"""Every way out of the pages, found from the app's own routes: signed off, or marked as internal inside and by name."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from parallax import signing
from parallax.exports.internal import MARK
from parallax.ledger import risk
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Incident, Verb, VoiceType
from parallax.workbench.acting import Role

from .conftest import token
from .test_roles import routes

Somebody = Callable[[Role], TestClient]


@dataclass(frozen=True)
class Held:
    """A ledger with one incident signed off, all others not, and a source at risk outside of the signed one."""

    signed: Incident
    unsigned: Incident
    endangered: Incident
    names: tuple[str, ...]


@pytest.fixture
def held(team_ledger: Ledger, somebody: Somebody) -> Held:
    incidents = [
        found
        for row in team_ledger.incidents(IncidentQuery(order="reports", limit=200)).items
        if (found := team_ledger.incident(row.id)) is not None
    ]
    reviewer = somebody(Role.REVIEWER)
    signed = incidents[0]
    data = {"token": token(reviewer, "/account"), "verb": "sign_off", "claims": " ".join(signed.claims), "why": "seen"}
    assert reviewer.post("/decide", data=data).status_code < 400
    (made,) = team_ledger.judgements()
    assert made.verb is Verb.SIGN_OFF
    inside = {s.voice.key for s in team_ledger.statements(claims=signed.claims)}
    outside = [row for row in team_ledger.voices() if row.voice.key not in inside]
    source = next(row for row in outside if row.voice.type is not VoiceType.UNNAMED and len(row.voice.name) > 7)
    with team_ledger.write("CODER") as writer:
        risk.mark(writer, "voice", source.voice.key, "threatened", "CODER")
    reach = team_ledger.at_risk()
    return Held(
        signed,
        next(one for one in incidents[1:] if one.id not in reach.incidents),
        next(one for one in incidents[1:] if one.id in reach.incidents),
        tuple(name for name in {source.voice.name, *reach.links} if len(name) > 7),
    )


def addresses(path: str, ledger: Ledger, incident: Incident) -> list[str]:
    """A route's addresses, filled with what is of one incident. A placeholder that this does not know fails here."""
    said = ledger.statements(claims=incident.claims)[0]
    fill = {
        "id": [incident.id],
        "key": [said.voice.key if path.startswith("/voices") else said.claim.report],
        "claim": [said.claim.key],
        "format": ["txt", "ris", "bib"],
        "secret": ["none"],
    }
    if path.startswith("/judgements/"):
        fill["key"] = [one.key for one in ledger.judgements()]
    found = [path.replace(":path}", "}")]
    for name in re.findall(r"{(\w+)}", found[0]):
        assert name in fill, f"say in tests/workbench/team/test_leaving.py what fills {{{name}}} of {path}"
        found = [one.replace(f"{{{name}}}", value) for one in found for value in fill[name]]
    return found


def is_file(answer: Response) -> bool:
    """Whether a browser would keep this as a file: anything but a page."""
    return "content-disposition" in answer.headers or not answer.headers["content-type"].startswith("text/html")


def name_of(answer: Response) -> str:
    found = re.search(r'filename="([^"]+)"', answer.headers.get("content-disposition", ""))
    assert found is not None, answer.url
    return found[1]


def says_internal(answer: Response) -> bool:
    """Whether a file says of itself that it is internal."""
    kind = answer.headers["content-type"].split(";")[0]
    if kind == "application/json":
        told = answer.json()
        return told.get("internal") is True and told["mark"] == MARK
    if kind == "text/csv":
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        return bool(rows) and all(row["sign_off"] == "internal" for row in rows)
    return MARK in answer.text


@pytest.mark.parametrize("role", [Role.READER, Role.CODER])
def test_every_file_is_signed_off_or_says_that_it_is_internal(
    app: FastAPI, somebody: Somebody, team_ledger: Ledger, held: Held, role: Role
) -> None:
    client, files = somebody(role), set()
    for method, path in routes(app):
        if method != "GET":
            continue
        for incident in (held.signed, held.unsigned, held.endangered):
            for address in addresses(path, team_ledger, incident):
                answer = client.get(address)
                assert answer.status_code < 500, address
                if answer.status_code != 200 or not is_file(answer):
                    continue
                files.add(path)
                named = "-internal." in name_of(answer)
                if path.endswith("/capture"):
                    # The bytes of a report as they were captured cannot say anything of their own.
                    assert named
                    assert role is Role.CODER
                    continue
                assert named == says_internal(answer), address
                of_signed = incident is held.signed and "{" in path
                assert named != of_signed, address
    assert files == {
        "/tallies.json",
        "/tallies.csv",
        "/map.json",
        "/map/incidents.json",
        "/incidents/{id}/map.json",
        "/reports/{key}/claims/{claim}/citation.{format}",
    } | ({"/reports/{key}/capture"} if role is Role.CODER else set())


def test_what_is_made_to_be_sent_on_names_no_source_at_risk(
    app: FastAPI, somebody: Somebody, team_ledger: Ledger, held: Held
) -> None:
    # Coders see these sources on their pages; what they would send on holds none of them all the same.
    coder, reader = somebody(Role.CODER), somebody(Role.READER)
    sent_on = ("/tallies", "/reports/{key}/claims/{claim}/citation", "/incidents/{id}/dossier")
    shown = 0
    for method, path in routes(app):
        if method != "GET":
            continue
        for client in (reader, coder) if path.startswith(sent_on) else (reader,):
            for address in addresses(path, team_ledger, held.endangered):
                answer = client.get(address)
                shown += answer.status_code == 200
                said = html.unescape(answer.text).replace(address, "").casefold()
                said = said.replace(address.removeprefix("/voices/").casefold(), "")
                if answer.headers.get("content-type", "").startswith("application/json"):
                    said += json.dumps(answer.json(), ensure_ascii=False).casefold()
                for name in held.names:
                    assert name.casefold() not in said, (address, name)
    assert shown > 15


def test_a_dossier_says_by_its_name_and_inside_whether_it_may_be_published(somebody: Somebody, held: Held) -> None:
    client = somebody(Role.CODER)
    signed = client.get(f"/incidents/{held.signed.id}/dossier").text
    unsigned = client.get(f"/incidents/{held.unsigned.id}/dossier").text
    # A browser names the PDF by the page's title.
    assert "<title>Dossier: " in signed
    assert "<title>Internal dossier, not signed off: " in unsigned
    assert "Signed off by <bdi>REVIEWER</bdi>" in signed
    assert "Not signed off: not for publication." in unsigned


def test_a_chart_is_marked_unless_it_is_public_and_not_saved_where_it_names_a_source_at_risk(
    somebody: Somebody, team_ledger: Ledger, held: Held
) -> None:
    client, seen = somebody(Role.CODER), set()
    for incident in (held.signed, held.unsigned, held.endangered):
        page = client.get(f"/incidents/{incident.id}").text
        if 'class="chart"' in page:
            seen.add(incident.id)
            assert (f'data-mark="{MARK}"' in page) == (incident is not held.signed)
            assert ("Save as SVG" in page) == (incident is not held.endangered)
    assert seen
    assert f'data-mark="{MARK}"' in client.get("/tallies?by=actor").text


def test_a_change_after_the_signature_marks_what_leaves_again(
    somebody: Somebody, team_ledger: Ledger, held: Held
) -> None:
    client = somebody(Role.CODER)
    (address,) = addresses("/incidents/{id}/map.json", team_ledger, held.signed)
    assert "internal" not in client.get(address).json()
    data = {"token": token(client, "/account"), "verb": "discount", "claims": held.signed.claims[0], "why": "a copy"}
    assert client.post("/decide", data=data).status_code < 400
    now = team_ledger.incident(held.signed.id)
    assert now is not None
    assert not signing.how_signed(team_ledger, now).is_public
    assert client.get(address).json()["internal"] is True
    cited = addresses("/reports/{key}/claims/{claim}/citation.{format}", team_ledger, now)[0]
    assert MARK in client.get(cited).text
