"""What is of the happening itself, and who says who did it."""

from __future__ import annotations

from datetime import date

import pytest

from parallax.accounts.happening import happening, in_its_words
from parallax.accounts.origins import attribute
from parallax.model import Actor, Attribution, Claim, Days, Kind, Mention, Origin, Span, Statement, StrikeStatus

from .cases import BRITAIN, FRANCE, RUSSIA, said, tally

SHELLING, RAID, FLEET = Kind.SHELLING, Kind.GROUND_ATTACK, Kind.AIR_STRIKE


def within(start: int, words: str) -> Mention:
    """A mention ten code points into the sentence that starts there."""
    return Mention(start + 10, start + 10 + len(words), words)


def day(number: int) -> date:
    return date(1854, 10, number)


def blamed(*statements: Statement) -> dict[str, tuple[str, ...]]:
    return {each.actor: each.by for each in tally(*statements).attributed}


def test_an_actor_of_the_background_did_not_do_it() -> None:
    harm = said("post", 9, report="a")
    guns = said("post", 1, kind=SHELLING, report="a", who=RUSSIA)
    background = said("post", None, kind=RAID, report="a", who=BRITAIN, start=200)
    assert blamed(harm, guns, background) == {"Russia": ("The Morning Post",)}


def test_what_else_a_report_of_the_harm_tells_of_did_not_do_it() -> None:
    harm, guns = said("post", 9, report="a"), said("post", 1, kind=SHELLING, report="a", who=RUSSIA)
    elsewhere = said("doctor", None, kind=FLEET, report="a", who=BRITAIN, start=200)
    found = tally(harm, guns, elsewhere)
    assert found.attributed == (Attribution("Russia", ("The Morning Post",)),)
    assert found.strike_status is StrikeStatus.SINGLE_SOURCE
    other_report = said("doctor", None, kind=FLEET, report="b", who=BRITAIN)
    assert set(blamed(harm, guns, other_report)) == {"Russia", "Britain"}


def test_days_far_from_the_happening_are_background() -> None:
    harm = said("post", 9, report="a", when=Days(day(2), day(2)))
    before = said("post", None, kind=SHELLING, report="a", who=BRITAIN, start=90, when=Days(date(1854, 8, 1), day(1)))
    (told, old) = attribute([harm, before], {report: Origin(report, 1.0) for report in "a"})
    of = happening([told, old], Days(day(2), day(2)))
    held = {said.key: of.holds(said) for said in (told, old)}
    assert held == {harm.claim.key: True, before.claim.key: False}
    assert happening([told, old], None).holds(old)
    assert happening([told, old], Days(date(1854, 8, 1), day(2))).holds(old)


@pytest.mark.parametrize(
    ("start", "by"),
    [(0, {"Russia": ("a doctor",)}), (300, {})],
    ids=["named in the sentence", "named in another sentence"],
)
def test_a_voice_blames_by_its_own_sentence(start: int, by: dict[str, tuple[str, ...]]) -> None:
    assert blamed(said("doctor", 9, who_=within(start, "the Russians"), who=RUSSIA)) == by


def test_a_headline_adds_nothing_to_a_voice_further_down() -> None:
    who, voice = Mention(5, 17, "Russian guns"), Mention(205, 213, "a doctor")
    quoted = Claim.of("a", 0, 40, Kind.KILLED, who=who, voice=voice, also=(Span(200, 260),))
    assert not in_its_words(who, quoted)
    assert in_its_words(who, Claim.of("a", 200, 260, Kind.KILLED, who=who, also=(Span(0, 40),)))
    assert in_its_words(None, quoted)


def test_an_indefinite_word_is_nobody() -> None:
    bomber = Actor("unknown-bomber", "Unknown bomber", None, 0.5)
    assert blamed(said("post", 9, who=bomber)) == {}


def test_either_of_two_is_one_that_may_be_either() -> None:
    open_ = Actor("britain", "Britain", "allies", 0.9, ("france",))
    either = said("doctor", 9, who=open_, who_=within(0, "British or French guns"))
    both = said("post", 9, who=open_, who_=within(0, "British and French guns"))
    french = said("monitor", None, kind=SHELLING, who=FRANCE)
    assert blamed(either, french) == {"Britain or France": ("a doctor",), "France": ("the Monitor",)}
    assert blamed(both, french) == {"Britain": ("The Morning Post",), "France": ("The Morning Post", "the Monitor")}


def test_nobody_is_blamed_for_his_own_dead() -> None:
    assert blamed(said("post", 30, who=RUSSIA, actor=RUSSIA, whom="Russian soldiers")) == {}


def test_a_report_that_quotes_a_voice_for_the_blame_only_passes_it_on() -> None:
    quoted = said("doctor", 9, report="a", who=RUSSIA)
    own = said("post", None, kind=SHELLING, report="a", who=RUSSIA, own_words=True)
    assert blamed(quoted, own) == {"Russia": ("a doctor",)}
    assert blamed(own) == {"Russia": ("The Morning Post",)}


def test_who_only_counts_the_dead_blames_nobody() -> None:
    guns = said("post", 1, kind=SHELLING, report="a", who=RUSSIA)
    assert blamed(guns, said("doctor", 9, report="b")) == {"Russia": ("The Morning Post",)}


def test_the_bodies_of_one_party_are_one_origin() -> None:
    assert tally(said("raglan", 9), said("post", 9)).origins == 2
    other = said("menshikov", 9, report="c")
    assert tally(said("menshikov", 9), other, said("post", 9)).origins == 2
