"""On whose word a claim stands: one voice for all the spellings of a name.

Known voices come from `packs/voices.json`. Short forms ("the Observatory") are read as
the long form that stands in the same report. A voice without a name ("residents") is
kept to its report's outlet, so that the residents of two papers are two voices. A claim
in the report's own words is the outlet's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from rapidfuzz.distance import OSA

from parallax.model import Claim, Report, Voice, VoiceType
from parallax.names import actors, bodies, credits
from parallax.names.cast import Person, holders, is_whole, meant, plain, title_of, titles
from parallax.names.folding import fold
from parallax.names.parties import LOOSE, Parties, load
from parallax.names.parties import bare as _bare


@dataclass(frozen=True, slots=True)
class _Known:
    """The pack: voices by name, those of them that count within longer words, and the short forms."""

    voices: Mapping[str, Voice]
    within: Mapping[str, Voice]
    short: Mapping[str, tuple[str, ...]]
    by_key: Mapping[str, Voice]
    spellings: Mapping[str, tuple[str, ...]]
    unnamed: frozenset[str]
    titles: frozenset[str]
    empty: frozenset[str]
    longest: int
    bodies: bodies.Known
    agencies: Mapping[str, Voice]


@cache
def _known() -> _Known:
    pack = json.loads(resources.files("parallax.names").joinpath("packs", "voices.json").read_text("utf-8"))
    voices: dict[str, Voice] = {}
    within: dict[str, Voice] = {}
    short: dict[str, list[str]] = {}
    by_key: dict[str, Voice] = {}
    spellings: dict[str, tuple[str, ...]] = {}
    for row in pack["voices"]:
        voice = Voice(row["key"], row["name"], VoiceType(row["type"]), row.get("party"))
        by_key[voice.key] = voice
        names = [_bare(name) for name in (row["name"], *row.get("aliases", ()))]
        spellings[voice.key] = tuple(names)
        for name in names:
            within.setdefault(name, voice)
        for name in (*names, *map(_bare, row.get("whole", ()))):
            voices.setdefault(name, voice)
        for name in row.get("short", ()):
            short.setdefault(_bare(name), []).append(voice.key)
    return _Known(
        voices,
        within,
        {name: tuple(keys) for name, keys in short.items()},
        by_key,
        spellings,
        frozenset(_bare(word) for word in pack["unnamed"]),
        titles(),
        frozenset(pack["empty"]),
        (longest := max(len(name.split()) for name in within)),
        bodies.Known(within, frozenset(name.split()[0] for name in within), longest, frozenset(pack["relief"])),
        {
            name: voices[_bare(name)]
            for row in pack["voices"]
            if row["type"] == VoiceType.AGENCY
            for name in (row["name"], *row.get("aliases", ()), *row.get("whole", ()))
        },
    )


_LEADING = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "one",
        "some",
        "several",
        "two",
        "three",
        "many",
        "most",
        "other",
        "another",
        "both",
    ]
)


def resolve(claim: Claim, report: Report, parties: Parties | None = None) -> Voice:
    """The voice of a claim made in this report; `via` is the name of who passes it on, where one is named.

    `parties` are those that a voice may speak for, the shipped ones unless given.
    """
    parties = parties or load()
    voice = _own(report) if claim.voice is None else _named(claim.voice.text, report, claim.voice.start, parties)
    if claim.via is not None and claim.via.text.strip():
        return replace(voice, via=_named(claim.via.text, report, claim.via.start, parties).name)
    return voice


def _own(report: Report) -> Voice:
    """Whose the report's own words are: those of the agency whose wire it prints, else the outlet's."""
    printed = outlet(report)
    agencies = _known().agencies
    name = credits.credited(report.text, tuple(agencies))
    if name is None or agencies[name].key == printed.key:
        return printed
    return replace(agencies[name], via=printed.name)


def outlet(report: Report) -> Voice:
    """The report's own voice: its outlet, else the host of its address, else the report itself."""
    if report.outlet and _bare(report.outlet):
        known = _known().voices.get(_bare(report.outlet))
        if known is not None:
            return known
        return Voice(_key("outlet", report.outlet), report.outlet.strip(), VoiceType.OUTLET)
    host = _host(report.url)
    if host:
        return Voice(f"outlet:{host}", host, VoiceType.OUTLET)
    return Voice(f"report:{report.key}", report.title or report.id, VoiceType.OUTLET)


def _host(url: str | None) -> str | None:
    match = re.match(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/@\s]*@)?([^/:?#\s]+)", url or "", re.IGNORECASE)
    return match.group(1).lower().removeprefix("www.") if match else None


def _key(sort: str, name: str) -> str:
    kept = _bare(name).split()
    while len(kept) > 1 and kept[0] in _LEADING:
        kept = kept[1:]
    return f"{sort}:{'-'.join(kept) or 'nameless'}"


def _named(words: str, report: Report, before: int, parties: Parties) -> Voice:
    """The voice that these words name in this report, at `before` in its text."""
    known = _known()
    bare = _bare(words)
    if bare not in known.voices and _wordless(bare):
        return outlet(report)
    voice = (
        known.voices.get(bare)
        or _holder(words, report, before, parties)
        or _short(bare, report)
        or (None if _stands_beside(bare) else _inside(words, report))
        or bodies.meant(bare, report.text, before, known.bodies)
        or _misspelt(words, report.text)
    )
    if voice is not None:
        return voice
    said = bare.split()
    kept = [word for word in said if word not in _LEADING]
    actor = actors.resolve(words, report.published.day if report.published else None, parties)
    party = actor.key if actor is not None and actor.certainty > LOOSE and not _stands_beside(bare) else None
    nameless = any(word in known.unnamed for word in kept) or actors.names_people(" ".join(kept), parties)
    nameless = nameless or (party is None and title_of(bare) is not None)
    person = None if nameless and not _titled(words) else _person(words, report, party, parties)
    if person is not None:
        return person
    if nameless or (party is None and not any(letter.isupper() for letter in words)):
        speaks = party if any(_SPEAKERS.match(word) for word in said) else None
        key = f"unnamed:{'-'.join(kept) or 'nameless'}@{outlet(report).key}"
        return Voice(key, words.strip(), VoiceType.UNNAMED, speaks)
    if actor is not None and party is not None and _sort(words, said) in (VoiceType.PERSON, VoiceType.UNNAMED):
        return Voice(f"party:{party}", actor.name, VoiceType.PARTY, party)
    sort = _sort(words, said)
    if sort is VoiceType.OUTLET or (report.outlet and _bare(report.outlet) == bare):
        return Voice(_key("outlet", words), words.strip(), VoiceType.OUTLET, party)
    return Voice(_key("named", words), words.strip(), sort, party)


def _misspelt(words: str, text: str) -> Voice | None:
    """The known voice of which an acronym has two letters changed about, where the text has it right elsewhere."""
    said = words.strip().removeprefix("the ").removeprefix("The ")
    if not (said.isupper() and said.isascii() and len(said) > 3):
        return None
    known = _known()
    found = {
        voice.key: voice
        for name, voice in known.voices.items()
        if len(name) == len(said) and OSA.distance(name.upper(), said) == 1 and sorted(name.upper()) == sorted(said)
    }
    named = f" {fold(text)} "
    found = {key: voice for key, voice in found.items() if any(f" {n} " in named for n in known.spellings[key])}
    return next(iter(found.values())) if len(found) == 1 else None


# "A Russian ally", "the president's critics": words for others than whom they name.
_BESIDE = frozenset(
    f"{word}{ending}"
    for word in ("backer", "rival", "opponent", "critic", "supporter", "sponsor", "neighbour", "neighbor")
    for ending in ("", "s")
) | {"ally", "allies", "enemy", "enemies"}


def _stands_beside(bare: str) -> bool:
    """Whether the words speak of somebody by whom he stands with or against."""
    return bare.split(" of ", maxsplit=1)[0].rsplit(" ", 1)[-1] in _BESIDE


_SPEAKERS = re.compile(r"^(?:spokes\w+|officials?|officers?|commanders?|military|sources?|army|authorities|ministry)$")
_SORTS = (
    (VoiceType.OFFICIAL, r"ministry|department|office|command|army|police|sheriff|embassy|commission|court"),
    (VoiceType.OUTLET, r"news|tv|television|radio|press|agency|page|channel|newspaper|today|times|daily"),
    (VoiceType.MONITOR, r"cent(?:er|re)|association|organi[sz]ation|network|institute|rights|documentation|council"),
)


def _sort(words: str, said: list[str]) -> VoiceType:
    """What kind of voice an unknown name is, by the words in it."""
    for sort, pattern in _SORTS:
        if any(re.fullmatch(pattern, word) for word in said):
            return sort
    return VoiceType.PERSON if _looks_personal(words) else VoiceType.UNNAMED


def _short(bare: str, report: Report) -> Voice | None:
    """A short form, where the report also has the long one; the earliest long form wins."""
    known = _known()
    keys = known.short.get(bare) or known.short.get(_without_lead(bare), ())
    if not keys:
        return None
    text = f" {fold(report.text)} "
    found = [(text.find(f" {name} "), key) for key in keys for name in known.spellings[key]]
    found = [(at, key) for at, key in found if at >= 0]
    return known.by_key[min(found)[1]] if found else None


def _without_lead(bare: str) -> str:
    kept = bare.split()
    while len(kept) > 1 and kept[0] in _LEADING:
        kept = kept[1:]
    return " ".join(kept)


_TAIL = re.compile(r"\b(?:of|in|with|from|for|near|at|on|who|that|which)\b")


def _inside(words: str, report: Report) -> Voice | None:
    """The longest known voice within the words ("SOHR's director", "a Reuters witness"), then a short form."""
    known = _known()
    said = _bare(words).split()
    capitals = {_bare(word) for word in words.split() if word.isupper()}
    best: tuple[int, int, Voice] | None = None
    for first in range(len(said)):
        for last in range(min(len(said), first + known.longest), first, -1):
            voice = known.within.get(" ".join(said[first:last]))
            # One short word counts only in capitals: "AFP photographer" but not "an ap".
            sure = last - first > 1 or len(said[first]) > 3 or said[first] in capitals
            if voice is not None and sure and (best is None or (last - first, -first) > best[:2]):
                best = (last - first, -first, voice)
    if best is not None:
        return best[2]
    # "An activist with the opposition": who speaks is named before what he is of.
    for word in _TAIL.split(" ".join(said), maxsplit=1)[0].split():
        voice = _short(word, report) if len(said) > 1 and len(word) > 7 else None
        if voice is not None:
            return voice
    return None


def _titled(words: str) -> bool:
    return any(word.strip(".,").lower() in _known().titles for word in words.split()[:-1])


def _looks_personal(words: str) -> bool:
    name = words.strip()
    return bool(re.fullmatch(r"[A-Z][\w'’.-]*(?:\s+(?:al-|el-|bin |ibn |de |von )?[A-Z][\w'’.-]*){1,4}", name))


def _person(words: str, report: Report, party: str | None, parties: Parties) -> Voice | None:
    """A person by a title, or by a part of a name that the report gives in full elsewhere."""
    parts = words.split()
    titled = [number for number, word in enumerate(parts[:-1]) if word.strip(".,").lower() in _known().titles]
    name = [word for word in parts[titled[-1] + 1 if titled else 0 :] if word.strip(",")]
    named = name[-1][:1].isupper() or name[-1][:3] in ("al-", "el-")
    person = meant(plain(" ".join(name)), report.text) if named else None
    if titled and named:
        return _of_person(person, " ".join(name), words.strip(), report, party, parties)
    if party is not None:
        return _of_person(person, words, words.strip(), report, party, parties) if person and person.title else None
    if len(parts) == 1 and named and not parts[0].isupper() and person is not None:
        return _of_person(person, words, words.strip(), report, None, parties)
    if _looks_personal(words) and _sort(words, _bare(words).split()) is VoiceType.PERSON:
        return _of_person(person, words, words.strip(), report, None, parties)
    return None


def _of_person(
    person: Person | None, name: str, said: str, report: Report, party: str | None, parties: Parties
) -> Voice:
    """The voice of a person, known or not; all that a report calls one person gives one voice."""
    known = _known().voices
    for called in (person.called, person.written) if person else ():
        if _bare(called) in known:
            return known[_bare(called)]
    own = plain(name)
    # A name said with its given name stands, where the report's own may have caught a word before it.
    whole = person is not None and (not is_whole(own) or len(person.name) <= len(own) or person.name[-1] != own[-1])
    called = person.called if person and (person.title or whole) else said
    official = said != name or bool(person and person.title)
    if party is None and person and person.title:
        actor = actors.resolve(person.described, report.published.day if report.published else None, parties)
        party = actor.key if actor is not None and actor.certainty > LOOSE else None
    full = person.name if person and whole else own
    key = "-".join(full) or "nameless"
    return Voice(f"person:{key}", called, VoiceType.OFFICIAL if official else VoiceType.PERSON, party)


def _holder(words: str, report: Report, before: int, parties: Parties) -> Voice | None:
    """The one person whom the report has named with this title before: "the Prince", "the general"."""
    voices = [_named(person.called, report, before, parties) for person in holders(words, report.text, before)]
    return voices[0] if len({voice.key for voice in voices}) == 1 else None


_DURATION = re.compile(r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)")


def _wordless(bare: str) -> bool:
    """Whether the words name nobody: figures, number words, determiners and spans of time alone."""
    known = _known()
    if bare in known.unnamed:
        return False
    return all(
        word in known.empty or not any(map(str.isalpha, word)) or _DURATION.fullmatch(word) for word in bare.split()
    )
