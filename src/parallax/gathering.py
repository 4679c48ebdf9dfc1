"""Reports linked, gathered into incidents and weighed, as far as some of them or some decisions touch.

What depends on other reports (copies, links, incidents, tallies) is worked out for the
connected parts that are touched, within the transaction of whoever calls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parallax.accounts.judgements import standing
from parallax.accounts.policies import POLICIES
from parallax.accounts.spoken import spoken
from parallax.accounts.waiting import thinnest, waiting
from parallax.accounts.weigh import Scales
from parallax.incidents import block
from parallax.incidents.cluster import gather
from parallax.incidents.link import link
from parallax.incidents.profile import Profile
from parallax.incidents.tell import tell
from parallax.ledger.ledger import Ledger
from parallax.ledger.writer import Writer
from parallax.model import Incident, Judgement, Likeness, Link, Origin, Report, Statement, Telling, Verb
from parallax.reports import copies

# Voices are added up as this policy reads words: a voice's page is of what it says, whoever asks.
SPOKEN = POLICIES["airwars"]
# What waits for people, and how much it matters, is worked out under this policy.
ASKED = POLICIES["airwars"]


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of reports that were compared, by key, and those of them of which one is a copy of the other."""

    pairs: frozenset[tuple[str, str]] = frozenset()
    alike: Mapping[tuple[str, str], Likeness] = field(default_factory=dict)


def compare(pairs: Sequence[tuple[Report, Report]]) -> Compared:
    """The copies among these pairs: nothing but the reports is needed, so any process can do it."""
    return Compared(frozenset((one.key, other.key) for one, other in pairs), copies.alike(pairs))


def to_compare(keys: Sequence[str], ledger: Ledger) -> list[tuple[Report, Report]]:
    """The pairs of these reports and of others that share wordings with them."""
    return _pairs_of(ledger.near_reports(keys, copies.MEET, copies.CROWD), ledger)


def _pairs_of(met: Iterable[tuple[str, str]], ledger: Ledger) -> list[tuple[Report, Report]]:
    pairs = list(met)
    reports = {report.key: report for report in reports_of({key for pair in pairs for key in pair}, ledger)}
    return [(reports[key], reports[other]) for key, other in pairs]


def link_reports(
    keys: Sequence[str], ledger: Ledger, writer: Writer, dissolved: set[str], compared: Compared | None = None
) -> None:
    """Tell, link and weigh these reports with everything they can belong to.

    `dissolved` are incidents that rested on earlier readings of these reports. `compared` are pairs of
    reports that were compared ahead; which are to be compared is asked anew, and those that are not there are.
    """
    moved = _origins(keys, ledger, writer, compared)
    for key, origin in moved.items():
        writer.set_origin(key, origin)
    dissolved = dissolved | ledger.incidents_with(reports=moved)
    fresh: dict[str, Telling] = {}
    profiles: dict[Telling, Profile] = {}
    blocks: set[str] = set()
    statements: dict[str, Statement] = {}
    said: dict[str, dict[str, Statement]] = defaultdict(dict)
    for statement in ledger.statements(reports=keys):
        said[statement.claim.report][statement.claim.key] = statement
    told: dict[str, list[tuple[Telling, frozenset[str]]]] = {}
    for key in keys:
        own = said[key]
        told[key] = [(telling, block.keys(telling, own, profiles)) for telling in tell(list(own.values()))]
        fresh |= {telling.key: telling for telling, _ in told[key]}
        blocks |= {name for _, names in told[key] for name in names}
        statements |= own
    writer.add_tellings(told)
    candidates = [telling for telling in ledger.tellings_by_block(blocks) if telling.key not in fresh]
    statements |= _statements(candidates, ledger, statements)
    writer.add_links(link(list(fresh.values()), statements, candidates, profiles))
    settle(ledger, writer, set(fresh), dissolved, statements, profiles)


def _origins(
    keys: Sequence[str], ledger: Ledger, writer: Writer, compared: Compared | None = None
) -> dict[str, Origin]:
    """The origins that change now that these reports are known: theirs, and those of their near-copies."""
    ahead = compared or Compared()
    met = set(ledger.near_reports(keys, copies.MEET, copies.CROWD))
    copied = {pair: likeness for pair, likeness in ahead.alike.items() if pair in met or pair[::-1] in met}
    copied |= copies.alike(_pairs_of(sorted(met - ahead.pairs), ledger))
    writer.set_likenesses(keys, copied)
    alike = ledger.likenesses(keys)
    group = {*keys, *(key for pair in alike for key in pair)}
    before = ledger.origins(group)
    found: dict[str, Origin] = {}
    for key, (first, share) in copies.firsts(ledger.published(group), alike).items():
        if share is not None:
            found[key] = Origin(first, round(share, 4))
        elif key in before and before[key].report == first:
            found[key] = before[key]
        else:
            texts = reports_of((key, first), ledger)
            found[key] = Origin(first, round(copies.share(*map(copies.wording, texts)), 4))
    return {key: found[key] for key in sorted(found) if found[key] != before.get(key)}


def reports_of(keys: Iterable[str], ledger: Ledger) -> list[Report]:
    """The reports of these keys, in their order."""
    wanted = list(keys)
    known = ledger.reports_by_key(wanted)
    return [known[key] for key in wanted if key in known]


def settle(
    ledger: Ledger,
    writer: Writer,
    touched: set[str],
    dissolved: set[str],
    known: Mapping[str, Statement] | None = None,
    profiles: dict[Telling, Profile] | None = None,
) -> None:
    """Gather and weigh the connected parts that hold these tellings, or what is left of these incidents.

    `known` are statements by claim, and `profiles` tellings, as this very transaction has them.
    """
    touched = touched | ledger.tellings_of(dissolved)
    tellings, links, judgements = _parts(touched, ledger)
    statements = _statements(tellings, ledger, known or {})
    origins = ledger.origins({telling.report for telling in tellings})
    gathered = gather(tellings, links, statements, judgements, profiles)
    # One that comes out as it stands, with nothing new in it, weighs what it weighed.
    kept = ledger.standing(
        incident
        for incident in gathered
        if incident.id not in dissolved and not any(telling.key in touched for telling in incident.tellings)
    )
    gathered = tuple(incident for incident in gathered if incident.id not in kept)
    # An incident lies whole within a connected part or whole outside it, so one telling tells.
    removed = dissolved | ledger.incidents_with(claims=(c for telling in tellings for c in telling.claims[:1])) - kept
    gathered = _explained(gathered, ledger)
    weighed, items = [], {}
    for incident in gathered:
        scales = Scales(incident, statements, origins, judgements)
        tallies = {policy.label: scales.tally(policy) for policy in POLICIES.values()}
        weighed.append((incident, tuple(tallies.values())))
        items[incident.id] = waiting(incident, tallies[ASKED.label], statements, scales, ASKED, judgements)
    said = {
        incident.id: spoken(incident, statements, origins, SPOKEN, weights[0].differences, judgements)
        for incident, weights in weighed
    }
    writer.replace_incidents(sorted(removed), weighed, said)
    # How well an incident is supported is the same under every policy.
    writer.queue([(incident, weights[0].grade, items[incident.id]) for incident, weights in weighed])


def judgements_now(ledger: Ledger) -> tuple[Judgement, ...]:
    """The judgements that count, each of the claims that stand now for those that its person saw."""
    return _now(ledger.judgements(), ledger)


def _now(judgements: Iterable[Judgement], ledger: Ledger) -> tuple[Judgement, ...]:
    counted = standing(judgements)
    now = ledger.successors({claim for judgement in counted for claim in judgement.claims})
    return tuple(
        replace(judgement, claims=tuple(dict.fromkeys(key for claim in judgement.claims for key in now.get(claim, ()))))
        for judgement in counted
    )


def _parts(touched: set[str], ledger: Ledger) -> tuple[tuple[Telling, ...], tuple[Link, ...], tuple[Judgement, ...]]:
    """The connected parts of these tellings, with those that a person's merge joins to them, and the judgements."""
    while True:
        tellings, links = ledger.component(sorted(touched), weights=False)
        claims = {key for telling in tellings for key in telling.claims}
        judgements = _now({one for found in ledger.judgements_for(claims).values() for one in found}, ledger)
        joined = {
            claim
            for judgement in judgements
            if judgement.verb is Verb.MERGE and claims & set(judgement.claims)
            for claim in set(judgement.claims) - claims
        }
        more = ledger.tellings_of(ledger.incidents_with(claims=joined))
        if not more - touched - {telling.key for telling in tellings}:
            return tellings, links, judgements
        touched = touched | more


def _explained(gathered: Sequence[Incident], ledger: Ledger) -> tuple[Incident, ...]:
    """The incidents, each with the weights of those links that say why its loosest telling is in it."""
    thin = {incident.id: {(link.a, link.b) for link in thinnest(incident)[1]} for incident in gathered}
    known = ledger.links(pair for pairs in thin.values() for pair in pairs)
    return tuple(
        replace(incident, links=tuple(known.get((link.a, link.b), link) for link in incident.links))
        if thin[incident.id]
        else incident
        for incident in gathered
    )


def _statements(tellings: Iterable[Telling], ledger: Ledger, known: Mapping[str, Statement]) -> dict[str, Statement]:
    """The statements of these tellings by claim; those that are known are not read again."""
    claims = {key for telling in tellings for key in telling.claims}
    found = {key: known[key] for key in claims & known.keys()}
    found |= {one.claim.key: one for one in ledger.statements(claims=claims - known.keys())}
    return {key: found[key] for key in sorted(found)}
