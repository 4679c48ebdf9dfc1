"""A report's claims as pieces: those of one sentence that belong together whatever else, a day and a place each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from parallax.incidents import places, words
from parallax.incidents.places import Nearness
from parallax.incidents.profile import FIGHTING, VAGUE, family
from parallax.model import ACTS, HARMS, Days, Kind, Place, PlacePrecision, Stance, Statement, Tie, VoiceType

# Certainty: a day that is no surer was mostly taken over from a sentence before, and rules no other out.
SURE_DAY = 0.7
UNTOLD = 0.9  # where a claim comes without certainties: sure, and not settled
SETTLED_DAY = 1.0  # certainty: a person set it, and it rules every other out
CHANGES = frozenset({Kind.SEIZED, Kind.WITHDREW})
AREAS = (PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
SETTLED = frozenset({PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.CITY})
_MORE = re.compile(r"^(?:an)?other\b|\b(?:more|further|additional|others)\b(?! than)", re.IGNORECASE)

_SIZE = re.compile(
    r"^\W*(?:at least |more than |over |nearly |about |an? |the )?"
    r"(?:tens|dozens|scores|hundreds|thousands|several|many|(?:large )?numbers?|some|few)\b(?! \w*\d)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Piece:
    """Claims that belong together whatever else: those of one sentence, one day and one place."""

    statements: list[Statement]
    first: int
    last: int

    @property
    def family(self) -> str:
        return family(self.statements[0])

    @property
    def days(self) -> list[Days]:
        return [s.claim.when for s in self.statements if s.claim.when]

    @property
    def sure_days(self) -> list[Days]:
        """The days that rule others out."""
        return [s.claim.when for s in self.statements if s.claim.when and _certainty_of_day(s) > SURE_DAY]

    @property
    def settled_days(self) -> list[Days]:
        """The days that rule unsure ones out too."""
        return [s.claim.when for s in self.statements if s.claim.when and _certainty_of_day(s) >= SETTLED_DAY]

    @property
    def places(self) -> list[Place]:
        return [place for s in self.statements if (place := places.about(s.place)) is not None]

    @property
    def names(self) -> set[str]:
        """Folded names of places that were not found in the gazetteer."""
        found = (s for s in self.statements if s.place is None or s.place.lat is None)
        return {name for s in found if (name := words.named_place(s.claim.where))}

    @property
    def written(self) -> set[str]:
        """Folded names of places as the claims write them."""
        return {words.named_place(s.claim.where) for s in self.statements} - {""}

    @property
    def another(self) -> bool:
        """Whether it is told as another happening than those before it."""
        return self.statements[0].another

    @property
    def ties(self) -> tuple[Tie, ...]:
        """How its sentence stands to those before it."""
        return self.statements[0].ties

    @property
    def adds(self) -> bool:
        """Whether it counts people besides those told before ("another six", "three more")."""
        counts = (s.claim.count.text for s in self.statements if s.claim.count and s.claim.kind is Kind.KILLED)
        return any(_MORE.search(text) for text in counts)

    @property
    def is_state(self) -> bool:
        """Whether it tells who holds a place, and not that it was taken on some day."""
        return not self.harms and bool(self.acts) and self.acts <= CHANGES and not sharp(self.days)

    @property
    def dead(self) -> set[int]:
        """The numbers of dead that it gives, from below."""
        return dead_of(self.statements)

    @property
    def figures(self) -> set[int]:
        """The same, without those that words for a size stand for ("scores")."""
        return dead_of(s for s in self.statements if s.claim.count and not _SIZE.search(s.claim.count.text))

    @property
    def spots(self) -> list[Statement]:
        """The statements that name a place themselves, found or not, but for areas."""
        named = (s for s in self.statements if s.place and words.named_place(s.claim.where))
        return [s for s in named if s.place and s.place.precision not in AREAS]

    @property
    def settlements(self) -> list[Place]:
        """The towns and villages that its claims name themselves and that are found; denials are made elsewhere."""
        told = (s for s in self.statements if s.claim.stance is not Stance.DENIED)
        named = (s.place for s in told if s.claim.where is not None)
        return [place for place in named if place and place.lat is not None and place.precision in SETTLED]

    @property
    def counters(self) -> set[str]:
        """The voices that count its dead; the report's own words, and unnamed sources that it quotes, are one."""
        counted = (s for s in self.statements if s.claim.kind is Kind.KILLED and s.claim.count)
        return {"" if s.claim.voice is None or s.voice.type is VoiceType.UNNAMED else s.voice.key for s in counted}

    @property
    def victim_words(self) -> set[str]:
        """The words of its victims and targets that can tell them from others."""
        return {word for s in self.statements for word in words.telling_words(s.claim.whom)}

    @property
    def is_item(self) -> bool:
        """Whether it is told whole: an attack, or killed and hurt, at a place that it names, with its dead."""
        is_attack = bool(self.acts & set(ACTS)) or self.harms >= {Kind.KILLED, Kind.INJURED}
        return is_attack and bool(self.written) and bool(self.dead)

    def shares_place(self, other: Piece) -> bool:
        """Whether the two name one place."""
        return any(places.between(p, q).nearness is Nearness.SAME for p in self.places for q in other.places)

    @property
    def acts(self) -> set[Kind]:
        return {s.claim.kind for s in self.statements if s.claim.kind in FIGHTING}

    @property
    def harms(self) -> set[Kind]:
        return {s.claim.kind for s in self.statements if s.claim.kind in HARMS}

    @property
    def doers(self) -> set[str]:
        return {s.who.key for s in self.statements if s.who}

    @property
    def persons(self) -> set[str]:
        return {name for s in self.statements for m in (s.claim.whom, s.claim.who) for name in words.persons(m)}

    def add(self, other: Piece) -> None:
        self.statements += other.statements
        self.last = max(self.last, other.last)


def pieces(events: Iterable[Statement]) -> list[Piece]:
    """The claims by sentence, cut where a sentence names two days, two places or two sorts of thing."""
    pieces: list[Piece] = []
    sentence: list[Piece] = []
    number = -1
    place_in_text: tuple[int, int] | None = None
    for s in events:
        if (s.claim.start, s.claim.end) != place_in_text:
            place_in_text = (s.claim.start, s.claim.end)
            pieces += sentence
            sentence = []
            number += 1
        piece = Piece([s], number, number)
        home = next((p for p in sentence if _one_breath(p, piece)), None)
        if home is None:
            sentence.append(piece)
        else:
            home.add(piece)
    return pieces + sentence


def _one_breath(a: Piece, b: Piece) -> bool:
    """Whether two claims of one sentence are of one happening."""
    if a.family != b.family or not days_meet(a.days, b.days):
        return False
    if any(places.between(p, q).nearness in (Nearness.APART, Nearness.BESIDE) for p in a.places for q in b.places):
        return False
    if not a.names or not b.names or any(places.alike(n, m) for n in a.names for m in b.names):
        return True
    return any(_share_words(s, t) for s in a.statements for t in b.statements)


def _share_words(s: Statement, t: Statement) -> bool:
    """Whether two claims of a sentence take their place from the same words: "Toma", "the quarters of Toma and Siw"."""
    one, other = s.claim.where, t.claim.where
    return one is not None and other is not None and one.span.touches(other.span)


def by_sentence(piece: Piece) -> list[Piece]:
    """What the piece holds of each sentence."""
    held: dict[tuple[int, int], list[Statement]] = {}
    for s in piece.statements:
        held.setdefault((s.claim.start, s.claim.end), []).append(s)
    return [Piece(statements, piece.first, piece.last) for statements in held.values()]


def days_meet(a: Iterable[Days], b: Iterable[Days]) -> bool:
    others = list(b)
    return all(day.meets(other) for day in a for other in others)


def may_share_days(a: Piece, b: Piece) -> bool:
    """Whether no day of one rules out a day of the other."""
    return (
        days_meet(a.sure_days, b.sure_days) and days_meet(a.settled_days, b.days) and days_meet(a.days, b.settled_days)
    )


def _certainty_of_day(s: Statement) -> float:
    return dict(s.claim.certainties).get("when", UNTOLD)


def sharp(intervals: Iterable[Days]) -> list[Days]:
    return [d for d in intervals if d.length <= VAGUE]


def dead_of(statements: Iterable[Statement]) -> set[int]:
    counts = (s.claim.count for s in statements if s.claim.kind is Kind.KILLED and s.claim.count)
    return {count.low for count in counts if count.low}
