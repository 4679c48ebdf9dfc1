"""The words of a claim, folded so that spellings can be compared, and the names among them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from parallax.model import Mention

_LEXICON = json.loads(resources.files("parallax.incidents").joinpath("lexicon.json").read_text("utf-8"))
_ARTICLES = frozenset(_LEXICON["articles"])
_PLACE_NOUNS = frozenset(_LEXICON["place_nouns"])
_PARTICLES = frozenset(_LEXICON["particles"])
_NOT_NAMES = frozenset(_LEXICON["not_names"])
_COMMON_OF_VICTIMS = frozenset(_LEXICON["common_of_victims"])
_NOT_PARTS = frozenset(_LEXICON["not_parts"])
_BODIES = frozenset(_LEXICON["bodies"])
_LANDMARKS = frozenset(_LEXICON["landmarks"])
_GIVEN_NAMES = frozenset(_LEXICON["given_names"])
_AGES: dict[str, int] = _LEXICON["ages"]

_AGE = re.compile(
    r"\b(\d{1,3}|[a-z]+)[- ](year|month)s?[- ]old\b|,\s*(\d{1,2})\b(?!\s*(?:people|men|women|others))", re.IGNORECASE
)
_RUN = re.compile(r"[^\W\d_][\w'’-]*\.?(?:\s+[^\W\d_][\w'’-]*\.?)*")
_ARTICLE = re.compile(r"^(?:a[ln]|a[drtsz]|ash|el)-(?=\w)")
_POSSESSIVE = re.compile(r"['’]s\b")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents or punctuation, words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


@lru_cache(maxsize=65536)
def place_name(text: str) -> str:
    """The folded words that are the name itself: without articles and nouns such as "village"."""
    words = [w for w in fold(text).split() if w not in _ARTICLES]
    return " ".join([w for w in words if w not in _PLACE_NOUNS] or words)


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants of a folded name, doubled ones once: the same for most ways to write one name in Latin letters."""
    bare = re.sub(r"[aeiouyw\s]", "", name)
    bare = re.sub(r"(.)\1+", r"\1", bare)
    return bare if len(bare) >= 3 else name


def named_place(mention: Mention | None) -> str:
    """The folded name that the words of a place hold; "" for a common noun ("the hospital", "the scene")."""
    if mention is None or not any(c.isupper() or _caseless(c) for c in mention.text):
        return ""
    return place_name(mention.text)


def _caseless(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper()


def persons(mention: Mention | None) -> frozenset[str]:
    """Folded names of the persons that the words name: two parts or more, titles and "Abu" not counted."""
    return frozenset(name for name in _runs(mention) if len(_parts(name)) >= 2 and not _LANDMARKS & set(name.split()))


def names(mention: Mention | None) -> frozenset[str]:
    """The folded capitalised words that may be a part of a name ("cathcart"), three letters or more."""
    return frozenset(word for name in _runs(mention) for word in _parts(name) if len(word) > 2) - _LANDMARKS


def given(words: Iterable[str]) -> frozenset[str]:
    """Those of the folded words that are common given names: two happenings often share one by chance."""
    return _GIVEN_NAMES & frozenset(words)


def is_common(name: str) -> bool:
    """Whether every part of a folded full name is a common given name ("mohammad mahmoud")."""
    return given(parts := _parts(name)) == frozenset(parts)


def _parts(name: str) -> list[str]:
    return [word for word in name.split() if len(word) > 1 and word not in _NOT_PARTS]


def _runs(mention: Mention | None) -> tuple[str, ...]:
    """Capitalised words that stand together, folded, without those that name no one.

    A body ("Health Ministry", "Aqsa Martyrs Hospital") is no one either, with all its words.
    """
    return () if mention is None else _runs_of(mention.text)


@lru_cache(maxsize=65536)
def _runs_of(text: str) -> tuple[str, ...]:
    if text.isupper():
        return ()  # headlines in capitals name no one in particular
    found = []
    for match in _RUN.finditer(_POSSESSIVE.sub("", text)):
        run: list[str] = []
        for word in [*match.group().split(), ""]:
            if _is_capitalised(word) or (run and fold(word) in _PARTICLES):
                run.append(word)
                continue
            folded = fold(" ".join(run)).split()
            if not _BODIES & set(folded):
                found.append(" ".join(w for w in folded if w not in _NOT_NAMES))
            run = []
    return tuple(name for name in found if name)


def _is_capitalised(word: str) -> bool:
    """Whether the word may be part of a name ("Omar", "al-Masri"); initials of a body ("WHO") are not."""
    bare = _ARTICLE.sub("", word)
    return bare[:1].isupper() and not (len(bare) > 2 and bare.isupper())


def ages(mention: Mention | None) -> frozenset[str]:
    """Ages that the words give, in years or months: "2" ("a 2-year-old boy", "Mary Smith, 2"), "6m"."""
    if mention is None:
        return frozenset()
    found = set()
    for match in _AGE.finditer(mention.text):
        word = (match.group(1) or match.group(3)).lower()
        age = int(word) if word.isdigit() else _AGES.get(word)
        if age is not None and age < 120:
            found.add(f"{age}m" if (match.group(2) or "").lower() == "month" else str(age))
    return frozenset(found)


def telling_words(mention: Mention | None) -> frozenset[str]:
    """The folded words that can tell one victim or target from another."""
    if mention is None:
        return frozenset()
    words = (w for w in fold(mention.text).split() if len(w) > 2 and not w.isdigit())
    return frozenset(w for w in words if w not in _COMMON_OF_VICTIMS)
