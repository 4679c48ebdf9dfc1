"""Tellings and their links, gathered into incidents.

The links, with the merges that people made, fall into connected components. Each
component is then cut on its own: starting from single tellings, the two clusters with
the highest average link are joined, then the next, as long as that average is above
`CUT` (average linkage; a pair of tellings without a link counts as `NO_LINK`). Tellings
that name a day and a place are joined first; those that lack one are then joined to
the most told of them, and to each other last. So a chain, where each telling resembles the next and the
ends are two battles, does not make one incident. Two clusters are never joined where
their days or places cannot be of one happening, where one report tells of both and they
are not strongly linked, or where a person split them; what a person merged is one
cluster from the start.

Incremental use: make the new tellings; take from the ledger the tellings that share a
block key with them; `link(new, statements, against=those)`; take every component that a
new link, or a merge, touches, whole, with its stored links; `gather` those tellings with
their old and new links. The result is exactly what `gather` on everything would give for
these tellings, and no other incident can change: a component's incidents depend on the
component alone, and never on the order of anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heapify, heappop, heappush

from parallax.incidents import days, places
from parallax.incidents.apart import Reason, reason_of
from parallax.incidents.judge import Rulings, divide, rulings
from parallax.incidents.places import Nearness
from parallax.incidents.profile import VAGUE, Profile, profile
from parallax.incidents.score import STRONG
from parallax.model import (
    DayPrecision,
    Days,
    Incident,
    Judgement,
    Kind,
    Link,
    Place,
    PlacePrecision,
    Statement,
    Telling,
    Verb,
)

CUT = 2.5
NO_LINK = 0.0
SHARE = 1 / 3  # of an incident's tellings, linked to one without a day or place, that are enough to join it
DAYS_APART = 3  # tellings whose own days are further apart are of two happenings
FINE = places.FINENESS[PlacePrecision.CITY]  # only places known this well can rule a cluster out


_Offer = tuple[int, float, str, str, int, int]


@dataclass(slots=True)
class _Cluster:
    """Tellings held to be of one happening so far, by key, and what rules others out."""

    members: list[str]
    firm: bool  # whether one of them names a day and a place
    neighbours: dict[int, tuple[float, int]] = field(default_factory=dict)  # cluster number: sum and count of links


def gather(
    tellings: Iterable[Telling],
    links: Iterable[Link],
    statements: Mapping[str, Statement],
    judgements: Sequence[Judgement] = (),
    profiles: dict[Telling, Profile] | None = None,
) -> tuple[Incident, ...]:
    """The incidents that the tellings are of, sorted by id; every claim of a telling is in one, or stands apart.

    Tellings that are of no happening (`apart.reason_of`) make no incident, unless a person merged
    them into one. Every telling is in one at most, but for one that a person cut: its pieces
    keep its key, with the claims of the piece, and may be in several.
    Links that name a telling not given are passed over. A MERGE or SPLIT always wins over
    what the links say; the later of two judgements over the earlier. `profiles` are those
    that are known beside these statements; those made are put there.
    """
    whole = {telling.key: telling for telling in tellings}
    pieces = {key: divide(telling, judgements) for key, telling in whole.items()}
    known = {piece.key: piece for cut in pieces.values() for piece in cut}
    came_from = {piece.key: key for key, cut in pieces.items() for piece in cut}
    rules = rulings(known.values(), judgements)
    usable = {
        (min(made.a, made.b), max(made.a, made.b)): made
        for made in links
        if made.a in known and made.b in known and not {made.a, made.b} & rules.alone
    }
    seen = {key: profile(telling, statements, profiles) for key, telling in known.items()}
    kept = _kept(known.values(), statements, rules, judgements)
    found: list[Incident] = []
    parts = components(known, [*usable, *rules.together])
    part_of = {key: n for n, part in enumerate(parts) for key in part}
    links_of: dict[int, dict[tuple[str, str], Link]] = defaultdict(dict)
    for pair, made in usable.items():
        links_of[part_of[pair[0]]][pair] = made
    for n, component in enumerate(parts):
        joined = links_of[n]
        for members in _cut(component, joined, seen, rules):
            if not kept.isdisjoint(members):
                found.append(_incident([known[key] for key in members], joined, seen, came_from))
    return tuple(sorted(found, key=lambda incident: incident.id))


def _kept(
    tellings: Iterable[Telling], statements: Mapping[str, Statement], rules: Rulings, judgements: Sequence[Judgement]
) -> set[str]:
    """The keys of the tellings that make an incident: of a happening, or of what a person took for one."""
    merged = [set(judgement.claims) for judgement in judgements if judgement.verb is Verb.MERGE]
    split = {claim for judgement in judgements if judgement.verb is Verb.SPLIT for claim in judgement.claims}
    kept = {key for pair in rules.together for key in pair}
    for telling in tellings:
        why = reason_of(telling, statements)
        own = set(telling.claims)
        if why is None or any(len(own & claims) > 1 for claims in merged) or (why is Reason.PASSING and own & split):
            kept.add(telling.key)
    return kept


def components(keys: Iterable[str], pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The connected components of the keys under the pairs, each sorted, and sorted among themselves."""
    home = {key: key for key in keys}

    def root(key: str) -> str:
        while home[key] != key:
            home[key] = home[home[key]]
            key = home[key]
        return key

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        home[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(home):
        groups[root(key)].append(key)
    return tuple(sorted(tuple(group) for group in groups.values()))


def _cut(
    component: Sequence[str],
    links: Mapping[tuple[str, str], Link],
    seen: Mapping[str, Profile],
    rules: Rulings,
) -> list[list[str]]:
    """The component's tellings in clusters, by constrained average linkage."""
    inside = set(component)
    seeds = components(component, [pair for pair in rules.together if pair[0] in inside])
    clusters = {n: _Cluster(list(seed), any(_firm(seen[key]) for key in seed)) for n, seed in enumerate(seeds)}
    number = {key: n for n, cluster in clusters.items() for key in cluster.members}
    for (a, b), made in sorted(links.items()):
        n, m = number[a], number[b]
        if n != m:
            for here, there in ((n, m), (m, n)):
                total, count = clusters[here].neighbours.get(there, (0.0, 0))
                clusters[here].neighbours[there] = (round(total + made.score, 6), count + 1)
    asunder = {pair for pair in rules.asunder if pair[0] in inside}

    def offer(n: int, m: int) -> _Offer | None:
        """Two clusters as they are put up for joining: firm ones first, then by average; the keys settle ties.

        What names no day or no place goes where most links go: to the happening most told of.
        """
        one, other = clusters[n], clusters[m]
        total, count = one.neighbours[m]
        pairs = len(one.members) * len(other.members)
        average = (total + NO_LINK * (pairs - count)) / pairs
        stage = 2 - one.firm - other.firm
        if average <= CUT and (stage != 1 or count / pairs < SHARE):
            return None
        first, second = one.members[0], other.members[0]
        if second < first:
            first, second = second, first
        return stage, -total if stage == 1 else -average, first, second, n, m

    every = (offer(n, m) for n, cluster in clusters.items() for m in cluster.neighbours if n < m)
    heap = [offered for offered in every if offered is not None]
    heapify(heap)
    latest = len(clusters)
    while heap and len(clusters) > 1:
        *_, n, m = heappop(heap)
        if n not in clusters or m not in clusters:
            continue
        if not _can_join(clusters[n].members, clusters[m].members, links, seen, asunder):
            continue
        one, other = clusters.pop(n), clusters.pop(m)
        clusters[latest] = merged = _Cluster(sorted(one.members + other.members), one.firm or other.firm)
        for neighbour in one.neighbours.keys() | other.neighbours.keys():
            if neighbour not in clusters:
                continue
            (ours, few), (theirs, more) = (c.neighbours.get(neighbour, (0.0, 0)) for c in (one, other))
            both = (round(ours + theirs, 6), few + more)
            merged.neighbours[neighbour] = clusters[neighbour].neighbours[latest] = both
            # What is offered has an order of its own, whichever comes first.
            if (offered := offer(neighbour, latest)) is not None:
                heappush(heap, offered)
        latest += 1
    return [cluster.members for cluster in clusters.values()]


def _firm(seen: Profile) -> bool:
    """Whether the telling names a day, give or take a few, and a place no wider than a city."""
    day = seen.when is not None and seen.when.precision <= DayPrecision.WEEK
    fine = seen.main is not None and places.FINENESS[seen.main.precision] <= FINE
    return day and (fine or bool(seen.written))


def _can_join(
    ours: Sequence[str],
    theirs: Sequence[str],
    links: Mapping[tuple[str, str], Link],
    seen: Mapping[str, Profile],
    asunder: set[tuple[str, str]],
) -> bool:
    """Whether no pair of tellings across the two clusters rules the join out."""
    for a in ours:
        for b in theirs:
            pair = (min(a, b), max(a, b))
            if pair in asunder:
                return False
            if seen[a].report == seen[b].report and (pair not in links or links[pair].score < STRONG):
                return False
            if pair not in links and _cannot_be_one(seen[a], seen[b]):
                return False
    return True


def _cannot_be_one(a: Profile, b: Profile) -> bool:
    """Whether the days or the places that the two give rule out one happening."""
    if a.when and b.when and max(a.when.length, b.when.length) <= VAGUE and days.gap(a.when, b.when) > DAYS_APART:
        return True
    fine = [place for place in (a.main, b.main) if place and places.FINENESS[place.precision] <= FINE]
    return len(fine) == 2 and places.between(*fine).nearness is Nearness.APART


def _incident(
    tellings: Sequence[Telling],
    links: Mapping[tuple[str, str], Link],
    seen: Mapping[str, Profile],
    came_from: Mapping[str, str],
) -> Incident:
    ordered = sorted(tellings, key=lambda t: (seen[t.key].published or date.max, t.key))
    inside = {telling.key for telling in tellings}
    kept = tuple(links[pair] for pair in sorted(links) if pair[0] in inside and pair[1] in inside)
    held = [seen[telling.key] for telling in ordered]
    kinds = {kind for telling in held for kind in telling.kinds}
    whole: dict[str, Telling] = {}
    for piece in ordered:
        key = came_from[piece.key]
        claims = tuple(sorted({*piece.claims, *(whole[key].claims if key in whole else ())}))
        whole[key] = Telling(key, piece.report, claims)
    return Incident(
        id="i" + ordered[0].key,
        tellings=tuple(whole.values()),
        links=kept,
        kinds=tuple(kind for kind in Kind if kind in kinds),
        when=_when(held),
        where=_where(held),
    )


def _when(held: Sequence[Profile]) -> Days | None:
    """The days that most tellings support; the hull of the days before publication where none gives any."""
    return days.supported(p.when for p in held if p.when) or days.hull(p.window for p in held if p.window)


def _where(held: Sequence[Profile]) -> Place | None:
    """The finest place that most of the tellings that name any support: that they name, or that lies within theirs."""
    named = [p for p in held if p.main]
    votes: list[tuple[int, Place]] = []
    for place in {p.name: p for telling in named for p in telling.places}.values():
        backing = sum(any(_backs(other, place) for other in telling.places) for telling in named)
        votes.append((backing, place))
    if not votes:
        return None
    backed = [vote for vote in votes if 2 * vote[0] > len(named)] or [
        vote for vote in votes if vote[0] == max(n for n, _ in votes)
    ]
    return min(backed, key=lambda vote: (places.FINENESS[vote[1].precision], -vote[0], vote[1].name))[1]


def _backs(other: Place, place: Place) -> bool:
    """Whether naming `other` supports that it happened at `place`."""
    near = places.between(other, place).nearness
    return near is Nearness.SAME or (near is Nearness.WITHIN and places.coarser(other, place) is other)
