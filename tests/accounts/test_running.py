"""The running totals of one voice's own statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.accounts.policies import POLICIES, named
from parallax.accounts.running import running_totals
from parallax.model import (
    Days,
    Incident,
    Judgement,
    Kind,
    Origin,
    Place,
    PlacePrecision,
    RunningTotal,
    Scope,
    Stance,
    Statement,
    Verb,
    VictimClass,
)

from .cases import BRITAIN, RUSSIA, day, incident, said

ALMA, INKERMAN = (Place(name, None, None, PlacePrecision.VILLAGE) for name in ("Alma", "Inkerman"))
FIGHTERS = VictimClass.COMBATANT
Told = tuple[Place | None, Sequence[Statement]]


def of(first: int, last: int | None = None) -> Days:
    return Days(day(first), day(last or first))


def totals(
    *told: Told,
    voice: str = "monitor",
    policy: str = "airwars",
    origins: dict[str, Origin] | None = None,
    judgements: Sequence[Judgement] = (),
    backwards: bool = False,
) -> tuple[RunningTotal, ...]:
    incidents: list[Incident] = []
    statements: dict[str, Statement] = {}
    for number, (where, some) in enumerate(told):
        incidents.append(replace(incident(list(some)), id=f"incident-{number}", where=where))
        statements |= {s.claim.key: s for s in some}
    alone = {s.claim.report: Origin(s.claim.report, 1.0) for s in statements.values()} | (origins or {})
    if backwards:
        incidents.reverse()
        statements = dict(reversed(list(statements.items())))
    return running_totals(voice, incidents, statements, alone, named(policy), judgements)


def sums(total: RunningTotal) -> list[tuple[int, int]]:
    return [(addend.sum_low, addend.sum_high) for addend in total.addends]


def test_what_a_voice_says_of_each_incident_is_added_by_day() -> None:
    late = said("monitor", 5, on=9, when=of(8), report="b")
    early = said("monitor", 3, 4, "3 or 4", on=3, when=of(2), report="a")
    (total,) = totals((ALMA, [late]), (INKERMAN, [early, said("post", 90, report="c")]))
    assert (total.voice, total.kind, total.whose) == ("monitor", Kind.KILLED, "others")
    assert [addend.claims for addend in total.addends] == [(early.claim.key,), (late.claim.key,)]
    assert sums(total) == [(3, 4), (8, 9)]


def test_replaced_numbers_copies_parts_and_forecasts_are_not_added() -> None:
    first, now = said("monitor", 3, on=2), said("monitor", 7, on=4)
    reprint = said("monitor", 7, on=5, report="reprint")
    part = said("monitor", 2, on=4, whom="children", start=60)
    fear = said("monitor", 900, on=4, stance=Stance.EXPECTED, start=120)
    (total,) = totals((ALMA, [first, now, reprint, part, fear]), origins={"reprint": Origin("report-monitor-4", 1.0)})
    assert sums(total) == [(7, 7)]
    assert total.addends[0].claims == (now.claim.key,)
    assert {left.claim for left in total.left_out} == {s.claim.key for s in (first, reprint, part, fear)}
    assert all(left.reason for left in total.left_out)


def test_a_total_that_the_voice_gives_itself_is_shown_and_not_added() -> None:
    own = said("monitor", 400, None, "more than 400", scope=Scope.TOTAL, report="t")
    (total,) = totals((None, [own]), (ALMA, [said("monitor", 5, when=of(2))]))
    assert sums(total) == [(5, 5)]
    assert total.stated == (own.claim.key,)
    assert total.left_out == ()


def test_a_weeks_number_is_not_added_to_the_days_that_it_holds() -> None:
    days = [said("monitor", n, on=9, when=of(n), report=f"day-{n}") for n in (3, 4)]
    week = said("monitor", 30, on=9, when=of(1, 7), report="week")
    told: list[Told] = [(ALMA, [one]) for one in (*days, week)]
    (total,) = totals(*told)
    assert sums(total) == [(30, 30)]
    assert {left.reason for left in total.left_out} == {
        "within the 30 of the same voice for 1 October 1854 to 7 October 1854"
    }
    less = said("monitor", 6, on=9, when=of(1, 7), report="week")
    (total,) = totals(*told[:2], (ALMA, [less]))
    assert sums(total) == [(3, 3), (7, 7)]
    assert [left.claim for left in total.left_out] == [less.claim.key]
    (elsewhere,) = totals(*told[:2], (INKERMAN, [week]))
    assert sums(elsewhere)[-1] == (37, 37)


def test_a_partys_own_dead_its_enemys_and_others_are_never_added_to_each_other() -> None:
    own = said("raglan", 362, actor=BRITAIN, whom="our men", whom_class=FIGHTERS, report="a")
    enemy = said("raglan", 5000, actor=RUSSIA, whom="the enemy", whom_class=FIGHTERS, report="b")
    village = said("raglan", 2, whom="villagers", report="c")
    found = totals((ALMA, [own, enemy, village]), voice="raglan")
    assert [(total.whose, sums(total)) for total in found] == [
        ("its enemy's losses: Russia", [(5000, 5000)]),
        ("its own losses: Britain", [(362, 362)]),
        ("others", [(2, 2)]),
    ]


def test_what_people_discounted_is_left_out_with_who_and_why() -> None:
    bad = said("monitor", 40)
    judged = Judgement(Verb.DISCOUNT, (bad.claim.key,), "A. Reader", "a forgery", datetime(2026, 1, 1))
    (total,) = totals((ALMA, [bad]), judgements=[judged])
    assert total.addends == ()
    assert [left.reason for left in total.left_out] == ["discounted by A. Reader: a forgery"]


@st.composite
def campaigns(draw: st.DrawFn) -> list[Told]:
    found: list[Told] = []
    for number in range(draw(st.integers(1, 5))):
        some = []
        for line in range(draw(st.integers(1, 3))):
            first = draw(st.integers(1, 20))
            low = draw(st.integers(0, 50))
            high = draw(st.sampled_from([low, low + 5, None]))
            some.append(
                said(
                    draw(st.sampled_from(["monitor", "monitor", "raglan", "post"])),
                    low,
                    high,
                    f"{low} told",
                    on=draw(st.integers(20, 25)),
                    report=f"r{number}-{line}",
                    when=draw(st.sampled_from([None, of(first), of(first, min(31, first + draw(st.integers(0, 9))))])),
                    whom=draw(st.sampled_from(["people", "children"])),
                    stance=draw(st.sampled_from([Stance.ASSERTED, Stance.ASSERTED, *Stance])),
                    scope=draw(st.sampled_from([Scope.EVENT, Scope.EVENT, Scope.TOTAL])),
                )
            )
        found.append((draw(st.sampled_from([ALMA, INKERMAN, None])), some))
    return found


@given(campaigns(), st.sampled_from(sorted(POLICIES)))
@settings(max_examples=60, deadline=None)
def test_sums_only_grow_ignore_order_and_count_no_claim_twice(told: list[Told], policy: str) -> None:
    found = totals(*told, policy=policy)
    assert found == totals(*told, policy=policy, backwards=True)
    for total in found:
        low = high = 0
        for addend in total.addends:
            assert 0 <= addend.low <= addend.high
            low, high = low + addend.low, high + addend.high
            assert (addend.sum_low, addend.sum_high) == (low, high)
        added = [claim for addend in total.addends for claim in addend.claims]
        assert len(added) == len(set(added))
        assert not set(added) & {left.claim for left in total.left_out}
        assert not set(added) & set(total.stated)
