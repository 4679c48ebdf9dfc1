"""What the coder decides: the queue by keyboard, a number corrected, two incidents merged and parted again."""

from __future__ import annotations

from playwright.sync_api import expect

from parallax.ledger.views import IncidentQuery
from parallax.model import Verb

from .people import Story, correct, correcting

ALEPPO = "حلب"


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
