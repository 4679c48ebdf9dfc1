"""One incident explained to a person: every end with its claims and reasons, and nothing that a terminal would obey.

To renew the golden text after a change that is meant: `python -m tests.exports.test_explain_incident --renew`,
then read what changed.
"""

from __future__ import annotations

import io
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from parallax.accounts.policies import POLICIES, named
from parallax.accounts.weigh import weigh
from parallax.exports.explain import plain, write
from parallax.exports.explain_incident import explain
from parallax.exports.walk import Row
from parallax.model import (
    Actor,
    Claim,
    Count,
    DateSource,
    Days,
    Incident,
    Kind,
    Mention,
    Origin,
    Place,
    PlacePrecision,
    Published,
    Report,
    Scope,
    Stance,
    Statement,
    Telling,
    VictimClass,
    Voice,
    VoiceType,
)

GOLDEN = Path(__file__).parent / "golden" / "explain_incident.txt"
RUSSIA = Actor("russia", "Russia", "russia")
BRITAIN = Actor("britain", "Britain", "allies")
VOICES = {
    "gazette": Voice("gazette", "The Gazette", VoiceType.OUTLET),
    "governor": Voice("governor", "the governor", VoiceType.OFFICIAL),
    "surgeon": Voice("surgeon", "a surgeon", VoiceType.PERSON),
    "raglan": Voice("raglan", "Lord Raglan", VoiceType.PARTY, "britain"),
    "menshikov": Voice("menshikov", "Prince Menshikov", VoiceType.PARTY, "russia"),
}
# Outlet, day of October 1854, and the sentences, each with voice, kind, count and what else it says.
PAPERS: list[tuple[str, str, int, list[tuple[str, str, Kind, Count | None, dict[str, object]]]]] = [
    (
        "g1",
        "The Gazette",
        26,
        [
            (
                "British guns shelled the village of Kadikoi at dawn.",
                "gazette",
                Kind.SHELLING,
                None,
                {"who": BRITAIN, "named": "British guns"},
            ),
            (
                "At least nine villagers were killed, the governor said.",
                "governor",
                Kind.KILLED,
                Count(9, None, "At least nine"),
                {"whom": "villagers", "who": BRITAIN},
            ),
            (
                "Among the dead was Anna Petrova.",
                "gazette",
                Kind.KILLED,
                Count(1, 1, "Anna Petrova"),
                {"whom": "Anna Petrova"},
            ),
            (
                "The governor expects another bombardment on Friday.",
                "governor",
                Kind.SHELLING,
                None,
                {"stance": Stance.EXPECTED, "when": Days(date(1854, 10, 27), date(1854, 10, 27))},
            ),
        ],
    ),
    (
        "c1",
        "The Courier",
        28,
        [
            (
                "Lord Raglan allowed that his guns had killed two villagers.",
                "raglan",
                Kind.KILLED,
                Count(2, 2, "two"),
                {"whom": "villagers", "who": BRITAIN},
            ),
            (
                "A surgeon, whose word could not be checked, spoke of forty dead.",
                "surgeon",
                Kind.KILLED,
                Count(40, 40, "forty"),
                {"whom_class": VictimClass.UNKNOWN, "stance": Stance.DOUBTED},
            ),
            (
                "On Friday the guns opened again, the surgeon said.",
                "surgeon",
                Kind.SHELLING,
                None,
                {"when": Days(date(1854, 10, 27), date(1854, 10, 27))},
            ),
            (
                "Lord Raglan lost 12 gunners.",
                "raglan",
                Kind.KILLED,
                Count(12, 12, "12"),
                {"whom": "gunners", "whom_class": VictimClass.COMBATANT, "counted": BRITAIN},
            ),
            (
                "Prince Menshikov claims 200 of them.",
                "menshikov",
                Kind.KILLED,
                Count(200, 200, "200"),
                {"whom": "them", "whom_class": VictimClass.COMBATANT, "counted": BRITAIN, "who": RUSSIA},
            ),
        ],
    ),
    (
        "g2",
        "The Gazette",
        30,
        [
            (
                "The governor now counts 14 villagers killed.",
                "governor",
                Kind.KILLED,
                Count(14, 14, "14"),
                {"whom": "villagers", "who": BRITAIN},
            ),
            (
                "Prince Menshikov denies that forty died.",
                "menshikov",
                Kind.KILLED,
                Count(40, 40, "forty"),
                {"whom_class": VictimClass.UNKNOWN, "stance": Stance.DENIED},
            ),
            (
                "Since June the shelling has cost 600 lives, the governor said.",
                "governor",
                Kind.KILLED,
                Count(600, 600, "600"),
                {"scope": Scope.TOTAL, "when": Days(date(1854, 6, 1), date(1854, 10, 30))},
            ),
        ],
    ),
    (
        "copy",
        "The Echo",
        31,
        [
            (
                "The governor now counts 14 villagers killed.",
                "governor",
                Kind.KILLED,
                Count(14, 14, "14"),
                {"whom": "villagers", "who": BRITAIN},
            ),
        ],
    ),
]


def row(policy: str = "airwars", dirt: str = "") -> Row:
    """The incident as a ledger gives it; `dirt` is put into every text that comes from a report."""
    reports: dict[str, Report] = {}
    statements: dict[str, Statement] = {}
    ids: dict[str, str] = {}
    tellings = []
    for id, outlet, number, sentences in PAPERS:
        text = " ".join(sentence + dirt for sentence, *_ in sentences)
        day = date(1854, 10, number)
        report = Report.of(text, id=id, outlet=outlet + dirt, published=Published(day, DateSource.GIVEN))
        reports[report.key], ids[id] = report, report.key
        at, own = 0, []
        for sentence, voice, kind, count, said in sentences:
            whom, named_as = said.get("whom"), said.get("named")
            by = VOICES[voice]
            claim = Claim.of(
                report.key,
                at,
                at + len(sentence + dirt),
                kind,
                count=replace(count, text=count.text + dirt) if count else None,
                whom=Mention(at, at + len(str(whom)), f"{whom}{dirt}") if whom else None,
                whom_class=said.get("whom_class", VictimClass.CIVILIAN if whom else VictimClass.UNKNOWN),
                who=Mention(at, at + len(str(named_as)), str(named_as)) if named_as else None,
                when=said.get("when"),
                voice=None if by.type is VoiceType.OUTLET else Mention(at, at + 3, by.name),
                stance=said.get("stance", Stance.ASSERTED),
                scope=said.get("scope", Scope.EVENT),
            )
            who, counted = said.get("who"), said.get("counted")
            assert who is None or isinstance(who, Actor)
            assert counted is None or isinstance(counted, Actor)
            named_voice = replace(by, name=by.name + dirt)
            statements[claim.key] = Statement(claim, named_voice, None, who, counted, report.outlet, day)
            own.append(claim.key)
            at += len(sentence + dirt) + 1
        tellings.append(Telling(f"telling-{id}", report.key, tuple(own)))
    origins = {key: Origin(key, 1.0) for key in reports} | {ids["copy"]: Origin(ids["g2"], 0.98)}
    where = Place(f"Kadikoi{dirt}", 44.5, 33.6, PlacePrecision.VILLAGE)
    when = Days(date(1854, 10, 25), date(1854, 10, 27))
    incident = Incident("i00c0ffee", tuple(tellings), (), (Kind.KILLED, Kind.SHELLING), when, where)
    tally = weigh(incident, statements, origins, named(policy))
    return Row(incident, tally, statements, reports)


def told(policy: str = "airwars") -> str:
    return "".join(f"{plain(line)}\n" for line in explain(row(policy)))


def test_the_explanation_is_as_it_was_agreed() -> None:
    assert told() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_every_claim_of_a_bound_is_told_with_its_sentence_voice_outlet_and_day(policy: str) -> None:
    given, words = row(policy), told(policy)
    assert f"policy {given.tally.policy};" in words
    for spread in given.tally.ranges:
        for bound in (spread.low, spread.high):
            for key in bound.claims:
                statement = given.statements[key]
                report = given.reports[statement.claim.report]
                quote = report.text[statement.claim.start : statement.claim.end]
                day = f"{report.published.day.day} October 1854" if report.published else ""
                assert f'{statement.voice.name}, in {report.outlet}, {day}: "{quote}"' in words
            for left in bound.left_out:
                assert left.reason in words


def test_what_is_not_at_hand_is_said_and_breaks_nothing() -> None:
    given = row()
    bare = Row(replace(given.incident, where=None, when=None), given.tally, {}, {})
    words = "".join(f"{plain(line)}\n" for line in explain(bare))
    assert "place not known, day not known" in words
    assert "which is not in this incident" in words
    without = "".join(f"{plain(line)}\n" for line in explain(replace_reports(given)))
    assert "(its sentence is not at hand)" in without
    assert "its report is not in this ledger" in without


def replace_reports(given: Row) -> Row:
    return Row(given.incident, given.tally, given.statements, {})


HOSTILE = "\x1b[2J\x1b]0;owned\x07\u202e\u2066\u200f\x9b31m\u0000\ud800\U000e0041\r\n\u2028\x7f"


def test_nothing_that_a_terminal_obeys_goes_through() -> None:
    out, lines = io.StringIO(), explain(row(dirt=HOSTILE))
    write(lines, out)
    odd = [char for char in out.getvalue() if char not in "\n " and unicodedata.category(char)[0] in "CZ"]
    assert odd == []
    assert "<U+001B>" in out.getvalue()
    assert out.getvalue().count("\n") == len(lines)


def test_giant_words_are_shown_in_short() -> None:
    words = "".join(plain(line) for line in explain(row(dirt="A" * 50_000)))
    assert len(words) < 200_000


if __name__ == "__main__" and "--renew" in sys.argv:
    GOLDEN.write_text(told(), encoding="utf-8")
