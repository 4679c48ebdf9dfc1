"""Who acts at a machine of one's own, and the token that every form carries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import HTTPException, Request
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from parallax.config import Settings
from parallax.ledger.ledger import Ledger
from parallax.workbench.acting import TOKEN_HEADER, Person, Role, acting
from parallax.workbench.app import create

from .conftest import BASE, token_of

ROLES = list(Role)


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[TestClient]:
    """Asks a workbench that has one more page, which changes nothing but needs a token."""
    with Ledger.open(tmp_path / "empty.ledger", create=True) as ledger:
        app = create(ledger, Settings(who="Amal"))

        @app.post("/change")
        def change(request: Request) -> dict[str, str]:
            person = acting(request, Role.CODER)
            return {"who": person.name, "role": person.role}

        yield TestClient(app, base_url=BASE)


def test_one_person_at_a_machine_may_do_all(asking: TestClient) -> None:
    answer = asking.post("/change", data={"token": token_of(asking)})
    assert answer.json() == {"who": "Amal", "role": "admin"}


def test_the_header_serves_as_well_as_the_field(asking: TestClient) -> None:
    assert asking.post("/change", headers={TOKEN_HEADER: token_of(asking)}).status_code == 200
    assert asking.post("/change", headers={TOKEN_HEADER: "no token"}).status_code == 403


def test_every_page_gives_htmx_the_header(asking: TestClient) -> None:
    found = re.search(r"<body hx-headers:inherited='([^']+)'", asking.get("/help").text)
    assert found is not None
    assert json.loads(found[1]) == {TOKEN_HEADER: token_of(asking)}


@pytest.mark.parametrize("fields", [{}, {"token": ""}, {"token": "0" * 64}, {"token": "é\ud83d"}])
def test_without_its_token_no_form_changes_anything(asking: TestClient, fields: dict[str, str]) -> None:
    answer = asking.post("/change", data={name: value.encode("utf-8", "replace") for name, value in fields.items()})
    assert answer.status_code == 403
    assert "nothing was changed" in answer.text


def test_a_token_of_another_server_is_worth_nothing(asking: TestClient, client: TestClient) -> None:
    assert asking.post("/change", data={"token": token_of(client)}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_a_page_of_another_site_is_refused_even_with_the_token(asking: TestClient, headers: dict[str, str]) -> None:
    assert asking.post("/change", data={"token": token_of(asking)}, headers=headers).status_code == 403


def test_a_page_of_ours_says_where_it_is(asking: TestClient) -> None:
    headers = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
    assert asking.post("/change", data={"token": token_of(asking)}, headers=headers).status_code == 200


@given(st.sampled_from(ROLES), st.sampled_from(ROLES))
def test_a_role_covers_all_before_it(has: Role, needed: Role) -> None:
    request = Request({"type": "http", "state": {"person": Person("someone", has)}})
    if ROLES.index(has) >= ROLES.index(needed):
        assert acting(request, needed).role is has
    else:
        with pytest.raises(HTTPException) as refused:
            acting(request, needed)
        assert refused.value.status_code == 403
        assert needed in refused.value.detail
        assert has in refused.value.detail


def test_nobody_may_do_nothing() -> None:
    with pytest.raises(HTTPException):
        acting(Request({"type": "http", "state": {}}), Role.READER)
