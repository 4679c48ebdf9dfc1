"""The rules that find words of days: patterns, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from parallax.claims import day_words as read
from parallax.claims.day_pieces import COUNT, DAYNAME, FULLDAY, MONTH, NUMBER, PART, SURE, TIMES, YEAR
from parallax.claims.day_words import Meaning, Setting


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what its match means: days, None for days unknown, False for no day at all.

    The group `words`, where the pattern has one, is the mention. Each of `hints` is a
    choice of words (`#` for a digit, `####` for four, `@` for a month) of which a passage holds one if it
    can match at all.
    """

    hints: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Setting], Meaning]


_DIGIT = (("#",),)
_YEARS = (("####",),)
_MONTHS = (("@",),)
_DATES = (("#",), ("@",))
_PERIODS = (("day", "week", "month", "year", "hour", "decade"),)
_AGO = (*_PERIODS, ("ago", "earlier", "before", "previously", "later", "after", "from now"))
_NAMED = rf"(?:\b(?P<name>{DAYNAME})\b\.?(?:{TIMES}),?\s+(?:the\s+)?)?"
_TO = r"\s?(?:-|–|—|to|and|until|till|/)\s?(?:the\s)?"
_UNITS = r"(?P<unit>hour|day|week|month|year|decade)s?"
_LAST = r"(?:(?P<last>(?:last|this past|past|this|next))\s+)?"
_REL = r"(?:\s+(?:of\s+)?(?P<rel>last year|this year|next year))?"
_WHICH = "last|past|next|this|this coming|coming|every|each|black|bloody|good|easter|palm|previous"
_NTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_AFTER_NTH = (
    r"\s*[,.;:)]|\s*$|\s+(?:and|at|by|the|in|from|to|when|after|that|a|near|with|without|before|under|as|while|where|"
    r"was|were|had|against|inst|ult)\b"
)

RULES: tuple[Rule, ...] = tuple(
    Rule(hints, re.compile(pattern), meaning)
    for hints, pattern, meaning in (
        (
            (*_YEARS, ("-",)),
            r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?",
            read.iso,
        ),
        (_DIGIT, r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4}|(?<=/)\d{2})(?![\d/])", read.slashes),
        (
            _DATES,
            rf"{_NAMED}(?<![\d.,])(?P<day>{NUMBER}){_TO}(?P<other>{NUMBER})(?:\s+of)?[\s-]+(?P<month>{MONTH})"
            rf"(?:,?[\s-]+(?P<year>{YEAR}))?",
            read.month_day,
        ),
        (
            _DATES,
            rf"{_NAMED}\b(?P<month>{SURE})\s(?P<day>{NUMBER}){_TO}(?P<other>{NUMBER})\b(?![\d%]|[,.:]\d|\s(?:{SURE}))"
            rf"(?:,?\s+(?P<year>{YEAR}))?",
            read.month_day,
        ),
        (
            _DATES,
            rf"{_NAMED}(?<![\d.,/])\b(?P<day>{NUMBER})(?:\s+of)?[\s-]+(?P<month>{MONTH})(?:,?[\s-]+(?P<year>{YEAR}))?",
            read.month_day,
        ),
        (
            _DATES,
            rf"{_NAMED}\b(?P<month>{SURE})[\s-](?P<day>{NUMBER})\b(?![\d%]|[,.:]\d)(?:,?\s+(?P<year>{YEAR}))?",
            read.month_day,
        ),
        (
            (("day", "night", "tomorrow", "morning", "afternoon", "evening", "hours", "minutes"),),
            r"\b(?P<words>(?i:the day before yesterday|the day after tomorrow|(?:earlier |later )?today|yesterday|"
            r"tomorrow|overnight|last night|last evening|tonight|this (?:morning|afternoon|evening)|"
            r"earlier in the day|hours (?:ago|earlier)|minutes ago))\b(?! on (?i:mon|tue|wed|thu|fri|sat|sun))",
            read.fixed,
        ),
        (
            (("day",),),
            rf"\b(?:(?i:(?P<which>{_WHICH}))\s+)?(?P<name>{FULLDAY})(?P<owner>(?i:[’']?s))?\b{TIMES}",
            read.weekday,
        ),
        (
            (*_MONTHS, ("week",)),
            rf"\b(?i:the\s+(?P<nth>first|second|third|fourth|last)\s+week\s+(?:of|in))\s+(?P<month>{MONTH})"
            rf"(?:,?\s+(?P<year>{YEAR}))?",
            read.week_of_month,
        ),
        (
            _MONTHS,
            rf"\b{PART}{_LAST}(?P<month>{SURE})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?{_REL}(?:[’']s)?(?![\w-])",
            read.month,
        ),
        (
            _MONTHS,
            rf"\b(?i:in|since|last)\s+{PART}{_LAST}(?P<month>(?i:may|march)\b)(?:\s+(?P<year>{YEAR}))?{_REL}",
            read.month,
        ),
        (
            _PERIODS,
            rf"\b(?i:(?:the\s+|these\s+)?(?P<which>last|past|previous|recent|next|coming)\s+"
            rf"(?:(?P<count>{COUNT})\s+)?(?P<unit>hour|day|week|month|year|decade)s)\b",
            read.past,
        ),
        (
            _PERIODS,
            r"\b(?i:the\s+(?P<which>past|last)(?P<count>)\s+(?P<unit>week|month|year|day|hour|decade))\b",
            read.past,
        ),
        (
            _PERIODS,
            r"\b(?i:(?:earlier\s+|later\s+|early\s+|late\s+)?(?P<which>last|this|next|previous|coming)\s+"
            r"(?P<unit>week|month|year|weekend))\b(?!\s+(?i:ago))",
            read.period,
        ),
        ((("weekend",),), r"\b(?i:(?P<which>the|over|at)\s+(?P<unit>weekend))\b", read.period),
        (
            _DIGIT,
            r"\b(?i:on|of|since|until|till|by|from|between|and)\s+(?P<words>(?i:the)\s+(?P<day>[0-3]?\d(?:st|nd|rd|th))"
            rf"(?:\s+(?P<which>inst|ult)\b\.?|(?={_AFTER_NTH})))",
            read.ordinal,
        ),
        (
            (("spring", "summer", "autumn", "winter"),),
            r"\b(?i:(?:in\s+the\s+|the\s+|this\s+|last\s+|in\s+)(?:early\s+|late\s+)?"
            rf"(?P<name>spring|summer|autumn|winter))(?:\s+(?:of\s+)?(?P<year>{YEAR}))?\b",
            read.season,
        ),
        (_YEARS, r"\b(1[6-9]\d|20\d)0[’']?s\b", read.decade),
        (_YEARS, rf"\b(?P<year>{YEAR})\s?(?:[-–/]|to|and)\s?(?P<other>{YEAR}|(?<=[-–/])\d\d(?![\d-]))", read.year),
        (_YEARS, rf"(?<![\w.,/$€£-])(?P<year>{YEAR})(?!\s?[%/:°]|-?\w|[.,]\d)", read.year),
        (_YEARS, rf"(?<=mid-|pre-)(?P<year>{YEAR})(?!\w)", read.year),
        (
            _PERIODS,
            rf"\b(?i:the\s+(?:{_NTH}|\d+(?:st|nd|rd|th))\s+(?:day|week|month|year)\s+of)\b",
            read.unknown,
        ),
        (
            (("day",),),
            rf"\b(?i:the\s+(?P<nth>{_NTH})\s+(?:straight\s+|consecutive\s+)?day\s+(?:running|in a row)|"
            rf"(?:a|the)\s+(?P<other>{_NTH})\s+(?:straight|consecutive)\s+day)\b",
            read.in_a_row,
        ),
        (
            _AGO,
            rf"\b(?i:(?P<count>{COUNT})\s+{_UNITS}\s+"
            r"(?P<relation>ago|earlier|before|previously|later|after|from now))\b",
            read.ago,
        ),
        (
            (("day",),),
            r"\b(?i:(?:the\s+|on the\s+)(?P<which>previous|preceding|next|following|same)\s+day|"
            r"the day (?P<other>before))\b",
            read.neighbour,
        ),
    )
)
