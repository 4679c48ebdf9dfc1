"""Where a claim happened that names no place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.incidents.context import settle, subject
from parallax.incidents.places import stand_in
from parallax.model import Claim, Kind, Mention, Place, PlaceMention, Report

from .made import BALAKLAVA, CRIMEA, INKERMAN, SEVASTOPOL, VARNA, day, said

PLACES = {"VARNA": VARNA, "Balaklava": BALAKLAVA, "Inkerman": INKERMAN, "Sevastopol": SEVASTOPOL, "Crimea": CRIMEA}


def read(text: str, title: str | None = None) -> tuple[Report, list[PlaceMention]]:
    """The report, and every mention of the places above in it."""
    found = []
    for name, place in PLACES.items():
        at = text.find(name)
        while at >= 0:
            found.append(PlaceMention(Mention(at, at + len(name), name), place))
            at = text.find(name, at + 1)
    return Report.of(text, title=title), found


def test_the_place_named_most_is_what_a_report_is_about_and_a_dateline_counts_less() -> None:
    text = "VARNA, 30 October. Guns were lost near Balaklava. From Inkerman nothing is heard. Balaklava is held."
    assert subject(*read(text)) == BALAKLAVA
    assert subject(*read("VARNA, 30 October. Inkerman is quiet.")) == INKERMAN


def test_the_title_counts_more_than_a_passing_mention() -> None:
    text = "Men came from Balaklava. Others from Balaklava too. The fight at Inkerman was long."
    assert subject(*read(text)) == BALAKLAVA
    assert subject(*read(text, "The battle of Inkerman")) == INKERMAN


def test_a_province_is_no_place_to_borrow() -> None:
    assert subject(*read("Crimea, all of Crimea.")) is None
    assert subject(*read("No place at all.")) is None


def test_a_claim_without_a_place_borrows_it_with_less_certainty_and_others_keep_theirs() -> None:
    report, found = read("At Balaklava 12 died. At Balaklava 30 were hurt.")
    bare = said("r", 0, Kind.KILLED, number=12)
    unlocated = replace(said("r", 40, Kind.INJURED), place=Place("the ridge", None, None, BALAKLAVA.precision))
    named = said("r", 80, Kind.KILLED, place=INKERMAN)
    settled = settle(report, [bare, unlocated, named], found)
    assert [s.place.name for s in settled if s.place] == ["Balaklava", "the ridge", "Inkerman"]
    assert settled[0].place is not None
    assert 0 < settled[0].place.certainty < BALAKLAVA.certainty
    assert settled[2] == named
    # What a claim names stays its place; what stands behind it is found for linking only.
    assert settled[1].place is not None
    assert (settled[1].place.lat, settled[1].place.alternatives) == (None, (settled[0].place,))
    assert stand_in(settled[1].place) == settled[0].place
    assert [s.claim for s in settled] == [bare.claim, unlocated.claim, named.claim]


def test_a_named_place_that_is_in_no_gazetteer_is_kept_by_its_name() -> None:
    report, found = read("At Balaklava 12 died.")
    (settled,) = settle(report, [said("r", 0, Kind.KILLED, where="Dar Street")], found)
    assert settled.place is not None
    assert (settled.place.name, settled.place.lat) == ("Dar Street", None)
    (common,) = settle(report, [said("r", 0, Kind.KILLED, where="the scene")], found)
    assert common.place is not None
    assert common.place.name == "Balaklava"


def test_a_reading_that_was_ruled_out_is_no_stand_in() -> None:
    ruled_out = replace(VARNA, certainty=0.0)
    assert stand_in(Place("Varna Hill", None, None, VARNA.precision, alternatives=(ruled_out,))) is None
    assert stand_in(VARNA) == VARNA
    assert stand_in(None) is None


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(PLACES)), max_size=8), st.randoms())
def test_the_order_of_the_mentions_does_not_matter(names: list[str], random: object) -> None:
    report, found = read(". ".join(names))
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert subject(report, shuffled) == subject(report, found)
    statements = [said("r", 0, Kind.KILLED)]
    once = settle(report, statements, found)
    assert settle(report, once, found) == once


def test_a_day_given_before_all_that_the_report_tells_is_not_when_it_was_printed() -> None:
    """Given as of the 2nd, it tells of the 12th ("12 November 1854" stands in it): it was printed on the 13th or so."""
    report, found = read("12 November 1854. Balaklava was shelled.")
    told = [said("r", 20 * n, Kind.SHELLING, when=day("1854-11-12"), published="1854-11-02") for n in range(2)]
    later = said("r", 60, Kind.KILLED, when=day("1854-11-13"), published="1854-11-02")
    settled = settle(report, [*told, later], found)
    assert {s.published for s in settled} == {date(1854, 11, 13)}


def test_a_day_given_stands_where_the_report_tells_of_days_before_it_or_of_one_day_after() -> None:
    report, found = read("Balaklava was shelled.")
    before = [said("r", 20 * n, Kind.SHELLING, when=day("1854-11-12"), published="1854-11-20") for n in range(3)]
    once = said("r", 80, Kind.SHELLING, when=day("1854-11-26"), published="1854-11-20")
    assert {s.published for s in settle(report, [*before, once], found)} == {date(1854, 11, 20)}
    assert settle(report, [once], found)[0].published == date(1854, 11, 20)


def test_the_words_of_its_report_say_how_a_claim_stands_to_the_rest() -> None:
    text = "Balaklava was shelled. Since the start of October 90 men were killed. In a separate raid two died."
    report, found = read(text)
    spans = [(0, 22), (23, 69), (70, len(text))]
    told = [
        replace(s, claim=Claim.of("r", start, end, s.claim.kind, when=s.claim.when))
        for s, (start, end) in zip([said("r", 0, Kind.KILLED)] * 3, spans, strict=True)
    ]
    settled = settle(report, told, found)
    assert [(s.over_days, s.another) for s in settled] == [(False, False), (True, False), (False, True)]
