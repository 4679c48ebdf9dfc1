from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.claims import trained
from parallax.claims.reader import READER, read
from parallax.model import Claim, Count, Kind, Mention, Report, Stance

from .reading import report

STORY = (
    "Air strikes kill dozens in Hesna\n\n"
    "At least 25 civilians, among them nine children, were killed when warplanes bombed a market in the town of Hesna "
    "on Monday, the Marwa Observatory said.\n\n"
    "Fourteen others were wounded. A military source told the state agency that 12 fighters were killed. "
    "The army denied that it had struck the market.\n\n"
    "Peace talks are to go on in Vienna. The weather was fair."
)


def _check(text: str, claims: tuple[Claim, ...]) -> None:
    assert list(claims) == sorted(claims, key=lambda claim: (claim.start, claim.kind, claim.key))
    assert len({claim.key for claim in claims}) == len(claims)
    for claim in claims:
        assert 0 <= claim.start < claim.end <= len(text)
        for slot in fields(claim):
            value = getattr(claim, slot.name)
            if isinstance(value, Mention):
                assert text[value.start : value.end] == value.text
            if isinstance(value, Count):
                assert value.text in text
        for span in claim.also:
            assert 0 <= span.start < span.end <= len(text)
        assert 0 <= claim.certainty <= 1
        assert all(0 <= sure <= 1 for _, sure in claim.certainties)


def test_a_story_is_read_with_its_numbers_voices_and_certainties() -> None:
    claims = read(report(STORY))
    _check(STORY, claims)
    killed = {(c.count.low, c.count.high): c for c in claims if c.kind is Kind.KILLED and c.count}
    assert (25, None) in killed
    assert (12, 12) in killed
    whole = killed[25, None]
    assert whole.voice is not None
    assert "Marwa Observatory" in whole.voice.text
    assert whole.where is not None
    assert "Hesna" in whole.where.text
    assert any(claim.kind is Kind.AIR_STRIKE for claim in claims)
    assert any(claim.kind is Kind.INJURED and claim.count and claim.count.low == 14 for claim in claims)
    assert any(claim.stance is Stance.DENIED and claim.kind is Kind.AIR_STRIKE for claim in claims)
    assert {name for name, _ in whole.certainties} == {
        "count", "whom_class", "whom", "who", "where", "when", "voice", "stance", "scope",
    }  # fmt: skip


def test_the_reader_says_who_it_is_by_its_files() -> None:
    assert READER.name == "network"
    assert trained.settings()["digest"] == trained.digest()


def test_what_was_read_before_changes_nothing() -> None:
    others = [report(f"Shelling killed {number} people in Marwa. " * 5) for number in (3, 40)]
    alone = read(report(STORY))
    for other in others:
        read(other)
    assert read(report(STORY)) == alone


def test_a_long_report_is_read_to_its_end() -> None:
    filler = "The committee met again and its members spoke at length about the budget of the region. " * 150
    text = filler + "\n\nOn Monday 31 civilians were killed by shelling in the town of Marwa, the Observatory said."
    last = [claim for claim in read(report(text)) if claim.kind is Kind.KILLED]
    assert [claim.count and claim.count.low for claim in last] == [31]
    _check(text, read(report(text)))


@pytest.mark.parametrize("language", ["ar", "es", "fr"])
def test_another_language_makes_no_claims(language: str) -> None:
    assert read(report("Four women were killed in Marwa.", language=language)) == ()


def test_arabic_letters_make_no_claims_whatever_the_language_given() -> None:
    assert read(report("قتل ثلاثة مدنيين في قصف على القرية", language="en")) == ()


def test_a_report_without_a_date_or_a_text_is_read() -> None:
    assert read(Report.of("")) == ()
    (killed,) = [c for c in read(Report.of(STORY)) if c.kind is Kind.KILLED and c.count and c.count.low == 25]
    assert killed.when is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([
    *STORY.split(), "[SEP]", "[CLS]", "\n\n", "12", "killed", "\u202e", "\ud800", "٣", "“", "a" * 200, "Dr.", "�",
]), max_size=120))  # fmt: skip
def test_any_words_are_read_with_offsets_that_hold(words: list[str]) -> None:
    text = " ".join(words)
    _check(text, read(report(text)))


def test_a_long_list_of_claims_is_read_in_time() -> None:
    text = "\n\n".join(f"Shelling killed {number} people in Marwa on Monday." for number in range(2, 400))
    claims = read(report(text))
    _check(text, claims)
    assert len({c.count.low for c in claims if c.kind is Kind.KILLED and c.count}) > 300
