"""What the words around a number say of those it counts, where the network took them for the killed or the hurt.

Plain words settle it: who was "fatally shot" was killed and is not among the hurt; who "escaped injury" is
neither; "seven times" and "two gunshot wounds" count no people; "two teenagers were charged with the murder
of a boy" counts those who are charged; 250,000 people who live under a siege are not its dead, and the 40,000 that a
town is home to are not displaced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parallax.claims.repeats import Reading
from parallax.model import Count, Kind

_TOLLS = (Kind.KILLED, Kind.INJURED)
_PEOPLE = (Kind.KILLED, Kind.INJURED, Kind.DISPLACED)
_EMERGENCY = 911  # a number that is called
_NEAR = 60  # code points between the words for a wound and those whom they are of
_WORD = r"\s+[\w'’-]+"
_HELP = r"(?:\s+(?:have|has|had|was|were|are|is|been|being|both|all|later|also|who|that))*"


def _any(*words: str) -> str:
    return rf"(?:{'|'.join(words)})"


_HURTING = _any(
    "shot", "struck", "hit", "wounds?", "wounded", "wounding", r"injur\w+", "hurt", "stabbed", "beaten", "grazed"
)
_HURT = re.compile(rf"\b{_HURTING}\b", re.IGNORECASE)
# A number of wounds, of times and of shots is none of people.
_MISSILE = _any("gun ?shot ", "gun", "stab ", "bullet ", "knife ", "self-inflicted ", "apparent ", "graze ")
_SHOT_THAT = _any("struck", "hit", "fired", "was fired", "went", "entered", "grazed")
_WOUNDS = re.compile(
    rf"[^\s,;:]+(?:\s+(?:one|two|of|more|\d+))*\s+(?:times\b|{_MISSILE}*wounds?\b|bullets?\b|rounds?\b|(?:gun)?shots\b|shot\s+{_SHOT_THAT}\b)",
    re.IGNORECASE,
)
_LINE = re.compile(r"\b(?:call\w*|dial\w*|phon\w*|ring|rang)(?:\s+(?:to|the|from|into))*\s+$", re.IGNORECASE)
# "CBS 58", "NewsChannel 11", "11 News": a broadcaster's number; "his 12- and 10-year-old sons": ages.
_BROADCASTER = re.compile(r"(?:\b(?:ABC|CBS|NBC|FOX|Fox|CW|[KW][A-Z]{2,3})|[Cc]hannel|\bNews)\s?$")
_CALLED = re.compile(r"\d+\s?(?:News|Investigates|Eyewitness|On Your Side)\b")
_OF_AGE = re.compile(r"(?:his |her |their |the )?\d{1,2}-(?:\s|,)")
_UNHURT = re.compile(
    r"\b(?:escap\w+\s+(?:\w+\s+)?(?:injury|injuries|harm|unharmed|unhurt|uninjured)"
    rf"|(?:was|were)(?:\s+not|n['’]t)\s+(?:\w+ly\s+)?(?:harmed|{_HURTING})|unharmed|unhurt|uninjured)\b",
    re.IGNORECASE,
)
_SLAIN = _any(
    rf"fatally\s+{_HURTING}",
    "mortally wounded",
    r"(?:shot|stabbed|beaten|burnt|burned)\s+(?:\w+\s+)?(?:to death|dead)",
    r"(?:shot|stabbed|struck|hit)\s+and\s+(?:\w+ly\s+)?killed",
)
# "Fatally shot his son": those before these words did it.
_OBJECT = r"(?:an?|the|his|her|their|its|him|them|one|two|three|four|five|another|others|\d|wife|son|daughter)\b"
_WAS_SLAIN = re.compile(rf"\b{_SLAIN}\b(?!\s+{_OBJECT})", re.IGNORECASE)
_SLEW = re.compile(rf"\b(?:{_SLAIN}|shoots? and kills?|fatally shoot(?:s|ing)?|shooting and killing)\b", re.IGNORECASE)
_DIE = _any("die[sd]", r"succumb\w*", "passed away", r"(?:pronounced|declared)\s+(?:\w+\s+)?(?:dead|deceased)")
_AND = _any("who", "he", "she", "they", "and", "but", "before", "both")
_SINCE = _any(
    "has", "have", "had", "was", "were", "later", "then", "also", "soon", "both", "all", r"\w+ly", "shortly after"
)
_LATER_DIED = re.compile(
    rf"\b{_AND}(?:\s+{_SINCE})*\s+{_DIE}\b|\b(?:has|have|had|\w+day(?:\s+\w+)?)\s+{_DIE}\b", re.IGNORECASE
)
_CRIME = _any("deaths?", "murders?", "killings?", "slayings?", "homicides?", "shootings?", "manslaughter")
_PROSECUTED = _any(
    "charged", "convicted", "indicted", "sentenced", "arrested", "accused", "wanted", "sought", "suspected", "guilty",
    "arraigned", "booked", "jailed", "acquitted", "faces", "faced", "facing", r"face(?=(?:\s+\w+){1,3}\s+charges?\b)",
    "pleaded", "pleads", r"confess\w*", "in custody",
)  # fmt: skip
_NOT_DEAD = r"(?!\s+(?:and|or|dead|died|killed|shot|wounded|injured|hurt|slain)\b)"
_CHARGED = re.compile(
    rf"\S+(?:{_NOT_DEAD}{_WORD}){{0,4}}?{_HELP}\s+{_PROSECUTED}\s+(?:\w+\s+){{0,3}}?(?:in|with|of|for|to|after|over|on)\b"
    rf"[^.;,]{{0,80}}?\b{_CRIME}\b",
    re.IGNORECASE,
)
_ACCUSED_OF = re.compile(r"\b(?:of|by|kill\w*|murder\w*|shooting|shot)\s+$", re.IGNORECASE)
_VICTIM = re.compile(
    rf"\b{_CRIME}(?:\s+death)?\s+of\s+((?:(?:an?|his|her|their|one|the)\s+)?[\w'’-]+(?:\s+[\w'’-]+)?)", re.IGNORECASE
)
_ONE = re.compile(r"(?:an?|his|her|their|one)\s|\d+[- ]year[- ]old\b|[a-z]+(?<!s)\b(?!\s+(?:and|or)\b)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:the\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b(?![- ]year)", re.IGNORECASE)
_LIVING = re.compile(rf"\S+(?:{_WORD}){{0,3}}?\s+(?:live|reside)\b", re.IGNORECASE)
# "Home to some 40,000 people" counts who lives there, unless they came as refugees.
_HOME_TO = re.compile(rf"\bhome\s+(?:to|of)(?:{_WORD}){{0,3}}\s+$", re.IGNORECASE)
_UPROOTED = re.compile(r"\b(?:displaced|refugees?|fled|uprooted|evacuees?|IDPs?)\b", re.IGNORECASE)


def settled(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, those of the killed and hurt as the words around their numbers have it; offsets are of `text`."""
    killed = [(reading.start, reading.at) for reading in readings if reading.kind is Kind.KILLED]
    found: list[Reading] = []
    for reading in readings:
        others = any(start == reading.start and at != reading.at for start, at in killed)
        kept = _settled(text, reading, others) if _is_toll(reading) else reading
        kept = None if kept is not None and _counts_inhabitants(text, kept) else kept
        found += [kept] if kept is not None else []
    return found


def _is_toll(reading: Reading) -> bool:
    return reading.kind in _TOLLS and reading.count is not None and reading.count.high != 0


def _settled(text: str, reading: Reading, others: bool) -> Reading | None:
    """The reading as its words have it, None if they tell of no harm; `others`: its passage counts killed elsewhere."""
    before, after = text[reading.start : reading.at], text[reading.at : reading.end]
    if _WOUNDS.match(after) or (_calls(reading) and _LINE.search(before)) or _is_no_number_of_people(before, after):
        return replace(reading, count=None) if reading.whom is not None else None
    if _CHARGED.match(after) and not _ACCUSED_OF.search(before):
        return None if others else _of_the_victim(reading, text)
    if reading.kind is Kind.KILLED:
        return None if _LIVING.match(after) else reading
    if _is_unhurt(after) or _is_slayer(after):
        return None
    if _is_slain(before, after, reading):
        return None if others else replace(reading, kind=Kind.KILLED)
    return reading


def _counts_inhabitants(text: str, reading: Reading) -> bool:
    if reading.kind not in _PEOPLE or reading.count is None:
        return False
    before, after = text[reading.start : reading.at], text[reading.at : reading.end]
    return _HOME_TO.search(before) is not None and _UPROOTED.search(after) is None


def _calls(reading: Reading) -> bool:
    return reading.count is not None and reading.count.low == _EMERGENCY


def _is_no_number_of_people(before: str, after: str) -> bool:
    """Whether the figure is a part of a broadcaster's name, or an age beside another."""
    named = after[:1].isdigit() and _BROADCASTER.search(before) is not None
    return named or _CALLED.match(after) is not None or _OF_AGE.match(after) is not None


def _of_the_victim(reading: Reading, text: str) -> Reading | None:
    """A claim of the one victim whom somebody is charged with, where the words go on to him; else none."""
    victim = _VICTIM.search(text, reading.at, reading.end)
    if victim is None or _NUMBER.match(victim.group(1)) or not _ONE.match(victim.group(1)):
        return None
    return replace(reading, kind=Kind.KILLED, count=Count(1, 1, victim.group(1)), at=victim.start(1))


def _is_unhurt(after: str) -> bool:
    found = _UNHURT.search(after)
    between = after[: found.start()] if found else ""
    return found is not None and _HURT.search(between) is None and re.search("[.;]", between) is None


def _is_slayer(after: str) -> bool:
    """Whether those counted are told of as the ones who killed somebody."""
    found = _SLEW.search(after)
    if found is None or found.start() > _NEAR or _WAS_SLAIN.match(after, found.start()):
        return False
    return re.search(r"[.;]|\b(?:and|after|when|who)\b", after[: found.start()]) is None


def _is_slain(before: str, after: str, reading: Reading) -> bool:
    """Whether those counted are told of as killed: by the words for their wounds, or by what is said of them next."""
    wound, slain = _HURT.search(after), _WAS_SLAIN.search(after)
    if slain is not None and slain.start() < _NEAR and (wound is None or slain.start() <= wound.start()):
        return re.search(r"[.;]|\b(?:and|including)\b", after[: slain.start()]) is None
    last = [match.end() for match in _SLEW.finditer(before)]
    if last and len(before) - last[-1] < _NEAR and not _HURT.search(before[last[-1] :]):
        return wound is None or wound.start() > _NEAR
    one = reading.count is not None and reading.count.high == 1
    return one and _LATER_DIED.search(after) is not None and len(_HURT.findall(after)) <= 2
