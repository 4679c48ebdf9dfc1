"""The parts of an incident's page: ranges in order, accounts as rows, how a toll grew, copies, charts."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from parallax.exports.spreads import by_harm
from parallax.model import (
    Account,
    Bound,
    Claim,
    Count,
    DateSource,
    Days,
    Grade,
    Kind,
    Link,
    Mention,
    Origin,
    Published,
    Range,
    Report,
    Statement,
    Tally,
    Voice,
    VoiceType,
)
from parallax.workbench.incident.copies import sets
from parallax.workbench.incident.history import steps
from parallax.workbench.incident.matrix import matrix
from parallax.workbench.incident.parts import strongest

DAY = date(1854, 10, 25)
NONE = Bound(None, "unknown: no report gives a number")


def voice(name: str) -> Voice:
    return Voice(name.lower(), name, VoiceType.OUTLET)


def statement(
    start: int, low: int | None = None, *, by: str = "Post", later: int = 0, kind: Kind = Kind.KILLED, **slots: object
) -> Statement:
    count = None if low is None else Count(low, low, str(low))
    claim = Claim.of("r", start, start + 5, kind, count=count, when=Days(DAY, DAY), **slots)
    return Statement(claim, voice(by), published=DAY + timedelta(days=later))


def tally(*accounts: Account, ranges: tuple[Range, ...] = ()) -> Tally:
    return Tally("i", "airwars@1", ranges, Grade.WEAK, "", None, (), accounts, (), 1, len(accounts))


def account(name: str, current: list[Statement], before: list[Statement] | None = None) -> Account:
    gone = tuple(s.claim.key for s in before or [])
    return Account("i", name.lower(), voice(name), tuple(s.claim.key for s in current), gone, ("r",))


def keyed(*said: Statement) -> dict[str, Statement]:
    return {s.claim.key: s for s in said}


def spread(whom: str, low: int | None, high: int | None, claims: tuple[str, ...] = ()) -> Range:
    ends = [Bound(value, f"{value}: reached", claims) if value is not None else NONE for value in (low, high)]
    return Range(Kind.KILLED, whom, ends[0], ends[1])


def test_all_stands_first_then_classes_then_sides() -> None:
    given = [spread("side: Russia", 5, 5), spread("combatant", 1, 2), spread("civilian", 3, 4), spread("all", 4, 6)]
    (harm,) = by_harm(tally(ranges=tuple(given)))
    assert [line.spread.whom for line in harm.lines] == ["all", "civilian", "combatant", "side: Russia"]
    assert harm.silent == ()


def test_classes_that_no_report_speaks_of_are_set_aside_but_all_never_is() -> None:
    (harm,) = by_harm(tally(ranges=(spread("unknown", None, None), spread("all", None, None))))
    assert [line.spread.whom for line in harm.lines] == ["all"]
    assert [silent.whom for silent in harm.silent] == ["unknown"]


def test_a_class_that_rests_on_the_same_claims_as_all_says_so() -> None:
    same, other = spread("civilian", 3, 4, ("c",)), spread("combatant", 3, 4, ("d",))
    (harm,) = by_harm(tally(ranges=(spread("all", 3, 4, ("c",)), same, other)))
    assert [line.as_all for line in harm.lines] == [False, True, False]


def test_accounts_that_set_an_end_come_first_then_the_earliest() -> None:
    early, late, leading = statement(0, 3, by="A"), statement(10, 4, by="B", later=2), statement(20, 9, by="C", later=5)
    made = matrix(
        tally(
            account("B", [late]),
            account("A", [early]),
            account("C", [leading]),
            ranges=(spread("all", 9, 9, (leading.claim.key,)),),
        ),
        keyed(early, late, leading),
        {},
    )
    assert [row.account.origin for row in made.rows] == ["c", "a", "b"]
    assert [row.leads for row in made.rows] == [True, False, False]
    assert made.harms == (Kind.KILLED,)


def test_what_one_account_says_again_stands_in_one_cell() -> None:
    first, again, other = statement(0, 3), statement(10, 3, later=1), statement(20, 4)
    act = statement(30, kind=Kind.SHELLING, where=Mention(1, 3, "Alma"))
    made = matrix(tally(account("Post", [again, other, first, act])), keyed(first, again, other, act), {})
    (row,) = made.rows
    assert {tuple(s.claim.key for s in some) for some in row.harms[Kind.KILLED]} == {
        (first.claim.key, again.claim.key),
        (other.claim.key,),
    }
    assert row.acts == ((act,),)
    assert row.where == ((act,),)
    assert len(row.when) == 1


def test_copies_among_an_accounts_reports_are_counted() -> None:
    said = statement(0, 3)
    one = Account("i", "post", voice("Post"), (said.claim.key,), (), ("r", "copy", "own"))
    origins = {"copy": Origin("r", 0.9), "own": Origin("own", 1.0)}
    assert matrix(tally(one), keyed(said), origins).rows[0].copies == ("copy",)


def test_the_history_keeps_what_was_said_before_in_its_place() -> None:
    first, then, other = statement(0, 3), statement(10, 8, later=2), statement(20, 5, by="Times", later=1)
    told = steps(tally(account("Post", [then], [first]), account("Times", [other])), keyed(first, then, other))
    assert [(step.statement.claim.count and step.statement.claim.count.low, step.stands) for step in told] == [
        (3, False),
        (5, True),
        (8, True),
    ]


def test_a_number_said_again_stands_once_at_its_first_day() -> None:
    first, again = statement(0, 3), statement(20, 3, later=4)
    (step,) = steps(tally(account("Post", [again, first])), keyed(first, again))
    assert step.statement is first


def test_the_rows_of_two_accounts_have_places_of_their_own_on_the_page() -> None:
    first, other = statement(0, 3, by="A"), statement(10, 4, by="<b>")
    rows = matrix(tally(account("A", [first]), account("<b>", [other])), keyed(first, other), {}).rows
    assert len({row.anchor for row in rows}) == 2
    assert all(row.anchor.replace("-", "").isalnum() for row in rows)


def report(name: str, day: int | None) -> Report:
    published = None if day is None else Published(DAY + timedelta(days=day), DateSource.GIVEN)
    return Report.of(f"text of {name}", id=name, published=published)


def test_reports_stand_by_day_with_their_copies_behind_them() -> None:
    first, copy, other, undated = report("first", 0), report("copy", 1), report("other", 3), report("undated", None)
    reports = {each.key: each for each in (undated, copy, other, first)}
    origins = {copy.key: Origin(first.key, 0.9), other.key: Origin("elsewhere", 0.8), first.key: Origin(first.key, 1.0)}
    assert sets(reports, origins) == ((first, (copy,)), (other, ()), (undated, ()))


@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_every_report_stands_once_whatever_the_origins(origin: list[int]) -> None:
    every = [report(str(number), number) for number in range(6)]
    origins = {each.key: Origin(every[index].key, 0.9) for each, index in zip(every, origin, strict=True)}
    shown = [
        each.id for first, copies in sets({each.key: each for each in every}, origins) for each in (first, *copies)
    ]
    assert sorted(shown) == [str(number) for number in range(6)]


def test_of_many_links_the_strongest_of_each_report_come_first_and_all_can_be_asked_for() -> None:
    names = [f"t{number:02d}" for number in range(30)]
    links = [
        Link(a, b, float((number * 7) % 50), ())
        for number, (a, b) in enumerate((a, b) for a in names for b in names if a < b)
    ]
    shown = strongest(links, 100)
    assert len(shown) == 100
    assert set(shown) <= set(links)
    highest = {name: max(link.score for link in links if name in (link.a, link.b)) for name in names}
    for name in names:
        assert highest[name] in {link.score for link in shown[: len(names)] if name in (link.a, link.b)}
    assert sorted(strongest(links, None), key=lambda link: (link.a, link.b)) == links
    assert strongest(links[:3], 100) == sorted(links[:3], key=lambda link: -link.score)
