"""In which language a text is written."""

from __future__ import annotations

import pytest

from parallax.reports.language import named, told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russian strikes kill many civilians in the countryside of the city, Monitor says, as talks go on.", "en"),
        ("قتل مدنيان في قصف على البلدة يوم الاثنين، وقال مصدر محلي إن القصف استمر حتى المساء.", "ar"),
        ("Deux civils ont été tués dans un bombardement de la ville lundi, a dit le gouverneur.", "fr"),
        ("12", None),
    ],
)
def test_a_language_is_told_from_its_text(text: str, language: str | None) -> None:
    assert told(text) == language


@pytest.mark.parametrize(("tag", "language"), [("en-GB", "en"), ("AR", "ar"), ("und", None), (None, None), ("?", None)])
def test_a_tag_names_a_language_or_none(tag: str | None, language: str | None) -> None:
    assert named(tag) == language
