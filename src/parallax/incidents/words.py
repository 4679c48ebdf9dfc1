"""The words of a claim, folded so that spellings can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from parallax.model import Mention

# Words that stand before or inside a name of a place and tell two places apart from nothing.
ARTICLES = frozenset({"the", "al", "el", "as", "ad", "ar", "an", "ash", "at", "az", "of", "in", "and", "near"})
PLACE_NOUNS = frozenset(
    {"village", "town", "city", "district", "province", "governorate", "county", "countryside", "neighbourhood"}
    | {"neighborhood", "area", "region", "suburb", "street", "block", "road", "north", "south", "east", "west"}
    | {"northern", "southern", "eastern", "western", "central", "rural", "port", "state"}
)
# Capitalised words that name a side, a people, an office or a calendar day, and no person.
NO_PERSON = frozenset(
    {"mr", "mrs", "ms", "dr", "gen", "general", "col", "colonel", "lt", "sgt", "capt", "captain", "maj", "major"}
    | {"lord", "sir", "prince", "king", "president", "minister", "sheriff", "deputy", "police", "officer", "army"}
    | {"state", "islamic", "united", "states", "forces", "force", "syrian", "russian", "american", "british", "french"}
    | {"turkish", "kurdish", "iraqi", "israeli", "arab", "english", "us", "uk", "sdf", "isis", "isil", "daesh", "nato"}
    | {"county", "city", "department", "democratic", "free", "republican", "guard", "guards", "brigade", "division"}
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "front", "national", "coalition"}
    | {"a", "an", "the", "one", "two", "three", "four", "five", "his", "her", "their", "man", "woman", "boy", "girl"}
)
# Words of a victim that are too common to tell one from another.
COMMON = frozenset(
    {"a", "an", "the", "of", "and", "or", "in", "at", "least", "more", "than", "some", "many", "several", "people"}
    | {"person", "persons", "civilian", "civilians", "man", "men", "others", "other", "its", "their", "his", "her"}
    | {"another", "including", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "year"}
    | {"old", "years", "who", "were", "was", "victims", "victim", "members", "fighters", "soldiers", "troops", "him"}
    | {"them", "she", "he", "it", "killed", "dead", "wounded", "injured", "number", "dozens", "hundreds", "males"}
)
AGE_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
AGE = re.compile(
    r"\b(\d{1,3}|[a-z]+)[- ]year[- ]old\b|,\s*(\d{1,2})\b(?!\s*(?:people|men|women|others))", re.IGNORECASE
)
NAME = re.compile(r"[^\W\d_][\w'’-]*\.?(?:\s+[^\W\d_][\w'’-]*\.?)*")
PARTICLES = frozenset({"al", "el", "de", "la", "del", "bin", "ibn", "van", "von", "abu"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents or punctuation, words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


@lru_cache(maxsize=65536)
def place_name(text: str) -> str:
    """The folded words that are the name itself: without articles and nouns such as "village"."""
    words = fold(text).split()
    kept = [w for w in words if w not in ARTICLES and w not in PLACE_NOUNS] or [w for w in words if w not in ARTICLES]
    return " ".join(kept)


def named_place(mention: Mention | None) -> str:
    """The folded name that the words of a place hold; "" for a common noun ("the hospital", "the scene")."""
    if mention is None or not any(c.isupper() or _caseless(c) for c in mention.text):
        return ""
    return place_name(mention.text)


def _caseless(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper()


def persons(mention: Mention | None) -> frozenset[str]:
    """Folded names of the persons that the words name: two capitalised words or more."""
    if mention is None:
        return frozenset()
    found = set()
    for match in NAME.finditer(_bare(mention.text)):
        run: list[str] = []
        for word in [*match.group().split(), ""]:
            if word[:1].isupper() or (run and fold(word) in PARTICLES):
                run.append(word)
                continue
            named = [w for w in fold(" ".join(run)).split() if w not in NO_PERSON]
            # Headlines in capitals name no one in particular.
            if sum(len(w) > 1 for w in named) >= 2 and not " ".join(run).isupper():
                found.add(" ".join(named))
            run = []
    return frozenset(found)


def surnames(mention: Mention | None) -> frozenset[str]:
    """The last names of the persons named, and a name that stands alone ("Cathcart")."""
    if mention is None:
        return frozenset()
    lone = [w for w in fold(_bare(mention.text)).split() if w not in NO_PERSON]
    alone = len(lone) == 1 and len(lone[0]) > 2 and mention.text[:1].isupper() and not mention.text.isupper()
    return frozenset({name.split()[-1] for name in persons(mention)} | set(lone if alone else ()))


def _bare(text: str) -> str:
    """The words without the possessive "'s"."""
    return re.sub(r"['’]s\b", "", text)


def ages(mention: Mention | None) -> frozenset[int]:
    """Ages in years that the words give ("a 2-year-old boy", "Mary Smith, 34")."""
    if mention is None:
        return frozenset()
    found = set()
    for match in AGE.finditer(mention.text):
        word = (match.group(1) or match.group(2)).lower()
        age = int(word) if word.isdigit() else AGE_WORDS.get(word)
        if age is not None and age < 120:
            found.add(age)
    return frozenset(found)


def telling_words(mention: Mention | None) -> frozenset[str]:
    """The folded words that can tell one victim or target from another."""
    if mention is None:
        return frozenset()
    return frozenset(w for w in fold(mention.text).split() if len(w) > 2 and w not in COMMON and not w.isdigit())
