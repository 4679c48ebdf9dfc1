"""What an origin says now, and what it said before."""

from __future__ import annotations

from parallax.model import Account, Days, DifferenceType, Stance, Statement, Tally, VictimClass

from .cases import BRITAIN, RUSSIA, day, ends, reason, said, spread, tally


def account(found: Tally, origin: str) -> Account:
    (one,) = [account for account in found.accounts if account.origin == origin]
    return one


def keys(*statements: Statement) -> tuple[str, ...]:
    return tuple(s.claim.key for s in statements)


def test_a_later_number_of_the_same_voice_replaces_the_earlier() -> None:
    early, late = said("monitor", 3, on=2), said("monitor", 5, on=3)
    found = tally(late, early)
    assert account(found, "monitor").current == keys(late)
    assert account(found, "monitor").superseded == keys(early)
    assert ends(found) == (5, 5)
    assert reason(spread(found).low, early) == "superseded on 3 October 1854 by the same voice"
    (difference,) = found.differences
    assert difference.type is DifferenceType.GROWTH
    assert difference.words == 'the Monitor raised "3" to "5" on 3 October 1854'


def test_a_number_brought_down_is_a_revision() -> None:
    found = tally(said("monitor", 9, on=2), said("monitor", 5, on=3))
    assert [d.type for d in found.differences] == [DifferenceType.REVISION]
    assert ends(found) == (5, 5)


def test_superseded_claims_stand_in_order_of_publication() -> None:
    told = [said("monitor", number, on=on) for on, number in ((4, 8), (2, 3), (3, 5))]
    found = account(tally(*told), "monitor")
    assert found.superseded == keys(told[1], told[2])
    assert found.current == keys(told[0])


def test_a_number_given_again_after_another_stands_now() -> None:
    found = tally(said("monitor", 3, on=2), said("monitor", 5, on=3), said("monitor", 3, on=4))
    assert ends(found) == (3, 3)


def test_numbers_of_one_day_that_disagree_are_both_current() -> None:
    one, other = said("monitor", 3, report="a"), said("monitor", 5, report="b")
    found = tally(one, other)
    assert set(account(found, "monitor").current) == set(keys(one, other))
    assert account(found, "monitor").superseded == ()
    assert ends(found) == (3, 5)


def test_an_undated_number_replaces_nothing_and_is_not_replaced() -> None:
    found = tally(said("monitor", 3, on=None), said("monitor", 5, on=3))
    assert account(found, "monitor").superseded == ()
    assert ends(found) == (3, 5)


def test_an_estimate_that_its_voice_denies_later_is_withdrawn() -> None:
    early = said("monitor", 30, on=2)
    found = tally(early, said("monitor", 30, on=4, stance=Stance.DENIED), said("post", 4))
    assert ends(found) == (4, 4)
    assert reason(spread(found).high, early) == "withdrawn on 4 October 1854 by the same voice"


def test_a_denial_of_another_number_takes_nothing_back() -> None:
    told = said("monitor", 200, on=2)
    found = tally(told, said("monitor", 40, on=4, stance=Stance.DENIED))
    assert account(found, "monitor").superseded == ()
    assert ends(found) == (200, 200)
    withdrawn = tally(told, said("monitor", None, None, on=4, whom="people", stance=Stance.DENIED))
    assert account(withdrawn, "monitor").superseded == keys(told)
    assert [d.words for d in withdrawn.differences] == ['the Monitor withdrew "200" on 4 October 1854']


def test_numbers_for_other_people_or_other_days_replace_nothing() -> None:
    soldiers = said("monitor", 9, on=3, whom="soldiers", whom_class=VictimClass.COMBATANT)
    assert account(tally(said("monitor", 3, on=2), soldiers), "monitor").superseded == ()
    ours, theirs = said("raglan", 300, actor=BRITAIN, on=2), said("raglan", 900, actor=RUSSIA, on=3)
    assert account(tally(ours, theirs), "raglan").superseded == ()
    first = said("monitor", 3, on=2, when=Days(day(1), day(1)))
    second = said("monitor", 5, on=3, when=Days(day(3), day(3)))
    assert account(tally(first, second), "monitor").superseded == ()


def test_a_late_reprint_of_an_early_report_replaces_nothing() -> None:
    from parallax.model import Origin

    wire, later = said("monitor", 3, on=2, report="wire"), said("monitor", 5, on=3, report="later")
    reprint = said("monitor", 3, on=6, report="reprint")
    found = tally(wire, later, reprint, origins={"reprint": Origin("wire", 1.0)})
    assert ends(found) == (5, 5)
    assert account(found, "monitor").current == keys(later)
