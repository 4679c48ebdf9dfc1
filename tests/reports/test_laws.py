"""Laws of the text: one normal form, zones in order and apart, a JSON Lines text kept as given."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.errors import UnreadableError
from parallax.model import ZoneKind
from parallax.reports import frontmatter, lines, zones
from parallax.reports.layout import Block, lay
from parallax.reports.normalise import normalise, whole

ANYTHING = st.text(st.characters(codec=None) | st.sampled_from("\r\n\u2028\u200b\u202e\u0301\u00ad\ufeff\x00\ud800 \t"))
LINES = st.lists(
    st.sampled_from(
        (
            "Next Post",
            "Related articles",
            "Comments",
            "Home",
            "News",
            "Sport",
            "Four people were hurt.",
            "",
            "  ",
            "A link",
        )
    )
    | st.text(max_size=30),
    max_size=20,
).map("\n".join)


@given(ANYTHING)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(mark) in ("Cc", "Cs") for mark in once if mark not in "\n\t")
    assert not set(once) & set("\u202a\u202e\u2066\ufeff\u200b\u00ad\r")
    once.encode("utf-8")


def test_what_normalising_keeps_and_drops() -> None:
    assert normalise("\ufeffAl\u00adbu\u200b Ka\x00mal\r\nnext  \r\r\r\rlast\n") == "Albu Kamal\nnext\n\nlast"
    assert normalise("e\u0301te\u0301") == "été"
    assert normalise("\u202egro.evil\u202c") == "gro.evil"
    assert normalise("می\u200cروم") == "می\u200cروم"
    assert normalise("a\ud800b") == "a\ufffdb"
    assert normalise("1\u00a0500") == "1\u00a0500"


@given(st.lists(st.tuples(st.sampled_from(list(ZoneKind)), ANYTHING)))
def test_blocks_reslice_from_the_text_they_are_laid_into(parts: list[tuple[ZoneKind, str]]) -> None:
    text, laid = lay([Block(kind, words) for kind, words in parts])
    wanted = [(kind, normalise(words)) for kind, words in parts if normalise(words).strip()]
    assert text == "\n\n".join(words for _, words in wanted)
    for kind in ZoneKind:
        sliced = [text[zone.start : zone.end] for zone in laid if zone.kind is kind]
        assert "".join(sliced).replace("\n\n", "") == "".join(words for one, words in wanted if one is kind).replace(
            "\n\n", ""
        )
    assert all(before.end <= after.start for before, after in pairwise(laid))


@given(LINES | ANYTHING, st.none() | st.text(max_size=30))
def test_zones_lie_in_the_text_in_order_and_hold_all_but_blanks(text: str, title: str | None) -> None:
    found = zones.find(text, title)
    before = 0
    for zone in found:
        assert before <= zone.start < zone.end <= len(text)
        assert not text[before : zone.start].strip()
        before = zone.end
    assert not text[before:].strip()


@given(ANYTHING.filter(str.strip), st.booleans())
def test_a_json_lines_text_is_kept_code_point_for_code_point(text: str, escaped: bool) -> None:
    line = json.dumps({"id": "a", "text": text, "extra": [1]}, ensure_ascii=escaped)
    given_text = json.loads(line)["text"]
    report = lines.parse(line, name="a.jsonl", number=1)
    assert report.text == whole(given_text)
    assert len(report.text) == len(given_text)
    if not any(mark == "\x00" or "\ud800" <= mark <= "\udfff" for mark in given_text):
        assert report.text == given_text


@given(st.text())
def test_any_line_parses_or_names_its_file_and_line(line: str) -> None:
    said = ""
    try:
        assert lines.parse(line, name="in.jsonl", number=7).text.strip()
    except UnreadableError as error:
        said = str(error)
    assert not said or said.startswith("in.jsonl, line 7: ")


@pytest.mark.parametrize(
    "value",
    [1, 1.5, True, None, [], {}, "", "\ud800", "last week", "2017-13-45", "9" * 300, "0000-00-00", "2017-04-05T99"],
)
def test_odd_fields_never_stop_a_line(value: object) -> None:
    for name in ("id", "title", "source", "date", "url", "lang"):
        report = lines.parse(json.dumps({"text": "Four people were hurt.", name: value}), name="a", number=1)
        assert report.text == "Four people were hurt."
        assert report.id
        report.id.encode("utf-8")


def test_an_unused_date_can_be_counted() -> None:
    assert "'last week' cannot be understood" in str(lines.unused_date('{"text": "a", "date": "last week"}'))
    assert "20170405" in str(lines.unused_date('{"text": "a", "date": 20170405}'))
    assert lines.unused_date('{"text": "a", "date": "2017-04-05T10:00:00+03:00"}') is None
    assert lines.unused_date('{"text": "a"}') is None
    assert lines.unused_date("broken") is None


@given(
    st.dictionaries(
        st.sampled_from(sorted(frontmatter.KEYS)), st.text(st.characters(categories=["L", "N"]), min_size=1)
    )
)
def test_front_matter_round_trip(values: dict[str, str]) -> None:
    named = {frontmatter.KEYS[key]: value for key, value in values.items()}
    if not values or len(named) < len(values):
        return
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\nbody: stays\n"
    assert frontmatter.split(text) == (named, "body: stays\n")


def test_front_matter_is_never_evaluated() -> None:
    values, _ = frontmatter.split('---\ntitle: !!python/object:os.system "x"\nauthor: *anchor\n---\n')
    assert values == {"title": '!!python/object:os.system "x"', "author": "*anchor"}
