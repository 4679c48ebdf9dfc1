"""The places a report names, each resolved to one place or kept with null coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parallax.model import Mention, Place, PlaceMention, PlacePrecision, Report
from parallax.names.actors import names_people, resolve
from parallax.names.candidate import Candidate, Sign
from parallax.names.cast import meant
from parallax.names.described import describe
from parallax.names.entry import Entry
from parallax.names.folding import fold
from parallax.names.gazetteer import Gazetteer
from parallax.names.kinds import QUARTERS
from parallax.names.recognise import recognise
from parallax.names.settle import Ranked, certainty, settle
from parallax.names.ships import ship
from parallax.names.tokens import bare
from parallax.names.words import hints, words

KEPT = 3
# A place read by the likeness of its spelling is less sure than one read by its name.
LIKENESS = 0.7
# How many hinting words it takes before they are half believed.
HINTS = 2
# How sure it is that a name without coordinates is a place at all.
UNLISTED = 0.3
# People from which a name without capitals may be meant.
WELL_KNOWN = 15_000
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|£|[AC]\$|A&E")
_DOMAIN = re.compile(r"\.([a-z]{2})(?::\d+)?$")
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//")
# Country domains that anybody buys tell nothing of a country.
_SOLD = frozenset(["co", "tv", "me", "io", "ly", "fm", "am", "cc", "ws", "to", "nu", "eu"])


def find(report: Report, gazetteer: Gazetteer, also: Sequence[Mention] = ()) -> tuple[PlaceMention, ...]:
    """Every place named in the report's text, in order; coordinates are null where none was found.

    `also` are words that something else knows to name a place, such as a claim's; those
    that were overlooked are read as one.
    """
    candidates = recognise(report.text, gazetteer)
    capitals = any(letter.isupper() for letter in report.text)
    told = [mention for mention in also if not _no_place(mention, report.text, gazetteer)]
    candidates += _overlooked(candidates, told, gazetteer, capitals)
    candidates.sort(key=lambda found: found.start)
    ranked = settle(candidates, _beats(report))
    mentions = []
    for candidate, order in zip(candidates, ranked, strict=True):
        if candidate.entries and not order and not candidate.plain:
            continue
        mention = Mention(candidate.start, candidate.end, report.text[candidate.start : candidate.end])
        place = _place(candidate, order)
        if place.precision in _COARSER and _BESIDE.search(report.text, max(0, candidate.start - 40), candidate.start):
            place = replace(place, precision=PlacePrecision.SUBDISTRICT)
        mentions.append(PlaceMention(mention, place))
    return describe(report.text, mentions)


# "South of Hajin" and "near Hajin" are not in Hajin, but no further off than its subdistrict; "in the south of
# Hajin" is in Hajin.
_BESIDE = re.compile(
    r"\b(?:near|outside|around|close to|outskirts of"
    r"|(?:(?<!in the )|(?<=to the ))(?:north|south)?-?(?:north|south|east|west)(?: of| from))(?: the)?"
    r"(?: (?:city|town|village) of)? $",
    re.IGNORECASE,
)
_COARSER = (PlacePrecision.NEIGHBOURHOOD, PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.CITY)


def _no_place(mention: Mention, text: str, gazetteer: Gazetteer) -> bool:
    """Whether words taken for a place's are a titled person, a people, a party's men or a ship."""
    lists, name = words(), bare(mention.text.strip())
    plain = re.sub(r"^(?:the|The|a|A|an|An) ", "", name)
    start = mention.start + mention.text.find(plain)
    if ship(text, start) or names_people(name) or plain in lists.never:
        return True
    first, *rest = plain.split() or [""]
    if first.strip(".") in lists.titles and first != "Saint":
        built = lists.facilities | lists.streets | lists.waters | lists.regions | lists.organisations
        if built & set(rest) or lists.types & {word.lower() for word in rest} or gazetteer.named(plain):
            return False
        return any(word[:1].isupper() for word in rest)
    first = bare(first)
    if rest and rest[0][:1].isupper():
        return False
    if names_people(first) or (first in lists.never | lists.surnames and resolve(first) is not None):
        return True
    person = meant((fold(first),), text)
    return person is not None and person.title is not None and person.name[-1] == fold(first)


def _overlooked(
    found: Sequence[Candidate], also: Sequence[Mention], gazetteer: Gazetteer, capitals: bool
) -> list[Candidate]:
    """The candidates for words that are given as a place's and were not recognised as one.

    Without `capitals` the report is all in lower case, as old wire texts are.
    """
    added: dict[tuple[int, int], Candidate] = {}
    for mention in sorted(also):
        taken = [*found, *added.values()]
        if any(mention.start < other.end and other.start < mention.end for other in taken):
            continue
        for start, name in _forms(mention):
            entries, likeness = _bearers(name, gazetteer, capitals)
            if entries:
                end = start + len(name)
                added[start, end] = Candidate(start, end, name, entries, Sign.STRONG, likeness=likeness)
                break
        else:
            name = mention.text.rstrip()
            if name[:1].isupper() or name[:1] > "\u0530" or name[:3] in ("al-", "el-"):
                end = mention.start + len(name)
                added[mention.start, end] = Candidate(mention.start, end, name, (), Sign.STRONG)
    return list(added.values())


_GENERIC = re.compile(
    r"(?i)(?:the |old |a )?(?P<name>.+?)"
    r"(?: (?:(?:refugee )?camp|neighbou?rhoods?|villages?|towns?|city|districts?|areas?|frontlines?|suburbs?))?"
)
_PARTS = re.compile(r"(?: and | with |, )")


def _forms(mention: Mention) -> Iterator[tuple[int, str]]:
    """The words as they are, without "the" and "camp", and the first of several joined by "and"."""
    text = bare(mention.text.rstrip())
    yield mention.start, text
    for piece in (text, _PARTS.split(text)[0]):
        match = _GENERIC.fullmatch(piece)
        if match:
            yield mention.start + match.start("name"), match.group("name")


def _bearers(name: str, gazetteer: Gazetteer, capitals: bool) -> tuple[tuple[Entry, ...], bool]:
    """The places of this name, and whether they are only like it; without capitals a well-known bearer."""
    entries = gazetteer.named(name)
    if any(letter.isupper() or letter > "\u0530" for letter in name):
        if entries or names_people(name):
            return entries, False
        return gazetteer.like(name), True
    if capitals:
        return (), False
    return tuple([entry for entry in entries if entry.weight >= WELL_KNOWN]), False


def _beats(report: Report) -> dict[str, float]:
    """The countries the report seems to be from, 0 to 1: by the outlet's address, and by its words.

    Words count for one country only as far as they do not count for another as well.
    """
    beats: dict[str, float] = {}
    for address in (report.outlet, report.url):
        host = _SCHEME.sub("", (address or "").strip().lower()).split("/")[0]
        match = _DOMAIN.search(host)
        if match and match.group(1) not in _SOLD:
            beats["GB" if match.group(1) == "uk" else match.group(1).upper()] = 1.0
    heard: dict[str, int] = {}
    for word in set(_WORD.findall(report.text)):
        for country in hints().get(word, ()):
            heard[country] = heard.get(country, 0) + 1
    for country, times in heard.items():
        beats[country] = max(beats.get(country, 0.0), times / (sum(heard.values()) + HINTS))
    return beats


def _place(candidate: Candidate, order: list[Ranked]) -> Place:
    if not order:
        precision = PlacePrecision.STREET if candidate.street else _unlisted_precision(candidate)
        others = sorted(candidate.entries, key=lambda entry: -entry.weight)[:KEPT]
        far = tuple([as_place(entry, 0.0) for entry in others])
        return Place(candidate.text, None, None, precision, certainty=UNLISTED, alternatives=far)
    sure = certainty(order) * (LIKENESS if candidate.likeness else 1.0)
    close = [ranked.entry for ranked in order[1:]]
    # What the words ruled out ("Aleppo" the governorate) is still what another reader may have meant.
    ruled_out = [one for one in dict.fromkeys(candidate.entries) if one not in close and one != order[0].entry]
    close += sorted(ruled_out, key=lambda entry: -entry.weight)
    rest = tuple([as_place(entry, 0.0) for entry in close[:KEPT]])
    return as_place(order[0].entry, round(sure, 3), rest)


def _unlisted_precision(candidate: Candidate) -> PlacePrecision:
    """How exact a name is that the gazetteer lacks, by the words for its kind."""
    if candidate.feature in QUARTERS and (candidate.feature != "district" or candidate.entries):
        return PlacePrecision.NEIGHBOURHOOD
    if candidate.feature in words().divisions:
        return PlacePrecision.DISTRICT
    landmark = candidate.text.split()[-1:] and candidate.text.split()[-1] in words().waters
    return PlacePrecision.LANDMARK if landmark else PlacePrecision.VILLAGE


def as_place(entry: Entry, sure: float, alternatives: tuple[Place, ...] = ()) -> Place:
    """The place that a gazetteer entry stands for, with the certainty of its being meant."""
    return Place(
        entry.name,
        entry.lat,
        entry.lon,
        entry.precision,
        entry.country,
        entry.geonameid,
        (entry.admin1,) if entry.admin1 else (),
        sure,
        alternatives,
    )
