"""A choice among incidents that an address makes, and what every page of such a choice shows of it."""

from __future__ import annotations

import gc
import sys
import threading
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import Request

from parallax.accounts.policies import POLICIES
from parallax.config import Settings
from parallax.exports.coarsen import point
from parallax.ledger.ledger import Ledger
from parallax.ledger.marks import Atlas, extent
from parallax.ledger.selection import Selection
from parallax.ledger.timeline import timeline
from parallax.ledger.views import IncidentQuery
from parallax.model import Place
from parallax.workbench.choosing.bars import chart
from parallax.workbench.choosing.facets import area_words, facets, place_words
from parallax.workbench.choosing.naming import Naming
from parallax.workbench.choosing.signatures import signatures_of
from parallax.workbench.choosing.wanted import WHOLE, Wanted, box_words
from parallax.workbench.pages import TEMPLATES, ledger_of, settings_of, whole_ledger_of, with_query
from parallax.workbench.words import actor_words, kind_words

A_MOMENT = 2.0
NAMES = {
    "q": "the words",
    "kind": "kind",
    "place": "place",
    "from": "from",
    "to": "until",
    "actor": "actor",
    "grade": "grade",
    "signature": "signature",
    "division": "in",
    "at": "place",
    "box": "on the map within",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for, and the incidents that are so."""

    wanted: Wanted
    selection: Selection
    policy: str


class Drawing:
    """Where a ledger's places lie on a map, worked out once for the places that there are."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: tuple[Place, ...] | None = None
        self._atlas = Atlas((), ())

    def __call__(self, places: tuple[Place, ...]) -> Atlas:
        """The places as a map has them, rounded as in every export."""
        with self._lock:
            if self._places is not places:
                self._places, self._atlas = places, Atlas(places, map(point, places))
            return self._atlas


_NAMING, _DRAWING = Naming(), Drawing()


def choice(request: Request) -> Choice:
    """The choice that a request's address makes, under the policy that pages use."""
    settings = settings_of(request)
    wanted = Wanted.of(request.query_params)
    query = wanted.query(POLICIES[settings.policy].label)
    called = partial(_NAMING.for_words, f"{query.text} {query.place}")
    signed = signatures_of(whole_ledger_of(request))
    return Choice(wanted, ledger_of(request).selection(query, called, signed=signed), settings.policy)


def warm(ledger: Ledger, settings: Settings) -> None:
    """Read and work out what the first list, map and search would wait for: some seconds for a large ledger.

    Says so on stderr when it took longer than a moment.
    """
    begun = time.monotonic()
    for name in TEMPLATES.list_templates():
        TEMPLATES.get_template(name)
    chosen = ledger.selection(IncidentQuery(policy=POLICIES[settings.policy].label), signed=signatures_of(ledger))
    columns = chosen.columns
    atlas, _, _ = _DRAWING(columns.sites), columns.rows, chosen.facets
    chosen.page(0, 1), extent(columns, atlas, chosen.mask), timeline(columns, chosen.mask, None), ledger.counts()
    _NAMING.whole(columns.sites)
    # What has been read stays for as long as the server runs: it need not be looked through for what is of no more use.
    gc.collect()
    gc.freeze()
    if (spent := time.monotonic() - begun) > A_MOMENT:
        print(f"Read ahead for lists, maps and searches: {len(columns)} incidents, {spent:.0f} s", file=sys.stderr)


def atlas_of(made: Choice) -> Atlas:
    """Where the places of a choice lie."""
    return _DRAWING(made.selection.columns.sites)


def shown(request: Request, made: Choice) -> dict[str, Any]:
    """What the templates of a choice are given: its facets, its timeline, what it can be taken back by."""
    chosen, wanted = made.selection, made.wanted
    columns = chosen.columns
    window = None if wanted.one("zoom") == WHOLE else wanted.window
    whole = wanted.one("zoom") == WHOLE
    days = chosen.kept(
        ("timeline", window, whole), lambda: timeline(columns, chosen.without("days"), window, whole=whole)
    )
    box = chosen.kept("extent", lambda: extent(columns, atlas_of(made), chosen.without("box")))
    return {
        "wanted": wanted,
        "total": chosen.total,
        "every": len(columns),
        "facets": facets(chosen, wanted),
        "chart": chart(days, wanted),
        "chips": [
            (NAMES[name], _words(made, name, value), wanted.without(name, value)) for name, value in wanted.chosen
        ],
        "refused": [NAMES.get(name, name) for name in wanted.refused],
        "policy": made.policy,
        "reports": 0 if len(columns) else ledger_of(request).counts().reports,
        "views": ledger_of(request).saved_views(),
        "query": with_query(wanted.values).removeprefix("?"),
        "extent": ",".join(f"{degree:.3f}" for degree in box) if box else "",
    }


def _words(made: Choice, name: str, value: str) -> str:
    if name == "kind":
        return kind_words(value)
    if name == "actor":
        return actor_words(value)
    if name == "division":
        return area_words(value)
    if name == "at":
        return place_words(made.selection, value)
    return box_words(value) if name == "box" else value
