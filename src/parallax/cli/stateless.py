"""The commands that read reports and keep nothing: claims, places, copies, incidents."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallax import alone, config
from parallax.cli import streams
from parallax.cli.arguments import Files, Policy
from parallax.engine.local import Local
from parallax.exports import contract
from parallax.model import Report
from parallax.progress import Progress
from parallax.reports.fault import Fault

if TYPE_CHECKING:
    from parallax.pipeline import Gathering


def claims(
    files: Files,
    second: Annotated[
        bool, typer.Option("--second", help="Ask the language model of PARALLAX_SECOND_URL; nothing else contacts it.")
    ] = False,
    keep: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="With --second: keep its answers, and go on from those kept.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="For people: each claim with its slots marked in the text, and how sure.")
    ] = False,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="With --explain: the most doubtful claims of each report first.")
    ] = False,
    only: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="With --explain: only the report of this id.")
    ] = None,
) -> None:
    """Print every claim of each report, one JSON line a report."""
    if keep is not None and not second:
        raise typer.BadParameter("--keep keeps the answers of --second, and goes with it")
    if explain and second:
        raise typer.BadParameter("--explain shows the program's own reading, --second another's: ask for one of them")
    if not explain and (doubtful or only is not None):
        raise typer.BadParameter("--doubtful and --id say what --explain shows, and go with it")
    if explain:
        _explain(files, only, doubtful)
        return
    if second:
        _ask_second(files, keep)
        return

    streams.each(files, alone.read_claims, contract.claims, "claims")


def _explain(files: list[str], only: str | None, doubtful: bool) -> None:
    """Print each report's claims for people; `only` is the id of the one report wanted."""
    from parallax.exports.doubt import doubtful_first
    from parallax.exports.explain import explain, write

    faults, shown = streams.Faults(), 0
    for report in streams.reports(files, faults):
        if only is not None and report.id != only:
            continue
        shown += 1
        found = alone.read_claims(report)
        if isinstance(found, Fault):
            faults.say(found)
            continue
        write(explain(report, doubtful_first(found) if doubtful else found), sys.stdout)
    if only is not None and not shown:
        faults.say(f"no report has the id {only!r}; the ids are those that parallax claims prints")
    faults.exit()


def _ask_second(files: list[str], keep: Path | None) -> None:
    """Print the claims that the second reader reads; what it told that no text bears out is said."""
    settings = config.second()
    from parallax.claims.second.endpoint import Endpoint
    from parallax.claims.second.reader import Finished, Read, read

    faults = streams.Faults()
    reports = list(streams.reports(files, faults))
    with Progress(unit="reports", whole=len(reports)) as progress:

        def say(name: str, words: str) -> None:
            progress.pause(partial(faults.say, Fault(name, None, words, kept=True)))

        endpoint = Endpoint(settings.url, settings.model, settings.key, settings.seconds)
        for event in read(reports, endpoint, tokens=settings.tokens, keep=keep, say=say):
            if isinstance(event, Finished):
                faults.count += event.unread
                progress.pause(partial(print, event.words(), file=sys.stderr))
                continue
            if isinstance(event, Read):
                streams.emit({"id": event.report.id, "claims": [contract.claim(claim) for claim in event.claims]})
                sys.stdout.flush()
            progress.advance(1, 1)
    faults.exit()


def places(files: Files) -> None:
    """Print every place that each report names, resolved or with null coordinates."""
    streams.each(files, alone.find_places, contract.place_mentions, "places")


def copies(files: Files) -> None:
    """Print, for each report, the first report of the same text."""
    streams.copies(files)


def incidents(
    files: Files,
    policy: Policy = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="For people: each incident in plain words, as parallax explain has it.")
    ] = False,
    only: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="With --explain: only the incident of this id.")
    ] = None,
) -> None:
    """Gather the reports into incidents, and print each with its ranges under a policy.

    How many claims belong to no incident, and why, is said on standard error.
    """
    if only is not None and not explain:
        raise typer.BadParameter("--id says what --explain shows, and goes with it")
    from parallax import pipeline
    from parallax.exports.explain_apart import in_one_line, outside

    faults = streams.Faults()
    settings = config.load()
    chosen = pipeline.policy(policy or settings.policy)
    with Progress(unit="reports") as progress, Local(settings.workers) as engine:
        given = list(progress.over(streams.reports(files, faults)))
        gathering = pipeline.gather_reports(given, chosen, engine)
    for fault in gathering.faults:
        faults.say(fault)
    if explain:
        _explain_incidents(gathering, given, only, faults)
    else:
        for incident, tally in gathering.incidents:
            streams.emit(contract.incident(incident, tally, gathering.statements, gathering.ids))
    apart = outside(gathering.statements.values(), [incident for incident, _ in gathering.incidents])
    if apart:
        print(f"parallax: {in_one_line(apart, len(gathering.statements))}", file=sys.stderr)
    faults.exit()


def _explain_incidents(
    gathering: Gathering, reports: Iterable[Report], only: str | None, faults: streams.Faults
) -> None:
    """Print the incidents for people; `only` is the id of the one wanted."""
    from parallax.exports.explain import write
    from parallax.exports.explain_incident import explain
    from parallax.exports.walk import Row

    by_key = {report.key: report for report in reports}
    shown = 0
    for incident, tally in gathering.incidents:
        if only is None or incident.id == only:
            shown += 1
            statements = {key: gathering.statements[key] for key in incident.claims}
            own = {key: by_key[key] for key in incident.reports}
            write(explain(Row(incident, tally, statements, own)), sys.stdout)
    if only is not None and not shown:
        faults.say(f"no incident has the id {only!r}; the ids are those that parallax incidents prints")
