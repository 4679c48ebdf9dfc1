from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parallax.claims.counting import read
from parallax.claims.sentences import Sentence, parse


def groups(text: str) -> list[str]:
    sentence = read(text).sentence
    return [sentence.words(group.first, group.end) for group in sentence.groups]


def tag(text: str, word: str) -> str:
    sentence = read(text).sentence
    return sentence.tags[sentence.norms.index(word)]


def test_noun_groups_end_at_the_next_number_or_article() -> None:
    assert groups("At least 12 people in the old town killed 3 rebels") == [
        "At least 12 people",
        "the old town",
        "3 rebels",
    ]


def test_a_short_bracket_stays_in_its_group() -> None:
    assert groups("five IS (Daesh) militants died") == ["five IS (Daesh) militants"]


def test_a_day_is_in_no_group() -> None:
    assert groups("On 5 March 2016 rebels attacked the town") == ["rebels", "the town"]


def test_words_that_can_be_noun_or_verb() -> None:
    assert tag("The strike killed two men.", "strike") == "N"
    assert tag("Rebels raid the town.", "raid") == "V"
    assert tag("SANA reports that two men died.", "reports") == "V"
    assert tag("Initial reports say two men died.", "reports") == "N"


def test_a_name_is_no_verb_and_no_pronoun() -> None:
    assert tag("Two men died near Tell Amra.", "tell") == "N"
    assert tag("At least five IS fighters died.", "is") == "N"


def test_asterisks_are_in_the_text_and_not_in_the_norm() -> None:
    sentence = parse("ki*lled by IS*IS")
    assert sentence.norms == ["killed", "by", "isis"]
    assert sentence.words(0, 1) == "ki*lled"


@given(st.text(max_size=120))
def test_offsets_reslice_and_groups_partition(text: str) -> None:
    sentence = parse(text)
    assert len(sentence.starts) == len(sentence.ends) == len(sentence.tags) == len(sentence.norms)
    ends = [0, *sentence.ends]
    assert all(before <= start < end for before, start, end in zip(ends, sentence.starts, sentence.ends, strict=False))
    assert all(not text[end:start].strip() for end, start in zip(ends, sentence.starts, strict=False))
    _groups_hold(sentence)


def _groups_hold(sentence: Sentence) -> None:
    for number, group in enumerate(sentence.groups):
        assert set(sentence.group_at[group.first : group.end]) == {number}
