"""How many dead a sentence lists, and whether who killed them is one more.

"A mother and her two children were found dead" are three, and so are the dead of "killed his wife and son before
shooting himself". A reader mostly marks one of those whom such words list, or each by a claim of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = rf"(?:\d{{1,2}}(?![\d-])|{'|'.join(NUMBERS)})"
_KIN = r"(?:(?:step|grand|god|ex-)?(?:mother|father|son|daughter|child|parent|wife|husband|girlfriend|boyfriend))"
_ONE = (
    rf"(?:{_KIN}|man|woman|boy|girl|teen(?:ager)?|toddler|baby|infant|newborn|kid|juvenile|adult|youth|person|mom|mum"
    r"|dad|brother|sister|sibling|twin|aunt|uncle|cousin|niece|nephew|relative|fianc[ée]e?|neighbou?r|friend|roommate"
    r"|colleague|co-?worker|officer|deputy|soldier|policeman|policewoman|teacher|student|doctor|nurse|worker|driver"
    r"|guard|clerk|farmer|civilian|bystander|resident)(?:-in-law)?"
)
_MANY = (
    r"(?:(?:step|grand)?(?:mothers|fathers|sons|daughters|children|parents)|men|women|boys|girls|teens|teenagers"
    r"|toddlers|babies|infants|kids|juveniles|adults|youths|people|persons|brothers|sisters|siblings|twins|cousins"
    r"|nieces|nephews|relatives|neighbou?rs|friends|officers|deputies|soldiers|policemen|teachers|students|doctors"
    r"|nurses|workers|guards|farmers|civilians|bystanders|residents)"
)
_WHICH = r"(?:(?i:an?|another|the|his|her|their|(?:the\s+)?[\w-]+['’]s)\s+)"
_AGE = r"(?:\d{1,3}|[a-z]+)-(?:year|month|week|day)s?-old"
_SORT = (
    rf"(?:(?i:{_AGE}|young(?:er|est)?|old(?:er|est)?|elderly|little|small|baby|toddler|infant|teen(?:age|aged)?|adult"
    r"|adolescent|pregnant|estranged|former|own|minor|twin|male|female|police|local|unidentified)\s+)"
)
_NO_NAME = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Earlier|Later|Early|Late|On|In|At|After|Before|When|Police|The|An?)"
)
_WORD = rf"(?!{_NO_NAME}\b)[A-Z][\w'’.-]*"
_NAME = rf"(?:{_WORD}(?:\s+{_WORD}){{1,3}})"
_YEARS = r"(?:,\s+\d{1,2}(?![\w-]|\s+(?!(?:and|were|was|are|is|both|dead|died?|found|killed)\b)\w))"
_GROUP = rf"{_WHICH}?(?i:{_NUMBER})\s+{_SORT}{{0,3}}(?i:{_MANY})\b"
_SINGLE = rf"(?:{_WHICH}|one\s+|1\s+)?{_SORT}{{0,3}}(?:{_WORD}\s+){{0,2}}(?i:{_ONE})\b(?:,?\s+{_NAME})?{_YEARS}?"
# One person, or a number of people: "two young sons", "his wife, Anna Petrova, 30", "a 3-year-old", "Anna Petrova".
_ITEM = re.compile(
    rf"(?P<group>{_GROUP})|{_SINGLE}|(?:[Aa]n?\s+)?{_AGE}(?!\s+(?!(?:and|dead|killed|were|was|are|is|found|fatally|shot|died?)\b)[a-z])|{_NAME}{_YEARS}?"
    rf"|(?<![\w'’-])(?!{_NO_NAME}\b)[A-Z][\w'’-]*[a-z](?=\s+and\s+(?:his|her|their)\s)"
)
_AND = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
_HELP = r"(?:\s+(?:are|were|was|is|both|all|have|has|been|being|later|also|apparently))*"
_FOUND_DEAD = re.compile(
    rf"(?:(?<=\d),)?{_HELP}\s+(?:found\s+(?:shot\s+)?(?:dead|to\s+death|slain|murdered)|dead\b|killed\b|die[sd]?\b"
    r"|fatally\s+(?:shot|wounded|stabbed)|(?:shot|stabbed|beaten)\s+(?:dead|to\s+death|(?:and|&)\s+killed)|slain"
    r"|murdered|perished)"
)
# Where the people who were found dead may begin: a sentence, a headline, or what somebody says or finds.
_BEGINS = re.compile(
    r"(?:^|[.:;|\-–—\"“”(]\s*|\b(?:that|left|leaving|leaves|find|found|finding|discovered|after|say|says|said|believe"
    r"|where|of|when|how)\s+)(?=[\w])"
)
KILLS = (
    r"(?:(?:deaths?|murders?|killings?|slayings?|fatal\s+shootings?)\s+of"
    r"|kill(?:s|ed|ing)|murder(?:s|ed|ing)|(?:shot|shoots|shooting|stabb(?:ed|ing))\s+(?:and|&)\s+kill(?:s|ed|ing)"
    r"|fatally\s+(?:shot|shoots|shooting|stabb(?:ed|ing)))"
)
_KILLING = re.compile(rf"\b{KILLS}\s+", re.IGNORECASE)
# "Killed a man and a woman was hurt": the last of the list belongs to what follows.
_GOES_ON = re.compile(
    r"\s*,?\s*(?:who\s+)?(?:was|were|is|are|in|has|have|had|remain\w*|suffer\w*|injured|wounded|hurt|hospitali[sz]ed"
    r"|critical\w*|survive[sd]?|surviving)\b|[\w-]"
)
_JOINED = re.compile(r"\band\b|&|;")
_DETERMINED = re.compile(rf"\b(?:{_WHICH}|{_NAME})")
_COUNT = re.compile(rf"(?i:{_NUMBER})(?=\s)")
_SELF = r"(?:him|her|them)sel(?:f|ves)\b"
_GUN = r"(?:gun|weapon|rifle|pistol|handgun|shotgun|revolver)"
_SELF_KILLED = re.compile(
    rf"(?:\b(?:kill(?:s|ed|ing)|shot|shoots|shooting|hang(?:s|ed|ing)|stabb(?:ed|ing))\s+{_SELF}"
    rf"|\bturn(?:s|ed|ing)\s+(?:the|a|his|her|that)\s+(?:\w+\s+)?{_GUN}\s+on\s+{_SELF}|(?:,|\band|\bthen)\s+{_SELF}(?!\s+\w+ing\b)"
    r"|\b(?:took|takes|taking|ended|ending)\s+(?:his|her|their)\s+own\s+li(?:fe|ves)"
    r"|\bcommit(?:s|ted|ting)\s+suicide\b)"
    r"(?!\s+(?:in|through)\s+the\s+(?:leg|foot|hand|arm|shoulder|thigh|knee|stomach|buttocks)\b)",
    re.IGNORECASE,
)
_SHOT = re.compile(rf"\b(?:{KILLS}|shot|shoots|shooting|gunn?(?:s|ed|ing)\s+down)\s", re.IGNORECASE)
_NOT_DEAD = re.compile(
    r"\b(?:tried|attempt\w*|threat\w*|surviv\w*|failed|non-fatal\w*|critical\w*|wanted)\b", re.IGNORECASE
)


def listed(sentence: str, place: int) -> int | None:
    """How many dead the list comes to in which this place of the sentence lies; None where it lies in none."""
    for items in _lists(sentence):
        if items[0].start() <= place < items[-1].end():
            return _people(items)
    return None


def told_dead(sentence: str) -> int | None:
    """How many people the sentence tells of as dead, one or a list of them, the most at once; None if it names none."""
    return max((_people(items) for items in _lists(sentence, least=1)), default=None)


def killed_himself_too(sentence: str, start: int, end: int) -> bool:
    """Whether the sentence says that who killed those counted between these places killed himself as well."""
    if _NOT_DEAD.search(sentence) or _SHOT.search(sentence[:start]) is None:
        return False
    return _SELF_KILLED.search(sentence, end) is not None


def _lists(sentence: str, least: int = 2) -> Iterator[list[re.Match[str]]]:
    """The lists of so many people or more, or groups of people, whom the sentence tells of as dead."""
    for begin in _KILLING.finditer(sentence):
        yield from _whole(sentence, begin.end(), lambda end: _GOES_ON.match(sentence, end) is None, least)
    for begin in _BEGINS.finditer(sentence):
        yield from _whole(sentence, begin.end(), lambda end: _FOUND_DEAD.match(sentence, end) is not None, least)


def _whole(sentence: str, place: int, is_end: Callable[[int], bool], least: int) -> Iterator[list[re.Match[str]]]:
    """The longest list that begins at a place and ends as it has to."""
    items: list[re.Match[str]] = []
    while (item := _ITEM.match(sentence, place)) is not None:
        items.append(item)
        joined = _AND.match(sentence, item.end())
        if joined is None:
            break
        place = joined.end()
    while len(items) >= least:
        if is_end(items[-1].end()):
            words = sentence[items[0].start() : items[-1].end()]
            # "Anna Petrova, the teacher", "the deaths of her sons, a mother": commas alone join those of a headline.
            if len(items) == 1 or _JOINED.search(words) or not _DETERMINED.search(words):
                yield items
            return
        items.pop()


def _people(items: list[re.Match[str]]) -> int:
    return sum(_number(item["group"]) if item["group"] else 1 for item in items)


def _number(group: str) -> int:
    found = _COUNT.search(group)
    assert found is not None
    word = found[0].lower()
    return int(word) if word.isdigit() else NUMBERS.index(word) + 1
