"""Signing off in a team: who may, four eyes, what a change does to a signature, and two people at one incident."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from parallax import pipeline, signing
from parallax.accounts.signing import Signature
from parallax.exports.formats import write
from parallax.ledger import people
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Incident, Kind
from parallax.workbench.acting import Role

from .conftest import log_in, token

Somebody = Callable[[Role], TestClient]
LABEL = pipeline.policy("airwars").label


@pytest.fixture
def incident(team_ledger: Ledger) -> Incident:
    """The incident of the most reports."""
    (row,) = team_ledger.incidents(IncidentQuery(order="reports", limit=1)).items
    found = team_ledger.incident(row.id)
    assert found is not None
    return found


def decide(client: TestClient, verb: str, claims: tuple[str, ...], **fields: str) -> int:
    data = {"token": token(client, "/account"), "verb": verb, "claims": " ".join(claims), "why": "checked"} | fields
    return client.post("/decide", data=data).status_code


def number_of(ledger: Ledger, incident: Incident) -> str:
    """A claim of the incident that gives a number of killed."""
    said = ledger.statements(claims=incident.claims)
    return next(s.claim.key for s in said if s.claim.kind is Kind.KILLED and s.claim.count)


def how(ledger: Ledger, incident: Incident) -> Signature:
    now = ledger.incident(incident.id)
    assert now is not None
    return signing.how_signed(ledger, now).signature


def public(ledger: Ledger, tmp_path: Path) -> int:
    return write(ledger, "incidents-csv", str(tmp_path / "public.csv"), policy=LABEL).rows


def test_reviewers_sign_off_and_coders_do_not(
    somebody: Somebody, team_ledger: Ledger, incident: Incident, tmp_path: Path
) -> None:
    assert public(team_ledger, tmp_path) == 0
    for role in (Role.READER, Role.CODER):
        assert decide(somebody(role), "sign_off", incident.claims) == 403
    assert how(team_ledger, incident) is Signature.NONE
    assert decide(somebody(Role.REVIEWER), "sign_off", incident.claims) < 400
    assert how(team_ledger, incident) is Signature.SIGNED
    assert public(team_ledger, tmp_path) == 1
    page = somebody(Role.READER).get(f"/incidents/{incident.id}").text
    assert "signed off by <bdi>REVIEWER</bdi>" in page


def test_a_change_needs_a_new_signature_and_undoing_it_none(
    somebody: Somebody, team_ledger: Ledger, incident: Incident, tmp_path: Path
) -> None:
    coder, reviewer = somebody(Role.CODER), somebody(Role.REVIEWER)
    decide(reviewer, "sign_off", incident.claims)
    claim = number_of(team_ledger, incident)
    assert decide(coder, "correct", (claim,), slot="count", value="77") < 400
    assert how(team_ledger, incident) is Signature.CHANGED
    assert public(team_ledger, tmp_path) == 0
    page = coder.get(f"/incidents/{incident.id}").text
    assert "changed since it was signed off" in page
    corrected = next(one for one in team_ledger.judgements() if one.who == "CODER")
    assert coder.post(f"/undo/{corrected.key}", data={"token": token(coder, "/account")}).status_code < 400
    assert how(team_ledger, incident) is Signature.SIGNED
    assert public(team_ledger, tmp_path) == 1


def test_only_a_reviewer_takes_a_signature_back(somebody: Somebody, team_ledger: Ledger, incident: Incident) -> None:
    coder, reviewer = somebody(Role.CODER), somebody(Role.REVIEWER)
    decide(reviewer, "sign_off", incident.claims)
    key = team_ledger.judgements()[-1].key
    assert coder.post(f"/undo/{key}", data={"token": token(coder, "/account")}).status_code == 403
    assert how(team_ledger, incident) is Signature.SIGNED
    assert reviewer.post(f"/undo/{key}", data={"token": token(reviewer, "/account")}).status_code < 400
    assert how(team_ledger, incident) is Signature.NONE


def test_under_four_eyes_nobody_signs_off_their_own_decisions(
    somebody: Somebody, team_ledger: Ledger, incident: Incident, tmp_path: Path
) -> None:
    reviewer, admin, coder = somebody(Role.REVIEWER), somebody(Role.ADMIN), somebody(Role.CODER)
    claim = number_of(team_ledger, incident)
    set_to = {"token": token(admin, "/account"), "value": "on"}
    assert coder.post("/settings/four-eyes", data=set_to | {"token": token(coder, "/account")}).status_code == 403
    assert admin.post("/settings/four-eyes", data=set_to).status_code == 303
    assert decide(reviewer, "correct", (claim,), slot="count", value="77") < 400
    assert decide(reviewer, "sign_off", incident.claims) == 422
    assert how(team_ledger, incident) is Signature.NONE
    assert decide(admin, "sign_off", incident.claims) < 400
    assert how(team_ledger, incident) is Signature.SIGNED
    assert public(team_ledger, tmp_path) == 1


def test_asking_for_four_eyes_later_puts_own_signatures_aside(
    somebody: Somebody, team_ledger: Ledger, incident: Incident, tmp_path: Path
) -> None:
    reviewer, claim = somebody(Role.REVIEWER), number_of(team_ledger, incident)
    decide(reviewer, "correct", (claim,), slot="count", value="77")
    decide(reviewer, "sign_off", incident.claims)
    assert how(team_ledger, incident) is Signature.SIGNED
    with team_ledger.write("ADMIN") as writer:
        people.set_option(writer, signing.FOUR_EYES, signing.ON)
    assert how(team_ledger, incident) is Signature.OWN
    assert public(team_ledger, tmp_path) == 0


def test_the_second_of_two_is_shown_what_the_first_did(
    somebody: Somebody, team_ledger: Ledger, incident: Incident
) -> None:
    first, second = somebody(Role.CODER), somebody(Role.REVIEWER)
    claim, seen = number_of(team_ledger, incident), str(team_ledger.head()[0])
    assert decide(first, "correct", (claim,), slot="count", value="77", seen=seen) < 400
    data = {"token": token(second, "/account"), "verb": "correct", "claims": claim, "slot": "count", "value": "78"}
    answer = second.post("/decide", data=data | {"why": "another page says so", "seen": seen})
    assert answer.status_code == 409
    assert "CODER" in answer.text
    assert 'name="token"' in answer.text
    assert [one.value for one in team_ledger.judgements()] == ["77"]
    again = second.post("/decide", data=data | {"why": "so", "seen": str(team_ledger.head()[0])})
    assert again.status_code < 400
    assert [one.value for one in team_ledger.judgements()] == ["77", "78"]


def test_an_incident_can_be_signed_off_with_every_claim_discounted(
    somebody: Somebody, team_ledger: Ledger, incident: Incident
) -> None:
    assert decide(somebody(Role.CODER), "discount", incident.claims) < 400
    assert decide(somebody(Role.REVIEWER), "sign_off", incident.claims) < 400
    assert how(team_ledger, incident) is Signature.SIGNED


HOSTILE = [
    "<script>window.broken=1</script>",
    '"><img src=x onerror=1>',
    "{{ 7 * 7 }}",
    "حسن",
    "a" * 60,
    "O'Neil; DROP TABLE users",
    "../../admin",
]
# The last but one begins with a Cyrillic letter.
REFUSED = [
    "",
    "  ",
    "a" * 61,
    "a\u202eb",
    "a\x00b",
    "\u200b",
    "admin\u200d",
    "ADMIN",
    "a\u0301dmin",
    "ａｄｍｉｎ",
    "\u0430dmin",
    "-",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_harmlessly(somebody: Somebody, team_ledger: Ledger, name: str) -> None:
    admin = somebody(Role.ADMIN)
    given = token(admin, "/account")
    answer = admin.post("/settings/users", data={"token": given, "name": name, "role": "coder"})
    assert answer.status_code == 200
    assert "<script>window" not in answer.text
    assert "<img src=x" not in answer.text
    assert name in [user.name for user in team_ledger.users()]
    for what in ("role", "lock", "unlock", "reset"):
        done = admin.post(f"/settings/users/{what}", data={"token": given, "name": name, "role": "reader"})
        assert done.status_code in (200, 303)
    page = admin.get("/settings/users")
    assert page.status_code == 200
    assert "<script>window" not in page.text
    assert admin.get("/log").status_code == 200


@pytest.mark.parametrize("name", REFUSED)
def test_names_that_cannot_be_told_apart_are_refused(somebody: Somebody, team_ledger: Ledger, name: str) -> None:
    admin, before = somebody(Role.ADMIN), team_ledger.users()
    answer = admin.post("/settings/users", data={"token": token(admin, "/account"), "name": name, "role": "coder"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert team_ledger.users() == before


def test_an_admin_makes_accounts_and_cannot_lock_out_the_last_admin(
    somebody: Somebody, anyone: Callable[[], TestClient], team_ledger: Ledger
) -> None:
    admin = somebody(Role.ADMIN)
    given = token(admin, "/account")
    page = admin.post("/settings/users", data={"token": given, "name": "Salma", "role": "reviewer"}).text
    link = page.split('class="once">')[1].split("<")[0]
    assert link.startswith("http://localhost/welcome/")
    new = anyone()
    data = {"token": token(new), "new": "Seven bridges at Galatz", "again": "Seven bridges at Galatz"}
    assert new.post(link, data=data).status_code == 303
    assert log_in(anyone(), "salma", "Seven bridges at Galatz").status_code == 303
    for what in ("lock", "role"):
        answer = admin.post(f"/settings/users/{what}", data={"token": given, "name": "ADMIN", "role": "reader"})
        assert answer.status_code == 422
        assert "only admin" in answer.text
    assert admin.post("/settings/users/reset", data={"token": given, "name": "admin"}).status_code == 422
    reset = admin.post("/settings/users/reset", data={"token": given, "name": "Salma"})
    assert reset.status_code == 200
    assert log_in(anyone(), "salma", "Seven bridges at Galatz").status_code == 401
    assert new.get("/help").status_code == 303
