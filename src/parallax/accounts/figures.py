"""One statement as a number: what a policy's bounds are worked out from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parallax.accounts.lexicon import lexicon
from parallax.accounts.losses import Losses
from parallax.accounts.quantify import Spread, is_one_name, is_one_of_an_age
from parallax.model import Actor, Claim, Kind, Stance, Statement, VictimClass

# Words for some of the people of a happening: a count of these is a part where a wider count stands beside it.
SOME_OF_THEM = re.compile(rf"\b(?:{'|'.join(sorted(lexicon('some-of-them'), key=len, reverse=True))})\b", re.IGNORECASE)
# "her", "my cousin", "his friend": people that one speaks of as known, not a count of all.
SPOKEN_OF = re.compile(r"\W*(?:he|she|him|her|hers|his|my|our|their|them|they)\b", re.IGNORECASE)
# "All four", "the boy", "her son": people told of before.
BACK = re.compile(
    r"\W*(?:all|both|the|that|this|these|those|he|she|they|him|her|his|my|our|their|them)\b", re.IGNORECASE
)
# "Six others", "five more" killed: besides those told of before. (The hurt are "others" beside the dead.)
BESIDES = re.compile(r"\b(?:others?|additional|(?<!no )more(?! than))\b", re.IGNORECASE)
# "A pilot", "the mayor": one person told of by what he is; "a civilian" may be all there were.
ONE_BY_ROLE = re.compile(
    r"\W*(?:(?:the|another|an? (?:second|third|fourth|fifth))\s"
    r"|an?\s+(?!.*\b(?:civilian|person|resident|victim|soldier|fighter)\b))",
    re.IGNORECASE,
)
# Words beside a noun that leave none of the people out: "no civilian losses" are losses of no civilian at all.
OF_ALL = lexicon("of-all")
# Of fighters, "men" are all of them.
MEN = re.compile(r"\bm[ae]n\b", re.IGNORECASE)
EVERYONE = re.compile(r"\b(?:people|civilians|persons|victims|members|martyrs|bodies)\b", re.IGNORECASE)
NAME = re.compile(
    r"\b(?!(?:The|A|An|Our|Their|His|Its|No)\b)[^\W\d_a-z]\w*(?:[’'-]\w+)*\s+"
    r"(?:(?:al|el|bin|ibn|abu|de|von|van)[ -])?[^\W\d_a-z]\w*"
)
# "Samir", "Maria’s", "Dr. Anna", "Ivan, Petr and Maria": names alone, though of one word each.
_ONE_NAME = r"(?:(?:Dr|Mr|Mrs|Umm|Abu|Sheikh|Hajj|Hajja|Prof|Professor)\.?\s+)?[^\W\d_a-z][^\W\d_]*[a-z](?:[’']s)?"
NAMES_ALONE = re.compile(rf"\W*{_ONE_NAME}(?:(?:,? and |, ){_ONE_NAME})*(?:\W*$|[’']s\b|,)")
# "A Russian", "one Briton": one of a people, and no name.
ONE_OF = re.compile(r"\W*(?:an?|one|another|the|at least|up to|\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A statement that gives a number of people harmed, as a policy reads it.

    `origin` is the key of the voice it counts for, `day` when it was first published.
    `names_some`: it counts some of the people only, such as named ones, children, a family's men.
    `losses` and `counted`: whose people it counts.
    """

    statement: Statement
    spread: Spread
    origin: str
    day: date | None
    names_some: bool
    losses: Losses = Losses.OTHER
    counted: Actor | None = None
    reckons: bool = False

    @property
    def claim(self) -> Claim:
        return self.statement.claim

    @property
    def key(self) -> str:
        return self.statement.claim.key

    @property
    def whom_class(self) -> VictimClass:
        return self.statement.claim.whom_class

    @property
    def counts_fighters(self) -> bool:
        """Whether it counts the losses of a side: fighters, or a party's own people who are not called civilians."""
        return self.whom_class is VictimClass.COMBATANT or (
            self.losses is Losses.OWN and self.whom_class is not VictimClass.CIVILIAN
        )

    @property
    def has_words_for_whom(self) -> bool:
        """Whether words of its report name those harmed; without any, a class of civilians is not in its words."""
        return self.claim.whom is not None or self.whom_class is not VictimClass.CIVILIAN

    @property
    def is_doubted(self) -> bool:
        return self.statement.claim.stance is Stance.DOUBTED

    @property
    def names_people(self) -> bool:
        """Whether it counts people by their names."""
        return names_people(self.statement.claim)


def names_people(claim: Claim) -> bool:
    """Whether the claim counts people by their names."""
    return bool((claim.whom and NAME.search(claim.whom.text)) or (claim.count and NAME.search(claim.count.text)))


def is_same_person(one: Claim, other: Claim) -> bool:
    """Whether two claims of one report are of one person: by one mention, or by a name, in full or in part."""
    if one.report != other.report or one.whom is None or other.whom is None:
        return False
    if one.whom.span.touches(other.whom.span) and one.count is not None and other.count is not None:
        return one.count.high == other.count.high == 1
    names = [_name(one), _name(other)]
    return all(names) and (names[0] <= names[1] or names[1] <= names[0])


def speaks_back(claim: Claim) -> bool:
    """Whether the claim's words are for people whom the report told of before: "all four", "the boy", "Samira"."""
    words = (claim.count.text if claim.count else "") or (claim.whom.text if claim.whom else "")
    return (
        BACK.match(words) is not None or re.fullmatch(r"\W*[^\W\d_a-z][^\W\d_]*[a-z](?:['’]s)?\W*", words) is not None
    )


def is_called_alike(one: Claim, other: Claim) -> bool:
    """Whether two claims count as many people by one noun: "the boy" and "a 5-year-old boy", "all four" and "four"."""
    if one.count is None or other.count is None or one.count.high != other.count.high:
        return False
    if (one.count.high or 0) > 1:
        return True
    nouns = [{*_nouns(claim)} for claim in (one, other)]
    return bool(nouns[0] & nouns[1])


def _nouns(claim: Claim) -> list[str]:
    """The last words of what the claim calls its people by, in small letters."""
    texts = [claim.whom.text if claim.whom else "", claim.count.text if claim.count else ""]
    heads = [re.split(r"\b(?:of|from|in|at|who|and|with)\b|,", text, maxsplit=1)[0] for text in texts]
    return [found[-1].casefold() for head in heads if (found := re.findall(r"[^\W\d_]+", head))]


def _name(claim: Claim) -> frozenset[str]:
    """The words of the one person's name that the claim's people are told by; empty where it is no name."""
    words = claim.whom.text if claim.whom else ""
    if EVERYONE.search(words) or not (is_one_name(words) or NAMES_ALONE.match(words)) or ONE_OF.match(words):
        return frozenset()
    if claim.count is not None and claim.count.high != 1:
        return frozenset()
    return frozenset(re.findall(r"[^\W\d_]{2,}", re.sub(r"['’]s\b", "", words.casefold())))


def names_some(claim: Claim) -> bool:
    """Whether the claim's own words are of some of the people only.

    The members of a family or a house count as all of the people, unless a wider count
    says otherwise: reports tell so of strikes on homes.
    """
    if claim.whom is None:
        return False
    is_civilian = claim.whom_class is not VictimClass.COMBATANT
    if is_civilian and SPOKEN_OF.match(claim.whom.text) and claim.count is not None and (claim.count.high or 0) <= 2:
        return True
    if claim.count is not None and EVERYONE.search(claim.count.text):
        return False
    if is_civilian and _is_names_alone(claim):
        return True
    if claim.kind is Kind.KILLED and BESIDES.search(claim.whom.text):
        return True
    if claim.count is None and is_one_of_an_age(claim.whom.text):
        return True
    if claim.count is not None and claim.count.high == 1 and ONE_BY_ROLE.match(claim.count.text):
        return True
    head = re.split(r"\b(?:members|residents|inhabitants|people|civilians|victims)\b", claim.whom.text, maxsplit=1)
    if len(head) > 1:
        return False
    head = re.split(r"\b(?:from|belonging to|of|in)\b", claim.whom.text, maxsplit=1)
    words = head[0]
    if claim.whom_class is VictimClass.COMBATANT:
        words = MEN.sub(" ", words)
    return bool(SOME_OF_THEM.search(words) or NAME.search(words))


def is_of_all_told(statement: Statement) -> bool:
    """Whether the words of the claim's sentence tell of more dead than the claim, and of none as "his" or "my" people.

    A list of all whom a sentence tells of as dead is no count of some of them, though each of its words be.
    """
    claim = statement.claim
    words = (claim.count.text if claim.count else "") or (claim.whom.text if claim.whom else "")
    return bool(statement.dead) and SPOKEN_OF.match(words) is None


def _is_names_alone(claim: Claim) -> bool:
    """Whether the words are one or more people's given names, counted one by one."""
    if claim.whom is None or claim.count is None or not claim.count.high or ONE_OF.match(claim.count.text):
        return False
    found = NAMES_ALONE.match(claim.whom.text)
    return found is not None and claim.count.high <= len(re.findall(r"[^\W\d_]+", claim.whom.text))


def is_none_of_some(claim: Claim) -> bool:
    """Whether the claim says that none of some of the people were harmed: "no general officer" is no total of 0."""
    if claim.count is None or claim.count.high != 0 or claim.whom is None:
        return False
    head = re.split(r"\b(?:from|belonging to|of|in|at|on|among)\b", claim.whom.text, maxsplit=1)[0]
    qualified = [word for word in re.findall(r"[^\W\d_]+", head) if word.islower() and word not in OF_ALL]
    return names_some(claim) or len(qualified) > 1


def is_narrower(inner: VictimClass, outer: VictimClass) -> bool:
    """Whether a class says more of who was harmed than another."""
    told = (VictimClass.CIVILIAN, VictimClass.COMBATANT)
    return inner in told and outer not in told
