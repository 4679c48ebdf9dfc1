"""A report's statements again, once people corrected who, whom, where, on whose word.

What a person gives for a slot is words. Where the report holds them, near the claim if it can be,
they are quoted from there; else they stand as a mention of no length, which quotes nothing. They
are resolved as the reader's are, among what the report tells of itself. A person who knows better
which bearer of a name is meant adds it in brackets: "Hajin [geonames 172299]", "the dam
[35.87, 38.56]", "the coalition [us-coalition]".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parallax.model import Actor, Claim, Mention, Place, PlacePrecision, Report, Statement
from parallax.names import actors, places
from parallax.names.entry import Entry
from parallax.names.folding import fold
from parallax.names.gazetteer import Gazetteer
from parallax.names.parties import Parties
from parallax.names.statements import state

SLOTS = ("whom", "who", "where", "voice", "via")
WORDS = re.compile(r"(?P<words>.*?)(?:\s*\[(?P<means>[^\[\]]+)\])?", re.DOTALL)
GEONAMES = re.compile(r"geonames (\d{1,12})")
POINT = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)")
# What each slot's words settle: a class of victim tells whose fighters may be meant.
SETTLES = {
    "where": ("place",),
    "voice": ("voice",),
    "via": ("voice",),
    "who": ("who", "whom"),
    "whom": ("who", "whom"),
    "whom_class": ("whom",),
    "kind": ("who", "whom"),
}


def mention(words: str, claim: Claim, report: Report) -> Mention | None:
    """The words as they stand in the report, nearest to the claim's sentence; of no length where they do not."""
    bare = _words(words)
    if not bare:
        return None
    found = [match.start() for match in re.finditer(re.escape(bare), report.text)]
    if not found:
        return Mention(claim.start, claim.start, bare)
    start = min(found, key=lambda at: (max(claim.start - at, at + len(bare) - claim.end, 0), at))
    return Mention(start, start + len(bare), bare)


def put(claim: Claim, slot: str, words: str, report: Report) -> Claim:
    """The claim with a slot that names somebody or some place set to these words, its key kept."""
    said = mention(words, claim, report)
    match slot:
        case "whom":
            return replace(claim, whom=said)
        case "who":
            return replace(claim, who=said)
        case "where":
            return replace(claim, where=said)
        case "voice":
            return replace(claim, voice=said)
        case "via":
            return replace(claim, via=said)
    return claim


def restate(
    report: Report,
    statements: Sequence[Statement],
    given: Mapping[str, Mapping[str, str]],
    gazetteer: Gazetteer,
    parties: Parties,
) -> tuple[Statement, ...]:
    """The statements, in order, with the names of corrected claims resolved anew.

    `statements` hold their claims as corrected; `given` has, for each corrected claim's key, what
    was given for each corrected slot. What no correction bears on stays as it stands.
    """
    claims = [statement.claim for statement in statements]
    quoted = [replace(c, where=None) if c.where and c.where.start == c.where.end else c for c in claims]
    fresh = state(report, quoted, gazetteer, parties)
    day = report.published.day if report.published else None
    found = []
    for statement, new in zip(statements, fresh, strict=True):
        slots = given.get(statement.claim.key, {})
        changes = {name: getattr(new, name) for slot in slots for name in SETTLES.get(slot, ())}
        if "where" in slots:
            changes["place"] = _place(slots["where"], statement.claim, new.place, report, gazetteer)
        for slot in ("who", "whom"):
            if slot in slots and (means := _means(slots[slot])) in parties.by_key:
                party = parties.by_key[means][0]
                changes[slot] = Actor(party.key, party.called(day), party.side(day))
        found.append(replace(statement, **changes))
    return tuple(found)


def _words(given: str) -> str:
    found = WORDS.fullmatch(given.strip())
    return found["words"].strip() if found else given.strip()


def _means(given: str) -> str:
    found = WORDS.fullmatch(given.strip())
    return (found["means"] or "").strip() if found else ""


def _place(given: str, claim: Claim, read: Place | None, report: Report, gazetteer: Gazetteer) -> Place | None:
    """The place that a person means: by its number, by its point, else by its name among those of the report."""
    words, means = _words(given), _means(given)
    if not words:
        return None
    if numbered := GEONAMES.fullmatch(means):
        entry = _entry(words, int(numbered[1]), gazetteer)
        if entry is not None:
            return places.as_place(entry, 1.0)
    if (point := POINT.fullmatch(means)) and abs(float(point[1])) <= 90 and abs(float(point[2])) <= 180:
        # A person's point may be as fine as they like; no place is kept finer than a village.
        return Place(words, round(float(point[1]), 3), round(float(point[2]), 3), PlacePrecision.VILLAGE)
    if claim.where is None or claim.where.start < claim.where.end:
        return read
    # The words stand nowhere in the report: they are read as if they stood at its end.
    longer = replace(report, text=f"{report.text}\n\nThis happened in {words}.")
    said = Mention(len(longer.text) - len(words) - 1, len(longer.text) - 1, words)
    named = [found.place for found in places.find(longer, gazetteer, [said]) if found.mention.span.touches(said.span)]
    return next((place for place in named if place is not None), None)


def _entry(name: str, number: int, gazetteer: Gazetteer) -> Entry | None:
    first = name.split(",", maxsplit=1)[0].strip()
    near = [*gazetteer.named(name), *gazetteer.named(first), *gazetteer.like(first)]
    return next((entry for entry in near if entry.geonameid == number), None)


def suggestions(words: str, gazetteer: Gazetteer, most: int = 8) -> tuple[Place, ...]:
    """The places that these words may mean, the largest first: what a person chooses among."""
    bare = _words(words)
    if len(fold(bare)) < 2:
        return ()
    found = list(dict.fromkeys([*gazetteer.named(bare), *gazetteer.like(bare)]))
    found.sort(key=lambda entry: (fold(entry.name) != fold(bare), -entry.weight, entry.name))
    return tuple(places.as_place(entry, 1.0) for entry in found[:most])


def parties_named(words: str, parties: Parties, most: int = 8) -> tuple[Actor, ...]:
    """The parties that these words may mean."""
    actor = actors.resolve(words, None, parties)
    keys = [actor.key, *actor.alternatives] if actor is not None else []
    rows = [parties.by_key[key][0] for key in keys if key in parties.by_key]
    return tuple(Actor(row.key, row.called(None), row.side(None)) for row in rows[:most])
