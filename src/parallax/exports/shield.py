"""A ledger as it may be shown outside: every answer of it with the sources at risk taken out.

Whatever leaves (an export, a citation, a dossier, any page that a reader sees) asks this
in place of the ledger. Every answer is walked through whole, so a question added tomorrow is
answered the same way, and what cannot be walked through is refused.

- Words that name a source become "a source at risk", in whatever value they stand.
- The text of a report that leads to a source is withheld whole: a sentence of it, put to a search
  engine, finds its page. In other reports the names alone are blacked out.
- Places of a source's claims, and of incidents that hold them, are named by their division at
  best and rounded to a tenth of a degree (about 11 km).
- A question that asks for a source's name finds nothing, so that nobody learns by asking.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any, cast

from parallax.errors import WithheldError
from parallax.exports.coarsen import coarse
from parallax.ledger.ledger import Ledger
from parallax.ledger.risk import AtRisk
from parallax.ledger.rows import fold
from parallax.ledger.selection import Selection
from parallax.ledger.views import IncidentQuery, IncidentRow, Page
from parallax.model import Incident, Mention, Report, Statement, Voice, VoiceType

NAME = "a source at risk"
WITHHELD = "withheld to protect a source"
BLACK = "█"
# Shorter names and links are taken out where they stand as whole words, not inside of others.
SHORT = 4
SHORT_LINK = 8
# Words of a name, of so many letters, by which a question for it is known; but not these.
TELLING_WORD = 3
COMMON = frozenset(
    ("the", "and", "for", "von", "der", "die", "das", "des", "les", "los", "las", "del", "abu", "ibn", "bin", "news")
)

_PLAIN = (int, float, bytes, date, timedelta, Enum, re.Pattern)
_REFUSED = frozenset({"write", "rehearse", "passing", "reading_connection", "users", "risks", "at_risk", "close"})


def shielded(ledger: Ledger, reach: AtRisk | None = None) -> Ledger:
    """The ledger as it may be shown outside; the ledger itself where no source of it is at risk.

    `reach` is what leads to its sources at risk, where that is known already.
    """
    redaction = Redaction(ledger.at_risk() if reach is None else reach)
    return cast(Ledger, _Shielded(ledger, redaction)) if redaction.reach else ledger


class Redaction:
    """Takes the sources at risk out of values."""

    def __init__(self, reach: AtRisk) -> None:
        self.reach = reach
        named = {form for name in reach.names for form in (name, fold(name)) if form.strip()}
        linked = {link for link in reach.links if len(link) >= SHORT_LINK}
        self._said = _any_of(named | linked)
        spelt = {word for name in reach.names - reach.voices.keys() for word in re.findall(r"\w+", fold(name))}
        words = {word for word in spelt if len(word) >= TELLING_WORD and word not in COMMON}
        self._asked = _any_of(named | linked | words)

    def words(self, words: str) -> str:
        """Words with every name of a source, and every link to one, taken out."""
        if words in self.reach.voices:
            return f"at-risk-{self.reach.voices[words]}"
        if words in self.reach.links:
            return WITHHELD
        return self._said.sub(NAME, words)

    def black(self, text: str) -> str:
        """A report's text with every name blacked out; it stays as long as it was, since claims point into it."""
        return self._said.sub(lambda found: BLACK * len(found[0]), text)

    def question(self, words: str) -> str:
        """A question that names a source as one that finds nothing, any other as it is."""
        asks = words in self.reach.voices or self._asked.search(words) or self._asked.search(fold(words))
        return secrets.token_hex(12) if asks else words

    def value(self, value: Any) -> Any:
        """Any value that a ledger answers with. Raises WithheldError for one that cannot be walked through."""
        if value is None or not self.reach or isinstance(value, _PLAIN):
            return value
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, Report):
            return self.report(value)
        if isinstance(value, Statement):
            return self.statement(value)
        if isinstance(value, Voice) and value.key in self.reach.voices:
            return Voice(f"at-risk-{self.reach.voices[value.key]}", NAME, VoiceType.UNNAMED)
        if isinstance(value, (tuple, list, set, frozenset)):
            return type(value)(map(self.value, value))
        if isinstance(value, Mapping):
            return {self.value(key): self.value(one) for key, one in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return self._fields(value)
        if isinstance(value, Iterator):
            return map(self.value, value)
        raise WithheldError("this page shows what may lead to a source at risk; ask a coder for what you need of it")

    def report(self, report: Report) -> Report:
        """A report: withheld if it leads to a source, else with the names blacked out."""
        if report.key in self.reach.reports:
            return replace(
                report,
                id=f"withheld-{report.key}",
                text=BLACK * len(report.text),
                title=f"Report {WITHHELD}",
                outlet=self.words(report.outlet) if report.outlet else None,
                author=None,
                url=None,
                zones=(),
                capture=None,
            )
        words: dict[str, Any] = {
            name: self.words(given)
            for name in ("id", "title", "outlet", "author", "url")
            if (given := getattr(report, name)) is not None
        }
        return replace(report, text=self.black(report.text), **words)

    def statement(self, statement: Statement) -> Statement:
        """A statement: of a source at risk with its place made coarse, and in any case without the names."""
        hidden: Statement = self._fields(statement)
        spoken = statement.claim.voice
        if spoken and statement.voice.key in self.reach.voices:
            hidden = replace(hidden, claim=replace(hidden.claim, voice=Mention(spoken.start, spoken.end, NAME)))
        if statement.claim.key not in self.reach.claims:
            return hidden
        where = coarse(statement.place)
        claim = statement.claim.where and Mention(
            statement.claim.where.start, statement.claim.where.end, where.name if where else WITHHELD
        )
        return replace(hidden, claim=replace(hidden.claim, where=claim), place=where)

    def _fields(self, value: Any) -> Any:
        changed = {}
        for field in fields(value):
            before = getattr(value, field.name)
            after = self.value(before)
            if after is not before and after != before:
                changed[field.name] = after
        if isinstance(value, (Incident, IncidentRow)) and value.id in self.reach.incidents:
            changed["where"] = coarse(value.where)
        return replace(value, **changed) if changed else value


class _Shielded:
    """Answers as the ledger behind it does, through a redaction."""

    def __init__(self, ledger: Ledger, redaction: Redaction) -> None:
        self._ledger = ledger
        self._redaction = redaction
        self.name = ledger.name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in _REFUSED:
            raise WithheldError(f"what may lead to a source at risk is not shown here ({name})")
        method = getattr(self._ledger, name)

        def ask(*given: Any, **named: Any) -> Any:
            asked = [self._ask(one) for one in given]
            return self._redaction.value(method(*asked, **{key: self._ask(one) for key, one in named.items()}))

        return ask

    def _ask(self, value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, Enum):
            return self._redaction.question(value)
        if isinstance(value, (list, tuple, set, frozenset)):
            return type(value)(map(self._ask, value))
        if is_dataclass(value) and not isinstance(value, type):
            changed = {
                field.name: after
                for field in fields(value)
                if (after := self._ask(before := getattr(value, field.name))) != before
            }
            return replace(value, **changed) if changed else value
        return value

    def selection(self, query: IncidentQuery, called: Any = None, signed: Any = None) -> Selection:
        """A choice among incidents, in which those that hold a source's claims lie nowhere."""
        return self._ledger.selection(self._ask(query), called, self._redaction.reach.incidents, signed)

    def incidents(self, query: IncidentQuery | None = None) -> Page[IncidentRow]:
        """One page of incidents."""
        query = query or IncidentQuery()
        chosen = self.selection(query)
        rows = self.listed(chosen, query.offset, query.limit)
        return Page(rows, chosen.total, query.offset, query.limit, chosen.facets)

    def listed(self, *given: Any, **named: Any) -> Any:
        """One page of a choice."""
        return self._redaction.value(self._ledger.listed(*given, **named))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of these words, the longest first, in any case and across line breaks."""
    every = sorted({" ".join(one.split()) for one in words}, key=lambda one: (-len(one), one))
    if not every:
        return re.compile(r"(?!)")
    return re.compile("|".join(map(_one, every)), re.IGNORECASE)


def _one(words: str) -> str:
    pattern = r"\s+".join(map(re.escape, words.split()))
    return pattern if len(words) >= SHORT else rf"(?<!\w){pattern}(?!\w)"
