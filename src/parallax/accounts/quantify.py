"""How the words of a count become numbers under a policy.

A claim records what a text says (`dozens` is at least 24 there); a policy reads the same
words by its own table (`dozens` is 12 to 24 for Airwars, 12 for ACLED).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from parallax.accounts.appositions import counted_once
from parallax.accounts.lexicon import lexicon
from parallax.model import HARMS, Claim


@dataclass(frozen=True, slots=True)
class Spread:
    """A number as a policy reads it: None leaves an end open. `words` say how it was read.

    `vague`: the words name no figure at all ("several", a bare plural).
    """

    low: int | None
    high: int | None
    words: str
    vague: bool = False

    @property
    def top(self) -> int:
        """The highest number the words commit themselves to."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return max(ends)


@dataclass(frozen=True, slots=True)
class Words:
    """A policy's numbers for words without a figure: each word's low and high, and a bare plural's number.

    `unnumbered`: what harm without any number is taken for ("there were deaths"); None: unknown.
    """

    table: Mapping[str, tuple[int, int]]
    plural: int
    unnumbered: int | None = None


# The published rules give tens, dozens, hundreds and the bare plural. The rest is by analogy:
# scores and thousands; "several" as a plural without a number; "a large number" as dozens
# (so Airwars' published cases have it).
ROUND_WORDS = Words(
    {
        "tens": (10, 20),
        "dozens": (12, 24),
        "scores": (20, 40),
        "hundreds": (100, 200),
        "thousands": (1000, 2000),
        "large number": (12, 24),
    },
    plural=2,
)
# Airwars' published cases put 2 where "deaths" or "injuries" are reported and nobody says how many.
AIRWARS_WORDS = replace(ROUND_WORDS, unnumbered=2)
ACLED_WORDS = Words(
    {
        "tens": (10, 10),
        "dozens": (12, 12),
        "scores": (20, 20),
        "hundreds": (100, 100),
        "thousands": (1000, 1000),
        "large number": (12, 12),
    },
    plural=2,
)

MORE_THAN = re.compile(
    r"\b(?:(?<!no )more than|(?<!not )over|in excess of|upwards? of|greater than|exceed\w*|above)\b", re.IGNORECASE
)
LESS_THAN = re.compile(r"\b(?:fewer than|less than|under|below)\b", re.IGNORECASE)
ROUND_WORD = re.compile(
    r"^\W*(?:(?:in|by|of|an?|the|very) )*(tens|dozens|scores|hundreds|thousands|large numbers?)\b(?! of thousands)",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"^\W*(?:at least |an? )?(?:several|some|few|number|many|numerous|various|multiple)\b(?!\s+\w*\d)", re.I
)
SOME_UNIT = re.compile(r"\b(?:\d|dozens?|scores?|hundreds?|thousands?|millions?)", re.IGNORECASE)
ONE_AGE = re.compile(
    r"\W*(?:an?|the|another)?\s*\d{1,3}[- ](?:year|month|week|day)s?[- ]old(?:\s+\w+)?\b(?!\s+and\b)", re.IGNORECASE
)
PARTICLES = frozenset(("al", "el", "bin", "ibn", "abu", "de", "von", "van"))
BODIES = lexicon("bodies")
PLURALS = lexicon("plurals")
NOT_PLURAL = lexicon("not-plurals")
ONE_PERSON = lexicon("one-person")
# "His", "a", "Anna's": words before a noun that leave no doubt that it is none itself; "the" is of one told before.
ONE_OF_THEM = re.compile(r"\W*(?:(?:an?|his|her|my|our|their|its)\b|.*['’]s?\s)", re.IGNORECASE)


def is_plural(words: str) -> bool:
    """Whether the words name people in the plural without a name: "martyrs", "members of a family"."""
    if re.search(r",| and |\b(?:numbers? of|several|many)\b", words):
        return True
    head = re.split(r" (?:of|from|in|at|who|that|near|with|on|by) ", words.strip(), maxsplit=1)[0]
    last = re.sub(r"\W+$", "", head).rsplit(" ", 1)[-1]
    if last.lower() in PLURALS or (last.lower().endswith("s") and last.lower()[:-1] in ONE_PERSON):
        return True
    is_name = last[:1].isupper()
    return len(last) > 3 and last.endswith("s") and not last.endswith("ss") and not is_name and last not in NOT_PLURAL


def is_one_name(words: str) -> bool:
    """Whether the words name one person: they end in a name of two words or more, of no family or body of people."""
    if re.search(r",| and |\bof\b|&|^the\b.*s$", words.strip(), re.IGNORECASE):
        return False
    ending = 0
    for word in reversed(re.findall(r"[\w’'-]+", words)):
        if word.casefold() in BODIES or not (word[0].isupper() or word.casefold().split("-")[0] in PARTICLES):
            break
        ending += 1
    return ending >= 2


def is_one_person(words: str) -> bool:
    """Whether the words are of one person by a noun in the singular: "Anna's grandson", "a daughter of the mayor"."""
    if re.search(r",| and |\b(?:or|all|of (?:his|her|my|our|their))\b", words, re.IGNORECASE):
        return False
    head = re.split(r" (?:of|from|in|at|who|that|near|with|on|by) ", words.strip(), maxsplit=1)[0]
    last = re.findall(r"[\w-]+", head)[-1:]
    return bool(last) and last[0].casefold() in ONE_PERSON and ONE_OF_THEM.match(head) is not None


def is_one(words: str) -> bool:
    """Whether the words are of one person without a name: by an age, or by a noun in the singular."""
    return is_one_of_an_age(words) or is_one_person(words)


def unnumbered(claim: Claim, words: Words) -> Spread | None:
    """A claim without a number as a plural ("injuries", "civilian casualties"); None where a policy has no such rule.

    Words for whom that are a name, or a family or another body of people, are no plural.
    """
    if words.unnumbered is None or claim.count is not None or (claim.whom and not _is_bare(claim.whom.text)):
        return None
    said = f'"{claim.whom.text}"' if claim.whom else f"people {claim.kind.value}"
    return Spread(words.unnumbered, words.unnumbered, f"{said}, a plural without a number", vague=True)


def _is_bare(words: str) -> bool:
    """Whether it is one small word for people that stands before another noun: "civilian"."""
    return re.fullmatch(r"[^\W\d_]+", words) is not None and words in ONE_PERSON


def is_one_of_an_age(words: str) -> bool:
    """Whether the words tell one person by an age, which a reader takes for no number: "a 14-year-old"."""
    return ONE_AGE.match(words) is not None


def read(claim: Claim, words: Words) -> Spread | None:
    """The claim's number under a table of words; None where it gives none (never 0)."""
    count = counted_once(claim)
    if count is None and claim.kind in HARMS and claim.whom is not None and is_one_name(claim.whom.text):
        return Spread(1, 1, f'"{claim.whom.text}", one by name')
    if count is None and claim.kind in HARMS and claim.whom is not None and is_one(claim.whom.text):
        return Spread(1, 1, f'"{claim.whom.text}", one person')
    if count is None:
        if claim.kind in HARMS and claim.whom is not None and is_plural(claim.whom.text):
            return Spread(words.plural, words.plural, f'"{claim.whom.text}", a plural without a number', vague=True)
        return None
    text = count.text.strip()
    said = f'"{text}"' if text else str(count.low if count.low is not None else count.high)
    found = ROUND_WORD.search(text)
    if found:
        low, high = words.table[found.group(1).lower().replace("numbers", "number")]
        return Spread(low, high, said, vague="large" in found.group(1).lower())
    if claim.kind in HARMS and VAGUE.search(text) and not SOME_UNIT.search(text):
        return Spread(words.plural, words.plural, f"{said}, a plural without a number", vague=True)
    low_end, high_end = count.low, count.high
    if low_end is not None and high_end is None and MORE_THAN.search(text):
        return Spread(low_end + 1, None, said)
    if high_end is not None and high_end > 0 and low_end is None and LESS_THAN.search(text):
        return Spread(None, high_end - 1, said)
    return Spread(low_end, high_end, said)
