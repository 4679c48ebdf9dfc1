"""Which of its bearers a place name means, from all the report says.

A name with many bearers is settled by the report as a whole: the container after a comma,
the countries and states it names, the nearness of its other places, the country of the
outlet's address, and how many people live there. Points are on a scale where one more is
ten times the people.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parallax.model import PlacePrecision, kilometres
from parallax.names.candidate import Candidate
from parallax.names.entry import Entry, around
from parallax.names.folding import fold
from parallax.names.kinds import QUARTERS
from parallax.names.words import words

WIDEST = 40
ROUNDS = 2
# How far a division's centre may lie from the town it is named for, where the packs do not say that it lies in it.
SEAT_KM = 120.0
# People from which a name's likeness to another is believed in a report that names no other place.
LIKELY = 20_000
# Names in a report from which its country is known, and people from which a place elsewhere needs no other sign.
STRANGERS_AMONG = 3
STRANGER = 50_000
STRANGER_KM = 300.0
# What a report calls a quarter lies no further from its town, so a village of like name far off is not it.
QUARTER_KM = 30.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a bearer, in powers of ten of people; set on the even half of LGL's reports."""

    own_name: float = 1.0
    preferred: float = 0.5
    country: float = 0.8
    region: float = 0.5
    same_country: float = 1.3
    same_state: float = 2.25
    near: float = 2.2
    near_most: float = 3.0
    near_km: float = 200.0
    beat: float = 2.5
    sharpness: float = 1.0


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A bearer of a name with its points."""

    points: float
    entry: Entry


def settle(
    candidates: Sequence[Candidate], beats: Mapping[str, float], weights: Weights = WEIGHTS
) -> list[list[Ranked]]:
    """For each candidate its bearers, the best first; `beats` are countries the report seems to be from."""
    return _Settling(candidates, beats, weights).ranked()


def certainty(order: Sequence[Ranked], weights: Weights = WEIGHTS) -> float:
    """The share of the best bearer among all, 0 to 1, by a softmax over their points."""
    top = order[0].points
    return 1.0 / sum(math.exp(weights.sharpness * (ranked.points - top)) for ranked in order)


_KINDS = {
    "governorate": PlacePrecision.GOVERNORATE,
    "governate": PlacePrecision.GOVERNORATE,
    "province": PlacePrecision.GOVERNORATE,
    "state": PlacePrecision.GOVERNORATE,
    "oblast": PlacePrecision.GOVERNORATE,
    "region": PlacePrecision.GOVERNORATE,
    "countryside": PlacePrecision.GOVERNORATE,
    "district": PlacePrecision.DISTRICT,
    "county": PlacePrecision.DISTRICT,
    "subdistrict": PlacePrecision.SUBDISTRICT,
}


def _of_kind(entries: tuple[Entry, ...], feature: str | None) -> tuple[Entry, ...]:
    """The bearers of the kind that the words name ("province"); a bare name means the town, not its division."""
    if feature in words().divisions:
        kind = _KINDS.get(feature or "")
        exact = tuple([entry for entry in entries if entry.region and entry.precision is kind])
        # "The Salah al-Din district of Aleppo" is a quarter, not the governorate of that name.
        quarters = tuple([entry for entry in entries if not entry.region]) if feature == "district" else ()
        return exact or quarters or tuple([entry for entry in entries if entry.region]) or entries
    towns = [entry for entry in entries if not entry.region]
    if feature in words().types and feature != "capital":
        return tuple(towns) or entries
    return tuple([entry for entry in entries if not _named_for(entry, towns)]) or entries


def _named_for(region: Entry, towns: Sequence[Entry]) -> bool:
    """Whether a division bears the name of a town in it, as Aleppo's governorate does."""
    if not region.region or region.precision is PlacePrecision.COUNTRY or region.country == "US":
        return False
    return any(
        town.country == region.country
        # Wide divisions have their middle far from their seat: Homs reaches through the desert to Iraq.
        and ((region.admin1 is not None and town.admin1 == region.admin1) or kilometres(town, region) < SEAT_KM)
        for town in towns
    )


class _Settling:
    """The candidates of one report while they are settled together."""

    def __init__(self, candidates: Sequence[Candidate], beats: Mapping[str, float], weights: Weights) -> None:
        self.candidates = candidates
        self.weights = weights
        self.names = [(fold(candidate.text), candidate.feature in words().divisions) for candidate in candidates]
        self.options = [self._options(candidate) for candidate in candidates]
        self.countries: dict[str, float] = defaultdict(float)
        self.states: dict[tuple[str, str], float] = defaultdict(float)
        for country, strength in beats.items():
            self.countries[country] += weights.beat * strength
        self._trust_likeness()
        self._hear_regions()

    def ranked(self) -> list[list[Ranked]]:
        ranked = [self._rank(options, self.countries, self.states, {}) for options in self.options]
        for _ in range(ROUNDS):
            chosen = self._chosen(ranked)
            countries, states = self._support(chosen)
            done: dict[tuple[object, ...], list[Ranked]] = {}
            for number, options in enumerate(self.options):
                key = (*self.names[number], self.candidates[number].container)
                if key not in done:
                    others = {name: best for name, best in chosen.items() if name != self.names[number]}
                    done[key] = self._rank(options, countries, states, others)
                ranked[number] = done[key]
        self._drop_strangers(ranked)
        return self._one_sense(ranked)

    def _drop_strangers(self, ranked: list[list[Ranked]]) -> None:
        """In a report about one country, an unknown village there is likelier than a small namesake far away."""
        named_in = {(order[0].entry.country, *name) for name, order in zip(self.names, ranked, strict=True) if order}
        countries = Counter([country for country, *_ in named_in])
        (home, times), *_ = countries.most_common(1) or [(None, 0)]
        if home is None or times < STRANGERS_AMONG or times < 0.7 * sum(countries.values()):
            return
        for number, order in enumerate(ranked):
            best = order[0].entry if order else None
            if best is None or best.region or best.country == home or self.candidates[number].container:
                continue
            named = best.country is not None and self.countries.get(best.country, 0.0) > 0
            if named or best.weight >= STRANGER or best.preferred:
                continue
            homes = (other[0].entry for other in ranked if other and other[0].entry.country == home)
            if all(kilometres(best, other) > STRANGER_KM for other in homes):
                ranked[number] = []

    def _options(self, candidate: Candidate) -> list[Ranked]:
        """The bearers that the words themselves allow, with the points they bring along."""
        entries = candidate.entries
        if candidate.container:
            inside = [e for e in entries if any(around(e, region) for region in candidate.container)]
            entries = tuple(inside) or entries
        entries = _of_kind(entries, candidate.feature)
        folded = fold(candidate.text)
        options = [Ranked(self._own_points(entry, folded), entry) for entry in entries]
        if len(options) > WIDEST:
            options = sorted(options, key=lambda ranked: -ranked.points)[:WIDEST]
        return options

    def _own_points(self, entry: Entry, folded: str) -> float:
        points = math.log10(entry.weight + 30)
        if entry.region:
            points += self.weights.country if entry.precision is PlacePrecision.COUNTRY else self.weights.region
        if fold(entry.name) == folded:
            points += self.weights.own_name
        if entry.preferred:
            points += self.weights.preferred
        return points

    def _trust_likeness(self) -> None:
        """A name that is only like another is believed in a country the report is about, or where many live."""
        about = {
            max(options, key=lambda ranked: ranked.points).entry.country
            for candidate, options in zip(self.candidates, self.options, strict=True)
            if options and not candidate.likeness
        }
        for number, candidate in enumerate(self.candidates):
            if candidate.likeness:
                self.options[number] = [
                    option
                    for option in self.options[number]
                    if option.entry.country in about or (not about and option.entry.weight >= LIKELY)
                ]
        self._keep_quarters_near()

    def _keep_quarters_near(self) -> None:
        """What is called a quarter is no village or town far from all the towns that the report names."""
        quarters = {n for n, candidate in enumerate(self.candidates) if candidate.feature in QUARTERS}
        called = {self.names[number][0] for number in quarters}
        towns = [
            max(options, key=lambda ranked: ranked.points).entry
            for number, options in enumerate(self.options)
            if options and not self.candidates[number].likeness and self.names[number][0] not in called
        ]
        towns = [town for town in towns if not town.region]
        for number in quarters if towns else ():
            division = self.candidates[number].feature == "district"
            sure = division and not self.candidates[number].likeness
            self.options[number] = [
                option
                for option in self.options[number]
                if sure
                or (division and option.entry.region)
                or option.entry.precision is PlacePrecision.NEIGHBOURHOOD
                or any(kilometres(town, option.entry) <= QUARTER_KM for town in towns)
            ]

    def _hear_regions(self) -> None:
        """Countries and states that the report names speak for the places within them."""
        for candidate, options in zip(self.candidates, self.options, strict=True):
            regions = [ranked.entry for ranked in options if ranked.entry.region]
            if candidate.container:
                regions = list(candidate.container[:1])
            elif len(regions) != 1 or len({ranked.entry.country for ranked in options}) > 3:
                continue
            region = regions[0]
            if region.country:
                self.countries[region.country] += 1.0
                if region.admin1:
                    self.states[region.country, region.admin1] += 1.0

    def _support(
        self, chosen: Mapping[tuple[str, bool], tuple[Entry, float]]
    ) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
        """The countries and states of what was chosen so far, added to those that are named."""
        countries, states = dict(self.countries), dict(self.states)
        for entry, sure in chosen.values():
            if entry.country:
                countries[entry.country] = countries.get(entry.country, 0.0) + 0.5 * sure
                if entry.admin1:
                    key = (entry.country, entry.admin1)
                    states[key] = states.get(key, 0.0) + 0.5 * sure
        return countries, states

    def _rank(
        self,
        options: Sequence[Ranked],
        countries: Mapping[str, float],
        states: Mapping[tuple[str, str], float],
        others: Mapping[tuple[str, bool], tuple[Entry, float]],
    ) -> list[Ranked]:
        weights = self.weights
        named, stated = sum(countries.values()) or 1.0, sum(states.values()) or 1.0
        order = []
        for option in options:
            entry, points = option.entry, option.points
            if entry.country:
                points += weights.same_country * countries.get(entry.country, 0.0) / named
                if entry.admin1:
                    points += weights.same_state * states.get((entry.country, entry.admin1), 0.0) / stated
            if others and len(options) > 1:
                near = sum(sure * math.exp(-kilometres(entry, e) / weights.near_km) for e, sure in others.values())
                points += min(weights.near_most, weights.near * near)
            order.append(Ranked(points, entry))
        order.sort(key=lambda ranked: (-ranked.points, ranked.entry.name, ranked.entry.geonameid or 0))
        return order

    def _chosen(self, ranked: Sequence[Sequence[Ranked]]) -> dict[tuple[str, bool], tuple[Entry, float]]:
        chosen: dict[tuple[str, bool], tuple[Entry, float]] = {}
        for name, candidate, order in zip(self.names, self.candidates, ranked, strict=True):
            if order:
                sure = 1.0 if candidate.container else certainty(order, self.weights)
                if name not in chosen or chosen[name][1] < sure:
                    chosen[name] = (order[0].entry, sure)
        return chosen

    def _one_sense(self, ranked: list[list[Ranked]]) -> list[list[Ranked]]:
        """One report means one place by one name: the mention with a container decides for the others."""
        decided: dict[tuple[str, bool], list[Ranked]] = {}
        for name, candidate, order in zip(self.names, self.candidates, ranked, strict=True):
            if candidate.container and order:
                decided.setdefault(name, order)
        return [
            order if candidate.container else decided.get(name, order)
            for name, candidate, order in zip(self.names, self.candidates, ranked, strict=True)
        ]
