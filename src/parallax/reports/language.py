"""In which language a text is written."""

from __future__ import annotations

import re
from functools import lru_cache

import py3langid

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?\Z")
_SAMPLE = 1_000
_ENOUGH = 20
# Languages that the model takes some plain news for: Nigerian Pidgin for English, the
# spoken Arabic of Morocco and Egypt for written Arabic.
_NEIGHBOURS = {"pcm": "en", "ary": "ar", "arz": "ar"}


def named(tag: str | None) -> str | None:
    """The language of a tag such as `en-GB`, in lower case; None for no tag, `und` or nonsense."""
    found = _TAG.match(tag.strip()) if tag else None
    code = found[1].casefold() if found else None
    return None if code in ("und", "mul", "zxx", "mis") else code


def told(text: str) -> str | None:
    """The language (ISO 639-1) of a text's first thousand characters; None under twenty letters.

    py3langid (Lui and Baldwin, 2012), whose model comes inside the package.
    """
    return _told(text[:_SAMPLE])


@lru_cache(maxsize=1024)
def _told(sample: str) -> str | None:
    if sum(mark.isalpha() for mark in sample) < _ENOUGH:
        return None
    code, _ = py3langid.classify(sample)
    return _NEIGHBOURS.get(code, str(code))
