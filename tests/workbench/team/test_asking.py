"""Asking for a signature: who may, where reviewers find it, what answers it, and what the log keeps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from parallax import signing
from parallax.ledger import people
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.ledger.views import IncidentQuery
from parallax.model import Incident, Kind
from parallax.workbench.acting import Role

from .conftest import token

Somebody = Callable[[Role], TestClient]
WHY = "Both hospital lists <b>checked</b>"
BUTTON = '<summary class="button quietly">Ask for sign-off</summary>'


@pytest.fixture
def incident(team_ledger: Ledger) -> Incident:
    """The incident of the most reports, in a ledger that asks for four eyes."""
    with team_ledger.write("ADMIN") as writer:
        people.set_option(writer, signing.FOUR_EYES, signing.ON)
    (row,) = team_ledger.incidents(IncidentQuery(order="reports", limit=1)).items
    found = team_ledger.incident(row.id)
    assert found is not None
    return found


def post(client: TestClient, address: str, **fields: str) -> int:
    return client.post(address, data={"token": token(client, "/account")} | fields).status_code


def ask(client: TestClient, incident: Incident, why: str = WHY) -> int:
    return post(client, f"/incidents/{incident.id}/sign-off", why=why)


def test_what_a_coder_asks_for_reviewers_find(somebody: Somebody, team_ledger: Ledger, incident: Incident) -> None:
    coder, reviewer = somebody(Role.CODER), somebody(Role.REVIEWER)
    page = f"/incidents/{incident.id}"
    assert BUTTON in coder.get(page).text
    assert "Nothing is asked for" in reviewer.get("/sign-off").text
    assert ask(coder, incident, "  ") == 422
    assert ask(coder, incident) == 303
    found = reviewer.get("/sign-off").text
    assert f'href="{page}"' in found
    assert "<bdi>CODER</bdi>" in found
    assert "Both hospital lists &lt;b&gt;checked&lt;/b&gt;" in found
    assert "asked for</span> by <bdi>CODER</bdi>" in reviewer.get(page).text
    assert BUTTON not in coder.get(page).text
    # Asked twice, it is asked once.
    assert ask(reviewer, incident) == 303
    (entry,) = team_ledger.log(subject="sign-off")
    assert (entry.who, entry.action, entry.details["incident"]) == ("CODER", "sign-off asked for", incident.id)
    assert list(verify(team_ledger)) == []


def test_readers_neither_ask_nor_see_what_is_asked(somebody: Somebody, team_ledger: Ledger, incident: Incident) -> None:
    reader = somebody(Role.READER)
    assert ask(reader, incident) == 403
    assert reader.get("/sign-off").status_code == 403
    assert ask(somebody(Role.CODER), incident) == 303
    page = reader.get(f"/incidents/{incident.id}").text
    assert "hospital lists" not in page
    assert "Ask for sign-off" not in page


def test_a_signature_answers_what_was_asked(somebody: Somebody, team_ledger: Ledger, incident: Incident) -> None:
    coder, reviewer = somebody(Role.CODER), somebody(Role.REVIEWER)
    said = team_ledger.statements(claims=incident.claims)
    claim = next(s.claim.key for s in said if s.claim.kind is Kind.KILLED and s.claim.count)
    corrected = {"verb": "correct", "claims": claim, "slot": "count", "value": "77", "why": "as told"}
    assert post(coder, "/decide", **corrected) == 303
    assert ask(coder, incident) == 303
    assert [one.id for one, _ in signing.asked(team_ledger)] == [incident.id]
    assert post(reviewer, "/decide", verb="sign_off", claims=" ".join(incident.claims), why="checked") == 303
    assert signing.asked(team_ledger) == ()
    assert "Nothing is asked for" in reviewer.get("/sign-off").text
    # It changes again, and is asked for again.
    assert post(coder, "/decide", **(corrected | {"value": "78"})) == 303
    assert signing.asked(team_ledger) == ()
    assert ask(coder, incident) == 303
    assert "changed since it was signed off" in reviewer.get("/sign-off").text


def test_who_asked_and_reviewers_take_it_back(somebody: Somebody, team_ledger: Ledger, incident: Incident) -> None:
    coder, reviewer = somebody(Role.CODER), somebody(Role.REVIEWER)
    for asker, other, answer in ((reviewer, coder, 403), (coder, reviewer, 303)):
        assert ask(asker, incident) == 303
        ((_, asked),) = signing.asked(team_ledger)
        assert post(other, f"/sign-off/{asked.number}/leave") == answer
        if answer == 403:
            assert post(asker, f"/sign-off/{asked.number}/leave") == 303
        assert signing.asked(team_ledger) == ()
        assert post(asker, f"/sign-off/{asked.number}/leave") == 404


def test_what_was_asked_follows_an_incident_whose_id_changes(
    somebody: Somebody, team_ledger: Ledger, incident: Incident
) -> None:
    coder = somebody(Role.CODER)
    other = next(
        found
        for row in team_ledger.incidents(IncidentQuery(limit=20)).items
        if row.id != incident.id and (found := team_ledger.incident(row.id)) is not None
    )
    assert ask(coder, other) == 303
    leads = " ".join(telling.claims[0] for one in (incident, other) for telling in one.tellings)
    assert post(coder, "/decide", verb="merge", claims=leads, why="one battle") == 303
    ((now, _),) = signing.asked(team_ledger)
    assert set(other.claims) | set(incident.claims) <= set(now.claims)
