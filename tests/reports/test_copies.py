"""Reprints and wire copies are found; formulaic texts about other days are not merged."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.model import DateSource, Likeness, Published, Report, Zone, ZoneKind
from parallax.reports import copies

SENTENCES = [
    "Shells fell on the eastern quarter of the town before dawn on Tuesday, the council said in a statement.",
    "At least four people were hurt when the wall of a bakery in Mill Street gave way under the blast.",
    "A nurse at the district hospital said that two of the wounded were children of one family.",
    "The garrison's commander denied that his batteries had fired at all during the night.",
    "Residents spoke of smoke over the river and of a second volley shortly after six o'clock.",
    "The road to the northern bridge was closed, and carts with flour were turned back at the gate.",
    "An envoy of the neighbouring province asked both sides to let the wounded leave.",
    "It could not be confirmed from which bank of the river the guns had fired.",
]
WIRE = " ".join(SENTENCES)
OTHER = (
    "Grain prices rose for the third week in a row, traders at the port said, after two ships from the south were held "
    "back by quarantine. Bakers warned that bread would cost more before the end of the month unless the barges came."
)


BANDS = ("668870ea", "68062a4e", "7f44c558", "87f0aca0", "9a323512", "ec03b171", "f8405781")


def report(text: str, day: int | None = None, id: str | None = None, zones: tuple[Zone, ...] = ()) -> Report:
    published = Published(date(2017, 4, day), DateSource.GIVEN) if day else None
    return Report.of(text, id=id, published=published, zones=zones)


def origin_of(*reports: Report) -> dict[str, str]:
    return {key: origin.report for key, origin in copies.origins(reports).items()}


def test_share_is_how_much_stands_in_the_other() -> None:
    half = " ".join(SENTENCES[:4])
    assert copies.share(WIRE, WIRE) == 1.0
    assert copies.share(half, WIRE) == 1.0
    assert 0.4 < copies.share(WIRE, half) < 0.6
    assert copies.share(WIRE, OTHER) == 0.0
    assert copies.share("", WIRE) == copies.share(WIRE, "") == 0.0
    assert copies.share("Four hurt", "FOUR, hurt!") == 1.0


def test_a_copy_is_known_however_it_was_edited() -> None:
    trimmed = " ".join(SENTENCES[:3])
    moved = " ".join(SENTENCES[::-1])
    headed = "Bakery wall falls on four in night of shelling\n\n" + WIRE
    words = WIRE.split()
    edited = " ".join("altered" if number % 9 == 0 else word for number, word in enumerate(words))
    first = report(WIRE, 1)
    for day, text in enumerate((trimmed, moved, headed, edited, WIRE.upper()), 2):
        copy = report(text, day)
        assert origin_of(first, copy)[copy.key] == first.key, text
        alike = copies.alike([(copy, first), (first, copy), (copy, report(OTHER)), (copy, copy)])
        assert [set(pair) for pair in alike] == [{copy.key, first.key}]


def test_the_earliest_is_the_origin_then_the_smallest_key() -> None:
    late, early, undated = report(WIRE, 9), report(WIRE + " More later.", 3), report("Updated. " + WIRE)
    assert set(origin_of(late, early, undated).values()) == {early.key}
    a, b = report(WIRE, 3, "a"), report(WIRE, 3, "b")
    assert set(origin_of(a, b).values()) == {min(a.key, b.key)}


def test_a_report_that_copies_nothing_has_itself() -> None:
    alone, empty = report(OTHER, 1), report("…")
    found = copies.origins([alone, empty, report(WIRE, 1)])
    assert (found[alone.key].report, found[alone.key].share) == (alone.key, 1.0)
    assert (found[empty.key].report, found[empty.key].share) == (empty.key, 1.0)


def test_formulaic_reports_of_other_days_are_not_merged() -> None:
    form = (
        "{} people were hurt and {} killed when shells fell on {} on {}, the council said. "
        "{} houses were damaged by fire."
    )
    one = report(form.format("Four", "two", "the mill quarter", "Tuesday", "Nine"), 4)
    two = report(form.format("Eleven", "six", "the harbour road", "Friday", "Thirty"), 7)
    found = origin_of(one, two)
    assert found[one.key] == one.key
    assert found[two.key] == two.key


def test_a_round_up_does_not_make_one_of_two_stories() -> None:
    first, second = " ".join(SENTENCES[:3]), OTHER
    story, other = report(first, 3), report(second, 3)
    roundup = report(f"{first}\n\n{second}\n\n{' '.join(SENTENCES[5:])}", 5)
    found = origin_of(story, other, roundup)
    assert found[story.key] == story.key
    assert found[other.key] == other.key
    assert found[roundup.key] == roundup.key


def test_a_short_text_taken_into_a_long_one_leaves_it_its_own() -> None:
    brief = report(SENTENCES[0], 1)
    long = report(
        " ".join([SENTENCES[0], OTHER, *(f"Paragraph {n} tells of market day in the valley." for n in range(20))]), 3
    )
    assert origin_of(brief, long)[long.key] == long.key
    trimmed = report(SENTENCES[0], 5, "later")
    assert origin_of(long, trimmed)[trimmed.key] == long.key


def test_clutter_and_comments_make_no_copy() -> None:
    text = f"{SENTENCES[0]}\n\n{WIRE}"
    zones = (Zone(ZoneKind.BODY, 0, len(SENTENCES[0])), Zone(ZoneKind.CLUTTER, len(SENTENCES[0]) + 2, len(text)))
    assert copies.wording(report(text, zones=zones)) == SENTENCES[0]
    one = report(text, 1, zones=zones)
    body = OTHER
    two_text = f"{body}\n\n{WIRE}"
    two = report(
        two_text, 2, zones=(Zone(ZoneKind.BODY, 0, len(body)), Zone(ZoneKind.COMMENT, len(body) + 2, len(two_text)))
    )
    assert origin_of(one, two)[two.key] == two.key


def test_versions_of_one_page_are_copies_only_if_their_texts_are() -> None:
    first, grown, replaced = (
        report(WIRE, 1, "page"),
        report(WIRE + " " + SENTENCES[0], 2, "page"),
        report(OTHER, 3, "page"),
    )
    found = origin_of(first, grown, replaced)
    assert found[grown.key] == first.key
    assert found[replaced.key] == replaced.key


def test_bands_are_the_same_on_every_machine_and_bring_copies_together() -> None:
    assert copies.bands(copies.signature("")) == ()
    whole, trimmed = copies.bands(copies.signature(WIRE)), copies.bands(copies.signature(" ".join(SENTENCES[2:4])))
    assert len(set(whole)) == len(whole)
    assert len(set(whole) & set(trimmed)) >= copies.MEET
    assert not set(whole) & set(copies.bands(copies.signature(OTHER)))
    assert whole == copies.bands(copies.signature(WIRE.upper()))
    # Written down once: a ledger keeps bands, and they must mean the same next year. If this has to
    # change, raise `copies.VERSION`, so that ledgers are read anew.
    assert copies.bands(copies.signature(SENTENCES[0])) == BANDS


TEXTS = st.lists(
    st.tuples(
        st.lists(st.sampled_from([*SENTENCES, *OTHER.split(". ")]), min_size=1, max_size=8).map(" ".join),
        st.none() | st.integers(1, 5),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_origins_do_not_depend_on_order(parts: list[tuple[str, int | None]], chance: random.Random) -> None:
    reports = [report(text, day, str(number)) for number, (text, day) in enumerate(parts)]
    found = copies.origins(reports)
    shuffled = reports[:]
    chance.shuffle(shuffled)
    assert copies.origins(shuffled) == found
    assert set(found) == {one.key for one in reports}
    for origin in found.values():
        assert found[origin.report].report == origin.report
        assert found[origin.report].share == 1.0
        assert 0.0 <= origin.share <= 1.0


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False), st.integers(1, 4))
def test_a_store_grown_in_any_order_and_batches_comes_to_the_same(
    parts: list[tuple[str, int | None]], chance: random.Random, size: int
) -> None:
    reports = [report(text, day, str(number)) for number, (text, day) in enumerate(parts)]
    whole = copies.origins(reports)
    chance.shuffle(reports)
    stored: dict[str, Report] = {}
    pairs: dict[tuple[str, str], Likeness] = {}

    def near(one: Report) -> Iterable[tuple[Report, Report]]:
        wanted = set(copies.bands(copies.signature(copies.wording(one))))
        for other in stored.values():
            if len(wanted & set(copies.bands(copies.signature(copies.wording(other))))) >= copies.MEET:
                yield one, other

    for start in range(0, len(reports), size):
        batch = reports[start : start + size]
        stored.update((one.key, one) for one in batch)
        pairs |= copies.alike(pair for one in batch for pair in near(one))
    days = {one.key: (one.published.day if one.published else None, one.id) for one in reports}
    found = copies.firsts(days, pairs)
    assert {key: first for key, (first, _) in found.items()} == {key: origin.report for key, origin in whole.items()}
    texts = {one.key: copies.wording(one) for one in reports}
    for key, (first, share) in found.items():
        told = copies.share(texts[key], texts[first]) if share is None else share
        assert round(told, 4) == whole[key].share


def test_eight_hundred_reports_take_seconds() -> None:
    chance = random.Random(3)
    words = [f"word{number}" for number in range(4000)]
    reports = [report(" ".join(chance.choices(words, k=300)), id=str(number)) for number in range(800)]
    start = time.monotonic()
    found = copies.origins(reports)
    assert time.monotonic() - start < 15
    assert all(origin.report == key for key, origin in found.items())
