"""The map heaps what lies close, never what is vague, and counts every incident that has a place once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.exports.coarsen import point
from parallax.ledger.columns import Columns
from parallax.ledger.marks import LARGEST, MOST_AREAS, VAGUE, Atlas, Heap, Mark, Marks, extent, marks
from parallax.ledger.views import Box
from parallax.ledger.whereabouts import Whereabouts
from parallax.model import Place, PlacePrecision

from .test_timeline import columns_of

Spot = tuple[float | None, float, PlacePrecision, int]

SPOTS = st.lists(
    st.tuples(
        st.none() | st.floats(-89, 89), st.floats(-180, 180), st.sampled_from(list(PlacePrecision)), st.integers(0, 5)
    ),
    max_size=25,
)


def laid(spots: list[Spot], nowhere: int = 0) -> tuple[Columns, Atlas]:
    """Columns with so many incidents at each spot, and so many at none; each kills one to two."""
    sites = tuple(
        Place(f"p{n}", lat, lon if lat is not None else None, how) for n, (lat, lon, how, _) in enumerate(spots)
    )
    places = [n for n, (*_, many) in enumerate(spots) for _ in range(many)] + [-1] * nowhere
    columns = replace(
        columns_of([(0, 1, 1, 2)] * len(places)),
        places=np.array(places, np.int64),
        where=Whereabouts().with_more(sites),
    )
    return columns, Atlas(sites, map(point, sites))


def everything(columns: Columns, atlas: Atlas, zoom: int = 0, view: Box | None = None) -> Marks:
    return marks(columns, atlas, np.ones(len(columns), np.bool_), zoom, view)


@settings(deadline=None)
@given(spots=SPOTS, nowhere=st.integers(0, 3), zoom=st.integers(0, 14))
def test_every_placed_incident_is_counted_once(spots: list[Spot], nowhere: int, zoom: int) -> None:
    columns, atlas = laid(spots, nowhere)
    told = everything(columns, atlas, zoom)
    counted: list[Heap | Mark] = [*told.heaps, *told.places, *told.areas]
    located = sum(many for lat, _, _, many in spots if lat is not None)
    assert len(told.areas) <= MOST_AREAS
    assert sum(each.incidents for each in counted) == told.placed == located
    assert told.unplaced == len(columns) - located
    assert sum(each.low for each in counted) == located
    assert sum(each.high for each in counted) == 2 * located
    heaped = [mark.site for heap in told.heaps for mark in heap.places]
    drawn = heaped + [mark.site for mark in (*told.places, *told.areas)]
    assert len(drawn) == len(set(drawn))
    assert not [site for site in heaped if columns.sites[site].precision in VAGUE]
    assert all(columns.sites[mark.site].precision in VAGUE for mark in told.areas)
    for heap in told.heaps:
        west, south, east, north = heap.box
        assert heap.together > 1
        assert len(heap.places) == min(heap.together, LARGEST)
        assert west - 0.001 <= heap.lon <= east + 0.001
        assert south - 0.001 <= heap.lat <= north + 0.001


def test_places_part_as_one_comes_closer() -> None:
    columns, atlas = laid([(36.2, 37.16, PlacePrecision.CITY, 3), (36.4, 37.5, PlacePrecision.TOWN, 1)])
    far, near = everything(columns, atlas, 3), everything(columns, atlas, 9)
    assert [(heap.incidents, heap.together) for heap in far.heaps] == [(4, 2)]
    assert (far.places, near.heaps) == ((), ())
    assert [mark.incidents for mark in near.places] == [3, 1]


def test_a_heap_stays_where_it_is_while_the_map_is_moved() -> None:
    columns, atlas = laid([(36.2 + n / 50, 37.16, PlacePrecision.TOWN, n + 1) for n in range(8)])
    whole = everything(columns, atlas, 5)
    for view in ((30.0, 30.0, 45.0, 45.0), (37.0, 36.0, 38.0, 37.0), (-180.0, -90.0, 180.0, 90.0)):
        assert everything(columns, atlas, 5, view) == whole
    assert everything(columns, atlas, 5, (0.0, 0.0, 1.0, 1.0)).heaps == ()
    assert everything(columns, atlas, 5, (170.0, -90.0, 38.0, 90.0)) == whole


def test_points_are_no_finer_than_exports_have_them() -> None:
    columns, atlas = laid(
        [(36.20123, 37.16456, PlacePrecision.EXACT, 1), (35.98765, 36.54321, PlacePrecision.DISTRICT, 1)]
    )
    told = everything(columns, atlas, 14)
    assert [(atlas.lat[mark.site], atlas.lon[mark.site]) for mark in (*told.places, *told.areas)] == [
        (36.2, 37.16),
        (36.0, 36.5),
    ]


def test_the_first_view_leaves_out_a_name_found_on_the_wrong_continent() -> None:
    spots: list[Spot] = [(36.0 + n / 100, 37.0, PlacePrecision.TOWN, 1) for n in range(40)]
    columns, atlas = laid([*spots, (-33.9, 151.2, PlacePrecision.CITY, 1), (39.0, 35.0, PlacePrecision.COUNTRY, 9)])
    box = extent(columns, atlas, np.ones(len(columns), np.bool_))
    assert box == pytest.approx((37.0, 36.04, 37.0, 36.35), abs=0.06)
    assert extent(columns, atlas, np.zeros(len(columns), np.bool_)) is None
    only, country = laid([(39.0, 35.0, PlacePrecision.COUNTRY, 2)])
    assert extent(only, country, np.ones(2, np.bool_)) == (35.0, 39.0, 35.0, 39.0)
