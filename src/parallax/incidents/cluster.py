"""Tellings and their links, gathered into incidents.

The links, with the merges that people made, fall into connected components. Each
component is then cut on its own: starting from single tellings, the two clusters with
the highest average link are joined, then the next, as long as that average is above
`CUT` (`linkage`; a pair of tellings without a link counts as 0). Tellings
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
from datetime import date

import numpy as np

from parallax.incidents import days, linkage, places
from parallax.incidents.apart import Reason, reason_of
from parallax.incidents.judge import Rulings, divide, rulings
from parallax.incidents.linkage import Bar
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
POINT = 1000  # scores are counted in thousandths, as which they are given
SHARE = 1 / 3  # of an incident's tellings, linked to one without a day or place, that are enough to join it
DAYS_APART = 3  # tellings whose own days are further apart are of two happenings
FINE = places.FINENESS[PlacePrecision.CITY]  # only places known this well can rule a cluster out


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
        (made.a, made.b) if made.a < made.b else (made.b, made.a): made
        for made in links
        if made.a in known and made.b in known and made.a not in rules.alone and made.b not in rules.alone
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
        cut = _cut(component, joined, seen, rules)
        for members, own in zip(cut, _inside(cut, joined), strict=True):
            if not kept.isdisjoint(members):
                found.append(_incident([known[key] for key in members], own, seen, came_from))
    return tuple(sorted(found, key=lambda incident: incident.id))


def _inside(clusters: Sequence[Sequence[str]], links: Mapping[tuple[str, str], Link]) -> list[list[Link]]:
    """For each of the clusters the links between its own tellings, by the keys of the two."""
    home = {key: n for n, members in enumerate(clusters) for key in members}
    found: list[list[Link]] = [[] for _ in clusters]
    for a, b in sorted(links):
        if home[a] == home[b]:
            found[home[a]].append(links[a, b])
    return found


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
        one, other = root(a), root(b)
        if one != other:
            home[max(one, other)] = min(one, other)
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
    if len(seeds) == 1:
        return [list(seeds[0])]
    apart = _Apart(seeds, links, seen, {pair for pair in rules.asunder if pair[0] in inside})
    number = {key: n for n, seed in enumerate(seeds) for key in seed}
    between = [
        (number[a], number[b], round(made.score * POINT)) for (a, b), made in links.items() if number[a] != number[b]
    ]
    firm = [any(_firm(seen[key]) for key in seed) for seed in seeds]
    found = linkage.clusters([len(seed) for seed in seeds], firm, between, Bar(CUT * POINT, SHARE), apart.may_join)
    return [sorted(key for n in some for key in seeds[n]) for some in found]


def _firm(seen: Profile) -> bool:
    """Whether the telling names a day, give or take a few, and a place no wider than a city."""
    day = seen.when is not None and seen.when.precision <= DayPrecision.WEEK
    fine = seen.main is not None and places.FINENESS[seen.main.precision] <= FINE
    return day and (fine or bool(seen.written))


class _Apart:
    """What keeps two tellings of a component apart, looked at once for each pair that comes up."""

    def __init__(
        self,
        seeds: Sequence[Sequence[str]],
        links: Mapping[tuple[str, str], Link],
        seen: Mapping[str, Profile],
        asunder: set[tuple[str, str]],
    ) -> None:
        self._seen, self._asunder = seen, asunder
        self._keys = [key for seed in seeds for key in seed]
        ends = np.cumsum([len(seed) for seed in seeds])
        self._of = [np.arange(end - len(seed), end) for seed, end in zip(seeds, ends.tolist(), strict=True)]
        number = {key: n for n, key in enumerate(self._keys)}
        # Pairs of which it is known that nothing keeps them apart.
        self._clear = np.zeros((len(number), len(number)), np.bool_)
        for (a, b), made in links.items():
            if ((a, b) not in asunder) and (made.score >= STRONG or seen[a].report != seen[b].report):
                self._clear[number[a], number[b]] = self._clear[number[b], number[a]] = True
        self._linked = links.keys()

    def may_join(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        """Whether no pair of tellings across the two clusters of seeds rules the join out."""
        here, there = (np.concatenate([self._of[seed] for seed in some]) for some in (ours, theirs))
        for i, j in np.argwhere(~self._clear[np.ix_(here, there)]).tolist():
            one, other = int(here[i]), int(there[j])
            if self._keeps_apart(self._keys[one], self._keys[other]):
                return False
            self._clear[one, other] = self._clear[other, one] = True
        return True

    def _keeps_apart(self, a: str, b: str) -> bool:
        pair = (min(a, b), max(a, b))
        if pair in self._asunder or self._seen[a].report == self._seen[b].report:
            return True
        return pair not in self._linked and _cannot_be_one(self._seen[a], self._seen[b])


def _cannot_be_one(a: Profile, b: Profile) -> bool:
    """Whether the days or the places that the two give rule out one happening."""
    if a.when and b.when and max(a.when.length, b.when.length) <= VAGUE and days.gap(a.when, b.when) > DAYS_APART:
        return True
    fine = [place for place in (a.main, b.main) if place and places.FINENESS[place.precision] <= FINE]
    return len(fine) == 2 and places.between(*fine).nearness is Nearness.APART


def _incident(
    tellings: Sequence[Telling],
    links: Sequence[Link],
    seen: Mapping[str, Profile],
    came_from: Mapping[str, str],
) -> Incident:
    ordered = sorted(tellings, key=lambda t: (seen[t.key].published or date.max, t.key))
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
        links=tuple(links),
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
