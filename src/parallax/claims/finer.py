"""The finer of two places that are named in one breath: of "the Hesna quarter of Tell Amra", the quarter."""

from __future__ import annotations

import re

from parallax.claims.lexicons import words
from parallax.model import Mention

_TOKEN = re.compile(r"[^\W_]+(?:[-'’‘.][^\W_]+)*|[^\s\w]")
_JOINTS = ("of", "in")
_ARTICLES = ("the", "a", "an")
_FARTHEST = 7
_LONGEST = 4
_SHORTEST = 3
_NAME_ARTICLES = ("al", "el", "ad", "an", "ar", "as", "ash", "at", "az")


def finer(text: str, start: int, place: Mention) -> Mention:
    """The place within this one that the same sentence names just before it, or the place itself.

    Seen only from `start` on, where the passage begins, and only where a name stands before a noun
    for places and that before "of" or "in": "Hesna district in the northern city of Tell Amra".
    """
    tokens = [(start + one.start(), start + one.end()) for one in _TOKEN.finditer(text[start : place.start])]
    said = [text[first:end] for first, end in tokens]
    for at in range(len(said) - 1, max(1, len(said) - 1 - _FARTHEST), -1):
        if not said[at][0].isalnum() or said[at] in ("and", "or"):
            break
        noun = said[at - 1].lower()
        if said[at] not in _JOINTS or noun not in words("things", "places" if said[at] == "in" else "quarters"):
            continue
        first = at - 1
        while first > max(0, at - 1 - _LONGEST) and _is_name(said[first - 1]):
            first -= 1
        while first < at - 1 and said[first].lower() in (*_ARTICLES, "at"):
            first += 1
        before = [word.lower() for word in said[:first] if word.lower() not in _ARTICLES][-1:]
        if first == at - 1 or not before or before[0] in words("things", "beside"):
            continue
        last = at - 1 if said[at - 1].lower() in words("things", "buildings") else at - 2
        found = (tokens[first][0], tokens[last][1])
        return Mention(*found, text[found[0] : found[1]])
    return place


def _is_name(word: str) -> bool:
    """Whether a word can be part of a place's name: it has a capital, and tells no people or party."""
    plain = word.lower()
    if plain in _NAME_ARTICLES or plain.startswith(tuple(f"{article}-" for article in _NAME_ARTICLES)):
        return True
    if not word[0].isupper() or len(word) < _SHORTEST or word.isupper():
        return False
    if plain in words("things", "compass") or plain.rpartition("-")[2] in words("grammar", "places_compounds"):
        return False
    return plain not in words("actors", "words") | words("things", "no_names")
