from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.claims.passages import split
from parallax.model import Zone, ZoneKind


def sentences(text: str) -> list[str]:
    return [passage.text for passage in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Col. Adam Reed said the U.S. Army would leave at 9 a.m. Monday.",
        "Maj.-Gen. Bosquet and W. H. Russell met in St. Arnaud's tent on Oct. 25 at No. 5 battery.",
        "The monitor counted 2.5 million displaced and 1.250 shells.",
        "BALAKLAVA, Crimea (Wire) — Two men died in the U.K. camp.",
        "Damascus, SANA - Three shells fell near the mill.",
        "The column moved... and then it stopped.",
        '"Will they come?" Colonel Hay asked.',
        "Gen. Ivanov, of the 3rd Div. staff, gave no number, e.g. for the wounded.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five died. Two fled.", ["Five died.", "Two fled."]),
        ("It killed 5.The army denied it.", ["It killed 5.", "The army denied it."]),
        ("“We saw it.” He left.", ["“We saw it.”", "He left."]),
        ('They "left the town." The road was cut.', ['They "left the town."', "The road was cut."]),
        ('He fled."They came at dawn," she said.', ["He fled.", '"They came at dawn," she said.']),
        ("It was hit at 5 p.m. The crew died.", ["It was hit at 5 p.m.", "The crew died."]),
        ("They work for the U.N. They stayed.", ["They work for the U.N.", "They stayed."]),
        ("هل سقط قتلى؟ نعم، سقط ثلاثة.", ["هل سقط قتلى؟", "نعم، سقط ثلاثة."]),
        ("وہ چلے گئے۔ پھر واپس آئے۔", ["وہ چلے گئے۔", "پھر واپس آئے۔"]),
        (
            "Shells hit the port\n\nTen men died in the harbour.",
            ["Shells hit the port", "Ten men died in the harbour."],
        ),
        ("The toll:\n- five soldiers\n- two medics", ["The toll:", "- five soldiers", "- two medics"]),
        ("the mayor was shot. two guards fled to st. marc.", ["the mayor was shot.", "two guards fled to st. marc."]),
        (
            "A street after the raid (Reuters Photo) Six people died.",
            ["A street after the raid (Reuters Photo)", "Six people died."],
        ),
        ("Published 3 May 2016 Six people died.", ["Published 3 May 2016", "Six people died."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_wrapped_column_is_one_paragraph() -> None:
    text = (
        "The garrison said on Monday that its gunners had fired four hundred\n"
        "rounds at the works before dark and that nine men of the battery had\n"
        "been killed. A party of engineers was sent to mend the parapet, and\n"
        "came back whole."
    )
    passages = split(text)
    assert [p.text.split()[0] for p in passages] == ["The", "A"]
    assert {p.paragraph for p in passages} == {0}


def test_a_headline_on_its_own_line_is_its_own_passage() -> None:
    text = (
        "Fleet shells the forts\nThe fleet shelled the sea forts for six hours on Tuesday, the admiral's dispatch said."
    )
    assert [p.text.split()[0] for p in split(text)] == ["Fleet", "The"]


def test_zones_cut_passages_and_name_them() -> None:
    text = "Nine die in raid Nine people died in a raid on the port."
    zones = (Zone(ZoneKind.HEADLINE, 0, 16), Zone(ZoneKind.CAPTION, 17, 400))
    assert [(p.text, p.zone) for p in split(text, zones)] == [
        ("Nine die in raid", ZoneKind.HEADLINE),
        ("Nine people died in a raid on the port.", ZoneKind.CAPTION),
    ]


MARKS = st.sampled_from(
    [". ", ".", "... ", '."', " U.S. ", "\n", "\n\n", "؟ ", "?! ", '" ', "(AP) ", "12", " 3.5 ", "Gen. "]
)
TEXTS = st.lists(
    st.one_of(MARKS, st.text(max_size=6), st.sampled_from(["The army", "said", "al-Bab"])), max_size=25
).map("".join)
ZONES = st.lists(
    st.tuples(st.sampled_from(list(ZoneKind)), st.integers(0, 80), st.integers(0, 80)).map(
        lambda row: Zone(row[0], min(row[1:]), max(row[1:]))
    ),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, ZONES)
def test_passages_partition_the_text(text: str, zones: list[Zone]) -> None:
    passages = split(text, zones)
    covered: set[int] = set()
    last = 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text == passage.text.strip() != ""
        assert passage.start >= last
        last = passage.end
        covered.update(range(passage.start, passage.end))
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)
    assert [p.paragraph for p in passages] == sorted(p.paragraph for p in passages)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["Five men fell.", "The gate held?", "No one came!"]), min_size=1, max_size=8))
def test_sentences_joined_by_spaces_come_apart_again(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@settings(max_examples=100, deadline=None)
@given(st.integers(50, 110))
def test_the_width_of_a_wrapped_column_does_not_matter(width: int) -> None:
    text = (
        "The garrison said on Monday that its gunners had fired four hundred rounds at the works before dark and "
        "that nine men of the battery had been killed. A party of engineers under Capt. Reeve was sent at 9 p.m. "
        "to mend the parapet, and came back whole. No one else was hurt."
    )
    wrapped = textwrap.fill(text, width, break_on_hyphens=False)
    assert [" ".join(part.split()) for part in sentences(wrapped)] == sentences(text)
    assert {passage.paragraph for passage in split(wrapped)} == {0}
