"""`parallax copies` as a user runs it, and what its benchmark makes."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks.copies import make, many, sources
from benchmarks.copies.sources import Source

SENTENCES = [
    f"Sentence {number} tells that the {name} was towed to berth {number + 3} by the harbour tug at noon."
    for number, name in enumerate(("Albatross", "Petrel", "Cormorant", "Heron", "Sandpiper", "Kittiwake", "Gannet"))
]
STORY = " ".join(SENTENCES)
OTHER = (
    "Quarrymen at the upper pits laid down their picks over the price of lamp oil, and the owners sent for dragoons. "
    "By noon the road to the lime kilns was blocked with sledges, a schoolmaster who lives there wrote to us."
)


def run(program: str, *files: Path | str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([program, "copies", *map(str, files)], input=stdin, capture_output=True, check=False)


def told(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def lines(*rows: dict[str, str]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def test_each_line_gets_its_origin_whatever_the_order(program: str, tmp_path: Path) -> None:
    rows = [
        {"id": "cut", "text": " ".join(SENTENCES[2:5]), "date": "2017-04-07"},
        {"id": "other", "text": OTHER, "date": "2017-04-05"},
        {"id": "story", "text": STORY, "date": "2017-04-05"},
        {"id": "twice", "text": STORY, "date": "2017-04-06"},
    ]
    origins = {"cut": "story", "other": "other", "story": "story", "twice": "story"}
    file = tmp_path / "reports.jsonl"
    for order in (rows, rows[::-1]):
        file.write_bytes(lines(*order))
        done = run(program, file)
        assert done.returncode == 0, done.stderr
        assert [row["id"] for row in told(done)] == [row["id"] for row in order]
        assert {row["id"]: row["origin"] for row in told(done)} == origins
        assert all(row["share"] == 1.0 for row in told(done))


def test_a_report_without_an_id_bears_the_one_that_other_commands_give_it(program: str) -> None:
    given = lines({"text": STORY}, {"text": OTHER, "url": "http://example.org/quarry"})
    found = [row["id"] for row in told(run(program, "-", stdin=given))]
    places = subprocess.run([program, "places", "-"], input=given, capture_output=True, check=False)
    assert found == [row["id"] for row in told(places)]
    assert found[1] == "http://example.org/quarry"


def test_what_cannot_be_read_is_said_and_the_rest_goes_on(program: str) -> None:
    given = lines({"id": "a", "text": STORY}) + b"{broken\n\xff\xfe\n\n" + lines({"id": "b", "text": STORY})
    done = run(program, "-", "missing.jsonl", stdin=given)
    assert done.returncode == 1
    assert [(row["id"], row["origin"]) for row in told(done)] == [("a", "a"), ("b", "a")]
    said = done.stderr.decode()
    for place in ("standard input, line 2", "standard input, line 3", "missing.jsonl"):
        assert place in said


@pytest.mark.parametrize("kept", [0.3, 0.5, 0.9])
@pytest.mark.parametrize("way", make.WAYS)
def test_a_made_copy_keeps_about_so_much(way: str, kept: float) -> None:
    source = Source("a", "Towed to berth", STORY, "x", "2017-04-05", "y")
    others = [Source("b", "Quarrymen strike", OTHER, "x", "2017-04-05", "y")]
    made = make.copy(source, kept, way, others, random.Random(4))
    assert made.of == "a"
    numbers = [number for number in range(len(SENTENCES)) if f"berth {number + 3}" in made.report.text]
    # Cuts end with the sentence; an edit leaves figures, but may part them from the word before.
    assert abs(len(numbers) / len(SENTENCES) - kept) < 0.35
    assert made.report.title == ("Towed to berth" if way == "cut" else "Quarrymen strike")


def test_of_real_reprints_one_is_used() -> None:
    rows = [
        Source(str(n), "", text, "", "", "") for n, text in enumerate([STORY, "News. " + STORY, OTHER, STORY[:200]])
    ]
    assert [report.id for report in sources.one_of_each(rows)] == ["0", "2"]


def test_the_press_prints_the_same_twice() -> None:
    once, again = list(many.Press().reports(60)), list(many.Press().reports(60))
    assert once == again
    assert len({row["id"] for row in once}) == 60
    assert 2 <= sum("-of-" in row["id"] for row in once) <= 25
