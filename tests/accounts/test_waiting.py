"""What waits for a person: the claims that a number rests on, disputes, thin links, and incidents nobody looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.accounts.judgements import standing
from parallax.accounts.policies import named
from parallax.accounts.waiting import waiting
from parallax.accounts.weigh import Scales
from parallax.model import Judgement, Kind, Link, Origin, QueueItem, Reason, Statement, Verb, Weight

from .cases import incident, said

AIRWARS = named("airwars")


def items(
    *statements: Statement, judgements: Sequence[Judgement] = (), links: tuple[Link, ...] = ()
) -> tuple[QueueItem, ...]:
    made = replace(incident(statements), links=links)
    by_key = {statement.claim.key: statement for statement in statements}
    alone = {statement.claim.report: Origin(statement.claim.report, 1.0) for statement in statements}
    scales = Scales(made, by_key, alone, judgements)
    return waiting(made, scales.tally(AIRWARS), by_key, scales, AIRWARS, judgements)


def by_reason(found: Sequence[QueueItem]) -> dict[Reason, QueueItem]:
    return {item.reason: item for item in found}


def firm(*statements: Statement) -> tuple[Link, ...]:
    """A strong link between every two tellings."""
    keys = sorted({f"telling-{statement.claim.report}" for statement in statements})
    return tuple(Link(a, b, 14.0, (Weight("day", 14.0, "one day"),)) for a in keys for b in keys if a < b)


def test_a_claim_that_an_end_rests_on_waits_with_what_its_loss_would_change() -> None:
    low, high = said("post", 3, certainty=0.95), said("monitor", 40, certainty=0.95)
    found = [item for item in items(low, high, links=firm(low, high)) if item.reason is Reason.RESTS]
    assert {item.claims: item.words for item in found} == {
        (high.claim.key,): "without it, killed 3–40 would be 3",
        (low.claim.key,): "without it, killed 3–40 would be 40",
    }
    assert all(item.priority > 0 for item in found)


def test_a_doubtful_claim_comes_before_a_sure_one_that_weighs_the_same() -> None:
    unsure = said("post", 8, certainty=0.9, certainties=(("count", 0.3), ("where", 0.8)))
    sure = said("post", 8, certainty=0.9, certainties=(("count", 0.95),))
    (doubtful,) = items(unsure)
    (rests,) = items(sure)
    assert doubtful.reason is Reason.DOUBTFUL
    assert "only 30 % sure of how many" in doubtful.words
    assert rests.reason is Reason.RESTS
    assert doubtful.priority > 3 * rests.priority
    # One claim is one question, however sure the reader is of it.
    assert doubtful.key == rests.key


def test_what_two_reports_dispute_waits_with_both_claims() -> None:
    one, other = said("raglan", 5, kind=Kind.KILLED), said("menshikov", 300)
    found = by_reason(items(one, other, links=firm(one, other)))
    dispute = found[Reason.DISPUTE]
    assert set(dispute.claims) == {one.claim.key, other.claim.key}
    assert "300" in dispute.words


def test_a_report_on_a_thin_link_waits_and_one_on_a_firm_link_does_not() -> None:
    one, other = said("post", 5), said("monitor", 6)
    thin = (Link("telling-report-monitor-2", "telling-report-post-2", 4.0, (Weight("day", 4.0, "one day"),)),)
    waits = by_reason(items(one, other, links=thin))
    assert "thin link (one day)" in waits[Reason.THIN].words
    assert Reason.THIN not in by_reason(items(one, other, links=firm(one, other)))


def test_an_incident_that_nothing_is_wrong_with_waits_last_and_never_is_nothing_kept() -> None:
    (new,) = items(said("post", kind=Kind.AIR_STRIKE, whom=None, certainty=0.95))
    assert new.reason is Reason.NEW
    assert 0 < new.priority < 10


@pytest.mark.parametrize("verb", [Verb.ACCEPT, Verb.CORRECT, Verb.DISCOUNT, Verb.SIGN_OFF])
def test_what_was_decided_about_waits_no_longer_until_that_is_withdrawn(verb: Verb) -> None:
    low, high = said("post", 3, certainty=0.95), said("monitor", 40, certainty=0.95)
    slot, value = ("count", "40") if verb is Verb.CORRECT else (None, None)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    decided = Judgement(verb, (low.claim.key, high.claim.key), "A. Coder", "seen", at, slot, value)
    links = firm(low, high)
    assert all(item.decided is None for item in items(low, high, links=links))
    assert all(item.decided == at for item in items(low, high, judgements=[decided], links=links))
    gone = Judgement(Verb.WITHDRAW, decided.claims, "A. Coder", "no", at.replace(day=2), None, decided.key)
    after = items(low, high, judgements=standing([decided, gone]), links=links)
    assert after == items(low, high, links=links)


def test_a_dispute_is_decided_only_with_both_its_claims() -> None:
    one, other = said("raglan", 5), said("menshikov", 300)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    half = Judgement(Verb.ACCEPT, (one.claim.key,), "A. Coder", "seen", at)
    links = firm(one, other)
    assert by_reason(items(one, other, judgements=[half], links=links))[Reason.DISPUTE].decided is None


@given(st.permutations([said("post", 3), said("monitor", 40), said("raglan", 7), said("menshikov", 90)]))
def test_the_order_of_statements_does_not_matter(statements: list[Statement]) -> None:
    expected = items(*sorted(statements, key=lambda s: s.claim.key))
    assert items(*statements) == expected


@given(
    st.lists(st.tuples(st.sampled_from(["post", "monitor", "gazette"]), st.integers(0, 40), st.booleans()), max_size=6)
)
def test_what_is_left_out_of_one_harm_changes_no_range_of_another(told: list[tuple[str, int, bool]]) -> None:
    statements = [
        said(voice, number, report=f"r{at}", kind=Kind.INJURED if hurt else Kind.KILLED)
        for at, (voice, number, hurt) in enumerate(told)
    ]
    statements.append(said("post", 7, report="last"))
    by_key = {statement.claim.key: statement for statement in statements}
    alone = {statement.claim.report: Origin(statement.claim.report, 1.0) for statement in statements}
    scales = Scales(incident(statements), by_key, alone)
    every = scales.ranges(AIRWARS)
    for statement in statements:
        kind = statement.claim.kind
        without = {statement.claim.key: "left out"}
        left = scales.ranges(AIRWARS, without)
        assert [one for one in left if one.kind is not kind] == [one for one in every if one.kind is not kind]
        assert [one for one in left if one.kind is kind] == list(scales.ranges(AIRWARS, without, (kind,)))
