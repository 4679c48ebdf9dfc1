"""A report explained to a person: every claim with its slots marked, and nothing that a terminal would obey."""

from __future__ import annotations

import io
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.exports.doubt import doubtful_first, least
from parallax.exports.explain import BRACKET, Line, explain, plain, safe, write
from parallax.model import (
    Claim,
    Count,
    DateSource,
    Days,
    Kind,
    Mention,
    Published,
    Report,
    Scope,
    Span,
    Stance,
    VictimClass,
)

GOLDEN = Path(__file__).parent / "golden" / "explain.txt"
TEXT = (
    "Shells on Balaklava kill two. The governor of Balaklava spoke to the Times on Monday.\n"
    "He said that at least two civilians were killed and 30 hussars, 2 of them officers, were hurt\n"
    "when the army of the Tsar shelled the town. He denied that 2 guns and 2 limbers were lost."
)


def mention(words: str, after: int = 0) -> Mention:
    start = TEXT.index(words, after)
    return Mention(start, start + len(words), words)


def report_and_claims() -> tuple[Report, tuple[Claim, ...]]:
    report = Report.of(
        TEXT,
        id="times-1",
        title="Shells on Balaklava",
        outlet="The Times",
        published=Published(date(1854, 10, 26), DateSource.GIVEN),
    )
    second = TEXT.index("He said")
    third = TEXT.index("He denied")
    monday = Days(date(1854, 10, 23), date(1854, 10, 23))
    voice = mention("The governor of Balaklava")
    killed = Claim.of(
        report.key,
        second,
        third - 1,
        Kind.KILLED,
        count=Count(2, None, "at least two"),
        whom=mention("civilians"),
        whom_class=VictimClass.CIVILIAN,
        who=mention("the army of the Tsar"),
        where=mention("Balaklava", TEXT.index("governor")),
        when=monday,
        voice=voice,
        certainty=0.943,
        also=(Span(0, TEXT.index(" The governor")),),
        certainties=(
            ("count", 0.97),
            ("whom_class", 0.99),
            ("whom", 0.91),
            ("who", 0.45),
            ("where", 0.8),
            ("when", 0.49),
            ("voice", 0.5),
            ("stance", 0.98),
            ("scope", 0.96),
        ),
    )
    lost = Claim.of(
        report.key,
        third,
        len(TEXT),
        Kind.DAMAGE,
        count=Count(2, 2, "2"),
        whom=mention("guns and 2 limbers"),
        voice=mention("He", third),
        via=mention("the Times"),
        stance=Stance.DENIED,
        scope=Scope.TOTAL,
        when=Days(date(1854, 10, 1), date(1854, 10, 26)),
        certainty=0.4,
    )
    return report, (killed, lost)


def shown(lines: tuple[Line, ...]) -> str:
    return "".join(f"{plain(line)}\n" for line in lines)


def printed(lines: tuple[Line, ...]) -> str:
    out = io.StringIO()
    write(lines, out)
    return out.getvalue()


def test_the_explanation_is_as_it_was_agreed() -> None:
    report, claims = report_and_claims()
    assert shown(explain(report, claims)) == GOLDEN.read_text(encoding="utf-8")


def test_what_is_printed_to_no_terminal_is_the_plain_text() -> None:
    lines = explain(*report_and_claims())
    assert printed(lines) == shown(lines)


def test_a_terminal_gets_colours_and_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "900")
    monkeypatch.delenv("NO_COLOR", raising=False)
    lines, out = explain(*report_and_claims()), Terminal()
    write(lines, out)
    assert "\x1b[" in out.getvalue()
    parts = out.getvalue().split("\x1b[")
    assert parts[0] + "".join(part.split("m", 1)[1] for part in parts[1:]) == shown(lines)


def test_a_report_without_claims_says_so() -> None:
    report, _ = report_and_claims()
    assert "no claim was read here" in shown(explain(report, ()))


def test_slots_of_a_reader_that_gives_no_certainty_bear_none() -> None:
    report, (_, lost) = report_and_claims()
    lines = shown(explain(report, (lost,)))
    assert lines.count(" sure") == 1
    assert "0.40 sure  DOUBTFUL" in lines


def test_the_most_doubtful_stand_first() -> None:
    report, (killed, lost) = report_and_claims()
    assert least(killed) == 0.45
    assert doubtful_first((killed, lost)) == (lost, killed)
    alike = tuple(Claim.of(report.key, start, 40, Kind.KILLED, certainty=0.4) for start in (9, 3))
    assert [claim.start for claim in doubtful_first((*alike, lost))] == [3, 9, lost.start]


HOSTILE = "\x1b[2J\x1b]0;owned\x07 Men\u202e killed\u2066 3\u200f \x9b31m in\u0000 Homs\ud800\U000e0041 \r\n\u2028 \x7f"


def test_nothing_that_a_terminal_obeys_goes_through() -> None:
    report = Report.of(HOSTILE, id=f"id {HOSTILE}", title=HOSTILE, outlet=HOSTILE)
    bad = Mention(0, len(HOSTILE), HOSTILE)
    claim = Claim.of(
        report.key,
        0,
        len(HOSTILE),
        Kind.KILLED,
        count=Count(3, 3, f"3\u200f{HOSTILE}"),
        whom=bad,
        who=bad,
        where=bad,
        voice=bad,
        via=bad,
        also=(Span(0, len(HOSTILE)),),
    )
    told = printed(explain(report, (claim,)))
    assert [char for char in told if char != "\n" and unicodedata.category(char)[0] in "CZ" and char != " "] == []
    assert "<U+001B>" in told
    assert "<U+202E>" in told
    assert "<U+D800>" in told


def test_a_giant_report_is_shown_in_short() -> None:
    text = "A" * 60_000
    report = Report.of(text, id="b" * 9000, title="c" * 9000, outlet="d" * 9000)
    giant = Mention(0, len(text), text)
    claim = Claim.of(
        report.key, 0, len(text), Kind.KILLED, count=Count(10**40, None, "9" * 5000), whom=giant, who=giant
    )
    told = shown(explain(report, (claim,)))
    assert len(told) < 12_000
    assert "more than 999,999,999,999,999 or more" in told


@st.composite
def readings(draw: st.DrawFn) -> tuple[Report, Claim]:
    text = draw(st.text(min_size=1, max_size=60))

    def span() -> tuple[int, int]:
        first, second = draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))
        return min(first, second), max(first, second)

    slots = {}
    for slot in ("whom", "who", "where", "voice", "via"):
        if draw(st.booleans()):
            first, last = span()
            slots[slot] = Mention(first, last, text[first:last])
    report = Report.of(text, id="a")
    words = draw(st.sampled_from(["", "1", text[: draw(st.integers(0, 3))]]))
    start, end = span()
    return report, Claim.of(report.key, start, end, Kind.KILLED, count=Count(1, 1, words), **slots)


@given(readings())
def test_brackets_are_paired_and_without_them_the_sentence_is_whole(reading: tuple[Report, Claim]) -> None:
    report, claim = reading
    lines = explain(report, (claim,))
    sentence = lines[5]
    kept = "".join(part.words for part in sentence[1:] if part.role != BRACKET)
    cut = safe(report.text[claim.start : claim.end])
    assert kept.replace(" ", "") == cut.replace(" ", "")
    depth = 0
    for part in sentence[1:]:
        if part.role == BRACKET:
            depth += -1 if part.words == "]" else 1
            assert depth >= 0
    assert depth == 0
    for slot in ("whom", "who", "where", "voice", "via"):
        held = getattr(claim, slot)
        if held is not None and claim.start <= held.start < held.end <= claim.end:
            assert any(part.words == f"[{slot}: " for part in sentence)


@given(st.text())
def test_safe_text_stays_as_it_is(text: str) -> None:
    once = safe(text)
    assert safe(once) == once
    assert not [char for char in once if unicodedata.category(char)[0] == "C"]
