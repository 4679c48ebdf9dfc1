"""`parallax claims --second` as a person runs it, and everything that never contacts an endpoint."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parallax.exports import contract
from parallax.model import Claim, Kind
from tests.claims.second.server import TEXT, Response, failing, killed, serving, telling

NO_SOCKETS = """
import sys
def refuse(event, arguments):
    # A library tries at its loading whether this machine has IPv6, with a socket that is never connected.
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.bind"):
        raise SystemExit(f"contacted: {event} {arguments}")
sys.addaudithook(refuse)
from parallax.cli.main import main
try:
    main()
finally:
    assert "httpx2" not in sys.modules, "the client was loaded"
"""


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    rows = [{"id": name, "text": TEXT, "date": "2020-05-06", "title": name} for name in "abc"]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def environment(url: str | None, **settings: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
    named = {"PARALLAX_SECOND_URL": url, "PARALLAX_SECOND_MODEL": "small"} if url else {}
    return plain | named | {"PARALLAX_WORKERS": "1"} | settings


def run(*command: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)


def test_the_second_reader_prints_what_claims_prints(program: str, lines: Path) -> None:
    with serving(telling(killed(who="Nobody At All"), killed(quote="He \x1b[31mlied."))) as served:
        done = run(program, "claims", str(lines), "--second", env=environment(served.url, PARALLAX_SECOND_KEY="k-9"))
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    (claim,) = rows[0]["claims"]
    assert set(claim) == set(contract.claim(Claim.of("r", 0, 1, Kind.KILLED)))
    assert (claim["certainty"], claim["certainties"]) == (0.5, {"who": 0.25})
    assert TEXT[claim["start"] : claim["end"]] == killed()["quote"]
    assert (claim["voice"], claim["who"]) == ("the harbour master", None)
    said = done.stderr.splitlines()
    assert len(said) == 7
    assert said[0].startswith("parallax: a: claim 1 of the answer: who does not stand in the text")
    assert said[-1] == "Second reader: 3 reports read; 300 tokens spent."
    assert "\x1b" not in done.stderr
    assert {headers["Authorization"] for headers in served.headers} == {"Bearer k-9"}


def test_without_being_asked_for_nothing_is_contacted(lines: Path) -> None:
    with serving(telling(killed())) as served:
        env = environment(served.url)
        plain = run(sys.executable, "-c", NO_SOCKETS, "claims", str(lines), env=env)
        asked = run(sys.executable, "-c", NO_SOCKETS, "claims", str(lines), "--second", env=env)
    assert plain.returncode == 0, plain.stderr
    assert len(plain.stdout.splitlines()) == 3
    assert "contacted: socket." in asked.stderr
    assert served.asked == []


@pytest.mark.parametrize(
    ("env", "said"),
    [
        (environment(None), "PARALLAX_SECOND_URL and PARALLAX_SECOND_MODEL"),
        (environment("no address"), "PARALLAX_SECOND_URL"),
        (environment("http://127.0.0.1:9/v1", PARALLAX_SECOND_TOKENS="lots"), "PARALLAX_SECOND_TOKENS"),
    ],
)
def test_without_an_endpoint_there_is_one_line_and_nothing_is_contacted(
    env: dict[str, str], said: str, lines: Path
) -> None:
    done = run(sys.executable, "-c", NO_SOCKETS, "claims", str(lines), "--second", env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_keep_goes_with_second(program: str, lines: Path, tmp_path: Path) -> None:
    done = run(program, "claims", str(lines), "--keep", str(tmp_path / "kept"), env=environment(None))
    assert (done.returncode, done.stdout) == (2, "")
    assert "--second" in done.stderr
    assert not (tmp_path / "kept").exists()


def test_a_budget_that_is_spent_ends_with_status_1(program: str, lines: Path) -> None:
    with serving(telling(killed(), usage={"total_tokens": 6000})) as served:
        env = environment(served.url, PARALLAX_SECOND_TOKENS="7000")
        done = run(program, "claims", str(lines), "--second", env=env)
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a"]
    assert done.stderr.splitlines() == [
        "Second reader: 1 reports read; 2 reports not read; 6000 tokens spent. "
        "Ended early: the budget of 7000 tokens is spent."
    ]


def test_a_wrong_key_is_one_line_and_status_2(program: str, lines: Path) -> None:
    with serving(failing(401, "no such key: k-9")) as served:
        env = environment(served.url, PARALLAX_SECOND_KEY="k-9")
        done = run(program, "claims", str(lines), "--second", env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert "PARALLAX_SECOND_KEY" in done.stderr
    assert "k-9" not in done.stderr
    assert "Traceback" not in done.stderr
    assert len(served.asked) == 1


def test_a_report_that_gets_no_answer_is_named_and_the_rest_goes_on(program: str, lines: Path) -> None:
    with serving(failing(400, "this text is too much"), telling(killed())) as served:
        done = run(program, "claims", str(lines), "--second", env=environment(served.url))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["b", "c"]
    assert done.stderr.startswith("parallax: a: not read by the second reader: the endpoint answers 400: this text is")


def test_a_run_that_is_killed_goes_on_where_it_was(program: str, lines: Path, tmp_path: Path) -> None:
    keep = tmp_path / "kept"
    command = [program, "claims", str(lines), "--second", "--keep", str(keep)]
    with serving(telling(killed()), telling(killed()), Response(hang=True), telling(killed())) as served:
        env = environment(served.url)
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            end = time.monotonic() + 60
            while len(served.asked) < 3 and time.monotonic() < end:
                time.sleep(0.05)
            process.send_signal(signal.SIGKILL)
            before = process.stdout.read().splitlines() if process.stdout else []
        assert len(served.asked) == 3
        done = run(*command, env=env)
    assert [json.loads(line)["id"] for line in before] == ["a", "b"]
    assert done.returncode == 0, done.stderr
    assert [line.encode() for line in done.stdout.splitlines()[:2]] == before
    assert len(served.asked) == 4
    assert "100 tokens spent" in done.stderr
    assert all(file.suffix == ".json" for file in keep.iterdir())
