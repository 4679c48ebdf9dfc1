"""The second reader: the claims of reports as a language model tells them and the reports' texts bear them out.

It reads whatever language the model reads. It never takes the place of the first reader:
it runs only where it is asked for, and what it reads carries its own name, model and settings.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from parallax.claims.second import kept, parts
from parallax.claims.second.check import check, told
from parallax.claims.second.endpoint import Connection, Endpoint, Tokens
from parallax.claims.second.parts import Part
from parallax.claims.second.question import Messages, prompt, question
from parallax.claims.second.schema import schema
from parallax.errors import EndpointError, SettingsError
from parallax.model import Claim, Reader, Report, Span, digest

# Told the name of a report, or of what else it is about, and a line.
Say = Callable[[str, str], None]

# So many reports unanswered in a row, and the endpoint is taken to be out of order.
_PATIENCE = 3
_MENTIONS = ("whom", "who", "where", "voice", "via")
_PLACED = ("key", "report", "start", "end", "kind")
_VALUES = ("kind", "count", "when", "whom_class", "stance", "scope")


@dataclass(frozen=True, slots=True)
class Read:
    """One report that was read, and its claims."""

    report: Report
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """One report that was not read."""

    report: Report


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a run: reports read and not read, what it cost, and what ended it early, if anything did."""

    read: int
    unread: int
    spent: Tokens
    ended: str

    def words(self) -> str:
        """One line for a person."""
        left = f"; {self.unread} reports not read" if self.unread else ""
        early = f" Ended early: {self.ended}." if self.ended else ""
        return f"Second reader: {self.read} reports read{left}; {self.spent.words()}.{early}"


def identity(endpoint: Endpoint) -> Reader:
    """What makes its readings: name, model, and a digest of address, prompt, schema and settings."""
    settings = digest(endpoint.address, prompt(), schema(), parts.LONGEST, parts.BEFORE)
    return Reader("second", endpoint.model, settings)


def read(
    reports: Iterable[Report],
    endpoint: Endpoint,
    *,
    tokens: int,
    say: Say,
    keep: Path | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Read | Unread | Finished]:
    """Each report, read or not, in order, and at last a `Finished`.

    Nothing is sent once `tokens` are spent, or the endpoint is at its end; what is kept in
    `keep` is still given. `say` hears why a report is not read, what was told of it that its
    text does not bear out, and of each wait.
    Raises `SettingsError`, after `Finished`, if address, model, key or folder cannot be used.
    """
    if keep is not None:
        kept.prepare(keep)
    done = failed = unread = 0
    ended = ""
    wrong: SettingsError | None = None
    reader = identity(endpoint)
    with Connection(endpoint, schema(), tokens=tokens, say=partial(say, reader.name), sleep=sleep) as connection:
        for report in reports:
            try:
                claims = _claims(report, reader, connection, keep, say)
            except SettingsError as error:
                wrong = error
                connection.end(str(error))
            except EndpointError as error:
                if error.final:
                    ended = str(error)
                else:
                    say(report.id, f"not read by the second reader: {error}")
                    failed += 1
                    if failed == _PATIENCE:
                        connection.end(f"{_PATIENCE} reports in a row got no answer")
            except KeyboardInterrupt:
                say(reader.name, f"stopped with {connection.spent.words()}")
                raise
            else:
                done, failed = done + 1, 0
                yield Read(report, claims)
                continue
            unread += 1
            yield Unread(report)
        yield Finished(done, unread, connection.spent, str(wrong or ended))
    if wrong is not None:
        raise wrong


def _claims(report: Report, reader: Reader, connection: Connection, keep: Path | None, say: Say) -> tuple[Claim, ...]:
    file = kept.path(keep, report, reader) if keep else None
    answers = _load(file, say) if file else {}

    def ask(part: Part) -> list[Any] | None:
        messages = question(report, part)
        key = digest(messages)
        if key not in answers:
            answers[key] = _told(messages, connection)
            if file:
                kept.store(file, report, reader, answers)
        return answers[key]

    claims: list[Claim] = []
    for part in parts.cut(report):
        for answer, asked in _answers(report, part, ask):
            checked = check(answer, report, asked.stretches)
            claims += checked.claims
            for words in checked.dropped:
                say(report.id, words)
    return tuple(sorted(_joined(claims, report.text), key=lambda claim: (claim.start, claim.kind, claim.key)))


def _joined(claims: Iterable[Claim], text: str) -> list[Claim]:
    """The claims, with those that say the same in the same sentence, repeated elsewhere, made one."""
    held: dict[str, Claim] = {}
    for claim in claims:
        quote = " ".join(text[claim.start : claim.end].split())
        mentions = [mention and mention.text for mention in (getattr(claim, slot) for slot in _MENTIONS)]
        same = digest(quote, mentions, [getattr(claim, slot) for slot in _VALUES])
        first = held.setdefault(same, claim)
        own = Span(first.start, first.end)
        spans = {*first.also, *claim.also, Span(claim.start, claim.end)}
        also = tuple(sorted(span for span in spans if not span.touches(own)))
        if also != first.also:
            slots = {each.name: getattr(first, each.name) for each in fields(Claim) if each.name not in _PLACED}
            slots["also"] = also
            held[same] = Claim.of(first.report, first.start, first.end, first.kind, **slots)
    return list(held.values())


def _load(file: Path, say: Say) -> kept.Answers:
    try:
        return kept.load(file)
    except (ValueError, OSError) as error:
        say(str(file), f"{error}; its report is asked about again")
        return {}


def _answers(report: Report, part: Part, ask: Callable[[Part], list[Any] | None]) -> Iterator[tuple[list[Any], Part]]:
    """What is told of a part; where the answer takes too many words, what is told of its halves."""
    answer = ask(part)
    if answer is not None:
        yield answer, part
        return
    halves = part.halves(report)
    if len(halves) == 1:
        raise EndpointError("the answer to a single sentence was cut off for length")
    for half in halves:
        yield from _answers(report, half, ask)


def _told(messages: Messages, connection: Connection) -> list[Any] | None:
    """The claims that the endpoint tells; None where its answer was cut off. A spoilt one is asked for once more."""
    for last in (False, True):
        reply = connection.ask(messages)
        if reply.cut_off:
            return None
        try:
            return told(reply.content)
        except EndpointError:
            if last:
                raise
    raise AssertionError("unreachable")
