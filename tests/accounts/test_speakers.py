"""Voices that are one within an incident, and sentences that two papers print."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.accounts.speakers import one_voice, same_sentence
from parallax.model import Claim, Count, Kind, Mention, Stance, Statement, Voice, VoiceType

from .cases import said, spread, tally


def spoken(key: str, low: int, report: str, sort: VoiceType = VoiceType.PERSON, **slots: object) -> Statement:
    statement = said("doctor", low, report=report, **slots)  # type: ignore[arg-type]
    return replace(statement, voice=Voice(key, key.split(":")[1], sort))


def printed(outlet: str, report: str, low: int, whom: str, where: str, at: int = 0, long: int = 120) -> Statement:
    claim = Claim.of(
        report,
        at,
        at + long,
        Kind.KILLED,
        count=Count(low, None, f"at least {low}"),
        whom=Mention(at + 30, at + 30 + len(whom), whom),
        where=Mention(at + 70, at + 70 + len(where), where),
    )
    voice = Voice(f"outlet:{outlet}", outlet, VoiceType.OUTLET)
    return Statement(claim, voice, outlet=outlet, published=said("post", 1, on=2 if report == "a" else 3).published)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("person:mohammed-al-khatib", "person:muhammad-khatib"),
        ("person:yousef-darwish", "person:yusuf-darwish"),
        ("person:abdel-rahman-qasim", "person:abdulrahman-qasim"),
        ("person:nadia-haddad", "person:haddad"),
    ],
)
def test_spellings_of_one_person_are_one_origin(one: str, other: str) -> None:
    statements = spoken(one, 4, "a"), spoken(other, 4, "b")
    assert one_voice(statements) == {max(one, other): min(one, other)}
    assert tally(*statements).origins == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("person:salim-hassan", "person:salma-hussein"),
        ("person:nadia-haddad", "person:nabil-haddad"),
        ("person:omar-zein", "person:amer-zahn"),
    ],
)
def test_other_persons_stay_apart(one: str, other: str) -> None:
    assert one_voice((spoken(one, 4, "a"), spoken(other, 4, "b"))) == {}


def test_a_surname_that_two_bear_is_neither() -> None:
    told = spoken("person:nadia-haddad", 4, "a"), spoken("person:omar-haddad", 4, "b"), spoken("person:haddad", 4, "c")
    assert one_voice(told) == {}


def test_an_unnamed_informant_of_two_papers_is_one_by_his_number() -> None:
    first = spoken("unnamed:medical-source@outlet:lantern", 9, "a", VoiceType.UNNAMED)
    second = spoken("unnamed:medical-source@outlet:beacon", 9, "b", VoiceType.UNNAMED)
    other = spoken("unnamed:medical-source@outlet:herald", 14, "c", VoiceType.UNNAMED)
    assert tally(first, second).origins == 1
    assert tally(first, second, other).origins == 2


def test_a_paragraph_that_two_papers_print_is_one_origin() -> None:
    first = printed("Lantern", "a", 18, "civilians", "Ravenna")
    again = printed("Beacon", "b", 18, "civilians", "Ravena", at=400, long=124)
    found = tally(first, again)
    assert found.origins == 1
    assert [d.words for d in found.differences] == ["the same sentence as in Lantern's report"]
    own = printed("Beacon", "b", 18, "civilians", "Ravenna", at=400, long=190)
    assert tally(first, own).origins == 2
    assert spread(found).low.claims == (first.claim.key,)


def test_what_differs_is_no_same_sentence() -> None:
    one, two = (printed(o, r, 18, "civilians", "Ravenna").claim for o, r in (("Lantern", "a"), ("Beacon", "b")))
    assert same_sentence(one, two)
    assert not same_sentence(one, replace(two, stance=Stance.DENIED))
    assert not same_sentence(one, replace(two, count=Count(24, None, "at least 24")))
    assert not same_sentence(one, replace(two, count=None))
    assert not same_sentence(one, replace(two, where=None))
    assert not same_sentence(one, replace(two, whom=Mention(60, 69, "civilians")))
    assert not same_sentence(replace(one, end=50), replace(two, end=50))


KEYS = st.sampled_from(
    [
        *("person:ali-hasan", "person:aly-hassan", "person:hasan", "person:omar-hasan", "person:umar-hasan"),
        *("unnamed:source@outlet:a", "unnamed:source@outlet:b", "unnamed:doctor@outlet:b", "sohr"),
    ]
)


@given(st.lists(st.tuples(KEYS, st.integers(1, 3)), max_size=7))
def test_who_is_one_depends_on_no_order(told: list[tuple[str, int]]) -> None:
    statements = [spoken(f"{k}" if ":" in k else f"x:{k}", n, f"r{i}") for i, (k, n) in enumerate(told)]
    sorts = [replace(s, voice=replace(s.voice, type=VoiceType.UNNAMED)) for s in statements]
    for some in (statements, sorts):
        found = one_voice(some)
        assert found == one_voice(list(reversed(some)))
        assert all(stands <= key and stands not in found for key, stands in found.items())
