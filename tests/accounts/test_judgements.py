"""Laws of judgements: their order does not matter, a withdrawal undoes, what fits a slot is put there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.accounts.judgements import NAMED, PLAIN, days_of, discounts, fits, put, standing
from parallax.ledger.rows import JUDGEMENT
from parallax.model import Claim, Count, Days, Judgement, Kind, Scope, Stance, Verb, VictimClass

START = datetime(2026, 1, 1, tzinfo=UTC)
CLAIM = Claim.of("report", 0, 10, Kind.KILLED, count=Count(3, 3, "three"))


def judged(verb: Verb, minute: int, claims: tuple[str, ...] = ("c",), value: str | None = None) -> Judgement:
    return Judgement(verb, claims, "A. Coder", "read again", START + timedelta(minutes=minute), None, value)


plain_judgements = st.builds(
    judged,
    st.sampled_from([Verb.ACCEPT, Verb.DISCOUNT, Verb.MERGE, Verb.SPLIT, Verb.SIGN_OFF]),
    st.integers(0, 50),
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True).map(tuple),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Judgement]:
    """Decisions, and withdrawals of some of them, of some withdrawals, and of what was never decided."""
    made = draw(st.lists(plain_judgements, max_size=8, unique_by=lambda j: j.key))
    for minute in range(draw(st.integers(0, 6))):
        target = draw(st.sampled_from([*[j.key for j in made], "never made"]))
        claims = next((j.claims for j in made if j.key == target), ("a",))
        made.append(judged(Verb.WITHDRAW, 100 + minute, claims, target))
    return made


@given(histories(), st.randoms())
def test_the_order_of_judgements_does_not_matter(history: list[Judgement], random: object) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(shuffled) == standing(history)
    assert discounts(standing(shuffled)) == discounts(standing(history))


@given(histories())
def test_withdrawing_the_last_decision_leaves_what_stood_before_it(history: list[Judgement]) -> None:
    last = judged(Verb.DISCOUNT, 200, ("a",))
    gone = judged(Verb.WITHDRAW, 201, ("a",), last.key)
    back = judged(Verb.WITHDRAW, 202, ("a",), gone.key)
    before = standing(history)
    assert standing([*history, last, gone]) == before
    assert standing([*history, last, gone, back]) == standing([*history, last]) == (*before, last)


@given(histories())
def test_what_stands_was_decided_and_is_no_withdrawal(history: list[Judgement]) -> None:
    stands = standing(history)
    assert set(stands) <= set(history)
    assert all(judgement.verb is not Verb.WITHDRAW for judgement in stands)
    withdrawn = {judgement.value for judgement in history if judgement.verb is Verb.WITHDRAW}
    assert all(
        judgement in stands for judgement in history if judgement.key not in withdrawn and judgement.verb != "withdraw"
    )


@given(st.sampled_from(["a", "b"]), st.integers(1, 9))
def test_a_judgement_keeps_its_key_through_the_ledgers_words(why: str, minute: int) -> None:
    made = Judgement(Verb.CORRECT, ("x", "y"), "A. Coder", why, START + timedelta(minutes=minute), "count", "4-5")
    assert JUDGEMENT.validate_json(JUDGEMENT.dump_json(made)).key == made.key


def test_a_judgement_written_by_an_older_program_still_reads() -> None:
    older = '{"verb":"discount","claims":["a","b"],"who":"A. Coder","why":"a copy","at":"2026-01-01T00:00:00Z"}'
    read = JUDGEMENT.validate_json(older)
    assert (read.verb, read.claims, read.slot, read.value) == (Verb.DISCOUNT, ("a", "b"), None, None)
    assert read.key == Judgement(Verb.DISCOUNT, ("a", "b"), "A. Coder", "a copy", START).key


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2018-11-02", date(2018, 11, 2), date(2018, 11, 2)),
        ("2018-11-02..2018-11-05", date(2018, 11, 2), date(2018, 11, 5)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-11..2019", date(2018, 11, 1), date(2019, 12, 31)),
    ],
)
def test_days_are_given_as_days_months_or_years(words: str, first: date, last: date) -> None:
    assert days_of(words) == Days(first, last)
    assert put(CLAIM, "when", words).when == Days(first, last)


@pytest.mark.parametrize(
    "words", ["yesterday", "2018-13", "2018-02-30", "2018-11-05..2018-11-02", "0000", "18-1-1", ".."]
)
def test_what_is_no_day_does_not_fit(words: str) -> None:
    assert days_of(words) is None
    assert not fits("when", words)


@pytest.mark.parametrize(
    ("slot", "value", "said"),
    [
        ("count", "at least 7", Count(7, None, "at least 7")),
        ("whom_class", "civilian", VictimClass.CIVILIAN),
        ("stance", "denied", Stance.DENIED),
        ("scope", "total", Scope.TOTAL),
        ("kind", "injured", Kind.INJURED),
    ],
)
def test_a_value_that_fits_is_put_into_the_claim_which_keeps_its_key(slot: str, value: str, said: object) -> None:
    assert fits(slot, value)
    put_in = put(CLAIM, slot, f" {value} ")
    assert getattr(put_in, slot) == said
    assert put_in.key == CLAIM.key


@given(st.sampled_from([*PLAIN, *NAMED, "voices", ""]), st.text(max_size=400))
def test_whatever_fits_can_be_put(slot: str, value: str) -> None:
    if fits(slot, value):
        assert put(CLAIM, slot, value).key == CLAIM.key
    if slot not in (*PLAIN, *NAMED):
        assert not fits(slot, value)
