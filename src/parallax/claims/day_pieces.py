"""The pieces that patterns of day words are made of."""

from __future__ import annotations

from parallax.claims.lexicons import load

_NUMBERS = load("calendar")["numbers"]
FULL = "january|february|april|june|july|august|september|october|november|december"
SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC"
MONTH = rf"(?:(?i:{FULL}|march|may)\b|(?:{SHORT})\b\.?)"
SURE = rf"(?:(?i:{FULL})\b|March\b|May\b|MARCH\b|MAY\b|(?:{SHORT})\b\.?)"
NUMBER = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]\d\d|20\d\d)(?!\d|[.,]\d|[’']\d)"
DAYNAME = "(?:(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)"
FULLDAY = "(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
TIMES = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|midnight|noon|dawn|overnight)s?)?"
COUNT = (
    r"(?:\d{1,3}|an?|"
    + "|".join(w for w in _NUMBERS if len(w) > 2)
    + r"|several|a few|few|a couple of|couple of|many|some)"
)
PART = (
    r"(?:(?P<part>early|mid|middle|late|beginning of|start of|end of|middle of|first half of|second half of)"
    r"(?:\s*-\s*|\s+)(?:in\s+)?(?:the\s+)?)?"
)
