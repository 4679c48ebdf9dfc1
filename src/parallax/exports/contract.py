"""The JSON shapes of the command contracts: one place that every output takes them from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from parallax.model import Bound, Claim, Count, Days, Incident, Kind, Mention, Place, PlaceMention, Statement, Tally

Json = dict[str, Any]


def _words(mention: Mention | None) -> str | None:
    return mention.text if mention else None


def count(value: Count | None) -> Json | None:
    """A count as `{"low", "high", "text"}`, or None."""
    return {"low": value.low, "high": value.high, "text": value.text} if value else None


def days(value: Days | None) -> list[str] | None:
    """An interval of days as two ISO dates, or None."""
    return [value.first.isoformat(), value.last.isoformat()] if value else None


def claim(value: Claim) -> Json:
    """One claim of `parallax claims`; the voice of the report itself is "author"."""
    return {
        "start": value.start,
        "end": value.end,
        "kind": str(value.kind),
        "count": count(value.count),
        "whom": _words(value.whom),
        "whom_class": str(value.whom_class),
        "who": _words(value.who),
        "where": _words(value.where),
        "when": days(value.when),
        "voice": value.voice.text if value.voice else "author",
        "via": _words(value.via),
        "stance": str(value.stance),
        "scope": str(value.scope),
        "certainty": round(value.certainty, 3),
        "certainties": {slot: round(sure, 3) for slot, sure in value.certainties},
    }


def claims(found: Iterable[Claim]) -> list[Json]:
    """The claims of one report."""
    return [claim(value) for value in found]


def place_mentions(found: Iterable[PlaceMention]) -> list[Json]:
    """The places of one report."""
    return [place_mention(value) for value in found]


def place_mention(value: PlaceMention) -> Json:
    """One place of `parallax places`: null coordinates where it was not resolved."""
    place = value.place
    return {
        "start": value.mention.start,
        "end": value.mention.end,
        "text": value.mention.text,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "name": place.name if place else None,
        "geonameid": place.geonameid if place else None,
        "country": place.country if place else None,
        "precision": str(place.precision) if place else None,
    }


def where(place: Place | None) -> Json | None:
    """A place as `{"name", "lat", "lon", "precision"}`, or None."""
    if place is None:
        return None
    return {"name": place.name, "lat": place.lat, "lon": place.lon, "precision": str(place.precision)}


def _ends(low: Bound, high: Bound, best: Bound | None) -> Json:
    ends: Json = {"low": low.value, "high": high.value}
    if best is not None:
        ends["best"] = best.value
    return ends


def ranges(tally: Tally) -> dict[str, dict[str, Json]]:
    """The ranges of a tally, by harm and class of victim."""
    shaped: dict[str, dict[str, Json]] = {}
    for spread in tally.ranges:
        shaped.setdefault(str(spread.kind), {})[spread.whom] = _ends(spread.low, spread.high, spread.best)
    return shaped


def incident(value: Incident, tally: Tally, statements: Mapping[str, Statement], ids: Mapping[str, str]) -> Json:
    """One incident of `parallax incidents`.

    `statements` are by claim key; `ids` are the reports' own ids by report key.
    """
    claims = sorted(
        (statements[key].claim for key in value.claims), key=lambda c: (ids[c.report], c.start, c.end, c.kind)
    )
    return {
        "id": value.id,
        "reports": sorted(ids[key] for key in value.reports),
        "claims": [{"report": ids[c.report], "start": c.start, "end": c.end, "kind": str(c.kind)} for c in claims],
        "when": days(value.when),
        "where": where(value.where),
        "kinds": [str(kind) for kind in Kind if kind in value.kinds],
        "ranges": ranges(tally),
        "grade": str(tally.grade),
        "strike_status": str(tally.strike_status) if tally.strike_status else None,
        "attributed": [{"actor": a.actor, "by": list(a.by)} for a in tally.attributed],
        "links": tally.links,
        "origins": tally.origins,
    }
