"""The commands that ask a ledger, write it out, check it and decide: explain, export, verify, judge."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from parallax import config
from parallax.cli import streams
from parallax.cli.arguments import LedgerPath, Policy
from parallax.model import Judgement, Verb

if TYPE_CHECKING:
    from parallax.pipeline import Decided


# Loading the ledger and all steps takes a second, which a command that needs neither is spared; so
# commands import what they call, and this list is written out (a test holds it to the writers).
_FORMATS = "claims-jsonl, incidents-csv, ged-csv, geojson"


def explain_incident(
    ledger: LedgerPath,
    incidents: Annotated[
        list[str] | None,
        typer.Argument(metavar="INCIDENT…", help="The incidents' ids, as exports and the workbench show them."),
    ] = None,
    voice: Annotated[
        str | None,
        typer.Option(help="In place of incidents: the running totals of this voice, by its name or key."),
    ] = None,
    apart: Annotated[
        bool, typer.Option("--apart", help="In place of incidents: the claims that belong to none, and why.")
    ] = False,
    policy: Policy = None,
) -> None:
    """Print in plain words why each number of an incident stands where it does."""
    if [bool(incidents), voice is not None, apart].count(True) != 1:
        raise typer.BadParameter("name one incident or more, or a --voice, or --apart")
    from parallax import pipeline
    from parallax.exports.explain import write
    from parallax.exports.explain_apart import explain_apart
    from parallax.exports.explain_incident import explain
    from parallax.exports.explain_voice import explain_voice, find_voice
    from parallax.exports.shield import shielded
    from parallax.exports.walk import one
    from parallax.ledger.ledger import Ledger

    chosen = pipeline.policy(policy or config.load().policy)
    faults = streams.Faults()
    with Ledger.open(ledger) as whole:
        opened = shielded(whole)
        if voice is not None:
            write(explain_voice(opened, find_voice(opened, voice), chosen), sys.stdout)
        if apart:
            write(explain_apart(opened), sys.stdout)
        for id in incidents or ():
            row = one(opened, id, chosen.label)
            if row is None:
                faults.say(f"{ledger}: no incident has the id {id!r}; parallax export and the workbench show the ids")
                continue
            if row.incident.id != id:
                print(f"parallax: {id!r} is no more; {row.incident.id} holds most of it", file=sys.stderr)
            write(explain(row), sys.stdout)
    faults.exit()


def export(
    ledger: LedgerPath,
    format: Annotated[str, typer.Option(help=_FORMATS)],
    out: Annotated[str, typer.Option(help="The file to write; - for standard output.")] = "-",
    policy: Policy = None,
    public: Annotated[
        bool, typer.Option("--public", help="Write only what is signed off as it stands, which alone is public.")
    ] = False,
) -> None:
    """Write a ledger out in another format: all of it, marked in the file as internal.

    With --public only the incidents that are signed off; one that changed since needs signing anew. Sources
    at risk are in neither.
    """
    from parallax import pipeline
    from parallax.exports.formats import write
    from parallax.ledger.ledger import Ledger

    chosen = pipeline.policy(policy or config.load().policy)
    with Ledger.open(ledger) as opened:
        written = write(opened, format, out, policy=chosen.label, internal=not public)
    print(written.words, file=sys.stderr)


def verify(
    ledger: LedgerPath,
    head: Annotated[
        str | None, typer.Option(help="The head that an earlier run printed: the log must still hold it.")
    ] = None,
) -> None:
    """Check every hash and link of a ledger, and name whatever is not as it was written.

    Prints the head of the log: noted elsewhere, it shows later that no log was put in its place.
    """
    from parallax.ledger.ledger import Ledger
    from parallax.ledger.verify import verify as find_flaws

    faults = streams.Faults()
    with Ledger.open(ledger) as opened:
        for flaw in find_flaws(opened, noted=head):
            faults.say(str(flaw))
        counts, (_, last) = opened.counts(), opened.head()
    if faults.count:
        print(f"{faults.count} flaws: {ledger} is not what was written", file=sys.stderr)
    else:
        held = f"{counts.reports} reports, {counts.claims} claims, {counts.entries} log entries"
        print(f"{ledger} is as it was written: {held}\nhead {last}")
    faults.exit()


def judge(
    ledger: LedgerPath,
    verb: Annotated[Verb, typer.Argument(help="What you decide.")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="The keys of the claims it is about.")],
    who: Annotated[str, typer.Option(help="Who decides.")],
    why: Annotated[str, typer.Option(help="The reason.")],
    slot: Annotated[str | None, typer.Option(help="For a correction: which slot.")] = None,
    value: Annotated[str | None, typer.Option(help="For a correction: the right value.")] = None,
) -> None:
    """Write down what a person decided about claims; nothing that was read is overwritten.

    `withdraw` takes keys of judgements, as this command prints them, and makes them count no longer.
    Prints the key of what was decided, and each range that it changed.
    """
    from parallax import pipeline
    from parallax.ledger.ledger import Ledger

    chosen = pipeline.policy(config.load().policy)
    keys = tuple(dict.fromkeys(claims))
    if verb is Verb.ADD:
        raise typer.BadParameter("a claim is added on its report's page in the workbench")
    if (verb is Verb.CORRECT) != (slot is not None) or (slot is None) != (value is None):
        raise typer.BadParameter("a correction, and nothing else, takes --slot and --value")
    judgement = Judgement(verb, keys, who, why, datetime.now(UTC), slot, value)
    if verb is not Verb.WITHDRAW:
        pipeline.check(judgement)
    with Ledger.open(ledger) as opened:
        if verb is not Verb.WITHDRAW:
            _say(pipeline.decide(opened, judgement, chosen))
            return
        for key in keys:
            _say(pipeline.withdraw(opened, key, who, why, chosen))


def _say(done: Decided) -> None:
    """Print a decision's key, and what it changed."""
    from parallax.exports.amounts import ends_words

    print(f"judgement {done.judgement}")
    for change in done.changes:
        was, now = (ends_words(one.low.value, one.high.value) if one else "none" for one in (change.was, change.now))
        print(f"{change.after or change.before}: {change.kind.value}, {change.whom}: {was} → {now}")
