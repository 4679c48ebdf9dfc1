"""Laws that hold for any accounts, under every policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.accounts.policies import POLICIES
from parallax.accounts.quantify import read
from parallax.model import (
    Claim,
    Judgement,
    Kind,
    Mention,
    Origin,
    Scope,
    Stance,
    Statement,
    Tally,
    Verb,
    VictimClass,
)

from .cases import BRITAIN, FRANCE, RUSSIA, VOICES, day, said, tally

COUNTS = st.one_of(
    st.just((None, None, "")),
    st.integers(0, 60).map(lambda n: (n, n, str(n))),
    st.integers(0, 60).map(lambda n: (n, None, f"at least {n}")),
    st.integers(0, 60).map(lambda n: (n, None, f"more than {n}")),
    st.integers(0, 60).map(lambda n: (None, n, f"up to {n}")),
    st.integers(0, 60).map(lambda n: (None, n, f"fewer than {n}")),
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (p[0], p[0] + p[1], f"{p[0]} to {p[0] + p[1]}")),
    st.sampled_from([(24, None, "dozens"), (200, None, "hundreds"), (3, None, "several")]),
)


@st.composite
def told(draw: st.DrawFn, number: int = 0) -> Statement:
    low, high, text = draw(COUNTS)
    return said(
        draw(st.sampled_from(sorted(VOICES))),
        low,
        high,
        text,
        kind=draw(st.sampled_from([Kind.KILLED, Kind.KILLED, Kind.KILLED, Kind.INJURED, Kind.SHELLING])),
        whom=draw(st.sampled_from(["people", "children", "soldiers", "militants", "Anna Petrova", None])),
        whom_class=draw(st.sampled_from(list(VictimClass))),
        report=draw(st.sampled_from(["a", "b", "c", "d"])),
        on=draw(st.sampled_from([1, 2, 3, None])),
        own_words=draw(st.booleans()),
        start=number * 50,
        stance=draw(st.sampled_from([Stance.ASSERTED, Stance.ASSERTED, *Stance])),
        scope=draw(st.sampled_from([Scope.EVENT, Scope.EVENT, Scope.TOTAL])),
        actor=draw(st.sampled_from([None, None, BRITAIN, FRANCE, RUSSIA])),
        who=draw(st.sampled_from([None, BRITAIN, RUSSIA])),
    )


@st.composite
def tellings(draw: st.DrawFn) -> list[Statement]:
    """Statements, those of one report published on one day."""
    days = {report: draw(st.sampled_from([day(1), day(2), day(3), None])) for report in "abcd"}
    statements = [draw(told(number)) for number in range(draw(st.integers(1, 7)))]
    statements = [replace(s, published=days[s.claim.report]) for s in statements]
    return list({s.claim.key: s for s in statements}.values())


policies = st.sampled_from(sorted(POLICIES))


def values(found: Tally) -> dict[tuple[str, str], tuple[int | None, int | None, int | None]]:
    return {(r.kind, r.whom): (r.low.value, r.high.value, r.best.value if r.best else None) for r in found.ranges}


@given(tellings(), policies)
@settings(max_examples=80, deadline=None)
def test_low_is_never_above_high_nor_best_outside(statements: list[Statement], policy: str) -> None:
    for low, high, best in values(tally(*statements, policy=policy)).values():
        assert low is None or high is None or low <= high
        assert low is None or high is not None  # a low end is itself a number put to the incident
        assert best is None or (low or 0) <= best <= (best if high is None else high)


@given(tellings(), policies)
@settings(max_examples=80, deadline=None)
def test_all_is_never_less_than_a_class(statements: list[Statement], policy: str) -> None:
    found = values(tally(*statements, policy=policy))
    for (kind, whom), ends in found.items():
        if whom in ("civilian", "combatant", "unknown"):
            for part, whole in zip(ends, found[kind, "all"], strict=True):
                assert part is None or (whole is not None and whole >= part)


@given(tellings(), policies)
@settings(max_examples=400, deadline=None)
def test_no_end_is_more_than_the_claims_that_it_rests_on_add_up_to(statements: list[Statement], policy: str) -> None:
    """A number leads to the sentences that give it: 121 never to "at least 100" alone."""
    most = {}
    for statement in statements:
        spread = read(statement.claim, POLICIES[policy].words)
        most[statement.claim.key] = 2 if spread is None else spread.top  # people hurt without a number are 2
    for found in tally(*statements, policy=policy).ranges:
        for bound in (found.low, found.high, found.best):
            if bound is not None and bound.value is not None:
                assert bound.value <= sum(most[claim] for claim in bound.claims), (found.whom, bound)


@given(tellings(), policies, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_makes_no_difference(statements: list[Statement], policy: str, random: object) -> None:
    shuffled = list(statements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tally(*shuffled, policy=policy) == tally(*statements, policy=policy)


def copied(statement: Statement, report: str, outlet: str) -> Statement:
    claim = statement.claim
    slots = {name: getattr(claim, name) for name in Claim.__dataclass_fields__ if name not in ("key", "report")}
    again = Claim.of(report, **slots)
    voice = VOICES[outlet] if claim.voice is None else statement.voice
    return replace(statement, claim=again, voice=voice, outlet=VOICES[outlet].name, published=day(9))


@given(tellings(), policies, st.sampled_from("abcd"))
@settings(max_examples=80, deadline=None)
def test_a_copy_of_a_report_changes_no_bound(statements: list[Statement], policy: str, report: str) -> None:
    copies = [copied(s, "copy", "gazette") for s in statements if s.claim.report == report]
    alone = tally(*statements, policy=policy)
    with_copy = tally(*statements, *copies, policy=policy, origins={"copy": Origin(report, 1.0)})
    assert values(with_copy) == values(alone)
    assert (with_copy.grade, with_copy.origins) == (alone.grade, alone.origins)


@given(tellings(), policies)
@settings(max_examples=50, deadline=None)
def test_with_every_claim_discounted_nothing_is_known(statements: list[Statement], policy: str) -> None:
    keys = tuple(s.claim.key for s in statements)
    judgement = Judgement(Verb.DISCOUNT, keys, "A. Reader", "a forgery", datetime(2026, 1, 1))
    found = tally(*statements, policy=policy, judgements=[judgement])
    assert set(values(found).values()) <= {(None, None, None)}
    assert (found.origins, found.attributed) == (0, ())


@given(tellings(), policies)
@settings(max_examples=60, deadline=None)
def test_every_claim_of_a_harm_is_used_or_left_out_with_a_reason(statements: list[Statement], policy: str) -> None:
    found = tally(*statements, policy=policy)
    for one in found.ranges:
        for bound in (one.low, one.high):
            left_out = {left.claim for left in bound.left_out}
            assert not left_out & set(bound.claims)
            assert all(left.reason for left in bound.left_out)
            if one.whom == "all":
                assert left_out | set(bound.claims) == {s.claim.key for s in statements if s.claim.kind is one.kind}


@given(tellings())
@settings(max_examples=50, deadline=None)
def test_every_claim_stands_in_one_account_once(statements: list[Statement]) -> None:
    found = tally(*statements)
    standing = [key for account in found.accounts for key in (*account.current, *account.superseded)]
    assert sorted(standing) == sorted(s.claim.key for s in statements)
    keys = {s.claim.key for s in statements}
    assert all({d.a, d.b} <= keys and d.a != d.b and d.words for d in found.differences)


@given(st.text(max_size=40), st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_hostile_words_never_break_a_tally(text: str, number: int) -> None:
    statement = said("post", number, None, text)
    strange = replace(statement, claim=replace(statement.claim, whom=Mention(0, len(text), text)))
    for policy in POLICIES:
        assert tally(strange, policy=policy).ranges
