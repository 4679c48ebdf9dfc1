"""Which statements bear on a number, and why each of the others does not.

The reasons stand in the tally beside the bound, so they are written for its readers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from parallax.accounts.appositions import counted_once
from parallax.accounts.died import who_died
from parallax.accounts.figures import Figure, is_none_of_some, is_of_all_told, names_people, names_some
from parallax.accounts.history import in_words
from parallax.accounts.origins import Said, in_own_words, place
from parallax.accounts.policy import Policy
from parallax.accounts.quantify import Spread, Words, read, unnumbered
from parallax.accounts.says import Floors, Reckoning, least
from parallax.accounts.sums import summed
from parallax.model import Claim, Kind, LeftOut, Scope, Stance, VictimClass


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of one harm that bear on its bounds, and the claims that bear on none, with reasons.

    `classes`: the class of victim in each claim of this harm. `reckonings`: for each report
    that gives its own number for what the voices it quotes say, that number's low end.
    `floors`: for each origin, report and class, the largest part that it counts, which its
    total cannot fall below.
    """

    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]
    classes: Mapping[str, VictimClass]
    reckonings: Mapping[str, Reckoning]
    floors: Floors


@dataclass(frozen=True, slots=True)
class Opening:
    """The number in a report's own words that it opens with: where it stands, how many, and its words."""

    place: int
    size: int
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one harm before a policy has a say: `own` of all the sayings of an incident.

    `by_another`: the reports that open with the number of a voice, with it. `some`: the claims that count
    some of the people only, and are no report's whole number. `hurt`: sentences that tell of people hurt
    without a number.
    """

    kind: Kind
    sayings: tuple[Said, ...]
    own: tuple[Said, ...]
    by_another: Mapping[str, Opening]
    some: frozenset[str]
    hurt: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, kind: Kind, sayings: Sequence[Said]) -> Told:
        """What all the sayings of an incident say of one harm."""
        own = tuple(said for said in sayings if said.statement.claim.kind is kind)
        whole = _openings(own) | {
            s.copied.of for s in sayings if s.copied is not None and _size(s) > 1 and not names_some(s.statement.claim)
        }
        claims = [said.statement.claim for said in sayings]
        return cls(
            kind,
            tuple(sayings),
            own,
            _openings_told_by_another(own),
            frozenset(
                said.key
                for said in own
                if said.key not in whole and names_some(said.statement.claim) and not is_of_all_told(said.statement)
            ),
            frozenset(sentence(claim) for claim in claims if claim.kind is Kind.INJURED and claim.count is None),
        )


def sort_out(
    told: Told, gone: Mapping[str, Said], discounted: Mapping[str, str], notes: Mapping[str, str], policy: Policy
) -> Evidence:
    """The evidence for one harm under one policy. `gone` holds the replaced claims, `discounted` and
    `notes` what people decided and why."""
    figures: list[Figure] = []
    past: list[Figure] = []
    out: dict[str, str] = {}
    kind, sayings = told.kind, told.sayings
    spreads = _spreads(told, policy.words)
    for said in told.own:
        claim = said.statement.claim
        spread = spreads[said.key]
        if spread is not None and said.key in notes:
            spread = replace(spread, words=f"{spread.words}, {notes[said.key]}")
        reason = discounted.get(said.key) or _why_not(said, gone, policy)
        if reason is None and spread is None:
            reason = f"says {kind.value} but gives no number, which is unknown and not 0"
        if reason is None and is_none_of_some(claim):
            reason = "none of some of the people, which is no total"
        if reason is not None and spread is not None and said.key in gone and said.key not in discounted:
            past.append(
                Figure(said.statement, spread, said.origin, said.day, names_some(claim), said.losses, said.counted)
            )
        opening = told.by_another.get(claim.report)
        if reason is None and opening is not None and _is_detail(said, opening):
            reason = f'told further down than the "{opening.text}" that its report opens with: a detail of it'
        if reason is None and spread is not None:
            some = said.key in told.some
            if said.copied is None:
                figures.append(
                    Figure(said.statement, spread, said.origin, said.day, some, said.losses, said.counted, said.reckons)
                )
            else:
                reason = said.copied.reason
        if reason is not None:
            out[said.key] = f"{reason} ({notes[said.key]})" if said.key in notes else reason
    wide = {
        **_of_more_days(figures),
        **_of_killed_and_hurt(figures, sayings),
        **(who_died(figures, sayings) if kind is Kind.INJURED else {}),
        **_of_nobody_else(figures),
    }
    out |= wide
    figures, added = summed([figure for figure in figures if figure.key not in wide])
    out |= added
    # A part of a number that its voice has replaced since is a part still, and no number of its own.
    parts = {
        figure.key: whole
        for figure in figures
        if (whole := whole_of(figure, figures) or whole_of(figure, _of_report(past, figure))) is not None
    }
    out |= {key: f"part of the {whole.spread.top}" for key, whole in parts.items()}
    floors: dict[tuple[str, str, VictimClass], int] = {}
    for figure in figures:
        if figure.key in parts and parts[figure.key].origin == figure.origin and not figure.is_doubted:
            where = (figure.origin, figure.claim.report, parts[figure.key].whom_class)
            floors[where] = max(floors.get(where, 0), figure.spread.low or 0)
    return Evidence(
        tuple(figure for figure in figures if figure.key not in parts),
        tuple(LeftOut(key, out[key]) for key in sorted(out)),
        {said.key: said.statement.claim.whom_class for said in told.own},
        _reckonings(figures, floors, told.by_another),
        floors,
    )


def _spreads(told: Told, words: Words) -> dict[str, Spread | None]:
    """Each saying's number.

    "Injuries were reported" and "there were deaths and injuries" are plurals without a number, but not where
    the sentence gives one. People who were killed, and no more ("a deadly strike"), remain unknown.
    """
    found = {said.key: read(said.statement.claim, words) for said in told.own}
    numbered = {sentence(said.statement.claim) for said in told.own if found[said.key] is not None}
    for said in told.own:
        claim = said.statement.claim
        if found[said.key] is None and sentence(claim) in told.hurt and sentence(claim) not in numbered:
            found[said.key] = unnumbered(claim, words)
    return found


def sentence(claim: Claim) -> tuple[str, int]:
    """The sentence in which a claim stands: its report, and where it begins."""
    return claim.report, claim.start


def _of_report(figures: Sequence[Figure], part: Figure) -> list[Figure]:
    return [figure for figure in figures if figure.claim.report == part.claim.report]


# A claim of this many days or more counts several happenings, where another is of a day of them.
PERIOD = 3


def _of_more_days(figures: Sequence[Figure]) -> dict[str, str]:
    """The figures for several days that hold a day of which others count fewer, each with the reason.

    "16 since Thursday" beside "two on Sunday" is no number of Sunday's happening.
    """
    found = {}
    for wide in figures:
        within = [f for f in figures if _is_within(f, wide) and not f.names_some and not f.spread.vague]
        if within and wide.spread.top > max(figure.spread.top for figure in within):
            when = wide.claim.when
            days = f"{in_words(when.first)} to {in_words(when.last)}" if when and when.length >= PERIOD else "some days"
            found[wide.key] = f"a number for {days}, and this is of a day of them"
    return found


def _is_within(figure: Figure, wide: Figure) -> bool:
    """Whether one is of a day or two, and the other of more days that hold them."""
    if wide.statement.over_days:
        return not figure.statement.over_days
    when, whole = figure.claim.when, wide.claim.when
    if when is None or whole is None or whole.length < PERIOD or when.length >= PERIOD:
        return False
    return whole.first <= when.first and when.last <= whole.last


def _of_nobody_else(figures: Sequence[Figure]) -> dict[str, str]:
    """The counts of nobody in a report that counts somebody: nobody besides those, each with the reason."""
    counting = {f.claim.report for f in figures if f.spread.top > 0 and not f.is_doubted}
    return {
        figure.key: "of nobody besides those whom its report counts"
        for figure in figures
        if figure.spread.top == 0 and figure.claim.report in counting
    }


def _of_killed_and_hurt(figures: Sequence[Figure], sayings: Sequence[Said]) -> dict[str, str]:
    """The figures that count killed and hurt together, where others count the one alone, each with the reason.

    A reader gives "12 killed and wounded" as two claims of one sentence with one highest number.
    """
    told = {
        (c.report, c.start, c.count.high, c.kind)
        for c in (said.statement.claim for said in sayings)
        if c.count is not None and c.count.low is None
    }
    joint = {
        figure.key
        for figure in figures
        if (c := figure.claim).count is not None
        and c.count.low is None
        and any((c.report, c.start, c.count.high, k) in told for k in (Kind.KILLED, Kind.INJURED) if k is not c.kind)
    }
    if not joint or not any(f.key not in joint and not f.spread.vague and not f.is_doubted for f in figures):
        return {}
    return dict.fromkeys(joint, "counts killed and hurt together, and others count them apart")


def _openings(sayings: Sequence[Said]) -> set[str]:
    """The claims that a report's own words open with, where they count some of the people only and none counts more.

    "At least six men were killed" at the head of a report stands for all of them, unless the
    report's own words give a wider count further down, or a voice that it quotes before does.
    """
    own: dict[str, list[Said]] = {}
    quoted: dict[str, list[Said]] = {}
    for said in sayings:
        if said.statement.claim.voice is not None:
            quoted.setdefault(said.statement.claim.report, []).append(said)
        if in_own_words(said.statement.claim) and said.statement.claim.count is not None:
            own.setdefault(said.statement.claim.report, []).append(said)
    found = set()
    for report, told in own.items():
        opening = min(place(said.statement.claim) for said in told)
        first = [said for said in told if place(said.statement.claim) == opening]
        largest = max(first, key=lambda said: (_size(said), said.key))
        before = [_size(said) for said in quoted.get(report, ()) if place(said.statement.claim) < opening]
        widest = max([*map(_size, told), *before])
        if 0 < _size(largest) >= widest and not names_people(largest.statement.claim):
            found.add(largest.key)
    return found


def _openings_told_by_another(sayings: Sequence[Said]) -> dict[str, Opening]:
    """For each report that opens with the number of a voice it quotes further down, that number and where it stands."""
    found: dict[str, Opening] = {}
    for said in sayings:
        claim, here = said.statement.claim, place(said.statement.claim)
        before = found.get(claim.report)
        if claim.voice is None and claim.count is not None and (before is None or here < before.place):
            size = _size(said) if said.copied is not None and not names_some(claim) else 0
            found[claim.report] = Opening(here, size, claim.count.text)
    return {report: opening for report, opening in found.items() if opening.size}


def _is_detail(said: Said, opening: Opening) -> bool:
    """Whether a report's own later number is no more than the one that it opens with, in a quoted voice's stead."""
    claim = said.statement.claim
    return (
        claim.voice is None
        and said.copied is None
        and place(claim) > opening.place
        and claim.count is not None
        and claim.count.low != 0
        and _size(said) <= opening.size
        and not names_some(claim)
    )


def _size(said: Said) -> int:
    count = counted_once(said.statement.claim)
    return max(count.low or 0, count.high or 0) if count else 0


def _reckonings(figures: Sequence[Figure], floors: Floors, told_by_another: Collection[str]) -> dict[str, Reckoning]:
    """For each report that reckons, the number that its own words open with, and where.

    A report reckons that gives a number of its own beside two or more voices, or ahead of the one
    that it quotes for another number: what it opens with it has weighed against what it quotes.
    `told_by_another` are the reports that open with the number of a voice.
    """
    quoted: dict[str, int] = {}
    for figure in figures:
        if figure.claim.voice is not None:
            quoted[figure.claim.report] = min(quoted.get(figure.claim.report, place(figure.claim)), place(figure.claim))
    own: dict[str, list[Figure]] = {}
    for figure in figures:
        report = figure.claim.report
        ahead = figure.claim.voice is None and place(figure.claim) < quoted.get(report, -1)
        opens = ahead and report not in told_by_another
        if (figure.reckons or opens) and not figure.names_some and not figure.spread.vague and not figure.is_doubted:
            own.setdefault(report, []).append(figure)
    return {
        report: Reckoning(low, min(place(figure.claim) for figure in totals if figure.spread.low is not None))
        for report, totals in own.items()
        if (low := least(totals, floors)) is not None
    }


def _why_not(said: Said, gone: Mapping[str, Said], policy: Policy) -> str | None:
    statement, claim = said.statement, said.statement.claim
    if claim.scope is Scope.TOTAL:
        return f"a running total since {claim.when.first.year}" if claim.when else "a running total"
    if claim.stance is Stance.EXPECTED:
        return "expected, not said to have happened"
    if claim.stance is Stance.DENIED:
        return f"denied by {statement.voice.name}"
    if statement.dead == 0:
        return "its words say that they were hit, and not that they died"
    later = gone.get(said.key)
    if later is not None and later.day is not None:
        verb = "withdrawn" if later.statement.claim.stance is Stance.DENIED else "superseded"
        return f"{verb} on {in_words(later.day)} by the same voice"
    return policy.admit(said)


def whole_of(part: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The wider figure that this one is a part of: "5 children" of "12 people", told by the same report or voice.

    A count of some of the people only (children, a named man) that stands beside a larger
    count of the same or a wider class is a part of it, and never added. None if there is none.
    """
    if not part.names_some:
        return None
    wholes = [
        figure
        for figure in figures
        if figure.key != part.key
        and (figure.claim.report == part.claim.report or figure.origin == part.origin)
        and figure.spread.top >= part.spread.top
        and (not figure.names_some or (figure.origin == part.origin and _lists(figure, part)))
        and (part.is_doubted or not figure.is_doubted)
        and (
            figure.whom_class is part.whom_class
            or (figure.whom_class is VictimClass.CIVILIAN and part.whom_class is VictimClass.UNKNOWN)
        )
        and _same_side(figure, part)
    ]
    return min(wholes, key=lambda f: (f.origin != part.origin, f.spread.top, f.key), default=None)


def _lists(whole: Figure, part: Figure) -> bool:
    """Whether a larger count's own words name those of the smaller one: "a father and three children", "a father"."""
    if whole.spread.top == part.spread.top:
        return False
    listing, listed = (f"{f.claim.whom.text if f.claim.whom else ''}".casefold() for f in (whole, part))
    return bool(listed) and listed in listing


def _same_side(whole: Figure, part: Figure) -> bool:
    """Whether the part can be of the whole's people: "26 officers" of no known side can be of the 362 British."""
    one, other = whole.counted, part.counted
    return one is None or other is None or other.side is None or one.key == other.key
