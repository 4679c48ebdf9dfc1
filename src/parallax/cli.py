"""The command line: each command is one call of the library.

Results go to standard output, progress and faults to standard error. Exit status: 0 all
went well, 1 something could not be read or is not as it was, 2 the call itself is
wrong, 130 stopped from the keyboard.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from parallax import actor_packs, alone, config, gazetteers, streams, users
from parallax.engine.local import Local
from parallax.errors import LedgerError, ParallaxError, UnreadableError
from parallax.exports import contract
from parallax.model import Judgement, Report, Verb
from parallax.progress import Progress
from parallax.reports.fault import Fault

if TYPE_CHECKING:
    from parallax.pipeline import Decided, Gathering

Result = TypeVar("Result")

app = typer.Typer(
    help="Turns many reports about a conflict into one ledger of claims.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(gazetteers.app, name="gazetteer")
app.add_typer(actor_packs.app, name="actors")
app.add_typer(users.app, name="users")

# Loading the ledger and all steps takes a second, which a command that needs neither is spared; so
# commands import what they call, and this list is written out (a test holds it to the writers).
_FORMATS = "claims-jsonl, incidents-csv, ged-csv, geojson"

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="JSON Lines files; - for standard input.")]
Policy = Annotated[str | None, typer.Option(help="airwars, ucdp, ibc or acled.")]
LedgerPath = Annotated[str, typer.Argument(metavar="LEDGER", help="The ledger's file, or a PostgreSQL address.")]


@app.command()
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


@app.command()
def places(files: Files) -> None:
    """Print every place that each report names, resolved or with null coordinates."""
    streams.each(files, alone.find_places, contract.place_mentions, "places")


@app.command()
def copies(files: Files) -> None:
    """Print, for each report, the first report of the same text."""
    streams.copies(files)


@app.command()
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


@app.command("explain")
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


# The exit status of a program stopped from the keyboard.
STOPPED = 130

# The contract's names of a report's fields, and the table reader's.
FIELDS = {
    "id": "id",
    "text": "text",
    "title": "title",
    "source": "outlet",
    "author": "author",
    "date": "date",
    "url": "url",
    "lang": "language",
}


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        if not sign or not column or FIELDS.get(field, field) not in FIELDS.values():
            raise typer.BadParameter(f"{pair!r}: write it as FIELD=COLUMN, FIELD one of {', '.join(FIELDS)}")
        mapping[FIELDS.get(field, field)] = column
    return mapping


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, folders, globs, archives, feeds, or -.")],
    into: Annotated[str, typer.Option(metavar="LEDGER", help="The ledger to grow; made if it is not there.")],
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help=f"The CSV column of {', '.join(FIELDS)}.",
        ),
    ] = None,
    max_bytes: Annotated[int | None, typer.Option(min=1, help="The largest file taken in, in bytes.")] = None,
) -> None:
    """Read reports into a ledger. A second run adds only what is new."""
    from parallax import pipeline
    from parallax.ledger.ledger import Ledger

    settings = config.load()
    mapping = _mapping(map_ or [])
    faults = streams.Faults()
    total = pipeline.Total()
    with (
        Ledger.open(into, create=True) as ledger,
        Local(settings.workers) as engine,
        Progress(unit="reports", whole=_size(paths)) as progress,
    ):
        for event in pipeline.read(
            paths,
            ledger,
            engine,
            mapping=mapping,
            max_bytes=max_bytes or settings.max_bytes,
            stdin=sys.stdin.buffer,
        ):
            match event:
                case Fault():
                    progress.pause(partial(faults.say, event))
                case pipeline.Acknowledged():
                    total = total.plus(event)
                    progress.advance(event.new + event.seen, event.size)
                case pipeline.Linked():
                    progress.stage("linking", event.done, event.total)
        counts = ledger.counts()
    print(total.words(counts), file=sys.stderr)
    faults.exit()


def _size(paths: Iterable[str]) -> int | None:
    """The bytes of the files that these paths name, or None where that is not known beforehand."""
    size = 0
    try:
        for path in map(Path, paths):
            if path.is_file():
                size += path.stat().st_size
            elif path.is_dir():
                size += sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
            else:
                return None
    except (OSError, ValueError):
        return None  # what is wrong with the path is said where it is read
    return size or None


@app.command()
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


@app.command()
def serve(
    ledger: LedgerPath,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8642,
    team: Annotated[
        bool, typer.Option("--team", help="For several people, who log in; the ledger is a PostgreSQL address.")
    ] = False,
    host: Annotated[str, typer.Option(help="With --team: the address of this machine to listen at.")] = "127.0.0.1",
    behind_tls_proxy: Annotated[
        bool, typer.Option("--behind-tls-proxy", help="With --team: a proxy before it speaks TLS to the browsers.")
    ] = False,
    proxy_address: Annotated[
        str, typer.Option(help="With --behind-tls-proxy: the proxy's address, whose word on whom it asks for is taken.")
    ] = "127.0.0.1",
) -> None:
    """Serve the workbench on this machine alone, or for a team, and print its address.

    A team's workbench answers to localhost and to the names in PARALLAX_HOSTS.
    """
    import threading

    import uvicorn

    from parallax import pipeline
    from parallax.ledger.ledger import Ledger
    from parallax.workbench.app import create
    from parallax.workbench.choosing.choice import warm
    from parallax.workbench.team import start

    settings = config.load()
    pipeline.policy(settings.policy)
    shared = start.team(ledger, host, settings, behind_tls_proxy) if team else None
    if shared is None and (host != "127.0.0.1" or behind_tls_proxy):
        raise typer.BadParameter("without --team the workbench is for this machine alone; --host needs --team")
    with Ledger.open(ledger) as opened:
        listener = _listener(host, port)
        address = start.address(shared, listener.getsockname())
        print(f"Parallax serves {opened.name} at {address} (Ctrl-C stops it)", flush=True)
        if shared is not None and (path := users.first_admin(opened)):
            print(f"Nobody can log in as admin yet. This link makes the first: {address}{path[1:]}", flush=True)
        threading.Thread(target=warm, args=(opened, settings), daemon=True).start()
        configuration = uvicorn.Config(
            create(opened, settings, shared),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=behind_tls_proxy,
            forwarded_allow_ips=proxy_address if behind_tls_proxy else "",
        )
        uvicorn.Server(configuration).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # Named TCP, or the event loop leaves Nagle's delay on and every answer waits 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        # Whoever asks as soon as the address is printed waits for the answer, and is not refused.
        listener.listen(128)
    except OSError as error:
        raise LedgerError(f"{host}, port {port}: {error.strerror}; choose another with --port") from error
    return listener


@app.command()
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


@app.command()
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


def main() -> None:
    """Run the command line, and turn what a person can mend into one line and an exit status."""
    try:
        app()
    except SystemExit as end:
        if end.code == STOPPED:
            print(
                "parallax: stopped; what was acknowledged is kept, and the next run goes on from there", file=sys.stderr
            )
        raise
    except ParallaxError as error:
        print(f"parallax: {error}", file=sys.stderr)
        sys.exit(2 if not isinstance(error, LedgerError | UnreadableError) else 1)
    except BrokenPipeError:
        # The reader of our output has gone; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
