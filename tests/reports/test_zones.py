"""What of a plain text is clutter, and above all what is not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from parallax.model import ZoneKind
from parallax.reports import lines, zones

BODY = "Four people were hurt when shells fell on the eastern quarter, the town's council said on Tuesday. " * 4


def of_kind(text: str, kind: ZoneKind, title: str | None = None) -> str:
    return "\n".join(text[zone.start : zone.end] for zone in zones.find(text, title) if zone.kind is kind)


def test_the_title_is_a_headline_even_with_the_outlet_after_it() -> None:
    text = f"Shelling hurts four in the east\n\n{BODY}"
    assert of_kind(text, ZoneKind.HEADLINE, "Shelling hurts four in the East") == "Shelling hurts four in the east"
    assert (
        of_kind(text, ZoneKind.HEADLINE, "Shelling hurts four in the east - The Wire")
        == "Shelling hurts four in the east"
    )
    assert of_kind(text, ZoneKind.HEADLINE, "Another title") == ""
    assert of_kind(f"The Wire\n\n{BODY}", ZoneKind.HEADLINE, "The Wire says so") == ""


def test_links_to_other_stories_are_clutter_until_a_sentence() -> None:
    tail = "Prev Post\nTen killed in another town\nNext Post\nTalks begin again"
    last = "The council said that the road would open again on Wednesday."
    text = f"{BODY}\n\n{tail}\n\n{last}\n\nRelated articles\nOne more story\nAnd another\n{last}"
    assert of_kind(text, ZoneKind.CLUTTER) == f"{tail}\nRelated articles\nOne more story\nAnd another"
    assert of_kind(text, ZoneKind.BODY).count(last) == 2


def test_a_link_that_tells_of_the_same_happening_stays_body() -> None:
    text = f"{BODY}\nRelated articles\nCouncil counts people hurt by shells in eastern quarter\nTalks begin again"
    assert "Council counts" in of_kind(text, ZoneKind.BODY)
    assert of_kind(text, ZoneKind.CLUTTER) == "Related articles\nTalks begin again"


def test_only_one_line_after_a_neighbour_is_clutter() -> None:
    text = f"{BODY}\nNext Post\nTalks begin again\nFour of the hurt were bakers"
    assert "Four of the hurt were bakers" in of_kind(text, ZoneKind.BODY)


def test_a_list_of_the_dead_is_no_menu() -> None:
    names = "\n".join(
        ("Ivan Petrov", "Maria Petrova", "Anna Petrova", "Oleg Sidorov", "Pavel Orlov", "Vera Orlova", "Home")
    )
    text = f"The dead are:\n{names}"
    assert of_kind(text, ZoneKind.CLUTTER) == ""


def test_a_menu_is_clutter() -> None:
    menu = "\n".join(("Home", "World", "Kurdistan", "Sport", "Opinion", "Contact us"))
    assert of_kind(f"{menu}\n{BODY}", ZoneKind.CLUTTER) == menu


def test_comments_need_a_report_above_them() -> None:
    comment = "I live there and it was more than four."
    assert of_kind(f"{BODY}\nComments\n{comment}\nReply\n{comment}", ZoneKind.COMMENT) == f"{comment}\n{comment}"
    assert of_kind(f"Comments\n{BODY}", ZoneKind.COMMENT) == ""


def test_captions_say_so() -> None:
    text = f"FILE: A wall in the east of the town.\n{BODY}\nA bakery (Photo: The Wire)"
    assert of_kind(text, ZoneKind.CAPTION) == "FILE: A wall in the east of the town.\nA bakery (Photo: The Wire)"


def test_quoted_lines_are_marked_as_in_letters() -> None:
    assert of_kind(f"{BODY}\n> We saw smoke.\n>4 hurt\n{BODY}", ZoneKind.QUOTED) == "> We saw smoke."


def test_words_of_the_lists_inside_a_sentence_stay_body() -> None:
    for line in (
        "The related articles were seized.",
        "Like the others, he was hurt.",
        "More people were hurt on Monday.",
    ):
        assert of_kind(f"{BODY}\n{line}", ZoneKind.CLUTTER) == ""


def test_arabic_furniture_is_clutter() -> None:
    text = "أصيب أربعة مدنيين في قصف على الحي الشرقي.\nمقالات ذات صلة\nخبر آخر من مدينة أخرى\nالتعليقات (0)"
    assert of_kind(text, ZoneKind.CLUTTER) == "مقالات ذات صلة\nخبر آخر من مدينة أخرى\nالتعليقات (0)"


def test_every_word_of_the_lists_is_as_lines_are_compared() -> None:
    words = zones._words()
    for entry in words.controls | words.neighbours | words.headings | words.sections | words.comments:
        assert zones._plain(entry) == entry


@pytest.mark.data
def test_few_claims_of_the_gold_set_fall_to_clutter() -> None:
    path = Path(os.environ.get("PARALLAX_DATA", Path(__file__).parents[2].parent / "shared")) / "gold" / "train.jsonl"
    if not path.is_file():
        pytest.skip(f"the annotated claims are not at {path}")
    quotes = lost = 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        report = lines.parse(line, name=path.name, number=number)
        clutter = [zone for zone in report.zones if zone.kind is ZoneKind.CLUTTER]
        for claim in json.loads(line)["claims"]:
            quotes += 1
            start = report.text.find(claim["quote"])
            end = start + len(claim["quote"])
            lost += any(zone.start < end and start < zone.end for zone in clutter)
    assert quotes > 3000
    assert lost / quotes < 0.005
