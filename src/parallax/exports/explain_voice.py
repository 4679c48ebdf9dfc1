"""One voice's running totals explained to people: what it says of each incident, added up, and what is not added."""

from __future__ import annotations

from collections.abc import Iterator

from parallax.accounts.history import in_words
from parallax.accounts.policy import Policy
from parallax.accounts.running import running_totals
from parallax.errors import LedgerError
from parallax.exports.amounts import ends_words
from parallax.exports.explain import Line, Part, cut, safe
from parallax.exports.explain_apart import outside
from parallax.incidents.apart import why
from parallax.ledger.ledger import Ledger
from parallax.model import HARMS, Days, LeftOut, Report, RunningTotal, Statement
from parallax.pipeline import judgements_now


def find_voice(ledger: Ledger, asked: str) -> str:
    """The key of the voice of this key or name. Raises LedgerError where none has it, or several do."""
    if ledger.voice(asked) is not None:
        return asked
    named = sorted(row.voice.key for row in ledger.voices() if row.voice.name.casefold() == asked.casefold())
    if len(named) == 1:
        return named[0]
    if named:
        raise LedgerError(f"{len(named)} voices are called {asked!r}; give a key: {', '.join(map(repr, named))}")
    raise LedgerError(f"{ledger.name}: no voice is called {asked!r}; the workbench lists the voices")


def explain_voice(ledger: Ledger, key: str, policy: Policy) -> tuple[Line, ...]:
    """The lines for one voice of the ledger, by its key; the last line is empty."""
    found = ledger.voice(key)
    if found is None:
        raise LedgerError(f"{ledger.name}: no voice has the key {key!r}")
    voice, said = found
    ids = sorted({id for statement in said for id in ledger.incidents_of(claim=statement.claim.key)})
    incidents = [incident for id in ids if (incident := ledger.incident(id)) is not None]
    statements = {
        statement.claim.key: statement
        for incident in incidents
        for statement in ledger.statements(claims=incident.claims)
    }
    alone = [s for s in outside(said, incidents) if s.claim.count is not None and s.claim.kind in HARMS]
    statements |= {statement.claim.key: statement for statement in alone}
    keys = {statement.claim.report for statement in statements.values()}
    origins = ledger.origins(keys)
    totals = running_totals(key, incidents, statements, origins, policy, judgements_now(ledger))
    reports = {one: report for one in sorted(keys) if (report := ledger.report(one)) is not None}
    lines: list[Line] = [
        (Part(f"Running totals of {cut(safe(voice.name))}", "title"),),
        (Part(f"voice {cut(safe(voice.key))}; words read under the policy {policy.label}", "quiet"),),
        (Part("What this voice itself says, added up; not what happened. Nothing is added twice.", "quiet"),),
        (),
    ]
    for total in totals:
        lines += [*_total(total, statements, reports), ()]
    if alone:
        lines += [(Part("of no incident, and not added:", "kind"),)]
        lines += [(Part(f"  {s.claim.kind}, {why(s)}: {_quote(s.claim.key, statements, reports)}"),) for s in alone]
        lines += [()]
    return (*lines, *(() if totals or alone else ((Part("it gives no number of people harmed"),), ())))


def _total(total: RunningTotal, statements: dict[str, Statement], reports: dict[str, Report]) -> Iterator[Line]:
    ends = ends_words(total.addends[-1].sum_low, total.addends[-1].sum_high) if total.addends else "no number"
    yield (Part(f"{total.kind}, {cut(safe(total.whose))}: ", "kind"), Part(ends, "count"))
    for addend in total.addends:
        so_far = ends_words(addend.sum_low, addend.sum_high)
        words = f"{ends_words(addend.low, addend.high)}, so far {so_far}; incident {safe(addend.incident)}"
        yield (Part(f"  {_days(addend.when)}: {words}"),)
        for key in addend.claims:
            yield (Part(f"    {_quote(key, statements, reports)}", "quiet"),)
    for key in total.stated:
        yield (Part("  its own total, not added: "), Part(_quote(key, statements, reports)))
    for left in total.left_out:
        yield (Part("  left out ", "quiet"), Part(_left(left, statements, reports)))


def _left(left: LeftOut, statements: dict[str, Statement], reports: dict[str, Report]) -> str:
    return f"{_quote(left.claim, statements, reports)}: {cut(safe(left.reason))}"


def _quote(key: str, statements: dict[str, Statement], reports: dict[str, Report]) -> str:
    statement = statements[key]
    report = reports.get(statement.claim.report)
    text = report.text[statement.claim.start : statement.claim.end] if report else "its report is not in this ledger"
    day = in_words(statement.published) if statement.published else "undated"
    return f'{cut(safe(statement.outlet or "outlet not known"))}, {day}: "{cut(safe(text))}"'


def _days(days: Days | None) -> str:
    if days is None:
        return "day not known"
    return in_words(days.first) if days.first == days.last else f"{in_words(days.first)} to {in_words(days.last)}"
