"""Who may sign off, what takes a signature away, and two who decide at once."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from parallax.accounts.signing import Signature
from parallax.model import Verb

from .people import Story, correct, correcting


def nobody_signs_off_their_own_work(story: Story) -> None:
    # A coder is offered no signature; a reviewer who decided about the incident is refused theirs.
    page = story.coder
    story.open(page)
    expect(page.get_by_role("button", name="Sign off")).to_have_count(0)
    story.admin.goto(f"{story.served.address}/settings/users")
    row = story.admin.locator("tr", has_text="Salma")
    for role in ("reviewer", "coder"):
        row.locator("select[name=role]").select_option(role)
        row.get_by_role("button", name="Set the role of Salma").click()
        expect(row.locator("select[name=role]")).to_have_value(role)
        if role == "reviewer":
            story.open(page)
            page.get_by_role("button", name="Sign off").click()
            expect(page.get_by_role("alert")).to_contain_text("Salma decided about this incident")
    assert story.signature() is Signature.NONE
    assert not any(one.verb is Verb.SIGN_OFF for one in story.ledger.judgements())


def the_reviewer_signs_off(story: Story, folder: Path) -> None:
    features, _, words = story.public(folder)
    assert features == []
    assert "0 of" in words
    page = story.reviewer
    story.open(page)
    expect(page.locator(".facts")).to_contain_text("not signed off: not public")
    page.get_by_role("button", name="Sign off").click()
    expect(page.locator(".done")).to_contain_text("Rima signed off")
    story.open(story.reader)
    expect(story.reader.locator(".facts")).to_contain_text("signed off by Rima")
    assert story.signature() is Signature.SIGNED
    (feature,), text, _ = story.public(folder)
    assert feature["id"] == story.incident.id
    assert feature["properties"]["sign_off"].startswith("signed off")
    assert "internal" not in text


def a_later_edit_takes_the_signature_away(story: Story, folder: Path) -> None:
    page = story.coder
    story.open(page)
    correct(correcting(page, "35", "two died of their wounds"))
    expect(page.locator(".deciding .done")).to_contain_text("Salma corrected how many: 35")
    for each in (page, story.reviewer, story.reader):
        story.open(each)
        expect(each.locator(".facts")).to_contain_text("changed since it was signed off")
    assert story.signature() is Signature.CHANGED
    features, _, words = story.public(folder)
    assert features == []
    assert "need another" in words


def two_people_edit_one_incident(story: Story) -> None:
    coder, reviewer = story.coder, story.reviewer
    for page in (coder, reviewer, story.admin):
        story.open(page)
    late = correcting(reviewer, "34", "the ministry lists 34")
    correct(correcting(coder, "36", "a third one died"))
    expect(coder.locator(".deciding .done")).to_contain_text("36")
    correct(late)
    alert = reviewer.get_by_role("alert")
    expect(alert).to_contain_text("Somebody else decided about this incident since you looked")
    expect(alert).to_contain_text("Salma corrected how many: 36")
    expect(alert).to_contain_text("Rima corrected how many: 34")
    assert story.made("Rima")[-1].verb is Verb.SIGN_OFF
    assert story.killed[1] == 36
    with reviewer.expect_navigation():
        alert.get_by_role("button", name="Decide it all the same").click()
    assert (story.made("Rima")[-1].value, story.killed[1]) == ("34", 34)
    # Both stand in the log and on the page, and the later counts.
    story.open(coder)
    expect(coder.locator("section[aria-labelledby=judgements]")).to_contain_text("36")
    expect(coder.locator("#range-killed-all")).to_contain_text("34")

    # Rima has decided now too, so the admin signs; who is shown what came in between first.
    story.admin.get_by_role("button", name="Sign off").click()
    alert = story.admin.get_by_role("alert")
    expect(alert).to_contain_text("Somebody else decided about this incident since you looked")
    expect(alert).to_contain_text("Rima corrected how many: 34")
    assert story.signature() is Signature.CHANGED
    with story.admin.expect_navigation():
        alert.get_by_role("button", name="Decide it all the same").click()
    story.open(story.admin)
    expect(story.admin.locator(".facts")).to_contain_text("signed off by admin")
    assert story.signature() is Signature.SIGNED
