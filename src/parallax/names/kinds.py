"""What the words around a name say of its kind where they do not stand next to it: "the provinces of X and Y".

And the divisions named for a town by another of its spellings, as gazetteers give each division fewer names than
the town that it is named for.
"""

from __future__ import annotations

import re

from parallax.names.entry import Entry
from parallax.names.gazetteer import Gazetteer
from parallax.names.likeness import varies

_NAME = r"[^\W\d_a-z][\w'’-]*(?:[ -](?:(?!and|or)[a-z]{2,3}[ -])?[^\W\d_a-z][\w'’-]*){0,3}"
_SIDE = r"(?: in the [a-z]+)?"
_OF = re.compile(rf"\b(?:provinces?|governorates?) of (?:{_NAME}{_SIDE}(?:, (?:and )?| and | or ))*$")
_LISTED = re.compile(rf"(?:(?:, (?:and )?| and | or ){_NAME})+ (?:provinces|governorates)\b")
REACH = 120
# Words for a part of a town; "district" is a division's as well.
QUARTERS = frozenset(["district", "neighbourhood", "neighborhood", "quarter", "suburb"])


_QUARTER_OF = re.compile(r"(?:^|\b[a-z]+ )(neighbou?rhood|quarter|suburb|district) of (?:the )?$")


def quarter_of(text: str, start: int, following: str) -> str | None:
    """The word for a quarter after the name, or before it: "the X quarter", "the quarter of X"; None without any."""
    if following in QUARTERS:
        return following
    before = _QUARTER_OF.search(text, max(0, start - REACH), start)
    return before.group(1) if before else None


def division_of(text: str, start: int, end: int) -> str | None:
    """The word for a division that stands apart from the name at these offsets: "provinces of X", "X, Y provinces"."""
    if _OF.search(text, max(0, start - REACH), start) or _LISTED.match(text, end, end + REACH):
        return "province"
    return None


def divisions_of(text: str, entries: tuple[Entry, ...], gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The entries, with the divisions that bear another spelling of their name, where none of them is a division."""
    if any(entry.region for entry in entries):
        return entries
    named = [one for entry in entries if varies(entry.country) for one in gazetteer.named(entry.name)]
    alike = [*named, *gazetteer.like(text)] if any(varies(entry.country) for entry in entries) else named
    found = [one for one in alike if one.region and any(_same_land(one, entry) for entry in entries)]
    return tuple(dict.fromkeys([*entries, *found]))


def _same_land(region: Entry, town: Entry) -> bool:
    return region.country == town.country and region.admin1 == town.admin1
