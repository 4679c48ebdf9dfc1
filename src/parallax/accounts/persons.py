"""What the words of a claim say of one person: name, age, sex, stage of life. So two claims can be held together.

"The boy" may be "a 15-year-old", and "a woman" is neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from parallax.accounts.lexicon import lexicon
from parallax.accounts.quantify import is_plural
from parallax.model import Claim, VictimClass

_AGE = re.compile(r"\b(\d{1,3})[- ](?:year|yr)s?\b|,\s*(\d{1,2})\b", re.IGNORECASE)
_MONTHS = re.compile(r"\b\d{1,2}[- ]months?\b", re.IGNORECASE)
_CUT = re.compile(r",|\b(?:of|from|in|at|who|whom|with|named|identified|as|outside|inside|on)\b", re.IGNORECASE)
# Words with a capital, as far as no noun for people follows: "Fresno girl" is no name.
_GIVEN = re.compile(r"(?<![\w'’-])(?:[^\W\d_a-z][^\W\d_]*[a-z]\w*[\s.-]*)+(?!\s*[a-z])")
_MALE, _FEMALE = lexicon("male"), lexicon("female")
_YOUNG, _TEEN, _GROWN = lexicon("young"), lexicon("teen"), lexicon("grown")
_ANYBODY = lexicon("anybody")
_PEOPLE = _MALE | _FEMALE | _YOUNG | _TEEN | _GROWN
NOT_NAMES = _PEOPLE | _ANYBODY | lexicon("no-names")
_OF_AGE = 18
_CALLED_GROWN = 15  # from this age on reports call some of them men and women
_TEENS = range(10, 21)


@dataclass(frozen=True, slots=True)
class Person:
    """What a claim's words say of the one person whom they count; empty where they say nothing of it."""

    names: frozenset[str]
    ages: frozenset[int]
    heads: frozenset[str]
    whom_class: VictimClass
    is_infant: bool = False

    @classmethod
    def of(cls, claim: Claim) -> Person:
        """The person of a claim, by the words for whom and by those of the count."""
        texts = (claim.whom.text if claim.whom else "", claim.count.text if claim.count else "")
        return _person(tuple(text for text in texts if text), claim.whom_class)

    def may_be(self, other: Person) -> bool:
        """Whether nothing that is said of the two speaks against their being one."""
        if self.names and other.names and not self.is_named_as(other):
            return False
        if self.ages and other.ages and not self.ages & other.ages:
            return False
        if _differ(self.heads, other.heads, _MALE, _FEMALE):
            return False
        if {self.whom_class, other.whom_class} == {VictimClass.CIVILIAN, VictimClass.COMBATANT}:
            return False
        return self._stages() & other._stages() != frozenset()

    def is_like(self, other: Person) -> bool:
        """Whether something that is said of the two speaks for their being one: name, age, noun, or sex and stage."""
        if self.is_named_as(other) or self.ages & other.ages or (self.heads & other.heads) - _ANYBODY:
            return True
        return any(self.heads & sort and other.heads & sort for sort in (_MALE, _FEMALE, _YOUNG | _TEEN))

    def is_named_as(self, other: Person) -> bool:
        """Whether the two bear one name, in full or in part."""
        return bool(self.names and other.names) and (self.names <= other.names or other.names <= self.names)

    def _stages(self) -> frozenset[str]:
        """The stages of life that the words leave open."""
        if self.is_infant:
            return frozenset(["young"])
        age = max(self.ages, default=None)
        if age is not None:
            stages = {"young": age < _OF_AGE, "teen": age in _TEENS, "grown": age >= _CALLED_GROWN}
            return frozenset(stage for stage, is_open in stages.items() if is_open)
        if self.heads & _YOUNG:
            return frozenset(["young", "teen"])
        if self.heads & _TEEN:
            return frozenset(["teen"])
        if self.heads & _GROWN:
            return frozenset(["grown"])
        return frozenset(["young", "teen", "grown"])

    @property
    def is_anybody(self) -> bool:
        """Whether the words say no more than that there was somebody."""
        return not self.names and not self.ages and bool(self.heads) and self.heads <= _ANYBODY


@lru_cache(maxsize=65536)
def _person(texts: tuple[str, ...], whom_class: VictimClass) -> Person:
    runs = [run for text in texts for run in _GIVEN.findall(re.sub(r"['’]s\b", "", text))]
    return Person(
        names=frozenset(name for run in runs for name in re.findall(r"[^\W\d_]{2,}", run.casefold())) - NOT_NAMES,
        ages=frozenset(int(m.group(1) or m.group(2)) for text in texts for m in _AGE.finditer(text)),
        heads=frozenset(noun for text in texts for noun in _nouns(_head(text))),
        whom_class=whom_class,
        is_infant=any(_MONTHS.search(text) for text in texts),
    )


def _head(text: str) -> str:
    """The words for one person without what follows them, nor whose he is: "her son" is a son, and no woman."""
    head = _CUT.split(text, maxsplit=1)[0]
    return re.split(r"['’]s\s", head)[-1]


def _nouns(head: str) -> set[str]:
    """The words for people in a head, and its last word."""
    found = [word.casefold() for word in re.findall(r"[^\W\d_]+", head)]
    return {*found[-1:], *(word for word in found if word in _PEOPLE)}


def _differ(a: frozenset[str], b: frozenset[str], one: frozenset[str], other: frozenset[str]) -> bool:
    return bool((a & one and b & other and not a & other) or (a & other and b & one and not a & one))


def is_of_one(claim: Claim) -> bool:
    """Whether a claim tells of one person."""
    if claim.count is None:
        return claim.whom is not None and not is_plural(claim.whom.text)
    return claim.count.high == 1 or (claim.count.high is None and claim.count.low == 1)
