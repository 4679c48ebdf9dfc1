"""Files dropped on the page: read in the background, told of, stopped, refused where they should be."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from parallax import pipeline
from parallax.config import Settings
from parallax.decisions import MACHINE
from parallax.ledger.imports import Gained
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import Report
from parallax.workbench.app import create
from parallax.workbench.intake.intake import NAME, Intake, Job, safe_name
from tests.workbench.conftest import BASE, SCRIPT, serving
from tests.workbench.markup import elements, parsed, values, words

WAIT = 60.0
LINE = {
    "id": "one",
    "title": "Shelling of Homs",
    "text": "Shelling killed 7 civilians in Homs on Monday.",
    "lang": "en",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "import.ledger", create=True) as opened:
        yield opened


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return TestClient(create(ledger, Settings(max_bytes=100_000)), base_url=BASE, raise_server_exceptions=False)


def send(client: TestClient, *files: tuple[str, bytes], token: str | None = None) -> int:
    given = token if token is not None else values(parsed(client.get("/import")), "//input[@name='token']/@value")[0]
    parts = [("files", (name, io.BytesIO(data), "application/octet-stream")) for name, data in files]
    return client.post("/import", files=parts, data={"token": given}, follow_redirects=False).status_code


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def over(client: TestClient) -> str:
    until(lambda: "every 1s" not in client.get("/import/progress").text)
    return words(parsed(client.get("/import/progress")), "//div[@id='import-now']")


def lines(number: int) -> bytes:
    return b"".join(
        json.dumps(LINE | {"id": f"r{at}", "text": f"{LINE['text']} No {at}."}).encode() + b"\n" for at in range(number)
    )


def test_files_are_read_and_the_temporary_folder_goes_away(
    client: TestClient, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "folders"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    assert (
        send(client, ("a.jsonl", lines(2)), ("../../etc/passwd.txt", b"Rebels seized Hama on Tuesday, the army said."))
        == 303
    )
    told = over(client)
    assert "All is read." in told
    assert "New: 3 reports" in told
    assert list(made.iterdir()) == []
    assert ledger.counts().reports == 3
    assert ledger.counts().incidents > 0
    assert ledger.counts().faults == 0
    names = {
        (ledger.capture(row.report.capture or "") or pytest.fail("no capture")).name for row in ledger.reports().items
    }
    assert names == {"a.jsonl, line 1", "a.jsonl, line 2", "passwd.txt"}
    assert send(client, ("a.jsonl", lines(2))) == 303
    assert "there already: 2" in over(client)


def test_faults_name_the_file_the_place_and_the_mend_and_the_rest_goes_on(client: TestClient, ledger: Ledger) -> None:
    assert (
        send(
            client,
            (f"{SCRIPT}.jsonl", b"no JSON\n" + lines(1)),
            ("x.png", b"\x89PNG\r\n\x1a\nrest"),
            ("empty.txt", b""),
        )
        == 303
    )
    told = over(client)
    page = client.get("/import")
    assert SCRIPT not in page.text
    assert "New: 1 report," in told
    assert "line 1" in told
    assert "run text recognition" in told
    assert "parallax-import-" not in told + client.get("/unread").text
    assert {row.name for row in ledger.faults()} >= {"x.png"}


def test_a_form_without_a_file_or_a_token_begins_nothing(client: TestClient, ledger: Ledger) -> None:
    assert send(client) == 422
    assert send(client, ("a.jsonl", lines(1)), token="0" * 64) == 403
    assert "No import goes on" in client.get("/import").text
    assert ledger.counts().reports == 0


def test_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post(
        "/import", content=b"x" * 1_000_001, headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert client.post("/look", content=b"x" * 1_000_001).status_code == 413
    assert client.post("/import", content=iter([b"x"])).status_code == 411


def test_a_file_over_the_limit_is_a_fault_and_no_more(client: TestClient) -> None:
    assert send(client, ("large.txt", b"word " * 30_000), ("a.jsonl", lines(1))) == 303
    told = over(client)
    assert "large.txt" in told
    assert "New: 1 report," in told


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Holds the reading of each report back until it is let go."""
    go = threading.Event()
    study = pipeline.study

    def held(report: Report) -> pipeline.Study:
        assert go.wait(WAIT)
        return study(report)

    monkeypatch.setattr(pipeline, "study", held)
    return go


def test_one_import_at_a_time_told_of_while_it_goes_on(client: TestClient, slow: threading.Event) -> None:
    assert send(client, ("a.jsonl", lines(3))) == 303
    page = parsed(client.get("/import"))
    assert values(page, "//div[@id='import-now']/@hx-trigger") == ["every 1s"]
    assert "Reading" in words(page, "//div[@id='import-now']")
    assert "An import goes on" in client.get("/reports").text
    assert send(client, ("b.jsonl", lines(1))) == 409
    slow.set()
    assert "New: 3 reports" in over(client)
    assert values(parsed(client.get("/import")), "//div[@id='import-now']/@hx-trigger") == []


def test_a_stop_keeps_what_is_read(client: TestClient, ledger: Ledger, slow: threading.Event) -> None:
    assert send(client, ("a.jsonl", lines(40))) == 303
    token = values(parsed(client.get("/import")), "//input[@name='token']/@value")[0]
    done: list[Job] = client.app.state.intake.jobs  # type: ignore[attr-defined]
    assert client.post("/import/stop", data={"token": token}, follow_redirects=False).status_code == 303
    assert "(stopping)" in client.get("/import/progress").text
    slow.set()
    told = over(client)
    assert "Stopped." in told
    assert ledger.counts().reports == done[0].new < 40
    assert ledger.counts().untold == 0
    assert send(client, ("a.jsonl", lines(40))) == 303
    assert "New: 40 reports" in over(client)


def test_what_breaks_is_said_and_the_next_import_works(
    client: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "read", lambda *_, **__: 1 / 0)
        assert send(client, ("a.jsonl", lines(1))) == 303
        assert "broke Parallax (ZeroDivisionError)" in over(client)
    # What broke is for whoever runs the program, with its place in the code.
    (told,) = [record for record in caplog.records if record.name.endswith("intake")]
    assert told.exc_info is not None
    assert told.exc_info[0] is ZeroDivisionError
    assert ledger.imports()[0].state == "broken"
    assert send(client, ("a.jsonl", lines(1))) == 303
    assert "All is read." in over(client)
    assert ledger.counts().reports == 1


def test_the_end_of_the_program_cuts_an_import_off(ledger: Ledger, slow: threading.Event) -> None:
    imports = Intake(ledger, Settings())
    job = imports.begin([("a.jsonl", io.BytesIO(lines(40)))], "ann")
    assert job is not None
    threading.Timer(0.2, slow.set).start()
    imports.close()
    assert job.over
    (kept,) = ledger.imports()
    assert (kept.who, kept.state, kept.gained.new) == ("ann", "cut off", ledger.counts().reports)
    assert kept.ended is not None
    told = over(again(ledger))
    assert "No import goes on" in told
    assert earlier(again(ledger)) == [["ann", "a.jsonl", "cut off", str(kept.gained.new)]]


def again(ledger: Ledger) -> TestClient:
    """The workbench as it stands after a restart."""
    return TestClient(create(ledger, Settings()), base_url=BASE, raise_server_exceptions=False)


def earlier(client: TestClient) -> list[list[str]]:
    """Who, which files, how it ended and how many are new, of the imports that the page lists."""
    rows = elements(parsed(client.get("/import")), "//tr[starts-with(@id, 'import-')]")
    cells = [["".join(str(part) for part in cell.itertext()).strip() for cell in row] for row in rows]
    return [[row[1], row[2], row[3].split(" 20")[0].strip(), row[4]] for row in cells]


def test_what_was_imported_is_found_again_after_a_restart(client: TestClient, ledger: Ledger) -> None:
    assert send(client, ("a.jsonl", b"no JSON\n" + lines(2)), ("b.txt", b"Rebels seized Hama on Tuesday.")) == 303
    over(client)
    assert send(client, ("a.jsonl", lines(3))) == 303
    over(client)
    second, first = ledger.imports()
    who = Settings().who
    assert (first.who, first.files, first.state) == (who, ("a.jsonl", "b.txt"), "done")
    assert first.gained == Gained(new=3, seen=0, claims=first.gained.claims, faults=1)
    assert first.gained.claims > 0
    assert (second.gained.new, second.gained.seen, second.gained.faults) == (1, 2, 0)
    assert second.number > first.number
    assert earlier(again(ledger)) == [[who, "a.jsonl", "done", "1"], [who, "a.jsonl, b.txt", "done", "3"]]
    # The page lists the last of them above, while the program that read it runs.
    assert earlier(client) == [[who, "a.jsonl, b.txt", "done", "3"]]


def test_the_log_names_whoever_dropped_the_files(ledger: Ledger) -> None:
    client = TestClient(create(ledger, Settings(who="Salma")), base_url=BASE, raise_server_exceptions=False)
    assert send(client, ("a.jsonl", b"no JSON\n" + lines(2))) == 303
    over(client)
    brought = {"import begun", "import read", "import ended", "report", "copy", "reading", "fault"}
    made = [(entry.action, entry.who) for entry in ledger.log(limit=500)]
    assert {action for action, who in made if who == "Salma"} == brought
    # Gathering reports into incidents is the program's work, of whichever run it left them over from.
    assert {who for action, who in made if action == "incident"} == {MACHINE}
    assert list(verify(ledger)) == []


SERVE = """
import os, sys
from parallax import pipeline
from parallax.cli.main import main

# What is read in the reports takes no part in this, and loading the reader takes long.
pipeline.study = lambda report: pipeline.Study((), ())
take_in, batches = pipeline._take_in, []

def taking_in(*given):
    if batches:
        os.kill(os.getpid(), 9)
    batches.append(take_in(*given))
    return batches[-1]

pipeline._take_in = taking_in
sys.argv = ["parallax", "serve", sys.argv[1], "--port", "0"]
main()
"""


def test_an_import_that_a_kill_cut_off_is_found_with_what_it_brought_in(tmp_path: Path) -> None:
    path = tmp_path / "killed.ledger"
    Ledger.open(path, create=True).close()
    alone = os.environ | {"PARALLAX_WORKERS": "1"}
    served = subprocess.Popen([sys.executable, "-c", SERVE, str(path)], stdout=subprocess.PIPE, text=True, env=alone)
    try:
        assert served.stdout is not None
        address = served.stdout.readline().split(" at ")[1].split(" ")[0].rstrip("/")
        with httpx2.Client(base_url=address) as browser:
            token = values(parsed(browser.get("/import")), "//input[@name='token']/@value")[0]
            files = {"files": ("many.jsonl", lines(70))}
            assert browser.post("/import", data={"token": token}, files=files).status_code == 303
        assert served.wait(WAIT) == -signal.SIGKILL
    finally:
        served.kill()
        served.communicate()
    with Ledger.open(path) as ledger:
        (cut,) = ledger.imports()
        assert (cut.state, cut.ended, cut.files) == ("cut off", None, ("many.jsonl",))
        assert cut.gained.new == ledger.counts().reports == pipeline.BATCH
        client = again(ledger)
        page = words(parsed(client.get("/import")), "//main")
        assert "cut off without a word of its end" in page
        assert f"{pipeline.BATCH} reports of an import that was cut off wait to be gathered" in page
        assert list(verify(ledger)) == []
        assert send(client, ("many.jsonl", lines(70))) == 303
        assert f"New: {70 - pipeline.BATCH} reports" in over(client)
        assert ledger.counts().untold == 0
        assert "wait to be gathered" not in client.get("/import").text


@given(st.text(max_size=300))
def test_names_are_safe(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not re.search(r"[/\\\x00-\x1f\u202e]", safe)
    assert not safe.startswith(".")
    assert len(safe.encode()) <= NAME
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\a b.html", "a b.html"),
        ("..", "file"),
        (".hidden", "hidden"),
        ("قصف.txt", "قصف.txt"),
        ("x" * 200 + ".jsonl", "x" * (NAME - 6) + ".jsonl"),
    ],
)
def test_names_keep_what_is_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.browser
def test_files_dropped_on_the_page_are_read(page: Page, program: str, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "drop.ledger", create=True):
        pass
    with serving(program, tmp_path / "drop.ledger") as workbench:
        page.goto(f"{workbench}/reports")
        expect(page.locator(".empty")).to_contain_text("Drop files on this page")
        given = page.evaluate_handle(
            """text => { const held = new DataTransfer();
              held.items.add(new File([text], "dropped.jsonl"));
              held.items.add(new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])], "picture.png"));
              return held; }""",
            lines(2).decode(),
        )
        page.dispatch_event("body", "dragenter", {"dataTransfer": given})
        expect(page.locator("html")).to_have_class("dropping")
        page.dispatch_event("body", "drop", {"dataTransfer": given})
        page.wait_for_url("**/import", timeout=30_000)
        expect(page.locator("#import-now")).to_contain_text("Read, but for 1 thing named below.", timeout=60_000)
        expect(page.locator("#import-now")).to_contain_text("picture.png")
        page.goto(f"{workbench}/reports")
        expect(page.locator("table.list tbody tr")).to_have_count(2)
