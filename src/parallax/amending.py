"""A report's reading by people: the machine's statements, with what people added and corrected put on them."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from parallax import config
from parallax.accounts import judgements as plain
from parallax.accounts.judgements import standing
from parallax.added import Added, put, saying
from parallax.gathering import reports_of
from parallax.incidents import context
from parallax.ledger.deciding import PEOPLE
from parallax.ledger.ledger import Ledger
from parallax.ledger.writer import Writer
from parallax.model import Actor, Claim, Judgement, Place, Reader, Report, Statement, Verb
from parallax.names import gazetteer, parties, places, restate, version
from parallax.names.statements import state


def amend(ledger: Ledger, writer: Writer, reports: Sequence[str], new: Judgement | None = None) -> None:
    """Put the judgements that stand on the machine's reading of these reports, as a reading by people.

    `new` is a judgement whose claim no reading holds yet.
    """
    for report in reports_of(reports, ledger):
        number, read = ledger.machine_reading(report.key)
        if number is None:
            continue
        judged = standing([*ledger.judgements_of_report(report.key), *([new] if new else [])])
        amended = _amended(report, read, judged, ledger)
        if amended == read:
            writer.stand(report.key, number)
        else:
            settings = version.digest(config.gazetteers(), config.actors())
            writer.amend(report.key, Reader(PEOPLE, "1", settings), amended)


def _amended(
    report: Report, read: tuple[Statement, ...], judged: Sequence[Judgement], ledger: Ledger
) -> tuple[Statement, ...]:
    """The machine's statements with what people added and corrected, each claim's key kept."""
    values = [judgement.value for judgement in judged if judgement.verb is Verb.ADD and judgement.value]
    added = [one.claim(report) for one in map(Added.of, values) if one.report == report.key]
    # What a person added, and the machine reads too by now, is the machine's.
    said = {saying(statement.claim) for statement in read}
    fresh = {claim.key: claim for claim in added if saying(claim) not in said}
    statements = [*read, *_stated(report, list(fresh.values()))]
    given = _given(statements, judged, ledger)
    if not given:
        return tuple(statements)
    placed = [replace(s, claim=put(s.claim, given.get(s.claim.key, {}), report)) for s in statements]
    # Names are resolved only where a correction bears on them: the gazetteer takes seconds to load.
    if not any(restate.SETTLES.keys() & slots for slots in given.values()):
        return tuple(placed)
    named = restate.restate(report, placed, given, _gazetteer(), _parties())
    if not any("where" in slots for slots in given.values()):
        return named
    settled = context.settle(report, named, places.find(report, _gazetteer()))
    return tuple(
        new if "where" in given.get(new.claim.key, {}) else old for old, new in zip(named, settled, strict=True)
    )


def _given(statements: Sequence[Statement], judged: Sequence[Judgement], ledger: Ledger) -> dict[str, dict[str, str]]:
    """What people gave for each slot of each claim, the latest last; of an older reading's claim, for its heir."""
    known = {statement.claim.key: statement.claim for statement in statements}
    corrections = [j for j in judged if j.verb is Verb.CORRECT and plain.fits(j.slot or "", j.value or "")]
    lost = ledger.claims_ever({claim for judgement in corrections for claim in judgement.claims} - known.keys())
    heirs = {key: _heir(claim, known.values()) for key, claim in lost.items()}
    given: dict[str, dict[str, str]] = defaultdict(dict)
    for judgement in corrections:
        for claim in judgement.claims:
            target = claim if claim in known else heirs.get(claim)
            if target is not None:
                given[target][judgement.slot or ""] = judgement.value or ""
    return given


def _heir(lost: Claim, known: Iterable[Claim]) -> str | None:
    """The claim at the same place and of the same kind that says most of what the lost one said."""
    near = [c for c in known if (c.report, c.start, c.end, c.kind) == (lost.report, lost.start, lost.end, lost.kind)]
    slots = ("count", "whom", "whom_class", "who", "where", "when", "voice", "stance", "scope")
    same = {claim.key: sum(getattr(claim, slot) == getattr(lost, slot) for slot in slots) for claim in near}
    return max(same, key=lambda key: (same[key], key), default=None)


def _stated(report: Report, claims: Sequence[Claim]) -> tuple[Statement, ...]:
    if not claims:
        return ()
    bare = state(report, claims, _gazetteer(), _parties())
    given = {claim.key: {"where": claim.where.text} for claim in claims if claim.where}
    named = restate.restate(report, bare, given, _gazetteer(), _parties())
    return context.settle(report, named, places.find(report, _gazetteer()))


def suggestions(slot: str, words: str) -> tuple[tuple[Place, ...], tuple[Actor, ...]]:
    """What these words may mean in a slot: places for `where`, parties for `who` and `whom`."""
    if slot == "where":
        return restate.suggestions(words, _gazetteer()), ()
    return (), restate.parties_named(words, _parties()) if slot in ("who", "whom") else ()


# Two threads that ask for the gazetteer at once would each load it.
_LOADING = threading.Lock()


def _gazetteer() -> gazetteer.Gazetteer:
    with _LOADING:
        return gazetteer.load(config.gazetteers())


def _parties() -> parties.Parties:
    with _LOADING:
        return parties.load(config.actors())


def prepare(ledger: Ledger, reports: Iterable[str], new: Judgement) -> None:
    """Load what amending these reports will resolve names with, some seconds once; nothing where no name is touched."""
    judged = [new, *(judgement for report in reports for judgement in ledger.judgements_of_report(report))]
    if any(judgement.verb is Verb.ADD or judgement.slot in restate.SETTLES for judgement in judged):
        prepare_names()


def prepare_names() -> None:
    """Load what corrections of names need, some seconds once, so that the first of them need not wait for it."""
    # Any name that no gazetteer has: the likenesses of all others are gathered at the first such question.
    _gazetteer().like("Kadikoi")
    _parties()
