"""The nouns of Parallax: immutable values, and nothing else.

Offsets count Unicode code points of `Report.text`, the end excluded. A count is a range
with its words, a day is an interval with its precision, a place has its precision; no
value here is ever a bare number or string that stands for one of these.
"""

from __future__ import annotations

from parallax.model.account import (
    Account,
    Addend,
    Contrast,
    ContrastType,
    Difference,
    DifferenceType,
    Forecast,
    ForecastState,
    LeftOut,
    Named,
    RunningTotal,
)
from parallax.model.claim import ACTS, HARMS, Claim, Kind, Reader, Scope, Stance, VictimClass
from parallax.model.distance import Located, kilometres
from parallax.model.incident import Incident, Link, Telling, Weight
from parallax.model.judgement import Judgement, QueueItem, Reason, Verb
from parallax.model.report import Capture, DateSource, Likeness, Origin, Passage, Published, Report, Zone, ZoneKind
from parallax.model.slots import Count, DayPrecision, Days, Mention, Span, digest
from parallax.model.statement import Actor, Place, PlaceMention, PlacePrecision, Statement, Tie, Voice, VoiceType
from parallax.model.tally import Attribution, Bound, Grade, Range, StrikeStatus, Tally

__all__ = [
    "ACTS",
    "HARMS",
    "Account",
    "Actor",
    "Addend",
    "Attribution",
    "Bound",
    "Capture",
    "Claim",
    "Contrast",
    "ContrastType",
    "Count",
    "DateSource",
    "DayPrecision",
    "Days",
    "Difference",
    "DifferenceType",
    "Forecast",
    "ForecastState",
    "Grade",
    "Incident",
    "Judgement",
    "Kind",
    "LeftOut",
    "Likeness",
    "Link",
    "Located",
    "Mention",
    "Named",
    "Origin",
    "Passage",
    "Place",
    "PlaceMention",
    "PlacePrecision",
    "Published",
    "QueueItem",
    "Range",
    "Reader",
    "Reason",
    "Report",
    "RunningTotal",
    "Scope",
    "Span",
    "Stance",
    "Statement",
    "StrikeStatus",
    "Tally",
    "Telling",
    "Tie",
    "Verb",
    "VictimClass",
    "Voice",
    "VoiceType",
    "Weight",
    "Zone",
    "ZoneKind",
    "digest",
    "kilometres",
]
