"""The persons whom a report names with a title or in full: who its "general" and its "Evans" are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from parallax.names.folding import fold
from parallax.names.words import words

_CAPITAL = "[A-ZÀ-ÖØ-ÞĞİŞČŠŽŁ]"
_WORD = (
    rf"(?:{_CAPITAL}\.(?=\s)|(?:Gen|Lt|Col|Maj|Capt|Sgt|Adm|Brig|Gov|Sen|Rep|Dr|Mr|Mrs|Ms|St)\.|{_CAPITAL}[\w'’ʼ-]+)"
)
_PARTICLE = r"(?:[ae]l-|(?:bin|ibn|de|la|du|von|van|der)\s)"
_RUN = re.compile(rf"\b(?:{_PARTICLE}){{0,2}}{_WORD}(?:\s(?:{_PARTICLE}){{0,2}}{_WORD})*")
_BEFORE = re.compile(r"(?:[^\W\d_][\w-]*\s){1,4}$")
_APPOSED = re.compile(r",\s(?:the\s|an?\s)?((?:[\w-]+\s){0,3}?)([^\W\d_][\w-]*)(?=,|\s(?:of|for|who)\b)")
_PLACED = frozenset(["in", "at", "near", "from", "of", "to", "around", "outside"])
_POSSESSIVE = re.compile(r"['’ʼ]s?(?=\W|$)", re.IGNORECASE)
# Titles that a report gives to many, so that "the officer" is nobody in particular.
_COMMON = frozenset(["officer", "trooper", "deputy", "chief", "prime", "sir", "detective", "constable"])
# Titles that are adjectives as well: "a major Aleppo hospital" is no officer's.
_ADJECTIVES = frozenset(["major", "general", "chief", "prime", "deputy", "private"])
_ADDED = frozenset(["al", "el", "abu", "umm", "abd", "bin", "ibn", "bint", "de", "la", "du", "von", "van", "der"])
_HONORIFICS = frozenset(["the", "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "rev", "mme", "monsieur"])
_SHORT = {
    "adm": "admiral",
    "brig": "brigadier",
    "capt": "captain",
    "col": "colonel",
    "gen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "maj": "major",
    "sen": "senator",
    "sgt": "sergeant",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A person as named at one place: `name` folded without titles and initials, `lead` the words before it.

    `title` is None where the report gives none there.
    """

    start: int
    name: tuple[str, ...]
    written: str
    title: str | None
    lead: frozenset[str]
    before: str = ""

    @property
    def described(self) -> str:
        """The name with its title and the words before: "Belgian ministry spokeswoman Ada Quill"."""
        return f"{self.before} {self.called}" if self.before and self.title else self.called

    @property
    def called(self) -> str:
        """The name with its title."""
        return f"{self.title} {self.written}" if self.title else self.written


@cache
def titles() -> frozenset[str]:
    """Titles of those who speak for an office or a command, in lower case."""
    pack = json.loads(resources.files("parallax.names").joinpath("packs", "voices.json").read_text("utf-8"))
    return frozenset(word.strip(".").lower() for word in pack["official_titles"])


def plain(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: "Stephen J. Townsend" and "Stephen Townsend" are one."""
    said = [word for word in fold(_POSSESSIVE.sub("", name)).split() if len(word) > 1]
    while len(said) > 1 and said[0] in _HONORIFICS:
        said = said[1:]
    return tuple(said)


def title_of(said: str) -> str | None:
    """The title, where the words are a title alone: "the Prince", "the Russian general"."""
    title = _title(re.split(r"\s", said.strip())[-1])
    return title if title in titles() - _COMMON else None


def _title(word: str) -> str:
    """A word as a title in full: "general" for "Gen." and "Lieutenant-General"."""
    last = word.rsplit("-", maxsplit=1)[-1].strip(".,").lower()
    return _SHORT.get(last, last)


@lru_cache(maxsize=8)
def cast(text: str) -> tuple[Person, ...]:
    """Every naming of a person in a text, in order."""
    lower = frozenset(re.findall(r"(?<![\w'’-])[a-z][\w'’-]*", text))
    return tuple(_persons(text, lower))


def _persons(text: str, lower: frozenset[str]) -> Iterator[Person]:
    for run in _RUN.finditer(text):
        parts = run.group().split()
        before = _BEFORE.search(text, max(0, run.start() - 80), run.start())
        lead = before.group().split() if before else []
        at = max([n for n, part in enumerate(parts) if _is_title(part)], default=-1)
        named = parts[at + 1 :]
        title = " ".join(part for part in parts[: at + 1] if _is_title(part)) or None
        if lead and _is_title(lead[-1]) and (len(named) > 1 or lead[-1] not in _ADJECTIVES):
            title = f"{lead[-1]} {title}" if title else lead[-1]
        if at < 0 and not lead and len(named) > 1 and (named[0].lower() in lower or named[0] in words().never):
            # The first word may be no more than the opening of a sentence.
            named = named[1:]
        written = " ".join(named)
        name = plain(written)
        if not name or not _may_be_called(named):
            continue
        said = {form for word in (*lead[-3:], *parts[: at + 1]) for form in (word.strip(".,").lower(), _title(word))}
        if title is None:
            if len(name) < 2:
                continue
            apposed = None if lead and lead[-1] in _PLACED else _APPOSED.match(text, run.end())
            if apposed and apposed.group(2).lower() in titles():
                title = apposed.group(2)
                said = {title.lower(), *apposed.group(1).lower().split()}
        written = _POSSESSIVE.sub("", written)
        yield Person(run.start(), name, written, title, frozenset(said), " ".join((*lead, *parts[: at + 1])))


def _is_title(word: str) -> bool:
    return not word.endswith(",") and _title(word) in titles()


def _may_be_called(named: list[str]) -> bool:
    lists = words()
    other = lists.facilities | lists.organisations | lists.streets | lists.regions | lists.waters | lists.media
    return not any(
        word in other or word in lists.never or word.lower() in lists.types or _is_title(_POSSESSIVE.sub("", word))
        for word in named
    )


def meant(name: tuple[str, ...], text: str) -> Person | None:
    """The one person that this name or part of a name means in a text.

    Of the names that the text has for that person it is the shortest of two words or
    more, as a longer one may have caught a word before it; the title is the first that
    the text gives the person anywhere. None where nobody is called so or several are.
    """
    persons = [person for person in cast(text) if name and _part(name, person)]
    full = max(persons, key=lambda p: len(p.name), default=None)
    if full is None or not all(set(person.name) <= set(full.name) for person in persons):
        return None
    whole = [person for person in persons if is_whole(person.name) and person.name[-1] == full.name[-1]]
    chosen = min(whole, key=lambda person: (len(person.name), not person.title), default=full)
    titled = next((person for person in persons if person.title), chosen)
    return Person(chosen.start, chosen.name, chosen.written, titled.title, titled.lead, titled.before)


def is_whole(name: tuple[str, ...]) -> bool:
    """Whether there is more to a name than a surname with its article: "Al-Zein" and "Abu Leith" are no more."""
    return sum(word not in _ADDED for word in name) > 1


def _part(name: tuple[str, ...], person: Person) -> bool:
    """Whether a name is a person's surname with some of the rest, or the beginning of a longer name."""
    if person.name[-1] == name[-1]:
        return set(name) <= set(person.name) or set(person.name) <= set(name)
    return (len(name) > 1 or person.title is not None) and person.name[: len(name)] == name


def holders(said: str, text: str, before: int) -> list[Person]:
    """The persons named with this title earlier than `before`; every word of "the Russian general" must fit."""
    title = title_of(said)
    if title is None:
        return []
    wanted = {word.strip(".,").lower() for word in said.split()[:-1]} - {"the", "a", "an", "that", "this"}
    return [
        person
        for person in cast(text)
        if person.title
        and person.start < before
        and title in map(_title, person.title.split())
        and wanted <= person.lead
    ]
