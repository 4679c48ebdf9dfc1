"""What leaves to the public once a source is at risk."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from typer.testing import CliRunner

from parallax.accounts.signing import Signature
from parallax.cli.main import app
from parallax.ledger.ledger import Ledger

from .people import LABEL, Story


def a_source_at_risk_vanishes(story: Story, folder: Path) -> None:
    names = ("Gazette", "gazette.example")
    claims = folder / "public.jsonl"

    def told() -> str:
        done = CliRunner().invoke(
            app, ["export", story.served.ledger, "--public", "--format", "claims-jsonl", "--out", str(claims)]
        )
        assert done.exit_code == 0, done.output
        return claims.read_text("utf-8")

    before = told()
    assert all(name in before for name in names)
    story.open(story.reader)
    expect(story.reader.locator("main")).to_contain_text("Gazette")

    (report,) = (key for key in story.incident.reports if _outlet(story.ledger, key) == "Gazette")
    page = story.coder
    page.goto(f"{story.served.address}/reports/{report}")
    page.get_by_role("link", name="its outlet").click()
    page.get_by_label("Why it is at risk").fill("its editor was threatened")
    page.get_by_role("button", name="Mark it at risk").click()
    expect(page.locator("#risks ~ .scroll")).to_contain_text("Gazette")
    (mark,) = story.ledger.risks()
    assert (mark.kind, mark.key, mark.who) == ("outlet", "Gazette", "Salma")

    for path in (f"/incidents/{story.incident.id}", "/reports", "/voices", f"/incidents/{story.incident.id}/dossier"):
        story.reader.goto(story.served.address + path)
        expect(story.reader.locator("main")).to_be_visible()
        assert not any(name.casefold() in story.reader.content().casefold() for name in names), path
    story.reader.goto(f"{story.served.address}/reports/{report}")
    expect(story.reader.locator("main")).to_contain_text("source at risk")
    story.open(page)
    expect(page.locator("main")).to_contain_text("Gazette")

    # What was signed still is, and leaves without the source.
    assert story.signature() is Signature.SIGNED
    after = told()
    assert after
    assert not any(name.casefold() in after.casefold() for name in names)
    (feature,), text, _ = story.public(folder)
    assert not any(name.casefold() in text.casefold() for name in names)
    assert feature["properties"]["precision"] in ("district", "governorate", "country")
    exports = [entry.details for entry in story.ledger.log(limit=20) if entry.action == "export"]
    assert exports[0] == {"rows": 1, "policy": LABEL, "internal": False}


def _outlet(ledger: Ledger, key: str) -> str | None:
    found = ledger.report(key)
    return found.outlet if found else None
