"""Divisions that a text names right after a place as where it lies: "Hajeen, eastern Deir Ezzor"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parallax.model import PlacePrecision
from parallax.names.entry import Entry
from parallax.names.gazetteer import Gazetteer
from parallax.names.likeness import varies
from parallax.names.tokens import Token, bare

_SIDE = r"(?:(?:the )?(?:north|south|east|west|centr)[a-z-]* (?:and (?:north|south|east|west)[a-z]* )?)?"
LIES_IN = re.compile(
    r"(?: (?:village|town|city|suburb|neighbou?rhood|district|area|camp|farms?|plain))?"
    rf"(?:,\s{_SIDE}(?:rural )?|\s?\(|,? in {_SIDE}(?:the )?(?:countryside of |province of |governorate of )?)"
)
# "Hajeen, Deir Ezzor" says where Hajeen lies; "Geneva, Damascus and Moscow" is a list, "doctors in Hajeen" a clause.
APPOSED = re.compile(rf"(?: (?:village|town|city|suburb|neighbou?rhood|camp|farms?))?(?:,\s{_SIDE}(?:rural )?|\s?\()")
_MORE = re.compile(r",? (?:and|or) |, (?=[A-Z])")
_DIVISION = re.compile(r" (?:Governorate|Province|District|Countryside|countryside|governorate|province|district)$")


def divided(text: str, read: Sequence[Token], last: int, gaps: re.Pattern[str]) -> int | None:
    """The token at which a division may be named that the words up to `last` lie in."""
    gap = gaps.match(text, read[last].end)
    if gap is None:
        return None
    return next((number for number in range(last + 1, len(read)) if read[number].start >= gap.end()), None)


def division(
    text: str, read: Sequence[Token], first: int, ends: Sequence[int], gaps: re.Pattern[str], gazetteer: Gazetteer
) -> tuple[Entry, ...]:
    """The divisions, or else the towns, of the longest name from `first` to one of `ends`.

    Only lands whose names are transliterated count, and names that are best known for a place there:
    elsewhere a name is known as it is written.
    """
    for end in ends:
        if gaps is APPOSED and _MORE.match(text, read[end].end):
            continue
        name = bare(text[read[first].start : read[end].end])
        for form in (name, _DIVISION.sub("", name)):
            borne = gazetteer.named(form)
            if borne and not _meant(max(borne, key=lambda entry: entry.weight)):
                continue
            alike = [entry for entry in gazetteer.like(form) if entry.region]
            found = [entry for entry in (*borne, *alike) if _meant(entry)]
            if found:
                return tuple(dict.fromkeys([entry for entry in found if entry.region] or found))
    return ()


def _meant(entry: Entry) -> bool:
    # "Zionsville, Lebanon" is in Indiana: a country says too little of where a village lies.
    return varies(entry.country) and entry.precision is not PlacePrecision.COUNTRY
