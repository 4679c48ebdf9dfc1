"""The links of incidents: kept once, in their own table, and given back with each incident."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from parallax.ledger import tables
from parallax.ledger.ledger import Ledger
from parallax.ledger.rows import INCIDENT, LINK, incident_of, score_of
from parallax.ledger.verify import verify
from parallax.model import Incident, Link, Telling, Weight

from .told import incident_of as made_of
from .told import link_of, tally_of, tell


def _three(ledger: Ledger) -> tuple[list[Telling], list[Link]]:
    """Three tellings, each linked to the others, and nothing gathered."""
    with ledger.write() as writer:
        tellings = sorted((tell(writer, number) for number in range(3)), key=lambda telling: telling.key)
        links = [link_of(a, b) for n, a in enumerate(tellings) for b in tellings[n + 1 :]]
        links = [replace(link, score=3.5 + n) for n, link in enumerate(sorted(links, key=lambda one: (one.a, one.b)))]
        writer.add_links(links)
    return tellings, links


def _gathered(ledger: Ledger, incident: Incident, old: list[Telling]) -> str:
    """Put an incident in the place of those of these tellings; its value as it is kept."""
    with ledger.write() as writer:
        writer.replace_incidents([made_of([telling]).id for telling in old], [(incident, (tally_of(incident),))])
    with ledger.reading_connection() as connection:
        table = tables.incidents
        value = connection.execute(select(table.c.value).where(table.c.id == incident.id)).scalar_one()
    return str(value)


def test_links_that_are_all_kept_stand_once_and_come_with_their_incident(ledger: Ledger) -> None:
    tellings, links = _three(ledger)
    whole = made_of(tellings, links)
    value = _gathered(ledger, replace(whole, links=tuple(Link(one.a, one.b, one.score, ()) for one in links)), tellings)
    assert '"links"' not in value
    assert ledger.incident(whole.id) == whole
    assert ledger.incident(whole.id, links=False) == replace(whole, links=())
    assert [found for found, _, _ in ledger.walk()] == [whole]
    assert ledger.tellings_of([whole.id]) == {telling.key for telling in tellings}
    assert list(verify(ledger)) == []


def test_an_incident_that_a_person_cut_keeps_its_own_links_with_their_weights(ledger: Ledger) -> None:
    tellings, links = _three(ledger)
    cut = made_of(tellings, links[:1])
    bare = Link(links[0].a, links[0].b, links[0].score, ())
    assert '"links"' in _gathered(ledger, replace(cut, links=(bare,)), tellings)
    assert ledger.incident(cut.id) == cut
    assert [found for found, _, _ in ledger.walk()] == [cut]
    assert list(verify(ledger)) == []


def test_links_without_weights_are_the_same_links(ledger: Ledger) -> None:
    tellings, links = _three(ledger)
    every = (tuple(tellings), tuple(links))
    assert ledger.component([tellings[1].key]) == every
    bare = ledger.component([tellings[1].key], weights=False)
    assert bare == (every[0], tuple(Link(one.a, one.b, one.score, ()) for one in links))
    assert ledger.links([(links[0].a, links[0].b), ("no", "link")]) == {(links[0].a, links[0].b): links[0]}


def test_an_incident_kept_by_an_older_program_has_its_links_in_its_value() -> None:
    a, b = (Telling(f"t{number}", f"r{number}", (f"c{number}",)) for number in (1, 2))
    incident = made_of([a, b], [link_of(a, b)])
    assert incident_of(INCIDENT.dump_json(incident).decode()) == (incident, False)
    assert incident_of(INCIDENT.dump_json(incident, exclude={"links"}).decode()) == (replace(incident, links=()), True)


@given(
    st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda score: round(score, 3)),
    st.text(alphabet="abc0123", min_size=1, max_size=64),
    st.lists(st.builds(Weight, st.text(), st.just(1.5), st.just('"score":9.0,')), max_size=2),
)
def test_a_score_is_read_from_the_beginning_of_a_link(score: float, key: str, weights: list[Weight]) -> None:
    value = LINK.dump_json(Link(key, key + "z", score, tuple(weights))).decode()
    assert score_of(value) == score_of(value[:400]) == score
