"""One story of a team, from empty tables to a public export: what people see, and what the ledger then says.

Salma codes, Rima reviews, Yusuf reads, an admin lets them in. The real program serves them over a
real PostgreSQL; each step goes on from the one before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from typer.testing import CliRunner

from parallax import signing
from parallax.accounts.signing import Signature
from parallax.cli.main import app
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.ledger.views import IncidentQuery
from parallax.model import Incident, Judgement, Kind, Verb
from parallax.pipeline import policy
from tests.ledger.conftest import fresh_database, server

from .walking import Served, add_someone, browsing, log_in, settle_in, team

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
__all__ = ["fresh_database", "server"]

PASSWORD = "Seven bridges at Galatz"
LABEL = policy("airwars").label
ALEPPO = "حلب"
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


@pytest.fixture(scope="module")
def story(browser: Browser, program: str, fresh_database: Callable[[], str]) -> Iterator[Story]:
    address = fresh_database()
    with ExitStack() as stack:
        ledger = stack.enter_context(Ledger.open(address, create=True))
        served = stack.enter_context(team(program, address))
        admin, coder, reviewer, reader = (stack.enter_context(browsing(browser)) for _ in range(4))
        yield Story(served, admin, coder, reviewer, reader, ledger)


def test_the_story_of_a_team(story: Story, tmp_path: Path) -> None:
    an_admin_lets_the_others_in(story)
    the_coder_drops_files_and_sees_them_read(story)
    ten_items_are_worked_by_keyboard(story)
    an_incident_is_found_by_the_arabic_name_of_its_place(story)
    a_number_is_corrected_and_the_range_changes(story)
    two_incidents_are_merged_and_it_is_undone(story)
    nobody_signs_off_their_own_work(story)
    the_reviewer_signs_off(story, tmp_path)
    a_later_edit_takes_the_signature_away(story, tmp_path)
    two_people_edit_one_incident(story)
    a_source_at_risk_vanishes(story, tmp_path)
    a_locked_account_is_out_with_the_next_click(story)
    assert list(verify(story.ledger)) == []


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


def ten_items_are_worked_by_keyboard(story: Story) -> None:
    page, ledger = story.coder, story.ledger
    page.goto(f"{story.served.address}/queue")
    queue, worked = page.locator("#queue"), []
    for number in range(1, 11):
        at = queue.get_attribute("data-at") or ""
        here = ledger.queue_item(at)
        assert here is not None
        worked.append(here.item.claims)
        # Every other is looked at again before the next is decided: forth, back, then accepted.
        if number == 2:
            page.keyboard.press("n")
            expect(queue).not_to_have_attribute("data-at", at)
            page.keyboard.press("k")
            expect(queue).to_have_attribute("data-at", at)
        page.keyboard.press("a")
        expect(page.locator(".progress-line b")).to_have_text(str(number))
        expect(page.locator(".last")).to_contain_text("Salma accepted")
        # The focus stays with what is shown, so that the keys go on working.
        expect(page.locator("#item")).to_be_focused()
    assert [(one.verb, one.claims) for one in story.made("Salma")] == [(Verb.ACCEPT, claims) for claims in worked]
    assert len(set(worked)) == 10


def an_incident_is_found_by_the_arabic_name_of_its_place(story: Story) -> None:
    page = story.coder
    page.goto(story.served.address)
    rows = page.locator("table.list tbody tr")
    every = rows.count()
    page.locator("input[name=q]").press_sequentially(ALEPPO)
    expect(rows.locator("td.where").first).to_contain_text("Aleppo")
    expect(rows).not_to_have_count(every)
    assert {words.split()[0] for words in rows.locator("td.where").all_inner_texts()} == {"Aleppo"}
    found = story.ledger.incidents(IncidentQuery(place="Aleppo")).items
    expect(rows).to_have_count(len(found))
    # The Gazette tells of this one, which is what the story goes on with.
    for at in range(len(found)):
        page.goto(f"{story.served.address}/?q={ALEPPO}")
        rows.nth(at).get_by_role("link").first.click()
        expect(page.locator("h1")).to_contain_text("Aleppo")
        if page.locator(".matrix", has_text="governor").count():
            break
    id = page.url.rsplit("/", 1)[1]
    incident = story.ledger.incident(id)
    assert incident is not None
    said = story.ledger.statements(claims=incident.claims)
    story.claim = next(s.claim.key for s in said if s.claim.count and s.claim.count.low == 12)


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


def a_number_is_corrected_and_the_range_changes(story: Story) -> None:
    page, before = story.coder, story.killed
    assert before[1] != 33
    seen = page.locator("#range-killed-all").inner_text()
    assert str(before[1]) in seen
    form = correcting(page, "33", "the sheet of the hospital says so")
    form.get_by_role("button", name="Preview").click()
    changes = page.locator(".deciding .decided .changes tbody tr", has_text="killed, all")
    expect(changes.locator("td.num").nth(0)).to_contain_text(str(before[1]))
    expect(changes.locator("td.num").nth(1)).to_contain_text("33")
    assert story.killed == before
    correct(form)
    expect(page.locator(".deciding .done")).to_contain_text("Salma corrected how many: 33")
    expect(page.locator(".deciding .done .changes tbody tr").first).to_contain_text("33")
    assert story.killed[1] == 33
    made = story.made("Salma")[-1]
    assert (made.verb, made.slot, made.value) == (Verb.CORRECT, "count", "33")
    story.open(page)
    expect(page.locator("#range-killed-all")).to_contain_text("33")


def two_incidents_are_merged_and_it_is_undone(story: Story) -> None:
    page, ledger = story.coder, story.ledger
    before = {incident.id: incident.claims for incident, _, _ in ledger.walk()}
    homs = [row.id for row in ledger.incidents(IncidentQuery(place="Homs")).items]
    assert len(homs) == 2
    page.goto(f"{story.served.address}/incidents/{homs[0]}")
    page.get_by_role("link", name="Merge with …").click()
    page.locator("input[name=q]").first.fill("Homs")
    page.get_by_role("button", name="Search").first.click()
    candidate = page.locator("li", has=page.locator(f"a[href='/incidents/{homs[1]}']"))
    candidate.locator("input[name=why]").fill("one bombing, told on two days")
    candidate.get_by_role("button", name="Merge", exact=True).click()
    expect(candidate.locator(".done")).to_contain_text("2 incidents before, 1 after")
    assert len(ledger.incidents(IncidentQuery(place="Homs")).items) == 1
    assert (story.made("Salma")[-1].verb, story.made("Salma")[-1].why) == (Verb.MERGE, "one bombing, told on two days")
    candidate.locator(".done").get_by_role("button", name="Undo").click()
    expect(page.locator("h1")).to_have_text("A decision")
    expect(page.locator("main")).to_contain_text("Salma withdrew")
    assert {incident.id: incident.claims for incident, _, _ in ledger.walk()} == before


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


def a_locked_account_is_out_with_the_next_click(story: Story) -> None:
    story.admin.goto(f"{story.served.address}/settings/users")
    story.admin.get_by_role("button", name="Lock Salma").click()
    expect(story.admin.locator("tr", has_text="Salma")).to_contain_text("locked")
    story.coder.goto(f"{story.served.address}/reports")
    expect(story.coder.get_by_role("heading", name="Log in")).to_be_visible()
    log_in(story.coder, story.served, "Salma", PASSWORD)
    expect(story.coder.get_by_role("alert")).to_contain_text("not right, or the account is locked")
    assert [user.name for user in story.ledger.users() if not user.active] == ["Salma"]


def _outlet(ledger: Ledger, key: str) -> str | None:
    found = ledger.report(key)
    return found.outlet if found else None
