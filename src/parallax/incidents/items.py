"""Attacks that a report tells whole: with an act, a place and dead of their own."""

from __future__ import annotations

import re

from parallax.incidents import places
from parallax.incidents.pieces import SETTLED, Piece, by_sentence, dead_of
from parallax.incidents.places import Nearness
from parallax.model import Kind, Place, PlacePrecision, Statement

# What lies in a town, by its words; a name without them is a town or a village of its own.
_PART = re.compile(
    r"\b(?:neighbou?rhoods?|quarters?|districts?|streets?|roads?|squares?|markets?|areas?|camps?|hospitals?|schools?|mosques?"
    r"|roundabouts?|airports?|airbases?|bases?|crossings?|buildings?)\b",
    re.IGNORECASE,
)
HELD = frozenset({Nearness.SAME, Nearness.WITHIN, Nearness.MAYBE})
CITIES = frozenset({PlacePrecision.TOWN, PlacePrecision.CITY})
ROUNDED = 1.1  # a headline's number and its text's


def nearness(p: Place, q: Place) -> Nearness:
    """How near the two are; two towns that a report names apart are as often two happenings, be they close."""
    near = places.between(p, q).nearness
    return Nearness.UNSURE if near is Nearness.NEAR and {p.precision, q.precision} <= SETTLED else near


def written_alike(piece: Piece, told: Piece) -> bool:
    """Whether the two write a place alike."""
    return any(places.alike(n, m) for n in piece.written for m in told.written)


def is_another_item(piece: Piece, group: Piece) -> bool:
    """Whether both tell of an attack whole (act, place and dead), of places written otherwise and of other dead."""
    if not (piece.is_item and group.is_item) or written_alike(piece, group):
        return False
    one_voice = bool(piece.counters & group.counters)
    ours, theirs = piece.spots, group.spots
    held = [t for t in theirs if any(_may_hold(s, t, one_voice) for s in ours)]
    rest = [t for t in theirs if t not in held]
    # Two quarters of a city are two, though its own toll stands beside the one told first.
    if held and not (one_voice and all(map(is_quarter, ours)) and all(map(is_city, held))):
        return False
    dead = dead_of(rest) if held else group.dead
    return bool(ours and rest and dead) and piece.dead.isdisjoint(dead)


def is_another_attack(piece: Piece, group: Piece) -> bool:
    """Whether one voice counts dead of two attacks of other sorts, each with its act in the sentence, one from the air.

    "Raids killed 13, it said. Shells on the west killed nine": two, though town and day are the same.
    """
    told = [item for item in by_sentence(group) if item.figures and item.acts and item.counters & piece.counters]
    if not told or not piece.figures or not piece.acts:
        return False
    others = (item.acts.isdisjoint(piece.acts) and not near_figures(item, piece) for item in told)
    return all(others) and all(Kind.AIR_STRIKE in item.acts | piece.acts for item in told)


def near_figures(a: Piece, b: Piece) -> bool:
    """Whether the two give one number of dead, or one that is rounded from the other ("80", "over 85")."""
    return any(max(n, m) <= ROUNDED * min(n, m) for n in a.figures for m in b.figures)


def is_quarter(s: Statement) -> bool:
    """Whether the statement names a part of a town."""
    found = s.place is not None and s.place.precision is PlacePrecision.NEIGHBOURHOOD
    return found or (s.claim.where is not None and _PART.search(s.claim.where.text) is not None)


def is_city(s: Statement) -> bool:
    """Whether the statement names a whole city or town that is found."""
    place = s.place
    return place is not None and place.lat is not None and place.precision in CITIES and not is_quarter(s)


def _may_hold(s: Statement, t: Statement, one_voice: bool) -> bool:
    """Whether the places of two statements may be one, or one lie in the other.

    A quarter that is in no gazetteer may lie in the town that the other names, and so may what
    another voice calls by another name; one voice that names a village and another village means two.
    """
    if s.place is None or t.place is None:
        return True
    if (s.place.lat is None) is (t.place.lat is None):
        return nearness(s.place, t.place) in HELD
    lost, found = (s, t) if s.place.lat is None else (t, s)
    is_part = _PART.search(lost.claim.where.text if lost.claim.where else "") is not None
    return not one_voice or (is_part and found.place is not None and found.place.precision in SETTLED)
