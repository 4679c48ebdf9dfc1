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

from parallax.model import Claim, Report, Voice, VoiceType
from parallax.names import actors
from parallax.names.folding import fold


@dataclass(frozen=True, slots=True)
class _Known:
    voices: Mapping[str, Voice]
    short: Mapping[str, tuple[str, ...]]
    by_key: Mapping[str, Voice]
    spellings: Mapping[str, tuple[str, ...]]
    unnamed: frozenset[str]
    titles: frozenset[str]
    longest: int


@cache
def _known() -> _Known:
    pack = json.loads(resources.files("parallax.names").joinpath("packs", "voices.json").read_text("utf-8"))
    voices: dict[str, Voice] = {}
    short: dict[str, list[str]] = {}
    by_key: dict[str, Voice] = {}
    spellings: dict[str, tuple[str, ...]] = {}
    for row in pack["voices"]:
        voice = Voice(row["key"], row["name"], VoiceType(row["type"]), row.get("party"))
        by_key[voice.key] = voice
        names = [_bare(name) for name in (row["name"], *row.get("aliases", ()))]
        spellings[voice.key] = tuple(names)
        for name in names:
            voices.setdefault(name, voice)
        for name in row.get("short", ()):
            short.setdefault(_bare(name), []).append(voice.key)
    return _Known(
        voices,
        {name: tuple(keys) for name, keys in short.items()},
        by_key,
        spellings,
        frozenset(_bare(word) for word in pack["unnamed"]),
        frozenset(word.lower() for word in pack["official_titles"]),
        max(len(name.split()) for name in voices),
    )


_POSSESSIVE = re.compile(r"['’ʼ]s?(?=\W|$)", re.IGNORECASE)
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


def _bare(words: str) -> str:
    return fold(_POSSESSIVE.sub("", words)).removeprefix("the ")


def resolve(claim: Claim, report: Report) -> Voice:
    """The voice of a claim made in this report; `via` is the name of who passes it on, where one is named."""
    voice = _outlet(report) if claim.voice is None else _named(claim.voice.text, report)
    if claim.via is not None and claim.via.text.strip():
        return replace(voice, via=_named(claim.via.text, report).name)
    return voice


def _outlet(report: Report) -> Voice:
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
    return f"{sort}:{_bare(name).replace(' ', '-') or 'nameless'}"


def _named(words: str, report: Report) -> Voice:
    """The voice that these words name in this report."""
    known = _known()
    bare = _bare(words)
    if not bare:
        return _outlet(report)
    voice = known.voices.get(bare) or _short(bare, report) or _inside(bare)
    if voice is not None:
        return voice
    said = bare.split()
    person = _person(words, report)
    if person is not None:
        return person
    actor = actors.resolve(words, report.published.day if report.published else None)
    plain = [word for word in said if word not in _LEADING]
    nameless = any(word in known.unnamed for word in plain) or not any(c.isupper() for c in words)
    if nameless:
        scope = _outlet(report).key
        party = actor.key if actor is not None and actor.certainty >= 0.5 and _speaks(said) else None
        return Voice(f"unnamed:{'-'.join(plain) or 'nameless'}@{scope}", words.strip(), VoiceType.UNNAMED, party)
    if actor is not None and actor.certainty > actors.LOOSE:
        return Voice(f"party:{actor.key}", actor.name, VoiceType.PARTY, actor.key)
    if re.search(r"\b(?:ministry|department|office|command|army|police|sheriff)\b", bare):
        return Voice(_key("official", words), words.strip(), VoiceType.OFFICIAL)
    return Voice(_key("named", words), words.strip(), VoiceType.PERSON if _looks_personal(words) else VoiceType.UNNAMED)


def _short(bare: str, report: Report) -> Voice | None:
    """A short form, where the report also has the long one; the earliest long form wins."""
    known = _known()
    keys = known.short.get(bare, ())
    if not keys:
        return None
    text = f" {fold(report.text)} "
    found = [(text.find(f" {name} "), key) for key in keys for name in known.spellings[key]]
    found = [(at, key) for at, key in found if at >= 0]
    return known.by_key[min(found)[1]] if found else None


def _inside(bare: str) -> Voice | None:
    """The longest known voice within the words: "the SOHR's director", "Reuters witness" is Reuters."""
    known = _known()
    said = bare.split()
    best: tuple[int, int, Voice] | None = None
    for first in range(len(said)):
        for last in range(min(len(said), first + known.longest), first, -1):
            voice = known.voices.get(" ".join(said[first:last]))
            if (
                voice is not None
                and (last - first > 1 or len(said[first]) > 3)
                and (best is None or (last - first, -first) > best[:2])
            ):
                best = (last - first, -first, voice)
    return best[2] if best else None


_SPEAKERS = re.compile(r"^(?:spokes\w+|officials?|officers?|commanders?|military|sources?|army|authorities|ministry)$")


def _speaks(said: list[str]) -> bool:
    """Whether nameless words speak for a party: "a Russian military source", not "residents near Russian bases"."""
    return any(_SPEAKERS.match(word) for word in said)


def _looks_personal(words: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z][\w'’.-]*\s+){1,4}[A-Z][\w'’.-]*", words.strip()))


_CAPITALS = re.compile(r"(?:[A-Z][\w'’-]+\.?|al-[A-Z][\w'’-]+)(?:\s+(?:al-|bin |ibn )?[A-Z][\w'’-]*\.?)+")


def _person(words: str, report: Report) -> Voice | None:
    """A person by a title, or by a surname that a fuller name in the report explains."""
    known = _known()
    said = [word.strip(".,").lower() for word in words.split()]
    titled = next((number for number, word in enumerate(said) if word in known.titles), None)
    names = [word for word in words.split() if word[:1].isupper() and word.strip(".,").lower() not in known.titles]
    if titled is not None and names and titled < len(said) - 1:
        full = _fuller(names[-1], report) or " ".join(names)
        actor = actors.resolve(words, report.published.day if report.published else None)
        party = actor.key if actor is not None and actor.certainty > actors.LOOSE else None
        return Voice(_key("person", full), words.strip(), VoiceType.OFFICIAL, party)
    if len(names) == 1 and len(said) == 1:
        longer = _fuller(names[0], report)
        if longer is not None:
            return Voice(_key("person", longer), longer, VoiceType.PERSON)
    if _looks_personal(words) and not any(word in known.unnamed for word in said) and actors.resolve(words) is None:
        return Voice(_key("person", words), words.strip(), VoiceType.PERSON)
    return None


def _fuller(surname: str, report: Report) -> str | None:
    """The first fuller name in the report that ends with this surname, without its titles."""
    bare = _bare(surname)
    titles = _known().titles
    for match in _CAPITALS.finditer(report.text):
        parts = [part for part in match.group().split() if part.strip(".").lower() not in titles]
        if len(parts) >= 2 and _bare(parts[-1]) == bare:
            return " ".join(parts)
    return None
