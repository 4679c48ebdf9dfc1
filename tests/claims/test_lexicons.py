from __future__ import annotations

import json
from importlib.resources import files

import pytest

from parallax.claims.lexicons import LEXICONS, Phrases, all_forms, forms, load


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("kill", {"kill", "kills", "killed", "killing"}),
        ("die/died/dying", {"die", "dies", "died", "dying"}),
        ("storm", {"storm", "storms", "stormed", "storming"}),
        ("destroy", {"destroy", "destroys", "destroyed", "destroying"}),
        ("occupy", {"occupy", "occupies", "occupied", "occupying"}),
        ("execute", {"execute", "executes", "executed", "executing"}),
        ("shoot/shot", {"shoot", "shoots", "shot", "shooting"}),
        ("took hostage/taken hostage", {"took hostage", "taken hostage"}),
    ],
)
def test_forms(entry: str, expected: set[str]) -> None:
    assert expected <= set(forms(entry))


def test_an_irregular_past_puts_the_regular_one_out() -> None:
    assert "shooted" not in forms("shoot/shot")


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases({"air": 1, "air strike": 2, "strike": 3})
    assert list(phrases.all(["an", "air", "strike", "on", "air"])) == [(1, 3, 2), (4, 5, 1)]


def test_every_lexicon_is_named_and_only_those() -> None:
    folder = files("parallax.claims").joinpath("lexicons")
    assert {path.name for path in folder.iterdir() if path.name.endswith(".json")} == {f"{n}.json" for n in LEXICONS}


@pytest.mark.parametrize("name", LEXICONS)
def test_entries_are_in_small_letters_and_trimmed(name: str) -> None:
    for text in _strings(load(name)):
        assert text == text.strip()
        assert text == text.lower(), text


def test_no_trigger_stands_twice_in_one_list() -> None:
    for lists in load("harms").values():
        for entries in lists.values():
            assert len(set(entries)) == len(entries)


def test_the_forms_of_all_entries_are_words() -> None:
    assert all(form.replace("-", " ").replace(" ", "").isalpha() for form in all_forms(load("words")["verbs"]))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return [json.dumps(value)]
