"""Which words of a text name a place: capitals, the gazetteer, and the words around.

A name that persons and organisations bear too needs a sign that a place is meant: a
preposition, a container after a comma, a word such as "city" or "province", a dateline,
or a place so well known that the bare name is enough.
"""

from __future__ import annotations

import re
from dataclasses import replace

from parallax.names.actors import names_people
from parallax.names.arabic import arabic
from parallax.names.candidate import Candidate, Sign, contain, share_signs
from parallax.names.divisions import APPOSED, LIES_IN, divided, division
from parallax.names.entry import Entry, around
from parallax.names.folding import fold
from parallax.names.gazetteer import Gazetteer
from parallax.names.kinds import division_of, divisions_of, quarter_of
from parallax.names.likeness import varies
from parallax.names.people import people
from parallax.names.ships import ship
from parallax.names.streets import street
from parallax.names.tokens import abbreviated, bare, tokens
from parallax.names.words import words

LONGEST = 6
# People from which a bare name is enough: anywhere, or where the name is also a given name.
BARE, BARE_GIVEN = 15_000, 1_000_000
SIGNED = 1_000
# People from which a place is known by name to most readers.
FAMOUS, COMMON = 100_000, 50_000
_DASH = re.compile(r"\s*(?:\((?:AP|AFP|Reuters|UPI|CNN|SANA|dpa)\)\s*)?(?:--|—|–|-\s)")


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
        self.people = people(text, self.tokens, gazetteer)
        self.people = replace(self.people, tokens=self.people.tokens - self._articled())

    def candidates(self) -> list[Candidate]:
        found: list[Candidate] = []
        at = 0
        while at < len(self.tokens):
            candidate = self._at(at)
            if candidate is None:
                at += 1
                continue
            found.append(candidate)
            at += 1
            while at < len(self.tokens) and self.tokens[at].start < candidate.end:
                at += 1
        contain(self.text, found)
        share_signs(self.text, found)
        return [candidate for candidate in found if self._accepted(candidate)]

    def _articled(self) -> set[int]:
        """The words that only look like a man called Al: "Al Hassakah", "Al Soussa, Deir Ezzor"."""
        taken: set[int] = set()
        for at in sorted(self.people.tokens):
            if self.tokens[at].text.lower() not in self.words.articles or at - 1 in self.people.tokens:
                continue
            last = at
            while last + 1 in self.people.tokens and self.tokens[last + 1].capital:
                last += 1
            name = bare(self.text[self.tokens[at].start : self.tokens[last].end])
            borne = (*self.gazetteer.named(name), *self.gazetteer.like(name))
            if any(varies(entry.country) for entry in borne) or self._division(last, APPOSED):
                taken.update(range(at, last + 1))
        return taken

    def _at(self, at: int) -> Candidate | None:
        token = self.tokens[at]
        if not token.capital and not self._article(at):
            span = arabic(self.text, self.tokens, at, self.gazetteer)
            if span is None:
                return None
            start, end, entries, feature = span
            return Candidate(start, end, self.text[start:end], entries, Sign.STRONG, feature)
        road = street(self.text, self.tokens, at)
        if road is not None:
            return Candidate(*road, self.text[road[0] : road[1]], (), Sign.STRONG, street=True)
        if at in self.people.tokens or ship(self.text, token.start):
            return None
        ends = self._ends(at)
        outer = self._division(ends[0], APPOSED) if ends else ()
        doubted = None
        for last in ends:
            found = self._located(at, last, self._match(at, last))
            if found is not None and found.sign is not Sign.AGAINST and not self._elsewhere(found, outer):
                return found
            doubted = doubted or found
        if outer and self._nameable(at, ends[0]) and self._free(at, ends[0]):
            # A village that no gazetteer has, in a division that the text names: a place, and none of its namesakes.
            text = bare(self.text[token.start : self.tokens[ends[0]].end])
            return Candidate(token.start, token.start + len(text), text, (), Sign.STRONG)
        return self._unlisted(at, ends) or doubted

    def _elsewhere(self, found: Candidate, outer: tuple[Entry, ...]) -> bool:
        """Whether the text says that the name lies in a division, and all its bearers are small and in other lands."""
        return bool(outer) and not any(
            entry.region or entry.weight >= BARE_GIVEN or varies(entry.country) for entry in found.entries
        )

    def _article(self, at: int) -> bool:
        """Whether an Arabic article in lower case opens a name here: "al-Bab", "ad Dana"."""
        return (
            self.tokens[at].text in self.words.articles
            and at + 2 < len(self.tokens)
            and (self.tokens[at + 1].text in "-‐‑" and self.tokens[at + 2].capital)
        )

    def _ends(self, at: int) -> list[int]:
        """The tokens at which a name that begins here may end, the longest first."""
        ends, last, length = [], at, 0
        while last < len(self.tokens) and length < LONGEST and last - at < 2 * LONGEST:
            token = self.tokens[last]
            if last > at and (token.text in "-‐‑" or (token.text == "." and abbreviated(self.tokens[last - 1]))):
                last += 1
                continue
            named = token.capital or (last > at and token.text in self.words.divisions)
            if not named and token.text.lower() not in self.words.particles:
                break
            if last > at and self.text[self.tokens[last - 1].end : token.start] not in ("", " "):
                break
            length += 1
            if named and last not in self.people.tokens:
                ends.append(last)
            last += 1
        return ends[::-1]

    def _match(self, at: int, last: int) -> Candidate | None:
        """The gazetteer's places for these words, also under the name without its "County" or "province"."""
        start, text = self.tokens[at].start, bare(self.text[self.tokens[at].start : self.tokens[last].end])
        entries = self.gazetteer.named(text)
        if not entries and at == last and text.endswith("s"):
            # Captured pages often lose the apostrophe: "Syrias second city".
            entries = tuple([entry for entry in self.gazetteer.named(text[:-1]) if entry.weight >= BARE_GIVEN])
            text = text[:-1] if entries else text
        tail = self.tokens[last].bare
        feature = tail.lower() if last > at and tail in self.words.regions | self.words.divisions else None
        if not entries and feature and self.tokens[last - 1].capital:
            entries = self.gazetteer.named(bare(self.text[start : self.tokens[last - 1].end]))
            if not entries:
                return None
            if feature in ("county", "parish", "counties"):
                entries = self._counties(entries)
        if not entries or not self._cased(text, at, last, entries):
            return None
        found = Candidate(start, start + len(text), text, entries, feature=feature)
        following = self.tokens[last + 1].text if last + 1 < len(self.tokens) else ""
        if feature is None and following in self.words.divisions | self.words.types:
            found.feature = following
        if found.feature is None and at and self.tokens[at - 1].text.lower() == "rural":
            found.feature = "countryside"
        if feature is None and found.end < self.tokens[last].end:
            # "Aleppo's eastern countryside" is the division, not the town.
            ahead = [token.text for token in self.tokens[last + 1 : last + 4]]
            found.feature = next((word for word in ahead if word in ("countryside", "province", "governorate")), None)
        found.feature = found.feature or division_of(self.text, start, found.end)
        if found.feature is None and (quarter := quarter_of(self.text, start, "")) != "district":
            found.feature = quarter
        if found.feature in self.words.divisions:
            found.entries = divisions_of(text, entries, self.gazetteer)
        if self._of_counties(last):
            counties = self.gazetteer.named(f"{text} County")
            if counties:
                found.entries, found.feature = counties, "county"
        found.sign = self._sign(at, last, found)
        found.plain = found.sign is Sign.STRONG
        if self._goes_on(last) and max(entry.weight for entry in entries) < BARE_GIVEN:
            return None
        if text in self.words.abbreviations and self.text[found.end : found.end + 1] == "." and not text.endswith("."):
            found.end += 1
            found.text += "."
        return found

    def _located(self, at: int, last: int, found: Candidate | None) -> Candidate | None:
        """The name in the division that the text says it lies in, by its spelling if need be: "Hajeen, Deir Ezzor".

        A name that a place of the same country bears as written is left to that place, unless one in the
        division is only written otherwise: of the country's three Junaynahs it is the one that lies there.
        """
        outer = self._division(last, LIES_IN)
        if not outer:
            return found
        if found and any(around(entry, region) for entry in found.entries for region in outer):
            if found.sign is not Sign.AGAINST:
                found.sign = Sign.STRONG
            return found
        start, text = self.tokens[at].start, bare(self.text[self.tokens[at].start : self.tokens[last].end])
        here = found and {entry.country for entry in found.entries} & {region.country for region in outer}
        entries = self.gazetteer.alike(text, outer, 0 if here or (found and self._famous(text)) else 3)
        if not entries or not self._nameable(at, last, cities=True):
            return found
        following = self.tokens[last + 1].text if last + 1 < len(self.tokens) else ""
        quarter = quarter_of(self.text, start, following)
        return Candidate(start, start + len(text), text, entries, Sign.STRONG, quarter, container=outer, likeness=True)

    def _division(self, last: int, gaps: re.Pattern[str]) -> tuple[Entry, ...]:
        """The divisions that the words after this token name as where it lies."""
        after = divided(self.text, self.tokens, last, gaps)
        if after is None or not (self.tokens[after].capital or self._article(after)):
            return ()
        return division(self.text, self.tokens, after, self._ends(after), gaps, self.gazetteer)

    def _goes_on(self, last: int) -> bool:
        """Whether an Arabic name goes on after these words: "Tal" in "Tal al-Zaatar"."""
        following = self.tokens[last + 1 : last + 4]
        return (
            len(following) == 3
            and following[0].text in self.words.articles
            and following[1].text in "-‐‑"
            and following[2].capital
            and following[1].end == following[2].start
            and self.text[self.tokens[last].end : following[0].start] == " "
        )

    def _counties(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple([entry for entry in entries if entry.region and entry.country != "US"])

    def _of_counties(self, last: int) -> bool:
        """Whether a list that the name is in ends with "counties": "Jackson and Barrow counties"."""
        for token in self.tokens[last + 1 : last + 12]:
            if token.text == "counties":
                return True
            if not token.capital and token.text not in (",", "and"):
                return False
        return False

    def _cased(self, text: str, at: int, last: int, entries: tuple[Entry, ...]) -> bool:
        """Short names need their capitals ("US"), state abbreviations their dot after a comma."""
        folded = fold(text)
        if text in self.words.abbreviations and at == last and "." not in text[:-1]:
            dotted = self.text[self.tokens[last].end : self.tokens[last].end + 1] == "."
            before = self.tokens[at - 1].text if at else ""
            party = before == "-" and at > 1 and self.tokens[at - 2].text in self.words.parties
            return (dotted and before in (",", "(")) or party
        if len(folded) <= 3 and not text.isupper():
            return len(folded) == 3 and any(entry.weight >= 5_000 and fold(entry.name) == folded for entry in entries)
        return True

    def _unlisted(self, at: int, ends: list[int]) -> Candidate | None:
        """A name the gazetteer lacks: by its likeness to one that it has, or kept without coordinates."""
        for last in ends:
            start, text = self.tokens[at].start, bare(self.text[self.tokens[at].start : self.tokens[last].end])
            found = Candidate(start, start + len(text), text, ())
            sign = self._sign(at, last, found)
            articled = self.tokens[at].text.lower() in self.words.articles and last > at
            if not self._nameable(at, last):
                continue
            if sign is not Sign.STRONG and not (articled and sign is not Sign.AGAINST):
                continue
            found.sign = sign
            found.plain = sign is Sign.STRONG and self._plainly(at, last)
            found.entries = () if names_people(text) else self.gazetteer.like(text)
            found.likeness = bool(found.entries)
            following = self.tokens[last + 1].text if last + 1 < len(self.tokens) else ""
            found.feature = quarter_of(self.text, start, following)
            if found.entries or found.plain:
                return found
        return None

    def _nameable(self, at: int, last: int, cities: bool = False) -> bool:
        """No word of an unknown name is a title, a people or what no place is called; without `cities`, nor a city."""
        for number in range(at, last + 1):
            token = self.tokens[number]
            if not token.capital:
                if token.text not in self.words.articles and token.text not in "-‐‑.":
                    return False
            elif (
                token.text in self.words.never | self.words.titles
                or token.text.lower() in self.words.common
                or names_people(token.text)
                or (last > at and not cities and self._famous(token.bare))
            ):
                return False
        return True

    def _famous(self, name: str) -> bool:
        return any(
            entry.weight >= FAMOUS for form in (name, name.removesuffix("s")) for entry in self.gazetteer.named(form)
        )

    def _plainly(self, at: int, last: int) -> bool:
        """Whether the words say in so many words that this unknown name is a place: "the village of X"."""
        text = self.tokens[last].text
        if text in self.words.waters and last > at:
            return True
        before = self.tokens[at - 1].text if at else ""
        kind = self.tokens[at - 2].text if at > 1 else ""
        after = self.tokens[last + 1].text if last + 1 < len(self.tokens) else ""
        if before == "of" and kind in self.words.types:
            return True
        return before in ("in", "near") and after in (",", ".", "and", "") and self._free(at, last)

    def _free(self, at: int, last: int) -> bool:
        """No word of the name is a common word, a person's name or an institution's."""
        common = self.words.never | self.words.given | self.words.organisations | self.words.facilities
        common |= self.words.media | self.words.teams | self.people.surnames
        return not any(
            token.text in common or token.text.isupper() or token.text.lower() in self.lower
            for token in self.tokens[at : last + 1]
        )

    def _sign(self, at: int, last: int, found: Candidate) -> Sign:
        lists = self.words
        before = self.tokens[at - 1] if at else None
        after = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        joined = after is not None and self.text[self.tokens[last].end : after.start] == " "
        possessive = found.end < self.tokens[last].end
        region = any(entry.region for entry in found.entries)
        if found.feature in lists.divisions:
            return Sign.STRONG
        if self._dateline(at, last):
            return Sign.STRONG
        sign = Sign.NONE
        if before is not None:
            word, touching = before.text, self.text[before.end : self.tokens[at].start]
            kind = self.tokens[at - 2].text if at > 1 else ""
            if word == "-" and kind in lists.parties:
                return Sign.STRONG
            if word in lists.types or word.lower() in lists.within or (word == "of" and kind in lists.types):
                sign = Sign.STRONG
            elif word == "of" and kind in lists.titles:
                sign = Sign.AGAINST
            elif word in lists.about:
                sign = Sign.WEAK
            elif before.capital and touching == " " and word not in lists.titles | lists.never | lists.civic:
                sign = Sign.WEAK if region else Sign.AGAINST
        surname = found.text in self.people.surnames or found.text in lists.surnames
        if surname and possessive and after and not (region or after.capital or self._famous(found.text)):
            # "Raglan's headquarters" are a man's, not a village's.
            return Sign.AGAINST
        if after is not None and joined and not possessive:
            if after.text in lists.media | lists.teams | lists.organisations:
                return Sign.AGAINST
            if after.text in lists.civic | lists.facilities:
                return max(sign, Sign.WEAK)
            if after.text in lists.local and sign is not Sign.AGAINST:
                return Sign.STRONG
            if after.capital and not region:
                # Part of a longer name, unless a preposition leads in: "in Glen Carbon Elementary".
                led = sign is Sign.STRONG and last + 1 not in self.people.tokens
                known = any(entry.weight >= BARE for entry in found.entries)
                return Sign.WEAK if led and known else Sign.AGAINST
            if after.text in lists.said and not region and sign is Sign.NONE:
                return Sign.AGAINST
        if sign is Sign.NONE and after is not None and after.text == "," and last + 2 < len(self.tokens):
            return Sign.WEAK if self.tokens[last + 2].capital else sign
        return sign

    def _dateline(self, at: int, last: int) -> bool:
        """Whether the name opens a paragraph or sentence and a dash follows: "CHARLESTON — Police ..."."""
        start = self.tokens[at].start
        opens = at == 0 or self.tokens[at - 1].text in ".?!" or "\n" in self.text[self.tokens[at - 1].end : start]
        return opens and bool(_DASH.match(self.text, self.tokens[last].end))

    def _accepted(self, found: Candidate) -> bool:
        if found.street or found.container or not found.entries or found.feature in self.words.divisions:
            return True
        single = " " not in found.text
        best = max(entry.weight for entry in found.entries)
        region = any(entry.region for entry in found.entries)
        if found.sign is Sign.AGAINST or found.text in self.words.never or found.text in self.words.openers:
            return False
        if single and found.text.isupper() and len(found.text) <= 4 and not region and found.sign is not Sign.STRONG:
            return False
        if single and found.text.lower() in self.words.common and not region:
            own = max((e.weight for e in found.entries if fold(e.name) == fold(found.text)), default=0)
            return found.sign is Sign.STRONG and own >= COMMON
        if region and best < BARE_GIVEN and found.text in self.words.given | self.words.surnames:
            return found.sign is Sign.STRONG
        if single:
            if found.text in self.words.never or found.text.capitalize() in self.words.never:
                return False
            if found.text in self.people.surnames and not (region or found.sign is Sign.STRONG):
                return False
            common = found.text.lower() in self.lower and not (region and found.text.isupper())
            if common and found.sign is not Sign.STRONG:
                return False
        if found.sign is Sign.STRONG or region:
            return True
        if found.sign is Sign.WEAK:
            return best >= SIGNED and not (single and found.text in self.words.surnames and best < BARE_GIVEN)
        if single and found.text in self.words.given | self.words.surnames:
            return best >= BARE_GIVEN
        return best >= BARE or not single
