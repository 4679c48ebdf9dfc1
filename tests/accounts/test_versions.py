"""What changed in the claims from one version of a page to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from parallax.accounts.versions import revisions
from parallax.model import Actor, Claim, Count, Days, Kind, Mention, Statement, Voice, VoiceType

MAYOR = Voice("mayor", "the mayor", VoiceType.OFFICIAL)
GOVERNOR = Voice("governor", "the governor", VoiceType.OFFICIAL)


def said(text: str, words: str, kind: Kind, number: int | None, voice: Voice = MAYOR, **slots: Any) -> Statement:
    start = text.index(words)
    count = Count(number, number, str(number)) if number is not None else None
    return Statement(Claim.of("r", start, start + len(words), kind, count=count, **slots), voice)


def test_a_number_that_grew_is_one_claim_changed() -> None:
    first, second = "Ten people died in Homs, the mayor said.", "Twelve people died in Homs, the mayor said."
    old, new = said(first, first, Kind.KILLED, 10), said(second, second, Kind.KILLED, 12)
    (found,) = revisions([old], [new], (first, second))
    assert (found.before, found.after, found.slots) == (old, new, ("count",))
    assert not found.same


def test_what_is_added_and_what_is_gone() -> None:
    first = "Ten people died in Homs. Three schools were hit."
    second = "Ten people died in Homs. The army shelled Hama."
    dead, damage = said(first, "Ten people died in Homs.", Kind.KILLED, 10), said(first, "Three", Kind.DAMAGE, 3)
    still = said(second, "Ten people died in Homs.", Kind.KILLED, 10)
    shelling = said(second, "The army shelled Hama.", Kind.SHELLING, None)
    found = revisions([dead, damage], [still, shelling], (first, second))
    assert [(each.before, each.after, each.same) for each in found] == [
        (dead, still, True),
        (None, shelling, False),
        (damage, None, False),
    ]


def test_of_two_claims_in_a_sentence_each_keeps_its_own() -> None:
    first = "Ten soldiers and four civilians died, the mayor said."
    second = "Ten soldiers and six civilians died, the governor said."
    day = Days(date(2017, 4, 3), date(2017, 4, 3))
    soldiers, civilians = Mention(4, 12, "soldiers"), Mention(22, 31, "civilians")
    old = [
        said(first, first, Kind.KILLED, 10, whom=soldiers, when=day),
        said(first, first, Kind.KILLED, 4, whom=civilians, when=day),
    ]
    new = [
        said(second, second, Kind.KILLED, 10, GOVERNOR, whom=soldiers, when=day),
        said(second, second, Kind.KILLED, 6, GOVERNOR, whom=civilians, when=day),
    ]
    found = revisions(old, new, (first, second))
    assert [each.slots for each in found] == [("voice",), ("count", "voice")]


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.integers(0, 5)), max_size=6), st.data())
def test_every_claim_of_both_versions_stands_once(claims: list[tuple[Kind, int]], data: st.DataObject) -> None:
    text = "Something of some kind happened to some people on some day."
    every = list({s.claim.key: s for s in (said(text, text, kind, n) for kind, n in claims)}.values())
    before = [s for s in every if data.draw(st.booleans())]
    after = [s for s in every if data.draw(st.booleans())]
    found = revisions(before, after, (text, text))
    assert [each.after for each in found if each.after] == after
    assert sorted(each.before.claim.key for each in found if each.before) == sorted(s.claim.key for s in before)
    assert all(each.before or each.after for each in found)


def test_the_same_words_resolved_otherwise_are_no_change() -> None:
    text = "The army shelled Homs."
    army = Mention(0, 8, "The army")
    plain = said(text, text, Kind.SHELLING, None, who=army)
    known = replace(plain, who=Actor("army-of-syria", "Syrian army"))
    renamed = replace(known, claim=replace(known.claim, who=Mention(0, 8, "Syria’s army")))
    assert revisions([plain], [known], (text, text))[0].same
    assert revisions([known], [renamed], (text, text))[0].same
    assert revisions([plain], [renamed], (text, text))[0].slots == ("who",)
