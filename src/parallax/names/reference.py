"""Whom a report means by words that several parties go by: "the regime", "the group", "the jihadists".

Every party that the words may be said of is weighed by what the report tells: which of them it names
and how near, whom it named last, the country it is about, the outlet's own side, whom the claim sets
them against, and what words its pack says it goes by. A softmax over those weights and over "none of
these" is the certainty. A party is named only where it is likelier than not; whoever else is not
unlikely stays as an alternative. Weights of features in a log-linear model over candidates are the
manner of Denis and Baldridge (2008) for pronouns.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from parallax.model import HARMS, Actor, Claim, Kind, Mention, Report, VictimClass
from parallax.names import actors
from parallax.names.folding import fold
from parallax.names.parties import BY_ADJECTIVE, LOOSE, UNNAMED, Parties, Party, Sense, Vague, bare

# Set on every second case of benchmarks/actors (`--tune`), and never on the others.
WEIGHTS: Mapping[str, float] = {
    "named": 1.0,
    "last": 1.2,
    "title": 1.0,
    "part": 0.8,
    "loose": 3.0,
    "country": 1.4,
    "own": 0.8,
    "friend": -2.5,
    "people": 3.0,
    "none": 1.4,
}
NEAR = 400
# Below this a party is no alternative worth keeping; at half or less the likeliest is not named.
UNLIKELY, NAMED = 0.1, 0.5
_SURE = 0.99

_WORD = re.compile(r"[^\W_](?:[\w.'’ʼ]*\w)?")
# What follows tells of others than those the words name.
_ASIDE = re.compile(
    r"[\s,]+(?:(?:affiliated|allied|linked|aligned|connected)\s+(?:to|with)|(?:backed|supported|funded|armed)\s+by"
    r"|fighting|against|opposed\s+to|near|in|inside|around|outside|targeting)\s.*",
    re.IGNORECASE | re.DOTALL,
)
_UNSAID = frozenset(["anti", "ex", "former", "non", "each", "both"])


@dataclass(frozen=True, slots=True)
class Naming:
    """A party named in a report's text by a name of its own, by offsets."""

    start: int
    end: int
    party: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What a report tells of who is meant by its words.

    `namings` and `lands` (where it speaks of which countries) are in order; `outlet` is the party
    that the outlet speaks for, where there is one.
    """

    day: date | None
    namings: tuple[Naming, ...]
    title: frozenset[str]
    lands: tuple[tuple[int, frozenset[str]], ...]
    outlet: str | None
    named: frozenset[str]
    spoken_of: frozenset[str]


def look(report: Report, parties: Parties, outlet: str | None = None) -> Scene:
    """The scene of a report. `outlet` is the key of the party that its outlet speaks for."""
    day = report.published.day if report.published else None
    lands: list[tuple[int, frozenset[str]]] = []
    namings = tuple(_namings(report.text, parties, day, lands))
    title = frozenset(naming.party for naming in _namings(report.title or "", parties, day, []))
    named = title | {naming.party for naming in namings}
    return Scene(day, namings, title, tuple(lands), outlet, named, frozenset().union(*(codes for _, codes in lands)))


def _namings(
    text: str, parties: Parties, day: date | None, lands: list[tuple[int, frozenset[str]]]
) -> Iterator[Naming]:
    """Every party named for sure in a text; where it speaks of a country or its people is added to `lands`."""
    marks = [(part, found) for found in _WORD.finditer(text) for part in _parts(found.group())]
    said = [part for part, _ in marks]
    past = 0
    for at in range(len(said)):
        found = marks[at][1]
        capital = found.group()[:1].isupper() or not found.group().isascii()
        if capital and at >= past and (codes := _countries(said, at, parties, day)):
            lands.append((found.start(), codes))
        if at < past or (hit := actors.at_word(said, at, parties, day)) is None:
            continue
        sense = hit.senses[0]
        past = hit.last
        if sense.certainty < BY_ADJECTIVE or len([s for s in hit.senses if s.certainty >= sense.certainty]) > 1:
            continue
        # "is" and "us" are words, a capital is a place ("in Damascus") unless more is said of it.
        if not capital or (hit.words in parties.acronyms and not found.group().replace(".", "").isupper()):
            past = at + 1
            continue
        if hit.words in parties.seats and (at == 0 or _PLACED.fullmatch(said[at - 1])):
            continue
        if hit.last < len(said) and said[hit.last] in parties.backed:
            continue
        yield Naming(found.start(), marks[hit.last - 1][1].end(), sense.party.key)


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """The folded words of a word as written: "US-led" is two."""
    return tuple(bare(word).split())


_PLACED = re.compile(
    r"in|of|from|near|to|into|across|inside|outside|over|around|through|between|and|with|central"
    r"|(?:north|south|east|west)(?:ern)?"
)


def _countries(said: Sequence[str], at: int, parties: Parties, day: date | None) -> frozenset[str]:
    for last in (at + 2, at + 1):
        if codes := parties.seats.get(" ".join(said[at:last])):
            return codes
    people = actors.alive(parties.peoples.get(said[at], ()), day)
    return people[0].party.countries if people else frozenset()


def meant(
    mention: Mention,
    scene: Scene,
    parties: Parties,
    *,
    against: str | None = None,
    speaker: str | None = None,
) -> Actor | None:
    """Whom a mention in the report means; None where it names no party and says nothing that one goes by.

    `against` is the party that the claim sets the mention against, `speaker` the one on whose word it
    stands. A name that one party alone bears is that party's, whatever else the report tells.
    """
    words = _ASIDE.sub("", mention.text) or mention.text
    said = bare(words).split()
    found = actors.hits(said, parties, scene.day)
    plain = actors.resolve(words, scene.day, parties) or actors.resolve(mention.text, scene.day, parties)
    best = actors.surest(found)
    top = best.senses[0].certainty if best else 0.0
    sure = [sense for sense in best.senses if sense.certainty >= top] if best else []
    if best is not None and top > BY_ADJECTIVE and len(sure) == 1:
        return plain
    vague = [row for row in parties.vague if _says(said, row)]
    candidates = _candidates(said, best, sure, vague, parties, scene)
    if not candidates:
        return plain
    scores = {
        key: _score(sense, mention, scene, parties, vague, best, against, speaker) for key, sense in candidates.items()
    }
    certain = top >= BY_ADJECTIVE
    shares = _softmax(scores, None if certain else WEIGHTS["none"])
    ranked = sorted(shares, key=lambda key: (-shares[key], key))
    likeliest = ranked[0]
    others = tuple(key for key in ranked if shares[key] >= UNLIKELY)
    if shares[likeliest] <= NAMED and (plain is None or plain.certainty <= UNNAMED):
        return _unsettled(plain, others)
    party = candidates[likeliest].party
    certainty = min(shares[likeliest], top if certain else _SURE)
    return Actor(
        party.key,
        party.called(scene.day),
        party.side(scene.day),
        round(certainty, 3),
        tuple(key for key in others if key != likeliest),
    )


def _unsettled(plain: Actor | None, others: tuple[str, ...]) -> Actor | None:
    """What the words alone say ("militants", nobody's in particular), with whoever may be meant."""
    if plain is None:
        return None
    return replace(plain, alternatives=tuple(key for key in others if key != plain.key))


def _says(said: Sequence[str], row: Vague) -> bool:
    """Whether the words hold one of the row's: singular, plural, or with an apostrophe that was lost."""
    return any(
        (word in row.words or word.removesuffix("s") in row.words) and not (at and said[at - 1] in _UNSAID)
        for at, word in enumerate(said)
    )


def _candidates(
    said: Sequence[str],
    best: actors.Hit | None,
    sure: Sequence[Sense],
    vague: Sequence[Vague],
    parties: Parties,
    scene: Scene,
) -> dict[str, Sense]:
    """The parties that the words may mean, by key, each with how sure the words alone make it."""
    if best is not None and sure and sure[0].certainty >= BY_ADJECTIVE:
        senses = {sense.party.key: sense for sense in best.senses}
        fighters = [row for row in vague if "state" not in row.kinds]
        if sure[0].certainty == BY_ADJECTIVE and fighters:
            # "Lebanese fighters" are of a group of that country as well as of its army.
            lands = frozenset(code for sense in sure for code in sense.party.countries)
            senses |= {
                party.key: Sense(party, LOOSE)
                for party in parties.all
                if party.countries & lands and party.key not in senses and _fits(party, fighters, scene)
            }
        for sense in sure:
            above = sense.party.parent(scene.day)
            if above and above not in senses and (party := parties.party(above, scene.day)) is not None:
                senses[above] = Sense(party, UNNAMED)
        return senses
    loose = {s.party.key: s for s in best.senses if not s.party.unnamed} if best is not None else {}
    loose = {key: sense for key, sense in loose.items() if _is_near(sense.party, scene)} or loose
    wide = {
        party.key: Sense(party, UNNAMED)
        for party in parties.all
        if vague and party.key not in loose and _may_be(party, vague, scene)
    }
    return {**wide, **loose}


def _may_be(party: Party, vague: Sequence[Vague], scene: Scene) -> bool:
    """Whether the words fit a party that the report names, or the state or coalition of a land it speaks of."""
    at_home = any(row.kinds & {"state", "coalition"} for row in vague) and party.countries & scene.spoken_of
    return bool(party.key in scene.named or at_home) and _fits(party, vague, scene)


def _is_near(party: Party, scene: Scene) -> bool:
    """Whether a party that words are loosely said of is named by the report, or of a land it speaks of, if of any."""
    if party.key in scene.named or not party.countries or not scene.spoken_of:
        return True
    return bool(party.countries & scene.spoken_of)


def _fits(party: Party, vague: Sequence[Vague], scene: Scene) -> bool:
    return party.told_of(scene.day) and party.lived(scene.day) and all(row.fits(party) for row in vague)


def _score(
    sense: Sense,
    mention: Mention,
    scene: Scene,
    parties: Parties,
    vague: Sequence[Vague],
    best: actors.Hit | None,
    against: str | None,
    speaker: str | None,
) -> float:
    """The weight of one candidate: higher is likelier."""
    party = sense.party
    near = named = part = 0.0
    last = _last(mention.start, scene, vague, parties)
    for naming in scene.namings:
        if naming.start < mention.end and mention.start < naming.end:
            continue
        gap = mention.start - naming.end if naming.end <= mention.start else 2 * (naming.start - mention.end)
        weight = math.exp(-gap / NEAR)
        if naming.party == party.key:
            named += weight + 0.1
            near = max(near, weight)
        elif (other := parties.party(naming.party, scene.day)) and other.parent(scene.day) == party.key:
            part += weight + 0.1
    hostile = any(row.hostile for row in vague)
    friends = [key for key in (against, speaker if hostile else None, scene.outlet if hostile else None) if key]
    score = WEIGHTS["named"] * math.log1p(3 * named) + WEIGHTS["part"] * math.log1p(3 * part)
    score += WEIGHTS["last"] * (last == party.key) + WEIGHTS["title"] * (party.key in scene.title)
    score += WEIGHTS["loose"] * (sense.certainty == LOOSE and best is not None)
    score += WEIGHTS["people"] * (sense.certainty >= BY_ADJECTIVE)
    score += WEIGHTS["country"] * _at_home(party, mention, scene)
    score += WEIGHTS["own"] * (party.key in (speaker, scene.outlet) and party.kind == "state")
    score += WEIGHTS["friend"] * any(parties.allied(party.key, key, scene.day) for key in friends)
    if any(row.back for row in vague) and not near:
        score -= 2 * WEIGHTS["none"] + 2
    return score


def _at_home(party: Party, mention: Mention, scene: Scene) -> float:
    """How much of what the report says of countries is of the party's own, the nearest counting most."""
    weights = [(math.exp(-abs(mention.start - at) / NEAR) + 0.1, codes) for at, codes in scene.lands]
    total = sum(weight for weight, _ in weights)
    return sum(weight for weight, codes in weights if codes & party.countries) / total if total else 0.0


def _last(start: int, scene: Scene, vague: Sequence[Vague], parties: Parties) -> str | None:
    """The last party named before, of those that the words may be said of."""
    at = bisect_left(scene.namings, start, key=lambda naming: naming.end)
    for naming in reversed(scene.namings[:at]):
        party = parties.party(naming.party, scene.day)
        if party is not None and all(row.fits(party) for row in vague):
            return naming.party
    return None


def _softmax(scores: Mapping[str, float], none: float | None) -> dict[str, float]:
    """Shares that add up to 1, or to what "none of these" leaves of it."""
    top = max([*scores.values(), none if none is not None else -math.inf])
    raised = {key: math.exp(score - top) for key, score in scores.items()}
    total = sum(raised.values()) + (math.exp(none - top) if none is not None else 0.0)
    return {key: value / total for key, value in raised.items()}


def doers_and_harmed(
    claims: Sequence[Claim], scene: Scene, parties: Parties, speakers: Sequence[str | None] = ()
) -> tuple[tuple[Actor | None, Actor | None], ...]:
    """Who did it and whom it befell, for each claim of a report, in the same order.

    The surer of a claim's two parties is settled first, and the other against it: nobody
    shells his own side. `speakers` are the parties on whose word the claims stand.
    """
    spoken = [*speakers, *[None] * (len(claims) - len(speakers))]
    return tuple(_pair(claim, scene, parties, speaker) for claim, speaker in zip(claims, spoken, strict=True))


_OPPOSED = frozenset([*HARMS, Kind.AIR_STRIKE, Kind.SHELLING, Kind.BOMBING, Kind.CHEMICAL_ATTACK, Kind.GROUND_ATTACK])


def _pair(claim: Claim, scene: Scene, parties: Parties, speaker: str | None) -> tuple[Actor | None, Actor | None]:
    opposed = claim.kind in _OPPOSED
    who = meant(claim.who, scene, parties, speaker=speaker) if claim.who else None
    whom = _whom(claim, scene, parties, None, speaker)
    if not opposed or who is None or whom is None or claim.who is None:
        return who, whom
    if who.certainty >= whom.certainty:
        return who, _whom(claim, scene, parties, who.key, speaker)
    return meant(claim.who, scene, parties, against=whom.key, speaker=speaker), whom


def _whom(claim: Claim, scene: Scene, parties: Parties, against: str | None, speaker: str | None) -> Actor | None:
    """Whom it befell; an army that is attacked, counted or marches off is named as one that acts is."""
    if claim.whom is None:
        return None
    if claim.kind in (*HARMS, Kind.AID) or claim.whom_class is VictimClass.CIVILIAN:
        plain = actors.harmed(claim.whom.text, claim.whom_class, scene.day, parties)
        fights = claim.whom_class is VictimClass.COMBATANT and " and " not in f" {fold(claim.whom.text)} "
        if plain is None and not fights:
            return None
        if claim.whom_class is VictimClass.CIVILIAN:
            return plain
    return meant(claim.whom, scene, parties, against=against, speaker=speaker)
