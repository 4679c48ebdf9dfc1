"""A report's page: claims beside their words, zones, versions, adding a claim by its words, citations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from parallax import pipeline
from parallax.engine.local import Local
from parallax.errors import JudgementError
from parallax.exports import citation
from parallax.ledger.ledger import Ledger
from parallax.model import Claim, Kind, Report, Statement, Voice, VoiceType
from parallax.workbench.deciding.adding import place
from tests.workbench.conftest import HOSTILE_PAGE, client_of, serving
from tests.workbench.markup import elements, parsed, values, words

PAGE = "https://example.org/market"
VERSIONS = [
    {
        "id": PAGE,
        "url": PAGE,
        "title": "Shelling of a market",
        "source": "Northern Gazette",
        "date": f"2017-04-0{day}",
        "lang": "en",
        "text": text,
    }
    for day, text in (
        (3, "Shelling killed ten civilians in Aleppo on Monday, the mayor said.\n\nThree schools were damaged."),
        (
            4,
            "Shelling killed fourteen civilians in Aleppo on Monday, the mayor said.\n\nRebels seized Hama on Tuesday.",
        ),
    )
]
BOTH = {
    "id": "both",
    "lang": "en",
    "text": "قال المرصد: Shelling killed 9 soldiers in Homs on Monday, the mayor said.",
    "date": "2017-04-05",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of a page in two versions, a text in two scripts, and a page with every zone."""
    folder = tmp_path_factory.mktemp("reports")
    for at, line in enumerate([*VERSIONS, BOTH]):
        (folder / f"{at}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (folder / "page.html").write_text(HOSTILE_PAGE, "utf-8")
    with Ledger.open(folder / "reports.ledger", create=True) as ledger:
        for name in ("0.jsonl", "1.jsonl", "2.jsonl", "page.html"):
            list(pipeline.read([str(folder / name)], ledger, Local(1)))
    return folder / "reports.ledger"


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with client_of(path) as client:
        yield client


@pytest.fixture(scope="module")
def keys(path: Path) -> dict[str, str]:
    """The keys of the two versions, of the text in two scripts and of the page."""
    with Ledger.open(path) as ledger:
        first, second = ledger.versions(PAGE)
        found = {row.report.id: row.report for row in ledger.reports().items}
        page = next(report.key for report in found.values() if report.title == "Shelling of Homs")
        return {"first": first.key, "second": second.key, "both": found["both"].key, "page": page}


def test_every_claim_has_its_number_and_its_note_in_the_order_of_the_text(
    client: TestClient, keys: dict[str, str]
) -> None:
    page = parsed(client.get(f"/reports/{keys['second']}"))
    numbers = values(page, "//article//a[contains(@class, 'no ')]/@data-n")
    assert len(numbers) >= 2
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert values(page, "//li[contains(@class, 'note-of')]/@data-n") == numbers
    for number in numbers:
        covered = elements(page, f"//article//span[contains(concat(' ', @data-c, ' '), ' {number} ')]")
        assert covered, number


def test_offsets_of_the_pieces_are_those_of_the_text(client: TestClient, keys: dict[str, str], path: Path) -> None:
    with Ledger.open(path) as ledger:
        for key in keys.values():
            report = ledger.report(key)
            assert report is not None
            pieces = elements(parsed(client.get(f"/reports/{key}")), "//article//span[contains(@class, 'p ')]")
            for piece in pieces:
                said = "".join(str(part) for part in piece.itertext())
                assert report.text[int(piece.get("data-at", "-1")) :].startswith(said)


def test_zones_are_named(client: TestClient, keys: dict[str, str]) -> None:
    page = parsed(client.get(f"/reports/{keys['page']}"))
    zones = values(page, "//article/div/@class")
    assert "row zone-headline" in zones
    assert "row zone-caption" in zones
    assert "a caption" in words(page, "//p[@class='legend']")


def test_versions_are_listed_and_what_changed_is_told(client: TestClient, keys: dict[str, str]) -> None:
    page = parsed(client.get(f"/reports/{keys['second']}"))
    assert "2 versions of this page are kept; this is version 2" in words(page, "//main")
    changed = parsed(client.get(f"/reports/{keys['second']}/changes"))
    table = words(changed, "//table[contains(@class, 'changes')]")
    assert re.search(r"killed\s*how many.*10\s*14", table, re.S)
    told = [words(changed, f"(//table[contains(@class, 'changes')])[{at}]") for at in (1, 2)]
    assert "damage" in told[1]
    assert "gone" in told[1]
    assert "added" in told[1]
    article = "//article[@class='diff']"
    assert next(text.strip() for text in values(changed, f"{article}/del/text()")) == "ten"
    assert next(text.strip() for text in values(changed, f"{article}/ins/text()")) == "fourteen"
    back = parsed(client.get(f"/reports/{keys['first']}/changes?since={keys['second']}"))
    before = words(back, "//table[contains(@class, 'changes')]")
    assert re.search(r"killed\s*how many of\s+civilians at Aleppo says the mayor14\s*10", before, re.S)


@pytest.mark.parametrize("since", ["", "none", "<script>"])
def test_a_page_of_one_version_says_how_another_is_kept(client: TestClient, keys: dict[str, str], since: str) -> None:
    page = client.get(f"/reports/{keys['both']}/changes?since={quote(since)}")
    assert page.status_code == 200
    assert "holds one version of this page" in page.text


def test_citations_name_the_words_the_source_the_day_the_hash_and_the_claim(
    client: TestClient, keys: dict[str, str], path: Path
) -> None:
    with Ledger.open(path) as ledger:
        report = ledger.report(keys["second"])
        assert report is not None
        claim = next(s.claim for s in ledger.statements(reports=[report.key]) if s.claim.kind is Kind.KILLED)
    address = f"/reports/{report.key}/claims/{claim.key}/citation"
    said = "Shelling killed fourteen civilians in Aleppo on Monday, the mayor said."
    for format, start in (("txt", "“"), ("ris", "TY  - NEWS\r\n"), ("bib", "@misc{")):
        answer = client.get(f"{address}.{format}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.text.startswith(start)
        for part in (said, "Northern Gazette", PAGE, report.capture or "none", f"/reports/{report.key}#c-{claim.key}"):
            assert part in answer.text.replace("\\#", "#"), (format, part)
        assert "2017" in answer.text
    shown = words(parsed(client.get(f"/reports/{report.key}")), f"//pre[@id='cite-{claim.key}']")
    assert shown == client.get(f"{address}.txt").text
    assert client.get(f"{address}.doc").status_code == 404
    assert client.get(f"/reports/{keys['first']}/claims/{claim.key}/citation.txt").status_code == 404


@given(st.text(max_size=200), st.text(max_size=80), st.text(max_size=80))
def test_no_words_begin_a_field_of_their_own(text: str, outlet: str, title: str) -> None:
    report = Report.of(f"{text}\nTY  - BOOK\r\nER  - ", id="a", title=title, outlet=outlet, url=f"http://a/{outlet}")
    statement = Statement(Claim.of(report.key, 0, len(report.text), Kind.KILLED), Voice("x", "x", VoiceType.OUTLET))
    record = citation.ris(report, statement, "http://b")
    tags = [line[:6] for line in record.split("\r\n")[:-1]]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - ", tag) for tag in tags)
    assert tags.count("TY  - ") == tags.count("ER  - ") == 1
    assert len(citation.plain(report, statement, "http://b").split("\n")) <= 5
    entry = citation.bibtex(report, statement, "http://b")
    depth = 0
    for at, mark in enumerate(entry):
        if mark in "{}" and entry[at - 1] != "\\":
            depth += 1 if mark == "{" else -1
            assert depth >= 1 or at == len(entry) - 2
    assert depth == 0


@pytest.mark.parametrize(
    ("words_", "which", "near", "found"),
    [
        ("two died", 1, None, (4, 12)),
        ("two\n  died", 2, None, (20, 28)),
        ("two died", 1, 19, (20, 28)),
        ("ten", 1, None, (0, 3)),
    ],
)
def test_words_are_placed(words_: str, which: int, near: int | None, found: tuple[int, int]) -> None:
    assert place("ten two died. Then\n two died again (.*)", words_, which, near) == found


@pytest.mark.parametrize(("words_", "which"), [("", 1), ("nowhere", 1), ("two", 3), ("two", 0), (".*died", 1)])
def test_words_that_do_not_stand_there_are_refused(words_: str, which: int) -> None:
    with pytest.raises(JudgementError):
        place("ten two died. Then two died again", words_, which)


@given(st.text(min_size=1, max_size=80), st.data())
def test_words_selected_are_found_where_they_were_selected(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    chosen = text[start:end]
    if not chosen.split():
        return
    first, last = place(text, chosen, near=start + len(chosen) - len(chosen.lstrip()))
    assert text[first:last].split() == chosen.split()
    assert first == start + len(chosen) - len(chosen.lstrip())


def test_a_claim_is_added_by_its_words_and_stands_in_the_text(path: Path, tmp_path: Path, keys: dict[str, str]) -> None:
    copy = tmp_path / "copy.ledger"
    copy.write_bytes(path.read_bytes())
    with client_of(copy) as client:
        address = f"/reports/{keys['page']}"
        form = parsed(client.get(f"{address}?add=1"))
        token = values(form, "//section[@id='add']//input[@name='token']/@value")[0]
        given = {"token": token, "words": "Rubble in Homs", "kind": "damage", "count": "at least 2", "why": "not read"}
        answer = client.post(f"{address}/claims", data=given | {"back": f"{address}#claims"}, follow_redirects=False)
        assert answer.status_code == 303
        page = parsed(client.get(address))
        note = words(page, "//li[contains(@class, 'kind-damage')]")
        assert "2 or more" in note
        assert "added" in note or "add" in note
        marked = elements(page, "//article//span[contains(@class, 'in kind-damage')]")
        assert "".join("".join(str(part) for part in each.itertext()) for each in marked) == "Rubble in Homs"
        refused = client.post(f"{address}/claims", data=given | {"words": "no such words"}, follow_redirects=False)
        assert refused.status_code == 422
        assert "does not stand in this text" in refused.text
        assert client.post("/reports/none/claims", data=given).status_code == 404
        without = client.post(f"{address}/claims", data=given | {"token": "x"}, follow_redirects=False)
        assert without.status_code == 403


@pytest.mark.browser
def test_words_selected_become_a_claim_and_a_correction(
    page: Page, program: str, path: Path, tmp_path: Path, keys: dict[str, str]
) -> None:
    copy = tmp_path / "copy.ledger"
    copy.write_bytes(path.read_bytes())
    with serving(program, copy) as workbench:
        page.set_default_timeout(60_000)
        page.goto(f"{workbench}/reports/{keys['both']}")
        select(page, "9 soldiers")
        page.locator(".pick").get_by_role("button", name="by whom").first.click()
        field = page.locator("form.slot:has(input[name=slot][value=who]) [name=value]")
        expect(field).to_have_value("9 soldiers")
        select(page, "soldiers in Homs")
        page.get_by_role("button", name="Add a claim here").click()
        expect(page.locator("#add [name=words]")).to_have_value("soldiers in Homs")
        start = str(json.loads(json.dumps(BOTH))["text"].index("soldiers"))
        expect(page.locator("#add [name=start]")).to_have_value(start)
        page.locator("#add [name=kind]").select_option("strength")
        page.locator("#add [name=why]").fill("the text counts them")
        page.get_by_role("button", name="Add the claim").click()
        page.wait_for_url("**/judgements/**")
        page.goto(f"{workbench}/reports/{keys['both']}")
        expect(page.locator(".note-of.kind-strength")).to_have_count(1)


def select(page: Page, chosen: str) -> None:
    """Select words of the text as a mouse would."""
    page.evaluate(
        """words => { const spots = [];
          for (const piece of document.querySelectorAll("article .p"))
            for (let at = 0; at < piece.firstChild.data.length; at += 1) spots.push([piece.firstChild, at]);
          const start = spots.map(([node, at]) => node.data[at]).join("").indexOf(words);
          const [first, last] = [spots[start], spots[start + words.length - 1]];
          const range = document.createRange();
          range.setStart(...first); range.setEnd(last[0], last[1] + 1);
          getSelection().removeAllRanges(); getSelection().addRange(range);
          first[0].parentElement.dispatchEvent(new MouseEvent("mouseup", { bubbles: true })); }""",
        chosen,
    )


@pytest.mark.browser
def test_the_walk_by_keys_and_the_copy(page: Page, program: str, path: Path, keys: dict[str, str]) -> None:
    with serving(program, path) as workbench:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{workbench}/reports/{keys['second']}")
        every = page.locator(".no").count()
        page.keyboard.press("j")
        expect(page.locator(".no.on")).to_have_attribute("data-n", "1")
        page.keyboard.press("k")
        expect(page.locator(".no.on")).to_have_attribute("data-n", str(every))
        page.keyboard.press("e")
        details = page.locator(f".note-of[data-n='{every}'] > details")
        expect(details).to_have_attribute("open", "")
        page.keyboard.press("c")
        expect(page.locator(".said")).to_contain_text("copied")
        copied = str(page.evaluate("navigator.clipboard.readText()"))
        assert copied == details.locator("pre").text_content()
        page.locator("#add-claim").focus()
        page.keyboard.press("a")
        page.wait_for_url("**add=1#add")
        page.locator("#add [name=words]").press_sequentially("jjkk")
        expect(page.locator("#add [name=words]")).to_have_value("jjkk")


@pytest.mark.browser
def test_copying_over_paragraphs_takes_the_reports_own_words(
    page: Page, program: str, path: Path, keys: dict[str, str]
) -> None:
    with serving(program, path) as workbench:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{workbench}/reports/{keys['second']}")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('article.text'))")
        page.keyboard.press("Control+c")
        assert page.evaluate("navigator.clipboard.readText()") == VERSIONS[1]["text"]
