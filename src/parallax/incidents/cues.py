"""What the words around a claim say of how it stands to the rest of its report.

A claim that counts over days ("since Tuesday", "in the past week", "five days of shelling",
"150 sorties a day") tells of many happenings at once. One that is told as another happening
("in a separate strike", "elsewhere") is not the one told before it.
"""

from __future__ import annotations

import re

from parallax.model import HARMS, Claim, Kind, Scope, Stance, Tie

SHORT = 3  # days that one battle may take: "in two days" is of one happening
NOT_FOUGHT = frozenset({Kind.STRENGTH, Kind.TRUCE, Kind.AID})

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_SHORT_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_NUMBER = r"(?:(?!2\b)\d+|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|several|few|a few|many)"
_UNITS = r"(?:days|nights|weeks|months|years)"
_ABOUT = r"(?:nearly |almost |over |more than |less than |under |about |just |only |barely )?"
_FIGHTING = r"(?:air ?strikes?|airstrikes?|raids?|strikes?|shelling|bombardments?|attacks?|sorties|bombings?)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_SINCE_WEEKDAY = _any(rf"\bsince (?:last |late (?:on )?|early (?:on )?)?{_WEEKDAY}\b")
_OVER_DAYS = _any(
    r"\bsince (?:(?:the|its|their|an?) )?(?:start|beginning|onset|launch|outbreak|collapse|end of|early \w+|late \w+"
    rf"|mid-?\w*|last \w+|offensive|assault|operation|campaign|truce|ceasefire|siege|{_MONTH}|(?:19|20)\d\d"
    rf"|\d{{1,2}} {_MONTH})\b",
    rf"\b(?:in|over|during|for|within|of) (?:(?:the|these) )?(?:past|last|previous|preceding|recent) "
    rf"(?:{_NUMBER} )?{_UNITS}\b",
    r"\b(?:over|during|throughout|within|in) (?:the )?(?:course of (?:the )?)?(?:past|last) (?:week|month|year)\b",
    r"\bso far (?:this|in|since)\b",
    r"\b(?:have|has|had) been [^.;]{0,80}\bthis (?:week|month|year)\b",
    rf"\b{_NUMBER} (?:straight |consecutive |successive )?{_UNITS} of\b",
    rf"\b(?:in|within) {_ABOUT}{_NUMBER} {_UNITS}\b(?! (?:ago|earlier|later|before|after))",
    rf"\b{_NUMBER} (?:\w+ ){{0,3}}(?:a|per) (?:day|week|month)\b",
    r"\b(?:every|each) (?:single )?(?:day|week|month)\b",
    rf"\bdaily {_FIGHTING}|\bon a daily basis\b",
    r"\b(?:has|have) (?:now )?(?:repeatedly|regularly) been\b",
)
# Of an act that goes on it says how long; beside the dead it is how long something else lasted ("held for months").
_LASTING = _any(rf"\bfor {_ABOUT}(?:an? |{_NUMBER} )?(?:{_UNITS}|(?:day|week|month|year))\b")
_SPELL = _any(r"\b(?:deadliest|bloodiest|worst) (?:week|month|year)\b")
# "The deadliest raid since the truce": the days are those of what it is measured against.
_MEASURED = _any(
    r"\b(?:first|only|worst|(?<!at )(?:most|least)|(?:big|high|larg|dead|blood|heav|fierc|grav)\w*est)\b[^.;]{0,90}$",
    r"\bafter (?:[\w-]+ ){0,3}$",  # "taken after 27 days of shelling"
)
# "In the town, which has been besieged for a year": they are of the town.
_OF_PLACE = _any(r"\b(?:which|who|whose|where|that (?:has|have|had|was|were|is|are))\b[^.;]{0,60}$")
_DAY = _any(
    rf"\b(?:{_WEEKDAY}|today|yesterday|tonight|overnight)\b",
    rf"\b\d{{1,2}} (?:{_MONTH}|{_SHORT_MONTH})\b",
    rf"\b(?:{_MONTH}|{_SHORT_MONTH})\.? \d{{1,2}}\b",
)
# "Six died on Monday, bringing to 80 those killed since June": the stretch is of what stands after it.
_BRINGS = _any(r"\b(?:bring|brings|bringing|brought|take|takes|taking|took|raise|raises|raising|raised)\b")
_ONE_MORE = (
    r"(?:attack|strike|raid|airstrike|bombing|bombardment|blast|explosion|incident|shooting|assault|clash|battle)"
)
_ANOTHER = _any(
    rf"\b(?:in|by|during) (?:another|a second|a different|a further) (?:[\w-]+ ){{0,2}}{_ONE_MORE}",
    rf"\b(?:a|in) separate (?:[\w-]+ ){{0,2}}{_ONE_MORE}",
    rf"^separate (?:[\w-]+ ){{0,2}}{_ONE_MORE}",
    r"^elsewhere\b|\belsewhere in\b",
    r"\bseparately\b",
)
_HAPPENING = (
    r"(?:(?:air ?)?(?:attack|strike|raid)s?|blasts?|explosions?|bombs?|bombings?|bombardments?|assaults?|clashes"
    r"|shelling|shooting|massacres?|incidents?|operations?|offensives?|battles?)"
)
_TIES = {
    Tie.BACK: _any(rf"\b(?:the|this|that|these|those|its|their) (?:[\w-]+ ){{0,2}}{_HAPPENING}\b"),
    Tie.PRONOUN: _any(r"^\W*(?:it|they|he|she|the dead|the victims|among|those|this)\b"),
    Tie.ASIDE: _any(r"^\W*(?:earlier|also|in another|on the other)\b", r"\bmeanwhile\b"),
    # A year or a month by its name is mostly of the past; a report's own day is given by less.
    Tie.EARLIER: _any(rf"\b(?:last|earlier|previous|since|ago|in {_MONTH}|20\d\d)\b"),
}


def counts_over_days(claim: Claim, sentence: str) -> bool:
    """Whether the claim, told in `sentence`, is of a stretch of days rather than of one happening.

    Where the sentence also names a day of its own ("on Monday"), and the claim is of one
    day, its words for a stretch are held to be another claim's. A battle that began the day
    before ("since Wednesday") is one happening still.
    """
    if claim.scope is Scope.TOTAL or claim.stance is Stance.DENIED or claim.kind in NOT_FOUGHT:
        return False
    brings = _BRINGS.search(sentence)
    at = -1 if claim.count is None or claim.kind not in HARMS else sentence.find(claim.count.text)
    if brings is not None and 0 <= at < brings.start():
        return False
    length = claim.when.length if claim.when else 0
    patterns = [_OVER_DAYS]
    patterns += [_LASTING] if claim.kind not in HARMS else []
    patterns += [_SINCE_WEEKDAY] if length > SHORT else []
    found = [cue for pattern in patterns for cue in pattern.finditer(sentence)]
    cues = [cue for cue in found if not any(of.search(sentence[: cue.start()]) for of in (_MEASURED, _OF_PLACE))]
    cues += _SPELL.finditer(sentence)
    if not cues:
        return False
    if length != 1:
        return True
    rest = sentence
    for cue in cues:
        rest = rest[: cue.start()] + " " * (cue.end() - cue.start()) + rest[cue.end() :]
    return _DAY.search(rest) is None


def is_another(sentence: str) -> bool:
    """Whether the sentence says that it tells of a happening other than those told before it."""
    return _ANOTHER.search(sentence) is not None


def ties(sentence: str) -> tuple[Tie, ...]:
    """How the sentence stands to those before it, by its words; sorted."""
    return tuple(sorted(tie for tie, pattern in _TIES.items() if pattern.search(sentence)))
