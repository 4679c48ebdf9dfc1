"""How finely a place may leave the ledger: never finer than reports name it, nor than about a kilometre."""

from __future__ import annotations

from dataclasses import replace

from parallax.model import Place, PlacePrecision
from parallax.names.areas import countries, divisions

# Decimals of a degree kept (two: about 1 km; one: about 11 km), and the radius in
# kilometres within which the happening may lie, by how exactly the place is named.
_DECIMALS = {
    PlacePrecision.SUBDISTRICT: 1,
    PlacePrecision.DISTRICT: 1,
    PlacePrecision.GOVERNORATE: 1,
    PlacePrecision.COUNTRY: 0,
}
_RADIUS_KM = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.LANDMARK: 1,
    PlacePrecision.STREET: 1,
    PlacePrecision.NEIGHBOURHOOD: 2,
    PlacePrecision.VILLAGE: 3,
    PlacePrecision.TOWN: 5,
    PlacePrecision.CITY: 10,
    PlacePrecision.SUBDISTRICT: 20,
    PlacePrecision.DISTRICT: 35,
    PlacePrecision.GOVERNORATE: 80,
    PlacePrecision.COUNTRY: 300,
}
_COARSE = (PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
# UCDP GED codebook, `where_prec`: 1 exact location, 2 within about 25 km of a known
# point, 3 second-order division, 4 first-order division, 6 country.
_UCDP = {
    PlacePrecision.SUBDISTRICT: 3,
    PlacePrecision.DISTRICT: 3,
    PlacePrecision.GOVERNORATE: 4,
    PlacePrecision.COUNTRY: 6,
}


def point(place: Place | None) -> tuple[float, float] | None:
    """Latitude and longitude, rounded as far as the place's precision asks; None if it has none."""
    if place is None or place.lat is None or place.lon is None:
        return None
    decimals = _DECIMALS.get(place.precision, 2)
    return round(place.lat, decimals), round(place.lon, decimals)


def coarse(place: Place | None) -> Place | None:
    """A place as it may be told of a source at risk: its division at best, to a tenth of a degree (about 11 km)."""
    if place is None:
        return None
    precision = place.precision if place.precision in _COARSE else PlacePrecision.DISTRICT
    name, at = place.name, point(replace(place, precision=precision))
    if place.precision not in _COARSE:
        division = divisions().get(f"{place.country}-{place.admin[0]}") if place.country and place.admin else None
        name = division or countries().get(place.country or "") or "a place withheld"
    return Place(name, at[0] if at else None, at[1] if at else None, precision, place.country, admin=place.admin[:1])


def radius_km(place: Place) -> int:
    """How far from its point a happening at this place may lie, in kilometres."""
    return _RADIUS_KM[place.precision]


def where_prec(place: Place | None) -> int | None:
    """UCDP's `where_prec`, 1 (exact) to 6 (country); None without a place."""
    return None if place is None else _UCDP.get(place.precision, 1)
