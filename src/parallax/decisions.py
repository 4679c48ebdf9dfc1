"""What people decide, written down and worked out: the queue, the pages and the command line all come here.

A correction never overwrites what was read. It is kept as a judgement, and the report gets a
reading of its own by people: the machine's statements with the judgements that stand put on
them. Linking, weighing, lists and exports see that reading as they see any other, and the
machine's stays beside it. Withdrawing a judgement makes that reading anew without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from parallax import config, signing
from parallax.accounts import judgements as plain
from parallax.accounts.policies import POLICIES
from parallax.accounts.policy import Policy
from parallax.added import Added
from parallax.amending import amend, prepare
from parallax.errors import ConflictError, JudgementError
from parallax.gathering import link_reports, settle
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import LogEntry
from parallax.ledger.writer import Writer
from parallax.model import Incident, Judgement, Kind, Range, Tally, Verb

# Who signs what no person did.
MACHINE = "parallax"
# The verbs that change what the claims of a report say.
_AMEND = (Verb.CORRECT, Verb.ADD)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An incident with its tally under the policy that the ranges are shown by."""

    incident: Incident
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class Change:
    """One range before and after: of the incident `before` as it was, and of `after` that holds most of it now.

    None on one side: there is no such incident, or no such range.
    """

    before: str | None
    after: str | None
    kind: Kind
    whom: str
    was: Range | None
    now: Range | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a judgement did, or would do: the incidents it touched as they were and are, and the ranges that changed.

    `judgement` is its key, None for a preview.
    """

    judgement: str | None
    before: tuple[Weighed, ...]
    after: tuple[Weighed, ...]
    changes: tuple[Change, ...]

    @property
    def incidents(self) -> tuple[str, ...]:
        """The ids of the incidents that hold what it touched now."""
        return tuple(weighed.incident.id for weighed in self.after)


def decide(ledger: Ledger, judgement: Judgement, policy: Policy | None = None, *, seen: int | None = None) -> Decided:
    """Write down what a person decided, and work out anew what it touches; the ranges are those of the policy.

    `seen` is the number of the last log entry when the person looked. Raises ConflictError if somebody
    else decided about the same incidents since, JudgementError where the judgement cannot be applied,
    LedgerError where no reading holds a claim of it.
    """
    check(judgement)
    _load_unlocked(ledger, judgement)
    with ledger.write(judgement.who) as writer:
        if seen is not None and others_since(ledger, judgement, seen):
            raise ConflictError("somebody else has decided about this incident since you looked")
        return _carry_out(ledger, writer, judgement, policy or _first())


def others_since(ledger: Ledger, judgement: Judgement, seen: int) -> tuple[LogEntry, ...]:
    """What others did to the incidents that a judgement touches, after the log entry of this number.

    What a run of reading did counts only against signing off, for a signature is of the numbers themselves.
    """
    ids = _incidents(ledger, judgement)
    held = [incident for id in sorted(ids) if (incident := ledger.incident(id)) is not None]
    claims = {*judgement.claims, *(claim for incident in held for claim in incident.claims)}
    found = ledger.changes_since(seen, ids, claims)
    people = judgement.verb is not Verb.SIGN_OFF
    return tuple(entry for entry in found if entry.who != judgement.who and not (people and entry.who == MACHINE))


def preview(ledger: Ledger, judgement: Judgement, policy: Policy | None = None) -> Decided:
    """What `decide` would do, with nothing of it kept."""
    check(judgement)
    _load_unlocked(ledger, judgement)
    with ledger.rehearse(judgement.who) as writer:
        return replace(_carry_out(ledger, writer, judgement, policy or _first()), judgement=None)


def withdraw(ledger: Ledger, judgement_key: str, who: str, why: str, policy: Policy | None = None) -> Decided:
    """Undo a judgement: it stands in the log and counts no longer. Withdrawing a withdrawal brings it back.

    Raises JudgementError where the ledger has no such judgement, or it is withdrawn already.
    """
    return decide(ledger, withdrawal(ledger, judgement_key, who, why), policy)


def counting(ledger: Ledger, judgements: Iterable[Judgement]) -> frozenset[str]:
    """The keys of those of these judgements that count: nobody withdrew them, or the withdrawal was withdrawn."""
    asked = list(judgements)
    made = {one for found in ledger.judgements_on({c for j in asked for c in j.claims}).values() for one in found}
    gone: set[str | None] = set()
    for one in sorted(made, key=lambda one: one.at, reverse=True):
        if one.verb is Verb.WITHDRAW and one.key not in gone:
            gone.add(one.value)
    return frozenset(one.key for one in asked if one.key not in gone)


def effect(ledger: Ledger, judgement: Judgement, policy: Policy | None = None) -> Decided:
    """What a judgement that counts changes in the ranges as they are now: `was` without it, `now` with it."""
    without = preview(ledger, withdrawal(ledger, judgement.key, judgement.who, "to compare"), policy)
    changes = (Change(one.after, one.before, one.kind, one.whom, one.now, one.was) for one in without.changes)
    return Decided(judgement.key, without.after, without.before, tuple(changes))


def withdrawal(ledger: Ledger, judgement_key: str, who: str, why: str) -> Judgement:
    """The judgement that withdraws another; for `preview`."""
    judgement = ledger.judgement(judgement_key)
    if judgement is None:
        raise JudgementError(f"no judgement {judgement_key} is in this ledger")
    return Judgement(Verb.WITHDRAW, judgement.claims, who, why, datetime.now(UTC), None, judgement_key)


def check(judgement: Judgement) -> None:
    """Raise JudgementError where a judgement says nothing that can be applied."""
    if not judgement.who.strip() or not judgement.why.strip():
        raise JudgementError("say who decides, and why")
    if not judgement.claims:
        raise JudgementError("name the claims that it is about")
    if judgement.verb is Verb.MERGE and len(set(judgement.claims)) < 2:
        raise JudgementError("name two claims or more to merge")
    if judgement.verb is Verb.CORRECT:
        if judgement.slot is None or judgement.value is None:
            raise JudgementError("a correction names a slot and its right value")
        if not plain.fits(judgement.slot, judgement.value):
            raise JudgementError(plain.unfit(judgement.slot, judgement.value))


def _first() -> Policy:
    return POLICIES[config.load().policy] if config.load().policy in POLICIES else next(iter(POLICIES.values()))


def _load_unlocked(ledger: Ledger, judgement: Judgement) -> None:
    """Load before the ledger is held what names are resolved with: others who decide wait 5 s for it, and no longer."""
    if judgement.verb in _AMEND or _amends(ledger, judgement):
        prepare(ledger, _reports(ledger, judgement), judgement)


def _carry_out(ledger: Ledger, writer: Writer, judgement: Judgement, policy: Policy) -> Decided:
    judgement = signing.prepared(ledger, judgement)
    touched = _incidents(ledger, judgement)
    number, _ = ledger.head()
    writer.judge(judgement)
    if judgement.verb in _AMEND or _amends(ledger, judgement):
        reports = _reports(ledger, judgement)
        dissolved = touched | {name for report in reports for name in ledger.incidents_of(report=report)}
        amend(ledger, writer, reports, judgement)
        link_reports(reports, ledger, writer, dissolved)
    else:
        settle(ledger, writer, set(), touched)
    about = touched | _incidents(ledger, judgement)
    changed = {entry.subject for entry in ledger.log_since(number) if entry.action in ("incident", "incident removed")}
    with ledger.as_kept():
        before = _weighed(ledger, about | changed, policy)
    after = _weighed(ledger, about | changed, policy)
    return Decided(judgement.key, before, after, _changes(before, after))


def _incidents(ledger: Ledger, judgement: Judgement) -> set[str]:
    claims = {now for found in ledger.successors(judgement.claims).values() for now in found}
    return {incident for claim in claims for incident in ledger.incidents_of(claim=claim)}


def _reports(ledger: Ledger, judgement: Judgement) -> list[str]:
    """The reports whose claims it is about."""
    found = set(ledger.reports_of_claims(judgement.claims))
    if judgement.verb is Verb.ADD and judgement.value:
        found.add(Added.of(judgement.value).report)
    return sorted(found)


def _amends(ledger: Ledger, judgement: Judgement) -> bool:
    """Whether a withdrawal takes back, or brings back, what changes claims."""
    while judgement.verb is Verb.WITHDRAW and judgement.value:
        withdrawn = ledger.judgement(judgement.value)
        if withdrawn is None:
            return False
        judgement = withdrawn
    return judgement.verb in _AMEND


def _weighed(ledger: Ledger, ids: Iterable[str], policy: Policy) -> tuple[Weighed, ...]:
    """The incidents of exactly these ids; an id that leads to another one is of neither."""
    found = {id: incident for id in ids if (incident := ledger.incident(id)) is not None and incident.id == id}
    return tuple(Weighed(found[id], ledger.tally(id, policy.label)) for id in sorted(found))


def _changes(before: Sequence[Weighed], after: Sequence[Weighed]) -> tuple[Change, ...]:
    """The ranges that differ, each incident beside the one that holds most of its claims now."""
    shared = [
        (was.incident.id == now.incident.id, same, was, now)
        for was in before
        for now in after
        if (same := len(set(was.incident.claims) & set(now.incident.claims)))
    ]
    # The nearest of all are put side by side first: a claim that moves must not take the place of those that stay.
    shared.sort(key=lambda pair: (*pair[:2], pair[2].incident.id, pair[3].incident.id), reverse=True)
    heirs: dict[str, Weighed] = {}
    taken: set[str] = set()
    for _, _, was, now in shared:
        if was.incident.id not in heirs and now.incident.id not in taken:
            heirs[was.incident.id] = now
            taken.add(now.incident.id)
    pairs: list[tuple[Weighed | None, Weighed | None]] = [(was, heirs.get(was.incident.id)) for was in before]
    pairs += [(None, now) for now in after if now.incident.id not in taken]
    changes = []
    for old, new in pairs:
        ranges = _ranges(old), _ranges(new)
        for kind, whom in dict.fromkeys((*ranges[0], *ranges[1])):
            one, other = (found.get((kind, whom)) for found in ranges)
            if _ends(one) != _ends(other):
                names = tuple(weighed.incident.id if weighed else None for weighed in (old, new))
                changes.append(Change(names[0], names[1], kind, whom, one, other))
    return tuple(changes)


def _ranges(weighed: Weighed | None) -> dict[tuple[Kind, str], Range]:
    tally = weighed.tally if weighed else None
    return {(one.kind, one.whom): one for one in tally.ranges} if tally else {}


def _ends(one: Range | None) -> tuple[int | None, int | None, int | None] | None:
    """The numbers of a range; None where it says nothing."""
    if one is None:
        return None
    ends = one.low.value, one.high.value, one.best.value if one.best else None
    return None if ends == (None, None, None) else ends
