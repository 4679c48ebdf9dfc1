"""Who and what comes in: accounts by their links, reports by dropping, and a locked account no more."""

from __future__ import annotations

from playwright.sync_api import expect

from parallax import signing
from tests.workbench.team.walking import add_someone, log_in, settle_in

from .people import PASSWORD, Story, lines


def an_admin_lets_the_others_in(story: Story) -> None:
    served, admin = story.served, story.admin
    settle_in(admin, served.welcome, "Nine umbrellas near Varna")
    for page, name, role in (
        (story.coder, "Salma", "coder"),
        (story.reviewer, "Rima", "reviewer"),
        (story.reader, "Yusuf", "reader"),
    ):
        settle_in(page, add_someone(admin, served, name, role), PASSWORD)
        expect(page.locator("a.who")).to_have_text(name)
    roles = {user.name: user.role for user in story.ledger.users()}
    assert roles == {"admin": "admin", "Salma": "coder", "Rima": "reviewer", "Yusuf": "reader"}

    # The coder comes back another day, and logs in by the form.
    story.coder.get_by_role("link", name="Salma").click()
    story.coder.get_by_role("button", name="Log out here").click()
    log_in(story.coder, served, "salma", "Seven bridges at Galata")
    expect(story.coder.get_by_role("alert")).to_contain_text("not right")
    log_in(story.coder, served, "salma", PASSWORD)
    expect(story.coder.locator("a.who")).to_have_text("Salma")
    assert ("login", "Salma") in [(entry.action, entry.who) for entry in story.ledger.log()]

    admin.goto(f"{served.address}/settings")
    admin.get_by_role("button", name="Ask for four eyes", exact=True).click()
    expect(admin.locator("main")).to_contain_text("Four eyes: asked for.")
    assert signing.four_eyes(story.ledger)


def the_coder_drops_files_and_sees_them_read(story: Story) -> None:
    page, ledger = story.coder, story.ledger
    page.goto(f"{story.served.address}/reports")
    given = page.evaluate_handle(
        """text => { const held = new DataTransfer();
          held.items.add(new File([text], "week.jsonl"));
          held.items.add(new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])], "photo.png"));
          return held; }""",
        lines(),
    )
    page.dispatch_event("body", "drop", {"dataTransfer": given})
    page.wait_for_url("**/import")
    now = page.locator("#import-now")
    expect(now.locator("progress")).to_be_visible()
    expect(now).to_contain_text("Reading now by Salma")
    # Somebody else sees it go on too, and cannot begin another.
    story.admin.goto(f"{story.served.address}/reports")
    expect(story.admin.locator("main")).to_contain_text("An import goes on")
    expect(now).to_contain_text("Read, but for 1 thing named below.", timeout=120_000)
    expect(now).to_contain_text("New: 10 reports")
    expect(now).to_contain_text("photo.png")
    (kept,) = ledger.imports()
    assert (kept.who, kept.state, kept.files) == ("Salma", "done", ("week.jsonl", "photo.png"))
    assert (kept.gained.new, kept.gained.faults) == (10, 1)
    brought = [entry for entry in ledger.log(limit=1000) if entry.action == "report"]
    assert {entry.who for entry in brought} == {"Salma"}
    assert len(brought) == ledger.counts().reports == 10


def a_locked_account_is_out_with_the_next_click(story: Story) -> None:
    story.admin.goto(f"{story.served.address}/settings/users")
    story.admin.get_by_role("button", name="Lock Salma").click()
    expect(story.admin.locator("tr", has_text="Salma")).to_contain_text("locked")
    story.coder.goto(f"{story.served.address}/reports")
    expect(story.coder.get_by_role("heading", name="Log in")).to_be_visible()
    log_in(story.coder, story.served, "Salma", PASSWORD)
    expect(story.coder.get_by_role("alert")).to_contain_text("not right, or the account is locked")
    assert [user.name for user in story.ledger.users() if not user.active] == ["Salma"]
