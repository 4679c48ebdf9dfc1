"""The claims that belong to no incident: none is lost between those and the incidents."""

from __future__ import annotations

import io
import json
import subprocess
from collections import Counter
from pathlib import Path

from parallax.exports.explain import write
from parallax.exports.explain_apart import explain_apart, in_one_line, outside
from parallax.exports.explain_voice import explain_voice, find_voice
from parallax.incidents.apart import Reason, why
from parallax.ledger.ledger import Ledger
from parallax.pipeline import policy

WAR = (
    "Shells killed 31 people in Homs on Monday, doctors said.\n\n"
    "More than 300,000 people have been killed since the war began in 2011.\n\n"
    "Since Thursday shelling has killed 75 people in the province."
)


def written(lines: object) -> str:
    out = io.StringIO()
    write(lines, out)  # type: ignore[arg-type]
    return out.getvalue()


def test_every_claim_of_a_ledger_is_in_an_incident_or_listed_with_its_reason(demo_ledger: Path) -> None:
    with Ledger.open(demo_ledger) as ledger:
        statements = [s for report in ledger.every_report() for s in ledger.statements(reports=[report.key])]
        text = written(explain_apart(ledger))
        apart = [s for s in statements if not ledger.incidents_of(claim=s.claim.key)]
    assert apart, "the demo tells of running totals"
    counts = Counter(why(s) for s in apart)
    assert text.splitlines()[1].startswith(f"{len(apart)} of {len(statements)} claims belong to no incident")
    for reason in Reason:
        listed = sum(line.endswith(f": {reason}") for line in text.splitlines() if line.startswith("  "))
        assert listed == counts[reason]


def test_what_is_outside_says_so_in_one_line() -> None:
    assert outside([], []) == []
    assert in_one_line([], 7) == "0 of 7 claims belong to no incident: none"


def test_the_command_says_how_many_claims_no_incident_holds_and_why(program: str, tmp_path: Path) -> None:
    """A war's total and a count over days set no toll of the strike told beside them, and are not lost."""
    reports = tmp_path / "reports.jsonl"
    line = {"id": "a", "text": WAR, "date": "2016-10-26", "source": "The Post"}
    reports.write_text(json.dumps(line) + "\n", encoding="utf-8")
    run = subprocess.run([program, "incidents", str(reports)], capture_output=True, text=True, check=True)
    (incident,) = map(json.loads, run.stdout.splitlines())
    assert incident["ranges"]["killed"]["all"] == {"low": 31, "high": 31}
    assert {claim["start"] for claim in incident["claims"]} == {0}
    said = run.stderr.splitlines()[-1]
    assert "claims belong to no incident" in said
    assert "1 a running total" in said
    assert "a count over several days" in said

    ledger = tmp_path / "war.ledger"
    subprocess.run([program, "read", str(reports), "--into", str(ledger)], capture_output=True, check=True)
    listed = subprocess.run([program, "explain", str(ledger), "--apart"], capture_output=True, text=True, check=True)
    assert '"More than 300,000 people have been killed since the war began in 2011.": a running total' in listed.stdout
    with Ledger.open(ledger) as opened:
        voice = written(explain_voice(opened, find_voice(opened, "The Post"), policy("airwars")))
    assert "of no incident, and not added:" in voice
    assert "300,000" in voice
