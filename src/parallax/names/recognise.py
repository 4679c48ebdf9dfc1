"""Which words of a text name a place: capitals, the gazetteer, and the words around.

A name that persons and organisations bear too needs a sign that a place is meant: a
preposition, a container after a comma, a word such as "city" or "province", or a
gazetteer entry that is much better known as a place than as anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from parallax.names.folding import fold
from parallax.names.gazetteer import Entry, Gazetteer
from parallax.names.words import words

LONGEST = 6
FAMOUS = 300_000
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’‘ʼ`][^\W\d_]+)*|\d+|\S")
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "ad",
        "ar",
        "as",
        "ash",
        "an",
        "az",
        "ez",
        "es",
        "ul",
        "at",
        "bin",
        "bint",
        "ibn",
        "abu",
        "umm",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "los",
        "las",
        "of",
        "and",
        "the",
        "upon",
        "on",
        "under",
        "sur",
        "sous",
        "am",
        "im",
        "bei",
        "aan",
        "en",
        "y",
        "e-",
    ]
)
_POSSESSIVE = re.compile(r"['’]s?$")
_ARABIC = re.compile(r"[\u0620-\u064a]")


class Sign(Enum):
    """How plainly the words around say that a place is meant."""

    AGAINST = 0
    NONE = 1
    WEAK = 2
    STRONG = 3


@dataclass(slots=True)
class Candidate:
    """A stretch of text that may name a place, and the gazetteer's entries for it."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    sign: Sign = Sign.NONE
    feature: str | None = None
    street: bool = False
    container: tuple[Entry, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of the text."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and self.text[0].isalpha()


def tokens(text: str) -> list[Token]:
    """The words and marks of a text, in order."""
    return [Token(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text)]


def recognise(text: str, gazetteer: Gazetteer) -> list[Candidate]:
    """The candidates of a text, in order and without overlaps."""
    return _Reading(text, gazetteer).candidates()


class _Reading:
    """One text while its names are read."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.words = words()
        self.tokens = tokens(text)
        self.lower = {token.text for token in self.tokens if token.text[0].islower()}
        self.persons: set[str] = set()
        self.blocked = self._block_persons()

    def candidates(self) -> list[Candidate]:
        found: list[Candidate] = []
        at = 0
        while at < len(self.tokens):
            candidate, after = self._at(at)
            if candidate is not None:
                found.append(candidate)
            at = after
        self._chain(found)
        return [candidate for candidate in found if self._accepted(candidate)]

    # Persons

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Stretches of capitalised words parted by single spaces (initials may have their dot)."""
        at, count = 0, len(self.tokens)
        while at < count:
            if not self.tokens[at].capital:
                at += 1
                continue
            last = at
            while last + 1 < count:
                step = 1
                gap_ok = self.text[self.tokens[last].end : self.tokens[last + 1].start] == " "
                dotted = self.tokens[last + 1].text == "." and len(self.tokens[last].text) <= 4
                if dotted and last + 2 < count and self._abbreviated(last):
                    step = 2
                    gap_ok = self.text[self.tokens[last + 1].end : self.tokens[last + 2].start] == " "
                if not gap_ok or not self.tokens[last + step].capital:
                    break
                last += step
            yield at, last
            at = last + 1

    def _abbreviated(self, at: int) -> bool:
        word = self.tokens[at].text
        return len(word) == 1 or word in self.words.titles or word in ("St", "Mt", "Ft", "Jr", "Sr")

    def _block_persons(self) -> set[int]:
        blocked: set[int] = set()
        for first, last in self._runs():
            names = [at for at in range(first, last + 1) if self.tokens[at].text != "."]
            said = [self.tokens[at].text for at in names]
            lead = 0
            while lead < len(said) and said[lead] in self.words.titles and said[lead] not in ("Saint", "St"):
                lead += 1
            rest = names[lead:]
            if not rest:
                continue
            spoken = self._bare(said[lead])
            person = False
            if lead and not self._place_title(said[lead - 1], rest):
                person = True
            elif len(rest) >= 2 and spoken in self.words.given:
                whole = self.text[self.tokens[rest[0]].start : self.tokens[rest[-1]].end]
                person = not self._known_whole(whole) and self.tokens[rest[-1]].text not in (
                    self.words.facilities | self.words.streets | self.words.regions | self.words.waters
                )
            elif len(rest) >= 2 and len(said[lead]) == 1 and said[lead] not in ("N", "S", "E", "W"):
                person = True
            if person:
                limit = rest[: 4 if lead else 5]
                blocked.update(limit)
                surname = self._bare(self.tokens[limit[-1]].text)
                self.persons.add(surname)
        return blocked

    def _place_title(self, title: str, rest: list[int]) -> bool:
        """Titles after which a place may stand: "General Santos", "President of", "Prince George's County"."""
        tail = self.tokens[rest[-1]].text
        return tail in self.words.regions or tail in self.words.waters or tail in self.words.facilities

    def _known_whole(self, name: str) -> bool:
        return any(entry.weight >= 20_000 for entry in self.gazetteer.named(_POSSESSIVE.sub("", name)))

    @staticmethod
    def _bare(word: str) -> str:
        return _POSSESSIVE.sub("", word)

    # Names

    def _at(self, at: int) -> tuple[Candidate | None, int]:
        token = self.tokens[at]
        if _ARABIC.match(token.text):
            return self._arabic(at)
        starts = token.capital or (
            token.text.lower() in _PARTICLES and at + 1 < len(self.tokens) and self._hyphen_next(at)
        )
        if not starts:
            return None, at + 1
        street = self._street(at)
        if street is not None:
            return street
        if at in self.blocked:
            return None, at + 1
        for last in self._ends(at):
            found = self._match(at, last)
            if found is not None:
                return found, self._after(found.end, at)
        return self._unknown(at)

    def _hyphen_next(self, at: int) -> bool:
        return self.tokens[at + 1].text in "-‐‑" or self.text[self.tokens[at].end : self.tokens[at + 1].start] == " "

    def _after(self, end: int, at: int) -> int:
        at += 1
        while at < len(self.tokens) and self.tokens[at].start < end:
            at += 1
        return at

    def _ends(self, at: int) -> list[int]:
        """Where a name that begins at this token may end, the longest first."""
        ends = []
        last, length = at, 0
        while last < len(self.tokens) and length < LONGEST:
            token = self.tokens[last]
            if token.text in "-‐‑" and last > at:
                last += 1
                continue
            if token.text == "." and last > at and self._abbreviated(last - 1):
                last += 1
                continue
            if last > at and not self._joined(last):
                break
            if not token.capital and token.text.lower() not in _PARTICLES and token.text not in self.words.regions:
                break
            length += 1
            if token.capital or token.text in self.words.regions:
                ends.append(last)
            last += 1
        return ends[::-1]

    def _joined(self, last: int) -> bool:
        gap = self.text[self.tokens[last - 1].end : self.tokens[last].start]
        return gap in ("", " ")

    def _match(self, at: int, last: int) -> Candidate | None:
        start, end = self.tokens[at].start, self.tokens[last].end
        if any(number in self.blocked for number in range(at, last + 1)):
            return None
        text = self.text[start:end]
        bare = _POSSESSIVE.sub("", text)
        name, feature = bare, None
        entries = self.gazetteer.named(bare)
        if self.text[end : end + 1] == "." and not entries:
            pass
        if not entries and last > at:
            tail = self.tokens[last].text
            if self._bare(tail) in self.words.regions or self._bare(tail) in self.words.waters:
                feature = self._bare(tail).lower()
                name = self.text[start : self.tokens[last - 1].end]
                entries = self.gazetteer.named(name)
                if feature not in _FEATURES:
                    entries = ()
                if not entries and feature in ("county", "parish"):
                    entries = ()
                elif not entries and self._bare(tail) not in self.words.waters:
                    return None
        elif last > at:
            feature = self._bare(self.tokens[last].text).lower()
        if not entries and feature is None:
            return None
        if entries and not self._cased(bare, at, last, entries):
            return None
        candidate = Candidate(start, start + len(bare), bare, entries[:], feature=feature)
        candidate.sign = self._sign(at, last, candidate)
        if self.text[candidate.end : candidate.end + 1] == "." and "." in _STATES.get(fold(bare), ""):
            candidate.end += 1
            candidate.text += "."
        return candidate

    def _cased(self, bare: str, at: int, last: int, entries: tuple[Entry, ...]) -> bool:
        """Short names need their capitals ("US"), state abbreviations their dot or a comma before."""
        folded = fold(bare)
        if folded in _STATES and at == last:
            dotted = self.text[self.tokens[last].end : self.tokens[last].end + 1] == "."
            comma = at > 0 and self.tokens[at - 1].text in ",("
            if "." in bare[:-1]:
                return True
            return comma and dotted and at > 1 and self.tokens[at - 2].capital
        if len(folded) <= 3 and not bare.isupper():
            return len(folded) == 3 and any(entry.weight >= 5_000 and fold(entry.name) == folded for entry in entries)
        return True

    def _street(self, at: int) -> tuple[Candidate, int] | None:
        token = self.tokens[at]
        if token.text in self.words.roads and at + 1 < len(self.tokens) and self.tokens[at + 1].text.isdigit():
            if self.text[token.end : self.tokens[at + 1].start] in (" ", "-", ""):
                return self._street_of(at, at + 1)
            return None
        last = at
        while last + 1 < len(self.tokens) and last - at < 4:
            step = 2 if self.tokens[last + 1].text == "." and self._initial(last) and last + 2 < len(self.tokens) else 1
            following = self.tokens[last + step]
            if self.text[self.tokens[last + step - 1].end : following.start] != " " or not following.capital:
                return None
            last += step
            if following.text in self.words.streets:
                if following.text in ("St", "Dr", "Ct", "Court", "Place", "Circle", "Square", "Way", "Row", "Close"):
                    dotted = self.text[following.end : following.end + 1] == "."
                    if following.text in ("St", "Dr", "Ct") and not dotted:
                        return None
                    if following.text == "Court" and self.tokens[last - 1].text in ("Supreme", "District", "County"):
                        return None
                    follows = last + 2 < len(self.tokens) and self.tokens[last + 1].text == "."
                    if following.text == "St" and follows and self.tokens[last + 2].text in _SAINTED:
                        return None
                return self._street_of(at, last)
        return None

    def _initial(self, at: int) -> bool:
        return len(self.tokens[at].text) == 1

    def _street_of(self, at: int, last: int) -> tuple[Candidate, int]:
        start, end = self.tokens[at].start, self.tokens[last].end
        if self.text[end : end + 1] == "." and len(self.tokens[last].text) <= 4:
            end += 1
        found = Candidate(start, end, self.text[start:end], (), Sign.STRONG, street=True)
        return found, self._after(end, at)

    def _unknown(self, at: int) -> tuple[Candidate | None, int]:
        """A capitalised name the gazetteer lacks, where the words before it plainly name a place."""
        return None, at + 1

    def _arabic(self, at: int) -> tuple[Candidate | None, int]:
        """The longest Arabic name here, with a one-letter preposition or conjunction taken off."""
        start = self.tokens[at].start
        for last in range(min(at + 3, len(self.tokens) - 1), at - 1, -1):
            end = self.tokens[last].end
            text = self.text[start:end]
            if "\n" in text or not all(_ARABIC.match(self.tokens[n].text) for n in range(at, last + 1)):
                continue
            for skip in (0, 1):
                name = text[skip:]
                if skip and (text[0] not in "وفبلك" or len(name) < 4):
                    continue
                if skip and text[0] == "ل" and name.startswith("ل"):
                    name = "ا" + name
                entries = self.gazetteer.named(name)
                known = self.tokens[at - 1].text if at else ""
                if entries and (last > at or _arabic_sure(entries, known, skip)):
                    found = Candidate(start + skip, end, self.text[start + skip : end], entries, Sign.STRONG)
                    if known in _ARABIC_KINDS:
                        found.feature = _ARABIC_KINDS[known]
                    return found, self._after(end, at)
        return None, at + 1

    # Signs

    def _sign(self, at: int, last: int, candidate: Candidate) -> Sign:
        before = self.tokens[at - 1] if at else None
        after = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        two = self.tokens[at - 2].text if at > 1 else ""
        if candidate.feature in _FEATURES and fold(candidate.text).endswith(candidate.feature):
            return Sign.STRONG
        if after is not None and self._organisation(last, candidate):
            return Sign.AGAINST
        if before is not None:
            word = before.text
            if word in self.words.types or (word == "of" and two in self.words.types):
                return Sign.STRONG
            if word in self.words.strong:
                return Sign.STRONG
            if word.lower() in self.words.before or word in self.words.titles:
                return Sign.WEAK
        if after is not None and after.text == "," and last + 2 < len(self.tokens):
            beyond = self.tokens[last + 2]
            if beyond.capital and self.text[after.end : beyond.start] == " ":
                return Sign.WEAK
        if after is not None and after.text in self.words.said:
            return Sign.AGAINST
        return Sign.NONE

    def _organisation(self, last: int, candidate: Candidate) -> bool:
        """Whether the name only opens the name of a paper, a team or a firm."""
        if last + 1 >= len(self.tokens) or not self._joined(last + 1):
            return False
        following = self.tokens[last + 1].text
        return following in self.words.media or following in self.words.teams or following in self.words.organisations

    # Containers

    def _chain(self, found: list[Candidate]) -> None:
        """Give each name the region after its comma: "Alexandria, Louisiana", "Springfield (Ill.)"."""
        for inner, outer in pairwise(found):
            gap = self.text[inner.end : outer.start]
            regions = tuple([entry for entry in outer.entries if entry.region])
            if regions and re.fullmatch(r",\s|\s?\(|, in |,? in the (?:state|province) of ", gap):
                inner.container = regions
                inner.sign = Sign.STRONG
                outer.sign = Sign.STRONG

    # Acceptance

    def _accepted(self, candidate: Candidate) -> bool:
        if candidate.street:
            return True
        first = candidate.text.split()[0].split("-")[0] if candidate.text.split() else ""
        single = len(candidate.text.split()) == 1
        best = max((entry.weight for entry in candidate.entries), default=0)
        region = any(entry.region for entry in candidate.entries)
        if candidate.sign is Sign.AGAINST:
            return False
        if single and candidate.text in self.words.never:
            return False
        if single and candidate.text in self.persons and candidate.sign is not Sign.STRONG:
            return False
        if first in self.words.never and best < FAMOUS and not region:
            return False
        if single and candidate.text.lower() in self.lower and candidate.sign is not Sign.STRONG:
            return False
        if candidate.sign is Sign.STRONG or region:
            return True
        if candidate.sign is Sign.WEAK:
            return best >= 1_000 or not single
        if single and candidate.text in self.words.given:
            return best >= 1_000_000
        return best >= 15_000


_FEATURES = frozenset(
    [
        "county",
        "parish",
        "province",
        "governorate",
        "governate",
        "district",
        "region",
        "state",
        "oblast",
        "prefecture",
        "township",
        "borough",
        "subdistrict",
        "countryside",
    ]
)
_SAINTED = frozenset(
    ["Louis", "Paul", "Petersburg", "Joseph", "Charles", "Cloud", "Clair", "Augustine", "George", "John"]
)
_STATES = {
    fold(name): name
    for name in [
        "Ala.",
        "Ariz.",
        "Ark.",
        "Calif.",
        "Cal.",
        "Colo.",
        "Col.",
        "Conn.",
        "Ct.",
        "Del.",
        "Fla.",
        "Ga.",
        "Ill.",
        "Ind.",
        "Kan.",
        "Kans.",
        "Ky.",
        "La.",
        "Md.",
        "Mass.",
        "Mich.",
        "Minn.",
        "Miss.",
        "Mo.",
        "Mont.",
        "Neb.",
        "Nebr.",
        "Nev.",
        "Okla.",
        "Ore.",
        "Oreg.",
        "Pa.",
        "Penn.",
        "Penna.",
        "Tenn.",
        "Tex.",
        "Vt.",
        "Va.",
        "Wash.",
        "Wis.",
        "Wisc.",
        "Wyo.",
        "Ont.",
        "Alta.",
        "Sask.",
        "Man.",
        "W.Va.",
        "N.H.",
        "N.J.",
        "N.M.",
        "N.Y.",
        "N.C.",
        "N.D.",
        "R.I.",
        "S.C.",
        "S.D.",
        "D.C.",
        "B.C.",
    ]
}
_ARABIC_KINDS = {
    "محافظة": "governorate",
    "ريف": "countryside",
    "ولاية": "province",
    "مدينة": "city",
    "بلدة": "town",
    "قرية": "village",
    "منطقة": "district",
    "ناحية": "subdistrict",
    "حي": "neighbourhood",
    "مخيم": "camp",
}
_ARABIC_BEFORE = frozenset([*_ARABIC_KINDS, "في", "من", "إلى", "على", "قرب", "شرق", "غرب", "شمال", "جنوب", "بريف"])


def _arabic_sure(entries: tuple[Entry, ...], before: str, skip: int) -> bool:
    """Whether a single Arabic word is a place: a word for one before it, or a name of weight."""
    best = max(entry.weight for entry in entries)
    return before in _ARABIC_BEFORE and best >= 0 if not skip else best >= 20_000
