"""Whether a piece of a report is about what the report told before: a sum of readable points.

Each piece may join one of the happenings told before it or start another. What speaks for
and against is a fact with a name; its points are log-odds against starting another happening
(McFadden's conditional logit, 1974), fitted by `training.tellings` on reports whose claims
were grouped by a written guide. A day weighs less than a name or a number of dead, for days
are what is misread most.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from math import log1p

from parallax.incidents import places, words
from parallax.incidents.items import is_another_attack, is_another_item, near_figures, nearness, written_alike
from parallax.incidents.pieces import AREAS, CHANGES, Piece, may_share_days, sharp
from parallax.incidents.places import Nearness
from parallax.model import Kind, Place, PlacePrecision

POINTS: Mapping[str, float] = json.loads(
    resources.files("parallax.incidents").joinpath("belonging.json").read_text("utf-8")
)

LEAD = 2  # sentences with a claim of what happened: mostly the headline and what follows it
ELSEWHERE = frozenset({Nearness.NEAR, Nearness.BESIDE, Nearness.UNSURE})
AWAY = frozenset({Nearness.BESIDE, Nearness.UNSURE, Nearness.APART})

# Acts that one attack is often told as.
KINDRED = (
    frozenset({Kind.AIR_STRIKE, Kind.SHELLING, Kind.CHEMICAL_ATTACK}),
    frozenset({Kind.GROUND_ATTACK, Kind.SHELLING, Kind.SEIZED, Kind.WITHDREW}),
    frozenset({Kind.GROUND_ATTACK, Kind.BOMBING}),
)


def points(piece: Piece, told: Piece, last: Piece | None, by_fact: Mapping[str, float] = POINTS) -> float | None:
    """Log-odds of `piece` being about what was `told` rather than of another happening; None where it cannot be.

    `last` is the happening that the piece before was about.
    """
    found = facts(piece, told, last)
    return None if found is None else sum(by_fact.get(name, 0.0) * value for name, value in found.items())


def facts(piece: Piece, told: Piece, last: Piece | None) -> dict[str, float] | None:
    """What speaks for or against the piece being about what was told, by name; None where it cannot be."""
    if piece.family != told.family or _speaks_against(piece, told):
        return None
    if piece.another and not (told.another and piece.shares_place(told)):
        return None
    between = piece.first - told.last
    found = {"joins what was told": 1.0, "sentences between": log1p(between)}
    found |= dict.fromkeys((*_order(told, last), *piece.ties), 1.0)
    found |= dict.fromkeys((*_days(piece, told), *_where(piece, told)), 1.0)
    found |= dict.fromkeys((*_who(piece, told), *_what(piece, told), *_whom(piece, told)), 1.0)
    return found


def _speaks_against(piece: Piece, told: Piece) -> bool:
    """Whether the two cannot be one happening.

    A day that a person set is another, two days surely read are not one, a place lies apart, one says who
    holds a place that others fight for, more people are counted at another place, or both tell of attacks
    whole that are not one.
    """
    if not may_share_days(piece, told):
        return True
    near = {places.between(p, q).nearness for p in piece.places for q in told.places}
    if Nearness.APART in near and Nearness.SAME not in near:
        return True
    if (piece.is_state and not _is_taken(piece, told)) or (told.is_state and not _is_taken(told, piece)):
        return True
    if piece.adds and near and near <= ELSEWHERE and not written_alike(piece, told):
        return True
    return is_another_item(piece, told) or is_another_attack(piece, told)


def _order(told: Piece, last: Piece | None) -> list[str]:
    """Where what was told stands in the report."""
    found = ["told in the lead"] if told.first < LEAD else []
    return found + (["told last"] if told is last else [])


def _days(piece: Piece, told: Piece) -> list[str]:
    found = ["gives its own day"] if piece.sure_days else []
    ours, theirs = sharp(piece.days), sharp(told.days)
    if not ours or not theirs:
        return found
    if any(a.meets(b) for a in ours for b in theirs):
        return found
    return [*found, "days differ"]


def _where(piece: Piece, told: Piece) -> list[str]:
    found = ["names a place"] if piece.written else []
    if written_alike(piece, told):
        found.append("one place by its words")
    names = told.names | {words.place_name(place.name) for place in told.places}
    if any(places.alike(n, m) for n in piece.names for m in names):
        found.append("a place in no gazetteer told again")
    if _towns_apart(piece, told):
        found.append("attacks on two towns")
    if any(_one_spot(p, q) for p in piece.places for q in told.places):
        found.append("one place, no city or wider")
    near = {nearness(p, q) for p in piece.places for q in told.places}
    return found + (["of another place"] if near and near <= ELSEWHERE else [])


def _one_spot(p: Place, q: Place) -> bool:
    """Whether the two are one place, and one so small that little else happens in it on the same days."""
    wide = (PlacePrecision.CITY, *AREAS)
    return p.precision not in wide and places.between(p, q).nearness is Nearness.SAME


def _towns_apart(piece: Piece, told: Piece) -> bool:
    """Whether both tell of an attack and name a town or village, and none of the one lies near any of the other."""
    if not (piece.acts and told.acts):
        return False
    near = {places.between(p, q).nearness for p in piece.settlements for q in told.settlements}
    return bool(near) and near <= AWAY


def _who(piece: Piece, told: Piece) -> list[str]:
    if not piece.doers:
        return ["names no doer"]
    if not told.doers:
        return []
    return ["same doer" if piece.doers & told.doers else "another doer"]


def _what(piece: Piece, told: Piece) -> list[str]:
    found = ["one is how things stand"] if piece.is_state is not told.is_state else []
    if not piece.acts or not told.acts:
        return found
    if piece.acts & told.acts:
        return [*found, "same act"]
    kindred = any(piece.acts & kin and told.acts & kin for kin in KINDRED)
    return [*found, "kindred act" if kindred else "another act"]


def _is_taken(state: Piece, other: Piece) -> bool:
    """Whether who holds a place may be told because it changed hands, or because the holder fought for it."""
    if other.acts & CHANGES:
        return True
    one_fought = bool(state.doers & other.doers) or not state.doers or not other.doers
    return Kind.GROUND_ATTACK in other.acts and one_fought


def _whom(piece: Piece, told: Piece) -> list[str]:
    found = ["names a person"] if piece.persons else []
    found += ["same person"] if piece.persons & told.persons else []
    found += ["same words for victims"] if piece.victim_words & told.victim_words else []
    if piece.figures and told.figures:
        found.append("same number of dead" if near_figures(piece, told) else "another number of dead")
    return found
