"""One incident explained to people: each end of each range with the claims that set it, those left out and why.

Then what the accounts add up to besides numbers: who is held responsible, what is conceded,
how the accounts differ, how each of them changed, and every claim with its sentence. Claims
bear numbers in square brackets, the same throughout. Nothing that a terminal obeys goes
through: reports are not trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parallax.accounts.history import in_words
from parallax.exports.amounts import count_words, ends_words, number_words
from parallax.exports.explain import Line, Part, cut, safe
from parallax.exports.spreads import CLASSES, by_harm
from parallax.exports.spreads import Line as SpreadLine
from parallax.exports.walk import Row
from parallax.model import (
    HARMS,
    Account,
    Bound,
    Claim,
    ContrastType,
    Days,
    DifferenceType,
    Kind,
    Scope,
    Stance,
    Statement,
    VoiceType,
)

_LONGEST = 600
_WHOM = {"all": "all", "civilian": "civilians", "combatant": "fighters", "unknown": "people of whom no more is said"}
_DIFFERENCES = {
    DifferenceType.GROWTH: "a toll that grows",
    DifferenceType.REVISION: "a number revised or withdrawn",
    DifferenceType.DISPUTE: "disputed between accounts",
    DifferenceType.DENIAL: "denied",
    DifferenceType.SCOPE: "of another scope",
    DifferenceType.COPY: "copies",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """The incident with its claims in the order that their numbers follow."""

    row: Row
    numbers: Mapping[str, int]

    def statement(self, key: str) -> Statement | None:
        return self.row.statements.get(key)

    def number(self, key: str) -> str:
        return f"[{self.numbers[key]}]" if key in self.numbers else "[?]"

    def all_of(self, keys: Iterable[str]) -> str:
        """The numbers of these claims, in order."""
        return " ".join(f"[{number}]" for number in sorted(self.numbers[key] for key in keys if key in self.numbers))


def explain(row: Row) -> tuple[Line, ...]:
    """The lines for one incident under its tally's policy; the last line is empty."""
    ordered = sorted(row.statements.values(), key=_order)
    told = _Told(row, {statement.claim.key: number for number, statement in enumerate(ordered, 1)})
    sections = (_head(told), _standing(told), _spreads(told), _contrasts(told), _forecasts(told), _named(told))
    lines: list[Line] = []
    for section in (*sections, _differences(told), _accounts(told), _claims(told, ordered)):
        found = list(section)
        lines += [*found, ()] if found else []
    return tuple(lines)


def _order(statement: Statement) -> tuple[date, str, int, str]:
    return statement.published or date.max, statement.claim.report, statement.claim.start, statement.claim.key


def _head(told: _Told) -> Iterator[Line]:
    incident, tally = told.row.incident, told.row.tally
    where = incident.where.name if incident.where else "place not known"
    yield (Part(f"{cut(safe(where))}, {_days(incident.when)}", "title"),)
    kinds = ", ".join(_kind(kind) for kind in Kind if kind in incident.kinds)
    yield (Part(f"incident {safe(incident.id)}; {kinds}", "quiet"),)
    reports, origins = _some(tally.links, "report"), _some(tally.origins, "independent origin")
    yield (Part(f"policy {safe(tally.policy)}; {reports}, {origins}, {_some(len(told.numbers), 'claim')}", "quiet"),)
    yield (Part("A range is a spread of reports, not an interval of confidence; unknown is never 0.", "quiet"),)


def _standing(told: _Told) -> Iterator[Line]:
    tally = told.row.tally
    yield (Part("grade "), Part(str(tally.grade), "kind"), Part(f": {_long(tally.grade_words)}"))
    status = str(tally.strike_status) if tally.strike_status else "none"
    yield (Part("strike "), Part(status, "kind"), Part(f": {_long(tally.strike_words)}" if tally.strike_words else ""))
    for attribution in tally.attributed:
        words = f": held responsible by {_long(', '.join(attribution.by))}"
        yield (Part(cut(safe(attribution.actor)), "who"), Part(words))
    if not tally.attributed:
        yield (Part("nobody is held responsible by name"),)


def _spreads(told: _Told) -> Iterator[Line]:
    harms = by_harm(told.row.tally)
    for number, harm in enumerate(harms):
        if number:
            yield ()
        yield (Part(_kind(harm.kind).upper(), "title"),)
        for line in harm.lines:
            yield from _spread(told, line)
        if harm.silent:
            words = "; ".join(f"{_whom(spread.whom)}: {_reason(spread.low)}" for spread in harm.silent)
            yield (Part(f"  {words}", "quiet"),)


def _spread(told: _Told, line: SpreadLine) -> Iterator[Line]:
    spread = line.spread
    ends = ends_words(spread.low.value, spread.high.value)
    best = f", best {number_words(spread.best.value)}" if spread.best and spread.best.value is not None else ""
    yield (Part(f"  {_kind(spread.kind)}, {_whom(spread.whom)}: "), Part(f"{ends}{best}", "count"))
    if line.as_all:
        yield (Part("    for the same reasons as for all", "quiet"),)
        return
    bounds = [("low", spread.low), ("high", spread.high)]
    for name, bound in [*bounds, ("best", spread.best)] if spread.best else bounds:
        value = "unknown" if bound.value is None else number_words(bound.value)
        yield (Part(f"    {name} "), Part(value, "count"), Part(f": {_reason(bound)}"))
        for key in sorted(bound.claims, key=lambda key: told.numbers.get(key, 0)):
            yield (Part("      set by "), *_quoted(told, key))
        reasons: dict[str, list[str]] = {}
        for left in bound.left_out:
            reasons.setdefault(left.reason, []).append(left.claim)
        for reason, keys in sorted(reasons.items(), key=lambda item: min(told.numbers.get(k, 0) for k in item[1])):
            yield (Part("      left out ", "quiet"), Part(f"{_listed(told, keys)}: {_long(reason)}"))


def _contrasts(told: _Told) -> Iterator[Line]:
    titles = {
        ContrastType.CONCEDED: "CONCEDED AGAINST ALLEGED",
        ContrastType.LOSSES: "A SIDE'S LOSSES BY ITS OWN COUNT AND BY ITS ENEMY'S",
    }
    for type, title in titles.items():
        found = [contrast for contrast in told.row.tally.contrasts if contrast.type is type]
        if found:
            yield (Part(title, "title"),)
        for contrast in found:
            refs = told.all_of((*contrast.own, *contrast.others))
            yield (Part(f"  {_kind(contrast.kind)}: {_long(contrast.words)} {refs}"),)


def _forecasts(told: _Told) -> Iterator[Line]:
    found = told.row.tally.forecasts
    if found:
        yield (Part("FORECASTS", "title"),)
    for forecast in found:
        statement = told.statement(forecast.claim)
        kind = f"{_kind(statement.claim.kind)} " if statement else ""
        refs = told.all_of((forecast.claim, *forecast.by))
        yield (Part(f"  {forecast.state}: ", "kind"), Part(f"{kind}{_long(forecast.words)} {refs}"))


def _named(told: _Told) -> Iterator[Line]:
    found = told.row.tally.named
    if found:
        yield (Part("NAMED", "title"),)
    for one in found:
        words = f"{_kind(one.kind)}, by {_long(', '.join(one.by))} {told.all_of(one.claims)}"
        yield (Part(f"  {cut(safe(one.name))}", "whom"), Part(f": {words}"))


def _differences(told: _Told) -> Iterator[Line]:
    found = told.row.tally.differences
    if found:
        yield (Part("DIFFERENCES BETWEEN ACCOUNTS", "title"),)
    for type, title in _DIFFERENCES.items():
        some = [difference for difference in found if difference.type is type]
        some.sort(key=lambda difference: (told.numbers.get(difference.a, 0), told.numbers.get(difference.b, 0)))
        if some:
            yield (Part(f"  {type}", "kind"), Part(f": {title}"))
        for difference in some:
            yield (Part(f"    {told.all_of((difference.a, difference.b))} {_long(difference.words)}"),)


def _accounts(told: _Told) -> Iterator[Line]:
    yield (Part("ACCOUNTS, AND WHAT EACH SAID BEFORE", "title"),)
    dated = [(_first(told, account), account.origin, account) for account in told.row.tally.accounts]
    for _, _, account in sorted(dated, key=lambda each: each[:2]):
        voice = account.voice
        kind = "" if voice.type is VoiceType.OUTLET else f", {voice.type}"
        party = f" for {cut(safe(voice.party))}" if voice.party else ""
        title = f"{kind}{party}; {_some(len(account.reports), 'report')}"
        yield (Part(f"  {cut(safe(voice.name))}", "voice"), Part(title))
        for verb, keys in (("before", account.superseded), ("now", account.current)):
            if words := _saying(told, keys):
                yield (Part(f"    {verb} ", "quiet"), Part(words))
        for key in account.superseded:
            for change in told.row.tally.differences:
                if change.a == key and change.type in (DifferenceType.GROWTH, DifferenceType.REVISION):
                    yield (Part("    "), Part(_long(change.words)))


def _first(told: _Told, account: Account) -> int:
    keys = (*account.superseded, *account.current)
    return min((told.numbers[key] for key in keys if key in told.numbers), default=0)


def _saying(told: _Told, keys: Sequence[str]) -> str:
    """What an account says, claim by claim: those of harm with their numbers, the others by kind."""
    copies = {change.b for change in told.row.tally.differences if change.type is DifferenceType.COPY}
    said = [s for key in keys if (s := told.statement(key)) is not None]
    said.sort(key=lambda s: told.numbers[s.claim.key])
    return "; ".join(
        f"{_gist(s.claim)}{' again' if s.claim.key in copies else ''} {told.number(s.claim.key)}" for s in said
    )


def _gist(claim: Claim) -> str:
    number = f' "{cut(safe(claim.count.text))}"' if claim.count and claim.count.text else ""
    marks = [str(claim.stance)] if claim.stance is not Stance.ASSERTED else []
    marks += ["a running total"] if claim.scope is Scope.TOTAL else []
    marks += ["no number"] if claim.kind in HARMS and claim.count is None else []
    return f"{_kind(claim.kind)}{number}" + (f" ({', '.join(marks)})" if marks else "")


def _claims(told: _Told, ordered: Sequence[Statement]) -> Iterator[Line]:
    yield (Part("CLAIMS", "title"),)
    for statement in ordered:
        claim = statement.claim
        yield (Part("  "), *_quoted(told, claim.key))
        report = told.row.reports.get(claim.report)
        about = f"{_gist(claim)}, read as {count_words(claim.count)}, {claim.whom_class}"
        about = about if claim.kind in HARMS else _gist(claim)
        where = f"report {cut(safe(report.id))}" if report else "its report is not in this ledger"
        yield (Part(f"      {about}; {where}; claim {safe(claim.key)}", "quiet"),)


def _quoted(told: _Told, key: str) -> Line:
    """One claim: its number, whose word it is, where and when it was published, and its sentence."""
    statement = told.statement(key)
    if statement is None:
        return (Part(f"[?] claim {safe(key)}, which is not in this incident"),)
    report = told.row.reports.get(statement.claim.report)
    quote = report.text[statement.claim.start : statement.claim.end] if report else ""
    day = in_words(statement.published) if statement.published else "undated"
    outlet = cut(safe(statement.outlet)) if statement.outlet else "outlet not known"
    words = f'"{_long(quote)}"' if quote.strip() else "(its sentence is not at hand)"
    return (
        Part(f"{told.number(key)} "),
        Part(cut(safe(statement.voice.name)), "voice"),
        Part(f", in {outlet}, {day}: {words}"),
    )


def _listed(told: _Told, keys: Iterable[str]) -> str:
    """Claims in short: number, voice and the words of the count."""
    found = []
    for key in sorted(keys, key=lambda key: told.numbers.get(key, 0)):
        statement = told.statement(key)
        words = f" {cut(safe(statement.voice.name))}" if statement else ""
        if statement and statement.claim.count and statement.claim.count.text:
            words += f' "{cut(safe(statement.claim.count.text))}"'
        found.append(f"{told.number(key)}{words}")
    return ", ".join(found)


def _reason(bound: Bound) -> str:
    words = bound.words
    for value in (str(bound.value), "unknown"):
        words = words.removeprefix(f"{value}: ")
    return _long(words)


def _long(words: str) -> str:
    shown = safe(words)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _whom(whom: str) -> str:
    return _WHOM[whom] if whom in CLASSES else cut(safe(whom.replace("side: ", "of ")))


def _kind(kind: Kind) -> str:
    return str(kind).replace("_", " ")


def _days(days: Days | None) -> str:
    if days is None:
        return "day not known"
    return in_words(days.first) if days.first == days.last else f"{in_words(days.first)} to {in_words(days.last)}"


def _some(number: int, noun: str) -> str:
    return f"{number_words(number)} {noun}{'' if number == 1 else 's'}"
