"""The people of the story at their browsers, the ledger that they share, and what they read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect
from typer.testing import CliRunner

from parallax import signing
from parallax.accounts.signing import Signature
from parallax.cli.main import app
from parallax.ledger.ledger import Ledger
from parallax.model import Incident, Judgement, Kind
from parallax.pipeline import policy
from tests.workbench.team.walking import Served

PASSWORD = "Seven bridges at Galatz"
LABEL = policy("airwars").label
REPORTS = (
    (
        "Gazette",
        "2017-04-04",
        "Shelling killed 12 civilians in Aleppo on Monday, the governor said. Five were injured.",
    ),
    ("Evening Post", "2017-04-05", "Fourteen civilians were killed in shelling of Aleppo on Monday, the mayor said."),
    (
        "Gazette",
        "2017-04-06",
        "An air strike killed 9 people in Raqqa on Wednesday, Dr Nasser Idlibi, a surgeon, said.",
    ),
    ("Courier", "2017-04-07", "At least 7 people were killed in an air strike on Raqqa on Wednesday, residents said."),
    ("Courier", "2017-04-10", "A car bomb killed 6 soldiers in Homs on Sunday, the army said."),
    ("Evening Post", "2017-04-12", "A bombing killed 8 soldiers in Homs on Tuesday, an officer said."),
    ("Herald", "2017-04-14", "Rebels fired rockets at Hama on Thursday and killed 3 women, the governor of Hama said."),
    ("Herald", "2017-04-15", "Gunmen killed 20 soldiers in an ambush near Palmyra on Friday, the army said."),
    (
        "Herald",
        "2017-04-16",
        "Shelling killed 4 farmers in Idlib on Saturday, the mayor said. Two children were injured.",
    ),
    ("Courier", "2017-04-18", "An air strike killed 15 people in Deir ez-Zor on Monday, residents said."),
)


def lines() -> str:
    return "".join(
        json.dumps(
            {
                "id": f"r{number}",
                "title": text[:40],
                "source": source,
                "date": day,
                "lang": "en",
                "url": f"https://{source.split()[0].lower()}.example/{number}",
                "text": text,
            }
        )
        + "\n"
        for number, (source, day, text) in enumerate(REPORTS, 1)
    )


class Story:
    """The people at their browsers, and the ledger that they share."""

    def __init__(self, served: Served, admin: Page, coder: Page, reviewer: Page, reader: Page, ledger: Ledger) -> None:
        self.served, self.ledger = served, ledger
        self.admin, self.coder, self.reviewer, self.reader = admin, coder, reviewer, reader
        # The incident that the story is about, by any claim of it.
        self.claim = ""

    @property
    def incident(self) -> Incident:
        """The incident as it stands now."""
        (now,) = self.ledger.successors([self.claim])[self.claim]
        (id,) = self.ledger.incidents_of(claim=now)
        found = self.ledger.incident(id)
        assert found is not None
        return found

    @property
    def killed(self) -> tuple[int | None, int | None]:
        """How many were killed in it, from and to."""
        tally = self.ledger.tally(self.incident.id, LABEL)
        assert tally is not None
        (spread,) = (one for one in tally.ranges if (one.kind, one.whom) == (Kind.KILLED, "all"))
        return spread.low.value, spread.high.value

    def signature(self) -> Signature:
        """How it stands to its signatures now."""
        return signing.how_signed(self.ledger, self.incident).signature

    def made(self, who: str) -> list[Judgement]:
        return [one for one in self.ledger.judgements() if one.who == who]

    def open(self, page: Page) -> None:
        page.goto(f"{self.served.address}/incidents/{self.incident.id}")
        expect(page.locator("h1")).to_contain_text("Aleppo")

    def public(self, folder: Path) -> tuple[list[dict[str, Any]], str, str]:
        """The features of a public export, all that its file says, and what is said of it."""
        out = folder / "public.geojson"
        done = CliRunner().invoke(
            app, ["export", self.served.ledger, "--public", "--format", "geojson", "--out", str(out)]
        )
        assert done.exit_code == 0, done.output
        text = out.read_text("utf-8")
        return json.loads(text)["features"], text, done.output


def correcting(page: Page, value: str, why: str) -> Locator:
    """Fill in the correction of how many the governor says were killed, as far as the last press; its form."""
    page.locator(".matrix tr", has_text="governor").get_by_role("link", name="Decide").first.click()
    claim = page.locator(".one-claim:has(.kind-killed)")
    claim.locator("summary", has_text="Correct").click()
    form = claim.locator("form.slot").first
    form.locator("input[name=value]").fill(value)
    form.locator("input[name=why]").fill(why)
    return form


def correct(form: Locator) -> None:
    form.get_by_role("button", name="Correct", exact=True).click()
