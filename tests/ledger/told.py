"""Small reports and what was read in them, made for the tests of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from parallax.ledger.writer import Writer
from parallax.model import (
    Account,
    Actor,
    Attribution,
    Bound,
    Capture,
    Claim,
    Count,
    DateSource,
    Days,
    Difference,
    DifferenceType,
    Grade,
    Incident,
    Kind,
    LeftOut,
    Link,
    Mention,
    Origin,
    Place,
    PlacePrecision,
    Published,
    Range,
    Reader,
    Report,
    Scope,
    Span,
    Stance,
    Statement,
    StrikeStatus,
    Tally,
    Telling,
    VictimClass,
    Voice,
    VoiceType,
    Weight,
    Zone,
    ZoneKind,
    digest,
)

RULES = Reader("rules", "1", "abc")
BETTER = Reader("rules", "2", "abc")
EUPATORIA = Place("Eupatoria", 45.2, 33.37, PlacePrecision.TOWN, "UA", 688105, ("Crimea",))
PLACE = Place("Balaklava", 44.5, 33.6, PlacePrecision.TOWN, "UA", 713749, ("Crimea",), 0.8, (EUPATORIA,))
ALLIES = Actor("allies", "the Allies", "allied", 0.9, ("French",))


def report_of(number: int, text: str | None = None) -> tuple[Report, Capture]:
    """The report of this number and its capture."""
    words = text or f"Guns fired on Balaklava on day {number}. At least {number + 3} men died, the Courier said."
    capture = Capture.of(words.encode(), f"{number}.txt", "text/plain")
    report = Report.of(
        words,
        id=f"r{number}",
        title=f"Dispatch {number}",
        outlet="The Courier",
        author="A. Clerk",
        published=Published(date(1854, 10, 1 + number % 28), DateSource.DATELINE),
        language="en",
        url=f"https://courier.example/{number}",
        zones=(Zone(ZoneKind.BODY, 0, len(words)),),
        capture=capture.sha256,
    )
    return report, capture


def mention(report: Report, words: str) -> Mention:
    start = report.text.index(words)
    return Mention(start, start + len(words), words)


def statements_of(report: Report, number: int, *, high: int | None = None) -> tuple[Statement, ...]:
    """A shelling and a toll; `high` is what another reader makes of the number."""
    dot = report.text.index(".") + 1
    day = Days(date(1854, 10, 1 + number % 28), date(1854, 10, 2 + number % 28))
    shelling = Claim.of(report.key, 0, dot, Kind.SHELLING, where=mention(report, "Balaklava"), when=day, certainty=0.7)
    killed = Claim.of(
        report.key,
        dot + 1,
        len(report.text),
        Kind.KILLED,
        count=Count(number + 3, high, f"At least {number + 3}"),
        whom=mention(report, "men"),
        whom_class=VictimClass.COMBATANT,
        where=mention(report, "Balaklava"),
        when=day,
        voice=mention(report, "the Courier"),
        stance=Stance.DOUBTED,
        scope=Scope.TOTAL,
        certainty=0.9,
        also=(Span(0, 4),),
    )
    outlet = Voice("courier", "The Courier", VoiceType.OUTLET, "allies", "Reuter")
    published = report.published.day if report.published else None
    return (
        Statement(shelling, outlet, PLACE, ALLIES, None, report.outlet, published),
        Statement(killed, outlet, PLACE, None, Actor("russia", "Russia"), report.outlet, published),
    )


def telling_of(report: Report, statements: Sequence[Statement]) -> Telling:
    claims = tuple(sorted(statement.claim.key for statement in statements))
    return Telling(digest(report.key, claims), report.key, claims)


def link_of(a: Telling, b: Telling) -> Link:
    low, high = sorted((a.key, b.key))
    return Link(low, high, 3.5, (Weight("day", 2.0, "one day"), Weight("place", 1.5, "one town")))


def incident_of(tellings: Iterable[Telling], links: Iterable[Link] = (), day: int = 25) -> Incident:
    tellings = tuple(sorted(tellings, key=lambda telling: telling.key))
    when = Days(date(1854, 10, day), date(1854, 10, day))
    return Incident(tellings[0].key, tellings, tuple(links), (Kind.SHELLING, Kind.KILLED), when, PLACE)


def tally_of(
    incident: Incident, *, low: int = 4, high: int | None = 9, grade: Grade = Grade.WEAK, policy: str = "airwars"
) -> Tally:
    claim = incident.claims[0]
    voice = Voice("courier", "The Courier", VoiceType.OUTLET)
    return Tally(
        incident=incident.id,
        policy=policy,
        ranges=(
            Range(
                Kind.KILLED,
                "all",
                Bound(low, "the only number", (claim,)),
                Bound(high, "the highest", (claim,), (LeftOut(claim, "a copy"),)),
                Bound(low, "the lower"),
            ),
        ),
        grade=grade,
        grade_words="one source",
        strike_status=StrikeStatus.LIKELY,
        attributed=(Attribution("russia", ("courier",)),),
        accounts=(Account(incident.id, "courier", voice, (claim,), (), incident.reports),),
        differences=(Difference(DifferenceType.GROWTH, claim, claim, "the toll grew"),),
        links=len(incident.reports),
        origins=1,
    )


def tell(writer: Writer, number: int, reader: Reader = RULES, *, link: bool = True) -> Telling:
    """Write all of one report: the report, its copy, its reading, its telling and an incident of its own."""
    report, capture = report_of(number)
    writer.add_report(report, capture)
    writer.add_copy(report.key, (f"band{number}", f"half{number // 2}"), Origin(report.key, 1.0))
    statements = statements_of(report, number)
    writer.add_reading(report.key, reader, statements)
    telling = telling_of(report, statements)
    if link:
        writer.add_tellings({report.key: [(telling, frozenset({f"day{number}", "crimea"}))]})
        incident = incident_of([telling], day=1 + number % 28)
        writer.replace_incidents([], [(incident, (tally_of(incident), tally_of(incident, policy="ibc")))])
    return telling
