"""Sources at risk leave a ledger in no form: laws over ledgers with planted names."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax import pipeline
from parallax.errors import WithheldError
from parallax.exports.coarsen import coarse
from parallax.exports.explain import plain
from parallax.exports.explain_incident import explain
from parallax.exports.formats import FORMATS, write
from parallax.exports.shield import NAME, Redaction, shielded
from parallax.exports.walk import one
from parallax.ledger import risk
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import (
    Claim,
    Count,
    DateSource,
    Days,
    Judgement,
    Kind,
    Mention,
    Place,
    PlacePrecision,
    Published,
    Reader,
    Report,
    Statement,
    Verb,
    VictimClass,
    Voice,
    VoiceType,
)

DAY = Days(date(1854, 10, 25), date(1854, 10, 25))
TOWN = Place("Balaklava", 44.50123, 33.59876, PlacePrecision.TOWN, "UA", 713749, ("11",))
POLICY = pipeline.policy("airwars").label


@dataclass(frozen=True)
class Planted:
    """What stands in a ledger of two reports of one shelling: two voices, two outlets, two links."""

    voice: str
    other: str
    outlet: str
    second: str
    url: str
    other_url: str


def report_of(text: str, outlet: str, url: str, number: int) -> Report:
    published = Published(date(1854, 10, 25 + number), DateSource.GIVEN)
    return Report.of(text, title=f"{text[:40]} …", outlet=outlet, author=f"By {outlet}", published=published, url=url)


def statement_of(report: Report, number: int, name: str) -> Statement:
    start = report.text.index(name)
    where = report.text.index("Balaklava")
    claim = Claim.of(
        report.key,
        0,
        len(report.text),
        Kind.KILLED,
        count=Count(number, number, str(number)),
        whom_class=VictimClass.CIVILIAN,
        where=Mention(where, where + 9, "Balaklava"),
        when=DAY,
        voice=Mention(start, start + len(name), name),
        certainty=0.9,
    )
    voice = Voice(f"person:{name.casefold()}", name, VoiceType.PERSON)
    published = report.published.day if report.published else None
    return Statement(claim, voice, TOWN, None, None, report.outlet, published)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shield") / "empty.ledger"
    Ledger.open(path, create=True).close()
    return path


@contextmanager
def planted(empty: Path, what: Planted, *, signed: bool = True) -> Iterator[Ledger]:
    """A ledger with these names in it, its one incident signed off."""
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty, folder))
        with Ledger.open(path) as ledger:
            first = report_of(
                f"{what.voice} said that shelling killed 12 civilians in Balaklava.", what.outlet, what.url, 0
            )
            second = report_of(
                f"Shelling killed 14 civilians in Balaklava, {what.other} told {what.second}; {what.voice} was there.",
                what.second,
                what.other_url,
                1,
            )
            with ledger.write() as writer:
                for report, number, name in ((first, 12, what.voice), (second, 14, what.other)):
                    writer.add_report(report, None)
                    writer.add_reading(report.key, Reader("hand", "1"), [statement_of(report, number, name)])
            list(pipeline.link_new(ledger))
            (row,) = ledger.incidents(IncidentQuery()).items
            incident = ledger.incident(row.id)
            assert incident is not None
            if signed:
                pipeline.decide(
                    ledger, Judgement(Verb.SIGN_OFF, incident.claims, "A. Reviewer", "checked", datetime.now(UTC))
                )
            yield ledger


def mark(ledger: Ledger, kind: str, what: Planted) -> None:
    key = {"voice": f"person:{what.voice.casefold()}", "outlet": what.outlet, "report": report_key(ledger, what.url)}
    with ledger.write("A. Coder") as writer:
        risk.mark(writer, kind, key[kind], "threatened by name", "A. Coder")


def report_key(ledger: Ledger, url: str) -> str:
    return next(row.report.key for row in ledger.reports().items if row.report.url == url)


def strings(value: Any) -> Iterator[str]:
    """Every string of a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one_value in value.items():
            yield key
            yield from strings(one_value)
    elif isinstance(value, list):
        for one_value in value:
            yield from strings(one_value)


def told(ledger: Ledger, format: str, *, internal: bool) -> str:
    """All that an export says, as it stands in the file and as its reader unpacks it."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        assert write(ledger, format, str(out), policy=POLICY, internal=internal).rows > 0
        raw = out.read_text("utf-8")
    if format.endswith("csv"):
        cells = [cell for row in csv.reader(io.StringIO(raw)) for cell in row]
        return "\n".join([raw, *cells])
    values = map(json.loads, raw.splitlines()) if format == "claims-jsonl" else [json.loads(raw)]
    return "\n".join([raw, *(string for value in values for string in strings(value))])


def explained(ledger: Ledger) -> str:
    (row,) = ledger.incidents(IncidentQuery()).items
    found = one(shielded(ledger), row.id, POLICY)
    assert found is not None
    return "\n".join(map(plain, explain(found)))


# A name starts with letters that nothing of our own has, so that what is found of it is the source's.
LETTERS = st.characters(categories=("L", "M", "N", "P", "S"), include_characters=" ", max_codepoint=0xFFFF)
NAMES = st.text(LETTERS, min_size=2, max_size=24).map(lambda tail: " ".join(f"Zqx{tail}".split()))
WORDS = st.text("abcdefghijklmnop-0123456789", min_size=3, max_size=20)


@st.composite
def plantings(draw: st.DrawFn) -> Planted:
    voice, other, outlet, second = draw(st.lists(NAMES, min_size=4, max_size=4, unique_by=str.casefold))
    url = f"https://{draw(WORDS)}.example/{draw(WORDS)}"
    return Planted(voice, f"Kwj{other}", f"Vqv{outlet}", f"Wqw{second}", url, f"https://other.example/{draw(WORDS)}")


@settings(max_examples=12, deadline=None)
@given(plantings(), st.sampled_from(risk.KINDS))
def test_no_export_names_a_source_at_risk_or_leads_to_it(empty: Path, what: Planted, kind: str) -> None:
    with planted(empty, what) as ledger:
        mark(ledger, kind, what)
        names = {"voice": [what.voice], "outlet": [what.outlet], "report": []}[kind]
        every = {
            f"{format} {internal}": told(ledger, format, internal=internal)
            for format in FORMATS
            for internal in (False, True)
        }
        for where, said in (every | {"explain": explained(ledger)}).items():
            for secret in (*names, what.url):
                assert secret.casefold() not in said.casefold(), where
        # What is not at risk still leaves.
        assert what.other_url in every["claims-jsonl True"]


PLAIN = Planted(
    "Zqx Hadid", "Kwj Omar", "Vqv Gazette", "Wqw Courier", "https://gazette.example/9431", "https://courier.example/1"
)


def test_without_a_mark_every_name_leaves(empty: Path) -> None:
    with planted(empty, PLAIN) as ledger:
        assert shielded(ledger) is ledger
        said = told(ledger, "claims-jsonl", internal=True)
        for name in (PLAIN.voice, PLAIN.outlet, PLAIN.url, PLAIN.second, PLAIN.other_url):
            assert name in said


def test_a_marked_voice_is_a_source_at_risk_in_the_list_of_voices(empty: Path) -> None:
    with planted(empty, PLAIN) as ledger:
        mark(ledger, "voice", PLAIN)
        shown = shielded(ledger)
        assert sorted(row.voice.name for row in shown.voices()) == [PLAIN.other, NAME]
        assert NAME in explained(ledger)


def test_the_report_of_a_marked_voice_is_withheld_and_another_is_blacked_out(empty: Path) -> None:
    with planted(empty, PLAIN) as ledger:
        first, second = report_key(ledger, PLAIN.url), report_key(ledger, PLAIN.other_url)
        mark(ledger, "voice", PLAIN)
        withheld, blacked = shielded(ledger).report(first), shielded(ledger).report(second)
        whole = ledger.report(second)
        assert withheld is not None
        assert blacked is not None
        assert whole is not None
        assert set(withheld.text) == {"█"}
        assert (withheld.url, withheld.author, withheld.capture) == (None, None, None)
        assert len(blacked.text) == len(whole.text)
        assert blacked.text == whole.text.replace(PLAIN.voice, "█" * len(PLAIN.voice))
        assert blacked.url == PLAIN.other_url


def test_a_report_without_an_id_of_its_own_is_still_found_by_its_key(empty: Path) -> None:
    with planted(empty, PLAIN) as ledger:
        report = Report.of("Shelling killed 3 men in Balaklava.", outlet=PLAIN.outlet)
        assert report.id == report.key
        with ledger.write() as writer:
            writer.add_report(report, None)
        mark(ledger, "outlet", PLAIN)
        withheld = shielded(ledger).report(report.key)
        assert withheld is not None
        assert withheld.key == report.key
        assert withheld.id == f"withheld-{report.key}"


def test_places_of_a_source_are_told_by_their_division(empty: Path) -> None:
    with planted(empty, PLAIN) as ledger:
        mark(ledger, "voice", PLAIN)
        shown = shielded(ledger)
        (row,) = shown.incidents(IncidentQuery()).items
        incident = shown.incident(row.id)
        assert incident is not None
        assert incident.where == row.where
        assert row.where is not None
        assert (row.where.lat, row.where.lon, row.where.precision) == (44.5, 33.6, PlacePrecision.DISTRICT)
        assert row.where.name != "Balaklava"
        assert row.where.geonameid is None
        by_report = {s.claim.report: s for s in shown.statements(claims=incident.claims)}
        hidden, other = by_report[report_key(ledger, PLAIN.url)], by_report[report_key(ledger, PLAIN.other_url)]
        assert hidden.place == row.where
        assert hidden.claim.where is not None
        assert hidden.claim.where.text == row.where.name
        assert other.place == TOWN


def test_nobody_learns_by_asking(empty: Path) -> None:
    with planted(empty, PLAIN) as ledger:
        key = f"person:{PLAIN.voice.casefold()}"
        mark(ledger, "voice", PLAIN)
        shown = shielded(ledger)
        for words in (PLAIN.voice, "hadid", "HADID", '"zqx hadid"', "Balaklava Hadid"):
            assert shown.incidents(IncidentQuery(text=words)).total == 0, words
            assert shown.reports(text=words).total == 0, words
        assert shown.voice(key) is None
        assert ledger.reports(text="hadid").total == 2


@pytest.mark.parametrize("name", ["write", "passing", "reading_connection", "risks", "at_risk"])
def test_what_goes_round_the_shield_is_refused(empty: Path, name: str) -> None:
    with planted(empty, PLAIN) as ledger:
        mark(ledger, "voice", PLAIN)
        with pytest.raises(WithheldError):
            getattr(shielded(ledger), name)()


def test_what_cannot_be_walked_through_is_refused(empty: Path) -> None:
    with planted(empty, PLAIN) as ledger:
        mark(ledger, "voice", PLAIN)
        with pytest.raises(WithheldError):
            Redaction(ledger.at_risk()).value(object())


def test_taking_the_mark_away_brings_everything_back(empty: Path) -> None:
    with planted(empty, PLAIN) as ledger:
        mark(ledger, "outlet", PLAIN)
        (marked,) = ledger.risks()
        with ledger.write("A. Reviewer") as writer:
            risk.unmark(writer, marked.number, "safe abroad", "A. Reviewer")
        assert PLAIN.outlet in told(ledger, "claims-jsonl", internal=True)
        assert [entry.action for entry in ledger.log(limit=2)][1] == "source no longer at risk"


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(list(PlacePrecision)))
def test_a_coarse_place_is_a_district_at_best(lat: float, lon: float, precision: PlacePrecision) -> None:
    place = coarse(Place("a hamlet", lat, lon, precision, "SY", 1, ("09",), alternatives=(TOWN,)))
    assert place is not None
    order = list(PlacePrecision)
    assert order.index(place.precision) >= order.index(PlacePrecision.DISTRICT)
    assert order.index(place.precision) >= order.index(precision)
    assert (round(place.lat or 0, 1), round(place.lon or 0, 1)) == (place.lat, place.lon)
    assert place.geonameid is None
    assert place.alternatives == ()
    if order.index(precision) < order.index(PlacePrecision.DISTRICT):
        assert place.name != "a hamlet"
