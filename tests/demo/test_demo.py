"""The demonstration corpus: every file is whole, and its labels are true to its texts."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parallax.model import Kind, Scope, Stance, VictimClass
from parallax.reports.copies import origins
from parallax.reports.read import Taken, read

DEMO = Path(__file__).parents[2] / "demo"
DISPATCHES = sorted((DEMO / "dispatches").glob("*.md"))
NOTICE = "This is a demonstration text, written for Parallax; it is not a historical document."
REQUIRED = ("id", "title", "source", "date", "language", "demonstration")
SLOTS = {
    *("quote", "also", "kind", "count", "whom", "whom_class", "who"),
    *("where", "when", "voice", "via", "stance", "scope"),
}
EXTRA = {"voice_also", "who_also", "where_also"}
MONTHS = ["August", "September", "October", "November", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

Row = dict[str, Any]


@cache
def dispatch(path: Path) -> tuple[dict[str, str], str]:
    """Front matter and body of one dispatch."""
    opening, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == ""
    return dict(line.split(": ", 1) for line in front.splitlines()), body.strip("\n")


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (DEMO / name).read_text(encoding="utf-8").splitlines()]


FRONTS = {front["id"]: front for front, _ in map(dispatch, DISPATCHES)}
TEXTS = {front["id"]: body for front, body in map(dispatch, DISPATCHES)}
LABELS = {row["id"]: row for row in rows("labels.jsonl")}
INCIDENTS = {row["incident"]: row for row in rows("incidents.jsonl")}
ORIGINS = {row["id"]: row["origin"] for row in rows("copies.jsonl")}
CLAIMS = [(key, claim) for key, row in LABELS.items() for claim in row["claims"]]


def bounds(claim: Row) -> tuple[int | None, int | None] | None:
    count = claim["count"]
    return (count["low"], count["high"]) if count else None


@pytest.mark.parametrize("path", DISPATCHES, ids=lambda path: path.stem)
def test_front_matter_is_complete(path: Path) -> None:
    front, body = dispatch(path)
    assert [name for name in REQUIRED if not front.get(name)] == []
    assert set(front) <= {*REQUIRED, "author"}
    assert front["demonstration"] == NOTICE
    assert front["language"] == "en"
    assert front["id"] == f"crimea-{path.stem[:3]}"
    assert date(1854, 9, 1) <= date.fromisoformat(front["date"]) <= date(1854, 11, 30)
    assert not body.startswith(front["title"])
    assert 55 <= len(body.split()) <= 185


def test_the_corpus_is_about_sixty_dispatches_by_many_papers() -> None:
    assert 60 <= len(DISPATCHES) == len(FRONTS) <= 75
    assert len({front["source"] for front in FRONTS.values()}) >= 10


def test_every_dispatch_is_labelled_on_its_own_text() -> None:
    assert LABELS.keys() == TEXTS.keys()
    for key, row in LABELS.items():
        assert row["text"] == TEXTS[key], key
        assert {name: row[name] for name in ("title", "source", "date")} == {
            name: FRONTS[key][name] for name in ("title", "source", "date")
        }
        assert row["lang"] == "en"
        assert row["claims"], key


def test_words_of_every_claim_stand_in_the_text() -> None:
    for key, claim in CLAIMS:
        text = TEXTS[key]
        assert SLOTS <= claim.keys() <= SLOTS | EXTRA, key
        said = [claim["quote"], *claim["also"]]
        said += [claim[slot] for slot in ("whom", "who", "where", "via") if claim[slot] is not None]
        said += [value for slot in ("who_also", "where_also") for value in claim.get(slot, [])]
        said += [value for value in (claim["voice"], *claim.get("voice_also", [])) if value != "author"]
        if claim["count"]:
            said.append(claim["count"]["text"])
        assert [value for value in said if not value or value not in text] == [], (key, claim["quote"])


def test_the_words_of_a_count_stand_in_what_is_quoted() -> None:
    for key, claim in CLAIMS:
        if claim["count"]:
            words = claim["count"]["text"]
            assert any(words in quoted for quoted in [claim["quote"], *claim["also"]]), (key, words)


def test_digits_of_a_count_are_its_bounds() -> None:
    for key, claim in CLAIMS:
        if not claim["count"]:
            continue
        digits = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", claim["count"]["text"])]
        ends = [end for end in (claim["count"]["low"], claim["count"]["high"]) if end is not None]
        if len(digits) == 1 and "and about" not in claim["count"]["text"]:
            assert set(ends) == set(digits), (key, claim["count"])
        elif len(digits) == 2:
            assert ends[-1] == max(digits), (key, claim["count"])


def test_slots_hold_the_guides_words() -> None:
    for key, claim in CLAIMS:
        for slot, words in (("kind", Kind), ("stance", Stance), ("scope", Scope), ("whom_class", VictimClass)):
            assert claim[slot] in set(words), (key, slot)
        if claim["count"]:
            low, high = claim["count"]["low"], claim["count"]["high"]
            assert low is not None or high is not None, key
            assert low is None or high is None or 0 <= low <= high, (key, claim["count"])
        if claim["when"]:
            first, last = map(date.fromisoformat, claim["when"])
            assert date(1854, 9, 1) <= first <= last <= date(1854, 12, 31), (key, claim["quote"])
            if claim["stance"] != "expected":
                assert first <= date.fromisoformat(FRONTS[key]["date"]), (key, claim["quote"])


def test_no_claim_is_labelled_twice() -> None:
    seen = Counter((key, json.dumps(claim, sort_keys=True)) for key, claim in CLAIMS)
    assert [key for (key, _), times in seen.items() if times > 1] == []


def test_the_range_of_what_is_claimed() -> None:
    assert {claim["stance"] for _, claim in CLAIMS} == set(Stance)
    assert {claim["scope"] for _, claim in CLAIMS} == set(Scope)
    assert {claim["whom_class"] for _, claim in CLAIMS} >= {"civilian", "combatant", "unknown"}
    kinds = {claim["kind"] for _, claim in CLAIMS}
    assert len(kinds) >= 12
    assert kinds >= {
        "detained",
        "seized",
        "withdrew",
        "truce",
        "aid",
        "strength",
        "damage",
        "shelling",
        "ground_attack",
    }
    ends = {(None if pair is None else (pair[0] is None, pair[1] is None)) for pair in (bounds(c) for _, c in CLAIMS)}
    assert ends == {None, (False, False), (True, False), (False, True)}
    assert any(pair == (0, 0) for pair in (bounds(c) for _, c in CLAIMS))


@pytest.mark.parametrize(
    "words",
    [
        "at least ",
        "between ",
        "dozens ",
        "hundreds ",
        "some ",
        "could not be confirmed",
        "could not be verified",
        "since the landing",
        "flag of truce",
        "Caption: ",
        "> Sir, ",
        "digest",
        "Sevastopol",
        "Sebastopol",
        "Eupatoria",
        "Yevpatoria",
        "Gozleve",
        "Kozlov",
        "Constantinople",
        "Stamboul",
        "Inkermann",
        "Almá",
    ],
)
def test_the_corpus_says(words: str) -> None:
    assert any(words.lower() in text.lower() for text in TEXTS.values())


def test_days_of_the_week_fit_the_year() -> None:
    found = 0
    for key, text in TEXTS.items():
        for weekday, day, month in re.findall(
            rf"\b({'|'.join(WEEKDAYS)})(?: of last week)?, (\d{{1,2}}) ({'|'.join(MONTHS)})\b", text
        ):
            found += 1
            assert WEEKDAYS[date(1854, MONTHS.index(month) + 8, int(day)).weekday()] == weekday, key
    assert found >= 6


def test_copies_are_copies_and_later_than_their_origin() -> None:
    assert len(ORIGINS) == len(rows("copies.jsonl"))
    for key, origin in ORIGINS.items():
        assert origin in TEXTS, key
        assert origin not in ORIGINS, key
        assert FRONTS[origin]["date"] <= FRONTS[key]["date"], key
        assert FRONTS[origin]["source"] != FRONTS[key]["source"], key
        copy, first = (words.split() for words in (TEXTS[key], TEXTS[origin]))
        known = {tuple(first[at : at + 5]) for at in range(len(first) - 4)}
        runs = [tuple(copy[at : at + 5]) for at in range(len(copy) - 4)]
        assert sum(run in known for run in runs) / len(runs) >= 0.5, key


def test_the_hoax_is_one_origin_with_reprints_doubts_and_denials() -> None:
    hoax = INCIDENTS["hoax"]
    assert hoax["happened"] is False
    assert 4 <= len(hoax["reprints"]) <= 6
    assert {ORIGINS[key] for key in hoax["reprints"]} == {hoax["origin"]}
    assert {key for key, origin in ORIGINS.items() if origin == hoax["origin"]} == set(hoax["reprints"])
    for part, stance in (("doubts", "doubted"), ("denials", "denied")):
        assert hoax[part], part
        for key in hoax[part]:
            assert key in hoax["reports"]
            assert stance in {claim["stance"] for claim in LABELS[key]["claims"]}, key


def test_incidents_rest_on_labelled_reports() -> None:
    assert len(INCIDENTS) == len(rows("incidents.jsonl"))
    assert {"landing", "alma", "hoax", "bombardment", "balaklava", "little-inkerman", "inkerman", "storm"} <= set(
        INCIDENTS
    )
    for name, incident in INCIDENTS.items():
        first, last = map(date.fromisoformat, incident["day"])
        assert first <= last, name
        assert len(set(incident["reports"])) == len(incident["reports"]) > 0, name
        for key in incident["reports"]:
            # An expectation or an undated denial may stand without a day; a claim of the day itself may not.
            days = [claim["when"] for claim in LABELS[key]["claims"]]
            assert any(
                when is None or (when[0] <= last.isoformat() and first.isoformat() <= when[1]) for when in days
            ), (name, key)
        for number in incident["killed"]:
            assert number["report"] in incident["reports"], name
            assert (number["low"], number["high"]) in {
                bounds(claim) for claim in LABELS[number["report"]]["claims"] if claim["kind"] == "killed"
            }, (name, number)


@pytest.mark.parametrize("battle", ["alma", "bombardment", "balaklava", "inkerman"])
def test_a_battle_has_the_numbers_of_three_sides(battle: str) -> None:
    sides = {number["side"] for number in INCIDENTS[battle]["killed"]}
    assert {"British", "French", "Russian"} <= sides
    own_and_enemy = {(number["side"], number["by"]) for number in INCIDENTS[battle]["killed"]}
    assert len(own_and_enemy) > len(sides)


@pytest.mark.parametrize(
    ("first", "later", "was", "became"),
    [
        ("crimea-040", "crimea-043", (None, 500), (None, 1112)),
        ("crimea-048", "crimea-049", (None, 409), (110, 110)),
        ("crimea-057", "crimea-060", (459, 459), (597, 597)),
        ("crimea-058", "crimea-059", (2969, 2969), (3286, 3286)),
        ("crimea-007", "crimea-036", (None, 1400), (None, 1340)),
    ],
)
def test_tolls_are_revised_days_later(
    first: str, later: str, was: tuple[int | None, int | None], became: tuple[int | None, int | None]
) -> None:
    assert FRONTS[first]["date"] < FRONTS[later]["date"]
    killed = {key: {bounds(c) for c in LABELS[key]["claims"] if c["kind"] == "killed"} for key in (first, later)}
    assert was in killed[first]
    assert became in killed[later]


def test_the_program_reads_what_was_labelled() -> None:
    taken = [item for item in read([str(DEMO / "dispatches")]) if isinstance(item, Taken)]
    reports = {item.report.id: item.report for item in taken}
    assert reports.keys() == TEXTS.keys()
    for key, report in reports.items():
        front = FRONTS[key]
        assert (report.title, report.outlet, report.author) == (front["title"], front["source"], front.get("author"))
        assert report.published is not None
        assert report.published.day.isoformat() == front["date"]
        quotes = [words for claim in LABELS[key]["claims"] for words in (claim["quote"], *claim["also"])]
        assert [words for words in quotes if words not in report.text] == [], key


def test_the_program_finds_the_reprints() -> None:
    reports = [item.report for item in read([str(DEMO / "dispatches")]) if isinstance(item, Taken)]
    ids = {report.key: report.id for report in reports}
    found = {ids[key]: ids[origin.report] for key, origin in origins(reports).items() if origin.report != key}
    assert found == ORIGINS
