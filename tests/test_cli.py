"""The program as a person runs it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parallax.cli import actor_packs, gazetteers, ledgers
from parallax.exports.formats import FORMATS

LINES = [
    {
        "id": "a",
        "text": "Two civilians were killed in shelling of Balaklava on Monday, the governor said.",
        "date": "1854-10-26",
    },
    {"id": "b", "text": "Nothing of note happened.", "date": "1854-10-26"},
]


def run(program: str, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([program, *arguments], input=stdin, capture_output=True, check=False, timeout=120)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["claims", "places", "copies"])
def test_one_line_out_for_each_line_in(command: str, program: str, lines: Path) -> None:
    done = run(program, command, str(lines))
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b"]


def test_standard_input_is_read_as_a_file_is(program: str, lines: Path) -> None:
    assert run(program, "claims", "-", stdin=lines.read_bytes()).stdout == run(program, "claims", str(lines)).stdout


def test_claims_have_every_slot_of_the_contract(program: str, lines: Path) -> None:
    first = json.loads(run(program, "claims", str(lines)).stdout.splitlines()[0])
    killed = next(claim for claim in first["claims"] if claim["kind"] == "killed")
    assert set(killed) == {
        *("start", "end", "kind", "count", "whom", "whom_class", "who"),
        *("where", "when", "voice", "via", "stance", "scope", "certainty", "certainties"),
    }
    assert killed["count"] == {"low": 2, "high": 2, "text": "Two"}
    assert LINES[0]["text"][killed["start"] : killed["end"]] == LINES[0]["text"]


def test_explain_marks_the_slots_in_the_text(program: str, lines: Path) -> None:
    done = run(program, "claims", str(lines), "--explain")
    assert done.returncode == 0, done.stderr
    told = done.stdout.decode()
    assert "[where: Balaklava]" in told
    assert "[voice: the governor]" in told
    assert "report a;" in told
    assert "report b;" in told
    assert "no claim was read here" in told
    assert "\x1b" not in told


def test_explain_picks_one_report_and_turns_the_order(program: str, lines: Path) -> None:
    with lines.open("ab") as file:
        file.write(json.dumps({**LINES[0], "id": "third", "text": f"{LINES[0]['text']} No-one denied it."}).encode())
    done = run(program, "claims", str(lines), "--explain", "--doubtful", "--id", "third")
    assert done.returncode == 0, done.stderr
    heads = [line for line in done.stdout.decode().splitlines() if line[:1].isdigit() and " sure" in line]
    assert len(heads) >= 2
    sure = [float(head.split(" sure")[0].split()[-1]) for head in heads]
    read = [json.loads(line) for line in run(program, "claims", str(lines)).stdout.splitlines()]
    claims = next(report["claims"] for report in read if report["id"] == "third")
    doubtful = sorted(claims, key=lambda one: (min(one["certainty"], *one["certainties"].values()), one["start"]))
    assert sure == [round(claim["certainty"], 2) for claim in doubtful]
    assert "report a;" not in done.stdout.decode()
    none = run(program, "claims", str(lines), "--explain", "--id", "\x1b[2J")
    assert none.returncode == 1
    assert none.stderr.count(b"\n") == 1
    assert b"\x1b" not in none.stderr


@pytest.mark.parametrize("options", [["--doubtful"], ["--id", "a"], ["--explain", "--second"]])
def test_options_that_mean_nothing_together_are_refused(options: list[str], program: str, lines: Path) -> None:
    done = run(program, "claims", str(lines), *options)
    assert done.returncode == 2
    assert done.stdout == b""


def test_a_line_that_cannot_be_read_is_named_and_the_rest_goes_on(program: str, lines: Path) -> None:
    with lines.open("ab") as file:
        file.write(b'{"id": "c"\n\xff\xfe\n{"id": "d", "text": "Five men were killed."}\n')
    done = run(program, "claims", str(lines))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b", "d"]
    said = [line for line in done.stderr.decode().splitlines() if line.startswith("parallax:")]
    assert len(said) == 2
    assert f"{lines}" in said[0]
    assert "3" in said[0]
    assert "line 4" in said[1]


def test_a_missing_file_is_one_line_and_status_1(program: str, tmp_path: Path) -> None:
    done = run(program, "claims", str(tmp_path / "none.jsonl"))
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_an_incident_of_a_ledger_is_explained(program: str, lines: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "a.ledger")
    assert run(program, "read", str(lines), "--into", ledger).returncode == 0
    (incident,) = [json.loads(line) for line in run(program, "incidents", str(lines)).stdout.splitlines()]
    done = run(program, "explain", ledger, incident["id"], "--policy", "ucdp")
    assert done.returncode == 0, done.stderr
    told = done.stdout.decode()
    assert f"incident {incident['id']};" in told
    assert "policy ucdp " in told
    assert f'the governor, in outlet not known, 26 October 1854: "{LINES[0]["text"]}"' in told
    totals = run(program, "explain", ledger, "--voice", "The Governor").stdout.decode()
    assert "Running totals of the governor" in totals
    assert "killed, others: 2\n" in totals
    assert f'outlet not known, 26 October 1854: "{LINES[0]["text"]}"' in totals
    unknown = run(program, "explain", ledger, "--voice", "\x1b[2J")
    assert unknown.returncode == 1
    assert b"\x1b" not in unknown.stderr
    assert run(program, "explain", ledger).returncode == 2
    assert run(program, "explain", ledger, incident["id"], "--voice", "the governor").returncode == 2
    missing = run(program, "explain", ledger, "\x1b[2J", incident["id"])
    assert missing.returncode == 1
    assert missing.stdout.decode().count("A range is a spread of reports") == 1
    assert missing.stderr.count(b"\n") == 1
    assert b"\x1b" not in missing.stderr


def test_incidents_of_files_are_explained_as_those_of_a_ledger(program: str, lines: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "a.ledger")
    assert run(program, "read", str(lines), "--into", ledger).returncode == 0
    (incident,) = [json.loads(line) for line in run(program, "incidents", str(lines)).stdout.splitlines()]
    of_files = run(program, "incidents", str(lines), "--explain", "--id", incident["id"])
    assert of_files.returncode == 0, of_files.stderr
    assert of_files.stdout == run(program, "explain", ledger, incident["id"]).stdout
    assert run(program, "incidents", str(lines), "--explain", "--id", "none").returncode == 1
    assert run(program, "incidents", str(lines), "--id", "none").returncode == 2


def test_incidents_follow_the_contract(program: str, lines: Path) -> None:
    done = run(program, "incidents", str(lines), "--policy", "ucdp")
    assert done.returncode == 0, done.stderr
    (incident,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert incident["reports"] == ["a"]
    assert incident["ranges"]["killed"]["civilian"]["low"] == 2
    assert {"id", "claims", "when", "where", "kinds", "ranges", "grade", "attributed", "links", "origins"} <= set(
        incident
    )


def test_an_unknown_policy_names_the_known_ones(program: str, lines: Path) -> None:
    done = run(program, "incidents", str(lines), "--policy", "none")
    assert done.returncode == 2
    assert b"airwars" in done.stderr
    assert b"Traceback" not in done.stderr


def test_read_verify_export(program: str, lines: Path, tmp_path: Path) -> None:
    ledger, out = tmp_path / "a.ledger", tmp_path / "out.csv"
    assert run(program, "read", str(lines), "--into", str(ledger)).returncode == 0
    again = run(program, "read", str(lines), "--into", str(ledger))
    assert again.returncode == 0
    assert b"New: 0 reports" in again.stderr
    assert run(program, "verify", str(ledger)).returncode == 0
    assert run(program, "export", str(ledger), "--format", "incidents-csv", "--out", str(out)).returncode == 0
    assert out.read_text(encoding="utf-8").startswith("id,first_day")
    assert "internal: " in out.read_text(encoding="utf-8")
    public = run(program, "export", str(ledger), "--format", "incidents-csv", "--public")
    assert public.returncode == 0
    assert public.stdout.decode().strip().count("\n") == 0, "what nobody signed is not public"
    assert b"signed off" in public.stderr
    assert b"export" not in run(program, "verify", str(ledger)).stderr


def test_verify_names_a_changed_byte(program: str, lines: Path, tmp_path: Path) -> None:
    import sqlite3

    ledger = tmp_path / "a.ledger"
    run(program, "read", str(lines), "--into", str(ledger))
    with sqlite3.connect(ledger) as raw:
        for (trigger,) in raw.execute(
            "select name from sqlite_master where type = 'trigger' and tbl_name = 'reports'"
        ).fetchall():
            raw.execute(f'drop trigger "{trigger}"')
        raw.execute("update reports set text = replace(text, 'Two', 'Ten') where id = 'a'")
    done = run(program, "verify", str(ledger))
    assert done.returncode == 1
    assert b"reports" in done.stderr


def test_no_ledger_there_is_said_in_one_line(program: str, tmp_path: Path) -> None:
    for command in (["verify"], ["serve"], ["export", "--format", "geojson"]):
        done = run(program, command[0], str(tmp_path / "none.ledger"), *command[1:])
        assert done.returncode == 1
        assert done.stderr.count(b"\n") == 1, done.stderr


def test_a_bad_setting_is_named(program: str, lines: Path) -> None:
    done = subprocess.run(
        [program, "claims", str(lines)],
        env={**os.environ, "PARALLAX_WORKERS": "many"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"PARALLAX_WORKERS" in done.stderr


def test_a_closed_pipe_is_no_disaster(program: str, lines: Path) -> None:
    lines.write_bytes(lines.read_bytes() * 2000)
    done = subprocess.run(
        f"{program} claims {lines} | head -n 1", shell=True, capture_output=True, check=False, timeout=120
    )
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_ctrl_c_stops_with_one_line_and_the_next_run_completes(program: str, dispatches: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "a.ledger"
    command = [program, "read", str(dispatches), "--into", str(ledger)]
    heeding = signal.signal(signal.SIGINT, signal.default_int_handler)  # tests run in the background may ignore it
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        signal.signal(signal.SIGINT, heeding)
        time.sleep(1.5)
        os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read() if process.stderr else b""
    assert b"Traceback" not in said, said.decode()
    assert process.returncode == 130
    assert said.count(b"stopped") == 1 or said == b""
    assert run(program, *command[1:]).returncode == 0
    assert run(program, "verify", str(ledger)).returncode == 0


def test_a_terminal_sees_a_bar(program: str, dispatches: Path, tmp_path: Path) -> None:
    try:
        master, slave = pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine lends no terminal to test with: {error}")
    many = tmp_path / "many.jsonl"
    text = "Two civilians were killed in shelling of Balaklava on Monday, the governor said. " * 40
    many.write_text(
        "".join(json.dumps({"id": str(n), "text": f"{n} {text}"}) + "\n" for n in range(150)), encoding="utf-8"
    )
    with subprocess.Popen(
        [program, "read", str(many), "--into", str(tmp_path / "a.ledger")], stderr=slave, stdout=slave, close_fds=True
    ) as process:
        os.close(slave)
        said = b""
        try:
            while chunk := os.read(master, 65536):
                said += chunk
        except OSError:
            pass  # a terminal whose other end has closed answers with an error
    os.close(master)
    assert process.returncode == 0
    assert b"a second" in said


def test_the_formats_named_in_the_help_are_those_that_are_written() -> None:
    assert ledgers._FORMATS.split(", ") == list(FORMATS)


def test_own_places_and_parties_that_take_the_place_of_others_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_GAZETTEERS", str(tmp_path / "places"))
    monkeypatch.setenv("PARALLAX_ACTORS", str(tmp_path / "parties"))
    villages, other = tmp_path / "own.csv", tmp_path / "own.geojson"
    villages.write_text("name,lat,lon\nChorgun,44.5,33.7\nKamara,44.5,33.6\n", "utf-8")
    point = {
        "type": "Feature",
        "properties": {"name": "Kadikoi"},
        "geometry": {"type": "Point", "coordinates": [33, 44]},
    }
    other.write_text(json.dumps({"type": "FeatureCollection", "features": [point]}), "utf-8")
    parties, fewer = tmp_path / "sides.csv", tmp_path / "again" / "sides.csv"
    fewer.parent.mkdir()
    parties.write_text("key,name\nred,Reds\nblue,Blues\n", "utf-8")
    fewer.write_text("key,name\nred,Reds\n", "utf-8")
    for app, first, second, said in (
        (gazetteers.app, villages, other, "own: 1 places of own.geojson, in place of 2 of own.csv"),
        (actor_packs.app, parties, fewer, "sides: 1 parties of sides.csv, in place of 2 of sides.csv"),
    ):
        added = [CliRunner().invoke(app, ["add", str(path)]) for path in (first, first, second)]
        assert [result.exit_code for result in added] == [0, 0, 0]
        assert not any("in place of" in result.stderr for result in added[:2])
        assert said in added[2].stderr
