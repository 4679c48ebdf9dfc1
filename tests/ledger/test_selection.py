"""A selection holds what its question asks for, a facet counts what choosing it shows, and both follow the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.accounts.signing import Signature
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Grade, Incident, Place
from parallax.names.spellings import Spellings

from .many import ACTORS, KINDS, PLACES, START, Made, write
from .told import tally_of

GRADES = (Grade.WEAK, Grade.FAIR, Grade.CONTESTED)
MADE = [
    Made(n % 6, n % 4, n % 4, None if n % 13 == 0 else (n * 7) % 400, 1 + 6 * (n % 5 == 0), GRADES[n % 3], n, n + n % 4)
    for n in range(60)
]
Written = tuple[Ledger, list[Incident]]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    if request.param == "postgresql":
        address: str = request.getfixturevalue("fresh_database")()
    else:
        address = str(tmp_path_factory.mktemp("selection") / "many.ledger")
    with Ledger.open(address, create=True) as ledger:
        yield ledger, write(ledger, MADE)


def days(first: int, length: int) -> tuple[date, date]:
    return START + timedelta(first), START + timedelta(first + length)


QUERIES = st.builds(
    lambda kinds, actors, grade, division, window: IncidentQuery(
        kind=kinds or None,
        actor=actors or None,
        grade=grade,
        division=division,
        from_day=window[0] if window else None,
        to_day=window[1] if window else None,
    ),
    st.sets(st.sampled_from(["killed", "shelling", "air_strike", "truce"]), max_size=2).map(sorted).map(tuple),
    st.sets(st.sampled_from(["russia", "allies", "nobody"]), max_size=2).map(sorted).map(tuple),
    st.sampled_from([None, "weak", "fair", "discounted"]),
    st.sampled_from([None, "SY", "SY-09", "UA", "UA-11", "FR", "-"]),
    st.none() | st.builds(days, st.integers(-30, 420), st.integers(0, 200)),
)


def fits(made: Made, query: IncidentQuery) -> bool:
    """Whether an incident is asked for, read off the question field by field."""
    place, when = PLACES[made.place], made.when
    area = (place.country, f"{place.country}-{place.admin[0]}" if place.admin else None) if place else ()
    return (
        all(kind in KINDS[made.kinds] for kind in query.kind or ())
        and all(actor in ACTORS[made.actors] for actor in query.actor or ())
        and query.grade in (None, made.grade)
        and (query.division is None or query.division in area)
        and (query.from_day is None or (when is not None and when.last >= query.from_day))
        and (query.to_day is None or (when is not None and when.first <= query.to_day))
    )


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_a_selection_holds_what_is_asked_for(written: Written, query: IncidentQuery) -> None:
    ledger, incidents = written
    chosen = ledger.selection(query)
    expected = {incident.id for incident, made in zip(incidents, MADE, strict=True) if fits(made, query)}
    assert set(chosen.page(0, 1000)) == expected
    assert chosen.total == len(expected)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_a_facet_counts_what_choosing_it_shows(written: Written, query: IncidentQuery) -> None:
    ledger, _ = written
    facets = ledger.selection(query).facets

    def total(asked: IncidentQuery) -> int:
        return ledger.selection(asked).total

    for kind, number in facets["kind"].items():
        assert total(replace(query, kind=(*(query.kind or ()), kind))) == number
    for actor, number in facets["actor"].items():
        assert total(replace(query, actor=(*(query.actor or ()), actor))) == number
    for grade, number in facets["grade"].items():
        assert total(replace(query, grade=grade)) == number
    for area, number in facets["division"].items():
        assert total(replace(query, division=area)) == number
    for key, number in facets["place"].items():
        assert total(replace(query, at=key)) == number or key == ""
    for year, number in facets["year"].items():
        assert total(replace(query, from_day=date(int(year), 1, 1), to_day=date(int(year), 12, 31))) == number


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=QUERIES,
    given=st.dictionaries(st.integers(0, len(MADE) - 1), st.sampled_from(list(Signature)), max_size=12),
)
def test_incidents_are_chosen_and_counted_by_their_signatures(
    written: Written, query: IncidentQuery, given: dict[int, Signature]
) -> None:
    ledger, incidents = written
    signed = {incidents[number].id: how for number, how in given.items()}
    counted = ledger.selection(query, signed=signed).facets["signature"]
    held = {one.id for one, made in zip(incidents, MADE, strict=True) if fits(made, query)}
    for how in Signature:
        chosen = ledger.selection(replace(query, signature=how.value), signed=signed)
        expected = {id for id in held if signed.get(id, Signature.NONE) is how}
        assert set(chosen.page(0, 1000)) == expected
        assert counted.get(how.value, 0) == len(expected)
    assert ledger.selection(replace(query, signature="sealed"), signed=signed).total == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=QUERIES, order=st.sampled_from(["when", "oldest", "killed", "reports", "place", "id"]), size=st.integers(1, 9)
)
def test_pages_are_the_whole_in_order(written: Written, query: IncidentQuery, order: str, size: int) -> None:
    ledger, _ = written
    chosen = ledger.selection(replace(query, order=order))  # type: ignore[arg-type]
    pages = [key for offset in range(0, chosen.total, size) for key in chosen.page(offset, size)]
    assert pages == list(chosen.page(0, 1000))
    rows = ledger.listed(chosen, 0, 1000)
    assert [row.id for row in rows] == pages
    dated = [row.when.first for row in rows if row.when]
    if order in ("when", "oldest"):
        assert dated == sorted(dated, reverse=order == "when")
        assert [row.when is None for row in rows] == sorted(row.when is None for row in rows)
    if order == "killed":
        assert [row.high for row in rows] == sorted((row.high or 0 for row in rows), reverse=True)
    if order == "place":
        names = [row.place.casefold() for row in rows if row.place]
        assert names == sorted(names)


def test_a_box_holds_the_places_whose_middle_lies_in_it(written: Written) -> None:
    ledger, _ = written

    def places(box: tuple[float, float, float, float]) -> set[str | None]:
        chosen = ledger.selection(IncidentQuery(box=box))
        return {row.place for row in ledger.listed(chosen, 0, 100)}

    assert places((33, 44, 34, 45)) == {"Balaklava", "Sevastopol"}
    assert places((37, 36, 38, 37)) == {"Aleppo"}
    assert places((-180, -90, 180, 90)) == {"Balaklava", "Sevastopol", "Abu Kamal", "Aleppo"}
    assert places((40, 30, 33.55, 50)) == {"Sevastopol", "Abu Kamal"}
    assert places((0, 0, 1, 1)) == set()


class Arabic:
    """Knows one place by another name, as the gazetteers do."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self._number = [place.name for place in places].index("Abu Kamal")

    def called(self, words: str) -> Iterable[int]:
        return {self._number} if words in ("البوكمال", "Albu Kamal") else set()

    def beginning(self, words: str) -> Iterable[int]:
        return {self._number} if "البوكمال".startswith(words) else set()

    def alike(self, words: str) -> Iterable[int]:
        return {self._number} if words == "al Boukamal" else set()


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("البوكمال", {"Abu Kamal"}),
        ("البوكم", {"Abu Kamal"}),
        ("Albu Kamal guns", {"Abu Kamal"}),
        ("al-Boukamal", {"Abu Kamal"}),
        ("guns Albu Kamal", {"Abu Kamal"}),
        ("nothing Albu Kamal", set()),
        ("Aleppo", {"Aleppo"}),
        ("Sevasto", {"Sevastopol"}),
    ],
)
def test_words_find_places_by_other_names(written: Written, words: str, places: set[str]) -> None:
    ledger, _ = written
    chosen = ledger.selection(IncidentQuery(text=words), Arabic)  # type: ignore[arg-type]
    assert {row.place for row in ledger.listed(chosen, 0, 100)} == places


def test_the_last_word_may_be_the_beginning_of_one(written: Written) -> None:
    ledger, incidents = written

    def total(words: str) -> int:
        return ledger.selection(IncidentQuery(text=words)).total

    assert total("fir") == total("fired") == total("guns fired") == len(incidents)
    assert total("fir guns") == total('"fir"') == total("fi") == 0
    assert total('"number 7"') == 1
    assert total("number 7") >= 1


def test_a_place_is_found_by_a_part_of_its_name_and_by_its_division(written: Written) -> None:
    ledger, _ = written

    def places(words: str) -> set[str | None]:
        return {row.place for row in ledger.listed(ledger.selection(IncidentQuery(place=words), Spellings), 0, 100)}

    assert places("kama") == {"Abu Kamal"}
    assert places("SY") == {"Abu Kamal", "Aleppo"}
    assert places("abou kemal") == {"Abu Kamal"}
    assert places("  ") >= {"Abu Kamal", None}
    assert places("nowhere at all") == set()


def changes(ledger: Ledger, incidents: list[Incident]) -> None:
    """Take one away, weigh one anew, add some at a place and with an actor that were there, and at one that was not."""
    with ledger.write() as writer:
        writer.replace_incidents([incidents[3].id], [])
        again = incidents[5]
        writer.replace_incidents([], [(again, (tally_of(again, low=900, high=901, grade=Grade.CONFIRMED),))])
    write(ledger, [Made(5, 1, 2, 3), Made(1, 0, 3, 9), Made(4, 3, 0, None)], first=500)


def test_a_selection_follows_the_log(new_address: Callable[[], str]) -> None:
    address = new_address()
    queries = [
        IncidentQuery(order="id"),
        IncidentQuery(order="killed", grade="confirmed"),
        IncidentQuery(actor="allies", order="place"),
        IncidentQuery(text="guns", division="UA"),
        IncidentQuery(kind="air_strike", order="oldest"),
    ]
    with Ledger.open(address) as ledger:
        incidents = write(ledger, MADE[:40])
        before = [ledger.selection(query).page(0, 1000) for query in queries]
        changes(ledger, incidents)
        after = [(chosen.page(0, 1000), chosen.facets) for chosen in map(ledger.selection, queries)]
        assert [page for page, _ in after] != before
        assert after[1][0] == (incidents[5].id,)
        assert incidents[3].id not in after[0][0]
        with ledger.write() as writer:
            writer.replace_incidents([incidents[7].id], [])
            assert incidents[7].id not in ledger.selection(queries[0]).page(0, 1000)
            assert len(ledger.selection(queries[0]).page(0, 1000)) == len(after[0][0]) - 1
        with ledger.write() as writer:
            writer.note("export", "none", {})
        last = [(chosen.page(0, 1000), chosen.facets) for chosen in map(ledger.selection, queries)]
        with Ledger.open(address) as fresh:
            assert [(chosen.page(0, 1000), chosen.facets) for chosen in map(fresh.selection, queries)] == last


def test_an_empty_ledger_has_an_empty_selection(ledger: Ledger) -> None:
    chosen = ledger.selection(IncidentQuery(text="guns", place="x", actor="a", kind="killed", box=(0, 0, 1, 1)))
    assert (chosen.total, chosen.page(0, 10)) == (0, ())
    assert set(chosen.facets["kind"]) == set(chosen.facets["year"]) == set()
