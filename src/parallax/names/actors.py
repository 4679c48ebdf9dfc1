"""Who a claim names: parties to a conflict and their arms, by the packs that `parties` reads.

The longest alias in the words wins, so "Syrian regime warplanes" is the Syrian government
and "Syrian Democratic Forces" is not. The adjective of a nation counts only beside a word
for its forces ("Russian jets") or as a people that does something ("the Russians shelled"):
"Syrian children" names no party. Words that several parties go by ("the coalition") keep
the others as alternatives. Those who are harmed are of a party only as its fighters:
"nine Russians" killed are nine people of that nation until the report says otherwise.
What a whole report tells of who is meant is for `reference`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parallax.model import Actor, VictimClass
from parallax.names.parties import BY_ADJECTIVE, LOOSE, Parties, Sense, bare, load

# A name that several parties bear alike.
SHARED = 0.7


@dataclass(frozen=True, slots=True)
class Hit:
    """A party's name within words, by the numbers of its first word and the one after its last."""

    first: int
    last: int
    senses: tuple[Sense, ...]
    words: str

    @property
    def length(self) -> int:
        """How many words the name has."""
        return self.last - self.first


def resolve(words: str, day: date | None = None, parties: Parties | None = None) -> Actor | None:
    """The party that these words name, or None where they name none that is known.

    `day` (of publication) chooses among the packs: the Russians of 1854 and of 2018 have
    one key but stand on different sides. Neither case nor spacing makes a difference.
    """
    parties = parties or load()
    said = bare(words).split()
    return _chosen(hits(said, parties, day), day, joined=bool({"and", "or"} & {*said}))


def harmed(
    words: str, whom_class: VictimClass, day: date | None = None, parties: Parties | None = None
) -> Actor | None:
    """The party that those harmed belong to, or None where the words tell of no fighters.

    Combatants are of the party that the words name, by its people's name as well ("the
    Russians" who lost a battle). Of anybody else a people's name is a nationality, unless
    the words speak of soldiers or other fighters. Civilians are of no side that fights:
    only such words, or an organisation that stands on none, name whom they belong to.
    """
    parties = parties or load()
    said = bare(words).split()
    found = hits(said, parties, day)
    if whom_class is not VictimClass.COMBATANT:
        found = [hit for hit in found if hit.words not in parties.nations or _fights(said[hit.last :][:3], parties)]
    if whom_class is VictimClass.CIVILIAN and not _fights(said, parties):
        found = [hit for hit in found if all(_standing(sense, day) is None for sense in hit.senses)]
    # The dead of two sides in one number ("soldiers and rebels") are not those of either.
    sides = {hit.senses[0].party.side(day) or hit.senses[0].party.key for hit in found}
    return None if len(sides) > 1 and "and" in said else _chosen(found, day)


def names_people(words: str, parties: Parties | None = None) -> bool:
    """Whether the words are a nation's adjective or its people: "Syrian", "the Turks"."""
    return bare(words) in (parties or load()).nations


def _fights(said: Sequence[str], parties: Parties) -> bool:
    return any(word in parties.fighting for word in said)


def _standing(sense: Sense, day: date | None) -> str | None:
    """The side that a party takes, on that day or at any time: none is what relief stands on."""
    return sense.party.side(day) or sense.party.side(None) or (sense.party.key if sense.party.kind == "state" else None)


def _chosen(found: Sequence[Hit], day: date | None, joined: bool = False) -> Actor | None:
    """The surest and longest of the names, the others as alternatives; `joined` by "and" or "or", loose ones too."""
    best = surest(found)
    if best is None:
        return None
    chosen = best.senses[0]
    others = [sense.party.key for sense in best.senses[1:]]
    # Beside a named party a general word ("soldiers", "the army") adds nobody.
    rivals = [
        hit
        for hit in found
        if hit is not best and hit.senses[0].certainty >= min(chosen.certainty, LOOSE if joined else BY_ADJECTIVE)
    ]
    others += [sense.party.key for hit in rivals for sense in hit.senses]
    alternatives = tuple(dict.fromkeys(key for key in others if key != chosen.party.key))
    equals = [sense for sense in best.senses[1:] if sense.certainty >= chosen.certainty]
    certainty = min(chosen.certainty, SHARED) if equals else chosen.certainty
    party = chosen.party
    return Actor(party.key, party.called(day), party.side(day), certainty, alternatives)


def surest(found: Sequence[Hit]) -> Hit | None:
    """The name to go by: names and peoples before loose words, loose words before unnamed parties, then the longest."""
    return max(found, key=lambda hit: (_rung(hit.senses[0].certainty), hit.length, -hit.first), default=None)


def _rung(certainty: float) -> int:
    return (certainty >= LOOSE) + (certainty > LOOSE)


def hits(said: Sequence[str], parties: Parties, day: date | None) -> list[Hit]:
    """Every name of a party in these folded words, none inside a longer one."""
    found: list[Hit] = []
    at = 0
    while at < len(said):
        hit = at_word(said, at, parties, day)
        if hit is None:
            at += 1
            continue
        if hit.last < len(said) and said[hit.last] in parties.backed and hit.last + 1 < len(said):
            # "Russian-backed Syrian troops" names the troops, not who backs them.
            at = hit.last + 1
            continue
        found.append(hit)
        at = hit.last
    return found


def at_word(said: Sequence[str], at: int, parties: Parties, day: date | None) -> Hit | None:
    """The longest name of a party that begins with this word."""
    word = said[at]
    # Captured pages often lose the apostrophe: "Assads forces", "the regimes jets".
    if word not in parties.openings and word.removesuffix("s") not in parties.openings:
        return None
    for last in range(min(len(said), at + parties.longest), at, -1):
        words = " ".join(said[at:last])
        senses = alive(parties.aliases.get(words) or parties.aliases.get(words.removesuffix("s"), ()), day)
        if senses:
            return Hit(at, last, senses, words)
    senses = alive(parties.peoples.get(word, ()), day)
    if senses and (
        (word.endswith(("s", "men")) and len(said) <= at + 1)
        or any(after in parties.forces for after in said[at + 1 : at + 4])
        or len(said) == 1
    ):
        return Hit(at, at + 1, senses, word)
    # The adjective of a people that groups fight for is theirs beside fighters and weapons alone.
    senses = alive(parties.adjectives.get(word, ()), day)
    if senses and any(after in parties.fighting or after in parties.weapons for after in said[at + 1 : at + 4]):
        return Hit(at, at + 1, senses, word)
    return None


def alive(senses: tuple[Sense, ...], day: date | None) -> tuple[Sense, ...]:
    """The senses of that day's packs, one for each party, those of parties that were there on it if any was.

    Without a day also those of one past time, if there are none other.
    """
    if not senses:
        return ()
    living = [sense for sense in senses if sense.party.told_of(day)]
    if not living and day is None:
        living = [sense for sense in senses if sense.certainty > LOOSE]
    there = [sense for sense in living if sense.party.lived(day)]
    # A name is used after its bearer is gone, and before a wrong date; a word that others go by is not.
    living = there or [sense for sense in living if sense.certainty > LOOSE]
    kept: dict[str, Sense] = {}
    for sense in sorted(living, key=lambda sense: -sense.certainty):
        kept.setdefault(sense.party.key, sense)
    return tuple(kept.values())
